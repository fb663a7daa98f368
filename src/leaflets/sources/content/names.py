"""Names: what holds digits and is no number, and what stays in Latin letters.

"type 2" and "HbA1c" are names of things: their digits have no source and are never
translated.  Gives the names of a project as values, and where they stand in a text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leaflets.diagnostics import Location
from leaflets.languages.word_lists import fold

WESTERN = "0-9A-Za-zÀ-ɏ"
"""Letters and digits that would make another name of one that they stand beside."""
SPACE = "[ \u00a0\u2009\u202f]"
BLANK = "§"
"""What stands for a letter of a name, where numbers and words are looked for."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name, and what it is called elsewhere."""

    text: str
    """In the language of the source."""
    forms: tuple[tuple[str, tuple[str, ...]], ...]
    """By locale: what may stand there in its place, the best one first."""
    location: Location

    def said(self, locale: str) -> tuple[str, ...]:
        """List what it may be called in a locale, its local forms first."""
        return (*dict(self.forms).get(locale, ()), self.text)


@dataclass(frozen=True, slots=True)
class Names:
    """All names of a project."""

    listed: tuple[Name, ...] = ()
    """Those that hold digits."""
    apart: tuple[Name, ...] = ()
    """Those of which none may be taken for another, such as medicines."""
    latin: frozenset[str] = frozenset()
    """Words that may stay in Latin letters in every script."""


NO_NAMES = Names()


@lru_cache(maxsize=256)
def _pattern(names: Names, locale: str) -> tuple[re.Pattern[str], tuple[Name, ...]]:
    """Return what finds names in a locale's texts; its groups are those of the list."""
    said = [
        (text, index)
        for index, name in enumerate(names.listed)
        for text in name.said(locale)
    ]
    # Of two names that begin alike the longer is tried first.
    said.sort(key=lambda pair: -len(pair[0]))
    parts = [
        f"(?P<n{index}_{at}>{_exactly(text)})" for at, (text, index) in enumerate(said)
    ]
    whole = "|".join(parts) or "(?!)"
    return re.compile(f"(?<![{WESTERN}])(?:{whole})(?![{WESTERN}])"), names.listed


def _exactly(text: str) -> str:
    """Write a pattern for a name: any space for a space, a capital where it begins."""
    first = text[0]
    start = f"[{first}{first.upper()}]" if first.isalpha() else re.escape(first)
    rest = SPACE.join(map(re.escape, text[1:].split(" ")))
    return start + rest


def places(
    names: Names, text: str, locale: str = ""
) -> Iterator[tuple[int, int, Name]]:
    """Find the names in a text: begin, end and which it is.

    Without a locale the text is of the source's language.
    """
    pattern, listed = _pattern(names, locale)
    for match in pattern.finditer(text) if listed else ():
        index = int(str(match.lastgroup)[1:].partition("_")[0])
        yield match.start(), match.end(), listed[index]


def without_names(names: Names, text: str, locale: str = "", blank: str = BLANK) -> str:
    """Blank every name out, so that no digit or word of it is taken for the text's."""
    pattern, listed = _pattern(names, locale)
    if not listed:
        return text
    return pattern.sub(lambda match: blank * len(match[0]), text)


@lru_cache(maxsize=256)
def _apart(names: Names, locale: str) -> tuple[re.Pattern[str], tuple[int, ...]]:
    """Return what finds names that are kept apart; its groups count from 1."""
    said = [
        (fold(text), index)
        for index, name in enumerate(names.apart)
        for text in name.said(locale)
    ]
    # "peginterferon" before "interferon".
    said.sort(key=lambda pair: -len(pair[0]))
    parts = ["(" + r"\s+".join(map(re.escape, text.split())) + ")" for text, _ in said]
    return re.compile("|".join(parts) or "(?!)"), tuple(index for _, index in said)


def kept_apart(names: Names, text: str, locale: str = "") -> tuple[Name, ...]:
    """List the names in a text of which none may be taken for another, each once.

    They are found inside words, for languages add endings: "натализумаба".
    """
    pattern, indexes = _apart(names, locale)
    matches = pattern.finditer(fold(text)) if names.apart else ()
    places = dict.fromkeys(indexes[(match.lastindex or 1) - 1] for match in matches)
    return tuple(names.apart[index] for index in places)
