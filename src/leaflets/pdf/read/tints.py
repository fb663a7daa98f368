"""Tints: which colours a file names, and how much ink each is (door to pikepdf).

Takes the operands of the instructions that set a colour (ISO 32000-1, 8.6) and the
resources in which their names are found.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

NONE = Dictionary()
SPACES = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
"""Operators that name a colour space and a colour at once, written small."""
COMPONENTS = {1: "DeviceGray", 4: "DeviceCMYK"}
"""What an ICC profile of so many components is counted as in ink."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour: its spaces, its inks from 0 to 1, the pattern if it is one."""

    spaces: tuple[str, ...]
    inks: tuple[float, ...] = ()
    pattern: Any = None


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
    """Find what a name means; an empty dictionary where it means nothing."""
    return resources.get(kind, NONE).get(str(name), NONE)


def paint_of(resources: Any, operator: str, operands: Any, before: Paint) -> Paint:
    """Read a colour from the instruction that sets it, written small."""
    if operator in SPACES:
        return _mixed((SPACES[operator],), operands)
    if operator == "cs":
        meant = named(resources, "/ColorSpace", operands[0])
        space = meant if isinstance(meant, pikepdf.Array | Name) else operands[0]
        spaces = spaces_of(resources, space)
        return Paint(spaces, BEGINNING.get(spaces[0], ()))
    if operands and isinstance(operands[-1], Name):
        pattern = named(resources, "/Pattern", operands[-1])
        if "/Shading" in pattern:
            gradient = shaded(resources, pattern.Shading)
            return replace(gradient, spaces=("Pattern", *gradient.spaces))
        return Paint(("Pattern",), pattern=pattern)
    return _mixed(before.spaces, operands)


def _mixed(spaces: tuple[str, ...], numbers: Iterable[Any]) -> Paint:
    """Tell how much ink a colour is, from 0 to 1 for each ink."""
    amounts = tuple(float(one) for one in numbers)
    # ICCBased is told apart by the number of its components.
    kind = spaces[0] if spaces[0] != "ICCBased" else COMPONENTS.get(len(amounts), "")
    match kind:
        case "DeviceGray" | "CalGray":
            return Paint(spaces, (1 - amounts[0],))
        case "DeviceCMYK" | "Separation" | "DeviceN":
            return Paint(spaces, amounts)
    return Paint(spaces)


def spaces_of(resources: Any, space: Any) -> tuple[str, ...]:
    """Name a colour space and what it falls back on (ISO 32000-1, 8.6)."""
    if isinstance(space, Name):
        meant = named(resources, "/ColorSpace", space)
        if isinstance(meant, pikepdf.Array | Name) and meant != space:
            return spaces_of(resources, meant)
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
    stops = [_mixed(spaces, one) for one in _stops(shading.get("/Function", NONE))]
    return max(stops, key=lambda one: sum(one.inks), default=Paint(spaces))


def _stops(function: Any) -> Iterator[Any]:
    """List the colours that a gradient's functions begin and end with."""
    if "/Functions" in function:
        for one in function.Functions:
            yield from _stops(one)
    for key in ("/C0", "/C1"):
        if key in function:
            yield function[key]
