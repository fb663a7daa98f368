"""Interpreter: what a page draws, step by step, as it is painted (door to pikepdf).

Takes a page's instructions (ISO 32000-1, chapters 8 and 9), and those of the forms,
transparency groups and patterns that they draw; gives a list of what is painted, each
with the graphics state it is painted in.  `drawn_text` finds the text in it, and
`paint` the ink.  Lengths are pt, from the origin of the page's own space, upwards.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any, NamedTuple

import pikepdf
from pikepdf import Name

from leaflets.pdf.read.colour import (
    BLACK,
    NONE,
    Paint,
    named,
    paint_of,
    shaded,
    spaces_of,
)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
PLAIN: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
FILLING = frozenset({"f", "F", "f*", "B", "B*", "b", "b*"})
STROKING = frozenset({"S", "s", "B", "B*", "b", "b*"})
FILL_COLOURS = frozenset({"g", "rg", "k", "sc", "scn", "cs"})
STROKE_COLOURS = frozenset({"G", "RG", "K", "SC", "SCN", "CS"})
CHANGING = frozenset({"cm", "w", "gs", "Tf", "Tr"}) | FILL_COLOURS | STROKE_COLOURS
PATH = frozenset({"m", "l", "c", "v", "y", "re", "W", "W*"})
TEXT = frozenset({"Tm", "Td", "TD", "Tj", "TJ", "'", '"'})
BEGINNING = PATH | TEXT | {"BDC", "BMC", "EMC"}
PAINTING = FILLING | STROKING | {"n"}
FILLED_TEXT, STROKED_TEXT = (0, 2, 4, 6), (1, 2, 5, 6)
"""Rendering modes of text that paint it; 3 paints nothing, 7 only clips (table 106)."""


class Frame(NamedTuple):
    """What lies around marks, in pt from the bottom left, as a PDF counts."""

    left: float
    bottom: float
    right: float
    top: float


NOWHERE = Frame(0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class State:
    """The graphics state, as far as it decides what is seen."""

    matrix: Matrix
    clip: Frame
    fill: Paint = BLACK
    stroke: Paint = BLACK
    fill_alpha: float = 1.0
    stroke_alpha: float = 1.0
    blended: bool = False
    """Whether what is below shines through (blend mode, overprint, soft mask)."""
    width: float = 1.0
    """Of lines, before scaling."""
    mode: int = 0
    """How text is rendered (table 106)."""
    font: Any = NONE
    """Its dictionary."""
    size: float = 0.0
    """Of type, before scaling."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a path, as a polygon; a curve lies within its control points."""

    points: tuple[Point, ...]
    frame: Frame
    short: float = 0.0
    """The shorter side of a rectangle; 0 for any other shape."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A path that is filled or stroked, or both."""

    state: State
    parts: tuple[Part, ...]
    operator: str
    """One of `FILLING` or `STROKING`; those with a star follow the even-odd rule."""
    fill_tiles: tuple["Step", ...] = ()
    """What the pattern draws that it is filled with."""
    stroke_tiles: tuple["Step", ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """Glyphs that are shown by one instruction."""

    state: State
    matrix: Matrix
    """From the text's own space to the page's: where the pen begins."""
    codes: bytes
    tiles: tuple["Step", ...] = ()
    """What the pattern draws that they are filled with."""


@dataclass(frozen=True, slots=True)
class Text:
    """What is shown between BT and ET: one text box of the layout."""

    runs: tuple[Run, ...]
    mcid: int
    """Marked content that it is in; -1 for none, or an artifact."""


@dataclass(frozen=True, slots=True)
class Shading:
    """A gradient that fills all that is not clipped."""

    state: State
    paint: Paint


@dataclass(frozen=True, slots=True)
class Image:
    """An image on the unit square, or a stencil that is painted through."""

    state: State
    paint: Paint
    """Its colour space, or the colour of a stencil."""
    width: int
    """In pixels, as its height."""
    height: int


@dataclass(frozen=True, slots=True)
class Group:
    """A transparency group, which is laid on as one (ISO 32000-1, 11.4.1)."""

    state: State
    """In which it is laid on, with its matrix and within its box."""
    steps: tuple["Step", ...]


Step = Shape | Text | Shading | Image | Group


@dataclass(frozen=True, slots=True)
class _Stream:
    """Instructions, with what their names mean and where their patterns begin."""

    content: Any
    resources: Any
    base: Matrix
    marked: tuple[int, ...]
    """Marked content that it is drawn in."""
    parsed: dict[Any, list[Any]] = field(default_factory=dict)
    """Streams parsed before, by object, so that none is parsed twice."""
    looked_up: dict[tuple[str, str], Any] = field(default_factory=dict)
    """What names mean that were met before."""


@dataclass(slots=True)
class _Pen:
    """What is begun and not yet painted: a path, and a text."""

    parts: list[Part] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    clipping: bool = False
    text: Matrix = PLAIN
    runs: list[Run] = field(default_factory=list)
    marked: list[int] = field(default_factory=list)


def interpreted(page: pikepdf.Page) -> tuple[Step, ...]:
    """List what a page paints, in order; forms and patterns are descended into."""
    start = State(PLAIN, Frame(*map(float, page.mediabox)))
    return tuple(_steps(_Stream(page, page.resources, PLAIN, ()), start))


def _steps(stream: _Stream, state: State) -> Iterator[Step]:
    """Follow a stream's instructions from a state on."""
    saved: list[State] = []
    pen = _Pen(marked=list(stream.marked))
    for operands, operator in _parsed(stream):
        if operator == "q":
            saved.append(state)
        elif operator == "Q":
            state = saved.pop() if saved else state
        elif operator in CHANGING:
            state = _changed(stream, state, operator, operands)
        elif operator in BEGINNING:
            _begin(stream, pen, state, operator, operands)
        elif operator in ("BT", "ET"):
            yield from _text(pen)
        elif operator in PAINTING:
            _close(pen)
            yield from _shape(stream, state, tuple(pen.parts), operator)
            if pen.clipping:
                state = replace(state, clip=common(state.clip, around(pen.parts)))
            pen.parts, pen.clipping = [], False
        elif operator in ("Do", "sh", "INLINE IMAGE"):
            yield from _object(stream, state, tuple(pen.marked), operator, operands[0])
    yield from _text(pen)


def _parsed(stream: _Stream) -> list[tuple[Any, str]]:
    """Parse a stream, once."""
    key = getattr(stream.content, "objgen", None)
    if key is None or key not in stream.parsed:
        stream.parsed[key] = [
            (step.operands, str(step.operator))
            if not isinstance(step, pikepdf.ContentStreamInlineImage)
            else ([step.iimage], "INLINE IMAGE")
            for step in pikepdf.parse_content_stream(stream.content)
        ]
    return stream.parsed[key]


def _meaning(stream: _Stream, kind: str, name: Any) -> Any:
    """Look up what a name means; an empty dictionary where it means nothing."""
    key = kind, str(name)
    if key not in stream.looked_up:
        stream.looked_up[key] = named(stream.resources, *key)
    return stream.looked_up[key]


def _changed(stream: _Stream, state: State, operator: str, operands: Any) -> State:
    """Change the graphics state as an instruction says."""
    match operator:
        case "cm":
            return replace(state, matrix=times(_matrix(operands), state.matrix))
        case "w":
            return replace(state, width=float(operands[0]))
        case "gs":
            changes = _given(stream, operands[0])
            same = all(getattr(state, name) == changes[name] for name in changes)
            return state if same else replace(state, **changes)
        case "Tf":
            font = _meaning(stream, "/Font", operands[0])
            return replace(state, font=font, size=float(operands[1]))
        case "Tr":
            return replace(state, mode=int(operands[0]))
    resources = stream.resources
    if operator in FILL_COLOURS:
        return replace(state, fill=paint_of(resources, operator, operands, state.fill))
    paint = paint_of(resources, operator.lower(), operands, state.stroke)
    return replace(state, stroke=paint)


def _given(stream: _Stream, name: Any) -> dict[str, Any]:
    """Read a dictionary of graphics state as fields of ours (table 58), once."""
    key = "changes", str(name)
    if key in stream.looked_up:
        changes: dict[str, Any] = stream.looked_up[key]
        return changes
    given = _meaning(stream, "/ExtGState", name)
    fields = (("/ca", "fill_alpha"), ("/CA", "stroke_alpha"), ("/LW", "width"))
    changes = {ours: float(given[theirs]) for theirs, ours in fields if theirs in given}
    if "/BM" in given:
        changes["blended"] = given.BM not in (Name.Normal, Name.Compatible)
    if "/op" in given or "/OP" in given:
        changes["blended"] = bool(given.get("/op", False) or given.get("/OP", False))
    if isinstance(given.get("/SMask"), pikepdf.Dictionary):
        changes["blended"] = True
    stream.looked_up[key] = changes
    return changes


def _begin(
    stream: _Stream, pen: _Pen, state: State, operator: str, operands: Any
) -> None:
    """Go on with a path, a text or marked content."""
    match operator:
        case "Tj" | "TJ" | "'" | '"':
            pen.runs.append(_run(stream, state, pen.text, operands[-1]))
        case "BDC" | "BMC":
            pen.marked.append(_identifier(stream, operands))
        case "EMC":
            pen.marked = pen.marked[:-1]
        case "Tm":
            pen.text = _matrix(operands)
        case "Td" | "TD":
            shift = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
            pen.text = times(shift, pen.text)
        case "m":
            _close(pen)
            pen.points = [moved(state.matrix, *operands)]
        case "l" | "c" | "v" | "y":
            pairs = (operands[at : at + 2] for at in range(0, len(operands), 2))
            pen.points += (moved(state.matrix, *pair) for pair in pairs)
        case "re":
            _close(pen)
            pen.parts.append(_rectangle(state.matrix, *map(float, operands)))
        case _:
            pen.clipping = True


def _close(pen: _Pen) -> None:
    """End a piece of a path; a single point is none."""
    if len(pen.points) > 1:
        pen.parts.append(Part(tuple(pen.points), frame_of(pen.points)))
    pen.points = []


def _rectangle(matrix: Matrix, x: float, y: float, width: float, height: float) -> Part:
    corners = ((x, y), (x + width, y), (x + width, y + height), (x, y + height))
    points = tuple(moved(matrix, *corner) for corner in corners)
    a, b, c, d, _, _ = matrix
    short = min(abs(width) * hypot(a, b), abs(height) * hypot(c, d))
    return Part(points, frame_of(points), short)


def _run(stream: _Stream, state: State, text: Matrix, shown: Any) -> Run:
    pieces = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = [bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)]
    alpha = state.fill_alpha if state.mode in FILLED_TEXT else 0.0
    tiles = _tiles(stream, state, state.fill, alpha)
    return Run(state, times(text, state.matrix), b"".join(codes), tiles)


