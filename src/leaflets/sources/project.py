"""The project: what to build, for whom, on which paper.

Takes the `[tool.leaflets]` table of `pyproject.toml`; gives a `Project`.
An unknown key is an error at its line, so that a typing slip never passes.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.languages.locale import Locale, find_locale, is_territory
from leaflets.paper.fold import FLAT, FOLDS, Fold
from leaflets.paper.papers import PAPERS
from leaflets.paper.sheet import Shop
from leaflets.sources.toml import Settings, read_settings

PATH = "pyproject.toml"
TEXTS = ("whole", "short")


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
    """What only the clinic knows; empty fields print a line to write on."""

    name: str = ""
    territory: str = ""
    ms_team: str = ""
    emergency: str = ""
    urgent: str = ""
    transplant: str = ""
    crisis: str = ""
    interpreter: str = ""
    online: str = ""
    """Address of the online copy for the QR code; {leaflet} and {locale} are filled in."""


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

    def locale(self, name: str) -> Locale | None:
        """Find one of the project's locales."""
        return next((one for one in self.locales if one.name == name), None)


def read_project(data: bytes) -> tuple[Project | None, tuple[Diagnostic, ...]]:
    """Read the project file; no project where anything in it is wrong."""
    settings, found = read_settings(data, PATH, code="project-file")
    if found:
        return None, found
    tool = settings.values.get("tool")
    table = tool.get("leaflets") if isinstance(tool, Mapping) else None
    if not isinstance(table, Mapping):
        hint = "add [tool.leaflets]; see docs/project.md"
        place = Location(PATH, 1)
        message = "there is no [tool.leaflets] table"
        return None, (error("project-file", message, place, hint),)
    return _Reader(settings).project(table)


