"""Inspect: what stands in a finished PDF (door to pikepdf).

Takes the finished bytes and what the layout placed; gives facts.  Text is
compared by glyphs, piece by piece: every fragment of the layout must be drawn, in
its order, at its place and so that it is seen, and nothing else may be.
"""

import io
import re
import unicodedata
from collections import defaultdict
from dataclasses import replace
from typing import Any

import pikepdf
from pikepdf import Name, Pdf

from leaflets.languages.bidi import visual
from leaflets.languages.scripts import is_cased
from leaflets.pages.composition import Composition
from leaflets.paper.rectangle import Rectangle
from leaflets.pdf.facts import (
    FontFacts,
    Fragment,
    LayoutFacts,
    PageFacts,
    PdfFacts,
    Small,
    Unseen,
)
from leaflets.pdf.fonts.shape import UNSEEN, Glyph, shape, without_spaces, x_heights
from leaflets.pdf.read.colour import Light
from leaflets.pdf.read.drawn_text import Area, Piece, contains, drawn
from leaflets.pdf.read.interpreter import Point, interpreted
from leaflets.pdf.read.paint import painted
from leaflets.pdf.read.raster import codes_seen

MM = 25.4 / 72
LATIN = "Noto Sans"
"""The family that every locale falls back to."""
JOINED = re.compile("[\u0600-\u08ff\u0900-\u0dff\ufb50-\ufdff\ufe70-\ufefc]")
"""Letters of the scripts whose glyphs do not lead back to letters."""
NEAR = 0.3
"""Millimetres between where text was laid out and where it is drawn."""
PLACES = (0.1, 0.5, 0.9)
"""Where along a piece of text its ground is looked at."""
LARGE_CONTRAST, LARGE, LARGE_BOLD = (3.0, 4.5), 18, 14
"""WCAG 2.2, success criteria 1.4.3 and 1.4.6; large type is 18 pt and more, or bold
and 14 pt and more."""

READABLE = round(9 * 0.448 * MM, 2)
"""Least height of small letters in mm: those of Times New Roman (0.448 em) in 9 pt,
the least type of the EU guideline on readability (2009, section A.1)."""
SANS = 0.536 * 0.9
"""Height of Noto Sans' small letters in em (OS/2, sxHeight), and a tenth less: what
an edition's smallest type means in letters that have small ones."""