def _identifier(stream: _Stream, operands: Any) -> int:
    """Read the identifier of marked content; -1 where it has none."""
    properties = operands[1] if len(operands) > 1 else NONE
    if isinstance(properties, Name):
        properties = _meaning(stream, "/Properties", properties)
    return int(properties.get("/MCID", -1))


def _text(pen: _Pen) -> Iterator[Text]:
    """Yield the text that ends here, and begin another."""
    if pen.runs:
        yield Text(tuple(pen.runs), max(pen.marked, default=-1))
    pen.text, pen.runs = PLAIN, []


def _shape(
    stream: _Stream, state: State, parts: tuple[Part, ...], operator: str
) -> Iterator[Shape]:
    """Yield the path that is painted, if it is."""
    if operator == "n" or not parts:
        return
    filled = state.fill_alpha if operator in FILLING else 0.0
    stroked = state.stroke_alpha if operator in STROKING else 0.0
    yield Shape(
        state,
        parts,
        operator,
        _tiles(stream, state, state.fill, filled),
        _tiles(stream, state, state.stroke, stroked),
    )


def _object(
    stream: _Stream, state: State, marked: tuple[int, ...], operator: str, operand: Any
) -> Iterator[Step]:
    """Yield what is painted by name: a gradient, an image, or a form."""
    if operator == "sh":
        shading = _meaning(stream, "/Shading", operand)
        yield Shading(state, shaded(stream.resources, shading))
    elif operator == "INLINE IMAGE":
        yield _image(stream, state, operand.width, operand.height, operand.obj)
    else:
        thing = _meaning(stream, "/XObject", operand)
        if thing.get("/Subtype") == Name.Form:
            yield from _form(stream, state, marked, thing)
        elif thing.get("/Subtype") == Name.Image:
            yield _image(stream, state, thing.Width, thing.Height, thing)


