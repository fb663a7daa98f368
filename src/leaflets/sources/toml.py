"""TOML with places: values, and the line where each key stands.

`tomllib` tells lines only for syntax errors; a finding about a value needs the
line too, so the keys are looked up in the text.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error

HEADER = re.compile(r"\s*(\[\[?)([^\[\]]+)\]\]?\s*(?:#.*)?$")
NAME = r"(?:[\w-]+|\"[^\"]*\"|'[^']*')"
KEY = re.compile(rf"\s*({NAME}(?:\s*\.\s*{NAME})*)\s*=")
NAMES = re.compile(NAME)
MULTILINE = re.compile(r'"""|' + "'''")
PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
DEEPEST = 8
"""Tables below tables whose lines are known; no file of ours has more."""

MOST_DOTS = 1_000
"""Of a line: the time for a name of many parts grows with their square."""

Path = tuple[str | int, ...]
"""The way to a value: the names of its tables and key, and places in lists."""


@dataclass(frozen=True, slots=True)
class Settings:
    """One TOML text, read: nested values and the line of every key."""

    path: str
    values: Mapping[str, Any]
    lines: Mapping[Path, int]

    def place(self, *keys: str | int) -> Location:
        """Return the place of a key, or of the nearest table above it.

        The table of a list of tables is named by its place from 0.
        """
        for end in range(len(keys), 0, -1):
            if line := self.lines.get(keys[:end]):
                return Location(self.path, line)
        return Location(self.path, 1)


def read_settings(
    data: bytes, path: str, *, code: str, first_line: int = 1
) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Read TOML; what cannot be read is a finding with `code` and no values.

    `first_line` is the line of the file at which the data begins.
    """
    empty = Settings(path, {}, {})
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[: problem.start].count(b"\n") + first_line
        diagnostic = error(
            code,
            "the file is not UTF-8 text",
            Location(path, line),
            "save it with the encoding UTF-8",
        )
        return empty, (diagnostic,)
    if dotted := _dotted(text):
        message = f"the line has more than {MOST_DOTS:,} dots"
        place = Location(path, dotted + first_line - 1)
        return empty, (error(code, message, place, "break the text into lines"),)
    try:
        values = tomllib.loads(text)
    # Python refuses numbers of thousands of digits with a plain ValueError.
    except (ValueError, RecursionError) as problem:
        match = PLACE.search(str(problem))
        line, column = (int(match[1]), int(match[2])) if match else (0, 0)
        if not match:
            line, column = text.count("\n") + 1, 0
        message = PLACE.sub("", str(problem)).strip() or "cannot be read"
        place = Location(path, line + first_line - 1, column)
        return empty, (error(code, f"not valid TOML: {message}", place),)
    lines: dict[Path, int] = {}
    for key, line in _key_lines(text):
        lines.setdefault(key, line + first_line - 1)
    return Settings(path, values, lines), ()


def _dotted(text: str) -> int:
    """Find the line with too many dots; 0 where there is none."""
    if text.count(".") <= MOST_DOTS:
        return 0
    for number, line in enumerate(text.split("\n"), 1):
        if line.count(".") > MOST_DOTS:
            return number
    return 0


def _key_lines(text: str) -> Iterator[tuple[Path, int]]:
    """Find the line of every key and table written the ordinary way."""
    table: Path = ()
    lists: Counter[Path] = Counter()
    quotes = ""
    for number, line in enumerate(text.split("\n"), 1):
        if quotes:
            quotes = "" if quotes in line else quotes
        elif match := HEADER.match(line):
            table = _table_path(_names(match[2]), lists)
            if match[1] == "[[":
                yield table, number
                lists[table] += 1
                table = (*table, lists[table] - 1)
            yield table, number
        elif match := KEY.match(line):
            names = _names(match[1])
            for end in range(1, len(names) + 1):
                yield (*table, *names[:end]), number
            quotes = _left_open(line[match.end() :])


def _names(text: str) -> tuple[str, ...]:
    """Part a dotted name, as far as lines are looked up.

    >>> _names('tool . "my tool".x')
    ('tool', 'my tool', 'x')
    """
    found = NAMES.finditer(text)
    return tuple(
        match[0].strip("\"'") for match, _ in zip(found, range(DEEPEST), strict=False)
    )


def _table_path(names: tuple[str, ...], lists: Mapping[Path, int]) -> Path:
    """Resolve the name of a table: one below a list means the list's last table."""
    path: Path = ()
    for name in names:
        if count := lists.get(path):
            path = (*path, count - 1)
        path = (*path, name)
    return path


def _left_open(text: str) -> str:
    """Return the quotation marks that a value begins and does not close."""
    marks = MULTILINE.findall(text)
    return str(marks[0]) if marks and marks.count(marks[0]) % 2 else ""
