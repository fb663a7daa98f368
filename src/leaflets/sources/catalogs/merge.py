"""Merge: bring a catalog up to date with the source catalog.

Takes a catalog and the source catalog; gives the catalog with the source's messages
in the source's order.  A changed text keeps its translation as fuzzy, with the former
text beside it; but never where a number, a placeholder, a unit or a turning word
("not", "before") changed, because a fuzzy match that inverts a medical statement is
nodded through too easily.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from leaflets.languages.numbers import numbers
from leaflets.sources.catalogs.catalog import Catalog, new_header
from leaflets.sources.catalogs.po import Message

CLOSE_ENOUGH = 0.6
"""Least likeness of a match; msgmerge and Babel take the same."""

FORMER_TEXT = "Former text: "
FORMER_TRANSLATION = "Former translation: "

PLACEHOLDER = re.compile(r"\{[^{}]*\}")
LINK = re.compile(r"\]\(([^()\s]*)\)")
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")

NEGATIONS = """
    no not none nor never nobody nothing nowhere neither without cannot unless except
    hardly barely seldom rarely stop stops stopped avoid avoids lack lacks fail fails
    only however but instead
"""
TURNING = """
    before after until since always often sometimes may might can could must should
    shall will would need needs more less fewer most least many few all any both either
    some every each above below over under up down high low higher lower highest lowest
    increase increases decrease decreases raise raises reduce reduces better worse
    safe dangerous harm harms help helps start starts begin begins end ends continue
    hot cold warm cool left right first last early late fast slow
    man men woman women child children mother father boy girl
"""
AMOUNTS = """
    one two three four five six seven eight nine ten eleven twelve twenty thirty forty
    fifty sixty hundred thousand million billion half third quarter once twice thrice
    double triple single percent per times
    second seconds minute minutes hour hours day days night nights week weeks month
    months year years daily weekly monthly yearly
    mg g kg gram grams milligram milligrams microgram micrograms mcg ml l litre litres
    tablet tablets pill pills dose doses drop drops mm cm m metre metres
    degree degrees celsius fahrenheit
"""
SHARP = frozenset(f"{NEGATIONS} {TURNING} {AMOUNTS}".split())
"""Words of the source's language that no likeness makes up for."""

PREFIXES = ("un", "in", "im", "ir", "il", "non", "dis")


def update(catalog: Catalog, source: Catalog) -> Catalog:
    """Give the catalog the source's messages; translations of gone texts retire.

    The result depends on what the catalog holds, not on the order it stands in.
    The catalog must have been read without errors: what the reader left out is lost.
    """
    known = {one.key: one for one in catalog.messages if one.obsolete}
    known |= {one.key: one for one in catalog.messages if not one.obsolete}
    wanted = [one for one in source.messages if not one.obsolete]
    keys = {one.key for one in wanted}
    gone = [
        one for key, one in known.items() if key not in keys and one.translation.strip()
    ]
    new = [
        one for one in wanted if one.key not in known or not _has_words(known[one.key])
    ]
    matches = dict(_matches(new, gone))
    carried: set[tuple[str, str]] = set()
    messages = []
    for message in wanted:
        old, match = known.get(message.key), matches.get(message.key)
        if old is not None and (match is None or _remembers(old, match)):
            messages.append(_kept(old, message))
        elif match is None:
            messages.append(_fresh(message))
        else:
            notes = old.translator_comments if old else ()
            made = _matched(match, message, notes)
            if made.fuzzy:
                carried.add(match.key)
            messages.append(made)
    retired: dict[tuple[str, str], Message] = {}
    for one in sorted(gone, key=lambda one: (one.fuzzy, one.key)):
        if one.key not in carried and _basis(one) not in keys:
            retired.setdefault(_basis(one), _retired(one))
    header = _header(catalog, source)
    ordered = (*messages, *(retired[key] for key in sorted(retired)))
    return Catalog(catalog.locale, catalog.path, ordered, header, catalog.comments)


def _has_words(message: Message) -> bool:
    return bool(message.translation.strip())


def _remembers(message: Message, match: Message) -> bool:
    """Tell whether a former update already noted this match as unsafe."""
    return _note(FORMER_TEXT, _basis(match)[1]) in message.translator_comments


def _note(label: str, text: str) -> str:
    """Write a translator comment of one line."""
    return label + " ".join(text.split())


def _fresh(message: Message) -> Message:
    """Make an untranslated message of a source message."""
    return replace(message, translation="", fuzzy=False, previous=(), line=0)


def _kept(old: Message, message: Message) -> Message:
    """Keep a translation; notes on a former text go when there is a new one."""
    notes = old.translator_comments
    if _has_words(old) and not old.fuzzy:
        former = (FORMER_TEXT, FORMER_TRANSLATION)
        notes = tuple(one for one in notes if not one.startswith(former))
    return replace(
        message,
        translation=old.translation,
        fuzzy=old.fuzzy,
        previous=old.previous if old.fuzzy else (),
        translator_comments=notes,
        line=0,
    )