def _form(
    stream: _Stream, state: State, marked: tuple[int, ...], form: Any
) -> Iterator[Step]:
    """Yield what a form paints where it is put (ISO 32000-1, 8.10.1)."""
    matrix = times(_matrix(form.get("/Matrix", PLAIN)), state.matrix)
    left, bottom, right, top = map(float, form.BBox)
    corners = ((left, bottom), (right, bottom), (left, top), (right, top))
    box = frame_of([moved(matrix, *corner) for corner in corners])
    within = replace(state, matrix=matrix, clip=common(state.clip, box))
    resources = form.get("/Resources", stream.resources)
    inner = _Stream(form, resources, matrix, marked, stream.parsed)
    if "/Group" not in form:
        yield from _steps(inner, within)
        return
    # A group begins opaque, and is laid on as one (ISO 32000-1, 11.6.6).
    opaque = replace(within, fill_alpha=1.0, stroke_alpha=1.0, blended=False)
    yield Group(within, tuple(_steps(inner, opaque)))


def _tiles(
    stream: _Stream, state: State, paint: Paint, alpha: float
) -> tuple[Step, ...]:
    """List what the tile of a pattern paints (ISO 32000-1, 8.7.3); none unseen."""
    tile = paint.pattern
    if not alpha or not isinstance(tile, pikepdf.Stream):
        return ()
    # Patterns hang on the page or form that they are in; cm does not move them.
    matrix = times(_matrix(tile.get("/Matrix", PLAIN)), stream.base)
    resources = tile.get("/Resources", stream.resources)
    inner = _Stream(tile, resources, matrix, (), stream.parsed)
    start = State(
        matrix,
        state.clip,
        fill_alpha=state.fill_alpha,
        stroke_alpha=state.stroke_alpha,
        blended=state.blended,
    )
    return tuple(_steps(inner, start))


