"""The record of what was built, from what, and what was measured in it.

`build/manifest.json` lists every PDF with its digest and its fingerprint;
`build/SHA256SUMS` is the same list for `sha256sum -c`; `build/.facts/` keeps
the facts of each fingerprint, so that checks can run again without rendering.
All three are validated when they are read: what cannot be read, or was changed
since it was written, counts as absent and is made again.
"""

import errno
import json
import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, error, note
from leaflets.digest import Fingerprint, digest_bytes, digest_parts
from leaflets.files import (
    find,
    linked,
    place_of,
    publish,
    publish_changed,
    read,
    remove,
    state_of,
)
from leaflets.pages.composition import Composition, Target
from leaflets.pdf.facts import LayoutFacts, PdfFacts

VERSION = 3
"""Version of `manifest.json`; a file of another version counts as absent."""
RECORD_VERSION = 5
"""Version of the files in `.facts`; it is a part of every fingerprint."""

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SBOM = "sbom.cdx.json"
"""The bill of materials: tools, fonts and profiles."""
BESIDE = ".order.pdf"
"""End of the name of an order sheet, which lies beside its press file."""
RECORDS = ".facts"
DIGEST = re.compile("[0-9a-f]{64}")
PLAIN = re.compile(r"[^./\0][^/\0]*")
"""A part of a file's name that leads nowhere else."""


class OtherVersionError(ValueError):
    """Raised for a manifest that another release of this program wrote."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One published PDF."""

    target: Target
    output: str
    """POSIX path below the build folder."""
    sha256: str
    size: int
    """In bytes."""
    pages: int
    fingerprint: Fingerprint
    standing: str
    facts: str
    """Digest of the record that was measured from this PDF."""
    earlier: bool = False
    """Whether it was built from earlier sources, and could not be replaced since."""
    order: str = ""
    """SHA-256 of the order sheet beside it; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All published PDFs of a build folder, and what they were made with.

    It holds no time and no duration, so that the same sources and tools give the
    same bytes.
    """

    entries: tuple[Entry, ...] = ()
    tools: tuple[tuple[str, str], ...] = ()
    """Name and version."""
    fonts: tuple[tuple[str, str], ...] = ()
    """Family and digest of its files."""
    commit: str = ""
    """Of the sources; empty where they are in no repository."""
    sbom: str = ""
    """SHA-256 of the bill of materials beside it."""
    signatures: str = ""
    """What is known of those who signed: unverified names, or verified keys."""

    def entry(self, target: Target) -> Entry | None:
        """Return the entry of a target, or None."""
        return next((entry for entry in self.entries if entry.target == target), None)


@dataclass(frozen=True, slots=True)
class Record:
    """What was measured in one typeset target: everything that the checks need."""

    layout: LayoutFacts
    pdf: PdfFacts
    diagnostics: tuple[Diagnostic, ...]
    """Findings of the typesetter."""
    places: str
    """Digest of the places that `diagnostics` may point to."""
    seconds: float

    @property
    def digest(self) -> str:
        """Return the digest of what was measured, without the seconds."""
        return digest_bytes(_canonical(_measured(self)))


def output_of(target: Target) -> str:
    """Return the path of a target's PDF below the build folder."""
    return f"{target}.pdf"


def order_name(output: str) -> str:
    """Name the order sheet of a press file, beside it."""
    return output.removesuffix(".pdf") + BESIDE


def files_of(manifest: Manifest) -> dict[str, str]:
    """Return the SHA-256 of every file that a manifest lists, by path, sorted."""
    files = {entry.output: entry.sha256 for entry in manifest.entries}
    files |= {
        order_name(entry.output): entry.order
        for entry in manifest.entries
        if entry.order
    }
    return dict(sorted(files.items()))


def places_of(composition: Composition) -> str:
    """Return the digest of the source places that a composition points to.

    The fingerprint leaves them out, because a page stays the same when its source
    moves down a line; but a stored finding would then point to the wrong line.
    """
    return digest_parts(str(place) for place in _locations(composition))


