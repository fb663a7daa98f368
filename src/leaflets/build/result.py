"""The result of a build: what became of each target, and the findings.

Values only, so that the result of the last build can be shown again without building.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leaflets.build.manifest import Entry
from leaflets.build.plan import Plan
from leaflets.diagnostics import Diagnostic
from leaflets.pages.composition import Choice, Target

if TYPE_CHECKING:
    from leaflets.build.front import Front


@dataclass(frozen=True, slots=True)
class TargetResult:
    """What became of one target: a row of the table."""

    target: Target
    state: str
    """built, kept, failed, blocked (errors kept it from being composed), or waiting (for
    a translation, or in a release for people to approve it)."""
    pages: int
    standing: str
    seconds: float
    output: str
    """Path below the project's root; empty where no PDF is published."""
    reasons: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the row for programs; the keys are promised."""
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

    targets: tuple[TargetResult, ...]
    plan: Plan
    diagnostics: tuple[Diagnostic, ...]
    memory: int
    """Peak memory of any worker, in kB."""
    entries: tuple[Entry, ...] = ()
    """All that is published after the build."""
    findings: Mapping[Target, tuple[Diagnostic, ...]] = field(default_factory=dict)
    """Findings in each typeset target that was asked for."""
    sound: bool = True
    """Whether the manifest was read, and all files were written, without a finding."""
    front: "Front | None" = None
    """Result of the front half; None where everything came from the cache."""

    nothing: bool = False
    """Whether not one target that was asked for, in any shard, can be made."""

    @property
    def lost(self) -> bool:
        """Say whether something is not published that was asked for and does not wait.

        True also where all of it waits: then there is nothing of what was asked for.
        """
        states = {target.state for target in self.targets}
        return self.nothing or not states.isdisjoint(("failed", "blocked"))


def concerns(diagnostic: Diagnostic, choice: Choice) -> bool:
    """Say whether a finding is about what was asked for (not another locale's)."""
    subject = diagnostic.subject
    asked = {name for part in choice.locales for name in (part, *part.split("+"))}
    in_locale = not asked or subject.locale in ("", *asked)
    in_leaflet = not choice.leaflets or subject.leaflet in ("", *choice.leaflets)
    return in_locale and (in_leaflet or not subject.locale)
