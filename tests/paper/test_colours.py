"""Colours: the same few on screen and in ink, and letters that can be read."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.paper.colours import COLOURS, HEX, css, foreign, in_ink, palette
from leaflets.pdf.read.inspect import contrast
from leaflets.sources.content.figures import parse

ROOT = Path(__file__).resolve().parents[2]
FIGURES = sorted((ROOT / "content" / "figures").glob("*.svg"))
SCREEN = {one.name: one.screen for one in COLOURS}
PAINT = re.compile(
    r"\b(?:fill|stroke|stop-color|flood-color|color)\s*[:=]\s*[\"']?([^\"';\s>]+)"
)

PAIRS = (
    ("ink", "white"),
    ("ink", "tint"),
    ("ink", "field"),
    ("accent", "white"),
    ("accent", "tint"),
    ("accent", "field"),
    ("white", "accent"),
    ("white", "ink"),
)
"""Letters and the ground that they stand on, in templates and drawings."""
LARGE = tuple(one for one in PAIRS if one != ("accent", "field"))
"""The pairs of large print: the field is painted in drawings only, whose labels
stand below them there."""


def test_each_colour_has_one_ink_and_one_screen_value() -> None:
    """Colours are told apart by name, on screen and in ink, darkest first."""
    for part in (
        [one.name for one in COLOURS],
        [one.screen for one in COLOURS],
        [one.ink for one in COLOURS],
    ):
        assert len(set(part)) == len(COLOURS)
    against_white = [contrast(rgb(one.screen), rgb("#ffffff")) for one in COLOURS]
    assert against_white == sorted(against_white, reverse=True)


@pytest.mark.parametrize("name", SCREEN)
def test_a_colour_is_written_for_its_paper(name: str) -> None:
    """An office reads sRGB, a press percentages of four inks, and never both."""
    (colour,) = [one for one in COLOURS if one.name == name]
    assert css(colour, press=False) == colour.screen
    parts = re.fullmatch(
        r"device-cmyk\((\d+)% (\d+)% (\d+)% (\d+)%\)", css(colour, press=True)
    )
    assert parts
    assert tuple(map(int, parts.groups())) == colour.ink


def test_accented_words_are_black_for_a_press() -> None:
    """Words wear the accent in an office and black ink alone at a press."""
    office, press = palette(press=False), palette(press=True)
    assert set(office) == set(press) == {*SCREEN, "text"}
    assert office["text"] == SCREEN["accent"]
    assert press["text"] == "device-cmyk(0% 0% 0% 100%)"


def test_no_spot_bears_more_ink_than_any_shop_takes() -> None:
    """No colour lays on more than 280 percent, or more than all of an ink."""
    for one in COLOURS:
        assert sum(one.ink) <= 280, one.name
        assert all(0 <= part <= 100 for part in one.ink), one.name


def test_a_drawing_is_written_in_ink() -> None:
    """Every colour of ours becomes its ink, in any case and short forms too."""
    drawing = '<path fill="#0B5563" stroke="#1d2b33"/><path fill="#fff" stroke="#000"/>'
    assert in_ink(drawing.encode()).decode() == (
        '<path fill="device-cmyk(95% 50% 45% 30%)" stroke="device-cmyk(0% 0% 0% 100%)"/>'
        '<path fill="device-cmyk(0% 0% 0% 0%)" stroke="device-cmyk(0% 0% 0% 100%)"/>'
    )


def test_a_colour_without_ink_stays_to_be_told() -> None:
    """What is none of ours is not guessed; the press refuses it where it stands."""
    assert in_ink(b'<path fill="#ff0000"/>') == b'<path fill="#ff0000"/>'


@given(st.lists(st.sampled_from([one.screen for one in COLOURS]), max_size=8))
def test_drawings_of_ours_are_wholly_in_ink(colours: list[str]) -> None:
    """Where nothing is foreign, no light is left, and writing again changes nothing."""
    drawing = "".join(f'<path fill="{one}"/>' for one in colours).encode()
    assert foreign(drawing, "a.svg") == ()
    once = in_ink(drawing)
    assert not HEX.search(once.decode())
    assert in_ink(once) == once


def test_a_foreign_colour_is_told_at_its_line() -> None:
    """A colour that has no ink is told once, where it first stands."""
    drawing = (
        b'<svg>\n<path fill="#0b5563"/>\n<path fill="#FF0000"/>\n<path fill="#FF0000"/>'
    )
    (one,) = foreign(drawing, "content/figures/a.svg")
    assert (one.code, one.location.path, one.location.line) == (
        "foreign-colour",
        "content/figures/a.svg",
        3,
    )
    assert "#FF0000" in one.message
    assert "#0b5563 (accent)" in one.hint


def test_colours_of_ours_are_not_told() -> None:
    """All our colours may be painted, in capitals too; foreign-colour is not told."""
    drawing = "".join(f'<path fill="{one.upper()}"/>' for one in SCREEN.values())
    assert [one.code for one in foreign(drawing.encode(), "a.svg")] == []


@pytest.mark.parametrize("path", FIGURES, ids=lambda path: path.stem)
def test_our_drawings_are_painted_in_our_colours(path: Path) -> None:
    """Whatever a drawing of ours paints with is a colour of ours, or nothing."""
    figure, found = parse(path.read_bytes(), f"content/figures/{path.name}")
    assert figure, found
    # Labels are text: they are taken out, and the page gives them their colour.
    assert [str(one) for one in foreign(figure.drawing, path.name)] == []
    painted = {one.lower() for one in PAINT.findall(figure.drawing.decode())}
    assert painted - {*SCREEN.values(), "none"} == set()
    assert len(painted & set(SCREEN.values())) > 1


@pytest.mark.parametrize(("letters", "ground"), PAIRS)
def test_letters_can_be_read_on_their_ground(letters: str, ground: str) -> None:
    """All text reaches 4.5, as every edition asks (WCAG 2.2, 1.4.3)."""
    assert contrast(rgb(SCREEN[letters]), rgb(SCREEN[ground])) >= 4.5


@pytest.mark.parametrize(("letters", "ground"), LARGE)
def test_letters_can_be_read_in_large_print(letters: str, ground: str) -> None:
    """Pairs of large print reach 7 (WCAG 2.2, 1.4.6)."""
    assert contrast(rgb(SCREEN[letters]), rgb(SCREEN[ground])) >= 7


def rgb(screen: str) -> tuple[float, float, float]:
    """Read a colour as three parts of light, each 0 to 1."""
    red, green, blue = (int(screen[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def test_the_inks_are_those_that_were_chosen() -> None:
    """A colour changes on paper only where it is written here as well."""
    assert {colour.name: (colour.screen, colour.ink) for colour in COLOURS} == {
        "ink": ("#1d2b33", (0, 0, 0, 100)),
        "accent": ("#0b5563", (95, 50, 45, 30)),
        "rule": ("#9fc5ca", (40, 10, 20, 0)),
        "field": ("#dcebed", (15, 0, 5, 0)),
        "tint": ("#e9f2f3", (10, 0, 5, 0)),
        "white": ("#ffffff", (0, 0, 0, 0)),
    }


def test_nothing_may_be_painted_with_none() -> None:
    """What a drawing leaves unpainted is no colour, and is not told."""
    drawing = b'<path fill="none" stroke="NONE" style="fill: none"/>'
    assert foreign(drawing, "a.svg") == ()


def test_the_first_line_of_a_drawing_is_line_one() -> None:
    """Lines are counted as editors count them."""
    (diagnostic,) = foreign(b'<svg fill="red"/>', "a.svg")
    assert diagnostic.location.line == 1
