"""Stamp: a clinic's own lines and code drawn into a finished file (door to pikepdf).

The leaflet is not laid out again: what a clinic gives is drawn on the lines that were
left for it, in a content stream, fonts and tags of its own.  Nothing that was in the
file changes but the note that keeps the code's place free, and that is proven
afterwards, stream by stream.
"""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf

from leaflets.pages.contract import CODE_BLANK
from leaflets.paper.colours import INK, WHITE, fill_operator
from leaflets.paper.sheet import Panel
from leaflets.pdf.facts import Blank
from leaflets.pdf.fonts.lines import Line
from leaflets.pdf.read.drawn_text import drawn
from leaflets.pdf.read.raster import Pixels
from leaflets.pdf.stamp.lettering import Lettering, embed, shown
from leaflets.pdf.stamp.logo import Room, embed_logo, logo_drawn, room_beside
from leaflets.pdf.write.save import saved

PT = 72 / 25.4
SLACK = 1.5
"""In mm: how far from its frame the space in a blank may stand."""
QUIET = 4
"""Modules of white around a code (ISO/IEC 18004)."""
DRAWING = frozenset({"Tj", "TJ", "Do", "f", "f*", "S", "B", "sh"})


@dataclass(frozen=True, slots=True)
class Place:
    """A blank of a finished file; lengths in mm from the top left of the trim."""

    key: str
    page: int
    """0-based."""
    left: float
    top: float
    width: float
    height: float
    mcid: int
    """Marked content whose structure element holds what is drawn there."""


