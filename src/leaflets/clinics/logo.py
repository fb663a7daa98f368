"""Logos: a clinic's own mark, read and judged before it is printed.

Takes the bytes of a PNG or SVG; gives pixels, or what stands against printing it.  A logo
is not trusted: it opens no file, reaches no network, is counted before it is drawn, is
drawn in a process that is ended if it takes too much, and is printed as pixels only.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from leaflets.build.limited import Limits, Stopped, Worker, run_limited
from leaflets.diagnostics import Diagnostic, Location, Subject, error
from leaflets.pdf.read.raster import Pixels, pixels_of, pixels_of_page
from leaflets.sources.xml import XmlFault, read_xml

CODE = "clinic-logo"
COLUMN = Subject(field="logo")
"""What every finding here is about."""
HEAVIEST = 2_000_000
"""Bytes of a PNG."""
HEAVIEST_SVG = 400_000
"""Bytes of an SVG: the slowest of this size that we could think of takes 7 s to draw."""
MOST_SELECTORS = 500
"""In the style sheets of an SVG: each is compared with each element."""
MOST = 4_000
"""Pixels along a side of a PNG."""
PPI = 600
"""At which an SVG is drawn: the least that print shops take for line art."""
WIDEST = 50.0
"""In mm: no room for a logo is wider (`pdf.logo`)."""
FLATTEST = 12.0
"""Times that a logo may be wider than high, or higher than wide."""
MOST_SHAPES = 5_000
"""Elements of an SVG, each counted as often as it is drawn."""
LOGO_LIMITS = Limits(seconds=40, cpu=10)
"""For reading one logo.  Ours take 0.2 s, and a second for the first in a process."""
LOGO_MEMORY = 1_000_000_000
"""Bytes of address space of a process that reads logos: the largest PNG takes 0.4 GB."""
SVG = "{http://www.w3.org/2000/svg}"
REFUSED = {
    "script": "it holds a program",
    "foreignObject": "it holds a page of its own",
    "image": "it holds another picture",
    "text": "it holds text; turn the letters into paths",
    "animate": "it moves",
    "set": "it moves",
    "pattern": "it is filled with a pattern; draw its shapes",
    "marker": "its lines have markers; draw their shapes",
}
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import", re.IGNORECASE)
REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")]+)", re.IGNORECASE)
WORDS = {
    "time": f"it takes more than {LOGO_LIMITS.cpu} seconds to draw",
    "memory": "it takes too much memory to draw",
}
"""Why the process that read a logo was ended."""


def read_logo_apart(
    worker: Worker, data: bytes, place: Location
) -> tuple[Pixels | None, tuple[Diagnostic, ...]]:
    """Read a logo in a process of its own; whatever ends that is a finding as well."""
    read = run_limited(worker, LOGO_LIMITS, read_logo, data, place)
    if not isinstance(read, Stopped):
        return read
    return _refused(WORDS.get(read.reason, "its reader broke off"), place)


def read_logo(
    data: bytes, place: Location
) -> tuple[Pixels | None, tuple[Diagnostic, ...]]:
    """Read a logo; none where anything stands against it."""
    try:
        if len(data) > HEAVIEST:
            raise ValueError(f"it has more than {HEAVIEST:,} bytes")
        pixels = _png(data) if data.startswith(b"\x89PNG") else _svg(data)
        sides = (pixels.width, pixels.height)
        if max(sides) > FLATTEST * min(sides):
            raise ValueError(f"one side is more than {FLATTEST:g} times the other")
        if min(pixels.grey) > LIGHT:
            raise ValueError("nothing in it would be seen on white paper")
    except ValueError as problem:
        return _refused(str(problem), place)
    return pixels, ()


def _refused(why: str, place: Location) -> tuple[None, tuple[Diagnostic, ...]]:
    hint = "a PNG of 300 pixels an inch, or an SVG of plain paths"
    message = f"the logo cannot be printed: {why}"
    return None, (error(CODE, message, place, hint, subject=COLUMN),)


LIGHT = 200
"""Grey value, of 255: a logo that is lighter everywhere is lost on paper."""


def _png(data: bytes) -> Pixels:
    return pixels_of(data, MOST)


def _svg(data: bytes) -> Pixels:
    """Draw an SVG that holds shapes only; ValueError for every other."""
    # Imported late: who has no SVG does not load the typesetter.
    from leaflets.pdf.engine.render import draw

    if len(data) > HEAVIEST_SVG:
        raise ValueError(f"as SVG it has more than {HEAVIEST_SVG:,} bytes")
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise ValueError("it holds a DOCTYPE or entities")
    xml = read_xml(data)
    if isinstance(xml, XmlFault):
        raise ValueError(f"it is neither PNG nor SVG: {xml.reason}")  # noqa: TRY004
    root = xml.root
    if root.tag != f"{SVG}svg":
        raise ValueError("it is neither PNG nor SVG")
    for element in root.iter():
        _check(element)
    _count(root)
    width, height = _size(root)
    wide = WIDEST if width >= height else WIDEST * width / height
    high = wide * height / width
    try:
        # What was judged is what is drawn, whatever encoding the file says it has.
        return pixels_of_page(draw(ElementTree.tostring(root), wide, high), PPI)
    except (IndexError, RecursionError, ArithmeticError) as problem:
        raise ValueError(f"it cannot be drawn: {problem}") from problem


def _check(element: ElementTree.Element) -> None:
    """Raise ValueError where an element is no plain shape, or asks for what is outside."""
    name = str(element.tag).rpartition("}")[2]
    if why := REFUSED.get(name) or (name.startswith("animate") and "it moves"):
        raise ValueError(why)
    if OUTSIDE.search(element.text or ""):
        raise ValueError("it asks for something outside it")
    for key, value in element.attrib.items():
        word = key.rpartition("}")[2].lower()
        outside = word == "href" and not value.strip().startswith("#")
        if outside or word.startswith("on") or OUTSIDE.search(value):
            raise ValueError("it asks for something outside it")
        if word == "spreadmethod" and value.strip() != "pad":
            # Repeated over a length of nearly nothing, it is drawn without end.
            raise ValueError("its gradient repeats; give it its stops")


def _count(root: ElementTree.Element) -> None:
    """Raise ValueError where an SVG draws too many shapes, or itself.

    Ten elements that each use another one ten times are ten thousand million shapes: what
    an element refers to is counted with it, as often as it does.
    """
    named: dict[str, list[ElementTree.Element]] = {}
    for element in root.iter():
        if name := element.get("id"):
            named.setdefault(name, []).append(element)
    styles = " ".join(filter(None, map(_text, root.iter(f"{SVG}style"))))
    if styles.count(",") + styles.count("{") > MOST_SELECTORS:
        raise ValueError("its style sheet is too long")
    # A rule of a style sheet stands for any number of elements.
    for name in REFERENCE.findall(styles):
        if any("Gradient" not in str(target.tag) for target in named.get(name, ())):
            raise ValueError("its style sheet asks for more than colours")
    counts: dict[ElementTree.Element, int] = {}

    def count(element: ElementTree.Element) -> int:
        if element in counts:
            if counts[element] < 0:
                raise ValueError("it draws itself")
            return counts[element]
        counts[element] = -1
        others = [target for name in _names(element) for target in named.get(name, ())]
        counts[element] = 1 + sum(map(count, (*element, *others)))
        if counts[element] > MOST_SHAPES:
            raise ValueError(f"it draws more than {MOST_SHAPES:,} shapes")
        return counts[element]

    count(root)


def _text(element: ElementTree.Element) -> str:
    return element.text or ""


def _names(element: ElementTree.Element) -> Iterator[str]:
    """Name what an element refers to, each as often as it does."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2].lower() == "href":
            yield value.strip().removeprefix("#")
        yield from REFERENCE.findall(value)


