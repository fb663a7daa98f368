"""Render: one composition to PDF and to what was measured (door to WeasyPrint).

Hermetic: the page reads the composition's assets and the project's fonts and
nothing else.  Strict: every record that the engine logs becomes a finding, for
it goes on silently where print must not (a missing glyph, a refused file).
"""

import ctypes.util
import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaflets.composition import Asset, Composition, Passage
from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.pdf.facts import BoxFit, Fragment, LayoutFacts

MM = 25.4 / 96
"""Millimetres in a CSS pixel."""
POINTS = 72 / 96
APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
LOGGERS = ("weasyprint", "weasyprint.progress", "fontTools", "PIL")
NOTDEF = re.compile(r"\.notdef glyph.*\(U\+([0-9A-F]+)\)")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A PDF as the engine wrote it, and what was measured on the way."""

    data: bytes
    layout: LayoutFacts
    diagnostics: tuple[Diagnostic, ...]


def use_fonts(config: Path) -> None:
    """Choose the project's fonts for this process, before Pango is loaded.

    LeafletsError where the fonts or a library are missing.
    """
    place = Location("build/fonts.conf")
    if not config.is_file():
        found = error(
            "font-missing", "the fonts are not installed", place, "make setup"
        )
        raise LeafletsError((found,))
    os.environ["FONTCONFIG_FILE"] = str(config.resolve())
    names = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
    missing = [name for name in names if not ctypes.util.find_library(name)]
    if missing and sys.platform == "linux":
        message = f"a system library is missing: {', '.join(missing)}"
        raise LeafletsError(
            (error("library-missing", message, Location("system"), APT),)
        )


def render(composition: Composition) -> Rendered:
    """Lay a composition out, measure it and write it as tagged PDF/UA-1."""
    import weasyprint

    assets = {f"asset:{one.name}": one for one in composition.assets}
    style, said, unread = _stylesheet(composition.stylesheet)
    refused: list[str] = list(unread)
    with _listening() as records:
        records.extend(said)
        page = weasyprint.HTML(
            string=composition.html,
            url_fetcher=_fetcher(assets, refused),
            media_type="print",
        )
        document = page.render(
            stylesheets=[style], font_config=_fonts(), pdf_variant="pdf/ua-1"
        )
        layout = _measure(document, composition)
        data = document.write_pdf(pdf_variant="pdf/ua-1")
    found = [_refusal(address, composition) for address in refused]
    for record in records:
        found.extend(_told(record, composition, refused))
    return Rendered(data, layout, tuple(dict.fromkeys(found)))


@lru_cache(maxsize=32)
def _stylesheet(text: str) -> tuple[Any, tuple[str, ...], tuple[str, ...]]:
    """Parse a stylesheet once in each process: many targets share it.

    What the engine said and what was refused are kept with it, for they are true
    of every target that is set with it, not only of the first.
    """
    import weasyprint

    refused: list[str] = []
    with _listening() as records:
        style = weasyprint.CSS(
            string=text, font_config=_fonts(), url_fetcher=_fetcher({}, refused)
        )
    return style, tuple(records), tuple(refused)


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """Open the fonts once in each process."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _fetcher(assets: dict[str, Asset], refused: list[str]) -> Any:
    """Serve the composition's assets; note and refuse everything else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            asset = assets.get(url)
            if asset is None:
                refused.append(url[:200])
                raise ValueError(f"not a part of this page: {url[:200]}")
            kind = {"Content-Type": asset.media_type}
            return URLFetcherResponse(url, asset.data, kind)

    return Fetcher()


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Gather what the engine's libraries log, and keep it from the screen."""
    records: list[str] = []

    class Gather(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            records.append(" ".join(record.getMessage().split()))

    handler = Gather(level=logging.WARNING)
    loggers = [logging.getLogger(name) for name in LOGGERS]
    before = [(one.propagate, list(one.handlers)) for one in loggers]
    for one in loggers:
        one.handlers, one.propagate = [handler], False
    try:
        yield records
    finally:
        for one, (propagate, handlers) in zip(loggers, before, strict=True):
            one.propagate, one.handlers = propagate, handlers


def _refusal(address: str, composition: Composition) -> Diagnostic:
    """Tell that the page asked for something it may not read."""
    message = f"the page asks for {address}, which is no part of it"
    hint = "figures and codes are composed with the page; nothing else is read"
    return error("refused-file", message, composition.location, hint)


def _told(
    text: str, composition: Composition, refused: list[str]
) -> Iterator[Diagnostic]:
    """Turn one record of the engine into findings, at the text they are about."""
    if match := NOTDEF.search(text):
        char = chr(int(match[1], 16))
        places = [one for one in composition.passages if char in one.text]
        yield from (_missing(char, one) for one in places)
        if not places:
            message = f"no font of this locale has {char!r} (U+{match[1]})"
            yield error("missing-glyph", message, composition.location)
    elif "Failed to load" in text:
        if not any(address in text for address in refused):
            yield error("broken-image", text, composition.location)
    else:
        message = f"the typesetter says: {text}"
        yield error("engine-message", message, composition.location)


def _missing(char: str, passage: Passage) -> Diagnostic:
    """Tell that a text holds a character that cannot be printed."""
    message = f"no font of this locale has {char!r} (U+{ord(char):04X})"
    hint = "write it another way, or add a font (docs/decisions)"
    return error("missing-glyph", message, passage.location, hint)


def _measure(document: Any, composition: Composition) -> LayoutFacts:
    """Walk the laid-out pages: every piece of text with its place and passage."""
    keys = {one.key for one in composition.passages}
    fixed = {one.key for one in composition.boxes}
    fragments: list[Fragment] = []
    heights: dict[str, tuple[int, float]] = {}

    def walk(box: Any, page: int, key: str) -> None:
        element = getattr(box, "element", None)
        name = element.get("id") if element is not None else None
        if name in fixed and name not in heights:
            heights[str(name)] = (page, _mm(box.height))
        if "::" in str(box.element_tag):
            key = ""  # a bullet or number that the stylesheet makes
        elif name in keys:
            key = str(name)
        if type(box).__name__ == "TextBox":
            if box.text.strip():
                fragments.append(_fragment(box, page, key))
            return
        for child in getattr(box, "children", ()):
            walk(child, page, key)

    for number, page in enumerate(document.pages, 1):
        walk(page._page_box, number, "")
    boxes = tuple(
        BoxFit(key, page, height, _widest(fragments, key))
        for key, (page, height) in heights.items()
    )
    return LayoutFacts(len(document.pages), tuple(fragments), boxes)


def _widest(fragments: list[Fragment], key: str) -> float:
    """Measure the widest line of a passage in mm."""
    lines: dict[tuple[int, float], list[Fragment]] = {}
    for one in fragments:
        if one.key == key:
            lines.setdefault((one.page, one.bottom), []).append(one)
    widths = (
        max(one.right for one in line) - min(one.left for one in line)
        for line in lines.values()
    )
    return round(max(widths, default=0.0), 2)


def _fragment(box: Any, page: int, key: str) -> Fragment:
    left, top = _mm(box.position_x), _mm(box.position_y)
    return Fragment(
        page,
        key,
        box.text,
        left,
        top,
        round(left + _mm(box.width), 2),
        round(top + _mm(box.height), 2),
        round(top + _mm(box.baseline), 2),
        round(box.style["font_size"] * POINTS, 2),
        int(box.style["font_weight"]),
        tuple(box.style["font_family"]),
        str(box.style["direction"]),
    )


def _mm(pixels: float) -> float:
    return round(float(pixels) * MM, 2)
