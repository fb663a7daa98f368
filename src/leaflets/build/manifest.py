"""The record of what was built, from what, and what was measured in it.

`build/manifest.json` lists every PDF with its digest and its fingerprint;
`build/SHA256SUMS` is the same list for `sha256sum -c`; `build/.facts/` keeps
the facts of each fingerprint, so that checks can run again without rendering.
All three are read with distrust: what cannot be read, or is not what was
written, counts as absent and is made again.
"""

import hashlib
import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from leaflets.diagnostics import Diagnostic, Location, note
from leaflets.digest import Fingerprint, digest_bytes, digest_parts
from leaflets.files import publish
from leaflets.pages.composition import Composition, Target
from leaflets.pdf.facts import LayoutFacts, PdfFacts

VERSION = 2
"""Of `manifest.json`; another version counts as no manifest."""
RECORD_VERSION = 5
"""Of the files in `.facts`; a part of every fingerprint."""

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
SBOM = "sbom.cdx.json"
"""The bill of materials: tools, fonts and profiles."""
RECORDS = ".facts"


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
    """The PDF is from an earlier state of the sources; no newer one is fit."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All published PDFs of a build folder, and what they were made with.

    No clock and no duration is in it: the same sources and tools give the same
    bytes.
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

    def entry(self, target: Target) -> Entry | None:
        """Find the PDF of a target."""
        return next((one for one in self.entries if one.target == target), None)


@dataclass(frozen=True, slots=True)
class Record:
    """What was measured in one render: everything that the checks need."""

    layout: LayoutFacts
    pdf: PdfFacts
    diagnostics: tuple[Diagnostic, ...]
    """What the typesetter said while rendering."""
    places: str
    """Digest of the places that `diagnostics` may point to."""
    seconds: float

    @property
    def digest(self) -> str:
        """Digest what was measured; how long it took is left out."""
        return digest_bytes(_canonical(_measured(self)))


def output_of(target: Target) -> str:
    """Name the PDF of a target below the build folder."""
    return f"{target}.pdf"


def places_of(composition: Composition) -> str:
    """Digest the places in the sources that a composition points to.

    The fingerprint ignores them, for a page does not change when its source
    moves down a line; a stored finding, however, would point to the wrong one.
    """
    return digest_parts(str(place) for place in _locations(composition))


def read_manifest(folder: Path) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Read the manifest of a build folder; an unreadable one is an empty one."""
    place = Location(f"{folder.name}/{MANIFEST}")
    hint = "everything is built again"
    try:
        return parse_manifest((folder / MANIFEST).read_bytes()), ()
    except FileNotFoundError:
        return Manifest(), ()
    except OSError as problem:
        message = f"the manifest cannot be read: {problem.strerror}"
        return Manifest(), (note("manifest-unreadable", message, place, hint),)
    except ValueError as problem:
        message = f"the manifest is not one of this version: {problem}"
        return Manifest(), (note("manifest-unreadable", message, place, hint),)


def write_manifest(folder: Path, manifest: Manifest) -> tuple[Diagnostic, ...]:
    """Write the manifest and the checksums, the manifest last of all.

    The checksums leave out what is from an earlier state of the sources: a
    release is what they list.
    """
    found = (
        publish(format_sums(manifest), folder, SUMS),
        publish(format_manifest(manifest), folder, MANIFEST),
    )
    return tuple(one for one in found if one)


def format_manifest(manifest: Manifest) -> bytes:
    """Give the manifest as JSON; equal manifests give equal bytes."""
    value = {
        "version": VERSION,
        "tools": dict(manifest.tools),
        "fonts": dict(manifest.fonts),
        "commit": manifest.commit,
        "sbom": manifest.sbom,
        "entries": [
            {
                "target": _plain(entry.target),
                "output": entry.output,
                "sha256": entry.sha256,
                "size": entry.size,
                "pages": entry.pages,
                # A list of pairs: the order of the parts is the order in which
                # reasons are told.
                "fingerprint": [list(part) for part in entry.fingerprint.parts],
                "standing": entry.standing,
                "facts": entry.facts,
                "earlier": entry.earlier,
            }
            for entry in sorted(manifest.entries, key=lambda one: one.target)
        ],
    }
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


