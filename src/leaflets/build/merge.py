"""Merge the build folders of several machines, each of which built a shard, into one.

The manifests must name the same tools, fonts and commit.  Every file is compared with
its manifest before it is published.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from leaflets.build.manifest import (
    MANIFEST,
    RECORDS,
    SBOM,
    Entry,
    Manifest,
    read_manifest,
    write_manifest,
)
from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.digest import digest_bytes
from leaflets.files import is_file, lock, publish, read

BESIDE = ".order.pdf"
"""End of the name of an order sheet, which is stored beside its press file."""


def merge_builds(folders: Sequence[Path], into: Path) -> tuple[Diagnostic, ...]:
    """Publish the contents of all folders in `into`.

    Nothing is published where a digest, the tools or the sources differ; the
    diagnostics say what differs.
    """
    diagnostics: list[Diagnostic] = []
    manifests = []
    for folder in folders:
        manifest, problems = read_manifest(folder)
        diagnostics.extend(problems)
        if not manifest.tools:
            diagnostics.append(_doubt(folder, "there is no manifest here"))
        manifests.append(manifest)
    if diagnostics:
        return tuple(diagnostics)
    first = manifests[0]
    files: dict[str, bytes] = {}
    entries: dict[str, Entry] = {}
    for folder, manifest in zip(folders, manifests, strict=True):
        if _made_with(manifest) != _made_with(first):
            message = "it was made with other tools, fonts or sources than the first"
            diagnostics.append(_doubt(folder, message))
            continue
        for entry in manifest.entries:
            other = entries.get(entry.output)
            if other and (other.sha256, other.earlier) != (entry.sha256, entry.earlier):
                message = f"{entry.output} is not the same in all folders"
                diagnostics.append(_doubt(folder, message))
            entries[entry.output] = entry
        for name, data in _files(folder, manifest, diagnostics):
            files[name] = data
    if diagnostics:
        return tuple(diagnostics)
    with lock(into):
        for name, data in sorted(files.items()):
            if problem := publish(data, into, name):
                return (problem,)
        whole = Manifest(tuple(entries.values()), *_made_with(first))
        return write_manifest(into, whole)


def _files(
    folder: Path, manifest: Manifest, diagnostics: list[Diagnostic]
) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of all that a manifest lists; differences are added."""
    listed = [(entry.output, entry.sha256) for entry in manifest.entries]
    if manifest.sbom:
        listed.append((SBOM, manifest.sbom))
    for name, sha256 in listed:
        try:
            data = read(folder, name)
        except OSError:
            diagnostics.append(_doubt(folder, f"{name} is listed but cannot be read"))
            continue
        if digest_bytes(data) != sha256:
            diagnostics.append(_doubt(folder, f"{name} is not what the manifest lists"))
        yield name, data
        order = name.removesuffix(".pdf") + BESIDE
        if name.endswith(".pdf") and is_file(folder, order):
            yield order, read(folder, order)
    for entry in manifest.entries:
        record = f"{RECORDS}/{entry.fingerprint.digest}.json"
        if is_file(folder, record):
            yield record, read(folder, record)


def _made_with(
    manifest: Manifest,
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...], str, str, str]:
    """Return what is the same of all builds from one commit with the same tools."""
    made = manifest.tools, manifest.fonts, manifest.commit, manifest.sbom
    return *made, manifest.signatures


def _doubt(folder: Path, message: str) -> Diagnostic:
    hint = "build that share again, from the same commit with the same locks"
    return error("shard-differs", message, Location(f"{folder.name}/{MANIFEST}"), hint)