def _image(stream: _Stream, state: State, width: Any, height: Any, image: Any) -> Image:
    paint = state.fill
    if not (image.get("/ImageMask", False) or image.get("/IM", False)):
        space = image.get("/ColorSpace", image.get("/CS"))
        paint = Paint(spaces_of(stream.resources, space) if space is not None else ())
    return Image(state, paint, int(width), int(height))


def _matrix(operands: Iterable[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def times(first: Matrix, second: Matrix) -> Matrix:
    """Apply one matrix, then the other."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def moved(matrix: Matrix, x: Any, y: Any) -> Point:
    """Apply a matrix to a point."""
    a, b, c, d, e, f = matrix
    x, y = float(x), float(y)
    return a * x + c * y + e, b * x + d * y + f


def frame_of(points: Iterable[Point]) -> Frame:
    """Measure the frame around points, of which there is one at least."""
    across, up = zip(*points, strict=True)
    return Frame(min(across), min(up), max(across), max(up))


def around(parts: Iterable[Part]) -> Frame:
    """Measure the frame around a path; an empty one where there is none."""
    frames = [part.frame for part in parts]
    if not frames:
        return NOWHERE
    left, bottom, right, top = zip(*frames, strict=True)
    return Frame(min(left), min(bottom), max(right), max(top))


def common(first: Frame, second: Frame) -> Frame:
    """Measure what two frames share; right is left of left where that is nothing."""
    return Frame(
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )
