"""Meanings: what each glyph says to those who copy a text or listen to it.

Takes the engine's PDF and mends its /ToUnicode maps (ISO 32000-1, 9.10.3).  The engine
gives a glyph the letters of the first cluster it stood in: a dot below that was drawn
under an i is read as the whole letter ever after, and an o that stood below its dot
first is not read at all.  A glyph that a font has for one character alone says that
character.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from pikepdf import Array, Dictionary, Name, Pdf

from leaflets.pdf.fonts.shape import characters, family_of

END = b"endcmap"
ENTRY = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")


def mend_meanings(pdf: Pdf, families: tuple[str, ...]) -> None:
    """Let every glyph that stands for one character say it, in all fonts of a file."""
    for font in pdf.objects:
        if (
            isinstance(font, Dictionary)
            and font.get("/Type") == Name.Font
            and "/ToUnicode" in font
        ):
            name = str(font.get("/BaseFont", ""))
            if family := family_of(name, families):
                known = _own(family, _weight(name))
                table = font.ToUnicode.read_bytes()
                table = ENTRY.sub(partial(_mended, known=known), table)
                listed = {int(entry[1], 16) for entry in ENTRY.finditer(table)}
                silent = (_drawn(font) - listed) & set(known)
                more = {glyph: known[glyph] for glyph in sorted(silent)}
                font.ToUnicode.write(table.replace(END, entries(more) + END))


def _drawn(font: Any) -> set[int]:
    """List the glyphs that a font of the file is used for: those with a width."""
    glyphs: set[int] = set()
    first = 0
    for part in font.DescendantFonts[0].get("/W", ()):
        if isinstance(part, Array):
            glyphs.update(range(first, first + len(part)))
        else:
            first = int(part)
    return glyphs


def entries(meanings: Mapping[int, str]) -> bytes:
    """Write what glyphs mean, at most 100 in a block (Adobe technical note 5014)."""
    lines = [_entry(glyph, text) for glyph, text in meanings.items()]
    blocks = (lines[start : start + 100] for start in range(0, len(lines), 100))
    return b"".join(
        b"%d beginbfchar\n%s\nendbfchar\n" % (len(block), b"\n".join(block))
        for block in blocks
    )


def _entry(glyph: int, text: str) -> bytes:
    return b"<%04x> <%s>" % (glyph, text.encode("utf-16-be").hex().encode())


def _mended(entry: re.Match[bytes], known: dict[int, str]) -> bytes:
    """Write one entry anew; the range of all codes looks alike and stays."""
    char = known.get(int(entry[1], 16))
    if char is None or entry[0].lower() == b"<0000> <ffff>":
        return entry[0]
    return _entry(int(entry[1], 16), char)


def _weight(name: str) -> int:
    plain = name.lower().replace("-", "")
    if plain.endswith("semibold"):
        return 600
    return 700 if plain.endswith("bold") else 400


@cache
def _own(family: str, weight: int) -> dict[int, str]:
    """Map each glyph that has just one character to it.

    Forms that Unicode keeps for old fonts only (ligatures, joined letters) are not
    what anybody means.
    """
    characters_of: dict[int, list[str]] = {}
    for char, glyph in characters(family, weight):
        # A bracket is drawn by its mirror image where lines run from the right.
        twin = char if unicodedata.mirrored(char) else ""
        plain = unicodedata.normalize("NFKC", char) == unicodedata.normalize(
            "NFC", char
        )
        if plain or twin:
            characters_of.setdefault(glyph, []).extend(
                (char, twin) if twin else (char,)
            )
    return {glyph: char for glyph, (char, *more) in characters_of.items() if not more}