def read_manifest(folder: Path) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Read the manifest of a build folder; one that cannot be read counts as empty."""
    place = Location(place_of(folder, MANIFEST))
    hint = "everything is built again"
    try:
        return parse_manifest(read(folder, MANIFEST)), ()
    except FileNotFoundError:
        return Manifest(), ()
    except OSError as problem:
        message = f"the manifest cannot be read: {problem.strerror}"
        return Manifest(), (note("manifest-unreadable", message, place, hint),)
    except ValueError as problem:
        message = f"the manifest is not one of this version: {problem}"
        return Manifest(), (note("manifest-unreadable", message, place, hint),)


def damage_of(folder: Path) -> Diagnostic | None:
    """Return an error where the manifest is of this version, and cannot be read.

    What it listed is unknown then, and a build of some targets would list only those.
    """
    try:
        parse_manifest(read(folder, MANIFEST))
    except (OtherVersionError, FileNotFoundError):
        return None
    except OSError as problem:
        if problem.errno == errno.ELOOP:
            return linked(place_of(folder, MANIFEST))
        return _damaged(folder)
    except ValueError:
        return _damaged(folder)
    return None


def _damaged(folder: Path) -> Diagnostic:
    message = "the manifest is damaged, so that nobody knows what else is published"
    place = Location(place_of(folder, MANIFEST))
    hint = "`leaflets build`, of everything, makes it again; or remove the file"
    return error("manifest-unreadable", message, place, hint)


def write_manifest(folder: Path, manifest: Manifest) -> tuple[Diagnostic, ...]:
    """Write the checksums, and then the manifest, where they are not so already.

    Diagnostics where the disk refuses.  The checksums leave out PDFs of earlier sources, because they list a release.
    """
    problems = (
        publish_changed(format_sums(manifest), folder, SUMS),
        publish_changed(format_manifest(manifest), folder, MANIFEST),
    )
    return tuple(problem for problem in problems if problem)


def format_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as JSON; equal manifests give equal bytes.

    Its own digest is a part of it, so that a damaged one is not taken for whole.
    """
    value: dict[str, Any] = {
        "version": VERSION,
        "tools": dict(manifest.tools),
        "fonts": dict(manifest.fonts),
        "commit": manifest.commit,
        "sbom": manifest.sbom,
        "signatures": manifest.signatures,
        "entries": [
            {
                "target": _plain(entry.target),
                "output": entry.output,
                "sha256": entry.sha256,
                "size": entry.size,
                "pages": entry.pages,
                # A list of pairs: reasons are listed in the order of the parts.
                "fingerprint": [list(part) for part in entry.fingerprint.parts],
                "standing": entry.standing,
                "facts": entry.facts,
                "earlier": entry.earlier,
                "order": entry.order,
            }
            for entry in sorted(manifest.entries, key=lambda entry: entry.target)
        ],
    }
    value["digest"] = digest_bytes(_canonical(value))
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def parse_manifest(data: bytes) -> Manifest:
    """Parse what `format_manifest` returns; ValueError for anything else."""
    try:
        value = json.loads(data)
        if value["version"] != VERSION:
            raise OtherVersionError(f"version {value['version']!r}")
        if value.pop("digest") != digest_bytes(_canonical(value)):
            raise ValueError("it was changed since it was written")
        # Lone surrogates can be written in JSON, and nowhere else.
        data.decode().encode()
        json.dumps(value, ensure_ascii=False).encode()
        entries = tuple(_entry(entry) for entry in value["entries"])
        tools, fonts = _pairs(value["tools"].items()), _pairs(value["fonts"].items())
        commit, sbom = str(value["commit"]), str(value["sbom"])
        signatures = str(value["signatures"])
    except (KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError(f"{type(problem).__name__} {problem}") from None
    if len({entry.target for entry in entries}) < len(entries):
        raise ValueError("a target is listed twice")
    return Manifest(entries, tools, fonts, commit, sbom, signatures)


def format_sums(manifest: Manifest) -> bytes:
    """Return the lines that `sha256sum -c` reads."""
    current = tuple(entry for entry in manifest.entries if not entry.earlier)
    lines = [*files_of(replace(manifest, entries=current)).items()]
    if manifest.sbom:
        lines.append((SBOM, manifest.sbom))
    return "".join(f"{sha256}  {output}\n" for output, sha256 in lines).encode()


def are_lists_whole(folder: Path, manifest: Manifest) -> bool:
    """Say whether manifest, checksums and bill of materials are as they were written."""
    try:
        return (
            read(folder, MANIFEST) == format_manifest(manifest)
            and read(folder, SUMS) == format_sums(manifest)
            and digest_bytes(read(folder, SBOM)) == manifest.sbom
        )
    except OSError:
        return False


def read_outputs(folder: Path, manifest: Manifest) -> tuple[tuple[str, str], ...]:
    """Return path and SHA-256 of every listed file that is on disk.

    Size and date alone would miss a changed digit in a dose; to read 600 leaflets
    of 200 kB takes a fifth of a second.
    """
    digests = []
    for name in files_of(manifest):
        if now := state_of(folder, name):
            state = (now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)
            with suppress(OSError):
                digests.append((name, _digest(folder, name, state)))
    return tuple(digests)


@lru_cache(maxsize=500_000)
def _digest(folder: Path, name: str, state: tuple[int, ...]) -> str:
    """Return the SHA-256 of a file, read again only when its `state` (stat) changes."""
    return digest_bytes(read(folder, name))


def read_record(
    folder: Path, fingerprint: Fingerprint, composition: Composition
) -> Record | None:
    """Read the record of a fingerprint; None where it is absent, damaged or stale."""
    try:
        value = json.loads(read(folder, _record_name(fingerprint)))
        if value["version"] != RECORD_VERSION:
            return None
        measured = value["measured"]
        record = Record(
            LayoutFacts.from_json(measured["layout"]),
            PdfFacts.from_json(measured["pdf"]),
            tuple(
                Diagnostic.from_json(diagnostic)
                for diagnostic in measured["diagnostics"]
            ),
            measured["places"],
            float(value["seconds"]),
        )
        sound = digest_bytes(_canonical(measured)) == value["digest"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    except (RecursionError, OverflowError):
        return None
    moved = record.diagnostics and record.places != places_of(composition)
    return record if sound and not moved else None


def record_digest(folder: Path, fingerprint: Fingerprint) -> str:
    """Return the SHA-256 of a stored record; empty where there is none."""
    try:
        return digest_bytes(read(folder, _record_name(fingerprint)))
    except OSError:
        return ""


def write_record(
    folder: Path, fingerprint: Fingerprint, record: Record
) -> Diagnostic | None:
    """Store the record of a fingerprint; a diagnostic where the disk refuses."""
    value = {
        "version": RECORD_VERSION,
        "measured": _measured(record),
        "digest": record.digest,
        "seconds": record.seconds,
    }
    return publish(_canonical(value), folder, _record_name(fingerprint))


def prune_records(folder: Path, wanted: Collection[str]) -> None:
    """Delete all records but those of the `wanted` fingerprints (digests).

    A file of another name is none of ours; one that cannot be deleted does no harm.
    """
    for name in find(folder, f"{RECORDS}/*.json"):
        digest = name.removeprefix(f"{RECORDS}/").removesuffix(".json")
        if DIGEST.fullmatch(digest) and digest not in wanted:
            remove(folder, name)


def _record_name(fingerprint: Fingerprint) -> str:
    return f"{RECORDS}/{fingerprint.digest}.json"


def _measured(record: Record) -> dict[str, Any]:
    return {
        "layout": record.layout.to_json(),
        "pdf": record.pdf.to_json(),
        "diagnostics": [diagnostic.to_json() for diagnostic in record.diagnostics],
        "places": record.places,
    }


def _canonical(value: Any) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    """Convert a dataclass to dicts and lists."""
    if is_dataclass(value):
        return {
            field.name: _plain(getattr(value, field.name)) for field in fields(value)
        }
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _locations(value: Any) -> Iterable[Location]:
    if isinstance(value, Location):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _locations(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _locations(item)


def _entry(value: dict[str, Any]) -> Entry:
    target = Target(**value["target"])
    texts = [getattr(target, field.name) for field in fields(Target)]
    texts += [value[key] for key in ("output", "sha256", "standing", "facts", "order")]
    numbers = [value["size"], value["pages"]]
    if any(type(text) is not str for text in texts):
        raise ValueError("a text is not a text")
    if (
        any(type(number) is not int for number in numbers)
        or type(value["earlier"]) is not bool
    ):
        raise ValueError("a number is not a number")
    if not all(PLAIN.fullmatch(getattr(target, part.name)) for part in fields(Target)):
        raise ValueError(f"{str(target)!r} is no leaflet")
    if value["output"] != output_of(target):
        # Otherwise an edited manifest could have any file deleted or listed.
        raise ValueError(f"{value['output']!r} is not the file of {target}")
    parts = _pairs(value["fingerprint"])
    return Entry(
        target=target,
        output=value["output"],
        sha256=value["sha256"],
        size=value["size"],
        pages=value["pages"],
        fingerprint=Fingerprint(parts),
        standing=value["standing"],
        facts=value["facts"],
        earlier=value["earlier"],
        order=value["order"],
    )


def _pairs(values: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    pairs = tuple((name, text) for name, text in values)
    if any(type(text) is not str for pair in pairs for text in pair):
        raise ValueError("a text is not a text")
    return pairs
