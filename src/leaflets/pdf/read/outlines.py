"""Outlines: where the parts of a path lie, and which of them are lines.

Takes points and matrices of a PDF (ISO 32000-1, 8.3 and 8.5); gives frames, in pt.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import hypot, sqrt
from typing import Any

from pikepdf import Matrix

Frame = tuple[float, float, float, float]
"""Left, bottom, right and top."""
LINE = 72 / 25.4
"""A filled rectangle thinner than this, 1 mm, is a line: CSS borders are so drawn."""
EMPTY = 0.001
"""A side in pt below which nothing is left of a shape after clipping."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a path."""

    frame: Frame
    short: float = 0.0
    """The shorter side of a rectangle in pt; 0 for any other shape."""


def matrix_of(operands: Iterable[Any]) -> Matrix:
    return Matrix(*(float(one) for one in operands))


def moved(matrix: Matrix, point: Any) -> tuple[float, float]:
    x, y = float(point[0]), float(point[1])
    return (
        matrix.a * x + matrix.c * y + matrix.e,
        matrix.b * x + matrix.d * y + matrix.f,
    )


def scale(matrix: Matrix) -> float:
    """Give by how much a matrix enlarges where it enlarges least."""
    a, b, c, d = matrix.a, matrix.b, matrix.c, matrix.d
    squares, area = a * a + b * b + c * c + d * d, a * d - b * c
    return sqrt(max(squares - sqrt(max(squares**2 - 4 * area**2, 0.0)), 0.0) / 2)


def rectangle(matrix: Matrix, x: float, y: float, width: float, height: float) -> Part:
    corners = (x, y), (x + width, y), (x + width, y + height), (x, y + height)
    across = abs(width) * hypot(matrix.a, matrix.b)
    down = abs(height) * hypot(matrix.c, matrix.d)
    return Part(frame_of([moved(matrix, one) for one in corners]), min(across, down))


def closed(points: list[tuple[float, float]]) -> list[Part]:
    """Make a piece of a path from its points; a single point is none."""
    return [Part(frame_of(points))] if len(points) > 1 else []


def frame_of(points: list[tuple[float, float]]) -> Frame:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def around(path: list[Part]) -> Frame:
    """Give the frame around a path; an empty one where there is none."""
    if not path:
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = zip(*(one.frame for one in path), strict=True)
    return min(left), min(bottom), max(right), max(top)


def common(one: Frame, two: Frame) -> Frame:
    """Give what two frames share; right is left of left where that is nothing."""
    return (
        max(one[0], two[0]),
        max(one[1], two[1]),
        min(one[2], two[2]),
        min(one[3], two[3]),
    )


def meet(one: Frame, two: Frame) -> bool:
    left, bottom, right, top = common(one, two)
    return left < right and bottom < top


def lines_of(clip: Frame, operator: str, path: list[Part]) -> Iterator[float]:
    """Measure the lines that a filled path is: thin rectangles, and thin frames.

    A frame is one shape within another, filled by the even-odd rule, as the engine
    draws a border that goes all round; its sides may differ, and some be missing.
    """
    if operator.endswith("*") and len(path) == 2:
        outer, inner = path[0].frame, path[1].frame
        gaps = [abs(a - b) for a, b in zip(outer, inner, strict=True)]
    else:
        gaps = []
        for one in path:
            if one.short:
                left, bottom, right, top = common(clip, one.frame)
                gaps.append(min(one.short, right - left, top - bottom))
    yield from (one for one in gaps if EMPTY < one < LINE)
