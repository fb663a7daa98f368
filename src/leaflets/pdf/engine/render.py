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
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.pages.composition import Asset, Composition, Passage, Step
from leaflets.pages.contract import ASSET, BACK, SPREAD_START, notes_id
from leaflets.pdf.engine.faster import make_faster
from leaflets.pdf.engine.measure import (
    filled_of,
    measure,
    rooms_of,
    split_over_pages,
)
from leaflets.pdf.engine.search import Fit, Outcome, largest
from leaflets.pdf.engine.stop import ROUNDING, Lost, stopping
from leaflets.pdf.facts import LayoutFacts

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
        diagnostic = error(
            "font-missing", "the fonts are not installed", place, "run `leaflets fonts`"
        )
        raise LeafletsError((diagnostic,))
    os.environ["FONTCONFIG_FILE"] = str(config.resolve())
    names = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
    missing = [name for name in names if not ctypes.util.find_library(name)]
    if missing and sys.platform == "linux":
        message = f"a system library is missing: {', '.join(missing)}"
        raise LeafletsError(
            (error("library-missing", message, Location("system"), APT),)
        )


def render(composition: Composition) -> Rendered:
    """Lay a composition out, measure it and write it as tagged PDF.

    With steps of smaller type, the largest that fills no more pages than there are
    and leaves the last of them its slack;
    with a fold, as many pages for notes as the sheets have room for.
    """
    variant = "pdf/x-4" if composition.shop else "pdf/ua-1"
    options = {"pdf_variant": variant, "pdf_tags": True}
    _make_faster()
    with _listening() as records:
        parsed = _parse(composition)
        step, whole = _largest(composition, parsed, options)
        whole = _filled(composition, parsed, step, options, whole)
        layout = measure(whole.document, composition)
        _complete_tags()
        data = whole.document.write_pdf(**options)
    records = [*parsed.records, *whole.records, *records]
    refused = [*whole.refused]
    diagnostics = [_refusal(address, composition) for address in refused]
    for record in records:
        diagnostics.extend(_diagnosed(record, composition, refused))
    return Rendered(
        data,
        replace(layout, step=step, size=_size_of(composition, step)),
        tuple(dict.fromkeys(diagnostics)),
    )


@cache
def _make_faster() -> None:
    """Spare the engine its long ways, once in each process."""
    import pydyf
    import weasyprint.css

    make_faster(weasyprint.css, pydyf, weasyprint.__version__)


@cache
def _complete_tags() -> None:
    """Have the engine say in the tags what is in another language, and what heads what.

    It writes the document's language only, so a voice read English as if it were
    Arabic (ISO 14289-1, 7.2: the language of every text can be told).  Of a table's
    headings it tells the cells and not the direction (7.5).
    """
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def completed(box: Any, *rest: Any) -> Iterator[Any]:
        source = getattr(box, "element", None)
        spoken = None
        if source is not None and source.tag not in ("html", "body"):
            spoken = source.get("lang")
        for element in build(box, *rest):
            if spoken and "Lang" not in element:
                element["Lang"] = pydyf.String(spoken)
            if element["S"] == "/TH" and source is not None:
                is_row = source.get("scope") == "row"
                element["A"]["Scope"] = "/Row" if is_row else "/Column"
            yield element

    tags._build_box_tree = completed


def draw(svg: bytes, width: float, height: float) -> bytes:
    """Draw one SVG on a page of its own, in mm; it can reach nothing else.

    ValueError where the engine says anything of it.
    """
    import weasyprint

    asset = Asset("drawing", "image/svg+xml", svg)
    page = f"@page {{ size: {width:g}mm {height:g}mm; margin: 0 }}"
    box = "display: block; width: 100%; height: 100%; object-fit: contain"
    refused: list[str] = []
    with _listening() as records:
        html = weasyprint.HTML(
            string=f'<body style="margin: 0"><img src="asset:drawing" style="{box}">',
            url_fetcher=_fetcher({"asset:drawing": asset}, refused),
        )
        style = weasyprint.CSS(string=page, font_config=_fonts())
        data: bytes = html.write_pdf(stylesheets=[style], font_config=_fonts())
    if records or refused:
        raise ValueError("; ".join([*records, *refused])[:200])
    return data


def _filled(
    composition: Composition,
    parsed: "_Parsed",
    step: int,
    options: dict[str, Any],
    whole: "_Laid",
) -> "_Laid":
    """Fill a folded sheet up with pages for notes, before the back.

    What stands on the back may have shared a page with text before, and then takes
    the place of one page of notes.
    """
    pages = len(whole.document.pages)
    wanted = composition.fold.padded(pages)
    for notes in range(wanted - pages, -1, -1):
        if wanted == len(whole.document.pages):
            break
        whole = _lay(composition, parsed, step, options, notes, pushed=whole.pushed)
    return whole


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A composition's HTML, parsed once for all its layouts."""

    html: Any
    records: tuple[str, ...]
    refused: list[str]
    """What the layout at work asked for and was refused."""


def _parse(composition: Composition) -> _Parsed:
    import weasyprint

    assets = {ASSET + asset.name: asset for asset in composition.assets}
    refused: list[str] = []
    with _listening() as records:
        html = weasyprint.HTML(
            string=composition.html,
            url_fetcher=_fetcher(assets, refused),
            media_type="print",
        )
    return _Parsed(html, tuple(records), refused)


@dataclass(frozen=True, slots=True)
class _Laid:
    """One layout, what the engine said of it and what it was refused."""

    document: Any
    records: tuple[str, ...]
    refused: tuple[str, ...]
    pushed: bool = False
    """Whether what must stand on facing pages begins on a new one."""


