"""The project: what to build, for whom, on which paper.

Takes the `[tool.leaflets]` table of `pyproject.toml`; gives a `Project`.
An unknown key is an error at its line, so that a typing slip never passes.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Any

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.languages.locale import Locale, find_locale, is_territory
from leaflets.paper.fold import FLAT, FOLDS, Fold
from leaflets.paper.papers import PAPERS
from leaflets.paper.sheet import Shop
from leaflets.sources.schema import (
    LIST,
    NO_TABLES,
    Items,
    Line,
    Table,
    Tables,
    Text,
    Texts,
    above,
    between,
    checked,
    one_of,
    refuse,
    reject,
    shown,
    tables_at,
    validate,
)
from leaflets.sources.toml import Settings, read_settings

PATH = "pyproject.toml"
CODE = "project-file"
TOOL = ("tool", "leaflets")
NAME = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
"""Editions and print shops: the name becomes a part of file names."""
LONGEST_LINE = 200
TEXTS = ("whole", "short")
SIGNATURES = ("names", "ssh")


@dataclass(frozen=True, slots=True)
class Edition:
    """One way to set a leaflet."""

    name: str
    template: str
    papers: tuple[str, ...]
    size: float
    """Body type in pt; 12 is the floor of clear print (UKAAF G003)."""
    smallest: float
    """Smallest type in pt anywhere, labels and page furniture included."""
    pages: int
    """The most pages that it may fill."""
    margin: float
    """Least distance of text from the trim, in mm; office printers need 5."""
    on_request: bool = False
    """Whether it is built only when it is asked for by name."""
    least: float = 0.0
    """Smallest body type in pt that fitting may choose; 0 where it may not shrink."""
    fold: Fold = FLAT
    """How the sheet is folded: none, z, c or booklet."""
    single: bool = False
    """Whether the pages of a booklet stay single, as print shops ask for."""
    text: str = "whole"
    """whole, or short: what the authors marked for folded sheets."""
    keyed: bool = False
    """Whether drawings bear numbers, and their labels stand below as a list."""
    contrast: float = 4.5
    """Least contrast of text (WCAG 2.2, 1.4.3); 7 for large print (1.4.6)."""
    beside: tuple[str, ...] = ()
    """Locales that are set beside each other one, in two columns."""
    shops: tuple[str, ...] = ()
    """Print shops it is made for, one for each paper; none for office printers."""

    @property
    def for_reviewers(self) -> bool:
        """Tell whether it is a paper that no patient sees."""
        return self.template == "proof.html"


@dataclass(frozen=True, slots=True)
class Clinic:
    """What only the clinic knows; what it leaves open prints a line to write on."""

    name: str = ""
    territory: str = ""
    online: str = ""
    """Address of the online copy for the QR code; {leaflet} and {locale} are filled in."""
    contacts: Mapping[str, str] = field(default_factory=dict)
    """Telephone numbers, by the family's names of contacts."""
    places: Mapping[str, Location] = field(default_factory=dict)
    """Where each of them stands."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding that somebody answers for, until a date."""

    code: str
    where: str
    reason: str
    until: date
    location: Location


@dataclass(frozen=True, slots=True)
class Project:
    """All settings of a project, checked."""

    source_locale: str
    locales: tuple[Locale, ...]
    editions: tuple[Edition, ...]
    publisher: str
    funding: str
    clinic: Clinic
    waivers: tuple[Waiver, ...] = field(default=())
    shops: tuple[Shop, ...] = ()
    signatures: str = "names"
    """How people sign: with their names, which nobody proves, or with keys (ssh)."""

    @property
    def keys_wanted(self) -> bool:
        """Tell whether a signature counts only if a key proves whose it is."""
        return self.signatures == "ssh"

    @property
    def proof(self) -> str:
        """Say what is known of those who signed."""
        return "verified keys" if self.keys_wanted else "unverified names"

    def locale(self, name: str) -> Locale | None:
        """Find one of the project's locales."""
        return next((locale for locale in self.locales if locale.name == name), None)


def _is_locale(name: str) -> str:
    if find_locale(name) is None:
        refuse(
            f"no locale is called {shown(name)!r}, or its script has no font here",
            "write it as Babel does, such as es, pt_BR or zh_Hans",
        )
    return name


def _is_territory(name: str) -> str:
    if name and not is_territory(name):
        refuse(
            f"no territory is called {shown(name)!r}",
            'write two capital letters of ISO 3166-1, such as "CA"',
        )
    return name


