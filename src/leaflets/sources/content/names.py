"""Names: what holds digits and is no number, and what stays in Latin letters.

Takes `content/names.toml`; gives the names, and where they stand in a text.  "type 2"
and "HbA1c" are names of things: their digits have no source and are never translated.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.languages.locale import find_locale
from leaflets.sources.schema import (
    Items,
    Table,
    Text,
    Texts,
    shown,
    validate,
)
from leaflets.sources.toml import Settings, read_settings

CODE = "names-file"
PATH = "content/names.toml"
WESTERN = "0-9A-Za-zÀ-ɏ"
"""Letters and digits that would make another name of one that they stand beside."""
SPACE = "[ \u00a0\u2009\u202f]"
BLANK = "§"
"""What stands for a letter of a name, where numbers and words are looked for."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name that holds digits."""

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
    latin: frozenset[str] = frozenset()
    """Words that may stay in Latin letters in every script."""


NO_NAMES = Names()


class _File(Table):
    latin: Texts = ()
    name: Items = ()


class _NameTable(Table):
    text: Text


@lru_cache(maxsize=8)
def read_names(data: bytes, path: str) -> tuple[Names, tuple[Diagnostic, ...]]:
    """Read the names; one that cannot be read is told and left out."""
    settings, unreadable = read_settings(data, path, code=CODE)
    if unreadable:
        return NO_NAMES, unreadable
    values, faults = validate(
        _File, settings.values, settings, code=CODE, what="the file of names"
    )
    if values is None:
        return NO_NAMES, faults
    found = [*faults, *_latin_faults(values.latin, settings)]
    listed: list[Name] = []
    known: dict[tuple[str, str], int] = {}
    for index, table in enumerate(values.name):
        name, faults = _name(table, settings, index, known)
        found.extend(faults)
        if name:
            listed.append(name)
    return Names(tuple(listed), frozenset(values.latin)), gather(found)


def _latin_faults(words: tuple[str, ...], settings: Settings) -> Iterator[Diagnostic]:
    for word in words:
        if not word or not word.isalpha():
            message = f'"{shown(word)}" is not one word of letters'
            hint = "a name with digits is a [[name]]; of others list each word"
            yield error(CODE, message, settings.place("latin"), hint)


def _name(
    table: Any, settings: Settings, index: int, known: dict[tuple[str, str], int]
) -> tuple[Name | None, tuple[Diagnostic, ...]]:
    """Read one name; `known` are all texts so far by locale, to which its own come."""
    keys = ("name", index)
    forms = {}
    own: object = table
    if isinstance(table, Mapping):
        forms = {key: table[key] for key in table if find_locale(key)}
        own = {key: table[key] for key in table if key not in forms}
    values, faults = validate(
        _NameTable, own, settings, *keys, code=CODE, what="a name"
    )
    faults = tuple(map(_with_locales, faults))
    if values is None:
        return None, faults
    found = []
    said = {"text": (values.text,)}
    for locale, form in forms.items():
        said[locale] = tuple(form) if isinstance(form, list) else (form,)
    for key, texts in said.items():
        for text in texts:
            fault = _fault(text, key)
            if not fault and known.setdefault((key, text), index) != index:
                fault = f'"{text}" is listed twice', "one text is one name"
            if fault:
                message, hint = fault
                found.append(error(CODE, message, settings.place(*keys, key), hint))
    if found:
        return None, (*faults, *found)
    own_forms = tuple((locale, said[locale]) for locale in forms)
    return Name(values.text, own_forms, settings.place(*keys)), faults


def _with_locales(fault: Diagnostic) -> Diagnostic:
    """Tell of the keys that are any locale's, where one is not known."""
    if not fault.message.startswith("unknown key"):
        return fault
    return replace(fault, hint="known: text, and locales such as de or zh_Hans")


def _fault(text: object, key: str) -> tuple[str, str] | None:
    """Say what is wrong with a name or a form of it, and what to write instead."""
    if not isinstance(text, str) or not text.strip():
        return (
            f'"{key}" is not a text',
            'write it between quotation marks: de = "Typ 2"',
        )
    if text != " ".join(text.split()) or not text.isprintable():
        return f'"{shown(text)}" is not one line of text', "without spaces at its ends"
    if not any(char.isalpha() for char in text):
        hint = "a number is a fact in content/facts.toml"
        return f'"{text}" holds no letter, so it is no name', hint
    if key == "text" and not any(char.isdecimal() for char in text):
        hint = "write its words into `latin`, or make it a term of the glossary"
        return f'"{text}" holds no digit', hint
    return None


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