def _matched(old: Message, message: Message, notes: tuple[str, ...]) -> Message:
    """Use a former translation: as fuzzy if that is safe, else as a comment."""
    context, text = _basis(old)
    every = tuple(dict.fromkeys((*notes, *old.translator_comments)))
    if same_facts(text, message.text):
        return replace(
            message,
            translation=old.translation,
            fuzzy=True,
            previous=(context, text),
            translator_comments=every,
            line=0,
        )
    former = (
        _note(FORMER_TEXT, text),
        _note(FORMER_TRANSLATION, old.translation),
    )
    return replace(_fresh(message), translator_comments=(*every, *former))


def _basis(message: Message) -> tuple[str, str]:
    """Give the text that a translation was really made for."""
    if message.fuzzy and any(message.previous[1:]):
        return message.previous[0], message.previous[1]
    return message.key


def _retired(message: Message) -> Message:
    """Make a message obsolete: its words stay, what the source said goes.

    It takes the text that it was really made for: Babel reads no former text of an
    obsolete message, and a later match must not add up small steps.
    """
    context, text = _basis(message)
    return Message(
        context,
        text,
        message.translation,
        fuzzy=message.fuzzy,
        obsolete=True,
        flags=message.flags,
        translator_comments=message.translator_comments,
    )


def _header(catalog: Catalog, source: Catalog) -> tuple[tuple[str, str], ...]:
    """Complete the header; what somebody wrote into it stays."""
    fields = dict(new_header(catalog.locale)) | dict(catalog.header)
    created = dict(source.header).get("POT-Creation-Date")
    if created:
        fields["POT-Creation-Date"] = created
    return tuple(fields.items())


def _matches(
    new: Iterable[Message], gone: Iterable[Message]
) -> Iterator[tuple[tuple[str, str], Message]]:
    """Pair new messages with the gone ones that are most like them, each once."""
    pairs = []
    for one in gone:
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(_basis(one)[1])
        for place, message in enumerate(new):
            matcher.set_seq1(message.text)
            if (
                matcher.real_quick_ratio() >= CLOSE_ENOUGH
                and matcher.quick_ratio() >= CLOSE_ENOUGH
                and (ratio := matcher.ratio()) >= CLOSE_ENOUGH
            ):
                pairs.append((-ratio, place, one.key, message, one))
    taken: set[tuple[str, str]] = set()
    used: set[tuple[str, str]] = set()
    for _, _, key, message, one in sorted(pairs, key=lambda pair: pair[:3]):
        if message.key not in taken and key not in used:
            taken.add(message.key)
            used.add(key)
            yield message.key, one


def same_facts(former: str, text: str) -> bool:
    """Tell whether two source texts agree in all that must never be nodded through.

    >>> same_facts("You should take it.", "You should take it now.")
    True
    >>> same_facts("You should take it.", "You should not take it.")
    False
    >>> same_facts("This is safe.", "This is unsafe.")
    False
    """
    return (
        _marks(former) == _marks(text)
        and _sharp_words(former) == _sharp_words(text)
        and not _turned(former, text)
    )


def _marks(text: str) -> tuple[Counter[str], ...]:
    """Count placeholders, addresses, numbers and signs of amounts."""
    bare = LINK.sub("]", PLACEHOLDER.sub(" ", text))
    return (
        Counter(PLACEHOLDER.findall(text)),
        Counter(LINK.findall(text)),
        Counter(str(one.normalize()) for one in numbers(bare)),
        Counter(re.findall(r"[%‰°<>≤≥±=/]", bare)),
    )


def _words(text: str) -> list[str]:
    """List the words of a text, contractions of "not" written out."""
    bare = LINK.sub("]", PLACEHOLDER.sub(" ", text)).replace("’", "'").lower()
    bare = bare.replace("can't", "can not").replace("won't", "will not")
    bare = re.sub(r"n't\b", " not", bare).replace("cannot", "can not")
    return WORD.findall(bare)


def _sharp_words(text: str) -> Counter[str]:
    return Counter(word for word in _words(text) if word in SHARP)


def _turned(former: str, text: str) -> bool:
    """Tell whether a word became its opposite: unsafe, harmless, or back again."""
    gone = Counter(_words(former)) - Counter(_words(text))
    come = Counter(_words(text)) - Counter(_words(former))
    every = set(gone) | set(come)
    opposites = {prefix + word for word in every for prefix in PREFIXES}
    opposites |= {word.removesuffix("ful") + "less" for word in every}
    return bool(every & opposites)
