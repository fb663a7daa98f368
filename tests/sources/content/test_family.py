"""What all leaflets have in common: read, extracted, and every slip told at its line."""

import io

import pytest

from leaflets.sources.catalogs.extract import family as extract_family
from leaflets.sources.content.family import PATH, Claim, Family, Kind, read_family
from samples import ROOT
from tiny import FAMILY


def faults(text: str) -> list[tuple[str, int]]:
    """Read a family; (code, line) of what is wrong."""
    _, diagnostics = read_family(text.encode())
    assert all(fault.location.path == PATH for fault in diagnostics)
    return [(fault.code, fault.location.line) for fault in diagnostics]


def test_a_sound_family_is_read() -> None:
    """Contacts stand in their order; a claim may name where it is allowed."""
    family, diagnostics = read_family(FAMILY.encode())
    assert not diagnostics
    assert (family.name, family.title) == ("Tiny leaflets", "All tiny leaflets")
    assert [contact.id for contact in family.contacts] == [
        "team",
        "emergency",
        "urgent",
    ]
    assert family.kind_of("information").boxes[0] == "summary"
    assert family.kind_of("nothing") == Kind()
    assert family.claims == (
        Claim(("miracle*", "risk-free"), "no study shows it", ("warning-signs",)),
    )
    assert [place.line for _, place in family.texts] == [1, 2, 5, 8, 11]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('name = "Tiny leaflets"', 'nmae = "x"', 1),
        ('name = "Tiny leaflets"', 'name = ""', 1),
        ('name = "Tiny leaflets"', 'name = "{x}"', 1),
        ('title = "All tiny leaflets"\n', "", 1),
        ('label = "Your team"', "label = 5", 5),
        ('label = "Your team"', 'label = "a\\nb"', 5),
        ('label = "Your team"', 'label = "a"\nlabl = "b"', 6),
        ("[contact.team]", "[contact.'the team']", 4),
        ("[contact.team]", "[contact.Team]", 4),
        ("[kind.information]", "[kind.'']", 13),
        ('"summary",', '"sumary",', 14),
        ("boxes = [", "tags = 5\nboxes = [", 14),
        ("[[claim]]", "[kind.information.together]\na = 5\n\n[[claim]]", 17),
        ('words = ["miracle*", "risk-free"]', "words = []", 17),
        ('"risk-free"', '"risk*free"', 17),
        ('"risk-free"', '"*"', 17),
        ('reason = "no study shows it"', 'reason = ""', 19),
    ],
)
def test_each_slip_is_told_at_its_line(old: str, new: str, line: int) -> None:
    """One change to a sound family, one finding."""
    assert old in FAMILY
    assert ("family-file", line) in faults(FAMILY.replace(old, new, 1))


def test_a_family_without_kinds() -> None:
    """No leaflet could be of any kind, so that is told and not its consequence."""
    text = FAMILY[: FAMILY.index("[kind")]
    assert faults(text) == [("family-file", 1)]


def test_no_family() -> None:
    """What a project lacks is told with the command that brings it."""
    family, (diagnostic,) = read_family(None)
    assert family == Family()
    assert "leaflets init" in diagnostic.hint


def test_its_words_are_messages() -> None:
    """Translators get the name, the title and each label, with what it is for."""
    messages = list(extract_family(io.BytesIO(FAMILY.encode()), (), (), {}))
    assert [text for _, _, text, _ in messages] == [
        "Tiny leaflets",
        "All tiny leaflets",
        "Your team",
        "Emergency number",
        "Urgent help line",
    ]
    assert all(comments for *_, comments in messages)
    assert not list(extract_family(io.BytesIO(b"name ="), (), (), {}))


def test_our_own_family() -> None:
    """The family of this project is sound."""
    assert read_family((ROOT / PATH).read_bytes())[1] == ()
