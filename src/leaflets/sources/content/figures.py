"""Figures: a drawing without words, and the labels set over it as real text.

Takes an SVG in millimetres whose `<text>` elements say how large their box is;
gives the drawing with the text taken out, and one label a text element.  So
labels wrap, shape and mirror as all other text does, in every script.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, floor
from xml.etree import ElementTree

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.languages.locale import Locale

LINE = 0.9
"""Distance of a label's lines, as a part of the text's own (templates/sheet.css)."""
BOLD = 1.07
"""How much wider bold letters are."""
SURE = 0.93
"""Letters may be narrower than the mean: only what is surely too long is told."""

SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {
    "svg",
    "title",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
}
"""The elements a drawing may hold: nothing that runs, loads or styles from afar."""


@dataclass(frozen=True, slots=True)
class Label:
    """One text of a figure, and its box in mm from the drawing's top left."""

    id: str
    text: str
    x: float
    y: float
    width: float
    height: float
    align: str
    """start, middle or end."""
    bold: bool
    white: bool
    size: float
    """Type size in mm."""
    number: bool
    """A digit of the drawing, set but not translated."""
    under: str
    """The label that this one follows, wherever that ends; they share their room."""
    location: Location


@dataclass(frozen=True, slots=True)
class Figure:
    """One drawing, read."""

    path: str
    width: float
    height: float
    mirrored: bool
    """Whether it is turned round where lines run from the right."""
    labels: tuple[Label, ...]
    drawing: bytes


@lru_cache(maxsize=256)
def parse(data: bytes, path: str) -> tuple[Figure | None, tuple[Diagnostic, ...]]:
    """Read one SVG; no figure where it is broken or holds what it may not."""

    def problem(message: str, line: int = 1, hint: str = "") -> Diagnostic:
        return error("broken-figure", message, Location(path, line), hint)

    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        return None, (problem("a drawing holds no DOCTYPE and no entities"),)
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as broken:
        line = getattr(broken, "position", (1, 0))[0]
        return None, (problem(f"the SVG cannot be read: {broken}", line),)
    lines = _lines(data)
    found = []
    for element in root.iter():
        name = str(element.tag).removeprefix(SVG)
        if name not in DRAWN:
            hint = f"a drawing holds {', '.join(sorted(DRAWN))}"
            found.append(problem(f"<{name}> has no place in a drawing", hint=hint))
        for key, value in element.attrib.items():
            if key.lower().startswith("on") or "href" in key or "url(" in value:
                found.append(problem(f"the attribute {key} has no place in a drawing"))
    view = (root.get("viewBox") or "").split()
    try:
        _, _, width, height = (float(part) for part in view)
    except ValueError:
        found.append(problem("the drawing has no viewBox of four numbers in mm"))
        return None, tuple(found)
    labels = []
    for parent in list(root.iter()):
        for element in list(parent):
            if element.tag == f"{SVG}text":
                place = Location(path, lines.get(element.get("id", ""), 1))
                try:
                    labels.append(_label(element, place))
                except (ValueError, TypeError, LookupError):
                    message = "a text without id, x, y, data-width or data-height"
                    found.append(error("broken-figure", message, place))
                parent.remove(element)
    if found:
        return None, tuple(found)
    mirrored = root.get("data-mirror") == "yes"
    drawing = _bytes(root)
    return Figure(path, width, height, mirrored, tuple(labels), drawing), ()


def _lines(data: bytes) -> dict[str, int]:
    """Find the line on which each id stands."""
    found: dict[str, int] = {}
    for number, line in enumerate(data.decode(errors="replace").splitlines(), 1):
        for name in re.findall(r'\bid="([^"]+)"', line):
            found.setdefault(name, number)
    return found


def _label(element: ElementTree.Element, place: Location) -> Label:
    """Read one text element; ValueError or TypeError where a number is missing."""
    number = {
        key: float(element.get(key))  # type: ignore[arg-type]
        for key in ("x", "y", "data-width", "data-height", "font-size")
    }
    anchor = element.get("text-anchor", "start")
    width = number["data-width"]
    left = number["x"] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    text = " ".join("".join(element.itertext()).split())
    identity = element.get("id")
    if not text or not identity:
        raise ValueError(element)
    return Label(
        id=identity,
        text=text,
        x=left,
        y=number["y"],
        width=width,
        height=number["data-height"],
        align=anchor,
        bold=element.get("data-weight") == "bold",
        white=element.get("data-fill") == "white",
        size=number["font-size"],
        number=element.get("class") == "number",
        under=element.get("data-under", ""),
        location=place,
    )


def mirror(figure: Figure) -> Figure:
    """Turn a drawing round for lines that run from the right, labels with it.

    Turning twice gives the figure back (but for the wrapping group).
    """
    if not figure.mirrored:
        return figure
    root = ElementTree.fromstring(figure.drawing)
    turned = ElementTree.Element(
        f"{SVG}g", {"transform": f"translate({figure.width:g} 0) scale(-1 1)"}
    )
    for element in list(root):
        if element.tag != f"{SVG}title":
            root.remove(element)
            turned.append(element)
    root.append(turned)
    labels = tuple(
        replace(one, x=figure.width - one.x - one.width) for one in figure.labels
    )
    return replace(figure, labels=labels, drawing=_bytes(root))


def _bytes(root: ElementTree.Element) -> bytes:
    """Write a drawing, with the plain names of SVG.

    The prefix is a setting of the whole process, and other libraries change it.
    """
    ElementTree.register_namespace("", SVG[1:-1])
    data: bytes = ElementTree.tostring(root, encoding="utf-8")
    return data


def groups(figure: Figure) -> Iterator[tuple[Label, ...]]:
    """Give the labels that share a box, the one on top first; digits are none."""
    for label in figure.labels:
        if not label.under and not label.number:
            under = (one for one in figure.labels if one.under == label.id)
            yield (label, *under)


def room_of(group: tuple[Label, ...], locale: Locale) -> tuple[int, int]:
    """Count the lines that labels share, and estimate the letters of a line."""
    room = sum(one.height for one in group)
    lines = max(floor(room / (locale.setting.pitch * LINE)), len(group))
    return lines, floor(group[0].width / letter_width(group[0], locale))


def letter_width(label: Label, locale: Locale) -> float:
    """Estimate a letter's width in mm, spaces among them."""
    bold = BOLD if label.bold else 1.0
    return label.size * locale.setting.size * locale.setting.letter * bold


def lines_of(text: str, label: Label, locale: Locale) -> int:
    """Count the lines that a text fills in a label's width, at least."""
    letters = max(label.width / (letter_width(label, locale) * SURE), 1.0)
    if not locale.setting.spaced:
        return ceil(len(text) / letters)
    count, filled = 1, 0.0
    for word in text.split():
        wide = len(word) + (1 if filled else 0)
        if filled and filled + wide > letters:
            count, filled = count + 1, 0.0
            wide = len(word)
        filled += wide
    return count
