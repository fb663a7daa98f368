"""What is handed to the typesetter: one HTML page description per target.

A plain value without third-party imports, so that a job can travel to any
worker: the HTML, its stylesheet, the bytes of every asset, and the text that
must be found again on paper.
"""

from dataclasses import dataclass, replace

from leaflets.diagnostics import Location, Subject
from leaflets.digest import digest_parts
from leaflets.paper.fold import FLAT, Fold
from leaflets.paper.papers import OFFICE_CALIPER, PAPERS, Paper
from leaflets.paper.rectangle import Margins
from leaflets.paper.sheet import (
    Panel,
    Shop,
    folds,
    panels,
    side_size,
    single_pages,
)


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One PDF: a leaflet in a locale, an edition and a paper size."""

    leaflet: str
    locale: str
    """One name, or two of a bilingual edition: ar+en."""
    edition: str
    paper: str

    @property
    def locales(self) -> tuple[str, ...]:
        """The locales that it is set in, the reader's first."""
        return tuple(self.locale.split("+"))

    def __str__(self) -> str:
        return f"{self.locale}/{self.leaflet}.{self.edition}.{self.paper}"


def subject_of(target: Target) -> Subject:
    """Name a target as what a finding is about."""
    return Subject(
        leaflet=target.leaflet,
        locale=target.locale,
        edition=target.edition,
        paper=target.paper,
    )


EVERY = "all"
"""Asks for every edition, those on request as well."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Which targets are asked for; an empty tuple means all."""

    leaflets: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    shard: tuple[int, int] = (1, 1)
    """The part, from 1 on, and how many there are: every target is in one of them."""

    def takes_part(self, part: str) -> bool:
        """Ask whether anything in a locale, or a pair of them, is wanted."""
        names = {part, part.split("+")[0]}
        return not self.locales or not names.isdisjoint(self.locales)

    def takes(self, target: Target) -> bool:
        """Ask whether a target is wanted."""
        part, parts = self.shard
        if int(digest_parts((str(target),))[:8], 16) % parts != part - 1:
            return False
        return all(
            not wanted or not values.isdisjoint(wanted)
            for wanted, values in (
                (self.leaflets, {target.leaflet}),
                (self.locales, {target.locale, target.locales[0]}),
                (self.editions, {target.edition}),
                (self.papers, {target.paper}),
            )
        )


EVERYTHING = Choice()


@dataclass(frozen=True, slots=True)
class Asset:
    """Bytes that the page may read, under the only name it may read them by."""

    name: str
    """The name in the HTML, without the scheme: `asset:NAME`."""
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that must stand on paper, whole and in order.

    The element that holds it has `id` = `key`.
    """

    key: str
    text: str
    """Plain text as localized, isolates included, white space as in the HTML."""
    source: Location
    translation: Location | None = None
    paragraph: int = 0
    """The number printed in the margin, the same in every language; 0 without."""
    tags: tuple[str, ...] = ()
    """What the passage is for ("benefits", "death"…)."""
    language: str = ""
    """BCP 47 tag; empty where it is the composition's."""
    grown: float = 0.0
    """How much longer its line is than the source's, in em; by mean letter widths."""

    @property
    def location(self) -> Location:
        """The place to mend: the translation if there is one."""
        return self.translation or self.source


@dataclass(frozen=True, slots=True)
class Box:
    """An element whose content must fit its height, in mm; `id` = `key`."""

    key: str
    height: float
    width: float
    location: Location


@dataclass(frozen=True, slots=True)
class Step:
    """One way to set a page whose type may shrink to fit."""

    size: float
    """Body type in pt, before the script's own factor."""
    stylesheet: str


