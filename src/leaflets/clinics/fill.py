"""Filling: a clinic's own lines, code and logo in one published leaflet.

Takes a published file with what was measured in it, and a clinic; gives its bytes with
the clinic's panel filled in.  What does not fit, cannot be written or cannot be read
by a telephone is a finding about its column, and nothing is made then.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from leaflets.checks.page.qr import (
    MODULE_OFFICE,
    MODULE_PRESS,
    SIDE_OFFICE,
    SIDE_PRESS,
)
from leaflets.clinics.list import COLUMNS, ClinicText
from leaflets.diagnostics import Diagnostic, Subject, error
from leaflets.digest import digest_bytes
from leaflets.files import read
from leaflets.languages.bidi import STRONG
from leaflets.languages.locale import find_locale
from leaflets.languages.scripts import LATIN, settings
from leaflets.pages.composition import Target
from leaflets.pages.contract import CODE_BLANK
from leaflets.pages.qr import modules_of
from leaflets.paper.sheet import Panel
from leaflets.pdf.facts import Blank
from leaflets.pdf.fonts.lines import Line, set_line
from leaflets.pdf.read.raster import Pixels
from leaflets.pdf.stamp.logo import GAP, PPI, SMALLEST, extent
from leaflets.pdf.stamp.stamp import (
    Code,
    Form,
    Mark,
    Place,
    prepare,
    proves,
    stamp,
)

MM = 25.4 / 72
SIZES = (1.15, 1.1, 1.05, 1.0)
"""Type that is tried, as a part of the least that the edition allows."""
SHORT = "line"
"""Blanks that are not named for what stands there: filled one after the other."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A published file, and where a clinic's lines go in it."""

    target: Target
    path: Path
    sha256: str
    blanks: tuple[Blank, ...]
    panels: tuple[Panel, ...]
    families: tuple[str, ...]
    smallest: float
    """In pt."""
    right_to_left: bool
    press: bool


