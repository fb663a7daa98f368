"""What became of a build: what was lost, and what of it was asked for."""

from dataclasses import replace

import pytest

from leaflets.build.plan import Plan
from leaflets.build.result import Result, TargetResult, concerns
from leaflets.diagnostics import Location, Subject, error
from leaflets.pages.composition import Choice, Target

LINE = TargetResult(
    Target("a", "ar", "sheet", "A4"), "built", 2, "draft", 0.12345, "build/x.pdf"
)
PLACE = Location("x", 1)


def result(*states: str) -> Result:
    """Make a result of targets in some states."""
    targets = tuple(replace(LINE, state=state) for state in states)
    return Result(targets, Plan((), (), (), (), ()), (), 0)


@pytest.mark.parametrize(
    ("states", "lost"),
    [
        ((), False),
        (("built", "kept"), False),
        (("built", "failed"), True),
        (("blocked",), True),
        (("built", "waiting"), False),
        (("kept", "waiting", "blocked"), True),
        # Another shard may have what this one lacks.
        (("waiting",), False),
    ],
)
def test_what_is_not_published_is_lost(states: tuple[str, ...], lost: bool) -> None:
    """Everything asked for is there, or not."""
    assert result(*states).lost is lost


def test_nothing_at_all_is_lost() -> None:
    """Where all that was asked for waits, there is no file to take away."""
    assert replace(result("waiting"), nothing=True).lost


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
