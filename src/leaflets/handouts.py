"""Handouts: published leaflets with a clinic's own lines and code in them.

Takes a published file with what was measured in it, and a clinic; gives the file with
the clinic's panel filled in.  What does not fit, cannot be written or cannot be read
by a telephone is told, and nothing is made of it.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from leaflets.checks.scanning import (
    MODULE_OFFICE,
    MODULE_PRESS,
    SIDE_OFFICE,
    SIDE_PRESS,
)
from leaflets.clinics import ClinicText
from leaflets.composition import Target
from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.digest import digest_bytes
from leaflets.execute import open_pool, use_fonts
from leaflets.fontset import FontSet
from leaflets.front import Front
from leaflets.locales import find_locale
from leaflets.manifest import SUMS, read_manifest, read_record
from leaflets.pdf.bidi import STRONG
from leaflets.pdf.facts import Blank
from leaflets.pdf.lines import Line, set_line
from leaflets.pdf.stamp import CODE, Code, Form, Mark, Place, prepare, proves, stamp
from leaflets.plan import fingerprint
from leaflets.publish import publish
from leaflets.qr import modules_of
from leaflets.scripts import LATIN, SCRIPTS
from leaflets.sheet import Panel, paper_of

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


@dataclass(frozen=True, slots=True)
class Handout:
    """What was made for a clinic of one file."""

    clinic: str
    target: Target
    output: str
    sha256: str
    """Empty where nothing was made."""
    diagnostics: tuple[Diagnostic, ...]


def hand_out(sheet: Sheet, clinic: ClinicText, folder: Path) -> Handout:
    """Fill a clinic's panel in and publish the file; what stops it is told."""
    output = f"{clinic.id}/{sheet.target}.pdf"
    data, found = filled(sheet, clinic)
    if data:
        problem = publish(data, folder, output)
        found += (problem,) if problem else ()
    sha256 = digest_bytes(data) if data and not found else ""
    return Handout(clinic.id, sheet.target, output, sha256, found)


def filled(sheet: Sheet, clinic: ClinicText) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Fill a clinic's panel in; no bytes where anything stands against it."""
    code_wanted = bool(clinic.url) and any(one.key == CODE for one in sheet.blanks)
    try:
        form = form_of(sheet, code=code_wanted)
    except (OSError, ValueError) as problem:
        message = f"{sheet.target} cannot be filled in: {problem}"
        hint = "`leaflets build` makes it anew"
        return b"", (error("clinic-form", message, clinic.location, hint),)
    found: list[Diagnostic] = []
    marks = _marks(form, sheet, clinic, found)
    code = _code(form, sheet, clinic, found) if code_wanted else None
    if found:
        return b"", tuple(found)
    data = stamp(form, marks, code)
    fonts = {(one.weight, glyph.family) for one in marks for glyph in one.line.glyphs}
    pages = {one.place.page for one in marks} | ({code.place.page} if code else set())
    if not proves(form, data, len(pages) + 2 * len(fonts)):
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
    )


def _marks(
    form: Form, sheet: Sheet, clinic: ClinicText, found: list[Diagnostic]
) -> tuple[Mark, ...]:
    """Set a clinic's lines as large as they fit."""
    places: dict[str, list[Place]] = {
        name: list(group)
        for name, group in groupby(
            (one for one in form.places if one.key != CODE),
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
    from leaflets.pdf.picture import code_reads

    url = clinic.url.replace("{leaflet}", sheet.target.leaflet)
    url = url.replace("{locale}", sheet.target.locales[0])
    place = next(one for one in form.places if one.key == CODE)
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


def no_forms(folder: Path) -> LeafletsError:
    """Say that there is nothing to fill in."""
    message = "no published leaflet is asked for here"
    hint = "run `leaflets build` first; languages, editions and paper must be built"
    return LeafletsError((error("clinic-form", message, Location(folder.name), hint),))


def sheets_of(
    folder: Path, front: Front, fonts: FontSet, tools: tuple[tuple[str, str], ...]
) -> tuple[Sheet, ...]:
    """List the published files that are as the sources are, and have a panel."""
    manifest, _ = read_manifest(folder)
    families = dict(fonts.families)
    made = []
    for one in front.compositions:
        entry = manifest.entry(one.target)
        mark = fingerprint(one, fonts=families, tools=tools)
        if entry is None or entry.earlier or entry.fingerprint != mark:
            continue
        record = read_record(folder, mark, one)
        if record is None or not record.layout.blanks:
            continue
        made.append(
            Sheet(
                one.target,
                folder / entry.output,
                entry.sha256,
                record.layout.blanks,
                one.places(record.layout.pages),
                one.families,
                one.minimum_size,
                one.right_to_left,
                one.shop is not None,
            )
        )
    return tuple(made)


def wanted(sheets: tuple[Sheet, ...], clinic: ClinicText) -> Iterator[Sheet]:
    """Give the files that a clinic hands out: its languages, editions and paper."""
    paper = paper_of(clinic.territory)
    papers = {one.target.paper for one in sheets}
    for one in sheets:
        target = one.target
        if clinic.locales and target.locale not in clinic.locales:
            continue
        if clinic.editions and target.edition not in clinic.editions:
            continue
        if paper in papers and target.paper != paper:
            continue
        yield one


def hand_out_all(
    clinic: ClinicText, sheets: tuple[Sheet, ...], folder: Path, fonts: Path
) -> tuple[Handout, ...]:
    """Fill in all that one clinic hands out; a job for a worker."""
    use_fonts(fonts)
    return tuple(hand_out(one, clinic, folder) for one in wanted(sheets, clinic))


def hand_out_many(
    clinics: Iterable[ClinicText],
    sheets: tuple[Sheet, ...],
    folder: Path,
    fonts: Path,
    *,
    workers: int,
) -> Iterator[Handout]:
    """Fill in what every clinic hands out, as they are ready."""
    todo = list(clinics)
    if workers <= 1 or len(todo) <= 2:
        for one in todo:
            yield from hand_out_all(one, sheets, folder, fonts)
        return
    with open_pool(workers) as pool:
        flying = [
            pool.submit(hand_out_some, tuple(some), sheets, folder, fonts)
            for some in batched(todo, BATCH)
        ]
        for future in as_completed(flying):
            yield from future.result()


def hand_out_some(
    clinics: tuple[ClinicText, ...],
    sheets: tuple[Sheet, ...],
    folder: Path,
    fonts: Path,
) -> tuple[Handout, ...]:
    """Fill in what several clinics hand out."""
    return tuple(
        made for one in clinics for made in hand_out_all(one, sheets, folder, fonts)
    )


def batched(todo: list[ClinicText], size: int) -> Iterator[list[ClinicText]]:
    """Part a list; enough at a time that sending it costs little."""
    for start in range(0, len(todo), size):
        yield todo[start : start + size]


BATCH = 10


def write_list(folder: Path, made: Iterable[Handout]) -> Diagnostic | None:
    """Write the digests of all that is handed out, for `sha256sum -c`."""
    lines = sorted(f"{one.sha256}  {one.output}\n" for one in made if one.sha256)
    lines.sort(key=lambda one: one.partition("  ")[2])
    return publish("".join(lines).encode(), folder, SUMS)