@dataclass(frozen=True, slots=True)
class Composition:
    """All that one target is made from."""

    target: Target
    language: str
    """BCP 47 tag of the text."""
    direction: str
    """ltr or rtl."""
    title: str
    html: str
    stylesheet: str
    assets: tuple[Asset, ...]
    families: tuple[str, ...]
    """Font families that the text may be set in; any other is an error."""
    passages: tuple[Passage, ...]
    """In reading order."""
    furniture: tuple[str, ...]
    """Texts that stand on every page (running title, DRAFT line)."""
    boxes: tuple[Box, ...]
    """Boxes of fixed size."""
    page_size: tuple[float, float]
    """Trim width and height in mm."""
    margins: Margins
    """Smallest distance of text from the trim."""
    page_limit: int
    minimum_size: float
    """Smallest type in pt that the edition allows in running text."""
    standing: str
    """draft, expired or approved: printed on every page."""
    date: str
    """ISO date and time written into the PDF; the clock is never read."""
    location: Location
    """Where the leaflet begins, for findings about the whole of it."""
    fold: Fold = FLAT
    imposed: bool = False
    """Whether pages are placed side by side, or each is a side of its own."""
    contrast: float = 4.5
    """Least contrast of text to its ground (WCAG 2.2, 1.4.3); 7 in large print."""
    steps: tuple[Step, ...] = ()
    """Smaller type, step by step, for what does not fit with `stylesheet`."""
    reserve: Step | None = None
    """The smallest type with less white between blocks, for what fits with no step."""
    shop: Shop | None = None
    """The print shop that it is made for; none for an office printer."""
    profile: bytes = b""
    """The shop's ICC profile."""
    for_patients: bool = True
    """Whether patients read it; papers for reviewers have no numbers in the margin,
    and smaller notes."""
    online: str = ""
    """Address that the QR code leads to; empty where there is no code."""
    slack: float = 0.0
    """Millimetres that stay free on the last page that the edition holds."""
    together: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """By tag of a passage: the tags of those that stand on the same page."""

    beside: tuple[str, ...] = ()
    """Other texts that may be drawn: what stylesheets write, words of templates."""

    @property
    def right_to_left(self) -> bool:
        """Whether lines, pages and panels run from the right."""
        return self.direction == "rtl"

    @property
    def paper(self) -> Paper:
        """The sheet that it is printed on."""
        return PAPERS[self.target.paper]

    def places(self, pages: int) -> tuple[Panel, ...]:
        """Place so many laid-out pages on their sheets."""
        if not self.imposed:
            return single_pages(self.page_size, pages)
        if self.fold.opens_flat and pages > self.fold.panels:
            # Too much for one sheet: further sheets, so that all of it can be shown.
            return self._further(pages)
        return panels(
            self.fold,
            self.paper,
            pages=self.fold.padded(pages),
            right_to_left=self.right_to_left,
            caliper=self.shop.caliper if self.shop else OFFICE_CALIPER,
        )

    def _further(self, pages: int) -> tuple[Panel, ...]:
        """Place more panels than a sheet has on a second one, a third one…"""
        count = self.fold.panels
        sheet = panels(
            self.fold, self.paper, pages=count, right_to_left=self.right_to_left
        )
        return tuple(
            replace(
                panel, page=panel.page + count * number, side=panel.side + 2 * number
            )
            for number in range(self.fold.sheets_of(pages))
            for panel in sheet
        )

    def views(self, pages: int) -> dict[int, int]:
        """Number, for each of so many laid-out pages, what is seen together with it.

        A sheet that opens flat shows all panels of a side, a booklet two pages.
        """
        sides = {panel.page: panel.side for panel in self.places(pages)}
        return {
            page: self.fold.view_of(page, sides.get(page, page))
            for page in range(1, pages + 1)
        }

    @property
    def side_size(self) -> tuple[float, float]:
        """Width and height of a side of the finished file, in mm."""
        if not self.imposed:
            return self.page_size
        return side_size(self.fold, self.paper)

    @property
    def folds(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Where front and back are folded, in mm from the left."""
        if not self.imposed:
            return (), ()
        return folds(self.fold, self.paper, right_to_left=self.right_to_left)
