"""The result of a build: what became of each target, and what was found.

Values only, so that what the last build said can be told again without building.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from leaflets.build.manifest import Entry
from leaflets.build.plan import Plan
from leaflets.diagnostics import Diagnostic, Severity
from leaflets.pages.composition import Choice, Target

BUILD = "build"


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one target, for the table."""

    target: Target
    state: str
    """built, kept, failed, or blocked (its text is not fit to be set)."""
    pages: int
    standing: str
    seconds: float
    output: str
    """Path below the project's root; empty where no PDF is published."""
    reasons: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Give the row for programs; the keys are promised."""
        return {
            "leaflet": self.target.leaflet,
            "locale": self.target.locale,
            "edition": self.target.edition,
            "paper": self.target.paper,
            "state": self.state,
            "pages": self.pages,
            "standing": self.standing,
            "seconds": round(self.seconds, 3),
            "path": self.output,
            "reasons": list(self.reasons),
        }


@dataclass(frozen=True, slots=True)
class Result:
    """What a build did."""

    lines: tuple[Line, ...]
    plan: Plan
    diagnostics: tuple[Diagnostic, ...]
    memory: int
    """Highest memory of any worker, in kB."""
    entries: tuple[Entry, ...] = ()
    """All that is published now."""
    told: Mapping[Target, tuple[Diagnostic, ...]] = field(default_factory=dict)
    """What was found in each finished file that was asked for."""
    sound: bool = True
    """Whether disk and records gave no trouble."""


def concerns(found: Diagnostic, choice: Choice) -> bool:
    """Tell whether a finding is about what was asked for: other catalogs are not."""
    parts = found.location.path.split("/")
    if parts[0] not in ("locales", "reviews") or len(parts) < 3:
        return True
    leaflet = parts[2].removesuffix(".toml") if parts[0] == "reviews" else ""
    return not (
        (choice.locales and parts[1] not in choice.locales)
        or (choice.leaflets and leaflet and leaflet not in choice.leaflets)
    )


def verdict(result: Result) -> int:
    """Give the exit code: 0 when every target asked for is published, else 1."""
    bad = any(one.severity is Severity.ERROR for one in result.diagnostics)
    return (
        1
        if bad or any(one.state in ("failed", "blocked") for one in result.lines)
        else 0
    )
