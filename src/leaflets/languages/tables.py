"""Tables: the data files of languages and scripts, read strictly.

Takes the name of a file in `languages/data` and the dataclass that it must fit; gives
the value.  An unknown key or a value of another kind is an error at its line, so that
a speaker who mends a file is told of a typing slip.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType
from typing import Any, TypeVar

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error

FOLDER: Traversable = files("leaflets.languages") / "data"
SHOWN = "src/leaflets/languages/data"
"""The folder as a finding names it (docs/languages.md)."""
CODE = "language-data"
HINT = "docs/languages.md tells every key"
STRICT: Mapping[str, object] = MappingProxyType({"extra": "forbid", "strict": True})
"""How pydantic reads the dataclasses of these files (`__pydantic_config__`)."""
HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
KEY = re.compile(r"\s*([\w-]+|\"[^\"]+\")\s*=")
Shape = TypeVar("Shape")
PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def find_text(name: str) -> str | None:
    """Return the text of a data file; none where there is no such file."""
    path = FOLDER / f"{name}.toml"
    return path.read_text(encoding="utf-8") if path.is_file() else None


def names() -> tuple[str, ...]:
    """Name all data files, without their ending, sorted."""
    files = (path.name.partition(".toml") for path in FOLDER.iterdir())
    return tuple(sorted(name for name, ending, _ in files if ending))


def parse(text: str, name: str) -> dict[str, Any]:
    """Parse TOML; LeafletsError where it is none."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        match = PLACE.search(str(problem))
        line, column = (int(match[1]), int(match[2])) if match else (1, 0)
        message = f"not valid TOML: {PLACE.sub('', str(problem)).strip()}"
        place = Location(f"{SHOWN}/{name}.toml", line, column)
        raise LeafletsError((error(CODE, message, place, HINT),)) from problem


def read_table(shape: type[Shape], text: str, name: str) -> Shape:
    """Return a file as the dataclass that describes it; LeafletsError if it does not fit.

    pydantic is loaded here, for a build with nothing to do needs no language's file.
    """
    from pydantic import TypeAdapter, ValidationError

    values = parse(text, name)
    try:
        # As JSON, for arrays are tuples there and all else is strict.
        return TypeAdapter(shape).validate_json(json.dumps(values, default=str))
    except ValidationError as problem:
        diagnostics = tuple(
            _diagnostic(entry["loc"], entry["type"], entry["msg"], text, name)
            for entry in problem.errors()
        )
        raise LeafletsError(diagnostics) from problem


def _diagnostic(
    keys: tuple[int | str, ...], kind: str, message: str, text: str, name: str
) -> Diagnostic:
    """Make a finding of one thing that does not fit, at the line of its key."""
    words = tuple(str(key) for key in keys if key != "[key]")
    key = ".".join(words)
    if kind == "unexpected_keyword_argument":
        message = f'"{key}" is no key that is known'
    elif kind == "missing":
        message = f'"{key}" is missing'
    else:
        message = f'"{key}": {message[:1].lower()}{message[1:]}'
    place = Location(f"{SHOWN}/{name}.toml", line_of(text, words))
    return error(CODE, message, place, HINT)


def line_of(text: str, keys: tuple[str, ...]) -> int:
    """Return the 1-based line of a key, or of the nearest table above it.

    >>> line_of('a = 1\\n[b]\\nc = 2', ("b", "c")), line_of("a = 1", ("x",))
    (3, 1)
    """
    lines = dict(_key_lines(text))
    for end in range(len(keys), 0, -1):
        if line := lines.get(keys[:end]):
            return line
    return 1


def _key_lines(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """List the keys and tables with the line of each."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        if match := HEADER.match(line):
            table = tuple(part.strip().strip('"') for part in match[1].split("."))
            yield table, number
        elif match := KEY.match(line):
            yield (*table, match[1].strip('"')), number
