"""Paint: what a page is drawn with, as a printer will see it.

Listens to the interpreter; gives the thinnest line, the colour spaces, the most ink on
one spot, and the coarsest image.  Lengths are in points.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot, sqrt

import pikepdf

from leaflets.pdf.read.colour import Paint
from leaflets.pdf.read.interpreter import (
    FILLED_TEXT,
    FILLING,
    STROKED_TEXT,
    STROKING,
    Frame,
    Group,
    Image,
    Matrix,
    Part,
    Run,
    Shape,
    Step,
    Text,
    around,
    common,
    frame_of,
    interpreted,
    moved,
)

HAIRLINE = 0.01
"""Stands for a width of 0, which is the thinnest line that a device can draw."""
LINE = 72 / 25.4
"""A filled rectangle thinner than this, 1 mm, is a line: CSS borders are so drawn."""
EMPTY = 0.001
"""A side in pt below which nothing is left of a shape after clipping."""


@dataclass(frozen=True, slots=True)
class Painted:
    """What a page is painted with."""

    thinnest: float
    """The thinnest line in pt; 0 where no line is drawn."""
    spaces: tuple[str, ...]
    """Colour spaces by their names in ISO 32000-1, sorted; that of an inked one
    (Separation) with the one that it falls back on."""
    ink: float
    """Most ink on one spot in percent, images aside; light (RGB) has none."""
    coloured_text: int
    """How often text is shown in CMYK that is neither black alone nor white."""
    images: int
    ppi: float
    """Least resolution of an image where it stands; 0 without images."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """One thing that is painted."""

    paint: Paint
    alpha: float
    blended: bool
    frame: Frame
    lines: tuple[float, ...] = ()
    """Widths of the lines that it is."""
    text: bool = False
    ppi: float = 0.0
    parts: tuple["_Mark", ...] = ()
    """Of a group that is laid on as one."""


def painted(page: pikepdf.Page, steps: Iterable[Step] | None = None) -> Painted:
    """Measure what a page is painted with.

    `steps` are what the interpreter gave for the page, if it was asked already.
    Opaque paint knocks out what is below (ISO 32000-1, 11.3.3).  Of paint that lets
    it shine through, the ink is added to the most that was painted there before:
    never too little, whatever the blend mode.
    """
    marks = list(_marks(interpreted(page) if steps is None else steps))
    single = list(_single(marks))
    resolutions = [mark.ppi for mark in single if mark.ppi]
    return Painted(
        round(min((width for mark in single for width in mark.lines), default=0.0), 3),
        tuple(sorted({space for mark in single for space in mark.paint.spaces})),
        round(max((ink for _, ink in _inked(marks)), default=0.0) * 100, 1),
        sum(_coloured(mark.paint) for mark in single if mark.text),
        len(resolutions),
        round(min(resolutions, default=0.0), 1),
    )


def _single(marks: Iterable[_Mark]) -> Iterator[_Mark]:
    """List the marks, and those of groups in place of the groups."""
    for mark in marks:
        if mark.parts:
            yield from _single(mark.parts)
        else:
            yield mark


def _inked(marks: Iterable[_Mark]) -> list[tuple[Frame, float]]:
    """List where there is how much ink at the most, as it is laid on."""
    spots: list[tuple[Frame, float]] = []
    for mark in marks:
        # A group is painted by itself first, then laid on what is below (11.4.1).
        parts = _inked(mark.parts) or [(mark.frame, sum(mark.paint.inks))]
        if mark.alpha < 1 or mark.blended:
            parts = [
                (frame, ink * mark.alpha + _below(spots, frame)) for frame, ink in parts
            ]
        spots += [(frame, ink) for frame, ink in parts if ink > 0]
    return spots


def _below(spots: list[tuple[Frame, float]], frame: Frame) -> float:
    """Measure the most ink of what was painted before and meets a frame."""
    return max((ink for under, ink in spots if _meet(under, frame)), default=0.0)


def _meet(first: Frame, second: Frame) -> bool:
    left, bottom, right, top = common(first, second)
    return left < right and bottom < top


def _coloured(paint: Paint) -> bool:
    """Return whether there is another ink of four in a colour than black."""
    return paint.spaces == ("DeviceCMYK",) and any(paint.inks[:3])


def _marks(steps: Iterable[Step]) -> Iterator[_Mark]:
    """List what is painted by each step."""
    for step in steps:
        if isinstance(step, Text):
            for run in step.runs:
                yield from _letters(run)
        elif isinstance(step, Shape):
            yield from _shape(step)
        elif isinstance(step, Group):
            yield from _group(step)
        elif isinstance(step, Image):
            yield _image(step)
        else:
            state = step.state
            yield _Mark(
                paint=step.paint,
                alpha=state.fill_alpha,
                blended=state.blended,
                frame=state.clip,
            )


def _shape(shape: Shape) -> Iterator[_Mark]:
    """List what filling and stroking a path paints within the clip."""
    state = shape.state
    frame = common(state.clip, around(shape.parts))
    if frame[2] < frame[0] or frame[3] < frame[1]:
        return
    if shape.operator in FILLING and state.fill_alpha > 0:
        lines = tuple(_lines(state.clip, shape.operator, shape.parts))
        yield _Mark(
            paint=state.fill,
            alpha=state.fill_alpha,
            blended=state.blended,
            frame=frame,
            lines=lines,
        )
        yield from _marks(shape.fill_tiles)
    if shape.operator in STROKING and state.stroke_alpha > 0:
        width = max(state.width * _scale(state.matrix), HAIRLINE)
        yield _Mark(
            paint=state.stroke,
            alpha=state.stroke_alpha,
            blended=state.blended,
            frame=frame,
            lines=(width,),
        )
        yield from _marks(shape.stroke_tiles)


def _letters(run: Run) -> Iterator[_Mark]:
    """List what showing text paints: fill, stroke, both or nothing (table 106)."""
    state = run.state
    _, _, c, d, x, y = run.matrix
    size = state.size * hypot(c, d)
    # How long a text is does not matter here: it may reach to the edge.
    frame = common(
        state.clip, Frame(x, y - size / 2, max(x, state.clip.right), y + size)
    )
    for modes, paint, alpha in (
        (FILLED_TEXT, state.fill, state.fill_alpha),
        (STROKED_TEXT, state.stroke, state.stroke_alpha),
    ):
        if state.mode in modes and alpha > 0:
            yield _Mark(
                paint=paint, alpha=alpha, blended=state.blended, frame=frame, text=True
            )
    yield from _marks(run.tiles)


def _group(group: Group) -> Iterator[_Mark]:
    """List what a group paints: one by one where it is opaque, else laid on as one."""
    state = group.state
    if not state.fill_alpha:
        return
    parts = tuple(_marks(group.steps))
    if parts and (state.fill_alpha < 1 or state.blended):
        yield _Mark(
            paint=state.fill,
            alpha=state.fill_alpha,
            blended=state.blended,
            frame=state.clip,
            parts=parts,
        )
    else:
        yield from parts


def _image(image: Image) -> _Mark:
    """Measure what an image paints: its pixels on the unit square, or a stencil."""
    state = image.state
    a, b, c, d, _, _ = state.matrix
    across, up = hypot(a, b) / 72, hypot(c, d) / 72
    ppi = min(image.width / max(across, EMPTY), image.height / max(up, EMPTY))
    corners = ((0, 0), (1, 0), (0, 1), (1, 1))
    square = frame_of([moved(state.matrix, *corner) for corner in corners])
    frame = common(state.clip, square)
    return _Mark(
        paint=image.paint,
        alpha=state.fill_alpha,
        blended=state.blended,
        frame=frame,
        ppi=ppi,
    )


def _scale(matrix: Matrix) -> float:
    """Measure by how much a matrix enlarges where it enlarges least."""
    a, b, c, d, _, _ = matrix
    squares, area = a * a + b * b + c * c + d * d, a * d - b * c
    return sqrt(max(squares - sqrt(max(squares**2 - 4 * area**2, 0.0)), 0.0) / 2)


def _lines(clip: Frame, operator: str, parts: tuple[Part, ...]) -> Iterator[float]:
    """Measure the lines that a filled path is: thin rectangles, and thin frames.

    A frame is one shape within another, filled by the even-odd rule, as the engine
    draws a border that goes all round; its sides may differ, and some be missing.
    """
    if operator.endswith("*") and len(parts) == 2:
        outer, inner = parts[0].frame, parts[1].frame
        gaps = [abs(a - b) for a, b in zip(outer, inner, strict=True)]
    else:
        gaps = []
        for part in parts:
            if part.short:
                left, bottom, right, top = common(clip, part.frame)
                gaps.append(min(part.short, right - left, top - bottom))
    yield from (gap for gap in gaps if EMPTY < gap < LINE)
