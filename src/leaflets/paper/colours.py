"""Colours: the few that are printed, on screen and in ink.

One ink, one accent and its tints.  An office file names them in sRGB; a file for a
print shop in CMYK, with all text in black ink alone, for letters in several inks are
blurred by the smallest error of the press.
"""

import re
from dataclasses import dataclass

from leaflets.diagnostics import Diagnostic, Location, error

Ink = tuple[int, int, int, int]
"""Cyan, magenta, yellow and black, each 0 to 100 percent."""


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour, on both ways to paper."""

    name: str
    screen: str
    """sRGB, as CSS writes it."""
    ink: Ink


INK = Colour("ink", "#1d2b33", (0, 0, 0, 100))
ACCENT = Colour("accent", "#0b5563", (95, 50, 45, 30))
RULE = Colour("rule", "#9fc5ca", (40, 10, 20, 0))
FIELD = Colour("field", "#dcebed", (15, 0, 5, 0))
TINT = Colour("tint", "#e9f2f3", (10, 0, 5, 0))
WHITE = Colour("white", "#ffffff", (0, 0, 0, 0))
COLOURS = (INK, ACCENT, RULE, FIELD, TINT, WHITE)
"""Everything that may be painted, darkest first."""

HEX = re.compile("#[0-9a-fA-F]{3,8}\\b")
PAINTED = re.compile(r'\b(?:fill|stroke|stop-color|color)\s*[=:]\s*"?\s*([^";>\s]+)')
"""What a drawing says it is painted with, as an attribute or in a style."""


def css(colour: Colour, *, press: bool) -> str:
    """Write a colour for a stylesheet or a drawing.

    >>> css(INK, press=True)
    'device-cmyk(0% 0% 0% 100%)'
    """
    if not press:
        return colour.screen
    return f"device-cmyk({' '.join(f'{percent}%' for percent in colour.ink)})"


def fill_operator(colour: Colour, *, press: bool) -> bytes:
    """Write the instruction of a PDF's page that fills with a colour.

    ISO 32000-1, 8.6.8: `rg` takes light, `k` takes ink, each part from 0 to 1.

    >>> fill_operator(INK, press=False), fill_operator(INK, press=True)
    (b'0.1137 0.1686 0.2 rg', b'0 0 0 1 k')
    """
    if press:
        parts = [percent / 100 for percent in colour.ink]
    else:
        parts = [part / 255 for part in _light(colour)]
    numbers = " ".join(f"{round(part, 4):g}" for part in parts)
    return f"{numbers} {'k' if press else 'rg'}".encode("ascii")


def between(first: Colour, second: Colour) -> str:
    """Mix two colours in equal parts, for a screen.

    >>> between(INK, WHITE)
    '#8e9599'
    """
    parts = zip(_light(first), _light(second), strict=True)
    return "#" + "".join(f"{sum(pair) // 2:02x}" for pair in parts)


def _light(colour: Colour) -> tuple[int, ...]:
    """Return red, green and blue, each 0 to 255."""
    return tuple(bytes.fromhex(colour.screen[1:]))


def palette(*, press: bool) -> dict[str, str]:
    """Write the colours by name, for templates; `text` is what accented words wear."""
    by_name = {colour.name: css(colour, press=press) for colour in COLOURS}
    by_name["text"] = by_name["ink" if press else "accent"]
    return by_name


def in_ink(drawing: bytes) -> bytes:
    """Write a drawing's colours as inks; those that are none of ours stay."""
    inks = {colour.screen: css(colour, press=True) for colour in COLOURS}
    inks["#000"] = inks[INK.screen]
    inks["#fff"] = inks[WHITE.screen]
    text = drawing.decode()
    return HEX.sub(lambda match: inks.get(match[0].lower(), match[0]), text).encode()


def foreign(drawing: bytes, path: str) -> tuple[Diagnostic, ...]:
    """List the colours of a drawing that have no ink, each once."""
    ours = {colour.screen for colour in COLOURS} | {"none"}
    names = ", ".join(f"{colour.screen} ({colour.name})" for colour in COLOURS)
    diagnostics: dict[str, Diagnostic] = {}
    for number, line in enumerate(drawing.decode(errors="replace").splitlines(), 1):
        for painted in PAINTED.findall(line):
            if painted.lower() in ours or painted in diagnostics:
                continue
            message = f"the colour {painted} is none of ours"
            place = Location(path, number)
            diagnostics[painted] = error(
                "foreign-colour", message, place, f"use {names}"
            )
    return tuple(diagnostics.values())