def parse_manifest(data: bytes) -> Manifest:
    """Read what `format_manifest` gives; anything else is a ValueError."""
    try:
        value = json.loads(data)
        if value["version"] != VERSION:
            raise ValueError(f"version {value['version']!r}")
        entries = tuple(_entry(one) for one in value["entries"])
        tools, fonts = _pairs(value["tools"].items()), _pairs(value["fonts"].items())
        commit, sbom = str(value["commit"]), str(value["sbom"])
    except (KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise ValueError(f"{type(problem).__name__} {problem}") from None
    if len({one.target for one in entries}) < len(entries):
        raise ValueError("a target is listed twice")
    return Manifest(entries, tools, fonts, commit, sbom)


def format_sums(manifest: Manifest) -> bytes:
    """Give the lines that `sha256sum -c` reads."""
    lines = sorted(
        (entry.output, entry.sha256) for entry in manifest.entries if not entry.earlier
    )
    if manifest.sbom:
        lines.append((SBOM, manifest.sbom))
    return "".join(f"{sha256}  {output}\n" for output, sha256 in lines).encode()


def read_outputs(folder: Path, manifest: Manifest) -> tuple[tuple[str, str], ...]:
    """Digest every listed PDF that is on disk: (path, SHA-256) pairs.

    Size and date would miss a changed digit in a dose; 600 leaflets of 200 kB
    take a fifth of a second.
    """
    found = []
    for entry in manifest.entries:
        path = folder / entry.output
        with suppress(OSError):
            now = path.stat()
            marks = (now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)
            found.append((entry.output, _digest(path, marks)))
    return tuple(found)


@lru_cache(maxsize=500_000)
def _digest(path: Path, marks: tuple[int, ...]) -> str:
    """Digest a file, once in each process while the kernel says it is untouched."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_record(
    folder: Path, fingerprint: Fingerprint, composition: Composition
) -> Record | None:
    """Read what was measured for a fingerprint; nothing where it is in doubt."""
    try:
        value = json.loads((folder / _record_name(fingerprint)).read_bytes())
        if value["version"] != RECORD_VERSION:
            return None
        measured = value["measured"]
        record = Record(
            LayoutFacts.from_json(measured["layout"]),
            PdfFacts.from_json(measured["pdf"]),
            tuple(Diagnostic.from_json(one) for one in measured["diagnostics"]),
            measured["places"],
            float(value["seconds"]),
        )
        sound = digest_bytes(_canonical(measured)) == value["digest"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    moved = record.diagnostics and record.places != places_of(composition)
    return record if sound and not moved else None


def record_digest(folder: Path, fingerprint: Fingerprint) -> str:
    """Digest the stored facts as they lie there; empty where there are none."""
    try:
        return digest_bytes((folder / _record_name(fingerprint)).read_bytes())
    except OSError:
        return ""


def write_record(
    folder: Path, fingerprint: Fingerprint, record: Record
) -> Diagnostic | None:
    """Keep what was measured for a fingerprint."""
    value = {
        "version": RECORD_VERSION,
        "measured": _measured(record),
        "digest": record.digest,
        "seconds": record.seconds,
    }
    return publish(_canonical(value), folder, _record_name(fingerprint))


def prune_records(folder: Path, wanted: Collection[str]) -> None:
    """Delete the records of every other fingerprint than those wanted (digests).

    A file that cannot be deleted does no harm and is left.
    """
    for path in (folder / RECORDS).glob("*.json"):
        if path.stem not in wanted:
            with suppress(OSError):
                path.unlink()


def _record_name(fingerprint: Fingerprint) -> str:
    return f"{RECORDS}/{fingerprint.digest}.json"


def _measured(record: Record) -> dict[str, Any]:
    return {
        "layout": record.layout.to_json(),
        "pdf": record.pdf.to_json(),
        "diagnostics": [one.to_json() for one in record.diagnostics],
        "places": record.places,
    }


def _canonical(value: Any) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8", "surrogatepass")


def _plain(value: Any) -> Any:
    """Turn a dataclass into dicts and lists."""
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _locations(value: Any) -> Iterable[Location]:
    if isinstance(value, Location):
        yield value
    elif is_dataclass(value):
        for one in fields(value):
            yield from _locations(getattr(value, one.name))
    elif isinstance(value, tuple):
        for one in value:
            yield from _locations(one)


def _entry(value: dict[str, Any]) -> Entry:
    target = Target(**value["target"])
    texts = [getattr(target, one.name) for one in fields(Target)]
    texts += [value[key] for key in ("output", "sha256", "standing", "facts")]
    numbers = [value["size"], value["pages"]]
    if any(type(one) is not str for one in texts):
        raise ValueError("a text is not a text")
    if (
        any(type(one) is not int for one in numbers)
        or type(value["earlier"]) is not bool
    ):
        raise ValueError("a number is not a number")
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
    )


def _pairs(values: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    pairs = tuple((name, text) for name, text in values)
    if any(type(one) is not str for pair in pairs for one in pair):
        raise ValueError("a text is not a text")
    return pairs
