"""The file of names: `content/names.toml`, read; what is wrong is told at its line."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from leaflets.diagnostics import Diagnostic, error, gather
from leaflets.languages.locale import find_locale
from leaflets.sources.content.names import NO_NAMES, Name, Names
from leaflets.sources.schema import Items, Table, Text, Texts, shown, validate
from leaflets.sources.toml import Settings, read_settings

CODE = "names-file"
PATH = "content/names.toml"


class _File(Table):
    latin: Texts = ()
    name: Items = ()
    apart: Items = ()


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
    listed, listed_faults = _names(values.name, settings, "name")
    apart, apart_faults = _names(values.apart, settings, "apart")
    found += [*listed_faults, *apart_faults]
    return Names(listed, apart, frozenset(values.latin)), gather(found)


def _names(
    tables: tuple[Any, ...], settings: Settings, kind: str
) -> tuple[tuple[Name, ...], list[Diagnostic]]:
    """Read all tables of a kind, `name` or `apart`."""
    listed: list[Name] = []
    found: list[Diagnostic] = []
    known: dict[tuple[str, str], int] = {}
    for index, table in enumerate(tables):
        name, faults = _name(table, settings, (kind, index), known)
        found.extend(faults)
        if name:
            listed.append(name)
    return tuple(listed), found


def _latin_faults(words: tuple[str, ...], settings: Settings) -> Iterator[Diagnostic]:
    for word in words:
        if not word or not word.isalpha():
            message = f'"{shown(word)}" is not one word of letters'
            hint = "a name with digits is a [[name]]; of others list each word"
            yield error(CODE, message, settings.place("latin"), hint)


def _name(
    table: Any,
    settings: Settings,
    keys: tuple[str, int],
    known: dict[tuple[str, str], int],
) -> tuple[Name | None, tuple[Diagnostic, ...]]:
    """Read one name; `known` are all texts so far by locale, to which its own come."""
    kind, index = keys
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
            fault = _fault(text, key, digits=kind == "name")
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


def _fault(text: object, key: str, *, digits: bool) -> tuple[str, str] | None:
    """Say what is wrong with a name or a form of it, and what to write instead."""
    if not isinstance(text, str) or not text.strip():
        return (
            f'"{key}" is not a text',
            'write it between quotation marks: de = "Typ 2"',
        )
    # Persian and others part the halves of a word with a joiner.
    seen = text.replace("\u200c", "").replace("\u200d", "")
    if text != " ".join(text.split()) or not seen.isprintable():
        return f'"{shown(text)}" is not one line of text', "without spaces at its ends"
    if not any(char.isalpha() for char in text):
        hint = "a number is a fact in content/facts.toml"
        return f'"{text}" holds no letter, so it is no name', hint
    if digits and key == "text" and not any(char.isdecimal() for char in text):
        hint = "write its words into `latin`, or make it a term of the glossary"
        return f'"{text}" holds no digit', hint
    return None