class _Reader:
    """Checks one table after another; lives only inside `read_project`."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.found: list[Diagnostic] = []

    def problem(self, keys: tuple[str, ...], message: str, hint: str = "") -> None:
        place = self.settings.place("tool", "leaflets", *keys)
        self.found.append(error("project-file", message, place, hint))

    def known(
        self, table: Mapping[str, Any], keys: tuple[str, ...], where: tuple[str, ...]
    ) -> None:
        for key in table:
            if key not in keys:
                hint = f"known: {', '.join(keys)}"
                self.problem((*where, key), f'unknown key "{key}"', hint)

    def value(
        self, table: Mapping[str, Any], key: str, kind: type, where: tuple[str, ...]
    ) -> Any:
        value = table.get(key)
        if kind is float and type(value) is int:
            value = float(value)
        if type(value) is not kind:
            names = {
                str: "text",
                int: "a whole number",
                float: "a number",
                list: "a list",
                bool: "true or false",
                date: "a date",
            }
            self.problem((*where, key), f'"{key}" should be {names[kind]}')
            return kind() if kind is not date else date(1970, 1, 1)
        return value

    def project(
        self, table: Mapping[str, Any]
    ) -> tuple[Project | None, tuple[Diagnostic, ...]]:
        keys = (
            "source",
            "locales",
            "publisher",
            "funding",
            "edition",
            "clinic",
            "waiver",
            "weblate",
            "shop",
        )
        self.known(table, keys, ())
        if "weblate" in table:
            # Read when the sources are extracted; here only the kind is checked.
            self.value(table, "weblate", bool, ())
        source = self.value(table, "source", str, ())
        locales = []
        for name in self.value(table, "locales", list, ()):
            locale = find_locale(name) if isinstance(name, str) else None
            if locale is None:
                self.problem(
                    ("locales",),
                    f"no locale is called {name!r}, or its script has no font here",
                    "write it as Babel does, such as es, pt_BR or zh_Hans",
                )
            elif locale not in locales:
                locales.append(locale)
        if source not in {one.name for one in locales}:
            self.problem(("source",), f'the source locale "{source}" is not in locales')
        shops = tuple(
            self.shop(name, value)
            for name, value in (
                self.value(table, "shop", dict, ()) if "shop" in table else {}
            ).items()
        )
        editions = (
            tuple(
                self.edition(name, value)
                for name, value in self.value(table, "edition", dict, ()).items()
            )
            if "edition" in table
            else ()
        )
        if not editions:
            self.problem((), "there is no [tool.leaflets.edition.…] table")
        made = Project(
            source_locale=source,
            locales=tuple(locales),
            editions=editions,
            publisher=self.value(table, "publisher", str, ()),
            funding=self.value(table, "funding", str, ()),
            clinic=self.clinic(table.get("clinic", {})),
            waivers=tuple(self.waiver(one) for one in table.get("waiver", [])),
            shops=shops,
        )
        for edition in editions:
            self.whole(edition, made)
        found = gather(self.found)
        return (None if found else made), found

    def edition(self, name: str, table: Any) -> Edition:
        where = ("edition", name)
        if not isinstance(table, Mapping):
            self.problem(where, f'the edition "{name}" is not a table')
            table = {}
        keys = tuple(one.name for one in fields(Edition) if one.name != "name")
        self.known(table, keys, where)
        papers = tuple(self.value(table, "papers", list, where))
        for paper in papers:
            if paper not in PAPERS:
                hint = f"known: {', '.join(PAPERS)}"
                self.problem((*where, "papers"), f"unknown paper {paper!r}", hint)
        given = {
            one.name: self.given(table, one.name, one.default, where)
            for one in fields(Edition)
            if one.default is not MISSING and one.name in table
        }
        return Edition(
            name=name,
            template=self.value(table, "template", str, where),
            papers=papers,
            size=self.value(table, "size", float, where),
            smallest=self.value(table, "smallest", float, where),
            pages=self.value(table, "pages", int, where),
            margin=self.value(table, "margin", float, where),
            **given,
        )

    def given(
        self, table: Mapping[str, Any], key: str, default: Any, where: tuple[str, ...]
    ) -> Any:
        """Read a key that may be left out; lists become tuples, folds values."""
        if isinstance(default, Fold):
            name = self.value(table, key, str, where)
            if name not in FOLDS:
                hint = f"known: {', '.join(FOLDS)}"
                self.problem((*where, key), f'"{name}" is no {key}', hint)
            return FOLDS.get(name, default)
        if not isinstance(default, tuple):
            return self.value(table, key, type(default), where)
        texts = self.value(table, key, list, where)
        if not all(isinstance(one, str) for one in texts):
            self.problem((*where, key), f'"{key}" should be a list of texts')
            return ()
        return tuple(texts)

    def whole(self, edition: Edition, project: Project) -> None:
        """Check what an edition names, and that its parts agree."""
        where = ("edition", edition.name)
        if edition.text not in TEXTS:
            hint = f"known: {', '.join(TEXTS)}"
            self.problem((*where, "text"), f'"{edition.text}" is no text', hint)
        for name in edition.beside:
            if project.locale(name) is None:
                message = f'the locale "{name}" is not in locales'
                self.problem((*where, "beside"), message)
        if edition.least > edition.size:
            self.problem((*where, "least"), '"least" is larger than "size"')
        if not edition.shops:
            return
        shops = [one for one in project.shops if one.name in edition.shops]
        for name in set(edition.shops) - {one.name for one in shops}:
            self.problem((*where, "shops"), f'no print shop is called "{name}"')
        if sorted(one.paper for one in shops) != sorted(edition.papers):
            message = "there is not one print shop for each paper"
            self.problem((*where, "shops"), message, "each shop names its paper")

    def shop(self, name: str, table: Any) -> Shop:
        where = ("shop", name)
        if not isinstance(table, Mapping):
            self.problem(where, f'the print shop "{name}" is not a table')
            table = {}
        kinds = {one.name: one.type for one in fields(Shop) if one.name != "name"}
        self.known(table, tuple(kinds), where)
        values = {
            key: self.value(table, key, kind, where)  # type: ignore[arg-type]
            for key, kind in kinds.items()
        }
        if values["paper"] not in PAPERS:
            hint = f"known: {', '.join(PAPERS)}"
            self.problem((*where, "paper"), f"unknown paper {values['paper']!r}", hint)
        if values["marks"] and values["bleed"] <= 0:
            self.problem(
                (*where, "marks"), "marks stand outside a bleed; there is none"
            )
        return Shop(name, **values)

    def clinic(self, table: Any) -> Clinic:
        where = ("clinic",)
        if not isinstance(table, Mapping):
            self.problem(where, "clinic is not a table")
            return Clinic()
        keys = tuple(one.name for one in fields(Clinic))
        self.known(table, keys, where)
        texts = {
            key: self.value(table, key, str, where) for key in table if key in keys
        }
        for key, text in texts.items():
            if len(text) > 200 or any(ord(char) < 32 for char in text):
                self.problem((*where, key), f'"{key}" is not one short line of text')
        territory = texts.get("territory", "")
        if territory and not is_territory(territory):
            self.problem(
                (*where, "territory"),
                f"no territory is called {territory!r}",
                'write two capital letters of ISO 3166-1, such as "CA"',
            )
        return Clinic(**texts)

    def waiver(self, table: Any) -> Waiver:
        where = ("waiver",)
        if not isinstance(table, Mapping):
            self.problem(where, "a waiver is not a table")
            table = {}
        self.known(table, ("code", "where", "reason", "until"), where)
        texts: dict[str, str] = {}
        for key in ("code", "where", "reason"):
            texts[key] = self.value(table, key, str, where)
            if not texts[key].strip():
                self.problem((*where, key), f'a waiver needs "{key}"')
        until = self.value(table, "until", date, where)
        place = self.settings.place("tool", "leaflets", "waiver")
        return Waiver(**texts, until=until, location=place)