def _is_short(text: str) -> str:
    if len(text) > LONGEST_LINE:
        reject(f"is longer than {LONGEST_LINE} letters")
    return text


Paper = Annotated[str, one_of(PAPERS, "paper")]
Points = Annotated[float, above(0, 200)]
ShortLine = Annotated[Line, checked(_is_short)]


class _ProjectTable(Table):
    source: Text
    locales: Annotated[tuple[Annotated[str, checked(_is_locale)], ...], LIST]
    publisher: str
    funding: str
    edition: Tables
    clinic: Tables
    shop: Tables
    release: Tables
    waiver: Items = ()
    weblate: bool = False
    """Read when the sources are extracted; here only its kind is checked."""


class _EditionTable(Table):
    template: Text
    papers: Annotated[tuple[Paper, ...], LIST]
    size: Points
    smallest: Points
    pages: Annotated[int, between(1, 1000)]
    margin: Annotated[float, between(0, 100)]
    on_request: bool = False
    least: Annotated[float, between(0, 200)] = 0.0
    fold: Annotated[str, one_of(FOLDS, "fold")] = "none"
    single: bool = False
    text: Annotated[str, one_of(TEXTS, "text")] = "whole"
    keyed: bool = False
    contrast: Annotated[float, between(1, 21)] = 4.5
    beside: Texts = ()
    shops: Texts = ()


class _ShopTable(Table):
    paper: Paper
    profile: Text
    condition: str
    bleed: Annotated[float, between(0, 100)]
    safe: Annotated[float, between(0, 100)]
    ink: Annotated[float, between(0, 400)]
    line: Annotated[float, between(0, 100)]
    ppi: Annotated[int, between(1, 10_000)]
    marks: bool
    caliper: Annotated[float, between(0, 10)]
    stock: str
    colours: str
    quantity: Annotated[int, between(0, 1_000_000_000)]


class _ClinicTable(Table):
    name: ShortLine = ""
    territory: Annotated[ShortLine, checked(_is_territory)] = ""
    online: ShortLine = ""
    contacts: Annotated[dict[str, ShortLine], NO_TABLES]


class _ReleaseTable(Table):
    signatures: Annotated[str, one_of(SIGNATURES, "way to sign")] = "names"


class _WaiverTable(Table):
    code: Text
    where: Text
    reason: Text
    until: date


def read_project(data: bytes) -> tuple[Project | None, tuple[Diagnostic, ...]]:
    """Read the project file; no project where anything in it is wrong."""
    settings, unreadable = read_settings(data, PATH, code=CODE)
    if unreadable:
        return None, unreadable
    tool = settings.values.get("tool")
    table = tool.get("leaflets") if isinstance(tool, Mapping) else None
    if not isinstance(table, Mapping):
        hint = "add [tool.leaflets]; see docs/project.md"
        message = "there is no [tool.leaflets] table"
        return None, (error(CODE, message, Location(PATH, 1), hint),)
    project, diagnostics = _project(table, settings)
    return (None if diagnostics else project), diagnostics


def _project(
    table: Mapping[str, Any], settings: Settings
) -> tuple[Project | None, tuple[Diagnostic, ...]]:
    """Read every table, each by itself, so that one slip hides no other."""
    head, faults = validate(
        _ProjectTable, table, settings, *TOOL, code=CODE, what="the project"
    )
    found = list(faults)
    shop_tables = tables_at(table, "shop")
    shops = tuple(_shops(shop_tables, settings, found))
    editions = tuple(_editions(tables_at(table, "edition"), settings, found))
    clinic = _clinic(tables_at(table, "clinic"), settings, found)
    waivers = tuple(_waivers(table.get("waiver"), settings, found))
    release, faults = validate(
        _ReleaseTable,
        tables_at(table, "release"),
        settings,
        *TOOL,
        "release",
        code=CODE,
        what="the release",
    )
    found.extend(faults)
    for edition in editions:
        found.extend(_edition_faults(edition, shops, shop_tables, settings))
    if not tables_at(table, "edition"):
        message = "there is no [tool.leaflets.edition.…] table"
        found.append(error(CODE, message, settings.place(*TOOL)))
    if head is None:
        return None, gather(found)
    locales = tuple(dict.fromkeys(filter(None, map(find_locale, head.locales))))
    names = {locale.name for locale in locales}
    if head.source not in names:
        message = f'the source locale "{shown(head.source)}" is not in locales'
        found.append(error(CODE, message, settings.place(*TOOL, "source")))
    found.extend(_beside_faults(editions, names, settings))
    project = Project(
        source_locale=head.source,
        locales=locales,
        editions=editions,
        publisher=head.publisher,
        funding=head.funding,
        clinic=clinic,
        waivers=waivers,
        shops=shops,
        signatures=release.signatures if release else "names",
    )
    return project, gather(found)


