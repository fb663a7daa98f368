"""Sheets: where each page of a leaflet stands on the paper that is printed.

Pure geometry.  Lengths are mm from the top left of a side's trim; a *page* is what
the typesetter lays out (a panel of a folded sheet, a page of a booklet), a *side*
is one side of a sheet as it leaves the printer, odd ones in front.  All sheets are
turned on the edge that runs along the folds, so that what is right of the front
is left on the back.
"""

from dataclasses import dataclass

FOLDS = ("none", "z", "c", "booklet")
"""Not folded; zigzag; the last panel folded in; folded once and stapled."""

FOLDED_IN = {"A4": 3.0, "Letter": 25.4 / 16}
"""How much narrower than the others the folded-in panel is, in mm, so that it
does not buckle: 97 + 100 + 100 and 3.625 + 3.6875 + 3.6875 in (standard C-folds
of European and American print shops)."""

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height in mm (ISO 216; ANSI Y14.1)."""
LETTER = frozenset(
    ["BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"]
)
"""Territories whose office paper is Letter (CLDR 47, supplemental measurementData)."""

OFFICE_CALIPER = 0.1
"""Thickness of a sheet of copy paper (80 g/m²) in mm."""

THREE = {"z": (3, 4, 5, 6, 1, 2), "c": (3, 1, 4, 5, 6, 2)}
"""Where the pages stand, in reading order, when lines run from the left: 1 to 3
are the panels of the front from left to right, 4 to 6 those of the back.

The cover is always on the right of the front, its fold on the left, as a book's.
C: opened, the cover shows the flap (1) beside the first inner panel; the panel
left over in the middle (2) is the back.  Z: opened, all of the back lies open; the
reader then turns the sheet."""


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


def paper_of(territory: str) -> str:
    """Give the office paper of a territory (ISO 3166-1); empty without a territory.

    >>> paper_of("CA"), paper_of("EG"), paper_of("")
    ('Letter', 'A4', '')
    """
    if not territory:
        return ""
    return "Letter" if territory in LETTER else "A4"


def side_size(fold: str, paper: str) -> tuple[float, float]:
    """Give width and height of a side; folded sheets lie on their long edge."""
    width, height = PAPERS[paper]
    return (width, height) if fold == "none" else (height, width)


def widths(fold: str, paper: str) -> tuple[float, float, float]:
    """Give the widths of a front's three panels, from left to right."""
    length = PAPERS[paper][1]
    if fold == "z":
        return (length / 3,) * 3
    narrow = FOLDED_IN[paper]
    wide = (length + narrow) / 3
    return wide - narrow, wide, wide


def panels(
    fold: str,
    paper: str,
    *,
    pages: int,
    right_to_left: bool = False,
    caliper: float = 0.0,
) -> tuple[Panel, ...]:
    """Place all pages, in reading order; ValueError where the fold cannot hold them.

    Three-panel folds hold six pages; booklets a multiple of four.
    """
    width, height = side_size(fold, paper)
    match fold:
        case "none":
            made = [
                Panel(one, one, 0.0, 0.0, width, height) for one in range(1, pages + 1)
            ]
        case "z" | "c":
            if pages != 6:
                raise ValueError(f"a sheet folded twice has 6 panels, not {pages}")
            made = _three(fold, paper)
        case "booklet":
            if pages % 4 or not pages:
                raise ValueError(f"a booklet has a multiple of 4 pages, not {pages}")
            made = _booklet(width, height, pages, caliper)
        case _:
            raise ValueError(f"no fold is called {fold!r}")
    return tuple(mirror(one, width) if right_to_left else one for one in made)


def mirror(panel: Panel, width: float) -> Panel:
    """Turn a place round on its side, for languages that are read from the right.

    Turning twice gives the panel back.
    """
    left = round(width - panel.left - panel.width, 6)
    return Panel(
        panel.page,
        panel.side,
        left,
        panel.top,
        panel.width,
        panel.height,
        -panel.shift or 0.0,
    )


def folds(
    fold: str, paper: str, *, right_to_left: bool = False
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Give where a front and a back are folded, from left to right."""
    width, _ = side_size(fold, paper)
    if fold == "none":
        return (), ()
    if fold == "booklet":
        return (width / 2,), (width / 2,)
    first, second, _ = widths(fold, paper)
    front = (first, first + second)
    back = (width - front[1], width - front[0])
    return (back, front) if right_to_left else (front, back)


def padded(fold: str, pages: int) -> int:
    """Give how many pages a sheet or booklet has that holds so many."""
    if fold == "booklet":
        return -(-pages // 4) * 4
    return max(pages, 6) if fold in THREE else pages


def _three(fold: str, paper: str) -> list[Panel]:
    """Place the panels of a sheet folded twice, in reading order."""
    front = widths(fold, paper)
    height = PAPERS[paper][0]
    places = []
    for side, sizes in ((1, front), (2, front[::-1])):
        left = 0.0
        for size in sizes:
            places.append((side, left, size))
            left += size
    return [
        Panel(page, *_rounded(places[place - 1], height))
        for page, place in enumerate(THREE[fold], 1)
    ]


def _rounded(
    place: tuple[int, float, float], height: float
) -> tuple[int, float, float, float, float]:
    side, left, width = place
    return side, round(left, 6), 0.0, round(width, 6), height


def _booklet(width: float, height: float, pages: int, caliper: float) -> list[Panel]:
    """Place the pages of a booklet, outermost sheet first, then in reading order.

    Each sheet inside another is pushed out at the fore edge by that one's thickness;
    its pages are moved towards the fold by as much, so that all outer margins are
    equal after the trim.
    """
    half = width / 2
    made = []
    for sheet in range(pages // 4):
        creep = round(sheet * caliper, 6)
        front = (pages - 2 * sheet, 2 * sheet + 1)
        back = (2 * sheet + 2, pages - 2 * sheet - 1)
        for side, (left, right) in ((1, front), (2, back)):
            number = 2 * sheet + side
            made.append(Panel(left, number, 0.0, 0.0, half, height, creep))
            made.append(Panel(right, number, half, 0.0, half, height, -creep or 0.0))
    return sorted(made, key=lambda one: one.page)
