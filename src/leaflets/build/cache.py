"""The cache: what earlier builds found, and the keys that say whether it still holds.

Four tables are stored below `build/.cache`, each in its own file, because they are
read at different times:

- `texts`: the findings of the checks on each pair of source text and translation, by
  the digest of the pair (`leaflets.checks.verdicts`);
- `pages`: the laid-out pages without a finding, by fingerprint and record;
- `checked`: the findings of the last check in each part, by the same digest without
  tools and fonts;
- `parts`: all findings of a whole build in one part (a locale, a pair of locales, or
  what all locales share), by the digest of everything that the part is made from.

All but the last are valid for one set of rules only: the digest of our code and its
word lists, with the versions of Python and of `LIBRARIES`.  A damaged file counts as
empty.
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

from leaflets.build.manifest import Manifest, record_digest
from leaflets.checks.verdicts import Verdicts
from leaflets.diagnostics import Diagnostic
from leaflets.digest import Fingerprint, digest_bytes, digest_parts
from leaflets.files import is_file, publish, read
from leaflets.pages.composition import Target
from leaflets.sources.snapshot import Sources

Table = TypeVar("Table")

FOLDER = ".cache"
"""Below the build folder."""
TEXTS = f"{FOLDER}/texts.json"
PAGES = f"{FOLDER}/pages.json"
CHECKED = f"{FOLDER}/checked.json"
PARTS = f"{FOLDER}/parts.json"
LIBRARIES = (
    "babel",
    "jinja2",
    "markdown-it-py",
    "markupsafe",
    "mdit-py-plugins",
    "pydantic",
    "segno",
)
"""What the front half reads and composes with."""
NOT_ONE_OF_OURS = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    RecursionError,
    OverflowError,
)
"""What comes of a file that holds something else, whatever its checksum says."""
COMMON = ""
"""The part that all languages share."""


@dataclass(frozen=True, slots=True)
class Part:
    """The findings of a whole build in one part that it brought up to date."""

    key: str
    targets: Mapping[Target, tuple[Diagnostic, ...]]
    """All targets of the part, each published from the current sources, with the
    findings in each."""
    beside: tuple[str, ...]
    """Files published beside the PDFs, below the build folder."""
    diagnostics: tuple[Diagnostic, ...]
    """Findings of the front half, before anything was typeset."""
    pdfs: str = ""
    """Digest of the published PDFs, as `digest_pdfs` gives it."""


Parts = Mapping[str, Part]
NO_PARTS: Parts = MappingProxyType({})
OPEN = Part("", MappingProxyType({}), (), ())
"""A part that is not up to date: its key matches no other."""


@lru_cache(maxsize=1)
def rules() -> str:
    """Return the digest of all that a verdict depends on beside the texts."""
    house = Path(__file__).parent.parent
    return rules_of(house, (platform.python_version(), *map(version, LIBRARIES)))


def rules_of(house: Path, versions: tuple[str, ...]) -> str:
    """Return the digest of a package's code and data, and of what it runs on."""
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
    """Return, for each part, the digest of all that its findings and PDFs depend on.

    A catalog counts for its own locale only; all other files count for every part, as
    do the date (reviews and waivers expire), the rules, the tools and the fonts.
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


def page_key(folder: Path, fingerprint: Fingerprint) -> str:
    """Return the key of a laid-out page: what it was made from, and what was measured.

    `folder` is the build folder, which holds the record.
    """
    return f"{fingerprint.digest} {record_digest(folder, fingerprint)}"


def fresh_parts(
    parts: Parts,
    keys: Mapping[str, str],
    folder: Path,
    manifest: Manifest,
    outputs: Mapping[str, str],
) -> frozenset[str]:
    """Return the parts whose key and published files are unchanged.

    `outputs` maps the paths of the PDFs on disk to their SHA-256.
    """
    current = {
        entry.target: entry.sha256
        for entry in manifest.entries
        if not entry.earlier and outputs.get(entry.output) == entry.sha256
    }

    def is_fresh(name: str, part: Part) -> bool:
        return (
            part.key == keys.get(name)
            and current.keys() >= part.targets.keys()
            and digest_pdfs(part.targets, current) == part.pdfs
            and all(is_file(folder, path) for path in part.beside)
        )

    return frozenset(name for name, part in parts.items() if is_fresh(name, part))


def digest_pdfs(targets: Iterable[Target], published: Mapping[Target, str]) -> str:
    """Return the digest of the PDFs of some targets, from the SHA-256 of each.

    A build of one target may publish another state of it than the part was stored for.
    """
    return digest_parts(published[target] for target in sorted(targets))


def part_of(diagnostic: Diagnostic) -> str:
    """Return the part that a finding is about: a locale, or `COMMON`."""
    return diagnostic.subject.locale


def read_texts(folder: Path) -> dict[str, tuple[Diagnostic, ...]]:
    """Read the findings on pairs of texts; empty after a change of rules."""
    return _read(folder, TEXTS, rules(), _verdicts) or {}


def write_texts(folder: Path, verdicts: Verdicts) -> Diagnostic | None:
    """Store the findings on pairs of texts; a diagnostic where the disk refuses."""
    value = {
        key: [diagnostic.to_json() for diagnostic in diagnostics]
        for key, diagnostics in sorted(verdicts.items())
    }
    return _write(folder, TEXTS, rules(), value)


def read_pages(folder: Path) -> frozenset[str]:
    """Read the keys of the pages without a finding; empty after a change of rules."""
    return _read(folder, PAGES, rules(), _keys) or frozenset()


def write_pages(folder: Path, keys: Collection[str]) -> Diagnostic | None:
    """Store the keys of the pages without a finding."""
    return _write(folder, PAGES, rules(), sorted(keys))


def read_checked(folder: Path) -> Parts:
    """Read the findings of the last check in each part; no targets are known."""
    return _read(folder, CHECKED, rules(), _parts) or NO_PARTS


def write_checked(folder: Path, parts: Parts) -> Diagnostic | None:
    """Store the findings of a check in each part."""
    return _write(folder, CHECKED, rules(), _parts_json(parts))


def read_parts(folder: Path) -> Parts:
    """Read the findings of the last whole build in each part."""
    return _read(folder, PARTS, "", _parts) or NO_PARTS


def write_parts(folder: Path, parts: Parts) -> Diagnostic | None:
    """Store the findings of a whole build in each part."""
    return _write(folder, PARTS, "", _parts_json(parts))


def _parts_json(parts: Parts) -> dict[str, Any]:
    return {
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
            "pdfs": part.pdfs,
        }
        for name, part in sorted(parts.items())
    }


def _keys(value: list[Any]) -> frozenset[str]:
    return frozenset(map(_text, value))


def _verdicts(value: dict[str, Any]) -> dict[str, tuple[Diagnostic, ...]]:
    return {key: _diagnostics(diagnostics) for key, diagnostics in value.items()}


def _parts(value: dict[str, Any]) -> Parts:
    return {
        name: Part(
            key=_text(part["key"]),
            targets={
                Target(*map(_text, row["target"])): _diagnostics(row["diagnostics"])
                for row in part["targets"]
            },
            beside=tuple(map(_text, part["beside"])),
            diagnostics=_diagnostics(part["diagnostics"]),
            pdfs=_text(part["pdfs"]),
        )
        for name, part in value.items()
    }


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("a text is not a text")
    return value


def _diagnostics(values: Iterable[dict[str, Any]]) -> tuple[Diagnostic, ...]:
    return tuple(map(Diagnostic.from_json, values))


def _read(
    folder: Path, name: str, salt: str, table_of: Callable[[Any], Table]
) -> Table | None:
    """Read a table; None where the file is damaged or was stored under other rules."""
    try:
        checksum, _, body = read(folder, name).partition(b"\n")
        if checksum.decode() != _checksum(salt, body):
            return None
        return table_of(json.loads(body))
    except (*NOT_ONE_OF_OURS, OSError):
        return None


def _write(folder: Path, name: str, salt: str, value: object) -> Diagnostic | None:
    """Write a table behind a checksum, by which `_read` sees whether it is whole."""
    body = json.dumps(value, ensure_ascii=False).encode()
    return publish(_checksum(salt, body).encode() + b"\n" + body, folder, name)


def _checksum(salt: str, body: bytes) -> str:
    return digest_parts((salt, digest_bytes(body)))
