"""Impose: laid-out pages put side by side on sheets, tags kept (door to pikepdf).

Takes the engine's PDF, one page for each panel or booklet page, and where each of
them stands; makes one PDF page of each side of a sheet.  What is drawn is merged
into one content stream per side, for marked content inside a form XObject belongs
to the form and not to the page (ISO 32000-1, 14.7.4.2).  The structure tree keeps
its order; only what points from it to pages is written anew.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from leaflets.paper.rectangle import Rectangle
from leaflets.paper.sheet import Panel
from leaflets.pdf.write.content_stream import rewritten

PT = 72 / 25.4
"""Points in a millimetre."""
NEAR = 0.1
"""In mm: how exactly a page must fit its place, and a place the edge of the trim."""
INSIDE = (4.5, 7.5)
"""Where a fold tick begins and ends, in mm from the edge: office printers leave
about 4 mm white, and text begins at 10 mm."""
INSIDE_LINE = 0.35
"""Thickness in pt of a tick that stands inside the page."""
OUTSIDE_LINE = 0.25
"""Thickness in pt of what a press draws; the thinnest that `sheet.Shop` allows."""
AWAY, LONG, ROOM = 3.0, 5.0, 10.0
"""In mm: crop marks begin at least so far from the trim and are so long; the page
grows by so much beyond the bleed to hold them."""
ACROSS = {
    "/XYZ": (True, False),
    "/FitH": (False,),
    "/FitBH": (False,),
    "/FitV": (True,),
    "/FitBV": (True,),
    "/FitR": (True, False, True, False),
}
"""Which numbers of a destination lie across, and which upright (table 151)."""


@dataclass(frozen=True, slots=True)
class _Move:
    """What became of an old page."""

    page: Any
    """The dictionary of the side on which it stands."""
    side: int
    x: float
    """How far it was moved, in pt to the right and upwards."""
    y: float
    first: int
    """What is added to its marked-content identifiers."""


def impose(
    pdf: Pdf,
    places: tuple[Panel, ...],
    size: tuple[float, float],
    *,
    bleed: float = 0.0,
) -> None:
    """Put the pages of a PDF on the sides of sheets, in place.

    `size` is width and height of a side and `bleed` what is printed beyond it, in
    mm.  A page is cut off at its panel's edges, except at those of the side, where
    it reaches into the bleed.  Places without a page stay empty.  ValueError where
    a page has no place or is not as large as it.
    """
    placed = {place.page: place for place in places}
    olds = list(pdf.pages)
    sides = [
        pdf.make_indirect(_side(size, bleed))
        for _ in range(max(place.side for place in places))
    ]
    drawn: dict[int, list[bytes]] = defaultdict(list)
    used: dict[int, int] = defaultdict(int)
    moves: dict[tuple[int, int], _Move] = {}
    for number, old in enumerate(olds, 1):
        place = placed.get(number)
        if place is None:
            raise ValueError(f"page {number} has no place on a sheet")
        trim = Rectangle.from_corners(map(float, old.trimbox))
        _fitting(number, trim, place)
        index = place.side - 1
        move = _Move(
            page=sides[index],
            side=index,
            x=(place.left + place.shift) * PT - trim.left,
            y=(size[1] - place.top) * PT - trim.top,
            first=used[index],
        )
        moves[old.obj.objgen] = move
        body, used[index] = rewritten(
            pdf, old, sides[index], x=move.x, y=move.y, first=move.first
        )
        clip = _clip(place, size, bleed)
        drawn[index].append(_wrapped(body, clip, size[1], move))
        _carry(old.obj, move)
    del pdf.pages[:]
    for index, side in enumerate(sides):
        side.Contents = pdf.make_stream(b"".join(drawn[index]))
        pdf.pages.append(pikepdf.Page(side))
    if "/StructTreeRoot" in pdf.Root:
        _retag(pdf, sides, moves, used)
    if "/PageLabels" in pdf.Root:
        # They number the old pages.
        del pdf.Root["/PageLabels"]
    for node in pdf.objects:
        _redirect(node, moves)


def mark(
    pdf: Pdf,
    folds: tuple[tuple[float, ...], tuple[float, ...]],
    *,
    bleed: float,
    outside: bool,
) -> None:
    """Draw where sheets are folded and, outside the page, where they are cut.

    `folds` are mm from the left of fronts (odd pages) and backs.  For an office
    printer short black ticks stand in the margin; for a press all marks stand
    outside the bleed (in mm), in black ink alone, and the MediaBox grows for them.
    """
    for index, page in enumerate(pdf.pages):
        trim = Rectangle.from_corners(map(float, page.trimbox))
        across = [trim.left + fold * PT for fold in folds[index % 2]]
        start, end = INSIDE
        if outside:
            start = -max(AWAY, bleed)
            end = start - LONG
            around = Rectangle.from_corners(map(float, page.bleedbox))
            page.obj.TrimBox = Array(_corners(trim))
            page.obj.BleedBox = Array(_corners(around))
            page.obj.MediaBox = _box(trim.grown((bleed + ROOM) * PT))
            if "/CropBox" in page.obj:
                del page.obj["/CropBox"]
        ticks = [_upright(x, trim, start, end) for x in across]
        # ISO 32000-1, 14.8.2.2.2: cut and fold marks are page artifacts.
        if outside:
            marks = f"0 0 0 1 K {OUTSIDE_LINE} w 0 J [] 0 d {_crops(trim, start, end)}"
            marks += f" [1.5 1] 0 d {' '.join(ticks)}"
        elif ticks:
            marks = f"0 G {INSIDE_LINE} w 0 J [] 0 d {' '.join(ticks)}"
        else:
            continue
        page.contents_coalesce()
        before = page.obj.Contents.read_bytes() if "/Contents" in page.obj else b""
        drawing = f"\n/Artifact <</Type /Page>> BDC q {marks} Q EMC\n".encode("ascii")
        page.obj.Contents = pdf.make_stream(b"q\n" + before + b"\nQ" + drawing)


def _side(size: tuple[float, float], bleed: float) -> Dictionary:
    """Make an empty side; its trim begins at 0, 0."""
    trim = Rectangle(left=0.0, top=size[1] * PT, right=size[0] * PT, bottom=0.0)
    whole = trim.grown(bleed * PT)
    return Dictionary(
        Type=Name.Page,
        MediaBox=_box(whole),
        BleedBox=_box(whole),
        TrimBox=_box(trim),
        Resources=Dictionary(),
        Tabs=Name.S,
    )


def _fitting(number: int, trim: Rectangle, place: Panel) -> None:
    """Make sure that a page is as large as its place."""
    width, height = trim.width / PT, trim.height / PT
    if abs(width - place.width) > NEAR or abs(height - place.height) > NEAR:
        raise ValueError(
            f"page {number} is {width:.2f} × {height:.2f} mm, "
            f"its place {place.width:.2f} × {place.height:.2f} mm"
        )


def _clip(place: Panel, size: tuple[float, float], bleed: float) -> Rectangle:
    """Find what a page may paint, in mm from the top left of its side."""
    left, top = place.left, place.top
    right, bottom = left + place.width, top + place.height
    return Rectangle(
        left=left - (bleed if left < NEAR else 0.0),
        top=top - (bleed if top < NEAR else 0.0),
        right=right + (bleed if right > size[0] - NEAR else 0.0),
        bottom=bottom + (bleed if bottom > size[1] - NEAR else 0.0),
    )


def _wrapped(body: bytes, clip: Rectangle, height: float, move: _Move) -> bytes:
    """Shut a page's instructions in, cut to its panel and moved to its place.

    `height` is that of the side in mm, for PDF counts from its foot.
    """
    corner = (clip.left * PT, (height - clip.bottom) * PT)
    numbers = (*corner, clip.width * PT, clip.height * PT)
    frame = " ".join(f"{number:.4f}" for number in numbers)
    head = f"q {frame} re W n 1 0 0 1 {move.x:.4f} {move.y:.4f} cm\n"
    return head.encode("ascii") + body + b"\nQ\n"


def _carry(old: Any, move: _Move) -> None:
    """Move the annotations of a page to its side."""
    for note in old.get("/Annots", ()):
        for key in ("/Rect", "/QuadPoints"):
            if key in note:
                note[key] = Array(
                    _rounded(
                        float(number) + (move.y if index % 2 else move.x)
                        for index, number in enumerate(note[key])
                    )
                )
        if "/StructParent" in note:
            # Set again for those that the structure tree knows.
            del note["/StructParent"]
        if "/Annots" not in move.page:
            move.page.Annots = Array()
        move.page.Annots.append(note)


def _retag(
    pdf: Pdf,
    sides: list[Dictionary],
    moves: dict[tuple[int, int], _Move],
    used: dict[int, int],
) -> None:
    """Renumber what the structure tree points to, and write its way back anew."""
    root = pdf.Root.StructTreeRoot
    parents: list[list[Any]] = [[None] * used[index] for index in range(len(sides))]
    others: list[Any] = []

    def pointed(number: int, element: Any, page: Any) -> int:
        move = moves[page.objgen]
        parents[move.side][number + move.first] = element
        return number + move.first

    # The engine does not hang what stands in page margins into the tree: it is
    # reached from its content only, by the old parent tree, and kept that way.
    queue = [*_listed(root)[::-1], root]
    seen = set()
    while queue:
        element = queue.pop()
        if element.is_indirect and element.objgen in seen:
            continue
        seen.add(element.objgen)
        inside = element.get("/K", Array())
        kids = list(inside) if isinstance(inside, Array) else [inside]
        for index, kid in enumerate(kids):
            if isinstance(kid, int):
                kids[index] = pointed(kid, element, element.Pg)
            elif kid.get("/Type") == Name.MCR:
                if "/Stm" in kid:
                    raise ValueError("content of a stream of its own is not imposed")
                kid.MCID = pointed(int(kid.MCID), element, kid.get("/Pg", element.Pg))
            elif kid.get("/Type") == Name.OBJR:
                kid.Obj.StructParent = len(sides) + len(others)
                others.append(element)
        if kids:
            element.K = Array(kids)
        queue.extend(
            kid
            for kid in kids
            if isinstance(kid, Dictionary)
            and kid.get("/Type") not in (Name.MCR, Name.OBJR)
        )
    numbers: list[Any] = []
    for index, (side, elements) in enumerate(zip(sides, parents, strict=True)):
        side.StructParents = index
        numbers += [index, Array(elements)]
    for index, element in enumerate(others, len(sides)):
        numbers += [index, element]
    root.ParentTree = pdf.make_indirect(Dictionary(Nums=Array(numbers)))
    root.ParentTreeNextKey = len(sides) + len(others)


def _listed(root: Any) -> list[Any]:
    """List the elements that the old parent tree leads to, content by content."""
    listed: list[Any] = []
    if "/ParentTree" in root:
        for value in pikepdf.NumberTree(root.ParentTree).values():
            listed.extend(value if isinstance(value, Array) else [value])
    return [element for element in listed if isinstance(element, Dictionary)]


def _redirect(node: Any, moves: dict[tuple[int, int], _Move]) -> None:
    """Let all that points to an old page point to its side, at the moved place."""
    if isinstance(node, Array):
        if len(node) > 1 and isinstance(node[1], Name):
            move = _moved(node[0], moves)
            for at, across in enumerate(ACROSS.get(str(node[1]), ()), 2):
                if move and at < len(node) and node[at] is not None:
                    moved = float(node[at]) + (move.x if across else move.y)
                    node[at] = round(moved, 4)
        items: list[tuple[Any, Any]] = list(enumerate(node))
    elif isinstance(node, Dictionary | pikepdf.Stream):
        items = list(node.items())
    else:
        return
    for key, value in items:
        if move := _moved(value, moves):
            node[key] = move.page
        elif isinstance(value, Array | Dictionary) and not value.is_indirect:
            _redirect(value, moves)


def _moved(value: Any, moves: dict[tuple[int, int], _Move]) -> _Move | None:
    """Find what became of a page; nothing for what is none."""
    return moves.get(value.objgen) if isinstance(value, Dictionary) else None


def _box(rectangle: Rectangle) -> Array:
    """Write a rectangle in pt, counted upwards, as a PDF does."""
    return Array(_rounded(_corners(rectangle)))


def _corners(rectangle: Rectangle) -> tuple[float, ...]:
    """List left, bottom, right and top."""
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _rounded(numbers: Iterable[float]) -> list[float]:
    return [round(number, 4) for number in numbers]


def _upright(x: float, trim: Rectangle, start: float, end: float) -> str:
    """Draw a line at both ends of a page, from one depth to another, in mm."""
    return " ".join(
        f"{x:.4f} {edge + turn * start * PT:.4f} m"
        f" {x:.4f} {edge + turn * end * PT:.4f} l S"
        for edge, turn in ((trim.top, -1), (trim.bottom, 1))
    )


def _crops(trim: Rectangle, start: float, end: float) -> str:
    """Draw where the sheet is cut: two lines at each corner."""
    lines = [_upright(x, trim, start, end) for x in (trim.left, trim.right)]
    lines += [
        f"{edge + turn * start * PT:.4f} {y:.4f} m"
        f" {edge + turn * end * PT:.4f} {y:.4f} l S"
        for y in (trim.bottom, trim.top)
        for edge, turn in ((trim.left, 1), (trim.right, -1))
    ]
    return " ".join(lines)
