"""What a page of a finished PDF draws, in the order in which it is drawn.

Takes a page's instructions (ISO 32000-1, chapters 8 and 9); gives the pieces of
text with their place, and the areas that are filled behind or over them.  Lengths
are mm from the top left of the trim.
"""

import re
from dataclasses import dataclass, replace
from struct import unpack
from typing import Any

import pikepdf

from leaflets.pdf.fonts.shape import Glyph, family_of

MM = 25.4 / 72
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
BLOCKS = re.compile(rb"beginbfchar(.*?)endbfchar", re.DOTALL)
MEANING = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
NOWHERE = (-1e6, -1e6, 1e6, 1e6)


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
    colour: Colour | None
    """None where nothing is painted."""
    clip: tuple[float, float, float, float]
    """Left, top, right and bottom of what may be painted."""
    order: int
    mcid: int = -1
    """Marked content that it is in; -1 for none, or an artifact."""


@dataclass(frozen=True, slots=True)
class Area:
    """A filled shape, as polygons."""

    polygons: tuple[tuple[Point, ...], ...]
    colour: Colour
    alpha: float
    clip: tuple[float, float, float, float]
    """Left, top, right and bottom of what is painted at most."""
    order: int


@dataclass(frozen=True, slots=True)
class _State:
    """The graphics state, as far as it decides what is seen."""

    matrix: Matrix
    clip: tuple[float, float, float, float] = NOWHERE
    fill: Colour = BLACK
    alpha: float = 1.0
    mode: int = 0
    font: str = ""
    size: float = 0.0


def drawn(
    page: pikepdf.Page, families: tuple[str, ...]
) -> tuple[list[Piece], list[Area]]:
    """List a page's pieces of text (empty ones left out) and its filled areas."""
    box = [float(one) for one in page.trimbox]
    resources = page.resources
    fonts = {
        name: family_of(str(font.get("/BaseFont", "")), families)
        for name, font in resources.get("/Font", pikepdf.Dictionary()).items()
    }
    meanings = {
        name: _meanings(font)
        for name, font in resources.get("/Font", pikepdf.Dictionary()).items()
    }
    alphas = {
        name: float(state["/ca"])
        for name, state in resources.get("/ExtGState", pikepdf.Dictionary()).items()
        if "/ca" in state
    }
    state = _State((MM, 0, 0, -MM, -box[0] * MM, box[3] * MM))
    saved: list[_State] = []
    path: list[list[Point]] = []
    clipping = False
    text: Matrix = (1, 0, 0, 1, 0, 0)
    name = ""
    glyphs: list[Glyph] = []
    meant: list[str] = []
    begun: _State | None = None
    marked: list[int] = []
    pieces: list[Piece] = []
    areas: list[Area] = []
    for order, step in enumerate(pikepdf.parse_content_stream(page)):
        operator, operands = str(step.operator), step.operands
        match operator:
            case "q":
                saved.append(state)
            case "Q":
                state = saved.pop() if saved else state
            case "cm":
                state = replace(state, matrix=_times(_matrix(operands), state.matrix))
            case "gs":
                alpha = alphas.get(str(operands[0]), state.alpha)
                state = replace(state, alpha=alpha)
            case "rg" | "g" | "k" | "sc" | "scn":
                state = replace(state, fill=_colour(operands, state.fill))
            case "m" | "l" | "c" | "v" | "y":
                numbers = [float(one) for one in operands]
                # A curve is taken as the lines between its control points.
                points = [
                    _moved(state.matrix, *numbers[at : at + 2])
                    for at in range(0, len(numbers), 2)
                ]
                if operator == "m" or not path:
                    path.append([])
                path[-1].extend(points)
            case "re":
                path.append(_rectangle(state.matrix, *map(float, operands)))
            case "W" | "W*":
                clipping = True
            case "f" | "F" | "f*" | "B" | "B*" | "b" | "b*" | "S" | "s" | "n":
                if operator not in ("S", "s", "n"):
                    shapes = tuple(tuple(one) for one in path)
                    frame = _narrowed(state.clip, path)
                    areas.append(Area(shapes, state.fill, state.alpha, frame, order))
                if clipping:
                    state = replace(state, clip=_narrowed(state.clip, path))
                path, clipping = [], False
            case "BDC" | "BMC":
                marked.append(_identifier(operands))
            case "EMC":
                marked = marked[:-1]
            case "BT":
                text, glyphs, meant, begun = (1, 0, 0, 1, 0, 0), [], [], None
            case "Tm":
                text = _matrix(operands)
            case "Td":
                shift = (1.0, 0.0, 0.0, 1.0, float(operands[0]), float(operands[1]))
                text = _times(shift, text)
            case "Tr":
                state = replace(state, mode=int(operands[0]))
            case "Tf":
                name = str(operands[0])
                family = fonts.get(name, "")
                state = replace(state, font=family, size=float(operands[1]))
            case "Tj" | "TJ":
                begun = begun or state
                shown = _glyphs(operands[0])
                glyphs.extend((state.font, one) for one in shown)
                meant.extend(meanings.get(name, {}).get(one, "") for one in shown)
            case "ET" if glyphs and begun:
                number = max(marked, default=-1)
                piece = _piece(glyphs, "".join(meant), begun, text, order)
                pieces.append(replace(piece, mcid=number))
    return pieces, areas


