"""Diagnostics: what is wrong, where, and how to fix it; and the one exception.

Everything that an author, translator, designer or clinic can fix is a
`Diagnostic`; the codes and their reasons are listed in `leaflets.checks.codes`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from enum import IntEnum
from functools import partial
from typing import Any, Self


class Severity(IntEnum):
    """Severity of a finding: an error keeps its target from print.

    So does what waits: its target is not finished, and nobody has done anything wrong.
    """

    NOTE = 0
    WAITING = 1
    WARNING = 2
    ERROR = 3

    def __str__(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Location:
    """A place that an editor can open, or a place on a page of a PDF."""

    path: str
    """POSIX path below the project root."""
    line: int = 0
    """1-based; 0 when the file as a whole is meant."""
    column: int = 0
    """1-based; 0 when the line as a whole is meant."""
    page: int = 0
    """1-based page of the finished file; 0 for text files."""

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return f"{place} page {self.page}" if self.page else place

    def to_json(self) -> dict[str, Any]:
        """Return the place as JSON; the keys are part of the interface."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "page": self.page,
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; ValueError, KeyError or TypeError otherwise."""
        return cls(
            _text(value["path"]),
            _number(value["line"]),
            _number(value["column"]),
            _number(value["page"]),
        )


@dataclass(frozen=True, slots=True)
class Subject:
    """What a finding is about; an empty field stands for all of its kind."""

    leaflet: str = ""
    locale: str = ""
    """One locale, or two of a bilingual edition: ar+en."""
    edition: str = ""
    paper: str = ""
    field: str = ""
    """The field of a form or the column of a list."""

    def to_json(self) -> dict[str, str]:
        """Return the fields that are not empty, as JSON."""
        names = ("leaflet", "locale", "edition", "paper", "field")
        return {name: text for name in names if (text := getattr(self, name))}


ALL = Subject()
"""The subject of findings about the whole project."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding in plain words, with a code that `leaflets explain` explains."""

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    related: tuple[Location, ...] = ()
    subject: Subject = ALL

    def __str__(self) -> str:
        text = f"{self.location}: {self.severity}: {self.message} [{self.code}]"
        return f"{text}\n  hint: {self.hint}" if self.hint else text

    def at(self, location: Location) -> Self:
        """Return the finding at another place, with the former one as related."""
        return replace(self, location=location, related=(self.location, *self.related))

    def to_json(self) -> dict[str, Any]:
        """Return the finding as JSON; the keys are part of the interface."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "hint": self.hint,
            **self.location.to_json(),
            "related": [place.to_json() for place in self.related],
            "subject": self.subject.to_json(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Self:
        """Read what `to_json` wrote; ValueError, KeyError or TypeError otherwise."""
        return cls(
            _text(value["code"]),
            Severity[_text(value["severity"]).upper()],
            _text(value["message"]),
            Location.from_json(value),
            _text(value["hint"]),
            tuple(Location.from_json(place) for place in value["related"]),
            Subject(**{name: _text(text) for name, text in value["subject"].items()}),
        )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is not a text")
    return value


def _number(value: object) -> int:
    if type(value) is not int:
        raise TypeError("a number is not a number")
    return value


class LeafletsError(Exception):
    """Raised where a stage has no result; carries the diagnostics that say why.

    The constructor takes exactly what `args` holds, so that the exception can be
    pickled and sent between processes.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))


def finding(
    severity: Severity,
    code: str,
    message: str,
    location: Location,
    hint: str = "",
    *,
    subject: Subject = ALL,
) -> Diagnostic:
    """Return a finding; `error`, `warning` and `note` are short for it."""
    return Diagnostic(code, severity, message, location, hint, subject=subject)


error = partial(finding, Severity.ERROR)
"""Returns a finding that keeps its target from print."""
warning = partial(finding, Severity.WARNING)
"""Returns a finding that a person should judge."""
note = partial(finding, Severity.NOTE)
"""Returns a finding for information only."""
waiting = partial(finding, Severity.WAITING)
"""Returns what a target waits for: work to come that keeps it from print till then."""


def gather(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Drop duplicates, and sort by place, then severity, then code."""
    unique = dict.fromkeys(diagnostics)

    def key(diagnostic: Diagnostic) -> tuple[str, int, int, int, int, str, str]:
        place = diagnostic.location
        return (
            place.path,
            place.line,
            place.column,
            place.page,
            -diagnostic.severity,
            diagnostic.code,
            diagnostic.message,
        )

    return tuple(sorted(unique, key=key))


def about(subject: Subject, diagnostics: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Fill the empty fields of each finding's subject from `subject`."""
    for diagnostic in diagnostics:
        known = diagnostic.subject
        whole = Subject(
            known.leaflet or subject.leaflet,
            known.locale or subject.locale,
            known.edition or subject.edition,
            known.paper or subject.paper,
            known.field or subject.field,
        )
        yield diagnostic if whole == known else replace(diagnostic, subject=whole)


def distinct(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Merge findings that differ in their subject only, and sort.

    The subject is then what theirs have in common.
    """
    subjects: dict[Diagnostic, Subject] = {}
    for diagnostic in diagnostics:
        plain = replace(diagnostic, subject=ALL)
        known = subjects.setdefault(plain, diagnostic.subject)
        subjects[plain] = _common(known, diagnostic.subject)
    return gather(replace(plain, subject=known) for plain, known in subjects.items())


def _common(first: Subject, second: Subject) -> Subject:
    return Subject(
        *(
            text if text == getattr(second, name) else ""
            for name, text in asdict(first).items()
        )
    )


def keeps_from_print(diagnostic: Diagnostic) -> bool:
    """Say whether a finding keeps its target from print: it is wrong, or it waits."""
    return diagnostic.severity in (Severity.ERROR, Severity.WAITING)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether any of the findings is an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
