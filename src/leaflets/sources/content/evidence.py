"""Facts and references: every number once, with its source and its date.

Takes `content/facts.toml` and `content/sources.toml`; gives values by the
placeholder that stands for them in the text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error, gather, note
from leaflets.sources.toml import Settings, read_settings

FIELDS = {
    "number": ("value",),
    "compact": ("value",),
    "year": ("value",),
    "range": ("low", "high"),
    "ratio": ("value", "of"),
    "date": ("value",),
}
SUFFIX = {"low": "_low", "high": "_high", "of": "_of", "value": ""}
READ = ("primary", "secondary", "existence", "recalled")
"""How a source was checked; the last two carry no number."""


@dataclass(frozen=True, slots=True)
class Value:
    """What one placeholder stands for."""

    placeholder: str
    fact: str
    form: str
    """number, compact, year or date."""
    value: int | float | date
    sources: tuple[str, ...]
    location: Location

    @property
    def identity(self) -> str:
        """Give the value as a text that changes when its meaning does."""
        return f"{self.placeholder}={self.form}:{self.value}"


@dataclass(frozen=True, slots=True)
class Reference:
    """One source that the leaflets rest on."""

    id: str
    cite: str
    url: str
    doi: str
    date: str
    read: str
    location: Location


@dataclass(frozen=True, slots=True)
class Evidence:
    """All values and references of a project."""

    values: tuple[Value, ...]
    references: tuple[Reference, ...]

    def by_placeholder(self) -> dict[str, Value]:
        """Index the values by the placeholder in the text."""
        return {one.placeholder: one for one in self.values}

    def by_id(self) -> dict[str, Reference]:
        """Index the references by their id."""
        return {one.id: one for one in self.references}


@lru_cache(maxsize=8)
def read_evidence(
    facts: tuple[bytes, str], sources: tuple[bytes, str]
) -> tuple[Evidence, tuple[Diagnostic, ...]]:
    """Read both files, each given as (data, path)."""
    source_settings, found_sources = read_settings(*sources, code="sources-file")
    fact_settings, found_facts = read_settings(*facts, code="facts-file")
    found = [*found_sources, *found_facts]
    references = tuple(_references(source_settings, found))
    known = {one.id: one for one in references}
    values: list[Value] = []
    for name, table in fact_settings.values.items():
        values.extend(_values(name, table, fact_settings, known, found))
    return Evidence(tuple(values), references), gather(found)


def _references(settings: Settings, found: list[Diagnostic]) -> list[Reference]:
    made = []
    for name, table in settings.values.items():
        place = settings.place(name)
        if not isinstance(table, Mapping):
            found.append(error("sources-file", f'"{name}" is not a table', place))
            continue
        read = table.get("read")
        if read not in READ:
            message = f'the source "{name}" does not say how it was read'
            hint = f"read = one of {', '.join(READ)}"
            found.append(error("sources-file", message, place, hint))
        for key in ("cite",):
            if not table.get(key):
                message = f'the source "{name}" has no "{key}"'
                found.append(error("sources-file", message, place))
        if not (table.get("doi") or table.get("url")):
            message = f'the source "{name}" has neither url nor doi'
            found.append(note("source-address", message, place))
        texts = {key: str(table.get(key, "")) for key in ("cite", "url", "doi", "date")}
        made.append(Reference(name, read=str(read), location=place, **texts))
    return made


def _values(
    name: str,
    table: Any,
    settings: Settings,
    references: Mapping[str, Reference],
    found: list[Diagnostic],
) -> list[Value]:
    place = settings.place(name)
    if not isinstance(table, Mapping):
        found.append(error("facts-file", f'"{name}" is not a table', place))
        return []
    kind = table.get("kind")
    if kind not in FIELDS:
        message = f'the fact "{name}" has no known kind'
        hint = f"kind = one of {', '.join(FIELDS)}"
        found.append(error("facts-file", message, place, hint))
        return []
    cited = tuple(str(table.get("source", "")).split())
    found.extend(_unsourced(name, cited, settings, references))
    if type(table.get("as_of")) not in (date, int):
        message = f'the fact "{name}" has no as_of date or year'
        found.append(error("facts-file", message, settings.place(name, "as_of")))
    made = []
    for field in FIELDS[kind]:
        value: Any = table.get(field)
        wanted = (date,) if kind == "date" else (int, float)
        if type(value) not in wanted:
            message = f'the fact "{name}" has no {field} of the right kind'
            found.append(error("facts-file", message, settings.place(name, field)))
            continue
        number: int | float | date = value
        form = kind if kind in ("compact", "year", "date") else "number"
        made.append(Value(name + SUFFIX[field], name, form, number, cited, place))
    return made


def _unsourced(
    name: str,
    cited: tuple[str, ...],
    settings: Settings,
    references: Mapping[str, Reference],
) -> list[Diagnostic]:
    """A number on paper needs a source that somebody has read."""
    place = settings.place(name, "source")
    if not cited:
        message = f'the fact "{name}" has no source'
        return [error("fact-without-source", message, place, "no number without one")]
    found = []
    for one in cited:
        if one not in references:
            message = f'the fact "{name}" names an unknown source "{one}"'
            found.append(error("fact-without-source", message, place))
    known = [references[one] for one in cited if one in references]
    reads = {one.read for one in known}
    if known and not reads & {"primary", "secondary"}:
        message = f'nobody has read a source of the fact "{name}"'
        hint = "read one, or take the number out of the text"
        found.append(error("weak-source", message, place, hint))
    elif known and "primary" not in reads:
        message = f'the fact "{name}" was read in a second-hand source only'
        hint = "the clinical reviewer looks it up before sign-off"
        found.append(note("second-hand-source", message, place, hint))
    return found