def inspect(data: bytes, layout: LayoutFacts, composition: Composition) -> PdfFacts:
    """Measure a finished PDF against the layout that it was written from."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        # First: whoever opens the XMP packet has it written into the document's info.
        title = str(pdf.docinfo.get("/Title", ""))
        root = pdf.Root
        hints = root.get("/ViewerPreferences", pikepdf.Dictionary())
        figures, described = _figures(root)
        sides = _sides(layout, composition)
        version, condition, registry, components = _press(pdf)
        return PdfFacts(
            pages=tuple(
                _page(page, sides.get(number, []), composition)
                for number, page in enumerate(pdf.pages, 1)
            ),
            fonts=_fonts(pdf),
            title=title,
            language=str(root.get("/Lang", "")),
            shows_title=bool(hints.get("/DisplayDocTitle", False)),
            tagged="/StructTreeRoot" in root
            and bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)),
            conformance=_conformance(pdf),
            direction=_name(hints.get("/Direction")),
            duplex=_name(hints.get("/Duplex")),
            scaling=_name(hints.get("/PrintScaling")),
            alternates=described,
            figures=figures,
            pdfx=version,
            condition=condition,
            registry=registry,
            components=components,
            codes=codes_seen(data) if composition.online else (),
        )


def _name(value: Any) -> str:
    return str(value).removeprefix("/") if value is not None else ""


def _conformance(pdf: Pdf) -> str:
    """Read which norm the file claims to follow."""
    with pdf.open_metadata() as metadata:
        part = metadata.get("pdfuaid:part")
    return f"PDF/UA-{part}" if part else ""


def _press(pdf: Pdf) -> tuple[str, str, str, int]:
    """Read the PDF/X version, the condition, its registry and its number of inks."""
    with pdf.open_metadata() as metadata:
        version = metadata.get("{http://www.npes.org/pdfx/ns/id/}GTS_PDFXVersion")
    for intent in pdf.Root.get("/OutputIntents", ()):
        if intent.get("/S") == Name("/GTS_PDFX"):
            profile = intent.get("/DestOutputProfile", pikepdf.Dictionary())
            condition = str(intent.get("/OutputConditionIdentifier", ""))
            registry = str(intent.get("/RegistryName", ""))
            return str(version or ""), condition, registry, int(profile.get("/N", 0))
    return str(version or ""), "", "", 0


Placed = list[tuple[int, Fragment]]
"""Fragments by their index in the layout, where they stand on a side."""


def _sides(layout: LayoutFacts, composition: Composition) -> dict[int, Placed]:
    """Move what was laid out to its place on the sides of the finished file."""
    panels = {panel.page: panel for panel in composition.places(layout.pages)}
    sides: dict[int, Placed] = defaultdict(list)
    for index, fragment in enumerate(layout.fragments):
        panel = panels[fragment.page]
        right, down = panel.left + panel.shift, panel.top
        if right or down:
            fragment = replace(
                fragment,
                left=fragment.left + right,
                right=fragment.right + right,
                top=fragment.top + down,
                bottom=fragment.bottom + down,
                baseline=fragment.baseline + down,
            )
        sides[panel.side].append((index, fragment))
    return sides


def _page(page: pikepdf.Page, placed: Placed, composition: Composition) -> PageFacts:
    """Compare the pieces of text drawn on a side with those that belong on it."""
    left, bottom, right, top = map(float, page.trimbox)
    families = tuple(dict.fromkeys((*composition.families, LATIN)))
    steps = interpreted(page)
    pieces, areas = drawn(page, families, steps)
    paint = painted(page, steps)
    undrawn, unseen, unexplained = _compared(pieces, areas, placed, composition)
    height, smallest, small = _letters_of(placed, composition)
    return PageFacts(
        width=round((right - left) * MM, 2),
        height=round((top - bottom) * MM, 2),
        glyphs=sum(len(piece.glyphs) for piece in pieces),
        notdef=sum(glyph == 0 for piece in pieces for _, glyph in piece.glyphs),
        undrawn=undrawn,
        unseen=unseen,
        unexplained=unexplained,
        **_boxes(page),
        thinnest=paint.thinnest,
        spaces=paint.spaces,
        ink=paint.ink,
        coloured_text=paint.coloured_text,
        images=paint.images,
        ppi=paint.ppi,
        x_height=height,
        smallest=smallest,
        small=small,
    )


def _compared(
    pieces: list[Piece], areas: list[Area], placed: Placed, composition: Composition
) -> tuple[tuple[int, ...], tuple[Unseen, ...], int]:
    """List fragments that are not drawn, and not as set; count what is drawn besides."""
    glyphs: dict[int, tuple[Glyph, ...]] = {}
    left = defaultdict(list)
    for piece in pieces:
        if there := without_spaces(piece.glyphs):
            glyphs[piece.order] = there
            left[tuple(sorted(there))].append(piece)
    undrawn, unseen = [], []
    for index, fragment in placed:
        wanted = shape(
            fragment.text,
            (*fragment.families, LATIN),
            fragment.weight,
            fragment.language,
            fragment.direction,
        )
        candidates = left[tuple(sorted(wanted))]
        if not candidates:
            if wanted:
                undrawn.append(index)
            continue
        # Equal texts on one page are told apart by order, then by place.
        fits = [
            (glyphs[piece.order] != wanted, _distance(piece, fragment))
            for piece in candidates
        ]
        piece = candidates.pop(fits.index(min(fits)))
        if glyphs[piece.order] != wanted:
            unseen.append(Unseen(index, "disordered"))
        elif hidden := _hidden(piece, fragment, areas, composition.contrast):
            unseen.append(Unseen(index, *hidden))
        elif not _readable(piece, fragment):
            unseen.append(Unseen(index, "unreadable"))
    return tuple(undrawn), tuple(unseen), sum(map(len, left.values()))


def _boxes(page: pikepdf.Page) -> dict[str, Rectangle | None]:
    """Measure media, bleed, trim and crop box, in mm from the top left of the media."""
    media = [float(number) for number in page.mediabox]

    def measured(box: Any) -> Rectangle | None:
        if not len(box):
            return None
        left, bottom, right, top = (float(number) for number in box)
        return Rectangle(
            left=round((left - media[0]) * MM, 2),
            top=round((media[3] - top) * MM, 2),
            right=round((right - media[0]) * MM, 2),
            bottom=round((media[3] - bottom) * MM, 2),
        )

    return {
        "media": measured(media),
        "bleed": measured(page.obj.get("/BleedBox", ())),
        "trim": measured(page.obj.get("/TrimBox", ())),
        "crop": measured(page.obj.get("/CropBox", ())),
    }


def _letters_of(
    placed: Placed, composition: Composition
) -> tuple[float, int, tuple[Small, ...]]:
    """Find the smallest letters of a side, and all that are too small, in mm."""
    floor = max(READABLE, round(composition.minimum_size * SANS * MM, 2))
    measured: list[tuple[float, int]] = []
    small: dict[int, Small] = {}
    for index, fragment in placed:
        families = (*fragment.families, LATIN)
        for script, part in x_heights(fragment.text, families, fragment.weight):
            height = round(part * fragment.size * MM, 2)
            measured.append((height, index))
            if height < (floor if is_cased(script) else READABLE):
                small[index] = Small(index, height)
    return *min(measured, default=(0.0, -1)), tuple(small.values())


def _distance(piece: Piece, fragment: Fragment) -> float:
    """Measure how far a piece is drawn from where it was laid out, in mm."""
    across = abs(piece.left - fragment.left)
    return max(across, abs(piece.baseline - fragment.baseline))


def _hidden(
    piece: Piece, fragment: Fragment, areas: list[Area], wanted: float
) -> tuple[str, float] | None:
    """Say why a piece of text cannot be seen where it was laid out.

    Looked at in the middle of small letters, near both ends and between: what is
    painted there before the text is its ground, what is painted later covers it.
    """
    scaled = abs(piece.size - fragment.size) > 0.01 * fragment.size
    if scaled or _distance(piece, fragment) > NEAR:
        return "displaced", 0.0
    if piece.colour is None:
        return "unpainted", 0.0
    height = piece.size * MM / 4
    across = [
        fragment.left + (fragment.right - fragment.left) * part for part in PLACES
    ]
    clip = piece.clip
    # Small letters are about half as high as the type is large.
    if (
        min(across) < clip.left
        or max(across) > clip.right
        or piece.baseline - 2 * height < clip.top
        or piece.baseline > clip.bottom + NEAR
    ):
        return "clipped", 0.0
    lowest = 99.0
    for x in across:
        ground = _ground(areas, piece, (x, piece.baseline - height))
        if ground is None:
            return "covered", 0.0
        ink = mixed(piece.colour, ground, piece.alpha)
        lowest = min(lowest, contrast(ink, ground))
    bold = fragment.weight >= 700 and fragment.size >= LARGE_BOLD
    large = fragment.size >= LARGE or bold
    least = wanted if not large else LARGE_CONTRAST[wanted > 4.5]
    return ("faint", round(lowest, 2)) if lowest < least else None


def _ground(areas: list[Area], piece: Piece, point: Point) -> Light | None:
    """Mix what is painted at a point before a text; None where it is covered later."""
    ground: Light = (1.0, 1.0, 1.0)
    for area in areas:
        if contains(area, point):
            if area.order > piece.order and area.alpha > 0:
                return None
            ground = mixed(area.colour, ground, area.alpha)
    return ground


def _readable(piece: Piece, fragment: Fragment) -> bool:
    """Return whether those who copy the text, or listen to it, get the same letters.

    Not asked of joined and reordered scripts: the engine gives each glyph one
    meaning, the first it had, and in Arabic and Hindi about half of the lines
    cannot be read back.  There the glyphs alone are the proof.
    """
    if JOINED.search(fragment.text):
        return True
    order = visual(fragment.text, fragment.direction)
    wanted = "".join(fragment.text[index] for index in order)
    return _letters(piece.text) == _letters(wanted)


def _letters(text: str) -> str:
    """Fold a text to what is read: composed, no white space, no steering signs."""
    return "".join(unicodedata.normalize("NFC", UNSEEN.sub("", text)).split())


def mixed(over: Light, under: Light, alpha: float) -> Light:
    """Lay a colour over another."""
    red, green, blue = (
        upper * alpha + lower * (1 - alpha)
        for upper, lower in zip(over, under, strict=True)
    )
    return red, green, blue


def contrast(first: Light, second: Light) -> float:
    """Measure the contrast of two colours, from 1 to 21 (WCAG 2.2, contrast ratio)."""
    light, dark = sorted(map(_luminance, (first, second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Light) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _fonts(pdf: Pdf) -> tuple[FontFacts, ...]:
    """List the fonts of the file, each once."""
    facts = set()
    for page in pdf.pages:
        fonts = page.resources.get("/Font", pikepdf.Dictionary())
        for font in fonts.values():
            inner = font.get("/DescendantFonts", [font])[0]
            descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
            embedded = any(f"/FontFile{end}" in descriptor for end in ("", "2", "3"))
            name = str(font.get("/BaseFont", "")).removeprefix("/").partition("+")
            facts.add(FontFacts(name[2] or name[0], embedded))
    return tuple(sorted(facts, key=lambda font: font.name))


def _figures(root: Any) -> tuple[int, int]:
    """Count the figures in the structure tree, and those with a text."""
    total = described = 0
    queue = [root.get("/StructTreeRoot")]
    while queue:
        node = queue.pop()
        if isinstance(node, pikepdf.Array):
            queue.extend(node)
        elif isinstance(node, pikepdf.Dictionary):
            if node.get("/S") == Name("/Figure"):
                total += 1
                described += bool(str(node.get("/Alt", "")).strip())
            if "/K" in node and node.get("/Type") != Name("/OBJR"):
                queue.append(node["/K"])
    return total, described
