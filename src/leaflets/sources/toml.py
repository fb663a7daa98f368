"""TOML with places: values, and the line where each key stands.

`tomllib` tells lines only for syntax errors; a finding about a value needs the
line too, so the keys are looked up in the text.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error

HEADER = re.compile(r"\s*\[\[?\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
KEY = re.compile(r"\s*([\w-]+|\"[^\"]+\")\s*=")
PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


@dataclass(frozen=True, slots=True)
class Settings:
    """One TOML text, read: nested values and the line of every key."""

    path: str
    values: Mapping[str, Any]
    lines: Mapping[tuple[str, ...], int]

    def place(self, *keys: str) -> Location:
        """Give the place of a key, or of the nearest table above it."""
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
        found = error(
            code,
            "the file is not UTF-8 text",
            Location(path, line),
            "save it with the encoding UTF-8",
        )
        return empty, (found,)
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
    lines = {key: line + first_line - 1 for key, line in _key_lines(text)}
    return Settings(path, values, lines), ()


def _key_lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Find the line of every key and table written the ordinary way."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := HEADER.match(line):
            table = tuple(part.strip().strip('"') for part in match[1].split("."))
            yield table, number
        elif match := KEY.match(line):
            yield (*table, match[1].strip('"')), number
