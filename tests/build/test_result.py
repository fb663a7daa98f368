"""What became of a build: its exit code, and what of it was asked for."""

from dataclasses import replace

import pytest

from leaflets.build.plan import Plan
from leaflets.build.result import Result, TargetResult, concerns
from leaflets.diagnostics import Diagnostic, Location, Subject, error, warning
from leaflets.pages.composition import Choice, Target

LINE = TargetResult(
    Target("a", "ar", "sheet", "A4"), "built", 2, "draft", 0.12345, "build/x.pdf"
)
PLACE = Location("x", 1)


def result(*states: str, diagnostics: tuple[Diagnostic, ...] = ()) -> Result:
    """Make a result of targets in some states."""
    targets = tuple(replace(LINE, state=state) for state in states)
    return Result(targets, Plan((), (), (), (), ()), diagnostics, 0)


@pytest.mark.parametrize(
    ("states", "code"),
    [
        ((), 0),
        (("built", "kept"), 0),
        (("built", "failed"), 1),
        (("blocked",), 1),
    ],
)
def test_the_exit_code_counts_what_is_not_published(
    states: tuple[str, ...], code: int
) -> None:
    """0 only where everything asked for is there."""
    assert result(*states).exit_code == code


def test_an_error_is_exit_code_1() -> None:
    """Even where every target is published; a warning is not."""
    assert result("built", diagnostics=(warning("w", "m", PLACE),)).exit_code == 0
    assert result("built", diagnostics=(error("e", "m", PLACE),)).exit_code == 1


def test_a_row_for_programs() -> None:
    """The keys are promised, seconds are rounded."""
    assert LINE.to_json() == {
        "leaflet": "a",
        "locale": "ar",
        "edition": "sheet",
        "paper": "A4",
        "state": "built",
        "pages": 2,
        "standing": "draft",
        "seconds": 0.123,
        "path": "build/x.pdf",
        "reasons": [],
    }


@pytest.mark.parametrize(
    ("subject", "choice", "expected"),
    [
        (Subject(), Choice(locales=("ar",), leaflets=("a",)), True),
        (Subject(locale="ar"), Choice(locales=("ar",)), True),
        (Subject(locale="fr"), Choice(locales=("ar",)), False),
        (Subject(locale="fr"), Choice(locales=("ar+fr",)), True),
        (Subject(locale="ar+fr"), Choice(locales=("ar+fr",)), True),
        (Subject(locale="fr"), Choice(), True),
        (Subject(leaflet="b", locale="ar"), Choice(leaflets=("a",)), False),
        (Subject(leaflet="a", locale="ar"), Choice(leaflets=("a",)), True),
        # Source texts concern every language, so they are always told.
        (Subject(leaflet="b"), Choice(leaflets=("a",)), True),
    ],
)
def test_other_catalogs_are_no_concern(
    subject: Subject, choice: Choice, expected: bool
) -> None:
    """What is told is about the languages and leaflets that were asked for."""
    diagnostic = replace(error("c", "m", PLACE), subject=subject)
    assert concerns(diagnostic, choice) is expected
