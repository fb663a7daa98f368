"""Facts and references: every number once, with its source and its date.

Takes `content/facts.toml` and `content/sources.toml`; gives values by the
placeholder that stands for them in the text.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from leaflets.diagnostics import Diagnostic, Location, error, gather, note
from leaflets.sources.schema import (
    Day,
    DayOrYear,
    Number,
    Table,
    Text,
    between,
    day_or_year,
    nearest,
    one_of,
    shown,
    taken,
    validate,
)
from leaflets.sources.toml import Settings, read_settings

FACTS_CODE, SOURCES_CODE = "facts-file", "sources-file"
SUFFIX = {"low": "_low", "high": "_high", "of": "_of", "value": ""}
READ = ("primary", "secondary", "existence", "recalled")
"""How a source was checked; the last two carry no number."""


@dataclass(frozen=True, slots=True)
class Unit:
    """What a fact counts or measures, as the text says it beside the number."""

    words: str
    location: Location


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
    unit: Unit | None = None
    as_of: str = ""
    """The day or year that it was true on."""

    @property
    def identity(self) -> str:
        """Return the value as a text that changes when its meaning does."""
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
        return {value.placeholder: value for value in self.values}

    def by_id(self) -> dict[str, Reference]:
        """Index the references by their id."""
        return {reference.id: reference for reference in self.references}


def _as_date(value: object) -> str:
    if isinstance(value, str):
        return value
    return str(day_or_year(value))


class _Source(Table):
    cite: Text
    read: Annotated[str, one_of(READ, "way to read a source")]
    url: str = ""
    doi: str = ""
    date: Annotated[str, taken(_as_date)] = ""


class _Fact(Table):
    kind: str
    as_of: DayOrYear
    source: str = ""
    """Its absence is told apart, with a code of its own."""
    note: str = ""


class _Counted(_Fact):
    unit: Text | None = None


class _NumberFact(_Counted):
    value: Number


class _YearFact(_Fact):
    value: Annotated[int, between(1, 9999)]


class _RangeFact(_Counted):
    low: Number
    high: Number


class _RatioFact(_Counted):
    value: Number
    of: Number


class _DateFact(_Fact):
    value: Day


KINDS: Mapping[str, type[_Fact]] = {
    "number": _NumberFact,
    "compact": _NumberFact,
    "year": _YearFact,
    "range": _RangeFact,
    "ratio": _RatioFact,
    "date": _DateFact,
}


@lru_cache(maxsize=8)
def read_evidence(
    facts: tuple[bytes, str], sources: tuple[bytes, str]
) -> tuple[Evidence, tuple[Diagnostic, ...]]:
    """Read both files, each given as (data, path)."""
    source_settings, source_faults = read_settings(*sources, code=SOURCES_CODE)
    fact_settings, fact_faults = read_settings(*facts, code=FACTS_CODE)
    found = [*source_faults, *fact_faults]
    references = tuple(_references(source_settings, found))
    known = {reference.id: reference for reference in references}
    values: list[Value] = []
    for name, table in fact_settings.values.items():
        values.extend(_values(name, table, fact_settings, known, found))
    return Evidence(tuple(values), references), gather(found)


def _references(settings: Settings, found: list[Diagnostic]) -> Iterator[Reference]:
    """Read the sources; a broken one keeps its name, so that nobody misses it."""
    for name, table in settings.values.items():
        place = settings.place(name)
        what = f'the source "{shown(name)}"'
        source, faults = validate(
            _Source, table, settings, name, code=SOURCES_CODE, what=what
        )
        found.extend(faults)
        if source is None:
            yield Reference(name, "", "", "", "", "", place)
            continue
        if not (source.doi or source.url):
            message = f"{what} has neither url nor doi"
            found.append(note("source-address", message, place))
        yield Reference(name, **dict(source), location=place)


def _values(
    name: str,
    table: Any,
    settings: Settings,
    references: Mapping[str, Reference],
    found: list[Diagnostic],
) -> Iterator[Value]:
    """Read one fact, and give the value of each of its placeholders."""
    place = settings.place(name)
    what = f'the fact "{shown(name)}"'
    if not isinstance(table, Mapping):
        found.append(error(FACTS_CODE, f"{what} is not a table", place))
        return
    kind = table.get("kind")
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if model is None:
        hint = nearest(kind if isinstance(kind, str) else "", tuple(KINDS))
        message = f"{what} has no known kind"
        found.append(error(FACTS_CODE, message, settings.place(name, "kind"), hint))
        return
    fact, faults = validate(model, table, settings, name, code=FACTS_CODE, what=what)
    found.extend(faults)
    cited = tuple(fact.source.split()) if fact else _cited(table)
    found.extend(_unsourced(name, cited, settings, references))
    if fact is None:
        return
    form = fact.kind if fact.kind in ("compact", "year", "date") else "number"
    words = getattr(fact, "unit", None)
    unit = Unit(words, settings.place(name, "unit")) if words else None
    for field, suffix in SUFFIX.items():
        if field in model.model_fields:
            number = getattr(fact, field)
            yield Value(
                name + suffix, name, form, number, cited, place, unit, str(fact.as_of)
            )


def _cited(table: Mapping[str, Any]) -> tuple[str, ...]:
    """Read the sources of a fact that is wrong in other ways."""
    source = table.get("source", "")
    return tuple(source.split()) if isinstance(source, str) else ("",)


def _unsourced(
    name: str,
    cited: tuple[str, ...],
    settings: Settings,
    references: Mapping[str, Reference],
) -> list[Diagnostic]:
    """Find a number on paper without a source that somebody has read."""
    place, code = settings.place(name, "source"), "fact-without-source"
    what = f'the fact "{shown(name)}"'
    if not cited:
        message = f"{what} has no source"
        return [error(code, message, place, "no number without one")]
    found = []
    for source in filter(None, cited):
        if source not in references:
            message = f'{what} names an unknown source "{shown(source)}"'
            found.append(
                error(code, message, place, nearest(source, tuple(references)))
            )
    known = [references[source] for source in cited if source in references]
    reads = {reference.read for reference in known}
    # A source that is broken itself is told of where it stands.
    if known and "" not in reads and not reads & {"primary", "secondary"}:
        message = f"nobody has read a source of {what}"
        hint = "read one, or take the number out of the text"
        found.append(error("weak-source", message, place, hint))
    elif known and "" not in reads and "primary" not in reads:
        message = f"{what} was read in a second-hand source only"
        hint = "the clinical reviewer looks it up before sign-off"
        found.append(note("second-hand-source", message, place, hint))
    return found
