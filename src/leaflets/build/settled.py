"""Settled parts: what the last build said of each language, to be told again.

A part is a locale, a pair of them, or what all share (its name is empty).  Takes the
bytes of all sources and gives a key for each part; while key and published files are
what they were, the part needs no second look: the same sources, the same findings.
Reading is forgiving: what is not sure to be whole is looked at again.
"""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from leaflets.build.manifest import Manifest
from leaflets.checks.memory import rules
from leaflets.diagnostics import Diagnostic
from leaflets.digest import digest_bytes, digest_parts
from leaflets.files import publish
from leaflets.pages.composition import Target
from leaflets.sources.snapshot import Sources

FILE = ".settled.json"
COMMON = ""
"""The part that all languages share."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a whole build found in one part, in which nothing was left to do."""

    key: str
    targets: Mapping[Target, tuple[Diagnostic, ...]]
    """All of it, each published as its sources are now, and what was found in it."""
    beside: tuple[str, ...]
    """Files published beside the PDFs, below the build folder."""
    diagnostics: tuple[Diagnostic, ...]
    """What was found before anything was typeset."""


Parts = Mapping[str, Part]
NONE: Parts = MappingProxyType({})
OPEN = Part("", MappingProxyType({}), (), ())
"""A part in which something is left to do: no key is like its key."""


def keys_of(
    sources: Sources,
    parts: Iterable[str],
    *,
    asked: Collection[str],
    tools: tuple[tuple[str, str], ...],
    fonts: tuple[tuple[str, str], ...],
) -> dict[str, str]:
    """Digest everything that the look at each part, and its PDFs, depend on.

    Catalogs count for their own languages only, all other files for every part, as
    do the day (reviews and waivers end), the program, its tools and the fonts.
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


def still_settled(
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
        one.target
        for one in manifest.entries
        if not one.earlier and outputs.get(one.output) == one.sha256
    }

    def holds(name: str, part: Part) -> bool:
        return (
            part.key == keys.get(name)
            and current.issuperset(part.targets)
            and all((folder / one).is_file() for one in part.beside)
        )

    return frozenset(name for name, part in parts.items() if holds(name, part))


def read_parts(folder: Path) -> Parts:
    """Read what is settled; nothing where the file is not whole."""
    try:
        mark, _, body = (folder / FILE).read_bytes().partition(b"\n")
        if mark.decode() != digest_bytes(body):
            return NONE
        return {
            name: Part(
                key,
                {
                    Target(*target): tuple(Diagnostic.from_json(one) for one in said)
                    for target, said in targets
                },
                tuple(beside),
                tuple(Diagnostic.from_json(one) for one in found),
            )
            for name, (key, targets, beside, found) in json.loads(body).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return NONE


def write_parts(folder: Path, parts: Parts) -> Diagnostic | None:
    """Write what is settled, with a mark that tells whether it is whole."""
    value = {
        name: [
            part.key,
            [
                [
                    [one.leaflet, one.locale, one.edition, one.paper],
                    [finding.to_json() for finding in said],
                ]
                for one, said in sorted(part.targets.items())
            ],
            sorted(part.beside),
            [one.to_json() for one in part.diagnostics],
        ]
        for name, part in sorted(parts.items())
    }
    body = json.dumps(value, ensure_ascii=False).encode()
    return publish(digest_bytes(body).encode() + b"\n" + body, folder, FILE)


def part_of(found: Diagnostic) -> str:
    """Name the part that a finding is about: the language of its catalog, if any."""
    path = found.location.path.split("/")
    return path[1] if path[0] == "locales" and len(path) > 2 else COMMON
