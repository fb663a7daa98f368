"""Waivers: findings that somebody answers for, until a day."""

from datetime import date

import pytest

from leaflets.checks.codes import CODES
from leaflets.checks.waivers import NEVER, apply_waivers
from leaflets.diagnostics import Location, Severity, error, note, warning
from leaflets.sources.project import Waiver

PLACE = Location("locales/es/LC_MESSAGES/messages.po", 7)


def waiver(code: str = "end-punctuation", where: str = "locales/es/") -> Waiver:
    return Waiver(code, where, "house style", date(2027, 1, 1), Location("p", 3))


def test_a_waiver_turns_a_finding_into_a_note() -> None:
    """The note keeps the place and gives reason and end."""
    found = [warning("end-punctuation", "no full stop", PLACE)]
    (one,) = apply_waivers(found, (waiver(),), date(2026, 1, 1))
    assert one.severity is Severity.NOTE
    assert "house style" in one.message
    assert "2027-01-01" in one.message


def test_a_waiver_ends() -> None:
    """It holds on its last day; after that the finding is back, and the waiver is an error."""
    found = [warning("end-punctuation", "no full stop", PLACE)]
    last = list(apply_waivers(found, (waiver(),), date(2027, 1, 1)))
    assert [one.severity for one in last] == [Severity.NOTE]
    after = list(apply_waivers(found, (waiver(),), date(2027, 1, 2)))
    assert [one.code for one in after] == ["end-punctuation", "waiver-expired"]
    assert [one.severity for one in after] == [Severity.WARNING, Severity.ERROR]
    assert after[1].location == Location("p", 3)


def test_some_findings_cannot_be_waived() -> None:
    """Lost text and broken placeholders have no waiver."""
    found = [error("text-lost", "words are missing", PLACE)]
    made = list(apply_waivers(found, (waiver("text-lost"),), date(2026, 1, 1)))
    assert made == found


def test_a_waiver_holds_for_its_place_only() -> None:
    """Another locale's finding stays."""
    found = [warning("end-punctuation", "no full stop", PLACE)]
    elsewhere = waiver(where="locales/fr/")
    assert list(apply_waivers(found, (elsewhere,), date(2026, 1, 1))) == found


@pytest.mark.parametrize("code", sorted(NEVER))
def test_what_would_print_a_wrong_leaflet_has_no_waiver(code: str) -> None:
    """Each of these codes stays an error, and its waiver ends with no finding."""
    found = [error(code, "a fault", PLACE)]
    assert list(apply_waivers(found, (waiver(code),), date(2030, 1, 1))) == found


def test_codes_without_waiver_are_codes() -> None:
    """A name that no check gives would guard nothing."""
    assert set(CODES) >= NEVER


def test_a_note_needs_no_waiver() -> None:
    """It stays as it is, and says nothing of a waiver."""
    found = [note("end-punctuation", "no full stop", PLACE)]
    assert list(apply_waivers(found, (waiver(),), date(2026, 1, 1))) == found


def test_an_ended_waiver_is_told_once() -> None:
    """However many findings it covered."""
    found = [warning("end-punctuation", text, PLACE) for text in ("one", "two")]
    after = list(apply_waivers(found, (waiver(),), date(2028, 1, 1)))
    assert [one.code for one in after].count("waiver-expired") == 1
