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


COLOURS = (
    Colour("ink", "#1d2b33", (0, 0, 0, 100)),
    Colour("accent", "#0b5563", (95, 50, 45, 30)),
    Colour("rule", "#9fc5ca", (40, 10, 20, 0)),
    Colour("field", "#dcebed", (15, 0, 5, 0)),
    Colour("tint", "#e9f2f3", (10, 0, 5, 0)),
    Colour("white", "#ffffff", (0, 0, 0, 0)),
)
"""Everything that may be painted, darkest first."""

HEX = re.compile("#[0-9a-fA-F]{3,8}\\b")
PAINTED = re.compile(r'\b(?:fill|stroke|stop-color|color)\s*[=:]\s*"?\s*([^";>\s]+)')
"""What a drawing says it is painted with, as an attribute or in a style."""


def css(colour: Colour, *, press: bool) -> str:
    """Write a colour for a stylesheet or a drawing.

    >>> css(COLOURS[0], press=True)
    'device-cmyk(0% 0% 0% 100%)'
    """
    if not press:
        return colour.screen
    return f"device-cmyk({' '.join(f'{one}%' for one in colour.ink)})"


def palette(*, press: bool) -> dict[str, str]:
    """Give the colours by name, for templates; `text` is what accented words wear."""
    made = {one.name: css(one, press=press) for one in COLOURS}
    made["text"] = made["ink" if press else "accent"]
    return made


def in_ink(drawing: bytes) -> bytes:
    """Write a drawing's colours as inks; those that are none of ours stay."""
    known = {one.screen: css(one, press=True) for one in COLOURS}
    known["#000"] = known[COLOURS[0].screen]
    known["#fff"] = known[COLOURS[-1].screen]
    text = drawing.decode()
    return HEX.sub(lambda one: known.get(one[0].lower(), one[0]), text).encode()


def foreign(drawing: bytes, path: str) -> tuple[Diagnostic, ...]:
    """Tell of colours in a drawing that have no ink."""
    known = {one.screen for one in COLOURS} | {"none"}
    found: dict[str, Diagnostic] = {}
    for number, line in enumerate(drawing.decode(errors="replace").splitlines(), 1):
        for colour in PAINTED.findall(line):
            if colour.lower() not in known:
                message = f"the colour {colour} is none of ours"
                named = ", ".join(f"{one.screen} ({one.name})" for one in COLOURS)
                place = Location(path, number)
                one = error("foreign-colour", message, place, f"use {named}")
                found.setdefault(colour, one)
    return tuple(found.values())
