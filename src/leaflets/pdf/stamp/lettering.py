"""Lettering: fonts for a few lines, embedded in a file (door to pikepdf).

Takes lines that are set; gives each font that they use, cut down to their glyphs, and
the instructions that show them (ISO 32000-1, 9.7: composite fonts).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

from leaflets.pdf.fonts.lines import Cut, Line, cut
from leaflets.pdf.write.tounicode import entries

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SYMBOLIC = 4
"""Flag of a font whose glyphs are named by number (table 123)."""
CMAP = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
%sendcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


@dataclass(frozen=True, slots=True)
class Lettering:
    """A font of a file."""

    name: str
    """In the page's resources."""
    object: Any
    numbers: dict[int, int]
    """From the number of a glyph in the whole font to that in this one."""
    widths: tuple[float, ...]


def embed(
    pdf: Pdf, lines: Iterable[tuple[int, Line]]
) -> dict[tuple[str, int], Lettering]:
    """Embed what the lines (with their weights) are set in, by family and weight."""
    used: dict[tuple[str, int], dict[int, str]] = defaultdict(dict)
    for weight, line in lines:
        for glyph in line.glyphs:
            known = used[glyph.family, weight]
            known[glyph.number] = known.get(glyph.number) or glyph.text
    return {
        key: _embedded(pdf, index, *key, meanings)
        for index, (key, meanings) in enumerate(sorted(used.items()))
    }


def shown(
    line: Line,
    weight: int,
    size: float,
    start: tuple[float, float],
    letterings: dict[tuple[str, int], Lettering],
) -> bytes:
    """Write the instructions that show a line from a point on, in pt."""
    left, up = start
    parts = []
    for (family, rise), group in groupby(
        line.glyphs, key=lambda glyph: (glyph.family, glyph.up)
    ):
        lettering = letterings[family, weight]
        parts.append(b"/%s %.3f Tf " % (lettering.name.encode("ascii"), size))
        base = up + rise * size / 1000
        parts.append(b"1 0 0 1 %.3f %.3f Tm [" % (left, base))
        for glyph in group:
            number = lettering.numbers[glyph.number]
            if glyph.across:
                parts.append(b"%.2f " % -glyph.across)
            parts.append(b"<%04x> " % number)
            # The pen has moved by the font's own width; it shall by the line's.
            rest = lettering.widths[number] + glyph.across - glyph.advance
            if abs(rest) > 0.005:
                parts.append(b"%.2f " % rest)
            left += glyph.advance * size / 1000
        parts.append(b"] TJ\n")
    return b"".join(parts)


def _embedded(
    pdf: Pdf, index: int, family: str, weight: int, meanings: dict[int, str]
) -> Lettering:
    small = cut(family, weight, frozenset(meanings))
    numbers = dict(small.numbers)
    name = Name(f"/{_tag(small)}+{family.replace(' ', '')}-W{weight}")
    file = pdf.make_stream(small.data)
    file.Length1 = len(small.data)
    descriptor = Dictionary(
        Type=Name.FontDescriptor,
        FontName=name,
        Flags=SYMBOLIC,
        FontBBox=Array(small.box),
        ItalicAngle=0,
        Ascent=small.ascent,
        Descent=small.descent,
        CapHeight=small.ascent,
        StemV=80,
        FontFile2=file,
    )
    widths = Array([0, Array([_plain(width) for width in small.widths])])
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
        W=widths,
        DW=1000,
        CIDToGIDMap=Name.Identity,
    )
    outer = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=name,
        Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]),
        ToUnicode=pdf.make_stream(_meanings(numbers, meanings)),
    )
    font = pdf.make_indirect(outer)
    return Lettering(f"Clinic{index}", font, numbers, small.widths)


def _meanings(numbers: dict[int, int], meanings: dict[int, str]) -> bytes:
    """Say what each glyph stands for; a part of a cluster says its joiner's silence."""
    said = {
        numbers[glyph]: text or "\u200b" for glyph, text in sorted(meanings.items())
    }
    return CMAP % entries(said)


def _tag(small: Cut) -> str:
    """Make six letters that tell one cut of a font from another (9.6.4)."""
    number = int(sha256(small.data).hexdigest()[:12], 16)
    tag = ""
    for _ in range(6):
        number, rest = divmod(number, len(LETTERS))
        tag += LETTERS[rest]
    return tag


def _plain(number: float) -> float | int:
    return int(number) if number == int(number) else number
