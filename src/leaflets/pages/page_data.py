"""Page data: every variable that the template of a leaflet is filled with.

The fields' names are the names in templates; docs/templates.md is written from them.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.languages.locale import Locale
from leaflets.pages.bilingual import Group
from leaflets.pages.html import Html
from leaflets.pages.margins import Frame
from leaflets.pages.proof_rows import Row
from leaflets.pages.templates import Translator
from leaflets.pages.views import View
from leaflets.paper.sheet import Shop
from leaflets.sources.content.document import Meta
from leaflets.sources.content.evidence import Reference
from leaflets.sources.content.family import Family
from leaflets.sources.project import Clinic, Edition
from leaflets.sources.signatures import Signature


@dataclass(frozen=True, slots=True)
class LanguageData:
    """What differs from language to language."""

    prefix: str
    """What the ids of this language's texts begin with: `x-` for the second of two."""
    locale: Locale
    """The language: `tag`, `direction`, `right_to_left`, `endonym`, `english_name`,
    and how its script is set: `setting`."""
    blocks: tuple[View, ...]
    """The leaflet's blocks, in order."""
    title: Html
    promise: Html
    """The line below the title."""
    plain_title: str
    """The title without markup."""
    english_title: str
    """The title in the language it was written in."""
    is_source: bool
    """Whether the leaflet is written in this language, not translated into it."""
    signatures: Mapping[str, Signature]
    """Those that hold, by role."""
    small_size: float
    """Smallest type in pt, after the script's own factor."""
    _: Translator
    """Translates a text of the template: `_("Page {page}", page=number(3))`."""
    date: Callable[[datetime.date], str]
    """Writes a date as the language does, isolated from what stands beside it."""
    number: Callable[[float], str]
    """Writes a number as the language does, isolated."""
    isolate: Callable[[object], str]
    """Keeps a text of another direction whole inside a line."""


@dataclass(frozen=True, slots=True)
class Column:
    """One of two languages side by side."""

    index: int
    """Of its language: 0 for the first, 1 for the second."""
    locale: Locale
    cell: Any
    """The macros of cells.html, in this language."""
    small_size: float
    """Smallest type in pt, after the script's own factor."""


@dataclass(frozen=True, slots=True)
class PageData(LanguageData):
    """What the template and the stylesheet of a leaflet are filled with.

    In an edition with two languages, the fields of one language are the first's.
    """

    edition: Edition
    """The settings of pyproject.toml; `edition.fold` says how the sheet is folded."""
    meta: Meta
    """The leaflet's front matter."""
    family: Family
    """What all leaflets have in common: `name`, `title`, `contacts`."""
    leaflet_number: int
    """Place of the leaflet in its family, 1-based."""
    leaflet_count: int
    """How many leaflets the family has."""
    references: tuple[Reference, ...]
    """In the order of the numbers in brackets."""
    rows: Callable[[], tuple[Row, ...]]
    """Lists every text beside its source, for reviewers."""
    source_locale: Locale
    """The language that the leaflets are written in."""
    standing: str
    """draft, revised, approved or expired; of two languages the lower."""
    publisher: str
    """Empty before there is one."""
    funding: str
    """Who paid; empty before it is stated."""
    clinic: Clinic
    """What the project says of the clinic."""
    online: str
    """Address of the online copy; empty without one."""
    frames: tuple[Frame, ...]
    """Pages and their margins: one for each panel, or one for all pages."""
    frame: Frame
    """The first of them."""
    page_size: tuple[float, float]
    """Width and height of the first page in mm."""
    longest_word: float
    """Width of the title's longest word in em; 0 where a line may end anywhere."""
    line_factor: float
    """How much further apart small lines stand than those of most scripts."""
    head_line: float
    """Distance of baselines in mm in a head or foot of several lines."""
    head_room: float
    """Height in mm of a running head of several lines."""
    gutter: float
    """Room for paragraph numbers in mm."""
    shop: Shop | None
    """The print shop; none for an office printer."""
    colour: Mapping[str, str]
    """The colours by name, as light or as ink."""
    short: bool
    """Whether it is the short form."""
    notes: range
    """Numbers of the pages for notes that may fill a sheet up."""
    unit: float
    """Distance of baselines in mm."""
    size: float
    """Body type in pt, after the script's own factor."""
    reserve: bool = False
    """Whether there is less white between blocks, for what fits in no other way."""
    groups: tuple[Group, ...] = ()
    """Rows of two languages; empty with one."""
    columns: tuple[Column, ...] = ()
    """The two languages from left to right; empty with one."""
