"""TOML with places, the project file, facts and references."""

from datetime import date

import pytest

from leaflets.checks.waivers import apply_waivers
from leaflets.diagnostics import Location, Severity, error, warning
from leaflets.sources.content.evidence import read_evidence
from leaflets.sources.project import Waiver, read_project
from leaflets.sources.toml import read_settings
from tiny import FACTS, PROJECT, SOURCES

PLACE = Location("locales/es/LC_MESSAGES/messages.po", 12)


def project_codes(text: str) -> list[tuple[str, int]]:
    """Read a project file; (code, line) of what is wrong."""
    made, found = read_project(text.encode())
    assert (made is None) == bool(found)
    return [(one.code, one.location.line) for one in found]


def evidence_codes(facts: str, sources: str = SOURCES) -> list[tuple[str, int]]:
    """Read facts and references; (code, line) of the errors."""
    _, found = read_evidence((facts.encode(), "f"), (sources.encode(), "s"))
    return [
        (one.code, one.location.line) for one in found if one.severity is Severity.ERROR
    ]


def test_keys_have_lines() -> None:
    """A key's place is its line; an absent key's is that of its table."""
    settings, found = read_settings(b'a = 1\n\n[b.c]\nd = "x"\n', "p", code="x")
    assert not found
    assert settings.place("b", "c", "d").line == 4
    assert settings.place("b", "c", "nothing").line == 3


@pytest.mark.parametrize("data", [b"a = ", b"[a", b"a = 1\na = 2", b"\xff\xfe", b"]"])
def test_broken_toml_is_told(data: bytes) -> None:
    """Text that is no TOML gives no values and one finding with a place."""
    settings, found = read_settings(data, "p", code="broken")
    assert not settings.values
    assert [one.code for one in found] == ["broken"]


def test_a_sound_project_is_read() -> None:
    """The tiny project has three locales and one edition."""
    made, found = read_project(PROJECT.encode())
    assert not found
    assert made
    assert [one.name for one in made.locales] == ["en", "ar", "zh_Hans"]
    assert made.editions[0].papers == ("A4",)
    assert made.clinic.ms_team == "+00 30 1234-567"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('source = "en"', 'source = "en"\nsauce = "x"', 3),
        ('"zh_Hans"]', '"xx"]', 3),
        ('source = "en"', 'source = "fr"', 2),
        ('papers = ["A4"]', 'papers = ["A3"]', 9),
        ("pages = 4", 'pages = "four"', 12),
        ("[tool.leaflets.clinic]", "[tool.leaflets.clinic]\nphone = 'x'", 16),
        ('ms_team = "+00 30 1234-567"', 'ms_team = "a\\nb"', 16),
        ("[tool.leaflets.clinic]", '[tool.leaflets.clinic]\nterritory = "EU"', 16),
        ("[tool.leaflets.clinic]", '[tool.leaflets.clinic]\nterritory = "us"', 16),
        ("[tool.leaflets.edition.sheet]", "[tool.leaflets.version.sheet]", 1),
    ],
)
def test_faults_of_the_project_file(old: str, new: str, line: int) -> None:
    """Each fault is told at the line of its key."""
    assert ("project-file", line) in project_codes(PROJECT.replace(old, new))


def test_a_project_without_table() -> None:
    """A pyproject.toml of another kind is told so."""
    assert project_codes("[tool.other]\n") == [("project-file", 1)]


def test_facts_give_values_by_placeholder() -> None:
    """A ratio gives two placeholders, a range two."""
    facts = """
[some]
value = 2
of = 3
kind = "ratio"
source = "atlas"
as_of = 2020-01-01

[ages]
low = 20
high = 40
kind = "range"
source = "atlas"
as_of = 2020-01-01
"""
    made, found = read_evidence((facts.encode(), "f"), (SOURCES.encode(), "s"))
    assert not found
    values = {name: one.value for name, one in made.by_placeholder().items()}
    assert values == {"some": 2, "some_of": 3, "ages_low": 20, "ages_high": 40}


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('source = "atlas"', "", "fact-without-source", 1),
        ('source = "atlas"', 'source = "nobody"', "fact-without-source", 5),
        ('kind = "compact"', 'kind = "big"', "facts-file", 1),
        ("value = 2800000", 'value = "many"', "facts-file", 2),
        ("as_of = 2020-09-11", "", "facts-file", 1),
    ],
)
def test_faults_of_facts(old: str, new: str, code: str, line: int) -> None:
    """A number without a source, or that cannot be read, is an error."""
    assert (code, line) in evidence_codes(FACTS.replace(old, new, 1))


@pytest.mark.parametrize("read", ["existence", "recalled"])
def test_a_source_that_nobody_read_carries_no_number(read: str) -> None:
    """Only a source that was read, or quoted, may stand behind a number."""
    sources = SOURCES.replace('read = "primary"', f'read = "{read}"')
    assert ("weak-source", 5) in evidence_codes(FACTS, sources)


def test_a_second_hand_source_is_told() -> None:
    """A quoted source is listed for the reviewer and does not stop the press."""
    sources = SOURCES.replace("primary", "secondary")
    _, found = read_evidence((FACTS.encode(), "f"), (sources.encode(), "s"))
    assert {(one.code, str(one.severity)) for one in found} == {
        ("second-hand-source", "note")
    }


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
