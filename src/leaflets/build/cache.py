"""Cache: what earlier builds said, and the keys that tell whether it still holds.

Three tables lie below `build/.cache`, each a file of its own, for they are needed at
different times:

- `texts`: what the checks said of each pair of texts, by the digest of the pair;
- `pages`: measured pages in which nothing was found, by fingerprint and facts;
- `parts`: all that a whole build found in one part (a locale, a pair of them, or what
  all share), by the digest of everything that the part is made from.

The first two hold for one set of rules: the digest of our code, its word lists, and the
versions of Python and Babel.  A file that is not whole counts as empty.
"""

import json
import platform
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from leaflets.build.manifest import Manifest
from leaflets.checks.verdicts import Verdicts
from leaflets.diagnostics import Diagnostic
from leaflets.digest import digest_bytes, digest_parts
from leaflets.files import publish
from leaflets.pages.composition import Target
from leaflets.sources.snapshot import Sources

Table = TypeVar("Table")

FOLDER = ".cache"
"""Below the build folder."""
TEXTS = f"{FOLDER}/texts.json"
PAGES = f"{FOLDER}/pages.json"
PARTS = f"{FOLDER}/parts.json"
COMMON = ""
"""The part that all languages share."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a whole build found in one part, in which nothing was left to do."""

    key: str
    targets: Mapping[Target, tuple[Diagnostic, ...]]
    """All of its targets, each published as its sources are now, and what was found
    in each."""
    beside: tuple[str, ...]
    """Files published beside the PDFs, below the build folder."""
    diagnostics: tuple[Diagnostic, ...]
    """What was found before anything was typeset."""


Parts = Mapping[str, Part]
NO_PARTS: Parts = MappingProxyType({})
OPEN = Part("", MappingProxyType({}), (), ())
"""A part in which something is left to do: no key is like its key."""


@lru_cache(maxsize=1)
def rules() -> str:
    """Digest all that a verdict depends on beside the texts."""
    house = Path(__file__).parent.parent
    return rules_of(house, (platform.python_version(), version("babel")))


def rules_of(house: Path, versions: tuple[str, ...]) -> str:
    """Digest the code and the data of a package, and the versions of what it runs on."""
    paths = sorted((*house.rglob("*.py"), *house.rglob("*.toml")))
    files = [
        part
        for path in paths
        for part in (path.relative_to(house).as_posix(), path.read_bytes())
    ]
    return digest_parts((*versions, *files))


def keys_of(
    sources: Sources,
    parts: Iterable[str],
    *,
    asked: Collection[str],
    tools: tuple[tuple[str, str], ...],
    fonts: tuple[tuple[str, str], ...],
) -> dict[str, str]:
    """Digest everything that the findings and the PDFs of each part depend on.

    A catalog counts for its own locale only; all other files count for every part, as
    do the day (reviews and waivers end), the rules, the tools and the fonts.
    """
    own: dict[str, list[str | bytes]] = {}
    common: list[str | bytes] = [rules(), sources.today.isoformat(), *sorted(asked)]
    common += [text for pair in (*sorted(tools), *sorted(fonts)) for text in pair]
    for path, data in sources.files.items():
        locale = path.split("/")[1] if path.startswith("locales/") else ""
        where = own.setdefault(locale, []) if path.count("/") > 1 and locale else common
        where += [path, digest_bytes(data)]
    shared = digest_parts(common)
    return {
        part: digest_parts(
            (
                shared,
                part,
                *(text for name in part.split("+") for text in own.get(name, ())),
            )
        )
        for part in parts
    }


def fresh_parts(
    parts: Parts,
    keys: Mapping[str, str],
    folder: Path,
    manifest: Manifest,
    outputs: Mapping[str, str],
) -> frozenset[str]:
    """Name the parts that are as they were: key, published files and all.

    `outputs` holds the digests of the files on disk.
    """
    current = {
        entry.target
        for entry in manifest.entries
        if not entry.earlier and outputs.get(entry.output) == entry.sha256
    }

    def is_fresh(name: str, part: Part) -> bool:
        return (
            part.key == keys.get(name)
            and current.issuperset(part.targets)
            and all((folder / path).is_file() for path in part.beside)
        )

    return frozenset(name for name, part in parts.items() if is_fresh(name, part))


def part_of(diagnostic: Diagnostic) -> str:
    """Name the part that a finding is about: its language, or what all share."""
    return diagnostic.subject.locale


def read_texts(folder: Path) -> dict[str, tuple[Diagnostic, ...]]:
    """Read what is known of pairs of texts; nothing under other rules."""
    return _read(folder / TEXTS, rules(), _verdicts) or {}


def write_texts(folder: Path, verdicts: Verdicts) -> Diagnostic | None:
    """Keep what is known of pairs of texts."""
    value = {
        key: [diagnostic.to_json() for diagnostic in diagnostics]
        for key, diagnostics in sorted(verdicts.items())
    }
    return _write(folder, TEXTS, rules(), value)


def read_pages(folder: Path) -> frozenset[str]:
    """Read which measured pages are without a finding; none under other rules."""
    return _read(folder / PAGES, rules(), frozenset) or frozenset()


def write_pages(folder: Path, keys: Collection[str]) -> Diagnostic | None:
    """Keep which measured pages are without a finding."""
    return _write(folder, PAGES, rules(), sorted(keys))


def read_parts(folder: Path) -> Parts:
    """Read what the last whole build found in each part."""
    return _read(folder / PARTS, "", _parts) or NO_PARTS


def write_parts(folder: Path, parts: Parts) -> Diagnostic | None:
    """Keep what a whole build found in each part."""
    value = {
        name: {
            "key": part.key,
            "targets": [
                {
                    "target": [
                        target.leaflet,
                        target.locale,
                        target.edition,
                        target.paper,
                    ],
                    "diagnostics": [diagnostic.to_json() for diagnostic in diagnostics],
                }
                for target, diagnostics in sorted(part.targets.items())
            ],
            "beside": sorted(part.beside),
            "diagnostics": [diagnostic.to_json() for diagnostic in part.diagnostics],
        }
        for name, part in sorted(parts.items())
    }
    return _write(folder, PARTS, "", value)


def _verdicts(value: dict[str, Any]) -> dict[str, tuple[Diagnostic, ...]]:
    return {key: _diagnostics(diagnostics) for key, diagnostics in value.items()}


def _parts(value: dict[str, Any]) -> Parts:
    return {
        name: Part(
            key=part["key"],
            targets={
                Target(*row["target"]): _diagnostics(row["diagnostics"])
                for row in part["targets"]
            },
            beside=tuple(part["beside"]),
            diagnostics=_diagnostics(part["diagnostics"]),
        )
        for name, part in value.items()
    }


def _diagnostics(values: Iterable[dict[str, Any]]) -> tuple[Diagnostic, ...]:
    return tuple(map(Diagnostic.from_json, values))


def _read(path: Path, salt: str, table_of: Callable[[Any], Table]) -> Table | None:
    """Read a table; None where the file is not whole, or was kept under other rules."""
    try:
        mark, _, body = path.read_bytes().partition(b"\n")
        if mark.decode() != _mark(salt, body):
            return None
        return table_of(json.loads(body))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _write(folder: Path, name: str, salt: str, value: object) -> Diagnostic | None:
    """Write a table behind a mark that tells whether it is whole."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return publish(_mark(salt, body).encode() + b"\n" + body, folder, name)


def _mark(salt: str, body: bytes) -> str:
    return digest_parts((salt, digest_bytes(body)))
