"""Filling: a clinic's own lines, code and logo in one published leaflet.

Takes a published file with what was measured in it, and a clinic; gives its bytes with
the clinic's panel filled in.  What does not fit, cannot be written or cannot be read
by a telephone is told, and nothing is made of it.
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
from leaflets.clinics.list import ClinicText
from leaflets.diagnostics import Diagnostic, error
from leaflets.digest import digest_bytes
from leaflets.languages.bidi import STRONG
from leaflets.languages.locale import find_locale
from leaflets.languages.scripts import LATIN, SCRIPTS
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
STREAMS = 4
"""A stamp adds the drawing on each page, and two streams for each font."""


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
    """Fill a clinic's panel in; no bytes where anything stands against it."""
    code_wanted = bool(clinic.url) and any(
        one.key == CODE_BLANK for one in sheet.blanks
    )
    try:
        form = form_of(sheet, code=code_wanted)
    except (OSError, ValueError) as problem:
        message = f"{sheet.target} cannot be filled in: {problem}"
        hint = "`leaflets build` makes it anew"
        return b"", (error("clinic-form", message, clinic.location, hint),)
    found: list[Diagnostic] = []
    form = _beside(form, sheet, clinic, logo, found)
    marks = _marks(form, sheet, clinic, found)
    code = _code(form, sheet, clinic, found) if code_wanted else None
    if found:
        return b"", tuple(found)
    data = stamp(form, marks, code, logo)
    fonts = {(one.weight, glyph.family) for one in marks for glyph in one.line.glyphs}
    pages = {one.place.page for one in marks} | ({code.place.page} if code else set())
    if not proves(form, data, len(pages) + 2 * len(fonts) + (logo is not None)):
        message = f"{sheet.target} is not the published leaflet any more"
        return b"", (error("clinic-form", message, clinic.location),)
    return data, ()


@lru_cache(maxsize=64)
def form_of(sheet: Sheet, *, code: bool) -> Form:
    """Make a file ready, once in each process; ValueError where it is not as listed."""
    data = sheet.path.read_bytes()
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
    logo: Pixels | None,
    found: list[Diagnostic],
) -> Form:
    """Keep room for a logo on the lines beside it; tell of one that is too small."""
    if logo is None:
        return form
    wide, high = extent(logo, form.room)
    if max(wide, high) < SMALLEST:
        message = f"the logo would be {wide:.0f} by {high:.0f} mm on {sheet.target}"
        hint = f"it needs {PPI} pixels an inch, and one side of {SMALLEST:g} mm"
        found.append(error("clinic-logo", message, clinic.location, hint))
    off = wide + GAP
    places = tuple(
        replace(
            one,
            width=one.width - off,
            left=one.left + (off if sheet.right_to_left else 0.0),
        )
        if one.key in form.room.keys
        else one
        for one in form.places
    )
    return replace(form, places=places)


def _marks(
    form: Form, sheet: Sheet, clinic: ClinicText, found: list[Diagnostic]
) -> tuple[Mark, ...]:
    """Set a clinic's lines as large as they fit."""
    places: dict[str, list[Place]] = {
        name: list(group)
        for name, group in groupby(
            (one for one in form.places if one.key != CODE_BLANK),
            key=lambda one: one.key.rpartition("-")[0],
        )
    }
    families = families_of(clinic.language, sheet.families)
    for _, text in clinic.lines:
        missing = "".join(dict.fromkeys(_line(text, families, 400, clinic).missing))
        if missing:
            message = f"no font has {', '.join(f'{one!r}' for one in missing)}"
            hint = "write it another way"
            found.append(error("missing-glyph", message, clinic.location, hint))
    if found:
        return ()
    over: tuple[str, float, int] = ("", 0.0, 0)
    for part in SIZES:
        marks, over = _placed(places, sheet, clinic, families, sheet.smallest * part)
        if not over[0]:
            return marks
    field, width, lines = over
    what = f'"{field}" is {width:.0f} mm too long for its line'
    if lines:
        what = f'"{field}" finds no line: the panel has {lines}'
    message = f"{what} on {sheet.target}, in {sheet.smallest:g} pt type"
    hint = "shorten it, or leave something out for this edition"
    found.append(error("clinic-too-long", message, clinic.location, hint))
    return ()


def _placed(
    places: dict[str, list[Place]],
    sheet: Sheet,
    clinic: ClinicText,
    families: tuple[str, ...],
    size: float,
) -> tuple[tuple[Mark, ...], tuple[str, float, int]]:
    """Put each line in its blank; tell the first that finds no room, and by how much."""
    marks: list[Mark] = []
    queue = list(places.get(SHORT, ()))
    for field, text in clinic.lines:
        room = queue if SHORT in places else list(places.get(field, ()))
        weight = 600 if field == "name" else 400
        for words in _wrapped(text, families, weight, clinic, size, room):
            if not room:
                return (), (field, 0.0, len(places.get(SHORT, places.get(field, ()))))
            place = room.pop(0)
            line = _line(words, families, weight, clinic)
            width = line.width * size * MM
            if width > place.width:
                return (), (field, width - place.width, 0)
            marks.append(
                Mark(place, line, size, weight, clinic.language, sheet.right_to_left)
            )
    return tuple(marks), ("", 0.0, 0)


def _wrapped(
    text: str,
    families: tuple[str, ...],
    weight: int,
    clinic: ClinicText,
    size: float,
    room: list[Place],
) -> Iterator[str]:
    """Part a text at its spaces, so that it fills line after line."""
    width = room[0].width if room else 0.0
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
    first = next((kind for one in text if (kind := _strong(one))), "L")
    direction = "rtl" if first == "R" else "ltr"
    return set_line(text, families, weight, clinic.language, direction)


def _strong(char: str) -> str:
    """Tell the side from which a letter runs (UAX 9, P2); digits have none."""

    kind = unicodedata.bidirectional(char)
    return STRONG[kind] if kind in ("L", "R", "AL") else ""


def _code(
    form: Form, sheet: Sheet, clinic: ClinicText, found: list[Diagnostic]
) -> Code:
    """Draw the code, if a telephone can read it from a worn copy."""
    from leaflets.pdf.read.raster import code_reads

    url = clinic.url.replace("{leaflet}", sheet.target.leaflet)
    url = url.replace("{locale}", sheet.target.locales[0])
    place = next(one for one in form.places if one.key == CODE_BLANK)
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
        found.append(error("clinic-code", message, clinic.location, hint))
    elif not code_reads(code.rows, round(code.module, 2), url):
        message = f"the code of {url} cannot be read from a copy of {sheet.target}"
        found.append(error("clinic-code", message, clinic.location))
    return code


@lru_cache(maxsize=256)
def families_of(language: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """List all fonts: first those of a clinic's language, then the leaflet's."""
    locale = find_locale(language.replace("-", "_"))
    own = locale.setting.families if locale else ()
    rest = sorted({one for script in SCRIPTS.values() for one in script.families})
    return tuple(dict.fromkeys((*own, *usual, LATIN, *rest)))
