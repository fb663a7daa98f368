"""Clinics: who hands leaflets out, read from a list of theirs.

Takes the bytes of a CSV file, or of TOML with `[[clinic]]` tables; gives clinics, and
tells at its line what cannot be printed.  What a clinic gives is printed as it stands:
it is no content, and goes into no catalog.

A column is declared once, as a field of `ClinicText`: reading, what is said of a wrong
value, the lines of the panel and the print desk's form follow.  What stands beside its
line on paper is written in templates/clinic.html.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, get_type_hints

from leaflets.diagnostics import Diagnostic, Location, Subject, error
from leaflets.languages.letters import strikes
from leaflets.languages.locale import is_territory
from leaflets.sources.toml import read_settings

CODE = "clinic-file"
MOST = 100_000
"""Clinics in one list."""
LONGEST = 200
"""Characters of a field."""
ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
PHONE = re.compile(r"[+0-9()./ \u00a0\u202f–-]*[0-9][+0-9()./ \u00a0\u202f–-]*")
URL = re.compile(
    r"https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~!$&'()*+,;=:@%/?{}-]*)?"
)
LOGO = re.compile(r"(?:[\w-][\w.-]*/)*[\w-][\w.-]*\.(?:png|svg)", re.IGNORECASE)
NOWHERE = Location("")
SEPARATORS = re.compile(r"[\s,;]+")
HINT = "docs/clinics.md tells every column"


def _anything(text: str) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """What a column may hold, and where it is used."""

    fits: Callable[[str], object] = _anything
    """Says whether a text, without white space around it, may stand there."""
    wrong: str = ""
    """What is said where it does not fit; {value} is the text."""
    needed: bool = False
    """Whether it may not be empty."""
    several: bool = False
    """Whether it holds several names."""
    weight: int = 0
    """Of the type on its line of the panel; 0 where it has none."""
    keyboard: str = ""
    """Kind of its input in the print desk's form; empty where it is not asked for."""


@dataclass(frozen=True, slots=True)
class ClinicText:
    """What one clinic has printed on its leaflets; its fields are the columns.

    It is printed into a published file; the numbers that are set with a leaflet are
    those of `sources.project.Clinic`.
    """

    id: Annotated[
        str,
        Column(
            fits=ID.fullmatch,
            wrong='"id" is not made of small letters, digits and hyphens',
            needed=True,
        ),
    ]
    """Names its folder."""
    name: Annotated[
        str,
        Column(
            fits=bool,
            wrong="the clinic has no name",
            needed=True,
            weight=600,
            keyboard="text",
        ),
    ]
    phone: Annotated[
        str,
        Column(
            fits=PHONE.fullmatch,
            wrong='"{value}" is no telephone number',
            weight=400,
            keyboard="tel",
        ),
    ] = ""
    hours: Annotated[str, Column(weight=400, keyboard="text")] = ""
    address: Annotated[str, Column(weight=400, keyboard="text")] = ""
    interpreter: Annotated[str, Column(weight=400, keyboard="text")] = ""
    url: Annotated[
        str,
        Column(
            fits=URL.fullmatch,
            wrong='"{value}" is no address that begins with https://',
            keyboard="url",
        ),
    ] = ""
    """Address of the QR code; {leaflet} and {locale} are filled in."""
    logo: Annotated[
        str,
        Column(
            fits=LOGO.fullmatch,
            wrong='"{value}" is no PNG or SVG beside the list',
        ),
    ] = ""
    """Path of a PNG or SVG, below the folder of the list."""
    language: Annotated[
        str,
        Column(
            fits=TAG.fullmatch,
            wrong='"{value}" is no language tag, such as en or pt-BR',
        ),
    ] = "en"
    """BCP 47 tag of what it gives."""
    territory: Annotated[
        str, Column(fits=is_territory, wrong='no territory is called "{value}"')
    ] = ""
    """Decides the paper: ISO 3166-1 alpha-2."""
    locales: Annotated[tuple[str, ...], Column(several=True)] = ()
    """Languages of its leaflets; empty for all that are built."""
    editions: Annotated[tuple[str, ...], Column(several=True)] = ()
    location: Location = NOWHERE

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """List what is written on lines, in their order: (column, text)."""
        return tuple(
            (name, text)
            for name, column in COLUMNS.items()
            if column.weight and (text := getattr(self, name))
        )


COLUMNS: Mapping[str, Column] = MappingProxyType(
    {
        name: hint.__metadata__[0]
        for name, hint in get_type_hints(ClinicText, include_extras=True).items()
        if hasattr(hint, "__metadata__")
    }
)
"""Every column of a list, by its name."""
FORM: Mapping[str, str] = MappingProxyType(
    {name: column.keyboard for name, column in COLUMNS.items() if column.keyboard}
)
"""The columns that a form asks for, each with the kind of its input."""


def read_clinics(
    data: bytes, path: str, locales: Collection[str], language: str
) -> tuple[tuple[ClinicText, ...], tuple[Diagnostic, ...]]:
    """Read a list of clinics; one in which anything is wrong is told and left out.

    `language` is the BCP 47 tag of what is written in no other.
    """
    diagnostics: list[Diagnostic] = []
    read = _toml if path.endswith(".toml") else _csv
    clinics: dict[str, ClinicText] = {}
    for place, row in read(data, path, diagnostics):
        if len(clinics) >= MOST:
            message = f"there are more than {MOST} clinics"
            diagnostics.append(error(CODE, message, place))
            break
        problems = list(check_row(row, locales, place))
        clinic = None if problems else _clinic(row, place, language)
        if clinic and clinic.id in clinics:
            message = f'there is another clinic "{clinic.id}"'
            problems.append(_problem("id", message, place))
        elif clinic:
            clinics[clinic.id] = clinic
        diagnostics.extend(problems)
    return tuple(clinics.values()), tuple(diagnostics)


