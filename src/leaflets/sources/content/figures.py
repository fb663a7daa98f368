"""Figures: a drawing without words, and the labels set over it as real text.

Takes an SVG in millimetres whose `<text>` elements say how large their box is;
gives the drawing with the text taken out, and one label a text element.  So
labels wrap, shape and mirror as all other text does, in every script.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import ceil, floor, isfinite
from xml.etree import ElementTree

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.languages.locale import Locale
from leaflets.sources.xml import Xml, XmlFault, read_xml

LINE = 0.9
"""Distance of a label's lines, as a part of the text's own (templates/sheet.css)."""
BOLD = 1.07
"""How much wider bold letters are."""
SURE = 0.93
"""Letters may be narrower than the mean: only what is surely too long is told."""

CODE = "broken-figure"
MOST = 10_000
"""Of any length in mm."""
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
    xml = read_xml(data)
    if isinstance(xml, XmlFault):
        message = f"the SVG cannot be read: {xml.reason}"
        return None, (error(CODE, message, Location(path, xml.line)),)
    found = list(_foreign_parts(xml, path))
    size = _size(xml.root.get("viewBox") or "")
    if size is None:
        message = "the drawing has no viewBox of four numbers in mm"
        found.append(error(CODE, message, Location(path, xml.lines[xml.root])))
    labels = tuple(_labels(xml, path, found))
    if found or size is None:
        return None, tuple(found)
    mirrored = xml.root.get("data-mirror") == "yes"
    return Figure(path, *size, mirrored, labels, _bytes(xml.root)), ()


def _foreign_parts(xml: Xml, path: str) -> Iterator[Diagnostic]:
    """Find what runs, loads or styles from afar."""
    for element in xml.root.iter():
        place = Location(path, xml.lines[element])
        name = str(element.tag).removeprefix(SVG)
        if name not in DRAWN:
            message = f"<{name}> has no place in a drawing"
            hint = f"a drawing holds {', '.join(sorted(DRAWN))}"
            yield error(CODE, message, place, hint)
        for key, value in element.attrib.items():
            if key.lower().startswith("on") or "href" in key or "url(" in value:
                message = f"the attribute {key} has no place in a drawing"
                yield error(CODE, message, place)


def _size(view: str) -> tuple[float, float] | None:
    """Read width and height in mm from a viewBox."""
    try:
        _, _, width, height = map(_length, view.split())
    except ValueError:
        return None
    return (width, height) if width > 0 and height > 0 else None


def _length(text: str | None) -> float:
    """Read a length in mm; ValueError where there is none that paper can have."""
    length = float(text or "")
    if not isfinite(length) or abs(length) > MOST:
        raise ValueError(text)
    return length


def _labels(xml: Xml, path: str, found: list[Diagnostic]) -> Iterator[Label]:
    """Take the texts out of a drawing."""
    texts = [
        (parent, element)
        for parent in xml.root.iter()
        for element in parent
        if element.tag == f"{SVG}text"
    ]
    for parent, element in texts:
        place = Location(path, xml.lines[element])
        try:
            label = _label(element, place)
            if label.number and not label.text.isdecimal():
                message = "a text of the class number is no number"
                hint = "leave the class out, and it is translated and signed"
                found.append(error(CODE, message, place, hint))
            yield label
        except (ValueError, LookupError):
            message = (
                "a text without id, x, y, data-width, data-height or font-size in mm"
            )
            found.append(error(CODE, message, place))
        parent.remove(element)


def _label(element: ElementTree.Element, place: Location) -> Label:
    """Read one text element; ValueError or LookupError where anything is missing."""
    number = {
        key: _length(element.get(key))
        for key in ("x", "y", "data-width", "data-height", "font-size")
    }
    width, height = number["data-width"], number["data-height"]
    anchor = element.get("text-anchor", "start")
    left = number["x"] - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
    text = " ".join("".join(element.itertext()).split())
    identity = element.get("id")
    if not text or not identity or min(width, height, number["font-size"]) <= 0:
        raise ValueError(element)
    return Label(
        id=identity,
        text=text,
        x=left,
        y=number["y"],
        width=width,
        height=height,
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
        replace(label, x=figure.width - label.x - label.width)
        for label in figure.labels
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
    """List the labels that share a box, the one on top first; digits are none."""
    for label in figure.labels:
        if not label.under and not label.number:
            under = (other for other in figure.labels if other.under == label.id)
            yield (label, *under)


def room_of(group: tuple[Label, ...], locale: Locale) -> tuple[int, int]:
    """Count the lines that labels share, and estimate the letters of a line."""
    room = sum(label.height for label in group)
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
