"""Changes: what is different since somebody signed, in plain words.

Takes a leaflet's texts and a signature with the texts it was given for; gives what
changed, before and after, with numbers and negations marked, for the reviewer who is
to sign again.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from leaflets.checks.translation.amounts import read_amounts
from leaflets.checks.translation.negation import negations
from leaflets.languages.locale import decimal_sign, find_locale, format_value
from leaflets.languages.word_lists import Lexicon, find_lexicon, fold, lexicon_of
from leaflets.pages.html import Html, element, escaped, joined
from leaflets.reviews.order import opened
from leaflets.reviews.parts import Text
from leaflets.sources.catalogs.localize import PLACEHOLDER, UNKNOWN
from leaflets.sources.signatures import (
    LAYOUT,
    PAGE,
    SECTION,
    Review,
    Signature,
    SignedText,
)

CLOSE_ENOUGH = 0.6
"""Least likeness of two texts that count as one that changed."""
TOKEN = re.compile(r"\{\w+\}|[0-9][0-9.,]*|\s+|\w+|.")
SIGN = re.compile(r"\{\w+\}|[0-9][0-9.,]*|\s+|[A-Za-z]+|.")
BESIDE = (PAGE, LAYOUT, SECTION)
"""How the keys of parts begin that are no texts."""
NO_TEXT = SignedText("", "", "")
NUMBER = re.compile(r"\{\w+\}|.*[0-9].*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One text that is not what was signed."""

    label: str
    key: str
    line: int
    """In the catalog or the source; 0 for a text that is gone."""
    what: tuple[str, ...]
    """In plain words, the gravest first."""
    source: tuple[Html, Html]
    """Before and after, with what changed marked."""
    words: tuple[Html, Html]
    grave: bool
    """Whether a number, a fact or a negation is touched."""


def changes_since(
    signature: Signature,
    review: Review,
    texts: tuple[Text, ...],
    *,
    locale: str,
    source_locale: str,
) -> tuple[Change, ...]:
    """List what changed since a signature, in reading order, what is gone last."""
    now = {text.signed.digest for text in texts}
    keys = {text.key for text in texts}
    every = opened(signature, texts, review.texts)
    open_texts = [text for text in every if text.key in keys]
    moved = [text for text in open_texts if text.signed.digest in signature.digests]
    left = {
        key: review.texts[digest]
        for key, digest in signature.texts
        if digest not in now and digest in review.texts
    }
    pairs = dict(_paired([text for text in open_texts if text not in moved], left))
    pairs |= {text.key: text.signed for text in moved}
    comparison = _Comparison(locale, source_locale)
    changes = [comparison.change(text, pairs.get(text.key)) for text in open_texts]
    used = {id(signed) for signed in pairs.values()}
    changes += [
        comparison.gone(key, signed)
        for key, signed in left.items()
        if id(signed) not in used
    ]
    return tuple(changes)


def _paired(
    texts: list[Text], left: Mapping[str, SignedText]
) -> Iterator[tuple[str, SignedText]]:
    """Find what each text was: the one of its key if it is like it, else the closest."""
    free = dict(left)
    late = []
    for text in texts:
        same = free.get(text.key)
        if same and (_alike(same, text) >= CLOSE_ENOUGH or text.key.startswith(BESIDE)):
            yield text.key, free.pop(text.key)
        else:
            late.append(text)
    for text in late:
        best = max(free, key=lambda key: _alike(free[key], text), default="")
        if best and _alike(free[best], text) >= CLOSE_ENOUGH:
            yield text.key, free.pop(best)


