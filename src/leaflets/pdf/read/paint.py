"""Paint: what a page is drawn with, as a printer will see it (door to pikepdf).

Takes a page's instructions (ISO 32000-1, chapter 8), and those of the forms and
patterns that it draws; gives the thinnest line, the colour spaces, the most ink on
one spot, and the coarsest image.  Lengths are in points.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any

import pikepdf
from pikepdf import Matrix, Name

from leaflets.pdf.read.outlines import (
    EMPTY,
    Frame,
    Part,
    around,
    closed,
    common,
    frame_of,
    lines_of,
    matrix_of,
    meet,
    moved,
    rectangle,
    scale,
)
from leaflets.pdf.read.tints import BLACK, Paint, named, paint_of, shaded, spaces_of

HAIRLINE = 0.01
"""Stands for a width of 0, which is the thinnest line that a device can draw."""
FILLED = {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKED = {"S", "s", "B", "B*", "b", "b*"}


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
class _State:
    """The graphics state, as far as it decides what is painted."""

    matrix: Matrix
    clip: Frame
    fill: Paint = BLACK
    stroke: Paint = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    through: bool = False
    """Whether what is below shines through (blend mode, overprint)."""
    width: float = 1.0
    mode: int = 0
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class _Mark:
    """One thing that is painted."""

    paint: Paint
    alpha: float
    through: bool
    frame: Frame
    lines: tuple[float, ...] = ()
    """Widths of the lines that it is."""
    text: bool = False
    ppi: float = 0.0
    parts: tuple["_Mark", ...] = ()
    """Of a group that is laid on as one."""


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A parsed stream, with what its names mean and where its patterns begin."""

    stream: Any
    resources: Any
    base: Matrix
    known: dict[Any, list[Any]] = field(default_factory=dict)
    """Streams parsed before, by object, so that none is parsed twice."""


