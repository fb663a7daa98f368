"""What a page of a finished PDF shows: its text, and the areas behind and over it.

Listens to the interpreter; gives the pieces of text with their place, and the areas
that are filled.  Lengths are mm from the top left of the trim.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from struct import unpack
from typing import Any

import pikepdf

from leaflets.paper.rectangle import Rectangle
from leaflets.pdf.fonts.shape import Glyph, family_of
from leaflets.pdf.read.colour import Light
from leaflets.pdf.read.interpreter import (
    FILLED_TEXT,
    FILLING,
    STROKED_TEXT,
    Frame,
    Group,
    Point,
    Shape,
    Step,
    Text,
    around,
    common,
    interpreted,
)

MM = 25.4 / 72
"""Millimetres in a point."""
BLOCKS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
MEANING = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")


@dataclass(frozen=True, slots=True)
class Piece:
    """The glyphs between BT and ET: one text box of the layout."""

    glyphs: tuple[Glyph, ...]
    """From left to right."""
    text: str
    """What the file says the glyphs mean (/ToUnicode), from left to right."""
    left: float
    baseline: float
    size: float
    """Type size in pt, after all scaling."""
    colour: Light | None
    """None where nothing is painted."""
    clip: Rectangle
    """Left, top, right and bottom of what may be painted."""
    order: int
    mcid: int = -1
    """Marked content that it is in; -1 for none, or an artifact."""
    alpha: float = 1.0
    """How much of its ground it covers, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape, as polygons."""

    polygons: tuple[tuple[Point, ...], ...]
    colour: Light
    alpha: float
    clip: Rectangle
    """Left, top, right and bottom of what is painted at most."""
    order: int


@dataclass(frozen=True, slots=True)
class _Font:
    """A font of the file."""

    family: str
    meanings: dict[int, str]
    """What its glyphs mean to those who copy or listen (9.10.3)."""


@dataclass(frozen=True, slots=True)
class _Side:
    """Where the trim begins, in pt, and which fonts are known there."""

    left: float
    top: float
    families: tuple[str, ...]
    fonts: dict[tuple[int, int], _Font] = field(default_factory=dict)


def drawn(
    page: pikepdf.Page, families: tuple[str, ...], steps: Iterable[Step] | None = None
) -> tuple[list[Piece], list[Area]]:
    """List a page's pieces of text (empty ones left out) and its filled areas.

    `steps` are what the interpreter gave for the page, if it was asked already.
    What patterns draw is no text, and lies under it.
    """
    left, _, _, top = map(float, page.trimbox)
    side = _Side(left, top, families)
    pieces: list[Piece] = []
    areas: list[Area] = []
    listed = _flat(interpreted(page) if steps is None else steps)
    for order, (step, alpha) in enumerate(listed):
        if isinstance(step, Text):
            pieces.append(_piece(step, alpha, order, side))
        elif step.operator in FILLING:
            areas.append(_area(step, alpha, order, side))
    return pieces, areas


def contains(area: Area, point: Point) -> bool:
    """Return whether an area is painted at a point."""
    if not _within(area.clip, point):
        return False
    x, y = point
    inside = False
    for polygon in area.polygons:
        for (ax, ay), (bx, by) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def _flat(
    steps: Iterable[Step], alpha: float = 1.0
) -> Iterator[tuple[Text | Shape, float]]:
    """List texts and shapes, and how much is left of them in the groups around."""
    for step in steps:
        if isinstance(step, Group):
            yield from _flat(step.steps, alpha * step.state.fill_alpha)
        elif isinstance(step, Text | Shape):
            yield step, alpha


def _piece(text: Text, alpha: float, order: int, side: _Side) -> Piece:
    first = text.runs[0]
    state = first.state
    _, _, c, d, x, y = first.matrix
    glyphs: list[Glyph] = []
    meanings: list[str] = []
    for run in text.runs:
        font = _font(run.state.font, side)
        numbers = _numbers(run.codes)
        glyphs += [(font.family, number) for number in numbers]
        meanings += [font.meanings.get(number, "") for number in numbers]
    alpha *= state.fill_alpha
    painted = state.mode in (*FILLED_TEXT, *STROKED_TEXT) and alpha > 0
    return Piece(
        glyphs=tuple(glyphs),
        text="".join(meanings),
        left=round((x - side.left) * MM, 2),
        baseline=round((side.top - y) * MM, 2),
        size=round(state.size * (c**2 + d**2) ** 0.5, 2),
        colour=state.fill.light if painted else None,
        clip=_downwards(state.clip, side),
        order=order,
        mcid=text.mcid,
        alpha=alpha,
    )


def _area(shape: Shape, alpha: float, order: int, side: _Side) -> Area:
    polygons = tuple(
        tuple(((x - side.left) * MM, (side.top - y) * MM) for x, y in part.points)
        for part in shape.parts
    )
    state = shape.state
    clip = _downwards(common(state.clip, around(shape.parts)), side)
    return Area(polygons, state.fill.light, alpha * state.fill_alpha, clip, order)


def _downwards(frame: Frame, side: _Side) -> Rectangle:
    """Measure a frame in mm from the top left of the trim."""
    return Rectangle(
        left=(frame.left - side.left) * MM,
        top=(side.top - frame.top) * MM,
        right=(frame.right - side.left) * MM,
        bottom=(side.top - frame.bottom) * MM,
    )


def _font(font: Any, side: _Side) -> _Font:
    """Read a font's family and what its glyphs mean, once."""
    key = font.objgen
    if key == (0, 0) or key not in side.fonts:
        family = family_of(str(font.get("/BaseFont", "")), side.families)
        side.fonts[key] = _Font(family, _meanings(font))
    return side.fonts[key]


def _meanings(font: Any) -> dict[int, str]:
    """Read what a font's glyphs mean (ISO 32000-1, 9.10.3)."""
    if "/ToUnicode" not in font:
        return {}
    meanings: dict[int, str] = {}
    for block in BLOCKS.findall(font["/ToUnicode"].read_bytes()):
        for glyph, text in MEANING.findall(block):
            plain = bytes.fromhex(text.decode("ascii"))
            meanings[int(glyph, 16)] = plain.decode("utf-16-be", errors="replace")
    return meanings


def _numbers(codes: bytes) -> tuple[int, ...]:
    """Read the glyph numbers that are shown; ours have two bytes each."""
    return unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2])


def _within(clip: Rectangle, point: Point) -> bool:
    x, y = point
    return clip.left <= x <= clip.right and clip.top <= y <= clip.bottom
