"""Figures: drawings without words, labels as text."""

from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.sources.content.figures import mirror, parse

SOUND = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40" data-mirror="yes">
<title>A</title>
<rect x="1" y="1" width="20" height="10" fill="#dcebed"/>
<text id="one" x="10" y="5" data-width="40" data-height="11" font-size="4.23">First</text>
<text id="two" x="80" y="5" data-width="40" data-height="11" font-size="4.23"
      text-anchor="middle" data-weight="bold">Second</text>
</svg>"""


def test_labels_are_taken_out_of_the_drawing() -> None:
    """A text element becomes a label in mm and leaves the drawing."""
    figure, found = parse(SOUND, "content/figures/a.svg")
    assert not found
    assert figure
    assert b"First" not in figure.drawing
    assert [(one.id, one.text, one.x, one.bold) for one in figure.labels] == [
        ("one", "First", 10.0, False),
        ("two", "Second", 60.0, True),
    ]
    assert figure.labels[0].location.line == 4


def test_a_number_of_a_drawing_is_a_number() -> None:
    """It is set as it stands in every language, so it says nothing else."""
    data = SOUND.replace(b'id="one"', b'id="one" class="number"')
    _, (found,) = parse(data, "content/figures/a.svg")
    assert (found.message, found.location.line) == (
        "a text of the class number is no number",
        4,
    )
    figure, found_none = parse(data.replace(b"First", b"1"), "content/figures/a.svg")
    assert figure
    assert not found_none


def test_mirroring_moves_labels_to_the_other_side() -> None:
    """A label as far from the left comes to stand as far from the right."""
    figure, _ = parse(SOUND, "content/figures/a.svg")
    assert figure
    turned = mirror(figure)
    assert [one.x for one in turned.labels] == [160 - 10 - 40, 60.0]
    assert b"scale(-1 1)" in turned.drawing
    assert [one.x for one in mirror(turned).labels] == [10.0, 60.0]


@pytest.mark.parametrize(
    "data",
    [
        b"<svg",
        b"",
        b"\xff\xfe\x00",
        SOUND.replace(b"</svg>", b"<script>alert(1)</script></svg>"),
        SOUND.replace(b"<rect", b"<image href='file:///etc/passwd'/><rect"),
        SOUND.replace(b"<rect", b"<rect onclick='x()'"),
        SOUND.replace(b'fill="#dcebed"', b'fill="url(http://a.b/c)"'),
        SOUND.replace(b'data-width="40" ', b""),
        SOUND.replace(b'id="one"', b'id="one" class="number"'),
        SOUND.replace(b'viewBox="0 0 160 40"', b""),
        SOUND.replace(b'text-anchor="middle"', b'text-anchor="nowhere"'),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SOUND,
        SOUND.replace(b'data-width="40"', b'data-width="inf"'),
        SOUND.replace(b'data-width="40"', b'data-width="1e308"'),
        SOUND.replace(b'data-height="11"', b'data-height="0"'),
        SOUND.replace(b'font-size="4.23"', b'font-size="nan"'),
        SOUND.replace(b'font-size="4.23"', b'font-size="0"'),
        SOUND.replace(b'font-size="4.23"', b'font-size="-1"'),
        SOUND.replace(b'x="80"', b'x="1e9"'),
        SOUND.replace(b"0 0 160 40", b"0 0 0 40"),
        SOUND.replace(b"0 0 160 40", b"0 0 nan 40"),
        SOUND.replace(b"0 0 160 40", b"0 0 160"),
        SOUND.replace(b"<rect", b"<g>" * 5000 + b"<rect"),
        SOUND.replace(b"<rect", b"<g>" * 50 + b"</g>" * 50 + b"<rect"),
    ],
)
def test_broken_or_hostile_drawings_are_refused(data: bytes) -> None:
    """What cannot be read, runs or loads from afar is told, never set."""
    figure, found = parse(data, "content/figures/a.svg")
    assert figure is None
    assert {one.code for one in found} == {"broken-figure"}


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (b"<title>", b"<desc/><title>", 2),
        (b'fill="#dcebed"', b'onclick="x()"', 3),
        (b'x="10"', b'x="ten"', 4),
        (b'data-weight="bold"', b'text-anchor="no"', 6),
        (b'id="two"', b"", 5),
        (b"</svg>", b"</svgs>", 7),
    ],
)
def test_faults_of_a_drawing_have_lines(old: bytes, new: bytes, line: int) -> None:
    """An editor opens the element that is wrong."""
    assert old in SOUND
    _, found = parse(SOUND.replace(old, new), "content/figures/a.svg")
    assert line in {one.location.line for one in found}


@given(st.binary(max_size=80))
def test_any_bytes_are_read(data: bytes) -> None:
    """Nothing stops the reader."""
    for text in (data, SOUND.replace(b"4.23", data), SOUND.replace(b"<title>", data)):
        figure, found = parse(text, "content/figures/a.svg")
        assert (figure is None) == bool(found)


def test_a_label_that_cannot_fit_is_told_at_its_line(tiny: Path) -> None:
    """The estimate speaks at the catalog's line, and not where the words fit."""
    from leaflets.build.front import analyse

    path = tiny / "locales" / "ar" / "LC_MESSAGES" / "messages.po"
    text = path.read_text(encoding="utf-8")

    def told() -> list[tuple[str, int, str]]:
        return [
            (one.code, one.location.line, one.hint)
            for one in analyse(tiny).diagnostics
            if one.code == "label-length"
        ]

    assert told() == []
    long = "مربع للنظر إليه " * 7
    path.write_text(text.replace("مربع للنظر إليه", long.strip()), encoding="utf-8")
    ((_, line, hint),) = told()
    assert long.strip() in path.read_text(encoding="utf-8").splitlines()[line - 1]
    assert hint == "the box is 56 × 22 mm: about 3 lines of 27 characters"


def test_drawings_do_not_hang_on_what_other_libraries_set() -> None:
    """Prefixes are a setting of the whole process; a drawing is the same under any."""
    first, _ = parse(SOUND, "content/figures/one.svg")
    assert first
    turned = mirror(first).drawing
    ElementTree.register_namespace("", "http://example.org/other")
    ElementTree.register_namespace("svg", "http://www.w3.org/2000/svg")
    assert mirror(first).drawing == turned
    second, _ = parse(SOUND, "content/figures/two.svg")
    assert second
    assert second.drawing == first.drawing