def _named(
    name: str, noun: str, settings: Settings, *keys: str
) -> Iterator[Diagnostic]:
    """Find a name that no file can bear."""
    if not NAME.fullmatch(name) or len(name) > 60:
        message = f'"{shown(name)}" cannot be the name of {noun}'
        hint = "letters, digits and hyphens"
        yield error(CODE, message, settings.place(*TOOL, *keys), hint)


def _editions(
    tables: Mapping[str, Any], settings: Settings, found: list[Diagnostic]
) -> Iterator[Edition]:
    for name, table in tables.items():
        found.extend(_named(name, "an edition", settings, "edition", name))
        keys = (*TOOL, "edition", name)
        what = f'the edition "{shown(name)}"'
        values, faults = validate(
            _EditionTable, table, settings, *keys, code=CODE, what=what
        )
        found.extend(faults)
        if values:
            fold = FOLDS[values.fold]
            yield Edition(name=name, **{**dict(values), "fold": fold})


def _shops(
    tables: Mapping[str, Any], settings: Settings, found: list[Diagnostic]
) -> Iterator[Shop]:
    for name, table in tables.items():
        found.extend(_named(name, "a print shop", settings, "shop", name))
        keys = (*TOOL, "shop", name)
        what = f'the print shop "{shown(name)}"'
        values, faults = validate(
            _ShopTable, table, settings, *keys, code=CODE, what=what
        )
        found.extend(faults)
        if values is None:
            continue
        if values.marks and values.bleed <= 0:
            message = "marks stand outside a bleed; there is none"
            found.append(error(CODE, message, settings.place(*keys, "marks")))
        yield Shop(name, **dict(values))


def _clinic(
    table: Mapping[str, Any], settings: Settings, found: list[Diagnostic]
) -> Clinic:
    keys = (*TOOL, "clinic")
    values, faults = validate(
        _ClinicTable, table, settings, *keys, code=CODE, what="the clinic"
    )
    found.extend(faults)
    if values is None:
        return Clinic()
    places = {name: settings.place(*keys, "contacts", name) for name in values.contacts}
    return Clinic(**dict(values), places=places)


def _waivers(
    tables: object, settings: Settings, found: list[Diagnostic]
) -> Iterator[Waiver]:
    for index, table in enumerate(tables if isinstance(tables, list) else ()):
        keys = (*TOOL, "waiver", index)
        values, faults = validate(
            _WaiverTable, table, settings, *keys, code=CODE, what="a waiver"
        )
        found.extend(faults)
        if values:
            yield Waiver(**dict(values), location=settings.place(*keys))


def _edition_faults(
    edition: Edition,
    shops: tuple[Shop, ...],
    shop_names: Collection[str],
    settings: Settings,
) -> Iterator[Diagnostic]:
    """Check that the parts of an edition agree, with each other and with its shops."""
    keys = (*TOOL, "edition", edition.name)
    if edition.least > edition.size:
        message = '"least" is larger than "size"'
        yield error(CODE, message, settings.place(*keys, "least"))
    place = settings.place(*keys, "shops")
    unknown = sorted(set(edition.shops).difference(shop_names))
    for name in unknown:
        yield error(CODE, f'no print shop is called "{shown(name)}"', place)
    named = [shop for shop in shops if shop.name in edition.shops]
    if unknown or len(named) < len(set(edition.shops)):
        # What a shop's paper is cannot be told before the shop is right.
        return
    if named and sorted(shop.paper for shop in named) != sorted(edition.papers):
        message = "there is not one print shop for each paper"
        yield error(CODE, message, place, "each shop names its paper")


def _beside_faults(
    editions: tuple[Edition, ...], names: Collection[str], settings: Settings
) -> Iterator[Diagnostic]:
    """Check that locales set beside each other one are locales of the project."""
    for edition in editions:
        place = settings.place(*TOOL, "edition", edition.name, "beside")
        for name in edition.beside:
            if name not in names:
                message = f'the locale "{shown(name)}" is not in locales'
                yield error(CODE, message, place)
