"""Where a clinic's logo may stand, and how it is drawn there."""

import pytest
from pikepdf import Name, Pdf

from leaflets.pdf.read.drawn_text import Piece
from leaflets.pdf.read.raster import Pixels
from leaflets.pdf.stamp.logo import (
    CAP,
    GAP,
    NEAR,
    PART,
    PPI,
    TALLEST,
    WIDEST,
    Room,
    embed_logo,
    extent,
    logo_drawn,
    room_beside,
)

LINE = ("name-1", 20.0, 100.0, 100.0, 7.0)
"""A blank of 100 mm, 7 mm high."""


def heading(left: float, baseline: float, text: str = "Clinic") -> Piece:
    """Draw a heading of 12 pt."""
    nowhere = (0.0, 0.0, 999.0, 999.0)
    return Piece((), text, left, baseline, 12.0, (0.0, 0.0, 0.0), nowhere, 0)


def room(*written: Piece, right_to_left: bool = False, width: float = 100.0) -> Room:
    """Find the room beside a line."""
    line = (*LINE[:3], width, LINE[4])
    return room_beside([line], written, 0, right_to_left=right_to_left)


@pytest.mark.parametrize(("right_to_left", "left"), [(False, 84.0), (True, 20.0)])
def test_it_stands_at_the_far_end_of_the_line(right_to_left: bool, left: float) -> None:
    """It takes 36 % of the line, where the name ends."""
    found = room(right_to_left=right_to_left)
    assert (found.left, found.width) == (left, 100 * PART)
    assert found.at_right is not right_to_left
    assert found.keys == ("name-1",)


def test_it_is_not_wider_than_it_is_useful() -> None:
    """On a wide page it takes 50 mm."""
    assert room(width=170.0).width == WIDEST


def test_without_a_heading_it_is_as_high_as_its_line() -> None:
    """Its own line is 7 mm high, less a hair for the rule below."""
    assert room().top == 100.0
    assert room().height == pytest.approx(7.0 - 0.6)


@pytest.mark.parametrize(
    ("left", "baseline", "rises"),
    [
        (20.0, 95.0, True),
        # Too far above, or below the line: no heading of it.
        (20.0, 100.0 - NEAR - 0.1, False),
        (20.0, 100.6, False),
        # It reaches to where the logo would stand, 3 mm off.
        (84.0 - GAP - 6 * 12 * 25.4 / 72 - 0.1, 95.0, True),
        (84.0 - GAP - 6 * 12 * 25.4 / 72 + 0.1, 95.0, False),
        (121.0, 95.0, False),
    ],
)
def test_it_rises_beside_a_short_heading(
    left: float, baseline: float, rises: bool
) -> None:
    """Up to the heading's capitals, where it leaves that end free."""
    found = room(heading(left, baseline))
    assert found.top == pytest.approx(95.0 - CAP * 12 if rises else 100.0)


def test_it_does_not_rise_higher_than_is_useful() -> None:
    """16 mm in all."""
    lines = [LINE, ("line-1", 20.0, 112.0, 100.0, 7.0)]
    found = room_beside(lines, [heading(20.0, 95.0)], 0, right_to_left=False)
    assert found.top == 119.0 - TALLEST


SQUARE = Pixels(2, 2, bytes(12), bytes(4))


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        # 200 pixels an inch at least: 100 pixels are 12.7 mm, however large the room.
        (100, 50, (12.7, 6.35)),
        (1000, 100, (36.0, 3.6)),
        (100, 1000, (1.0, 10.0)),
    ],
)
def test_it_is_as_large_as_room_and_pixels_allow(
    width: int, height: int, size: tuple[float, float]
) -> None:
    """Its shape is kept."""
    place = Room(0, 0.0, 0.0, 36.0, 10.0, at_right=True, keys=())
    assert PPI == 200
    pixels = Pixels(width, height, b"", b"")
    assert extent(pixels, place) == pytest.approx(size)


@pytest.mark.parametrize(
    ("press", "space", "data"),
    [(False, Name.DeviceRGB, SQUARE.colour), (True, Name.DeviceGray, SQUARE.grey)],
)
def test_the_press_has_it_in_grey(press: bool, space: Name, data: bytes) -> None:
    """An office printer has it in colour."""
    with Pdf.new() as pdf:
        image = embed_logo(pdf, SQUARE, press=press)
        assert (int(image.Width), int(image.Height), image.ColorSpace) == (2, 2, space)
        assert image.read_bytes() == data


def test_white_lies_under_it() -> None:
    """So that no ruled line runs through; and it is an artifact, not a figure."""
    place = Room(0, 10.0, 20.0, 25.4, 25.4, at_right=False, keys=())
    pixels = Pixels(100, 100, b"", b"")
    drawing = logo_drawn(pixels, place, 0.0, 297 * 72 / 25.4, b"1 1 1 rg").decode()
    assert drawing.startswith("/Artifact BMC q 1 1 1 rg ")
    assert drawing.index(" re f ") < drawing.index("/ClinicLogo Do")
    assert "36.000 0 0 36.000" in drawing
