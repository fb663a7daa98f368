"""Inks: what a file is painted with, and all of it in ink (door to pikepdf).

A press prints cyan, magenta, yellow and black.  What the engine writes as light
(black and white by default, greys) becomes black ink alone; what has no such answer
is told, for nobody but the author knows which ink was meant.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, Operator, Pdf

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error

INKS = {"DeviceCMYK", "DeviceGray", "Separation", "DeviceN", "Pattern"}
"""Colour spaces that name inks; grey is printed with black alone."""
BLACK = b"0 0 0 1 k 0 0 0 1 K\n"
"""What a page begins with in place of grey (ISO 32000-1, table 52)."""
SHORT = {
    "g": ("DeviceGray", "k"),
    "G": ("DeviceGray", "K"),
    "rg": ("DeviceRGB", "k"),
    "RG": ("DeviceRGB", "K"),
    "k": ("DeviceCMYK", "k"),
    "K": ("DeviceCMYK", "K"),
}
"""Operators that name a colour space and a colour at once, and the same in ink."""


@dataclass(frozen=True, slots=True)
class _Drawing:
    """A stream of instructions that paint."""

    stream: Any
    resources: Any
    page: int
    """1-based number of the first page that it is drawn on."""
    own: bool
    """Whether it begins with its own colours: a page or a pattern, not a form."""
    group: Any
    """Its transparency group, or none."""


def colour_spaces(pdf: Pdf) -> frozenset[str]:
    """Name all colour spaces that pages, forms, patterns and glyphs paint with.

    As ISO 32000-1 writes them, without a slash; an ICC profile's with the number of
    its components ("ICCBased 3").  What says how much is covered and paints nothing,
    the soft mask of an image, is not counted.
    """
    return frozenset(
        space
        for drawing in _drawings(pdf)
        for space, _ in _spaces(drawing, _steps(drawing))
    )


def _drawings(pdf: Pdf) -> Iterator[_Drawing]:
    """Find everything that paints, each once, in the order of the pages."""
    seen: set[tuple[int, int]] = set()
    for number, page in enumerate(pdf.pages, 1):
        page.contents_coalesce()
        if "/Contents" in page.obj:
            group = page.obj.get("/Group")
            yield _Drawing(page.obj.Contents, page.resources, number, True, group)
        yield from _within(page.resources, number, seen)
        for note in page.obj.get("/Annots", ()):
            for state in note.get("/AP", Dictionary()).values():
                # One appearance, or one for each state (ISO 32000-1, table 168).
                looks = [state] if _is_stream(state) else state.values()
                for look in looks:
                    yield from _stream(look, Dictionary(), number, seen, own=True)


def _within(
    resources: Any, page: int, seen: set[tuple[int, int]]
) -> Iterator[_Drawing]:
    """Find what is drawn by name: forms, patterns, soft masks, drawn glyphs."""
    none = Dictionary()
    for form in resources.get("/XObject", none).values():
        if form.get("/Subtype") == Name.Form:
            yield from _stream(form, resources, page, seen, own=False)
    for pattern in resources.get("/Pattern", none).values():
        if _is_stream(pattern):
            yield from _stream(pattern, resources, page, seen, own=True)
    for state in resources.get("/ExtGState", none).values():
        mask = state.get("/SMask")
        if isinstance(mask, Dictionary):
            yield from _stream(mask.G, resources, page, seen, own=False)
    for font in resources.get("/Font", none).values():
        for glyph in font.get("/CharProcs", none).values():
            named = font.get("/Resources", resources)
            yield from _stream(glyph, named, page, seen, own=False)


def _stream(
    stream: Any, outer: Any, page: int, seen: set[tuple[int, int]], *, own: bool
) -> Iterator[_Drawing]:
    """Yield a stream and what it draws in turn, unless it was seen before."""
    if stream.objgen in seen:
        return
    seen.add(stream.objgen)
    resources = stream.get("/Resources", outer)
    yield _Drawing(stream, resources, page, own, stream.get("/Group"))
    yield from _within(resources, page, seen)


def _is_stream(value: Any) -> bool:
    return isinstance(value, pikepdf.Stream)


def _steps(drawing: _Drawing) -> list[tuple[list[Any], Any]]:
    return [
        (list(step.operands), step.operator)
        for step in pikepdf.parse_content_stream(drawing.stream)
    ]


def _spaces(
    drawing: _Drawing, steps: list[tuple[list[Any], Any]]
) -> Iterator[tuple[str, str]]:
    """Name the colour spaces that a stream uses or hands on, and where they stand."""
    named = drawing.resources
    for operands, operator in steps:
        match str(operator):
            case "g" | "G" | "rg" | "RG" | "k" | "K" as short:
                space = SHORT[short][0]
                yield space, f"{space} {' '.join(map(str, operands))}"
            case "cs" | "CS":
                for space in _families(operands[0], named):
                    yield space, space
            case "INLINE IMAGE" if not operands[0].image_mask:
                for space in _families(Name(operands[0].colorspace), named):
                    yield space, f"an image in {space}"
    yield from _spaces_by_name(named)
    if drawing.group is not None and "/CS" in drawing.group:
        for space in _families(drawing.group.CS, named):
            yield space, f"a group in {space}"


def _spaces_by_name(named: Any) -> Iterator[tuple[str, str]]:
    """Name the colour spaces of gradients and images among a stream's resources."""
    none = Dictionary()
    shadings = [*named.get("/Shading", none).values()]
    shadings += [
        pattern.Shading
        for pattern in named.get("/Pattern", none).values()
        if pattern.get("/PatternType") == 2
    ]
    images = named.get("/XObject", none).values()
    for kind, things in (("a gradient", shadings), ("an image", images)):
        for thing in things:
            if "/ColorSpace" in thing:
                for space in _families(thing.ColorSpace, named):
                    yield space, f"{kind} in {space}"


