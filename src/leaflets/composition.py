"""What is handed to the typesetter: one HTML page description per target.

A plain value without third-party imports, so that a job can travel to any
worker: the HTML, its stylesheet, the bytes of every asset, and the text that
must be found again on paper.
"""

from dataclasses import dataclass

from leaflets.diagnostics import Location


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """One PDF: a leaflet in a locale, an edition and a paper size."""

    leaflet: str
    locale: str
    edition: str
    paper: str

    def __str__(self) -> str:
        return f"{self.locale}/{self.leaflet}.{self.edition}.{self.paper}"


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

    @property
    def location(self) -> Location:
        """Give the place to mend: the translation if there is one."""
        return self.translation or self.source


@dataclass(frozen=True, slots=True)
class Box:
    """An element whose content must fit its height, in mm; `id` = `key`."""

    key: str
    height: float
    width: float
    location: Location


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
    margins: tuple[float, float, float, float]
    """Smallest distance of text from the trim in mm: top, right, bottom, left."""
    page_limit: int
    minimum_size: float
    """Smallest type in pt that the edition allows in running text."""
    standing: str
    """draft, expired or approved: printed on every page."""
    date: str
    """ISO date and time written into the PDF; the clock is never read."""
    location: Location
    """Where the leaflet begins, for findings about the whole of it."""