def contains(area: Area, point: Point) -> bool:
    """Tell whether an area is painted at a point."""
    if not _within(area.clip, point):
        return False
    x, y = point
    inside = False
    for polygon in area.polygons:
        for (ax, ay), (bx, by) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


def _piece(
    glyphs: list[Glyph], meant: str, state: _State, matrix: Matrix, order: int
) -> Piece:
    whole = _times(matrix, state.matrix)
    tall = (whole[2] ** 2 + whole[3] ** 2) ** 0.5
    # ISO 32000-1, table 106: mode 3 paints nothing, 7 only clips.
    painted = state.mode not in (3, 7) and state.alpha > 0
    return Piece(
        tuple(glyphs),
        meant,
        round(whole[4], 2),
        round(whole[5], 2),
        round(state.size * tall / MM, 2),
        state.fill if painted else None,
        state.clip,
        order,
    )


def _identifier(operands: Any) -> int:
    """Read the identifier of marked content; -1 where it has none."""
    if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary):
        return int(operands[1].get("/MCID", -1))
    return -1


def _meanings(font: Any) -> dict[int, str]:
    """Read what a font's glyphs mean to those who copy or listen (9.10.3)."""
    if "/ToUnicode" not in font:
        return {}
    found: dict[int, str] = {}
    for block in BLOCKS.findall(font["/ToUnicode"].read_bytes()):
        for glyph, text in MEANING.findall(block):
            plain = bytes.fromhex(text.decode("ascii"))
            found[int(glyph, 16)] = plain.decode("utf-16-be", errors="replace")
    return found


def _glyphs(shown: Any) -> tuple[int, ...]:
    """Read the glyph numbers of one instruction; ours have two bytes each."""
    parts = shown if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(one) for one in parts if isinstance(one, pikepdf.String))
    return unpack(f">{len(codes) // 2}H", codes[: len(codes) // 2 * 2])


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(one) for one in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """Apply one matrix, then the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = two
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _moved(matrix: Matrix, x: float, y: float) -> Point:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _rectangle(
    matrix: Matrix, x: float, y: float, width: float, height: float
) -> list[Point]:
    corners = (x, y), (x + width, y), (x + width, y + height), (x, y + height)
    return [_moved(matrix, *one) for one in corners]


def _narrowed(
    clip: tuple[float, float, float, float], path: list[list[Point]]
) -> tuple[float, float, float, float]:
    """Keep what lies in the frame of a clipping path as well."""
    points = [point for polygon in path for point in polygon]
    if not points:
        return (0.0, 0.0, 0.0, 0.0)
    across, down = [x for x, _ in points], [y for _, y in points]
    return (
        max(clip[0], min(across)),
        max(clip[1], min(down)),
        min(clip[2], max(across)),
        min(clip[3], max(down)),
    )


def _within(clip: tuple[float, float, float, float], point: Point) -> bool:
    return clip[0] <= point[0] <= clip[2] and clip[1] <= point[1] <= clip[3]


def _colour(operands: Any, before: Colour) -> Colour:
    """Read a colour as red, green and blue; a pattern leaves it as it was."""
    try:
        numbers = [float(one) for one in operands]
    except (TypeError, ValueError):
        return before
    match numbers:
        case [grey]:
            return grey, grey, grey
        case [red, green, blue]:
            return red, green, blue
        case [cyan, magenta, yellow, key]:
            red, green, blue = (
                (1 - one) * (1 - key) for one in (cyan, magenta, yellow)
            )
            return red, green, blue
    return before
