"""Sheets: where each page of a leaflet stands on the paper that is printed.

Pure geometry.  Lengths are mm from the top left of a side's trim; a *page* is what
the typesetter lays out (a panel of a folded sheet, a page of a booklet), a *side*
is one side of a sheet as it leaves the printer, odd ones in front.  All sheets are
turned on the edge that runs along the folds, so that what is right of the front
is left on the back.
"""

from dataclasses import dataclass, replace
from itertools import accumulate

from leaflets.paper.fold import Fold
from leaflets.paper.papers import Paper


@dataclass(frozen=True, slots=True)
class Shop:
    """What a print shop asks for; a press edition names one for each paper."""

    name: str
    paper: str
    profile: str
    """File name in profiles/, without its ending."""
    condition: str
    """Name of the printing condition in the registry of the ICC: FOGRA39."""
    bleed: float
    """In mm: 3 in Europe, 3.175 (0.125 in) in America."""
    safe: float
    """Least distance of text from trim and folds, in mm."""
    ink: float
    """Most ink on one spot, in percent: 280 is safe for every shop asked."""
    line: float
    """Thinnest line in pt; 0.25 is what shops ask for."""
    ppi: int
    """Least resolution of images."""
    marks: bool
    """Whether crop and fold marks are drawn, outside the bleed."""
    caliper: float
    """Thickness of the stock in mm."""
    stock: str
    colours: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Panel:
    """A page in its place."""

    page: int
    """1-based, in reading order."""
    side: int
    """1-based."""
    left: float
    top: float
    width: float
    height: float
    shift: float = 0.0
    """How far its content is moved to the right against creep; less than zero is
    to the left."""


def side_size(fold: Fold, paper: Paper) -> tuple[float, float]:
    """Measure width and height of a side; folded sheets lie on their long edge."""
    return (paper.height, paper.width) if fold.folded else paper.size


def widths(fold: Fold, paper: Paper) -> tuple[float, ...]:
    """Measure the panels of a front, from left to right."""
    length, _ = side_size(fold, paper)
    share = (length + paper.folded_in * len(fold.folded_in)) / sum(fold.shares)
    return tuple(
        share * shares - (paper.folded_in if number in fold.folded_in else 0.0)
        for number, shares in enumerate(fold.shares, 1)
    )


def folds(
    fold: Fold, paper: Paper, *, right_to_left: bool = False
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Find where a front and a back are folded, from left to right."""
    width, _ = side_size(fold, paper)
    front = tuple(accumulate(widths(fold, paper)))[:-1]
    back = tuple(width - crease for crease in reversed(front))
    return (back, front) if right_to_left else (front, back)


def panels(
    fold: Fold,
    paper: Paper,
    *,
    pages: int,
    right_to_left: bool = False,
    caliper: float = 0.0,
) -> tuple[Panel, ...]:
    """Place all pages, in reading order; ValueError where the fold cannot hold them.

    A sheet that opens flat holds as many pages as it has panels, a booklet whole
    sheets; `caliper` is the thickness of the paper in mm.
    """
    width, height = side_size(fold, paper)
    if not fold.folded:
        return single_pages((width, height), pages)
    if fold.opens_flat:
        if pages != fold.panels:
            raise ValueError(
                f"a sheet with the fold {fold.name} has {fold.panels} panels, not {pages}"
            )
        placed = _opened(fold, paper)
    else:
        if pages % fold.panels or not pages:
            raise ValueError(
                f"a booklet has a multiple of {fold.panels} pages, not {pages}"
            )
        placed = _nested(width, height, pages, caliper)
    if right_to_left:
        return tuple(mirror(panel, width) for panel in placed)
    return tuple(placed)


def single_pages(size: tuple[float, float], pages: int) -> tuple[Panel, ...]:
    """Place every page on a side of its own; `size` is its width and height."""
    width, height = size
    return tuple(
        Panel(page=page, side=page, left=0.0, top=0.0, width=width, height=height)
        for page in range(1, pages + 1)
    )


def mirror(panel: Panel, width: float) -> Panel:
    """Turn a place round on its side, for languages that are read from the right.

    Turning twice gives the panel back.
    """
    left = round(width - panel.left - panel.width, 6)
    return replace(panel, left=left, shift=-panel.shift or 0.0)


def _opened(fold: Fold, paper: Paper) -> list[Panel]:
    """Place the panels of one sheet, in reading order."""
    front = widths(fold, paper)
    height = paper.width
    places: list[tuple[int, float, float]] = []
    for side, sizes in ((1, front), (2, front[::-1])):
        left = 0.0
        for width in sizes:
            places.append((side, left, width))
            left += width
    panels_in_order = []
    for page, number in enumerate(fold.order, 1):
        side, left, width = places[number - 1]
        panels_in_order.append(
            Panel(
                page=page,
                side=side,
                left=round(left, 6),
                top=0.0,
                width=round(width, 6),
                height=height,
            )
        )
    return panels_in_order


def _nested(width: float, height: float, pages: int, caliper: float) -> list[Panel]:
    """Place the pages of a booklet, outermost sheet first, then in reading order.

    Each sheet inside another is pushed out at the fore edge by that one's thickness;
    its pages are moved towards the fold by as much, so that all outer margins are
    equal after the trim.
    """
    half = width / 2
    placed: list[Panel] = []
    for sheet in range(pages // 4):
        creep = round(sheet * caliper, 6)
        front = (pages - 2 * sheet, 2 * sheet + 1)
        back = (2 * sheet + 2, pages - 2 * sheet - 1)
        for side, (left_page, right_page) in ((1, front), (2, back)):
            left = Panel(
                page=left_page,
                side=2 * sheet + side,
                left=0.0,
                top=0.0,
                width=half,
                height=height,
                shift=creep,
            )
            right = replace(left, page=right_page, left=half, shift=-creep or 0.0)
            placed.extend((left, right))
    return sorted(placed, key=lambda panel: panel.page)
