"""Colours: which a page's instructions set, as inks and as light (door to pikepdf).

Takes the operands of the instructions that set a colour (ISO 32000-1, 8.6) and the
resources in which their names are found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

Light = tuple[float, float, float]
"""Red, green and blue, from 0 to 1."""
NONE = Dictionary()
SPACES = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
"""Operators that name a colour space and a colour at once, written small."""
COMPONENTS = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
"""What an ICC profile of so many components is taken for."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour: its spaces, its inks from 0 to 1, the pattern if it is one."""

    spaces: tuple[str, ...]
    inks: tuple[float, ...] = ()
    pattern: Any = None
    light: Light = (0.0, 0.0, 0.0)
    """As a screen shows it; for a pattern, the colour that was set before it."""


BLACK = Paint(("DeviceGray",), (1.0,))
"""What a page begins with (ISO 32000-1, table 52)."""
BEGINNING = {
    "DeviceGray": (1.0,),
    "CalGray": (1.0,),
    "DeviceCMYK": (0.0, 0.0, 0.0, 1.0),
    "Separation": (1.0,),
    "DeviceN": (1.0,),
}
"""What colour spaces that name inks begin with (8.6.8); DeviceN with one ink or more,
and a colour is set before it is used."""


def named(resources: Any, kind: str, name: Any) -> Any:
    """Look up what a name means; an empty dictionary where it means nothing."""
    return resources.get(kind, NONE).get(str(name), NONE)


def paint_of(resources: Any, operator: str, operands: Any, before: Paint) -> Paint:
    """Read a colour from the instruction that sets it, written small."""
    if operator in SPACES:
        return _mixed((SPACES[operator],), operands)
    if operator == "cs":
        meaning = named(resources, "/ColorSpace", operands[0])
        space = meaning if isinstance(meaning, pikepdf.Array | Name) else operands[0]
        spaces = spaces_of(resources, space)
        if spaces[0] == "Pattern":
            return Paint(spaces, light=before.light)
        return Paint(spaces, BEGINNING.get(spaces[0], ()))
    if operands and isinstance(operands[-1], Name):
        pattern = named(resources, "/Pattern", operands[-1])
        if "/Shading" in pattern:
            gradient = shaded(resources, pattern.Shading)
            spaces = ("Pattern", *gradient.spaces)
            return replace(gradient, spaces=spaces, light=before.light)
        return Paint(("Pattern",), pattern=pattern, light=before.light)
    return _mixed(before.spaces, operands)


def _mixed(spaces: tuple[str, ...], numbers: Iterable[Any]) -> Paint:
    """Read a colour's numbers as inks and as light."""
    amounts = tuple(map(float, numbers))
    # ICCBased is told apart by the number of its components.
    kind = spaces[0] if spaces[0] != "ICCBased" else COMPONENTS.get(len(amounts), "")
    match kind, amounts:
        case "DeviceGray" | "CalGray", (grey,):
            return Paint(spaces, (1 - grey,), light=(grey, grey, grey))
        case "DeviceCMYK", (cyan, magenta, yellow, black):
            white = 1 - black
            light = ((1 - cyan) * white, (1 - magenta) * white, (1 - yellow) * white)
            return Paint(spaces, amounts, light=light)
        case "Separation" | "DeviceN", (_, *_):
            grey = 1 - max(amounts)
            return Paint(spaces, amounts, light=(grey, grey, grey))
        case _, (red, green, blue):
            return Paint(spaces, light=(red, green, blue))
    return Paint(spaces)


def spaces_of(resources: Any, space: Any) -> tuple[str, ...]:
    """Name a colour space and what it falls back on (ISO 32000-1, 8.6)."""
    if isinstance(space, Name):
        meaning = named(resources, "/ColorSpace", space)
        if isinstance(meaning, pikepdf.Array | Name) and meaning != space:
            return spaces_of(resources, meaning)
        return (str(space)[1:],)
    head = str(space[0])[1:]
    match head:
        case "Indexed":
            return spaces_of(resources, space[1])
        case "Separation" | "DeviceN":
            return head, *spaces_of(resources, space[2])
        case "Pattern" if len(space) > 1:
            return head, *spaces_of(resources, space[1])
    return (head,)


def shaded(resources: Any, shading: Any) -> Paint:
    """Read a gradient: the colour with the most ink that it runs through."""
    if "/ColorSpace" not in shading:
        return Paint(())
    spaces = spaces_of(resources, shading.ColorSpace)
    function = shading.get("/Function", NONE)
    stops = [_mixed(spaces, numbers) for numbers in _stops(function)]
    return max(stops, key=lambda stop: sum(stop.inks), default=Paint(spaces))


def _stops(function: Any) -> Iterator[Any]:
    """List the colours that a gradient's functions begin and end with."""
    if "/Functions" in function:
        for part in function.Functions:
            yield from _stops(part)
    for key in ("/C0", "/C1"):
        if key in function:
            yield function[key]
