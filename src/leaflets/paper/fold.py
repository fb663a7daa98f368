"""Folds: how a sheet is folded, and what follows from it.

A fold is a value: how wide its panels are and in which order they are read.  Where
they stand in mm, and where the sheet is creased, is computed from that in `sheet`; a
new fold is a line of `FOLDS`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Fold:
    """One way to fold a sheet, or to leave it flat."""

    name: str
    """As pyproject.toml writes it."""
    label: str
    """For people who order print."""
    edge: str
    """A picture of the sheet seen from its edge: SVG path data on 48 × 28 units."""
    shares: tuple[int, ...] = (1,)
    """How wide the panels of the front are, from left to right, beside each other."""
    order: tuple[int, ...] = ()
    """Where the pages of one sheet stand, in reading order, when lines run from the
    left: 1 to n are the panels of the front from left to right, n + 1 to 2n those of
    the back.  Empty where no sheet is folded, or several are stapled."""
    folded_in: tuple[int, ...] = ()
    """Panels of the front, 1-based from the left, that lie inside the others when the
    sheet is folded: narrower by `Paper.folded_in`."""
    staple: str = ""
    """What the picture shows of the staple: SVG path data; empty without one."""

    def __post_init__(self) -> None:
        """ValueError where the order is not that of all panels."""
        pages = sorted(self.order)
        if self.opens_flat and pages != list(range(1, self.panels + 1)):
            raise ValueError(f"the order of {self.name} is not that of its panels")

    @property
    def folded(self) -> bool:
        """Whether there is a fold at all."""
        return len(self.shares) > 1

    @property
    def stapled(self) -> bool:
        """Whether sheets lie inside one another: their pages face each other."""
        return bool(self.staple)

    @property
    def opens_flat(self) -> bool:
        """Whether it is one sheet whose panels lie open side by side."""
        return self.folded and not self.stapled

    @property
    def panels(self) -> int:
        """How many pages one sheet holds, front and back together."""
        return 2 * len(self.shares)

    @property
    def page_name(self) -> str:
        """What one of its pages is called: panel or page."""
        return "panel" if self.opens_flat else "page"

    def sheets_of(self, pages: int) -> int:
        """Count the sheets that hold so many pages.

        >>> FOLDS["booklet"].sheets_of(9), FOLDS["z"].sheets_of(6)
        (3, 1)
        """
        return ceil(pages / self.panels)

    def padded(self, pages: int) -> int:
        """Count the pages of the sheets that hold so many, empty ones among them.

        What is too much for one sheet stays too much, so that it is told.

        >>> FOLDS["booklet"].padded(9), FOLDS["z"].padded(4), FOLDS["z"].padded(7)
        (12, 6, 7)
        """
        if self.stapled:
            return self.sheets_of(pages) * self.panels
        return max(pages, self.panels) if self.opens_flat else pages

    def view_of(self, page: int, side: int) -> int:
        """Number what is seen together with a page that stands on a side.

        All of a side where the sheet opens flat, two pages that face each other where
        it is stapled, else the page alone.
        """
        if self.opens_flat:
            return side
        return page // 2 if self.stapled else page


FLAT = Fold("none", "not folded", edge="M15 3h18v22H15zM19 9h10M19 13h10M19 17h6")

FOLDS: Mapping[str, Fold] = MappingProxyType(
    {
        fold.name: fold
        for fold in (
            FLAT,
            # Z: opened, all of the back lies open; the reader then turns the sheet.
            Fold(
                "z",
                "Z-fold (zigzag), two folds, equal panels",
                edge="M5 23 17 5 29 23 41 5",
                shares=(1, 1, 1),
                order=(3, 4, 5, 6, 1, 2),
            ),
            # C: opened, the cover shows the flap (1) beside the first inner panel; the
            # panel left over in the middle (2) is the back.
            Fold(
                "c",
                "C-fold (letter fold), two folds; the narrow panel folds in first",
                edge="M8 22V8h30v11H14",
                shares=(1, 1, 1),
                order=(3, 1, 4, 5, 6, 2),
                folded_in=(1,),
            ),
            Fold(
                "booklet",
                "saddle stitch: folded once, two staples in the fold",
                edge="M6 7 24 22 42 7M6 11l18 15 18-15",
                shares=(1, 1),
                staple="M24 17v9",
            ),
        )
    }
)
"""Every fold that an edition may name.  The cover is always on the right of the front,
its fold on the left, as a book's."""
