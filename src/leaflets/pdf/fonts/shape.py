"""Shape: which glyphs a piece of text becomes (door to HarfBuzz).

The engine's map from glyphs to letters is lossy where letters join or change
places (Arabic marks, Hindi clusters), so text read back from a PDF proves little.
Glyphs do: the same text, shaped anew with the same font, must give the very
glyphs that stand on the page, in the order in which they stand.
"""

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby, product
from pathlib import Path

import uharfbuzz
from fontTools.ttLib import TTFont

from leaflets.languages.bidi import levels, seen
from leaflets.languages.scripts import all_scripts, is_cased, script_of, settings

UNSEEN = re.compile("[\u2066-\u2069\u200e\u200f\u00ad\u200b\u2060\ufeff]+")
"""Characters that steer a line and draw nothing; runs are shaped between them."""

SPACES = " \u00a0\u2006\u202f\u2009\u3000"


@cache
def font_files(folder: str) -> dict[tuple[str, int], Path]:
    """Find the file of each family and weight below a folder; upright ones only."""
    files = {}
    for path in sorted(Path(folder).glob("*.ttf")):
        with TTFont(path, lazy=True) as font:
            names = font["name"]
            family = names.getDebugName(16) or names.getDebugName(1)
            if not font["OS/2"].fsSelection & 1:
                files[str(family), int(font["OS/2"].usWeightClass)] = path
    return files


def folder_of_fonts() -> str:
    """Name the folder that the fontconfig file in force leads to."""
    config = Path(os.environ["FONTCONFIG_FILE"])
    match = re.search(r"<dir>([^<]+)</dir>", config.read_text(encoding="utf-8"))
    assert match, f"{config} names no folder"
    return match[1]


def family_of(name: str, families: tuple[str, ...]) -> str:
    """Find which of our families a font's name in the file means; empty for none."""
    plain = name.removeprefix("/").rpartition("+")[2].replace("-", "").lower()
    fitting = [
        family
        for family in families
        if plain.startswith(family.replace(" ", "").lower())
    ]
    return max(fitting, key=len, default="")


@cache
def face_of(family: str, weight: int) -> tuple[uharfbuzz.Font, frozenset[int]]:
    """Open a font once in each process; its characters beside it."""
    files = font_files(folder_of_fonts())
    weights = sorted(
        (there for name, there in files if name == family),
        key=lambda there: (abs(there - weight), there),
    )
    if not weights:
        return uharfbuzz.Font(uharfbuzz.Face(b"")), frozenset()
    blob = uharfbuzz.Blob.from_file_path(str(files[family, weights[0]]))
    face = uharfbuzz.Face(blob)
    return uharfbuzz.Font(face), frozenset(face.unicodes)


def _first_with(char: str, families: Iterable[str], weight: int) -> str:
    """Name the first family that has a character; empty for none."""
    return next((family for family in families if covers(family, weight, char)), "")


@cache
def covers(family: str, weight: int, char: str) -> bool:
    """Tell whether a font has a glyph for a character."""
    return ord(char) in face_of(family, weight)[1]


SQUARE = frozenset({"Hani", "Hira", "Kana", "Hang"})
"""Scripts whose letters stand in a square that reaches below the line."""


@cache
def square_families() -> frozenset[str]:
    """Return the fonts of those scripts."""
    return frozenset(
        script.families[0]
        for script in settings().values()
        if SQUARE.intersection(script.letters)
    )


def x_heights(
    text: str, families: tuple[str, ...], weight: int
) -> tuple[tuple[str, float], ...]:
    """Give the height of small letters, in em, for each script and font of a text.

    Each letter is looked up in the first family that has it, as it is drawn; scripts
    without a body to measure are left out.
    """
    shown = {
        (family, script)
        for char in set(text)
        if (script := script_of(char)) in all_scripts().bodies
        and (family := _first_with(char, families, weight))
    }
    return tuple(
        (script, _body(family, weight, script)) for family, script in sorted(shown)
    )


@cache
def _body(family: str, weight: int, script: str) -> float:
    """Measure the height of a script's small letters in one font, in em.

    For scripts that have them, as the font itself says (OS/2, sxHeight).
    """
    font, _ = face_of(family, weight)
    body = all_scripts().bodies[script]
    if is_cased(script):
        height = font.get_metric_position(uharfbuzz.OTMetricsTag.X_HEIGHT)
        if height:
            return float(height) / float(font.scale[1])
    # Nastaliq draws a letter in several parts; the highest is its body.
    drawn = [
        font.get_glyph_extents(glyph)
        for glyph in _shape(family, weight, body.letter, "", 0)
    ]
    extents = max(filter(None, drawn), key=lambda part: part.y_bearing, default=None)
    if extents is None:
        return 0.0
    top = float(extents.y_bearing)
    high = -float(extents.height) if script in SQUARE else top
    return body.part * high / float(font.scale[1])


Glyph = tuple[str, int]
"""A font's family and the number of a glyph in it."""


