"""Frames: where text may stand on each laid-out page of an edition.

Pure geometry, in mm.  A frame is a page of the typesetter's and its margins; where
all pages are alike there is one, numbered 0.
"""

from dataclasses import dataclass

from leaflets.paper.sheet import PAPERS, Panel, Shop, panels, side_size
from leaflets.sources.project import Edition

FOLD_MARGIN = 7.0
"""Least distance of text from a fold, in mm: shops ask for 3 to 6, and an office
printer feeds paper with an error of about 1."""
EDGE = 10.0
"""Margin at the trim of a folded sheet, in mm: what office printers leave white (4 to
6), and their feed."""
SHOP_MORE = 2.0
"""How much nearer to trim and folds text may stand where a knife is exact, in mm."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One page, and its margins."""

    number: int
    """1-based; 0 for all pages."""
    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    head: bool
    """Whether it bears the running head."""

    @property
    def measure(self) -> float:
        """Give the width of the text."""
        return round(self.width - self.left - self.right, 3)


def frames(edition: Edition, paper: str, *, right_to_left: bool) -> tuple[Frame, ...]:
    """Give the frames of an edition on a paper."""
    match edition.fold:
        case "z" | "c":
            places = panels(edition.fold, paper, pages=6, right_to_left=right_to_left)
            whole, _ = side_size(edition.fold, paper)
            less = SHOP_MORE if edition.shops else 0.0
            return tuple(_panel(one, whole, places, less) for one in places)
        case "booklet":
            width, height = side_size("booklet", paper)
            return (Frame(0, width / 2, height, 9.0, 13.0, 22.0, 13.0, head=True),)
        case _:
            width, height = PAPERS[paper]
            large = edition.smallest > 12
            side = (width - (180 if large else 174)) / 2
            top, bottom = (10.0, 28.0) if large else (29.0, 21.0)
            return (Frame(0, width, height, top, side, bottom, side, head=True),)


def _panel(one: Panel, whole: float, places: tuple[Panel, ...], less: float) -> Frame:
    """Give the frame of a panel.

    The head stands on the cover and, on the back, on the last panel: the first is
    where emergencies are told, which takes all its room.
    """
    heads = (1, max(each.page for each in places if each.side == 2))
    at_left = one.left < 0.01
    at_right = one.left + one.width > whole - 0.01
    return Frame(
        one.page,
        one.width,
        one.height,
        EDGE - less,
        (EDGE if at_right else FOLD_MARGIN) - less,
        EDGE - less,
        (EDGE if at_left else FOLD_MARGIN) - less,
        head=one.page in heads,
    )


def gutter(edition: Edition, frame: Frame) -> float:
    """Give the room for paragraph numbers in mm; wide pages have more of it."""
    if frame.measure < 150:
        return 9.5
    return 16.0 if edition.smallest > 12 else 14.0


def shop_of(edition: Edition, paper: str, shops: tuple[Shop, ...]) -> Shop | None:
    """Find the print shop of a press edition for a paper."""
    return next(
        (one for one in shops if one.name in edition.shops and one.paper == paper), None
    )
