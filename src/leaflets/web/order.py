"""Print desk: one leaflet with one clinic's panel, made on request.

Takes what was typed; gives the PDF and its pages as pictures, or which words to mend.
Nothing of it is kept: the leaflet comes from the build folder, the clinic's lines are
drawn into it in memory.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from leaflets.build.front import Front, look_with_cache
from leaflets.build.manifest import MANIFEST
from leaflets.build.options import Options
from leaflets.build.round import build_round
from leaflets.build.session import BUILD, open_session
from leaflets.clinics.fill import Sheet, filled
from leaflets.clinics.handouts import sheets_of
from leaflets.clinics.list import ClinicText, problems_of
from leaflets.clinics.logo import read_logo
from leaflets.diagnostics import LeafletsError, Location
from leaflets.pages.composition import Choice, Target
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.read.raster import Pixels, page_count, page_png

FIELDS = ("name", "phone", "hours", "address", "interpreter", "url")
PPI = 80
"""Of the pages that are shown before they are downloaded."""
NAMED = re.compile(r'"(\w+)"')
LETTERS = re.compile(r"'(.)'")
HERE = Location("form")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody at the desk wants printed."""

    leaflet: str
    first: str
    second: str
    edition: str
    paper: str
    fields: tuple[tuple[str, str], ...]
    """Names of `FIELDS` and what was typed."""
    logo: bytes
    show: bool
    """Whether the pages are wanted as pictures."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a wish."""

    data: bytes
    images: tuple[bytes, ...]
    """PNG, side by side; empty where they are not wanted."""
    problems: tuple[tuple[str, str], ...]
    """Code, and the field or the characters that it is about."""
    standing: str = ""
    """draft, revised, approved or expired."""
    flip: str = ""


def problems_in(wish: Wish) -> tuple[tuple[str, str], ...]:
    """Tell which fields cannot be printed, before anything is made."""
    found: list[tuple[str, str]] = []
    for key, value in wish.fields:
        row: Mapping[str, str] = {"id": "desk", "name": "x", key: value}
        if any(problems_of(row, ())):
            found.append(("clinic-code" if key == "url" else "field", key))
    return tuple(found)


def target_of(wish: Wish, beside: str) -> Target:
    """Name the target of a wish; `beside` is the edition for two languages."""
    if wish.second and wish.second != wish.first:
        pair = f"{wish.first}+{wish.second}"
        return Target(wish.leaflet, pair, beside or wish.edition, wish.paper)
    return Target(wish.leaflet, wish.first, wish.edition, wish.paper)


def make(root: Path, wish: Wish, beside: str) -> Made:
    """Make a wish true; a job for a worker. Whatever goes wrong is told in `Made`."""
    if problems := problems_in(wish):
        return Made(b"", (), problems)
    fields = {key: " ".join(value.split()) for key, value in wish.fields}
    typed = {key: fields.get(key, "") for key in FIELDS}
    clinic = ClinicText(
        "desk",
        typed["name"],
        typed["phone"],
        typed["hours"],
        typed["address"],
        typed["interpreter"],
        typed["url"],
        language=wish.first.replace("_", "-"),
        location=HERE,
    )
    try:
        sheet, standing, flip = sheet_for(root, target_of(wish, beside), _mark(root))
        logo: Pixels | None = None
        if wish.logo:
            logo, found = read_logo(wish.logo, HERE)
            if found:
                return Made(b"", (), (("clinic-logo", "logo"),))
        data, told = filled(sheet, clinic, logo)
    except LeafletsError as problem:
        return Made(b"", (), ((problem.diagnostics[0].code, ""),))
    if told:
        return Made(b"", (), tuple(dict.fromkeys(map(_problem, told))))
    images: tuple[bytes, ...] = ()
    if wish.show:
        images = tuple(
            page_png(data, one, PPI) for one in range(1, page_count(data) + 1)
        )
    return Made(data, images, (), standing, flip)


def _problem(found: object) -> tuple[str, str]:
    """Give a finding's code, and what it is about."""
    code, message = getattr(found, "code", ""), getattr(found, "message", "")
    if code == "missing-glyph":
        return code, "".join(LETTERS.findall(message))
    if code == "clinic-too-long" and (named := NAMED.search(message)):
        return code, named[1]
    return code, ""


def _mark(root: Path) -> int:
    """Tell one state of the build folder from another."""
    try:
        return (root / BUILD / MANIFEST).stat().st_mtime_ns
    except OSError:
        return 0


@lru_cache(maxsize=256)
def sheet_for(root: Path, target: Target, mark: int) -> tuple[Sheet, str, str]:
    """Find a published leaflet, or build it; its standing, and the edge to flip.

    `mark` is a state of the build folder.  LeafletsError where it is not fit.
    """
    session = open_session(root)
    use_fonts(session.fonts.config)
    choice = Choice(
        (target.leaflet,), (target.locale,), (target.edition,), (target.paper,)
    )
    asked = (target.edition, target.locale, target.paper)
    front = _front(root, choice, asked)
    sheets = sheets_of(root / BUILD, front, session.fonts, session.tools)
    if not sheets:
        options = Options(asked=asked, wait=True, only=True)
        result = build_round(session, choice, options)
        sheets = sheets_of(root / BUILD, front, session.fonts, session.tools)
        if not sheets:
            raise LeafletsError(result.diagnostics or front.diagnostics)
    made = front.compositions[0]
    flip = "short" if made.fold.folded else "long"
    return sheets[0], made.standing, "" if made.shop else flip


def _front(root: Path, choice: Choice, asked: tuple[str, ...]) -> Front:
    front = look_with_cache(root, asked, choice)
    if not front.compositions:
        told = [one for found in front.blocked.values() for one in found]
        raise LeafletsError(tuple(told) or front.diagnostics)
    return front
