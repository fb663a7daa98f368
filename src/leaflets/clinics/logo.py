"""Logos: a clinic's own mark, read and judged before it is printed.

Takes the bytes of a PNG or SVG; gives pixels, or what stands against printing it.  A logo
is not trusted: it opens no file, reaches no network, is counted before it is drawn, is
drawn in a process that is ended if it takes too much, and is printed as pixels only.
"""

import re
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
"""Bytes of a file."""
HEAVIEST_SVG = 300_000
"""Bytes of an SVG: each of them may cost the engine some microseconds."""
LONGEST_STYLE = 20_000
"""Letters of a stylesheet: each rule is held against each element."""
MOST_SHAPES = 5_000
"""Elements that are drawn, those that stand for others counted as often as they do."""
LOGO_LIMITS = Limits(seconds=40, cpu=10)
"""For reading one logo.  Ours take 0.2 s, and a second for the first in a process."""
LOGO_MEMORY = 1_000_000_000
"""Bytes of address space of a process that reads logos: the largest PNG takes 0.4 GB."""
MOST = 4_000
"""Pixels along a side of a PNG."""
PPI = 600
"""At which an SVG is drawn: the least that print shops take for line art."""
WIDEST = 50.0
"""In mm: no room for a logo is wider (`pdf.logo`)."""
FLATTEST = 12.0
"""Times that a logo may be wider than high, or higher than wide."""
SVG = "{http://www.w3.org/2000/svg}"
REFUSED = {
    "script": "it holds a program",
    "foreignObject": "it holds a page of its own",
    "image": "it holds another picture",
    "text": "it holds text; turn the letters into paths",
    "animate": "it moves",
    "set": "it moves",
    "filter": "it holds a filter",
    "marker": "it holds a marker",
    "mask": "it holds a mask",
    "pattern": "it holds a pattern",
}
SIGNS = re.compile(r"[-+]{3}")
INSIDE = re.compile(r"url\(\s*['\"]?#([^)'\"]*)")
OUTSIDE = re.compile(r"url\(\s*['\"]?(?!#)|@import", re.IGNORECASE)


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
        raise ValueError(f"as an SVG it has more than {HEAVIEST_SVG:,} bytes")
    match read_xml(data):
        case XmlFault(reason):
            raise ValueError(f"it is neither PNG nor SVG: {reason}")
        case xml:
            root = xml.root
    if root.tag != f"{SVG}svg":
        raise ValueError("it is neither PNG nor SVG")
    _check_shapes(root)
    width, height = _size(root)
    wide = WIDEST if width >= height else WIDEST * width / height
    high = wide * height / width
    # Written anew: what is drawn is what was looked at, whatever its bytes may be to
    # another reader.
    plain = ElementTree.tostring(root, encoding="utf-8")
    try:
        return pixels_of_page(draw(plain, wide, high), PPI)
    except Exception as problem:
        # The engine is others' code, and stumbles over much that an SVG can hold.
        raise ValueError(f"it cannot be drawn: {problem}") from problem


def _check_shapes(root: ElementTree.Element) -> None:
    """Find what is no plain shape; ValueError where there is anything."""
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        if why := REFUSED.get(name) or (name.startswith("animate") and "it moves"):
            raise ValueError(why)
        if name == "style" and len(element.text or "") > LONGEST_STYLE:
            raise ValueError("its stylesheet is too long")
        if OUTSIDE.search(element.text or ""):
            raise ValueError("it asks for something outside it")
        for key, value in element.attrib.items():
            word = key.rpartition("}")[2].lower()
            outside = word == "href" and not value.startswith("#")
            if outside or word.startswith("on") or OUTSIDE.search(value):
                raise ValueError("it asks for something outside it")
            if SIGNS.search(value):
                raise ValueError("there are signs without numbers in it")
        if element.get("spreadMethod", "pad") != "pad":
            raise ValueError("its gradient is repeated")
    if _count(root, _named(root), {}) > MOST_SHAPES:
        raise ValueError(f"it draws more than {MOST_SHAPES:,} shapes")


def _named(root: ElementTree.Element) -> dict[str, ElementTree.Element]:
    return {name: element for element in root.iter() if (name := element.get("id"))}


def _count(
    element: ElementTree.Element,
    named: dict[str, ElementTree.Element],
    known: dict[ElementTree.Element, int],
) -> int:
    """Count the shapes that an element draws; ValueError where it draws itself."""
    if element not in known:
        known[element] = UNCOUNTED
        below = list(element)
        if element.tag == f"{SVG}use":
            targets = (element.get(key, "").strip() for key in HREFS)
            below += [named[key[1:]] for key in targets if key[1:] in named]
        for value in element.attrib.values():
            below += [named[key] for key in INSIDE.findall(value) if key in named]
        known[element] = 1 + sum(_count(part, named, known) for part in below)
    if known[element] == UNCOUNTED:
        raise ValueError("it draws itself")
    return known[element]


UNCOUNTED = -1
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")


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