def _families(space: Any, resources: Any) -> list[str]:
    """Name a colour space, and what it falls back on (ISO 32000-1, 8.6)."""
    if isinstance(space, Name):
        named = resources.get("/ColorSpace", Dictionary())
        if str(space) in named:
            return _families(named[str(space)], Dictionary())
        return [str(space)[1:]]
    head = str(space[0])[1:]
    match head:
        case "ICCBased":
            return [f"ICCBased {int(space[1].N)}"]
        case "Indexed":
            return _families(space[1], resources)
        case "Separation" | "DeviceN":
            return [head, *_families(space[2], resources)]
        case "Pattern" if len(space) > 1:
            return [head, *_families(space[1], resources)]
    return [head]


def inked(pdf: Pdf, place: Location) -> None:
    """Write all colours in ink; LeafletsError where one is neither black nor white."""
    diagnostics: dict[Diagnostic, None] = {}
    drawings = list(_drawings(pdf))
    for drawing in drawings:
        if drawing.group is not None and "/CS" in drawing.group:
            # Transparency is mixed in ink (ISO 32000-1, table 147).
            drawing.group.CS = Name.DeviceCMYK
        steps = _steps(drawing)
        in_ink = [_step_in_ink(*step) for step in steps]
        for space, what in _spaces(drawing, in_ink):
            if space not in INKS:
                message = f"page {drawing.page} of the press file is painted in {what}"
                hint = "a print shop gets inks: write it as device-cmyk(…)"
                diagnostics[error("rgb-in-press", message, place, hint)] = None
        body = drawing.stream.read_bytes()
        if in_ink != steps:
            body = pikepdf.unparse_content_stream(in_ink)
        if drawing.own:
            body = BLACK + body
        drawing.stream.write(body)
    if diagnostics:
        raise LeafletsError(tuple(diagnostics))
    for drawing in drawings:
        _plain(drawing.resources)


def _step_in_ink(operands: list[Any], operator: Any) -> tuple[list[Any], Any]:
    """Write a grey, or black or white in RGB, as so much black ink."""
    space, ink = SHORT.get(str(operator), ("", ""))
    pure = space == "DeviceRGB" and operands in ([0, 0, 0], [1, 1, 1])
    if pure or space == "DeviceGray":
        return [0, 0, 0, 1 - operands[0]], Operator(ink)
    return operands, operator


def _plain(resources: Any) -> None:
    """Take out overprint, and the engine's colour spaces that nobody uses.

    Black that is printed over another colour lets it shine through, and white that
    is does not show at all.
    """
    for state in resources.get("/ExtGState", Dictionary()).values():
        for key in ("/OP", "/op", "/OPM"):
            if key in state:
                del state[key]
    spaces = resources.get("/ColorSpace", Dictionary())
    for name in list(spaces.keys()):
        if not INKS.issuperset(_families(spaces[name], resources)):
            del spaces[name]