def _alike(before: SignedText, text: Text) -> float:
    first, second = before.source, text.signed.source
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Compares texts in a language and its source; lives only in `changes_since`."""

    locale: str
    source_locale: str

    def change(self, text: Text, before: SignedText | None) -> Change:
        after = text.signed
        if before is None:
            old, what = SignedText(after.context, "", ""), ["new since the signature"]
        else:
            old = before
            what = [
                *self.grave(before, after),
                *(("the source changed",) if before.source != after.source else ()),
                *(
                    ("the translation changed",)
                    if before.translation != after.translation
                    else ()
                ),
            ]
        return Change(
            label=text.label,
            key=text.key,
            line=text.place.line,
            what=tuple(dict.fromkeys(what)) or ("its texts stand elsewhere",),
            source=self.sources(old, after),
            words=self.words(old, after),
            grave=before is None or bool(tuple(self.grave(before, after))),
        )

    def gone(self, key: str, text: SignedText) -> Change:
        return Change(
            label="no longer in the leaflet",
            key=key,
            line=0,
            what=("gone since the signature",),
            source=self.sources(text, NO_TEXT),
            words=self.words(text, NO_TEXT),
            grave=True,
        )

    def sources(self, before: SignedText, after: SignedText) -> tuple[Html, Html]:
        """Mark what is not the same in two source texts, as they are printed."""
        first, second = (
            _printed(text.source, text.facts, self.source_locale)
            for text in (before, after)
        )
        return difference(first, second, self.source_locale)

    def words(self, before: SignedText, after: SignedText) -> tuple[Html, Html]:
        """Mark what is not the same in two translations, as they are printed."""
        first, second = (
            _printed(text.translation, text.facts, self.locale)
            for text in (before, after)
        )
        return difference(first, second, self.locale)

    def grave(self, before: SignedText, after: SignedText) -> Iterator[str]:
        """List facts, numbers and negations that are not the same, in words."""
        yield from _facts(dict(map(_fact, before.facts)), dict(map(_fact, after.facts)))
        for name, first, second, locale in (
            ("source", before.source, after.source, self.source_locale),
            ("translation", before.translation, after.translation, self.locale),
        ):
            lost = _numbers(first, locale) - _numbers(second, locale)
            new = _numbers(second, locale) - _numbers(first, locale)
            if lost or new:
                left = ", ".join(map(_named, lost.elements())) or "no number"
                come = ", ".join(map(_named, new.elements())) or "none"
                yield f"{name}: {left} became {come}"
            lexicon = find_lexicon(locale)
            if lexicon:
                counts = [negations(words, lexicon).most for words in (first, second)]
                if counts[0] != counts[1]:
                    more = "added" if counts[1] > counts[0] else "taken out"
                    yield f"{name}: a negation was {more}"


def _fact(fact: str) -> tuple[str, tuple[str, str, str]]:
    """Part a signed fact into its name, and its value, sources, and unit with day."""
    words, _, rest = fact.partition(" @")
    sources, _, more = rest.partition(" #")
    name, _, value = words.partition("=")
    return (f'"{name}"' if value else name), (value.partition(":")[2], sources, more)


def _named(amount: str) -> str:
    """Name a number, or a fact without the braces that no page shows."""
    name = amount.strip("{}")
    return name if name == amount else f'"{name}"'


def _printed(text: str, facts: tuple[str, ...], name: str) -> str:
    """Put the values that a text was signed with into it, as its language has them."""
    locale = find_locale(name)
    forms = dict(map(_form, facts))

    def value(match: re.Match[str]) -> str:
        form, written = forms.get(match[1], ("", ""))
        read = READERS.get(form)
        try:
            return (
                format_value(read(written), form, locale)
                if read and locale
                else UNKNOWN
            )
        except ValueError:
            return UNKNOWN

    return PLACEHOLDER.sub(value, text)


def _form(fact: str) -> tuple[str, tuple[str, str]]:
    """Part a signed fact into its name, and how its value is written, and that."""
    name, _, value = fact.partition(" @")[0].partition("=")
    form, _, written = value.partition(":")
    return name, (form, written)


def _number(written: str) -> float:
    """Read a number as Python wrote it, whole where it was."""
    return float(written) if set(".en") & set(written) else int(written)


READERS: Mapping[str, Callable[[str], float | date]] = {
    "number": _number,
    "compact": _number,
    "year": _number,
    "date": date.fromisoformat,
}


def _facts(
    before: Mapping[str, tuple[str, str, str]],
    after: Mapping[str, tuple[str, str, str]],
) -> Iterator[str]:
    """Say what became of values, sources, units and days."""
    for name, (value, sources, more) in after.items():
        former = before.get(name)
        if former is None:
            yield f"now with {name}" + (f" = {value}" if value else "")
        elif former[0] != value:
            yield f"the value of {name} was {former[0]} and is {value}"
        elif former[1] != sources:
            yield f"the sources of {name} were {former[1]} and are {sources}"
        elif former[2] != more:
            was, now = (text.replace(" #", ", ") for text in (former[2], more))
            yield f"the unit or day of {name} was {was} and is {now}"
    for name in before:
        if name not in after:
            yield f"no longer with {name}"


def _numbers(text: str, name: str) -> Counter[str]:
    locale = find_locale(name)
    sign = decimal_sign(locale) if locale else "."
    amounts = read_amounts(text, lexicon_of(name), sign)
    return Counter(
        [amount.key for amount in amounts.every if amount.sure] + [*amounts.phones]
    )


def difference(before: str, after: str, locale: str) -> tuple[Html, Html]:
    """Mark what is not the same in two texts, numbers and negations doubly."""
    lexicon = lexicon_of(locale)
    split = TOKEN if lexicon.spaced else SIGN
    first, second = split.findall(before), split.findall(after)
    gone, come = [], []
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            gone.append(escaped("".join(first[a:b])))
            come.append(escaped("".join(second[c:d])))
            continue
        if first[a:b]:
            gone.append(element("del", _marked(first[a:b], lexicon)))
        if second[c:d]:
            come.append(element("ins", _marked(second[c:d], lexicon)))
    return joined(gone), joined(come)


def _marked(tokens: list[str], lexicon: Lexicon) -> Html:
    """Mark what must not be overread in a changed piece."""
    parts = []
    for token in tokens:
        sharp = NUMBER.fullmatch(token) or lexicon.negations.count(fold(token))
        parts.append(element("mark", token) if sharp else escaped(token))
    return joined(parts)