@dataclass(frozen=True, slots=True)
class Form:
    """A released leaflet, ready to be stamped."""

    data: bytes
    places: tuple[Place, ...]
    streams: tuple[tuple[str, int], ...]
    """Digest of every stream in it, and how often it is there."""
    press: bool
    free: tuple[int, ...]
    """The next identifier of marked content, of each page."""
    room: Room
    """For a logo."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A line to draw in a blank, set already."""

    place: Place
    line: Line
    size: float
    """In pt."""
    weight: int
    language: str
    """BCP 47."""
    at_right: bool
    """Whether it stands at the right end of its blank."""


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code to draw in its place."""

    place: Place
    rows: tuple[tuple[bool, ...], ...]
    address: str

    @property
    def module(self) -> float:
        """Side of a module in mm."""
        room = min(self.place.width, self.place.height)
        return room / (len(self.rows) + 2 * QUIET)


def prepare(
    data: bytes,
    blanks: Sequence[Blank],
    panels: Sequence[Panel],
    families: tuple[str, ...],
    *,
    press: bool,
    code: bool,
    right_to_left: bool,
) -> Form:
    """Find the blanks of a finished file; ValueError where one is not to be found.

    With `code`, the note that keeps its place free is taken out.
    """
    where = {panel.page: panel for panel in panels}
    places = []
    with Pdf.open(io.BytesIO(data)) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        empty: dict[int, list[int]] = {}
        for blank in blanks:
            panel = where[blank.page]
            index = panel.side - 1
            page = pdf.pages[index]
            parents = tree[int(page.obj.StructParents)]
            left = panel.left + panel.shift + blank.left
            top = panel.top + blank.top
            if index not in empty:
                empty[index] = _empty(page, parents)
            if blank.key == CODE_BLANK:
                if not code:
                    continue
                gone = _written(page, families, left, top, blank)
                number = _clear(pdf, page, gone, parents)
            else:
                number = empty[index].pop(0) if empty[index] else -1
            if number < 0:
                raise ValueError(f"nothing marks the place of {blank.key}")
            size = (blank.width, blank.height)
            places.append(Place(blank.key, index, left, top, *size, number))
        if any(empty.values()):
            raise ValueError("there are more empty paragraphs than blanks")
        room = _room(pdf, places, families, right_to_left)
        free = []
        for page in pdf.pages:
            # What is drawn later begins with a graphics state of its own.
            before = list(page.obj.Contents) if _many(page) else [page.obj.Contents]
            page.obj.Contents = Array(
                [pdf.make_stream(b"q\n"), *before, pdf.make_stream(b"\nQ\n")]
            )
            free.append(len(tree[int(page.obj.StructParents)]))
        whole = saved(pdf)
    return Form(whole, tuple(places), _streams(whole), press, tuple(free), room)


def _room(
    pdf: Pdf, places: list[Place], families: tuple[str, ...], right_to_left: bool
) -> Room:
    """Find where a logo may stand: beside the name, or the first two plain lines."""
    names = ("name-1", "line-1", "line-2")
    first = [place for place in places if place.key in names]
    if not first:
        raise ValueError("nothing marks the place of the name")
    written = drawn(pdf.pages[first[0].page], families)[0]
    lines = [
        (place.key, place.left, place.top, place.width, place.height) for place in first
    ]
    return room_beside(lines, written, first[0].page, right_to_left=right_to_left)


def stamp(
    form: Form, marks: Sequence[Mark], code: Code | None, logo: Pixels | None = None
) -> bytes:
    """Draw a clinic's lines, code and logo into a form.

    Equal input gives equal bytes.
    """
    with Pdf.open(io.BytesIO(form.data)) as pdf:
        tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
        letterings = embed(pdf, ((mark.weight, mark.line) for mark in marks))
        free = list(form.free)
        pages = {mark.place.page for mark in marks}
        if logo:
            pages.add(form.room.page)
        for index in sorted(pages | ({code.place.page} if code else set())):
            page = pdf.pages[index].obj
            parents = tree[int(page.StructParents)]
            height = float(pdf.pages[index].trimbox[3])
            origin = float(pdf.pages[index].trimbox[0])
            drawing = []
            if logo and form.room.page == index:
                pictures = _resource(page, "/XObject")
                pictures["/ClinicLogo"] = embed_logo(pdf, logo, press=form.press)
                white = fill_operator(WHITE, press=form.press)
                drawing.append(logo_drawn(logo, form.room, origin, height, white))
            for mark in marks:
                if mark.place.page == index:
                    element = parents[mark.place.mcid]
                    parents.append(element)
                    element.K = Array([*_kids(element), free[index]])
                    element.Lang = pikepdf.String(mark.language)
                    drawing.append(
                        _text(mark, free[index], letterings, origin, height, form.press)
                    )
                    free[index] += 1
            if code and code.place.page == index:
                _figure(parents[code.place.mcid], code, page)
                drawing.append(_squares(code, origin, height, form.press))
            for font in letterings.values():
                _resource(page, "/Font")[f"/{font.name}"] = font.object
            page.Contents.append(pdf.make_stream(b"".join(drawing)))
        return saved(pdf)


def proves(form: Form, data: bytes, more: int) -> bool:
    """Return whether a stamped file holds every stream of its form, and so many more."""
    before, after = Counter(dict(form.streams)), Counter(dict(_streams(data)))
    return before <= after and (after - before).total() <= more


def _empty(page: pikepdf.Page, parents: Any) -> list[int]:
    """List the paragraphs of a page in which nothing is drawn, by their content."""
    empty: list[int] = []
    number, drawn_in = -1, 0
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator == "BDC":
            number, drawn_in = _number(step), 0
        elif operator in DRAWING:
            drawn_in += 1
        elif operator == "EMC":
            if number >= 0 and not drawn_in:
                above = parents[number].P
                if above.S == Name.P and len(_kids(above)) == 1:
                    empty.append(number)
            number = -1
    return empty


def _written(
    page: pikepdf.Page,
    families: tuple[str, ...],
    left: float,
    top: float,
    blank: Blank,
) -> set[int]:
    """List the marked content that is written in a frame."""
    return {
        piece.mcid
        for piece in drawn(page, families)[0]
        if left - SLACK <= piece.left <= left + blank.width + SLACK
        and top - SLACK <= piece.baseline <= top + blank.height + SLACK
        and piece.mcid >= 0
    }


def _clear(pdf: Pdf, page: pikepdf.Page, gone: set[int], parents: Any) -> int:
    """Take marked content out of a page and its tree; its first identifier is free."""
    if not gone:
        return -1
    kept: list[Any] = []
    depth = skip = 0
    for step in pikepdf.parse_content_stream(page):
        operator = str(step.operator)
        if operator in ("BDC", "BMC"):
            depth += 1
            if not skip and _number(step) in gone:
                skip = depth
        if not skip:
            kept.append(step)
        if operator == "EMC":
            skip = 0 if skip == depth else skip
            depth -= 1
    page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))
    first = min(gone)
    for number in sorted(gone - {first}):
        _unhang(parents[number])
        parents[number] = None
    return first


def _number(step: Any) -> int:
    """Read the identifier that marked content begins with; -1 where it has none."""
    if len(step.operands) > 1 and isinstance(step.operands[1], Dictionary):
        return int(step.operands[1].get("/MCID", -1))
    return -1


def _unhang(element: Any) -> None:
    """Take an element out of the structure tree."""
    above = element.P
    kids = [kid for kid in _kids(above) if not _same(kid, element)]
    above.K = Array(kids)


def _same(kid: Any, element: Any) -> bool:
    return isinstance(kid, Dictionary) and kid.objgen == element.objgen


def _figure(element: Any, code: Code, page: Any) -> None:
    """Make a figure of the element that held the note (ISO 32000-1, 14.8.4.5)."""
    element.S = Name.Figure
    element.K = Array([code.place.mcid])
    element.Pg = page
    element.Alt = pikepdf.String(code.address)


def _text(
    mark: Mark,
    number: int,
    letterings: dict[tuple[str, int], Lettering],
    origin: float,
    height: float,
    press: bool,
) -> bytes:
    """Write a line as marked content; its exact words stand beside the glyphs."""
    place, width = mark.place, mark.line.width * mark.size
    left = origin + place.left * PT
    if mark.at_right:
        left += place.width * PT - width
    up = height - (place.top + place.height) * PT + mark.size * 0.34
    words = pikepdf.String(mark.line.text).unparse(resolved=True)
    ink = fill_operator(INK, press=press)
    return b"".join(
        (
            b"/P <</MCID %d /ActualText %s>> BDC q %s BT\n" % (number, words, ink),
            shown(mark.line, mark.weight, mark.size, (left, up), letterings),
            b"ET Q EMC\n",
        )
    )


def _squares(code: Code, origin: float, height: float, press: bool) -> bytes:
    """Draw a code, runs of dark modules as one, on white."""
    place, side = code.place, code.module * PT
    room = side * (len(code.rows) + 2 * QUIET)
    left = origin + (place.left + place.width / 2) * PT - room / 2
    top = height - (place.top + place.height / 2) * PT + room / 2
    white = fill_operator(WHITE, press=press)
    ink = fill_operator(INK, press=press)
    over = 0.6 * PT
    frame = (
        origin + place.left * PT - over,
        height - (place.top + place.height) * PT - over,
        place.width * PT + 2 * over,
        place.height * PT + 2 * over,
    )
    parts = [
        b"/Artifact BMC q %s %.3f %.3f %.3f %.3f re f Q EMC\n" % (white, *frame),
        b"/Figure <</MCID %d>> BDC q %s\n" % (place.mcid, ink),
    ]
    for row, modules in enumerate(code.rows):
        start = None
        for column, dark in enumerate((*modules, False)):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                x = left + (start + QUIET) * side
                y = top - (row + QUIET + 1) * side
                long = (column - start) * side
                parts.append(b"%.3f %.3f %.3f %.3f re\n" % (x, y, long, side))
                start = None
    return b"".join((*parts, b"f Q EMC\n"))


def _resource(page: Any, kind: str) -> Any:
    resources = page.Resources
    if kind not in resources:
        resources[kind] = Dictionary()
    return resources[kind]


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def _many(page: pikepdf.Page) -> bool:
    return isinstance(page.obj.Contents, Array)


def _streams(data: bytes) -> tuple[tuple[str, int], ...]:
    """Digest every stream of a file; object and reference streams are its wrapping."""
    digests: Counter[str] = Counter()
    with Pdf.open(io.BytesIO(data)) as pdf:
        for thing in pdf.objects:
            wrapping = (Name.ObjStm, Name.XRef)
            if isinstance(thing, pikepdf.Stream) and thing.get("/Type") not in wrapping:
                digests[sha256(thing.read_raw_bytes()).hexdigest()] += 1
    return tuple(sorted(digests.items()))