def _size(root: ElementTree.Element) -> tuple[float, float]:
    """Read how wide and high it is, in any unit; ValueError where it says neither."""
    try:
        box = re.split(r"[\s,]+", (root.get("viewBox") or "").strip())
        width, height = float(box[2]), float(box[3])
    except (ValueError, IndexError):
        try:
            width, height = (
                float(re.sub(r"(px|mm|pt|cm|in)$", "", root.get(side, "")))
                for side in ("width", "height")
            )
        except ValueError:
            raise ValueError("it has no viewBox") from None
    if not (0 < width < 1e6 and 0 < height < 1e6):
        raise ValueError("it has no size")
    if max(width, height) > FLATTEST * min(width, height):
        raise ValueError(f"one side is more than {FLATTEST:g} times the other")
    return width, height


def logo_file(
    path: str, home: Path, place: Location
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Read the file of a logo that a list names, below the folder of the list."""
    file = home / path
    try:
        if not file.resolve().is_relative_to(home.resolve()):
            raise OSError("it is not in the folder of the list")
        if file.stat().st_size > HEAVIEST:
            raise OSError(f"it has more than {HEAVIEST:,} bytes")
        return file.read_bytes(), ()
    except (OSError, ValueError) as problem:
        why = getattr(problem, "strerror", None) or str(problem)
        message = f"the logo {path} cannot be read: {why}"
        return b"", (error(CODE, message, place, subject=COLUMN),)
