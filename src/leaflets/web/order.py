"""Print desk: one leaflet with one clinic's panel, made on request.

Takes what was typed; gives the PDF and its pages as pictures, or which words to mend.
Nothing of it is kept: the leaflet comes from the build folder, the clinic's lines are
drawn into it in memory.  What must be built first is built apart from what was typed.
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaflets.build.front import Front, analyse_with_cache
from leaflets.build.manifest import MANIFEST
from leaflets.build.options import Options
from leaflets.build.release import only_approved
from leaflets.build.round import build_round
from leaflets.build.session import build_folder, open_session
from leaflets.clinics.fill import Sheet, filled, missing_characters
from leaflets.clinics.handouts import no_forms, sheets_of
from leaflets.clinics.list import ClinicText, check_row
from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    keeps_from_print,
)
from leaflets.files import state_of
from leaflets.pages.composition import Choice, Target
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.read.raster import Pixels, page_count, page_png

PPI = 80
"""Of the pages that are shown before they are downloaded."""
HERE = Location("form")
ID = "desk"
"""Of the clinic at the form, which has no folder of its own."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the leaflets lie that a desk prints into."""

    root: Path
    beside: str = ""
    """The edition for two languages; empty where there is none."""
    release: bool = False
    """Whether they are approved; drafts lie elsewhere."""

    @property
    def folder(self) -> Path:
        """Return the folder of what is published."""
        return build_folder(self.root, release=self.release)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody at the desk wants printed."""

    leaflet: str
    first: str
    """Locale of the reader."""
    second: str
    """Locale that stands beside; empty for one language."""
    edition: str
    paper: str
    fields: tuple[tuple[str, str], ...]
    """Names of `clinics.list.FORM`, and what was typed."""
    logo: bytes
    show: bool
    """Whether the pages are wanted as pictures."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an order cannot be printed, for the form to say in its reader's words."""

    code: str
    field: str = ""
    """The field to mend; empty where none is to blame."""
    characters: str = ""
    """Those that no font has."""


UNBUILT = Problem("clinic-form")
"""What is asked for is not built, or not as it is listed: a build may help."""


@dataclass(frozen=True, slots=True)
class Printout:
    """What came of an order."""

    data: bytes = b""
    """The PDF; empty where there are problems."""
    images: tuple[bytes, ...] = ()
    """PNG, side by side; empty where they are not wanted."""
    problems: tuple[Problem, ...] = ()
    flip: str = ""
    """The edge at which the printer turns the sheet: long or short."""


def problems_in(order: Order) -> tuple[Problem, ...]:
    """List the fields that cannot be printed, before anything is made."""
    row = {"id": ID, **dict(order.fields)}
    wrong = {diagnostic.subject.field for diagnostic in check_row(row, (), HERE)}
    return tuple(
        Problem("clinic-code" if name == "url" else "field", name)
        for name, _ in order.fields
        if name in wrong
    )


def target_of(order: Order, beside: str) -> Target:
    """Name the target of an order; `beside` is the edition for two languages."""
    if order.second and order.second != order.first:
        pair = f"{order.first}+{order.second}"
        return Target(order.leaflet, pair, beside or order.edition, order.paper)
    return Target(order.leaflet, order.first, order.edition, order.paper)


def clinic_of(order: Order) -> ClinicText:
    """Make a clinic of what was typed."""
    fields: dict[str, Any] = {
        name: " ".join(text.split()) for name, text in order.fields
    }
    language = order.first.replace("_", "-")
    return ClinicText(**{"id": ID, "name": "", **fields}, language=language)


def fulfil(place: Shelf, order: Order, logo: Pixels | None = None) -> Printout:
    """Print an order with what is published; a job for a worker.

    Whatever goes wrong stands in the printout's problems: `UNBUILT` where the leaflet is
    not there yet, or not as it is listed.
    """
    if problems := problems_in(order):
        return Printout(problems=problems)
    clinic = clinic_of(order)
    try:
        sheet, flip = sheet_for(place, target_of(order, place.beside), _mark(place))
    except LeafletsError as problem:
        return Printout(problems=(Problem(problem.diagnostics[0].code),))
    data, diagnostics = filled(sheet, clinic, logo)
    if diagnostics:
        return Printout(problems=problems_of(diagnostics, sheet, clinic))
    images: tuple[bytes, ...] = ()
    if order.show:
        pages = range(1, page_count(data) + 1)
        images = tuple(page_png(data, page, PPI) for page in pages)
    return Printout(data, images, flip=flip)


def build_for(place: Shelf, target: Target) -> tuple[Problem, ...]:
    """Build what an order is waiting for; a job for a worker of its own."""
    session = open_session(place.root)
    use_fonts(session.fonts.config)
    options = Options(asked=_asked(target), wait=True, release=place.release)
    try:
        result = build_round(session, _choice(target), options)
    except LeafletsError as problem:
        return (Problem(problem.diagnostics[0].code),)
    if any(entry.target == target and not entry.earlier for entry in result.entries):
        return ()
    blocked = result.front.blocked.get(target, ()) if result.front else ()
    told = (*result.findings.get(target, ()), *blocked, *result.diagnostics)
    reasons = filter(keeps_from_print, told)
    return tuple(Problem(reason.code) for reason in reasons)[:1] or (UNBUILT,)


def problems_of(
    diagnostics: tuple[Diagnostic, ...], sheet: Sheet, clinic: ClinicText
) -> tuple[Problem, ...]:
    """Say for the form what was found while filling a sheet in."""
    missing = dict(missing_characters(sheet, clinic))
    problems = []
    for diagnostic in diagnostics:
        field = diagnostic.subject.field
        glyphs = diagnostic.code == "missing-glyph"
        characters = "".join(missing.get(field, ())) if glyphs else ""
        problems.append(Problem(diagnostic.code, field, characters))
    return tuple(dict.fromkeys(problems))


def _mark(place: Shelf) -> int:
    """Number the state of the build folder: another state has another number."""
    state = state_of(place.folder, MANIFEST)
    return state.st_mtime_ns if state else 0


@lru_cache(maxsize=256)
def sheet_for(place: Shelf, target: Target, mark: int) -> tuple[Sheet, str]:
    """Find a published leaflet, with the edge at which to flip it.

    `mark` is a state of the build folder.  LeafletsError where it is not fit.
    """
    session = open_session(place.root)
    use_fonts(session.fonts.config)
    front = _front(place, target)
    sheets = sheets_of(place.folder, front, session.fonts, session.tools)
    if not sheets:
        raise no_forms(place.folder)
    composition = front.compositions[0]
    flip = "short" if composition.fold.folded else "long"
    return sheets[0], "" if composition.shop else flip


def _asked(target: Target) -> tuple[str, ...]:
    return (target.edition, target.locale, target.paper)


def _choice(target: Target) -> Choice:
    return Choice(
        (target.leaflet,), (target.locale,), (target.edition,), (target.paper,)
    )


def _front(place: Shelf, target: Target) -> Front:
    """Compose what is asked for; what is not approved is none of a release."""
    choice = _choice(target)
    front = analyse_with_cache(place.root, _asked(target), choice)
    if place.release:
        front = only_approved(front, choice)
    if not front.compositions:
        reasons = [error for errors in front.blocked.values() for error in errors]
        if not (reasons or front.diagnostics):
            raise no_forms(place.folder)
        raise LeafletsError(tuple(reasons) or front.diagnostics)
    return front
