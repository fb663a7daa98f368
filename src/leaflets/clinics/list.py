"""Clinics: who hands leaflets out, read from a list of theirs.

Takes the bytes of a CSV file, or of TOML with `[[clinic]]` tables; gives clinics, and
tells at its line what cannot be printed.  What a clinic gives is printed as it stands:
it is no content, and goes into no catalog.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error
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
PARTS = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class ClinicText:
    """What one clinic has printed on its leaflets."""

    id: str
    """Names its folder."""
    name: str
    phone: str = ""
    hours: str = ""
    address: str = ""
    interpreter: str = ""
    url: str = ""
    """Address of the QR code; {leaflet} and {locale} are filled in."""
    logo: str = ""
    """Path of a PNG or SVG, below the folder of the list."""
    language: str = "en"
    """BCP 47 tag of what it gives."""
    territory: str = ""
    """Decides the paper: ISO 3166-1 alpha-2."""
    locales: tuple[str, ...] = ()
    """Languages of its leaflets; empty for all that are built."""
    editions: tuple[str, ...] = ()
    location: Location = NOWHERE

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """Give what is written on lines, in their order: (field, text)."""
        names = ("name", "phone", "hours", "address", "interpreter")
        return tuple((one, getattr(self, one)) for one in names if getattr(self, one))


TEXTS = tuple(
    one.name
    for one in fields(ClinicText)
    if one.name not in ("locales", "editions", "location")
)
LISTS = ("locales", "editions")


def read_clinics(
    data: bytes, path: str, locales: Collection[str]
) -> tuple[tuple[ClinicText, ...], tuple[Diagnostic, ...]]:
    """Read a list of clinics; one in which anything is wrong is told and left out."""
    found: list[Diagnostic] = []
    rows = (
        _toml(data, path, found) if path.endswith(".toml") else _csv(data, path, found)
    )
    made: dict[str, ClinicText] = {}
    for place, row in rows:
        if len(made) >= MOST:
            found.append(error(CODE, f"there are more than {MOST} clinics", place))
            break
        problems = list(problems_of(row, locales))
        if row.get("id") in made:
            problems.append(f'there is another clinic "{row["id"]}"')
        found.extend(error(CODE, one, place, HINT) for one in problems)
        if not problems:
            values = {
                key: " ".join(str(row[key]).split()) for key in TEXTS if key in row
            }
            lists = {key: tuple(_list(row[key])) for key in LISTS if key in row}
            one = ClinicText(**values, **lists, location=place)  # type: ignore[arg-type]
            made[one.id] = one
    return tuple(made.values()), tuple(found)


HINT = "docs/clinics.md tells every column"
Row = tuple[Location, Mapping[str, Any]]


def _csv(data: bytes, path: str, found: list[Diagnostic]) -> Iterator[Row]:
    """Read rows by the names in the first line."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        hint = "save it as CSV with the encoding UTF-8"
        place = Location(path, line)
        found.append(error(CODE, "the list is not UTF-8 text", place, hint))
        return
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        head = [one.strip() for one in next(lines, [])]
        if len(set(head)) < len(head) or not head:
            message = "the first line does not name each column once"
            found.append(error(CODE, message, Location(path, 1), HINT))
            return
        start = lines.line_num + 1
        for row in lines:
            place, start = Location(path, start), lines.line_num + 1
            if not any(one.strip() for one in row):
                continue
            if len(row) != len(head):
                message = f"there are {len(row)} fields, and {len(head)} columns"
                found.append(error(CODE, message, place, HINT))
                continue
            yield place, {key: one for key, one in zip(head, row, strict=True) if one}
    except csv.Error as problem:
        place = Location(path, max(lines.line_num, 1))
        found.append(error(CODE, f"not valid CSV: {problem}", place, HINT))


def _toml(data: bytes, path: str, found: list[Diagnostic]) -> Iterator[Row]:
    """Read `[[clinic]]` tables; each is told of at the line where it begins."""
    settings, problems = read_settings(data, path, code=CODE)
    found.extend(problems)
    tables = settings.values.get("clinic", [])
    if set(settings.values) - {"clinic"} or not isinstance(tables, list):
        message = "the list holds more than [[clinic]] tables"
        found.append(error(CODE, message, Location(path, 1), HINT))
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
            found.append(error(CODE, "a clinic is not a table", place, HINT))
            continue
        yield place, table


def problems_of(row: Mapping[str, Any], locales: Collection[str]) -> Iterator[str]:
    """Tell in words what keeps a clinic from print."""
    for key in row:
        if key not in TEXTS and key not in LISTS:
            yield f'"{key}" is no column'
    for key in TEXTS:
        value = row.get(key, "")
        if not isinstance(value, str):
            yield f'"{key}" is not a text'
        elif len(value) > LONGEST:
            yield f'"{key}" has more than {LONGEST} characters'
        elif bad := sorted(filter(_hidden, set(value))):
            yield f'"{key}" holds {", ".join(f"U+{ord(one):04X}" for one in bad)}'
    texts = {key: str(row.get(key, "")).strip() for key in TEXTS}
    if not ID.fullmatch(texts["id"]):
        yield '"id" is not made of small letters, digits and hyphens'
    if not texts["name"]:
        yield "the clinic has no name"
    if texts["phone"] and not PHONE.fullmatch(texts["phone"]):
        yield f'"{texts["phone"]}" is no telephone number'
    if texts["url"] and not URL.fullmatch(texts["url"]):
        yield f'"{texts["url"]}" is no address that begins with https://'
    if texts["language"] and not TAG.fullmatch(texts["language"]):
        yield f'"{texts["language"]}" is no language tag, such as en or pt-BR'
    if texts["logo"] and not LOGO.fullmatch(texts["logo"]):
        yield f'"{texts["logo"]}" is no PNG or SVG beside the list'
    if texts["territory"] and not is_territory(texts["territory"]):
        yield f'no territory is called "{texts["territory"]}"'
    for key in LISTS:
        value = row.get(key, "")
        if not isinstance(value, str | list) or any(
            not isinstance(one, str) for one in value
        ):
            yield f'"{key}" is no list'
    for name in _list(row.get("locales", "")):
        if name not in locales:
            yield f'the project has no language "{name}"'


ALLOWED = "\n\r\t\u200c\u200d\u200e\u200f\u061c"
"""Ends of lines become spaces; joiners and marks are part of how some scripts spell."""


def _hidden(char: str) -> bool:
    """Tell whether nobody would see a character (categories of Unicode)."""
    unseen = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return char not in ALLOWED and unicodedata.category(char) in unseen


def _list(value: Any) -> list[str]:
    """Read several names: a list, or a text with spaces, commas or semicolons."""
    if isinstance(value, str):
        return [one for one in PARTS.split(value.strip()) if one]
    return (
        [one for one in value if isinstance(one, str)]
        if isinstance(value, list)
        else []
    )
