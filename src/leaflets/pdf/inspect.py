"""Inspect: what stands in a finished PDF (door to pikepdf).

Takes the finished bytes and what the layout placed; gives facts.  Text is
compared by glyphs, piece by piece: every fragment of the layout must be drawn,
and nothing else may be.
"""

import io
from collections import Counter
from typing import Any

import pikepdf
from pikepdf import Name, Pdf

from leaflets.composition import Composition
from leaflets.pdf.facts import FontFacts, LayoutFacts, PageFacts, PdfFacts
from leaflets.pdf.shape import Glyph, even, shape

MM = 25.4 / 72
LATIN = "Noto Sans"
"""The family that every locale falls back to."""


def inspect(data: bytes, layout: LayoutFacts, composition: Composition) -> PdfFacts:
    """Measure a finished PDF against the layout that it was written from."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        root = pdf.Root
        hints = root.get("/ViewerPreferences", pikepdf.Dictionary())
        figures, described = _figures(root)
        return PdfFacts(
            tuple(
                _page(page, number, layout, composition)
                for number, page in enumerate(pdf.pages, 1)
            ),
            _fonts(pdf),
            str(pdf.docinfo.get("/Title", "")),
            str(root.get("/Lang", "")),
            bool(hints.get("/DisplayDocTitle", False)),
            "/StructTreeRoot" in root
            and bool(root.get("/MarkInfo", pikepdf.Dictionary()).get("/Marked", False)),
            _conformance(pdf),
            _name(hints.get("/Direction")),
            _name(hints.get("/Duplex")),
            _name(hints.get("/PrintScaling")),
            described,
            figures,
        )


def _name(value: Any) -> str:
    return str(value).removeprefix("/") if value is not None else ""


def _conformance(pdf: Pdf) -> str:
    """Read which norm the file claims to follow."""
    with pdf.open_metadata() as metadata:
        part = metadata.get("pdfuaid:part")
    return f"PDF/UA-{part}" if part else ""


def _page(
    page: pikepdf.Page, number: int, layout: LayoutFacts, composition: Composition
) -> PageFacts:
    """Compare the pieces of text drawn on a page with those laid out on it."""
    box = [float(one) for one in page.trimbox]
    families = tuple(dict.fromkeys((*composition.families, LATIN)))
    drawn = _drawn(page, families)
    found = Counter(filter(None, map(even, drawn)))
    undrawn = []
    for index, fragment in enumerate(layout.fragments):
        if fragment.page == number:
            language = composition.language
            fonts = (*fragment.families, LATIN)
            wanted = shape(fragment.text, fonts, fragment.weight, language)
            if wanted and not found[wanted]:
                undrawn.append(index)
            elif wanted:
                found[wanted] -= 1
    return PageFacts(
        round((box[2] - box[0]) * MM, 2),
        round((box[3] - box[1]) * MM, 2),
        sum(len(one) for one in drawn),
        sum(glyph == 0 for one in drawn for _, glyph in one),
        tuple(undrawn),
        sum(found.values()),
    )


def _drawn(page: pikepdf.Page, families: tuple[str, ...]) -> list[list[Glyph]]:
    """List the glyphs of every text object of a page, empty ones left out."""
    fonts = {
        name: _family(str(font.get("/BaseFont", "")), families)
        for name, font in page.resources.get("/Font", pikepdf.Dictionary()).items()
    }
    pieces: list[list[Glyph]] = []
    current: list[Glyph] = []
    family = ""
    for step in pikepdf.parse_content_stream(page):
        operands = step.operands
        match str(step.operator):
            case "BT":
                current = []
            case "Tf":
                family = fonts.get(str(operands[0]), "")
            case "Tj" | "TJ":
                parts = operands[0] if str(step.operator) == "TJ" else [operands[0]]
                for part in parts:
                    if isinstance(part, pikepdf.String):
                        codes = bytes(part)
                        current.extend(
                            (family, int.from_bytes(codes[at : at + 2], "big"))
                            for at in range(0, len(codes), 2)
                        )
            case "ET" if current:
                pieces.append(current)
                current = []
    return pieces


def _family(name: str, families: tuple[str, ...]) -> str:
    """Find which of our families a font's name in the file means; empty for none."""
    plain = name.removeprefix("/").rpartition("+")[2].replace("-", "").lower()
    fitting = [
        one for one in families if plain.startswith(one.replace(" ", "").lower())
    ]
    return max(fitting, key=len, default="")


def _fonts(pdf: Pdf) -> tuple[FontFacts, ...]:
    """List the fonts of the file, each once."""
    found = set()
    for page in pdf.pages:
        fonts = page.resources.get("/Font", pikepdf.Dictionary())
        for font in fonts.values():
            inner = font.get("/DescendantFonts", [font])[0]
            descriptor = inner.get("/FontDescriptor", pikepdf.Dictionary())
            embedded = any(f"/FontFile{end}" in descriptor for end in ("", "2", "3"))
            name = str(font.get("/BaseFont", "")).removeprefix("/").partition("+")
            found.add(FontFacts(name[2] or name[0], embedded))
    return tuple(sorted(found, key=lambda one: one.name))


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