def filled(
    sheet: Sheet, clinic: ClinicText, logo: Pixels | None = None
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Fill a clinic's panel in; no bytes where anything stands against it.

    What a column is to blame for has it as the field that it is about.
    """
    code_wanted = bool(clinic.url) and any(
        blank.key == CODE_BLANK for blank in sheet.blanks
    )
    try:
        form = form_of(sheet, code=code_wanted)
    except (OSError, ValueError) as problem:
        message = f"{sheet.target} cannot be filled in: {problem}"
        hint = "`leaflets build` makes it anew"
        return b"", (error("clinic-form", message, clinic.location, hint),)
    diagnostics: list[Diagnostic] = []
    if logo is not None:
        form = _beside(form, sheet, clinic, logo, diagnostics)
    marks = _marks(form, sheet, clinic, diagnostics)
    code = _code(form, sheet, clinic, diagnostics) if code_wanted else None
    if diagnostics:
        return b"", tuple(diagnostics)
    data = stamp(form, marks, code, logo)
    fonts = {
        (mark.weight, glyph.family) for mark in marks for glyph in mark.line.glyphs
    }
    pages = {mark.place.page for mark in marks}
    if code:
        pages.add(code.place.page)
    if not proves(form, data, len(pages) + 2 * len(fonts) + (logo is not None)):
        message = f"{sheet.target} is not the published leaflet any more"
        return b"", (error("clinic-form", message, clinic.location),)
    return data, ()


@lru_cache(maxsize=64)
def form_of(sheet: Sheet, *, code: bool) -> Form:
    """Make a file ready, once in each process; ValueError where it is not as listed."""
    data = read(sheet.path.parents[1], "/".join(sheet.path.parts[-2:]))
    if digest_bytes(data) != sheet.sha256:
        raise ValueError("its bytes are not those listed in the manifest")
    return prepare(
        data,
        sheet.blanks,
        sheet.panels,
        sheet.families,
        press=sheet.press,
        code=code,
        right_to_left=sheet.right_to_left,
    )


def _beside(
    form: Form,
    sheet: Sheet,
    clinic: ClinicText,
    logo: Pixels,
    diagnostics: list[Diagnostic],
) -> Form:
    """Keep room for a logo on the lines beside it; tell of one that is too small."""
    wide, high = extent(logo, form.room)
    if max(wide, high) < SMALLEST:
        message = f"the logo would be {wide:.0f} by {high:.0f} mm on {sheet.target}"
        hint = f"it needs {PPI} pixels an inch, and one side of {SMALLEST:g} mm"
        diagnostics.append(_error("logo", "clinic-logo", message, clinic, hint))
    taken = wide + GAP
    places = tuple(
        replace(
            place,
            width=place.width - taken,
            left=place.left + (taken if sheet.right_to_left else 0.0),
        )
        if place.key in form.room.keys
        else place
        for place in form.places
    )
    return replace(form, places=places)


def _error(
    column: str, code: str, message: str, clinic: ClinicText, hint: str = ""
) -> Diagnostic:
    """Make a finding about a column of a clinic."""
    return error(code, message, clinic.location, hint, subject=Subject(field=column))


def missing_characters(
    sheet: Sheet, clinic: ClinicText
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List the characters that no font has, each once, by their columns."""
    families = families_of(clinic.language, sheet.families)
    for column, text in clinic.lines:
        missing = _line(text, families, 400, clinic).missing
        if missing:
            yield column, tuple(dict.fromkeys(missing))


def _marks(
    form: Form, sheet: Sheet, clinic: ClinicText, diagnostics: list[Diagnostic]
) -> tuple[Mark, ...]:
    """Set a clinic's lines as large as they fit."""
    places: dict[str, list[Place]] = {
        name: list(group)
        for name, group in groupby(
            (place for place in form.places if place.key != CODE_BLANK),
            key=lambda place: place.key.rpartition("-")[0],
        )
    }
    for column, characters in missing_characters(sheet, clinic):
        message = f"no font has {', '.join(map(repr, characters))}"
        hint = "write it another way"
        diagnostics.append(_error(column, "missing-glyph", message, clinic, hint))
    if diagnostics:
        return ()
    families = families_of(clinic.language, sheet.families)
    over = _Overflow("")
    for part in SIZES:
        placed = _placed(places, sheet, clinic, families, sheet.smallest * part)
        if not isinstance(placed, _Overflow):
            return placed
        over = placed
    what = f'"{over.column}" is {over.width:.0f} mm too long for its line'
    if over.lines:
        what = f'"{over.column}" finds no line: the panel has {over.lines}'
    message = f"{what} on {sheet.target}, in {sheet.smallest:g} pt type"
    hint = "shorten it, or leave something out for this edition"
    diagnostics.append(_error(over.column, "clinic-too-long", message, clinic, hint))
    return ()


@dataclass(frozen=True, slots=True)
class _Overflow:
    """The first text that finds no room."""

    column: str
    width: float = 0.0
    """In mm, by which it is too long for its line."""
    lines: int = 0
    """How many there are, where it finds none; else 0."""


def _placed(
    places: dict[str, list[Place]],
    sheet: Sheet,
    clinic: ClinicText,
    families: tuple[str, ...],
    size: float,
) -> tuple[Mark, ...] | _Overflow:
    """Put each line in its blank, in type of `size` pt, or say which overflows."""
    marks: list[Mark] = []
    queue = list(places.get(SHORT, ()))
    for column, text in clinic.lines:
        free = queue if SHORT in places else list(places.get(column, ()))
        weight = COLUMNS[column].weight
        for words in _wrapped(text, families, weight, clinic, size, free):
            if not free:
                lines = len(places.get(SHORT, places.get(column, ())))
                return _Overflow(column, lines=lines)
            place = free.pop(0)
            line = _line(words, families, weight, clinic)
            width = line.width * size * MM
            if width > place.width:
                return _Overflow(column, width=width - place.width)
            marks.append(
                Mark(place, line, size, weight, clinic.language, sheet.right_to_left)
            )
    return tuple(marks)


def _wrapped(
    text: str,
    families: tuple[str, ...],
    weight: int,
    clinic: ClinicText,
    size: float,
    free: list[Place],
) -> Iterator[str]:
    """Part a text at its spaces, so that it fills line after line.

    `free` are the blanks that are left, as wide as the first of them.
    """
    width = free[0].width if free else 0.0
    begun = ""
    for word in text.split(" "):
        longer = f"{begun} {word}" if begun else word
        if begun and _line(longer, families, weight, clinic).width * size * MM > width:
            yield begun
            longer = word
        begun = longer
    yield begun


def _line(
    text: str, families: tuple[str, ...], weight: int, clinic: ClinicText
) -> Line:
    first = next((side for char in text if (side := _strong(char))), "L")
    direction = "rtl" if first == "R" else "ltr"
    return set_line(text, families, weight, clinic.language, direction)


def _strong(char: str) -> str:
    """Return the side from which a letter runs (UAX 9, P2): L or R; digits have none."""
    kind = unicodedata.bidirectional(char)
    return STRONG[kind] if kind in ("L", "R", "AL") else ""


def _code(
    form: Form, sheet: Sheet, clinic: ClinicText, diagnostics: list[Diagnostic]
) -> Code:
    """Draw the code, if a telephone can read it from a worn copy."""
    from leaflets.pdf.read.raster import code_reads

    url = clinic.url.replace("{leaflet}", sheet.target.leaflet)
    url = url.replace("{locale}", sheet.target.locales[0])
    place = next(place for place in form.places if place.key == CODE_BLANK)
    code = Code(place, modules_of(url), url)
    least, side = (
        (MODULE_PRESS, SIDE_PRESS) if sheet.press else (MODULE_OFFICE, SIDE_OFFICE)
    )
    if code.module < least or code.module * len(code.rows) < side:
        message = (
            f"the code of {url} has modules of {code.module:.2f} mm on {sheet.target},"
            f" and needs {least} mm"
        )
        hint = "a shorter address makes a code that is easier to read"
        diagnostics.append(_error("url", "clinic-code", message, clinic, hint))
    elif not code_reads(code.rows, round(code.module, 2), url):
        message = f"the code of {url} cannot be read from a copy of {sheet.target}"
        diagnostics.append(_error("url", "clinic-code", message, clinic))
    return code


@lru_cache(maxsize=256)
def families_of(language: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """List all fonts: first those of a clinic's language, then the leaflet's."""
    locale = find_locale(language.replace("-", "_"))
    own = locale.setting.families if locale else ()
    rest = sorted({name for script in settings().values() for name in script.families})
    return tuple(dict.fromkeys((*own, *usual, LATIN, *rest)))
