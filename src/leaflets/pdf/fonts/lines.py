"""Lines: one line of given text set by itself, and the fonts cut down to it.

Takes text, fonts and a direction; gives glyphs with their places in thousandths of an
em from the left (door to HarfBuzz).  What is given is never broken: a line that is too
wide is for its author to shorten.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

import uharfbuzz

from leaflets.languages.bidi import levels, seen
from leaflets.pdf.fonts.shape import UNSEEN, covers, face_of, runs, shaped

LAYOUT = (
    "GDEF",
    "GPOS",
    "GSUB",
    "STAT",
    "BASE",
    "JSTF",
    "DSIG",
    "meta",
    "name",
    "post",
)
"""Tables that a file does not need: the glyphs are placed already (ISO 32000-1, 9.9)."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a line."""

    family: str
    number: int
    """In the whole font."""
    text: str
    """What it stands for; empty where the glyph before says it."""
    advance: float
    across: float
    """How far it is moved from where it would stand, to the right."""
    up: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is seen, from left to right."""

    text: str
    glyphs: tuple[Glyph, ...]

    @property
    def width(self) -> float:
        """Width in em."""
        return sum(glyph.advance for glyph in self.glyphs) / 1000

    @property
    def missing(self) -> str:
        """Characters that no font has."""
        return "".join(glyph.text for glyph in self.glyphs if not glyph.number)


@lru_cache(maxsize=20_000)
def set_line(
    text: str, families: tuple[str, ...], weight: int, language: str, direction: str
) -> Line:
    """Set a line: the order of its runs, and the place of each glyph."""
    level = levels(text, direction)
    pieces: list[tuple[int, list[Glyph]]] = []
    for depth, group in groupby(enumerate(text), lambda pair: level[pair[0]]):
        for piece in UNSEEN.split("".join(char for _, char in group)):
            for family, run in runs(piece, families, weight):
                placed = _glyphs(family, weight, run, language, odd=bool(depth % 2))
                pieces.append((depth, placed))
    order = seen([depth for depth, _ in pieces])
    return Line(text, tuple(glyph for index in order for glyph in pieces[index][1]))


def _glyphs(
    family: str, weight: int, text: str, language: str, *, odd: bool
) -> list[Glyph]:
    font, _ = face_of(family, weight)
    buffer = shaped(family, weight, text, language, odd)
    scale = 1000 / font.scale[0]
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = sorted({info.cluster for info in infos})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    said: set[int] = set()
    glyphs = []
    for info, place in zip(infos, positions, strict=True):
        words = ""
        if info.cluster not in said:
            said.add(info.cluster)
            words = text[info.cluster : ends[info.cluster]]
        glyphs.append(
            Glyph(
                family,
                info.codepoint,
                words,
                round(place.x_advance * scale, 2),
                round(place.x_offset * scale, 2),
                round(place.y_offset * scale, 2),
            )
        )
    return glyphs


@dataclass(frozen=True, slots=True)
class Cut:
    """A font cut down to some glyphs."""

    data: bytes
    """TrueType."""
    numbers: tuple[tuple[int, int], ...]
    """From the number in the whole font to that in this one."""
    widths: tuple[float, ...]
    """Of each glyph in this one, in thousandths of an em."""
    box: tuple[int, int, int, int]
    ascent: int
    descent: int


@lru_cache(maxsize=4_000)
def cut(family: str, weight: int, glyphs: frozenset[int]) -> Cut:
    """Cut a font down to some of its glyphs; equal sets give equal bytes."""
    font, _ = face_of(family, weight)
    wanted = uharfbuzz.SubsetInput()
    wanted.glyph_set.update(sorted(glyphs | {0}))
    wanted.flags = uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
    tags = [int.from_bytes(tag.encode("ascii"), "big") for tag in LAYOUT]
    wanted.drop_table_tag_set.update(tags)
    plan = uharfbuzz.SubsetPlan(font.face, wanted)
    face = plan.execute()
    small = uharfbuzz.Font(face)
    scale = 1000 / face.upem
    numbers = tuple(sorted(plan.old_to_new_glyph_mapping.items()))
    count = face.glyph_count
    line = small.get_font_extents("ltr")
    extents = [small.get_glyph_extents(index) for index in range(count)]
    drawn = [extent for extent in extents if extent]
    edges = (
        min((glyph.x_bearing for glyph in drawn), default=0),
        min((glyph.y_bearing + glyph.height for glyph in drawn), default=0),
        max((glyph.x_bearing + glyph.width for glyph in drawn), default=0),
        max((glyph.y_bearing for glyph in drawn), default=0),
    )
    left, bottom, right, top = (round(edge * scale) for edge in edges)
    return Cut(
        bytes(face.blob.data),
        numbers,
        tuple(
            round(small.get_glyph_h_advance(index) * scale, 2) for index in range(count)
        ),
        (left, bottom, right, top),
        round(line.ascender * scale),
        round(line.descender * scale),
    )


def web_font(family: str, weight: int, text: str) -> bytes:
    """Cut a font down to the characters of a text, layout rules kept; empty for none.

    For pages on screen: a browser shapes the text itself.
    """
    font, known = face_of(family, weight)
    wanted = sorted(known & {ord(char) for char in text})
    if not wanted:
        return b""
    subset = uharfbuzz.SubsetInput()
    subset.unicode_set.update(wanted)
    subset.layout_feature_tag_set.invert()
    subset.layout_feature_tag_set.clear()
    subset.layout_feature_tag_set.invert()
    return bytes(uharfbuzz.subset(font.face, subset).blob.data)


def has_all(text: str, families: tuple[str, ...], weight: int) -> bool:
    """Return whether some font has each character of a text."""
    return all(
        any(covers(family, weight, char) for family in families)
        for char in UNSEEN.sub("", text)
    )
