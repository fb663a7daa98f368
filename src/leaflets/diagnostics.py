"""What can be wrong, and where: diagnostics as values, and the one exception.

Everything that an author, translator, designer or clinic can fix is a
`Diagnostic`; the codes and their reasons stand in `leaflets.checks.codes`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Self


class Severity(IntEnum):
    """How much a finding matters: an error keeps its target from print."""

    NOTE = 0
    WARNING = 1
    ERROR = 2

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
    area: str = ""
    """Where on paper, such as "page 2"; empty for text files."""

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}"
            if self.column:
                place += f":{self.column}"
        return f"{place} {self.area}" if self.area else place


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding, in plain words, with a code that `leaflets explain` knows."""

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    related: tuple[Location, ...] = ()

    def __str__(self) -> str:
        text = f"{self.location}: {self.severity}: {self.message} [{self.code}]"
        return f"{text}\n  hint: {self.hint}" if self.hint else text

    def at(self, location: Location) -> Self:
        """Move the finding to another place, keeping the first as related."""
        return replace(self, location=location, related=(self.location, *self.related))


class LeafletsError(Exception):
    """A stage cannot give its value; carries the diagnostics that say why.

    The constructor takes exactly what `args` holds, so that the exception
    survives the trip between processes.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(diagnostics)
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics))


def error(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    """Make a finding that keeps its target from print."""
    return Diagnostic(code, Severity.ERROR, message, location, hint)


def warning(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    """Make a finding that a person should look at."""
    return Diagnostic(code, Severity.WARNING, message, location, hint)


def note(code: str, message: str, location: Location, hint: str = "") -> Diagnostic:
    """Make a finding that is only told."""
    return Diagnostic(code, Severity.NOTE, message, location, hint)


def gather(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Drop repetitions and sort by place, then severity, then code."""
    unique = dict.fromkeys(found)

    def key(one: Diagnostic) -> tuple[str, int, int, str, int, str, str]:
        place = one.location
        return (
            place.path,
            place.line,
            place.column,
            place.area,
            -one.severity,
            one.code,
            one.message,
        )

    return tuple(sorted(unique, key=key))


def has_errors(found: Iterable[Diagnostic]) -> bool:
    """Tell whether anything found keeps a target from print."""
    return any(one.severity is Severity.ERROR for one in found)
