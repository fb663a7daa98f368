"""Waivers: a finding that somebody answers for, until a day."""

from datetime import date

from leaflets.checks.waivers import apply_waivers
from leaflets.diagnostics import Location, Severity, error, warning
from leaflets.sources.project import Waiver

PLACE = Location("locales/es/LC_MESSAGES/messages.po", 12)


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
    """After its date the finding is back, and the waiver is an error."""
    found = [warning("end-punctuation", "no full stop", PLACE)]
    made = list(apply_waivers(found, (waiver(),), date(2027, 1, 2)))
    assert [one.code for one in made] == ["end-punctuation", "waiver-expired"]
    (one,) = apply_waivers(found, (waiver(),), date(2027, 1, 1))
    assert one.severity is Severity.NOTE


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
