"""Margins: where text may stand on each laid-out page of an edition.

Pure geometry, in mm.  A frame is a page of the typesetter's and its margins; where
all pages are alike there is one, numbered 0.
"""

from dataclasses import dataclass

from leaflets.paper.papers import Paper
from leaflets.paper.rectangle import Margins
from leaflets.paper.sheet import Panel, Shop, panels, side_size
from leaflets.sources.project import Edition

FOLD_MARGIN = 7.0
"""Least distance of text from a fold, in mm: shops ask for 3 to 6, and an office
printer feeds paper with an error of about 1."""
EDGE = 10.0
"""Margin at the trim of a folded sheet, in mm: what office printers leave white (4 to
6), and their feed."""
SHOP_MORE = 2.0
"""How much nearer to trim and folds text may stand where a knife is exact, in mm."""

LARGE = 12.0
"""The smallest type of an edition, in pt, above which it is large print."""
MEASURE, LARGE_MEASURE = 174.0, 180.0
"""Width of the text on office paper, in mm: the same on A4 and Letter, so that lines
break alike."""
WIDEST = 6 / 7
"""How much of a page's width text may take: all but 15 mm at each side of A4."""
NARROW = 150.0
"""Width of text in mm below which head and foot take several lines, and paragraph
numbers less room."""

WIDE_MARGINS = (29.0, 21.0)
"""At the top, below a head of one line, and at the foot; in mm."""
LARGE_MARGINS = (10.0, 28.0)
"""The same in large print: the height of its head is added by the stylesheet."""
NARROW_MARGINS = (9.0, 22.0)
"""The same on narrow pages."""
BESIDE_TOP, BESIDE_MORE = 10.0, 3.0
"""Two languages side by side, in mm: at the top, to which the stylesheet adds the
height of the head, and how much higher their foot of several lines is."""
BESIDE_GUTTER = 9.5
"""Room for paragraph numbers at both sides of two languages, in mm."""
PROOF_MARGINS, PROOF_SIDE = (29.0, 20.0), 15.0
"""Of a reviewer's proof: at the top and at the foot, and at both sides, in mm."""
BOOKLET_SIDE = 13.0
"""Margin of a booklet's page at the fold and at the fore edge, in mm."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One page, and its margins."""

    number: int
    """1-based; 0 for all pages."""
    width: float
    height: float
    margins: Margins
    head: bool
    """Whether it bears the running head."""

    @property
    def measure(self) -> float:
        """Width of the text in mm."""
        return round(self.width - self.margins.left - self.margins.right, 3)


def frames(edition: Edition, paper: Paper, *, right_to_left: bool) -> tuple[Frame, ...]:
    """Frame the pages of an edition on a paper: one for each panel, or one for all."""
    width, height = side_size(edition.fold, paper)
    if edition.fold.opens_flat:
        return _panel_frames(edition, paper, right_to_left=right_to_left)
    if edition.fold.stapled:
        margins = _margins(_upright(edition, NARROW_MARGINS), BOOKLET_SIDE)
        return (Frame(0, width / 2, height, margins, head=True),)
    return (Frame(0, width, height, _page_margins(edition, width), head=True),)


def _page_margins(edition: Edition, width: float) -> Margins:
    """Find the margins of a page that is not folded, from its paper and its type."""
    if edition.for_reviewers:
        return _margins(PROOF_MARGINS, max(PROOF_SIDE, edition.margin))
    large = edition.smallest > LARGE
    measure = min(LARGE_MEASURE if large else MEASURE, width * WIDEST)
    side = max((width - measure) / 2, edition.margin)
    usual = NARROW_MARGINS if measure < NARROW else WIDE_MARGINS
    return _margins(_upright(edition, LARGE_MARGINS if large else usual), side)


def _upright(edition: Edition, usual: tuple[float, float]) -> tuple[float, float]:
    """Find the margins at the top and at the foot of an edition's pages."""
    _, bottom = usual
    return (BESIDE_TOP, bottom + BESIDE_MORE) if edition.beside else usual


def _margins(upright: tuple[float, float], side: float) -> Margins:
    top, bottom = upright
    return Margins(top=top, right=side, bottom=bottom, left=side)


def _panel_frames(
    edition: Edition, paper: Paper, *, right_to_left: bool
) -> tuple[Frame, ...]:
    """Frame each panel of a sheet.

    The head stands on the cover and, on the back, on the last panel: the first is
    where emergencies are told, which takes all its room.
    """
    fold = edition.fold
    places = panels(fold, paper, pages=fold.panels, right_to_left=right_to_left)
    width, _ = side_size(fold, paper)
    heads = (1, max(panel.page for panel in places if panel.side == 2))
    nearer = SHOP_MORE if edition.shops else 0.0
    return tuple(
        Frame(
            number=panel.page,
            width=panel.width,
            height=panel.height,
            margins=_panel_margins(panel, width, nearer),
            head=panel.page in heads,
        )
        for panel in places
    )


def _panel_margins(panel: Panel, width: float, nearer: float) -> Margins:
    """Find a panel's margins: wider at the trim of the sheet than at a fold."""
    at_left = panel.left < 0.01
    at_right = panel.left + panel.width > width - 0.01
    return Margins(
        top=EDGE - nearer,
        right=(EDGE if at_right else FOLD_MARGIN) - nearer,
        bottom=EDGE - nearer,
        left=(EDGE if at_left else FOLD_MARGIN) - nearer,
    )


def gutter(edition: Edition, frame: Frame) -> float:
    """Measure the room for paragraph numbers in mm; wide pages have more of it."""
    if edition.beside:
        return BESIDE_GUTTER
    if frame.measure < NARROW:
        return 9.5
    return 16.0 if edition.smallest > LARGE else 14.0


def shop_of(edition: Edition, paper: str, shops: tuple[Shop, ...]) -> Shop | None:
    """Find the print shop of a press edition for a paper."""
    return next(
        (shop for shop in shops if shop.name in edition.shops and shop.paper == paper),
        None,
    )
