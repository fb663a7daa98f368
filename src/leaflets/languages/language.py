"""A language: all that is known of it, as its file in `languages/data` says.

Takes a locale's name and gives one value; what the fields mean for a speaker who
writes such a file, docs/languages.md tells key by key.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import ClassVar

from leaflets.languages import scripts, tables
from leaflets.languages.opposite_words import Opposites
from leaflets.languages.scripts import check_scripts

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NegationWords:
    """Words that deny."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    concord: bool
    sure: Words
    perhaps: Words
    ignore: Words
    void: Words = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberWords:
    """Numbers in words, by value."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    sure: Mapping[str, Words]
    perhaps: Mapping[str, Words]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflection:
    """What is written together with a word, and how its end changes."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    clitics: re.Pattern[str] | None = None
    """Small words that may be written onto the front of any word."""
    article: str = ""
    joined_article: re.Pattern[str] | None = None
    """The article with what may stand before it, taken off a forbidden word."""
    feminine: str = ""
    """Last letters, as compared, that change before an ending."""
    compound_ends: Words = ()
    """Endings of a word that is the end of a compound; none where there are none."""
    compound_drops: Words = ()
    """Endings that a word loses as the beginning of a compound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceWords:
    """What leaflets can be written in a language with: its words that decide."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    common: Words
    """Words that every text holds and no other language does."""
    denying: Words
    turning: Words
    amounts: Words
    opposite_prefixes: Words = ()
    opposite_endings: tuple[tuple[str, str], ...] = ()
    spelled_out: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Language:
    """One language; the defaults are those of a language that nobody described."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    quotes: str = ""
    """Quotation marks: the first ones, then those inside, as in CLDR's delimiters;
    others that its press uses as well stand behind."""
    opening_question: str = ""
    """The sign that a question begins with."""
    spaced: bool = True
    """Whether words are parted by spaces."""
    narrow_before: str = ""
    """Signs that a narrow space stands before, where no line ends."""
    narrow_after: str = ""
    keep_with_next: Words = ()
    """Words that no line ends after."""
    date_signs: str = ""
    """Signs in a date that is written without spaces."""
    formatted_as: Mapping[str, str] = field(default_factory=dict)
    """Locales whose numbers and dates are those of another locale of CLDR."""
    habits: str = ""
    """What its readers expect of type, for people."""
    foreign_letters: Mapping[str, str] = field(default_factory=dict)
    """Letters of a neighbour that look alike, and what they are."""
    multipliers: Mapping[int, Words] = field(default_factory=dict)
    """Words after a number that make it larger, by the power of ten."""
    no_unit_across: Words = ()
    """Words that part a number from the unit of something else."""
    unit_before_ten: bool = False
    """Whether "five and twenty" is 25."""
    inflection: Inflection = field(default_factory=Inflection)
    source: SourceWords | None = None
    """None where no leaflets can be written in it yet."""
    prefixes: Words = ()
    joins: Words = ()
    compound: str = ""
    """How ten and unit are one word: "{unit}und{ten}"."""
    compound_one: str = ""
    ratio: Words = ()
    whole_first: Words = ()
    range: Words = ()
    negation: NegationWords | None = None
    """None where nobody wrote word lists; with them the tables below are filled."""
    numbers: NumberWords = field(
        default_factory=lambda: NumberWords(sure={}, perhaps={})
    )
    units: Mapping[str, Words] = field(default_factory=dict)
    before: Mapping[str, Words] = field(default_factory=dict)
    claims: Mapping[str, Words] = field(default_factory=dict)
    opposites: Opposites = field(default_factory=Opposites)


UNKNOWN = Language()


@lru_cache(maxsize=64)
def find_language(locale: str) -> Language:
    """Return what is known of a locale's language; `UNKNOWN` where that is nothing.

    The file of `pt_BR` goes before that of `pt`.  LeafletsError where it is broken.
    """
    name = file_of(locale)
    text = tables.find_text(name) if name else None
    if text is None:
        return UNKNOWN
    check_scripts()
    return tables.read_table(Language, text, name)


@lru_cache(maxsize=1)
def all_quotes() -> tuple[str, ...]:
    """List the quotation marks of all languages that are described, sorted."""
    languages = (find_language(name) for name in tables.names() if name != scripts.NAME)
    return tuple(sorted({mark for language in languages for mark in language.quotes}))


def file_of(locale: str) -> str:
    """Return the name of a locale's file, without its ending; empty for none.

    >>> file_of("zh_Hans"), file_of("zh_Hant_TW"), file_of("xx")
    ('zh', 'zh_Hant', '')
    """
    parts = locale.split("_")
    names = ("_".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((name for name in names if tables.find_text(name) is not None), "")
