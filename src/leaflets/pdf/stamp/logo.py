"""Logo: a clinic's own mark, drawn beside its name (door to pikepdf).

Takes pixels and the room beside the first line of a panel; gives the instructions
that draw them.  It is an artifact: the name beside it says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Dictionary, Name, Pdf, Stream

from leaflets.pdf.read.drawn_text import Piece
from leaflets.pdf.read.raster import Pixels

PT = 72 / 25.4
PPI = 200
"""Pixels per inch that a logo has at least where it is drawn: it is drawn smaller if
need be.  Below 150 print shops refuse a picture; 300 is what they ask of photographs."""
SMALLEST, TALLEST, WIDEST = 8.0, 16.0, 50.0
"""Its longer side, its height and its width in mm: below the first it is a blot."""
PART = 0.36
"""Of its line that a logo may take; the name has the rest."""
GAP = 3.0
"""White in mm between what is written and the logo."""
CAP = 0.72 / PT
"""Height of capitals in mm for each pt of type, measured in our fonts."""
NEAR = 12.0
"""A heading stands at most so many mm above its line."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where a logo may stand; lengths in mm from the top left of the trim."""

    page: int
    """0-based."""
    left: float
    top: float
    width: float
    height: float
    at_right: bool
    keys: tuple[str, ...]
    """Blanks that are so much shorter by it."""


def room_beside(
    lines: Sequence[tuple[str, float, float, float, float]],
    written: Sequence[Piece],
    page: int,
    *,
    right_to_left: bool,
) -> Room:
    """Find the room for a logo at the far end of the first lines of a panel.

    `lines` are blanks (name, left, top, width, height) that it may take; it rises up to
    the capitals of the heading above, if those leave that end free.
    """
    _, left, top, width, _ = lines[0]
    bottom = max(top + height for _, _, top, _, height in lines)
    wide = min(width * PART, WIDEST)
    start = left if right_to_left else left + width - wide
    above = [
        piece
        for piece in written
        if top - NEAR <= piece.baseline <= top + 0.5
        and left - 1 <= piece.left <= left + width
    ]
    if above:
        base = max(piece.baseline for piece in above)
        head = [piece for piece in above if abs(piece.baseline - base) < 0.5]
        ends = [(piece.left, piece.left + length(piece)) for piece in head]
        if all(end < start - GAP or first > start + wide + GAP for first, end in ends):
            top = base - CAP * max(piece.size for piece in head)
    top = max(top, bottom - TALLEST)
    keys = tuple(key for key, *_ in lines)
    return Room(page, start, top, wide, bottom - top - 0.6, not right_to_left, keys)


def length(piece: Piece) -> float:
    """Measure a line of text at its longest, in mm: each character a square."""
    return len(piece.text) * piece.size / PT


def extent(pixels: Pixels, room: Room) -> tuple[float, float]:
    """Measure width and height in mm: as large as room and pixels allow."""
    most = min(room.width / pixels.width, room.height / pixels.height, 25.4 / PPI)
    return pixels.width * most, pixels.height * most


def embed_logo(pdf: Pdf, pixels: Pixels, *, press: bool) -> Stream:
    """Put the pixels into a file: in colour, or in the one black ink of the press."""
    image = pdf.make_stream(pixels.grey if press else pixels.colour)
    image.stream_dict.update(
        Dictionary(
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=pixels.width,
            Height=pixels.height,
            BitsPerComponent=8,
            ColorSpace=Name.DeviceGray if press else Name.DeviceRGB,
        )
    )
    return image


def logo_drawn(
    pixels: Pixels, room: Room, origin: float, height: float, white: bytes
) -> bytes:
    """Write the instructions: white under it, so that no ruled line runs through."""
    wide, high = extent(pixels, room)
    left = room.left + (room.width - wide if room.at_right else 0.0)
    top = room.top + (room.height - high) / 2
    x, y = origin + left * PT, height - (top + high) * PT
    box = (x, y, wide * PT, high * PT)
    return b"/Artifact BMC q %s %.3f %.3f %.3f %.3f re f " % (white, *box) + (
        b"%.3f 0 0 %.3f %.3f %.3f cm /ClinicLogo Do Q EMC\n"
        % (wide * PT, high * PT, x, y)
    )
