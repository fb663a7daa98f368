"""Rectangles and margins by name, so that no edge is mistaken for another."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Rectangle:
    """The four edges of a rectangle.

    In mm from the top left of a page, downwards; whoever uses another unit or origin
    (a PDF's boxes are in pt from the bottom left, upwards) says so.
    """

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def from_corners(cls, numbers: Iterable[float]) -> Self:
        """Read a PDF's box: two opposite corners, in any order; upwards."""
        x1, y1, x2, y2 = numbers
        return cls(
            left=min(x1, x2), top=max(y1, y2), right=max(x1, x2), bottom=min(y1, y2)
        )

    @property
    def width(self) -> float:
        """Measure from the left edge to the right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Measure from one edge to the other, whichever way the axis runs."""
        return abs(self.bottom - self.top)

    def grown(self, length: float) -> "Rectangle":
        """Move every edge outwards by a length in the rectangle's own unit."""
        outwards = length if self.bottom >= self.top else -length
        return Rectangle(
            left=self.left - length,
            top=self.top - outwards,
            right=self.right + length,
            bottom=self.bottom + outwards,
        )

    def holds(self, inner: "Rectangle", slack: float = 0.0) -> bool:
        """Ask whether another rectangle lies within, down to a slack.

        Both are measured downwards.
        """
        return (
            inner.left >= self.left - slack
            and inner.top >= self.top - slack
            and inner.right <= self.right + slack
            and inner.bottom <= self.bottom + slack
        )

    def apart(self, other: "Rectangle") -> float:
        """Measure how far the edges of two rectangles differ at most."""
        return max(abs(mine - theirs) for mine, theirs in zip(self, other, strict=True))

    def __iter__(self) -> Iterator[float]:
        """List left, top, right and bottom."""
        return iter((self.left, self.top, self.right, self.bottom))


@dataclass(frozen=True, slots=True)
class Margins:
    """The white at the four edges of a page, in mm."""

    top: float
    right: float
    bottom: float
    left: float

    @classmethod
    def all_round(cls, width: float) -> Self:
        """Leave the same white at every edge."""
        return cls(top=width, right=width, bottom=width, left=width)

    def inside(self, width: float, height: float) -> Rectangle:
        """Find what is left of a page, in mm from its top left."""
        return Rectangle(
            left=self.left,
            top=self.top,
            right=width - self.right,
            bottom=height - self.bottom,
        )
