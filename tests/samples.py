"""Small values for the tests of the back half, and typesetters that misbehave.

The typesetters are functions of a module because they travel to other processes.
"""

import os
import signal
import sys
import time
from dataclasses import fields, replace
from pathlib import Path
from typing import TypeVar, get_origin, get_type_hints

from leaflets.build.manifest import Entry, Record, output_of, places_of
from leaflets.build.plan import Job, Plan, fingerprint_of
from leaflets.build.workers import Typeset
from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error, warning
from leaflets.digest import digest_bytes
from leaflets.files import lock
from leaflets.pages.composition import Asset, Box, Composition, Passage, Step, Target
from leaflets.paper.rectangle import Margins
from leaflets.paper.sheet import Shop
from leaflets.pdf.facts import LayoutFacts, PdfFacts

Facts = TypeVar("Facts")
ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120
"""Seconds until what does not come is given up, however slow the machine is."""
SLEEP = 5 * PATIENCE
"""Seconds that a sleeper sleeps: whoever waits for it has given up before."""


def translated() -> tuple[str, ...]:
    """List the locales that our own project is translated into."""
    catalogs = (ROOT / "locales").glob("*/LC_MESSAGES/messages.po")
    return tuple(sorted(one.parent.parent.name for one in catalogs))


def blank(kind: type[Facts]) -> Facts:
    """Make facts in which nothing was measured; the back half only carries them."""
    empty = {str: "", int: 0, float: 0.0, bool: False}
    hints = get_type_hints(kind)
    values = {
        one.name: empty.get(
            hints[one.name], () if get_origin(hints[one.name]) else None
        )
        for one in fields(kind)  # type: ignore[arg-type]
    }
    return kind(**values)


LAYOUT = blank(LayoutFacts)
PDF = blank(PdfFacts)
TOOLS = (("pango", "1.50"), ("weasyprint", "70.0"))
FONTS = {"Noto Sans": "aa", "Noto Sans Arabic": "bb"}


SHOP = Shop(
    name="europe",
    paper="A4",
    profile="fogra39",
    condition="FOGRA39",
    bleed=3.0,
    safe=5.0,
    ink=280.0,
    line=0.25,
    ppi=300,
    marks=False,
    caliper=0.12,
    stock="matt",
    colours="4/4",
    quantity=500,
)


def target(leaflet: str = "tired", locale: str = "es") -> Target:
    """Name a target by the two words that differ."""
    return Target(leaflet, locale, "sheet", "A4")


def composition(name: Target | None = None, html: str = "<p>Hola</p>") -> Composition:
    """Make a whole composition."""
    name = name or target()
    path = f"content/{name.leaflet}.md"
    return Composition(
        target=name,
        language=name.locale,
        direction="ltr",
        title="Cansancio",
        html=html,
        stylesheet="p { margin: 0 }",
        assets=(Asset("a.svg", "image/svg+xml", b"<svg/>"),),
        families=("Noto Sans",),
        passages=(Passage("p1", "Hola", Location(path, 3)),),
        furniture=("DRAFT",),
        boxes=(Box("b1", 20.0, 80.0, Location(path, 5)),),
        page_size=(210.0, 297.0),
        margins=Margins.all_round(8.0),
        page_limit=8,
        minimum_size=10.0,
        standing="draft",
        date="2026-11-22T00:00:00+00:00",
        location=Location(path, 1),
        steps=(Step(11.0, "p { margin: 1mm }"),),
        shop=SHOP,
        profile=b"icc",
    )


def job(made: Composition) -> Job:
    """Make the job of a target that was never built."""
    return Job(made, fingerprint_of(made, fonts=FONTS, tools=TOOLS), ("new",))


def plan_of(*made: Composition) -> Plan:
    """Make a plan that typesets everything."""
    return Plan(tuple(map(job, made)), (), (), (), ())


def entry(one: Job, data: bytes) -> Entry:
    """List the PDF of a job."""
    return Entry(
        target=one.target,
        output=output_of(one.target),
        sha256=digest_bytes(data),
        size=len(data),
        pages=1,
        fingerprint=one.fingerprint,
        standing=one.composition.standing,
        facts="ff",
    )


def record(made: Composition, *found: Diagnostic) -> Record:
    """Make what would be measured for a composition."""
    return Record(LAYOUT, PDF, found, places_of(made), 0.25)


def honest(made: Composition) -> Typeset:
    """Give the HTML back as if it were a PDF."""
    return Typeset(made.html.encode(), LAYOUT, PDF, ())


def talkative(made: Composition) -> Typeset:
    """Give a PDF and a remark."""
    said = warning("thin-line", "a line is thin", made.location)
    return replace(honest(made), diagnostics=(said,))


def obedient(made: Composition) -> Typeset:
    """Do what the text says."""
    word, _, rest = made.html.partition(" ")
    match word:
        case "crash":
            raise ZeroDivisionError("a line of no height")
        case "refuse":
            raise LeafletsError((error("glyph-missing", "no glyph", made.location),))
        case "exit":
            sys.exit(3)
        case "unpicklable":
            raise _Unpicklable("here", "there")
        case "die":
            os.kill(os.getpid(), signal.SIGKILL)
        case "die-once":
            mark = Path(rest)
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        case "sleep":
            time.sleep(SLEEP)
            if Path(rest).is_absolute():
                Path(rest).touch()
        case "pid" | "grow":
            word *= 50_000_000 if word == "grow" else 1
            return replace(honest(made), data=str(os.getpid()).encode())
    return honest(made)


def hold(folder: Path) -> None:
    """Wait for a build folder, and leave it."""
    with lock(folder, wait=True):
        pass


class _Unpicklable(Exception):
    """An exception that does not survive the trip between processes."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(f"{one} and {other}")
