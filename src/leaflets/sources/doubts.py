"""Doubts: words that a draft's maker was least sure of, for a native reviewer.

Takes `locales/<locale>/doubts.toml`; gives the doubts, and what is wrong in the file.
They are told to people and change nothing on paper, so a broken file stops no build.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from leaflets.diagnostics import Diagnostic, Location, Severity, warning
from leaflets.sources.toml import read_settings

KEYS = ("source", "used", "why")


@dataclass(frozen=True, slots=True)
class Doubt:
    """One word or phrase to look at."""

    source: str
    """In English."""
    used: str
    """As the catalog has it now."""
    why: str
    location: Location


@lru_cache(maxsize=256)
def read_doubts(
    data: bytes, path: str
) -> tuple[tuple[Doubt, ...], tuple[Diagnostic, ...]]:
    """Read a file of doubts; one that is not whole is told and left out."""
    settings, problems = read_settings(data, path, code="doubts-file")
    found = [replace(one, severity=Severity.WARNING) for one in problems]
    tables = settings.values.get("doubt", [])
    hint = "write each doubt as a table [[doubt]] with " + ", ".join(KEYS)
    if set(settings.values) - {"doubt"} or not isinstance(tables, list):
        message = "the file holds more than doubts"
        found.append(warning("doubts-file", message, Location(path, 1), hint))
        return (), tuple(found)
    # `settings.lines` keeps one place for tables of the same name.
    lines = [
        number
        for number, line in enumerate(data.splitlines(), 1)
        if line.strip().startswith(b"[[doubt]]")
    ]
    made = []
    for at, table in enumerate(tables):
        place = Location(path, lines[at] if at < len(lines) else 1)
        if not isinstance(table, Mapping) or set(table) != set(KEYS):
            message = f"a doubt has these keys and no others: {', '.join(KEYS)}"
            found.append(warning("doubts-file", message, place, hint))
        elif not all(_is_line(one) for one in table.values()):
            message = "each part of a doubt is one line of text"
            found.append(warning("doubts-file", message, place, hint))
        else:
            made.append(Doubt(**table, location=place))
    return tuple(made), tuple(found)


def _is_line(value: object) -> bool:
    if not isinstance(value, str):
        return False
    return bool(value.strip()) and not any(ord(char) < 32 for char in value)