@cache
def _spaces(family: str, weight: int) -> frozenset[int]:
    """List the glyphs of spaces.

    A line may draw the space at its end or leave it out; nobody sees which.
    """
    return frozenset(
        glyph
        for space in SPACES
        if covers(family, weight, space)
        for glyph in _shape(family, weight, space, "", 0)
    )


def shape(
    text: str, families: tuple[str, ...], weight: int, language: str, direction: str
) -> tuple[Glyph, ...]:
    """Give the glyphs of a line as they stand on paper, left to right, no spaces."""
    pieces: list[tuple[int, list[Glyph]]] = []
    for depth, family, run in _level_runs(text, families, weight, direction):
        glyphs = _shape(family, weight, run, language, depth % 2)
        pieces.append((depth, [(family, glyph) for glyph in glyphs]))
    order = seen([depth for depth, _ in pieces])
    return without_spaces(glyph for index in order for glyph in pieces[index][1])


def width_of(
    text: str, families: tuple[str, ...], weight: int, language: str, direction: str
) -> float:
    """Give the width of a piece of text in em, its spaces among it."""
    return sum(
        _advance(family, weight, run, language, depth % 2)
        for depth, family, run in _level_runs(text, families, weight, direction)
    )


def _level_runs(
    text: str, families: tuple[str, ...], weight: int, direction: str
) -> Iterator[tuple[int, str, str]]:
    """Part a text by depth of direction, script and font: what is shaped at once."""
    level = levels(text, direction)
    for depth, group in groupby(enumerate(text), lambda pair: level[pair[0]]):
        for piece in UNSEEN.split("".join(char for _, char in group)):
            for family, run in runs(piece, families, weight):
                yield depth, family, run


def characters(family: str, weight: int) -> Iterator[tuple[str, int]]:
    """List the characters of a font, each with the glyph it has by itself."""
    font, known = face_of(family, weight)
    for code in sorted(known):
        glyph = font.get_nominal_glyph(code)
        if glyph:
            yield chr(code), glyph


SIDES = tuple(
    product(("", "en", "ko", "ja", "zh-Hans"), ("", "Hang", "Latn", "Hani", "Kana"))
)


@cache
def _plain(family: str) -> dict[int, int]:
    """Lead a font's other drawings of ASCII signs back to the plain ones.

    Korean fonts have stops and spaces of another width beside Hangul, and whether
    the engine takes them depends on where it cuts its runs. A sign is a sign.
    """
    plain_by_glyph: dict[int, int] = {}
    for code in range(0x20, 0x7F):
        plain = _shape(family, 400, chr(code), "", 0)
        for language, script in SIDES:
            other = _shape(family, 400, chr(code), language, 0, script)
            if len(plain) == len(other) == 1:
                plain_by_glyph[other[0]] = plain[0]
    return plain_by_glyph


def without_spaces(glyphs: Iterable[Glyph]) -> tuple[Glyph, ...]:
    """Leave out the glyphs that nobody sees; signs beside Hangul are made plain."""
    plain = tuple(
        (
            family,
            _plain(family).get(number, number)
            if family in square_families()
            else number,
        )
        for family, number in glyphs
    )
    families = {family for family, _ in plain if family}
    unseen = {(family, space) for family in families for space in _spaces(family, 400)}
    return tuple(glyph for glyph in plain if glyph not in unseen)


def runs(text: str, families: tuple[str, ...], weight: int) -> list[tuple[str, str]]:
    """Part a text by script and by the first family that has each character.

    A sign, digit, space or mark belongs to the script that stands before it, and
    stays with its font if that has it.
    """
    parts: list[tuple[str, str]] = []
    before = ""
    for char in text:
        script = script_of(char) or before
        family = _first_with(char, families, weight)
        last = parts[-1][0] if parts else ""
        stays = char.isspace() or unicodedata.category(char).startswith("M")
        fits = family == last or (stays and covers(last, weight, char))
        if last and fits and script == (before or script):
            parts[-1] = (last, parts[-1][1] + char)
        else:
            parts.append((family or families[-1], char))
        before = script
    return parts


@cache
def _shape(
    family: str, weight: int, text: str, language: str, odd: int, script: str = ""
) -> tuple[int, ...]:
    """Shape one run with one font; an odd level runs from the right."""
    buffer = shaped(family, weight, text, language, odd, script)
    return tuple(info.codepoint for info in buffer.glyph_infos)


@cache
def _advance(family: str, weight: int, text: str, language: str, odd: int) -> float:
    """Measure one run in one font, in em."""
    buffer = shaped(family, weight, text, language, odd)
    font, _ = face_of(family, weight)
    across = sum(position.x_advance for position in buffer.glyph_positions)
    return float(across) / float(font.scale[0])


def shaped(
    family: str, weight: int, text: str, language: str, odd: int, script: str = ""
) -> uharfbuzz.Buffer:
    """Shape one run with one font, as `shape` does; the buffer holds all of it."""
    font, _ = face_of(family, weight)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if odd else "ltr"
    if language:
        buffer.language = language
    if script:
        buffer.script = script
    uharfbuzz.shape(font, buffer)
    return buffer
