"""Figures: drawings without words, labels as text."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

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
        SOUND.replace(b'viewBox="0 0 160 40"', b""),
        SOUND.replace(b'text-anchor="middle"', b'text-anchor="nowhere"'),
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SOUND,
    ],
)
def test_broken_or_hostile_drawings_are_refused(data: bytes) -> None:
    """What cannot be read, runs or loads from afar is told, never set."""
    figure, found = parse(data, "content/figures/a.svg")
    assert figure is None
    assert {one.code for one in found} == {"broken-figure"}


def test_a_label_that_cannot_fit_is_told_at_its_line(tiny: Path) -> None:
    """The estimate speaks at the catalog's line, and not where the words fit."""
    from leaflets.build.front import look

    path = tiny / "locales" / "ar" / "LC_MESSAGES" / "messages.po"
    text = path.read_text(encoding="utf-8")

    def told() -> list[tuple[str, int, str]]:
        return [
            (one.code, one.location.line, one.hint)
            for one in look(tiny).diagnostics
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