def _largest(
    composition: Composition, parsed: "_Parsed", options: dict[str, Any]
) -> tuple[int, _Laid]:
    """Lay a composition out at the largest step that fits; the reserve where none does.

    The one that is chosen has been laid out to its end.
    """
    laid: dict[int, _Laid] = {}

    def judge(step: int, floor: Fit) -> Outcome:
        outcome, whole = _tried(composition, parsed, step, options, floor)
        if whole:
            laid[step] = whole
        return outcome

    step = 0
    if _smaller(composition):
        sizes = [smaller.size for smaller in composition.steps]
        # They shrink evenly, and the page does not say what it began with.
        first = [2 * sizes[0] - sizes[1]] if len(sizes) > 1 else sizes or [1.0]
        step = largest(
            [*first, *sizes],
            reserve=composition.reserve is not None,
            panels=composition.fold.opens_flat,
            judge=judge,
        )
    if step not in laid:
        judge(step, Fit.NOT)
    return step, laid[step]


def _tried(
    composition: Composition,
    parsed: "_Parsed",
    step: int,
    options: dict[str, Any],
    floor: Fit,
) -> tuple[Outcome, _Laid | None]:
    """Lay out at a step, if need be once more with facing pages begun anew.

    None where it was seen on the way that it falls below the floor.
    """
    outcome, whole = _attempt(composition, parsed, step, options, floor, pushed=False)
    facing = composition.fold.stapled and SPREAD_START in composition.html
    if facing and outcome.fit < Fit.FULL:
        pushed = _attempt(composition, parsed, step, options, floor, pushed=True)
        if pushed[0].fit > outcome.fit:
            return pushed
    return outcome, whole


def _attempt(
    composition: Composition,
    parsed: "_Parsed",
    step: int,
    options: dict[str, Any],
    floor: Fit,
    *,
    pushed: bool,
) -> tuple[Outcome, _Laid | None]:
    """Lay out at a step until it falls below the floor, and judge how well it fits."""
    import weasyprint.layout

    try:
        with stopping(weasyprint.layout, composition, floor):
            whole = _lay(composition, parsed, step, options, pushed=pushed)
    except Lost as lost:
        return Outcome(lost.fit, lost.filled), None
    rooms = rooms_of(whole.document)
    filled = filled_of(whole.document, rooms, composition.page_limit)
    return Outcome(_fit(composition, whole, rooms), filled), whole


def _fit(composition: Composition, laid: _Laid, rooms: tuple[float, ...]) -> Fit:
    """Judge how well a layout fits: its pages, what stands on them whole, and slack."""
    pages = len(laid.document.pages)
    if pages > composition.page_limit or split_over_pages(laid.document):
        return Fit.NOT
    if min(rooms) < -ROUNDING:
        return Fit.FRAME_IN_FOOT
    free = pages < composition.page_limit or rooms[-1] >= composition.slack
    return Fit.WITH_SLACK if free else Fit.FULL


def _lay(
    composition: Composition,
    parsed: "_Parsed",
    step: int,
    options: dict[str, Any],
    notes: int | None = None,
    *,
    pushed: bool = False,
) -> _Laid:
    """Lay a composition out at a step.

    With a number of pages for notes, the back stands on a page of its own.
    """
    text = composition.stylesheet
    if step:
        text = _smaller(composition)[step - 1].stylesheet
    style, said, unread = _stylesheet(text)
    parsed.refused[:] = unread
    rules = []
    if notes is not None:
        shown = map(notes_id, range(1, notes + 1))
        rules = [f"#{name} {{ display: block }}" for name in shown]
        rules.append(f".{BACK} {{ break-before: page }}")
    if pushed:
        rules.append(f".{SPREAD_START} {{ break-before: page }}")
    styles = [style, *(_stylesheet(rule)[0] for rule in rules)]
    with _listening() as records:
        document = parsed.html.render(
            stylesheets=styles, font_config=_fonts(), **options
        )
    return _Laid(document, (*said, *records), tuple(parsed.refused), pushed)


def _size_of(composition: Composition, step: int) -> float:
    """Look up the body type in pt of a step; 0 where nothing was to be fitted."""
    return _smaller(composition)[step - 1].size if step else 0.0


def _smaller(composition: Composition) -> tuple[Step, ...]:
    """List the ways to set a page smaller, the reserve last."""
    last = composition.reserve
    return (*composition.steps, last) if last else composition.steps


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
    before = [(logger.propagate, list(logger.handlers)) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [handler], False
    try:
        yield records
    finally:
        for logger, (propagate, handlers) in zip(loggers, before, strict=True):
            logger.propagate, logger.handlers = propagate, handlers


def _refusal(address: str, composition: Composition) -> Diagnostic:
    """Report that the page asked for something it may not read."""
    message = f"the page asks for {address}, which is no part of it"
    hint = "figures and codes are composed with the page; nothing else is read"
    return error("refused-file", message, composition.location, hint)


def _diagnosed(
    text: str, composition: Composition, refused: list[str]
) -> Iterator[Diagnostic]:
    """Turn one record of the engine into findings, at the text they are about."""
    if match := NOTDEF.search(text):
        char = chr(int(match[1], 16))
        places = [passage for passage in composition.passages if char in passage.text]
        yield from (_missing(char, passage) for passage in places)
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
    """Report that a text holds a character that cannot be printed."""
    message = f"no font of this locale has {char!r} (U+{ord(char):04X})"
    hint = "write it another way, or add a font (docs/decisions)"
    return error("missing-glyph", message, passage.location, hint)
