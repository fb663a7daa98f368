"""Doubts: words that a draft's maker was least sure of, for a native reviewer.

Takes `locales/<locale>/doubts.toml`; gives the doubts, and what is wrong in the file.
They are told to people and change nothing on paper, so a broken file stops no build.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated

from leaflets.diagnostics import Diagnostic, Location, Severity, gather, warning
from leaflets.sources.schema import Table, checked, reject, validate
from leaflets.sources.toml import read_settings

CODE = "doubts-file"


@dataclass(frozen=True, slots=True)
class Doubt:
    """One word or phrase to look at."""

    source: str
    """In English."""
    used: str
    """As the catalog has it now."""
    why: str
    location: Location


def _is_line(text: str) -> str:
    if not text.strip() or any(ord(char) < 32 for char in text):
        reject("is not one line of text")
    return text


TextLine = Annotated[str, checked(_is_line)]


class _DoubtTable(Table):
    source: TextLine
    used: TextLine
    why: TextLine


@lru_cache(maxsize=256)
def read_doubts(
    data: bytes, path: str
) -> tuple[tuple[Doubt, ...], tuple[Diagnostic, ...]]:
    """Read a file of doubts; one that is not whole is told and left out."""
    settings, unreadable = read_settings(data, path, code=CODE)
    tables = settings.values.get("doubt", [])
    if set(settings.values) - {"doubt"} or not isinstance(tables, list):
        key = next((key for key in settings.values if key != "doubt"), "doubt")
        message = "the file holds more than doubts"
        hint = "write each doubt as a table [[doubt]] with source, used and why"
        return (), (warning(CODE, message, settings.place(key), hint),)
    doubts, found = [], list(unreadable)
    for index, table in enumerate(tables):
        keys = ("doubt", index)
        values, faults = validate(
            _DoubtTable, table, settings, *keys, code=CODE, what="a doubt"
        )
        found.extend(faults)
        if values and not faults:
            doubts.append(Doubt(**dict(values), location=settings.place(*keys)))
    return tuple(doubts), gather(_as_warnings(found))


def _as_warnings(diagnostics: Iterable[Diagnostic]) -> Iterable[Diagnostic]:
    return (replace(fault, severity=Severity.WARNING) for fault in diagnostics)
