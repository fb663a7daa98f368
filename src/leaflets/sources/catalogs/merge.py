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
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from leaflets.languages.language import find_language
from leaflets.languages.locale import decimal_sign, find_locale
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


@dataclass(frozen=True, slots=True)
class _Sharp:
    """What no likeness of two source texts makes up for, in one language."""

    words: frozenset[str]
    prefixes: tuple[str, ...]
    endings: tuple[tuple[str, str], ...]
    spelled_out: tuple[tuple[re.Pattern[str], str], ...]


@lru_cache(maxsize=8)
def _sharp(locale: str) -> _Sharp | None:
    """Return the deciding words of a language; none where nobody wrote them."""
    source = find_language(locale).source
    if source is None:
        return None
    return _Sharp(
        frozenset((*source.denying, *source.turning, *source.amounts)),
        source.opposite_prefixes,
        source.opposite_endings,
        tuple(
            (re.compile(rf"{re.escape(short)}\b"), whole)
            for short, whole in source.spelled_out
        ),
    )


def update(catalog: Catalog, source: Catalog, source_locale: str) -> Catalog:
    """Return the catalog with the source's messages; what is gone retires.

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
            made = _matched(match, message, notes, source_locale)
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


def _matched(
    old: Message, message: Message, notes: tuple[str, ...], source_locale: str
) -> Message:
    """Use a former translation: as fuzzy if that is safe, else as a comment."""
    context, text = _basis(old)
    every = tuple(dict.fromkeys((*notes, *old.translator_comments)))
    if same_facts(text, message.text, source_locale):
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


def same_facts(former: str, text: str, source_locale: str) -> bool:
    """Return whether two texts agree in all that must never be nodded through.

    Of a language without deciding words nothing is known, so they never agree.

    >>> same_facts("You should take it.", "You should take it now.", "en")
    True
    >>> same_facts("You should take it.", "You should not take it.", "en")
    False
    >>> same_facts("This is safe.", "This is unsafe.", "en")
    False
    """
    sharp = _sharp(source_locale)
    if sharp is None:
        return False
    before, after = _words(former, sharp), _words(text, sharp)
    return (
        _marks(former, source_locale) == _marks(text, source_locale)
        and _deciding(before, sharp) == _deciding(after, sharp)
        and not _turned(before, after, sharp)
    )


def _marks(text: str, source_locale: str) -> tuple[Counter[str], ...]:
    """Count placeholders, addresses, numbers and signs of amounts."""
    bare = LINK.sub("]", PLACEHOLDER.sub(" ", text))
    locale = find_locale(source_locale)
    decimal = decimal_sign(locale) if locale else "."
    values = numbers(bare, source_locale, decimal)
    return (
        Counter(PLACEHOLDER.findall(text)),
        Counter(LINK.findall(text)),
        Counter(str(value.normalize()) for value in values),
        Counter(re.findall(r"[%‰°<>≤≥±=/]", bare)),
    )


def _words(text: str, sharp: _Sharp) -> Counter[str]:
    """Count the words of a text, contractions of "not" written out."""
    bare = LINK.sub("]", PLACEHOLDER.sub(" ", text)).replace("’", "'").lower()
    for short, whole in sharp.spelled_out:
        bare = short.sub(whole, bare)
    return Counter(WORD.findall(bare))


def _deciding(words: Counter[str], sharp: _Sharp) -> dict[str, int]:
    return {word: count for word, count in words.items() if word in sharp.words}


def _turned(before: Counter[str], after: Counter[str], sharp: _Sharp) -> bool:
    """Return whether a word became its opposite: unsafe, harmless, or back again."""
    every = set(before - after) | set(after - before)
    opposites = {prefix + word for word in every for prefix in sharp.prefixes}
    opposites |= {
        word.removesuffix(ending) + opposite
        for word in every
        for ending, opposite in sharp.endings
    }
    return bool(every & opposites)