def _clinic(row: Mapping[str, Any], place: Location, language: str) -> ClinicText:
    """Make a clinic from a row that was checked."""
    values: dict[str, Any] = {
        name: tuple(_names(row[name]))
        if column.several
        else " ".join(row[name].split())
        for name, column in COLUMNS.items()
        if name in row
    }
    values.setdefault("language", language)
    return ClinicText(**values, location=place)


Row = tuple[Location, Mapping[str, Any]]
"""A line of the list, and its values by the names of their columns."""


def _csv(data: bytes, path: str, diagnostics: list[Diagnostic]) -> Iterator[Row]:
    """Read rows by the names in the first line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        hint = "save it as CSV with the encoding UTF-8"
        place = Location(path, line)
        diagnostics.append(error(CODE, "the list is not UTF-8 text", place, hint))
        return
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [name.strip() for name in next(lines, [])]
        if len(set(head)) < len(head) or not head:
            message = "the first line does not name each column once"
            diagnostics.append(error(CODE, message, Location(path, 1), HINT))
            return
        start = lines.line_num + 1
        for cells in lines:
            place, start = Location(path, start), lines.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(head):
                message = f"there are {len(cells)} fields, and {len(head)} columns"
                diagnostics.append(error(CODE, message, place, HINT))
                continue
            named = zip(head, cells, strict=True)
            yield place, {name: cell for name, cell in named if cell}
    except csv.Error as problem:
        place = Location(path, max(lines.line_num, 1))
        diagnostics.append(error(CODE, f"not valid CSV: {problem}", place, HINT))


def _toml(data: bytes, path: str, diagnostics: list[Diagnostic]) -> Iterator[Row]:
    """Read `[[clinic]]` tables; what is said of one is said at the line of its head."""
    settings, problems = read_settings(data, path, code=CODE)
    diagnostics.extend(problems)
    tables = settings.values.get("clinic", [])
    if set(settings.values) - {"clinic"} or not isinstance(tables, list):
        message = "the list holds more than [[clinic]] tables"
        diagnostics.append(error(CODE, message, Location(path, 1), HINT))
        return
    lines = data.decode("utf-8-sig", "replace").splitlines()
    heads = [
        number
        for number, line in enumerate(lines, 1)
        if re.match(r"\s*\[\[\s*clinic\s*\]\]", line)
    ]
    for index, table in enumerate(tables):
        place = Location(path, heads[index] if index < len(heads) else 1)
        if not isinstance(table, Mapping):
            diagnostics.append(error(CODE, "a clinic is not a table", place, HINT))
            continue
        yield place, table


def check_row(
    row: Mapping[str, Any], locales: Collection[str], place: Location
) -> Iterator[Diagnostic]:
    """Check the values of one clinic, by the names of their columns.

    Each finding has its column as the field that it is about.  `locales` are those of
    the project.
    """
    for name in row:
        if name not in COLUMNS:
            yield _problem(name, f'"{name}" is no column', place)
    for name, column in COLUMNS.items():
        value = row.get(name, "")
        check = _wrong_names(name, value) if column.several else _wrong(name, value)
        yield from (_problem(name, message, place) for message in check)
    for locale in _names(row.get("locales", "")):
        if locale not in locales:
            message = f'the project has no language "{locale}"'
            yield _problem("locales", message, place)


def _problem(column: str, message: str, place: Location) -> Diagnostic:
    return error(CODE, message, place, HINT, subject=Subject(field=column))


def _wrong(name: str, value: object) -> Iterator[str]:
    """Say what keeps a value out of a column of texts."""
    if not isinstance(value, str):
        yield f'"{name}" is not a text'
        return
    if len(value) > LONGEST:
        yield f'"{name}" has more than {LONGEST} characters'
    elif hidden := sorted(filter(_hidden, set(value))):
        yield f'"{name}" holds {", ".join(f"U+{ord(char):04X}" for char in hidden)}'
    elif strikes(value):
        yield f'"{name}" holds marks that would be drawn over other words'
    column, text = COLUMNS[name], value.strip()
    if (text or column.needed) and not column.fits(text):
        yield column.wrong.format(value=text)


def _wrong_names(name: str, value: object) -> Iterator[str]:
    """Say what keeps a value out of a column of several names."""
    if not isinstance(value, str | list) or any(
        not isinstance(text, str) for text in value
    ):
        yield f'"{name}" is no list'


ALLOWED = "\n\r\t\u200c\u200d\u200e\u200f\u061c"
"""Ends of lines become spaces; joiners and marks are part of how some scripts spell."""


def _hidden(char: str) -> bool:
    """Say whether nobody would see a character (categories of Unicode)."""
    unseen = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return char not in ALLOWED and unicodedata.category(char) in unseen


def _names(value: Any) -> list[str]:
    """Read several names: a list, or a text with spaces, commas or semicolons."""
    if isinstance(value, str):
        return [name for name in SEPARATORS.split(value.strip()) if name]
    if isinstance(value, list):
        return [name for name in value if isinstance(name, str)]
    return []
