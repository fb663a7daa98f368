"""The glossary's files: TOML and TBX read and written, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.diagnostics import Location
from leaflets.sources.catalogs.glossary import Glossary
from leaflets.sources.catalogs.glossary_files import (
    read_glossary,
    read_tbx,
    write_glossary,
    write_tbx,
)
from leaflets.sources.xml import MOST_BYTES
from samples import ROOT, translated
from terms import glossaries

PATH = "locales/glossary.toml"
LOCALES = translated()

GOOD = '[[term]]\nsource = "nerve"\n[term.approved]\nde = ["Nerv"]\n'
BROKEN = [
    (b"\xff", 1, "not UTF-8"),
    (b"[[term]\n", 1, "not valid TOML"),
    (b"a = " + b"9" * 5000, 1, "not valid TOML"),
    (b"a = " + b"[" * 5000, 1, "not valid TOML"),
    (b'colour = "red"\n', 1, "does not know"),
    (b"[term]\n", 1, "not a list"),
    (b"term = [1]\n", 1, "not a table"),
    (GOOD.encode() + b"[[term]]\nsorce = 'x'\n", 6, 'no "sorce"'),
    (GOOD.encode() + b"\n[[term]]\n", 6, 'no "source"'),
    (GOOD.encode() + b'\n[[term]]\nsource = "x"\ncolour = 1\n', 8, 'no "colour"'),
    (b'[[term]]\nsource = "x"\nkeep = "yes"\n', 3, "neither true nor false"),
    (b"[[term]]\nsource = 1\n", 2, "not a text"),
    (b'[[term]]\nsource = "..."\n', 2, "has no word"),
    (b'[[term]]\nsource = "a\\u0000b"\n', 2, "control character"),
    (b'[[term]]\nsource = "' + b"a" * 501 + b'"\n', 2, "longer"),
    (b'[[term]]\nsource = "x"\nforms = "y"\n', 3, "not a list"),
    (b'[[term]]\nsource = "x"\nforms = ["X"]\n', 2, "stands twice"),
    (GOOD.encode() + b'[[term]]\nsource = "Nerve"\n', 6, "stands twice"),
    (b'[[term]]\nsource = "x"\napproved = 1\n', 3, "table of locales"),
    (GOOD.encode() + b"fr = 1\n", 5, "not a list"),
    (GOOD.encode() + b"fr = []\n", 5, "names no words"),
    (GOOD.encode() + b'fr = ["{n}"]\n', 5, "without a word"),
    (GOOD.encode() + b'fr = ["a", "a"]\n', 5, "twice"),
    (GOOD.encode() + b'xx_No = ["a"]\n', 5, "no locale"),
    (GOOD.encode() + b'en = ["a"]\n', 5, "no locale"),
    (GOOD.encode() + b'[term.forbidden]\nde = ["Nerv"]\n', 6, "both approved"),
]


@pytest.mark.parametrize(("data", "line", "words"), BROKEN)
def test_mistakes_are_told_at_their_line(data: bytes, line: int, words: str) -> None:
    """Every mistake is a finding at its line, never a traceback."""
    _, found = read_glossary(data, PATH)
    assert any(words in one.message for one in found), found
    assert {one.code for one in found} == {"glossary-file"}
    assert line in {one.location.line for one in found}, found


def test_good_terms_survive_broken_ones() -> None:
    """A term that cannot be read is left out, the others are kept."""
    glossary, found = read_glossary(GOOD.encode() + b"[[term]]\nsource = 1\n", PATH)
    assert [one.source for one in glossary.terms] == ["nerve"]
    assert glossary.terms[0].location == Location(PATH, 1)
    assert found


TBX = write_tbx(read_glossary(GOOD.encode(), PATH)[0], ["de"])
HOSTILE = [
    b"",
    b"<tbx>",
    b"<tbx/>",
    b"\xff\xfe<\x00",
    b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    TBX.replace(b'"dct"', b'"dca"'),
    TBX.replace(b"<tbx ", b'<!DOCTYPE tbx SYSTEM "file:///etc/passwd"><tbx '),
    TBX.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    TBX.replace(b"<term>nerve</term>", b""),
    TBX.replace(b'"de"', b'"xx"'),
    TBX.replace(b' xml:lang="de"', b""),
    TBX.replace(b"<term>nerve", b"<term>&#x110000;nerve"),
    b"<a>" * 200_000,
    b" " * (MOST_BYTES + 1),
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_tbx(data: bytes) -> None:
    """What is no TBX, or tries to be more, is told and not read."""
    glossary, found = read_tbx(data, "terms.tbx")
    assert glossary.terms == ()
    assert {one.code for one in found} == {"glossary-file"}


def test_tbx_of_other_tools() -> None:
    """Order, missing states, superseded words and unknown fields are all understood."""
    data = TBX.replace(
        b"</langSec>\n</conceptEntry>",
        b"<termSec><term>alt</term><min:administrativeStatus>supersededTerm-admn-sts"
        b"</min:administrativeStatus></termSec><termSec><term>neu</term>"
        b"<min:partOfSpeech>noun</min:partOfSpeech></termSec>\n"
        b"</langSec>\n</conceptEntry>",
    )
    glossary, found = read_tbx(data, "terms.tbx")
    assert not found
    assert glossary.terms[0].approved == {"de": ("Nerv", "neu")}
    assert glossary.terms[0].forbidden == {"de": ("alt",)}


def test_tbx_holds_chosen_locales() -> None:
    """Only the languages asked for are written."""
    glossary, _ = read_glossary(GOOD.encode() + b'fr = ["nerf"]\n', PATH)
    assert b"nerf" not in write_tbx(glossary, ["de"])
    assert b'type="TBX-Basic" style="dct"' in write_tbx(glossary, [])


def test_house_glossary() -> None:
    """Our own file is right, canonical, and goes through TBX unchanged."""
    data = (ROOT / PATH).read_bytes()
    glossary, found = read_glossary(data, PATH)
    assert not found
    assert 45 <= len(glossary.terms) <= 60
    assert write_glossary(glossary).encode() == data
    again, found = read_tbx(write_tbx(glossary, LOCALES), "terms.tbx")
    assert not found
    assert write_glossary(again).encode() == data


@given(glossaries())
def test_toml_round_trip(glossary: Glossary) -> None:
    """What is written is read again."""
    text = write_glossary(glossary)
    again, found = read_glossary(text.encode(), PATH)
    assert not found
    assert again == glossary
    assert write_glossary(again) == text


@given(glossaries())
def test_tbx_round_trip(glossary: Glossary) -> None:
    """TBX brings back the same glossary."""
    again, found = read_tbx(write_tbx(glossary, LOCALES), "terms.tbx")
    assert not found
    assert again == glossary


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    """No file stops the readers."""
    read_glossary(data, PATH)
    assert read_tbx(data, "terms.tbx")[1]
