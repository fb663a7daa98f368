"""Findings as values: said once, about something, and the same after a journey."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.diagnostics import (
    ALL,
    Diagnostic,
    LeafletsError,
    Location,
    Severity,
    Subject,
    about,
    distinct,
    error,
    gather,
    has_errors,
    keeps_from_print,
    note,
    waiting,
    warning,
)

PO = Location("locales/es/LC_MESSAGES/messages.po", 214)
FOUND = error("number-parity", '"12" is missing', PO, "say how often")

locations = st.builds(
    Location, st.text(), st.integers(0), st.integers(0), st.integers(0)
)
diagnostics = st.builds(
    Diagnostic,
    st.text(),
    st.sampled_from(Severity),
    st.text(),
    locations,
    st.text(),
    st.lists(locations, max_size=2).map(tuple),
    st.builds(Subject, *[st.text()] * 5),
)


@given(diagnostics)
def test_a_finding_is_the_same_after_json(diagnostic: Diagnostic) -> None:
    """One form serves programs, screens and caches, and loses nothing."""
    assert Diagnostic.from_json(diagnostic.to_json()) == diagnostic


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("code", 5),
        ("severity", "dreadful"),
        ("line", "3"),
        ("line", True),
        ("related", [{"path": "x"}]),
        ("subject", {"planet": "earth"}),
        ("subject", {"leaflet": 3}),
    ],
)
def test_what_is_no_finding_is_refused(name: str, value: object) -> None:
    """A cache that somebody changed is not read as if it were one."""
    with pytest.raises((ValueError, KeyError, TypeError)):
        Diagnostic.from_json({**FOUND.to_json(), name: value})


def test_a_place_is_told_as_editors_open_it() -> None:
    """Path, line and column; a page of a finished file has words of its own."""
    assert str(Location("a.po")) == "a.po"
    assert str(Location("a.po", 3)) == "a.po:3"
    assert str(Location("a.po", 3, 9)) == "a.po:3:9"
    assert str(Location("a.pdf", page=2)) == "a.pdf page 2"
    assert str(FOUND) == (
        f'{PO.path}:214: error: "12" is missing [number-parity]\n  hint: say how often'
    )


def test_a_moved_finding_remembers_where_it_was() -> None:
    """The first place becomes a related one."""
    moved = FOUND.at(Location("content/a.md", 4))
    assert moved.location == Location("content/a.md", 4)
    assert moved.related == (PO,)


def test_findings_are_sorted_and_said_once() -> None:
    """By path, line, column and page; the worst of one place first."""
    late = note("n", "m", Location("b", 2))
    early = warning("w", "m", Location("b", 1))
    worse = error("e", "m", Location("b", 1))
    page = note("n", "m", Location("b", 1, 0, 2))
    assert gather([late, page, early, worse, late]) == (worse, early, page, late)


def test_a_subject_fills_only_what_is_open() -> None:
    """Who knows more precisely what a finding is about has said so before."""
    known = Diagnostic("c", Severity.NOTE, "m", PO, subject=Subject(leaflet="a"))
    (filled,) = about(Subject("b", "es", "sheet", "A4", "phone"), [known])
    assert filled.subject == Subject("a", "es", "sheet", "A4", "phone")
    assert next(about(ALL, [known])) is known


def test_one_finding_in_many_targets_is_told_once() -> None:
    """What its subjects have in common is what it is about."""
    (first,) = about(Subject("a", "es", "sheet", "A4"), [FOUND])
    (second,) = about(Subject("a", "es", "sheet", "Letter"), [FOUND])
    (merged,) = distinct([first, second])
    assert merged.subject == Subject("a", "es", "sheet")
    assert len(gather([first, second])) == 2


def test_only_errors_keep_a_page_from_print() -> None:
    """A warning is looked at, a note is told."""
    assert not has_errors([note("n", "m", PO), warning("w", "m", PO)])
    assert has_errors([note("n", "m", PO), FOUND])


def test_the_exception_travels_between_processes() -> None:
    """A worker's refusal arrives with all that it said."""
    problem = LeafletsError((FOUND,))
    assert pickle.loads(pickle.dumps(problem)).diagnostics == (FOUND,)
    assert str(problem) == str(FOUND)


def test_what_waits_is_no_error_and_is_not_printed() -> None:
    """An unfinished target is kept from print as a wrong one is, and nobody is blamed."""
    gap = waiting("untranslated", "m", PO)
    assert not has_errors([gap])
    kept = {
        found.severity
        for found in (gap, FOUND, warning("w", "m", PO), note("n", "m", PO))
        if keeps_from_print(found)
    }
    assert kept == {Severity.WAITING, Severity.ERROR}
    # A person judges a warning first; what waits comes by itself.
    assert Severity.NOTE < Severity.WAITING < Severity.WARNING < Severity.ERROR
