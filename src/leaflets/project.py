"""The project: what to build, for whom, on which paper.

Takes the `[tool.leaflets]` table of `pyproject.toml`; gives a `Project`.
An unknown key is an error at its line, so that a typing slip never passes.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error, gather
from leaflets.locales import Locale, find_locale
from leaflets.settings import Settings, read_settings

PATH = "pyproject.toml"

PAPERS = {"A4": (210.0, 297.0), "Letter": (215.9, 279.4)}
"""Width and height in mm (ISO 216; ANSI Y14.1)."""


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
            source,
            tuple(locales),
            editions,
            self.value(table, "publisher", str, ()),
            self.value(table, "funding", str, ()),
            self.clinic(table.get("clinic", {})),
            tuple(self.waiver(one) for one in table.get("waiver", [])),
        )
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
        return Edition(
            name,
            self.value(table, "template", str, where),
            papers,
            self.value(table, "size", float, where),
            self.value(table, "smallest", float, where),
            self.value(table, "pages", int, where),
            self.value(table, "margin", float, where),
            "on_request" in table and self.value(table, "on_request", bool, where),
        )

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
