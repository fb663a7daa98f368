"""Family: what all leaflets of a project have in common.

Takes `content/family.toml`: the family's name, whom its boxes call, the kinds of
leaflets with what each must hold, and what no leaflet says.  Gives a `Family`, and
what is wrong in the file at its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Annotated, Any

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.sources.schema import (
    LIST,
    SOME,
    Items,
    Line,
    Table,
    Tables,
    Text,
    Texts,
    checked,
    one_of,
    reject,
    shown,
    tables_at,
    validate,
)
from leaflets.sources.toml import Settings, read_settings

PATH = "content/family.toml"
CODE = "family-file"
NAME = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
LONGEST_NAME = 40
BOXES = (
    "summary",
    "emergency",
    "call",
    "warning",
    "known",
    "unknown",
    "questions",
    "note",
    "balance",
)
"""Every kind of box, whatever the family: templates know how each is set."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody whom a box calls; the clinic gives the number."""

    id: str
    label: str
    location: Location


@dataclass(frozen=True, slots=True)
class Kind:
    """What a leaflet of one kind must hold."""

    boxes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By tag: the tags that stand in the same balance box, if it stands in one."""


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that no leaflet says."""

    words: tuple[str, ...]
    """Each a word or phrase; `*` at its end stands for any ending."""
    reason: str
    unless: tuple[str, ...] = ()
    """Tags of blocks that may say them: to warn of those who do."""


@dataclass(frozen=True, slots=True)
class Family:
    """What all leaflets of a project have in common."""

    name: str = ""
    """Stands above the title of every leaflet."""
    title: str = ""
    """Heads the pages on screen."""
    contacts: tuple[Contact, ...] = ()
    kinds: Mapping[str, Kind] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    texts: tuple[tuple[str, Location], ...] = ()
    """The name, the title and the labels, each with its place: to translate."""

    def kind_of(self, name: str) -> Kind:
        """Return a kind; one that asks for nothing where there is none of the name."""
        return self.kinds.get(name, Kind())

    def contact(self, name: str) -> Contact | None:
        """Find one of the contacts."""
        return next((known for known in self.contacts if known.id == name), None)


def _is_line(text: str) -> str:
    if any(ord(char) < 32 for char in text) or "{" in text or "}" in text:
        reject("is not one line of text without braces")
    return text


def _is_phrase(text: str) -> str:
    if not text.strip("* ") or "*" in text[:-1]:
        reject("is no word or phrase", "`*` may stand at the end: guarantee*")
    return text


Label = Annotated[Text, checked(_is_line)]
Box = Annotated[str, one_of(BOXES, "box")]
Phrase = Annotated[Line, checked(_is_phrase)]


class _FamilyTable(Table):
    name: Label
    title: Label
    contact: Tables
    kind: Tables
    claim: Items = ()


class _ContactTable(Table):
    label: Label


class _KindTable(Table):
    boxes: Annotated[tuple[Box, ...], LIST] = ()
    tags: Texts = ()
    together: Tables


class _ClaimTable(Table):
    words: Annotated[tuple[Phrase, ...], LIST, SOME]
    reason: Text
    unless: Texts = ()


@lru_cache(maxsize=8)
def read_family(data: bytes | None) -> tuple[Family, tuple[Diagnostic, ...]]:
    """Read the family; without its file there is none, and that is told."""
    if data is None:
        message = f"there is no {PATH}"
        hint = "docs/family.md tells what it holds; `leaflets init` writes one"
        return Family(), (error(CODE, message, Location(PATH), hint),)
    settings, unreadable = read_settings(data, PATH, code=CODE)
    if unreadable:
        return Family(), unreadable
    head, faults = validate(
        _FamilyTable, settings.values, settings, code=CODE, what="the family"
    )
    diagnostics = list(faults)
    contacts = tuple(_contacts(settings, diagnostics))
    kinds = dict(_kinds(settings, diagnostics))
    claims = tuple(_claims(settings, diagnostics))
    if not tables_at(settings.values, "kind"):
        message = "the family has no kind of leaflet"
        hint = "write [kind.information], and below it the boxes that it must have"
        diagnostics.append(error(CODE, message, Location(PATH, 1), hint))
    name, title = (head.name, head.title) if head else ("", "")
    texts = [(name, settings.place("name")), (title, settings.place("title"))]
    texts += [(contact.label, contact.location) for contact in contacts]
    family = Family(
        name=name,
        title=title,
        contacts=contacts,
        kinds=kinds,
        claims=claims,
        texts=tuple((text, place) for text, place in texts if text),
    )
    return family, gather(diagnostics)


def _named(name: str, settings: Settings, key: str) -> Iterator[Diagnostic]:
    """Find a name that a leaflet cannot write."""
    if not NAME.fullmatch(name) or len(name) > LONGEST_NAME:
        message = f'"{shown(name)}" cannot be the name of a {key}'
        hint = "small letters, digits, hyphens and underscores"
        yield error(CODE, message, settings.place(key, name), hint)


def _contacts(settings: Settings, diagnostics: list[Diagnostic]) -> Iterator[Contact]:
    for name, table in tables_at(settings.values, "contact").items():
        diagnostics.extend(_named(name, settings, "contact"))
        what = f'the contact "{shown(name)}"'
        values, faults = validate(
            _ContactTable, table, settings, "contact", name, code=CODE, what=what
        )
        diagnostics.extend(faults)
        if values:
            place = settings.place("contact", name, "label")
            yield Contact(name, values.label, place)


def _kinds(
    settings: Settings, diagnostics: list[Diagnostic]
) -> Iterator[tuple[str, Kind]]:
    for name, table in tables_at(settings.values, "kind").items():
        diagnostics.extend(_named(name, settings, "kind"))
        what = f'the kind "{shown(name)}"'
        values, faults = validate(
            _KindTable, table, settings, "kind", name, code=CODE, what=what
        )
        diagnostics.extend(faults)
        if values is None:
            continue
        together = dict(_together(values.together, settings, name, diagnostics))
        yield name, Kind(values.boxes, values.tags, together)


def _together(
    table: Mapping[str, Any],
    settings: Settings,
    kind: str,
    diagnostics: list[Diagnostic],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Read which tags stand together, tag by tag."""
    for tag, others in table.items():
        if isinstance(others, list) and all(isinstance(other, str) for other in others):
            yield tag, tuple(others)
        else:
            message = f'"{shown(tag)}" is not a list of tags'
            place = settings.place("kind", kind, "together", tag)
            diagnostics.append(error(CODE, message, place))


def _claims(settings: Settings, diagnostics: list[Diagnostic]) -> Iterator[Claim]:
    tables = settings.values.get("claim")
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        keys = ("claim", index)
        values, faults = validate(
            _ClaimTable, table, settings, *keys, code=CODE, what="a claim"
        )
        diagnostics.extend(faults)
        if values:
            yield Claim(**dict(values))