def painted(page: pikepdf.Page) -> Painted:
    """Measure what a page is painted with; forms and patterns are descended into.

    Opaque paint knocks out what is below (ISO 32000-1, 11.3.3).  Of paint that lets
    it shine through, the ink is added to the most that was painted there before:
    never too little, whatever the blend mode.
    """
    left, bottom, right, top = (float(one) for one in page.mediabox)
    start = _State(Matrix(), (left, bottom, right, top))
    marks = list(_marks(_Drawing(page, page.resources, Matrix()), start))
    single = list(_single(marks))
    resolutions = [one.ppi for one in single if one.ppi]
    return Painted(
        round(min((line for one in single for line in one.lines), default=0.0), 3),
        tuple(sorted({space for one in single for space in one.paint.spaces})),
        round(max((ink for _, ink in _inked(marks)), default=0.0) * 100, 1),
        sum(_coloured(one.paint) for one in single if one.text),
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
    """Tell where there is how much ink at the most, as it is laid on."""
    found: list[tuple[Frame, float]] = []
    for mark in marks:
        # A group is painted by itself first, then laid on what is below (11.4.1).
        parts = _inked(mark.parts) or [(mark.frame, sum(mark.paint.inks))]
        if mark.alpha < 1 or mark.through:
            parts = [
                (frame, ink * mark.alpha + _below(found, frame)) for frame, ink in parts
            ]
        found += [(frame, ink) for frame, ink in parts if ink > 0]
    return found


def _below(found: list[tuple[Frame, float]], frame: Frame) -> float:
    """Give the most ink of what was painted before and meets a frame."""
    return max((ink for under, ink in found if meet(under, frame)), default=0.0)


def _coloured(paint: Paint) -> bool:
    """Tell whether there is another ink of four in a colour than black."""
    return paint.spaces == ("DeviceCMYK",) and any(paint.inks[:3])


def _marks(drawing: _Drawing, state: _State) -> Iterator[_Mark]:
    """Follow a stream's instructions and give what each paints."""
    saved: list[_State] = []
    path: list[Part] = []
    points: list[tuple[float, float]] = []
    clipping = False
    text = Matrix()
    for operands, operator in _steps(drawing):
        match operator:
            case "q":
                saved.append(state)
            case "Q":
                state = saved.pop() if saved else state
            case "cm":
                state = replace(state, matrix=matrix_of(operands) @ state.matrix)
            case "w":
                state = replace(state, width=float(operands[0]))
            case "gs":
                state = _with(
                    state, named(drawing.resources, "/ExtGState", operands[0])
                )
            case "g" | "rg" | "k" | "sc" | "scn" | "cs":
                paint = paint_of(drawing.resources, operator, operands, state.fill)
                state = replace(state, fill=paint)
            case "G" | "RG" | "K" | "SC" | "SCN" | "CS":
                paint = paint_of(
                    drawing.resources, operator.lower(), operands, state.stroke
                )
                state = replace(state, stroke=paint)
            case "m":
                path += closed(points)
                points = [moved(state.matrix, operands)]
            case "l":
                points.append(moved(state.matrix, operands))
            case "c" | "v" | "y":
                # A curve lies within the frame of its control points.
                points += (
                    moved(state.matrix, operands[at : at + 2])
                    for at in range(0, len(operands), 2)
                )
            case "re":
                path += closed(points)
                points = []
                path.append(rectangle(state.matrix, *map(float, operands)))
            case "W" | "W*":
                clipping = True
            case "n" | "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s":
                path += closed(points)
                yield from _path(drawing, state, operator, path)
                if clipping:
                    state = replace(state, clip=common(state.clip, around(path)))
                path, points, clipping = [], [], False
            case "sh":
                shading = named(drawing.resources, "/Shading", operands[0])
                paint = shaded(drawing.resources, shading)
                yield _Mark(paint, state.fill_alpha, state.through, state.clip)
            case "BT":
                text = Matrix()
            case "Tm":
                text = matrix_of(operands)
            case "Td" | "TD":
                text = Matrix().translated(*map(float, operands)) @ text
            case "Tf":
                state = replace(state, size=float(operands[1]))
            case "Tr":
                state = replace(state, mode=int(operands[0]))
            case "Tj" | "TJ" | "'" | '"':
                yield from _text(drawing, state, text @ state.matrix)
            case "Do":
                thing = named(drawing.resources, "/XObject", operands[0])
                if thing.get("/Subtype") == Name.Form:
                    yield from _form(drawing, thing, state)
                elif thing.get("/Subtype") == Name.Image:
                    yield _image(drawing, state, thing.Width, thing.Height, thing)
            case "INLINE IMAGE":
                one = operands[0]
                yield _image(drawing, state, one.width, one.height, one.obj)


def _steps(drawing: _Drawing) -> list[tuple[Any, str]]:
    """Parse a stream, once."""
    key = getattr(drawing.stream, "objgen", None)
    if key is None or key not in drawing.known:
        drawing.known[key] = [
            (one.operands, str(one.operator))
            if not isinstance(one, pikepdf.ContentStreamInlineImage)
            else ([one.iimage], "INLINE IMAGE")
            for one in pikepdf.parse_content_stream(drawing.stream)
        ]
    return drawing.known[key]


def _with(state: _State, given: Any) -> _State:
    """Set what a dictionary of graphics state says (ISO 32000-1, table 58)."""
    through = state.through
    if "/BM" in given:
        through = given.BM not in (Name.Normal, Name.Compatible)
    if "/op" in given or "/OP" in given:
        through = bool(given.get("/op", False)) or bool(given.get("/OP", False))
    return replace(
        state,
        fill_alpha=float(given.get("/ca", state.fill_alpha)),
        stroke_alpha=float(given.get("/CA", state.stroke_alpha)),
        width=float(given.get("/LW", state.width)),
        through=through,
    )


def _path(
    drawing: _Drawing, state: _State, operator: str, path: list[Part]
) -> Iterator[_Mark]:
    """Give what filling and stroking a path paints within the clip."""
    frame = common(state.clip, around(path))
    if not path or frame[2] < frame[0] or frame[3] < frame[1]:
        return
    if operator in FILLED and state.fill_alpha > 0:
        lines = tuple(lines_of(state.clip, operator, path))
        yield _Mark(state.fill, state.fill_alpha, state.through, frame, lines)
        yield from _tiles(drawing, state, state.fill)
    if operator in STROKED and state.stroke_alpha > 0:
        width = max(state.width * scale(state.matrix), HAIRLINE)
        yield _Mark(state.stroke, state.stroke_alpha, state.through, frame, (width,))
        yield from _tiles(drawing, state, state.stroke)


def _text(drawing: _Drawing, state: _State, matrix: Matrix) -> Iterator[_Mark]:
    """Give what showing text paints: fill, stroke, both or nothing (table 106)."""
    size = state.size * hypot(matrix.c, matrix.d)
    x, y = matrix.e, matrix.f
    # How long a text is does not matter here: it may reach to the edge.
    frame = common(state.clip, (x, y - size / 2, max(x, state.clip[2]), y + size))
    if state.mode in (0, 2, 4, 6) and state.fill_alpha > 0:
        yield _Mark(state.fill, state.fill_alpha, state.through, frame, text=True)
        yield from _tiles(drawing, state, state.fill)
    if state.mode in (1, 2, 5, 6) and state.stroke_alpha > 0:
        yield _Mark(state.stroke, state.stroke_alpha, state.through, frame, text=True)


def _form(drawing: _Drawing, form: Any, state: _State) -> Iterator[_Mark]:
    """Give what a form paints where it is put (ISO 32000-1, 8.10.1)."""
    matrix = matrix_of(form.get("/Matrix", (1, 0, 0, 1, 0, 0))) @ state.matrix
    left, bottom, right, top = (float(one) for one in form.BBox)
    corners = ((left, bottom), (right, bottom), (left, top), (right, top))
    frame = frame_of([moved(matrix, one) for one in corners])
    frame = common(state.clip, frame)
    inner = replace(state, matrix=matrix, clip=frame)
    resources = form.get("/Resources", drawing.resources)
    within = _Drawing(form, resources, matrix, drawing.known)
    if "/Group" not in form:
        yield from _marks(within, inner)
        return
    # A group begins opaque, and is laid on as one (ISO 32000-1, 11.6.6).
    inner = replace(inner, fill_alpha=1.0, stroke_alpha=1.0, through=False)
    alpha, through = state.fill_alpha, state.through
    parts = tuple(_marks(within, inner)) if alpha > 0 else ()
    if parts and (alpha < 1 or through):
        yield _Mark(state.fill, alpha, through, frame, parts=parts)
    else:
        yield from parts


def _tiles(drawing: _Drawing, state: _State, paint: Paint) -> Iterator[_Mark]:
    """Give what the tile of a pattern paints (ISO 32000-1, 8.7.3)."""
    tile = paint.pattern
    if tile is None or not isinstance(tile, pikepdf.Stream):
        return
    # Patterns hang on the page or form that they are in; cm does not move them.
    matrix = matrix_of(tile.get("/Matrix", (1, 0, 0, 1, 0, 0))) @ drawing.base
    inner = _State(
        matrix,
        state.clip,
        fill_alpha=state.fill_alpha,
        stroke_alpha=state.stroke_alpha,
        through=state.through,
    )
    resources = tile.get("/Resources", drawing.resources)
    yield from _marks(_Drawing(tile, resources, matrix, drawing.known), inner)


def _image(
    drawing: _Drawing, state: _State, width: Any, height: Any, image: Any
) -> _Mark:
    """Give what an image paints: its pixels on the unit square, or a stencil."""
    matrix = state.matrix
    across = hypot(matrix.a, matrix.b) / 72
    down = hypot(matrix.c, matrix.d) / 72
    ppi = min(float(width) / max(across, EMPTY), float(height) / max(down, EMPTY))
    corners = ((0, 0), (1, 0), (0, 1), (1, 1))
    frame = common(state.clip, frame_of([moved(matrix, one) for one in corners]))
    paint = state.fill
    if not (image.get("/ImageMask", False) or image.get("/IM", False)):
        space = image.get("/ColorSpace", image.get("/CS"))
        paint = Paint(
            spaces_of(drawing.resources, space) if space is not None else (), ()
        )
    return _Mark(paint, state.fill_alpha, state.through, frame, ppi=ppi)
