"""Glossary: which words the translations use for our terms, and which they must not.

Terms as values, and where each stands in a source text; words of a translation are
compared with them in `leaflets.checks.translation.terms`, and their files read and
written in `leaflets.sources.catalogs.glossary_files`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from leaflets.diagnostics import Location

IGNORED = re.compile("[\u00ad\u0640\u200b-\u200f\u2060\u2066-\u2069\u061c\ufeff]")
"""Signs that change how a word looks and not which it is."""
PLACEHOLDER = re.compile(r"\{\w+\}")
SENTENCE_END = ".!?;:。！？；：।؟؛۔…"
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u0670\u0900-\u0963\u0970-\u0dff"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*|[{re.escape(SENTENCE_END)}]")
Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing, and what it is called in each language."""

    source: str
    """In the language of the source."""
    forms: tuple[str, ...]
    """Its other forms there, such as the plural."""
    note: str
    keep: bool
    """Not translated: it stays in Latin letters as it is."""
    approved: Words
    """By locale, the best one first."""
    forbidden: Words
    location: Location = field(compare=False)

    @property
    def banned(self) -> bool:
        """Return whether it only names words which no translation may hold."""
        return not self.keep and not self.approved


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, and where each form in the source leads."""

    terms: tuple[Term, ...]
    _forms: Mapping[tuple[str, ...], tuple[tuple[str, Term], ...]] = field(
        init=False, repr=False, compare=False
    )
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms: dict[tuple[str, ...], tuple[tuple[str, Term], ...]] = {}
        for term in self.terms:
            for form in (term.source, *term.forms):
                key = form_key(form)
                forms[key] = (*forms.get(key, ()), (form, term))
        object.__setattr__(self, "_forms", forms)
        object.__setattr__(self, "_longest", max(map(len, forms), default=0))

    def terms_in(self, text: str) -> Iterator[Term]:
        """List each term that stands in a source text, the longest match first.

        What a longer term covers is no shorter term: "blood pressure monitor" is not
        also "blood pressure".
        """
        words = source_words(text)
        lower = [word.casefold() for word in words]
        terms: list[Term] = []
        start = 0
        while start < len(words):
            size = 1
            for length in range(min(self._longest, len(words) - start), 0, -1):
                part = words[start : start + length]
                forms = self._forms.get(tuple(lower[start : start + length]), ())
                fitting = [term for form, term in forms if _same_case(form, part)]
                if fitting:
                    terms += [term for term in fitting if term not in terms]
                    size = length
                    break
            start += size
        yield from terms


def form_key(form: str) -> tuple[str, ...]:
    """Return the words of a form, ready to be looked up."""
    return tuple(word.casefold() for word in source_words(form))


def _same_case(form: str, words: Sequence[str]) -> bool:
    """Return whether capitals fit: MIST is a study, mist is weather."""
    return all(
        mine == theirs or not mine.isupper()
        for mine, theirs in zip(source_words(form), words, strict=True)
    )


def words_of(text: str) -> tuple[str, ...]:
    """Part a text into words; "." stands where a sentence ends.

    Placeholders are no words, and hyphens part words as spaces do.

    >>> words_of("Die EKG-Ärztin. {n} mal तंत्रिका")
    ('Die', 'EKG', 'Ärztin', '.', 'mal', 'तंत्रिका')
    """
    bare = IGNORED.sub("", PLACEHOLDER.sub(" ", unicodedata.normalize("NFC", text)))
    words = WORD.findall(bare)
    return tuple("." if word[0] in SENTENCE_END else word for word in words)


def source_words(text: str) -> tuple[str, ...]:
    """Part a source text into words; a comma parts terms as a full stop does."""
    return words_of(re.sub("[,()]", ".", text))
