"""Verify a build folder against its manifest, its files and the sources.

Reports every file that differs from the manifest, every record that differs from its
file, and every target whose sources or tools have changed.  Nothing is written.
"""

from collections.abc import Iterator
from pathlib import Path

from leaflets.build.front import Front
from leaflets.build.manifest import (
    MANIFEST,
    SBOM,
    SUMS,
    Entry,
    Manifest,
    format_sums,
    read_manifest,
    read_record,
)
from leaflets.build.merge import BESIDE
from leaflets.build.plan import fingerprint_of
from leaflets.build.sbom import bill_of_materials
from leaflets.build.session import Session
from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.digest import digest_bytes
from leaflets.pages.composition import Composition

CODE = "not-as-listed"


def verify_files(folder: Path) -> tuple[Manifest, tuple[Diagnostic, ...]]:
    """Compare every file with the manifest, and the lists with each other."""
    manifest, problems = read_manifest(folder)
    diagnostics = list(problems)
    if not manifest.tools:
        diagnostics.append(
            _wrong(folder, MANIFEST, "there is no manifest that can be read")
        )
        return manifest, tuple(diagnostics)
    listed = {entry.output: entry for entry in manifest.entries}
    for name, entry in listed.items():
        path = folder / name
        if not path.is_file():
            diagnostics.append(_wrong(folder, name, "it is listed, but not there"))
            continue
        data = path.read_bytes()
        if (digest_bytes(data), len(data)) != (entry.sha256, entry.size):
            diagnostics.append(_wrong(folder, name, "its bytes are not those listed"))
    for path in sorted(folder.glob("*/*.pdf")):
        name = path.relative_to(folder).as_posix()
        beside = name.removesuffix(BESIDE) + ".pdf"
        aside = name.startswith(("release/", "clinics/", "contact/"))
        if name not in listed and beside not in listed and not aside:
            diagnostics.append(
                _wrong(folder, name, "it is no leaflet that was built here")
            )
    for name, digest in (
        (SUMS, digest_bytes(format_sums(manifest))),
        (SBOM, manifest.sbom),
    ):
        path = folder / name
        if not path.is_file() or digest_bytes(path.read_bytes()) != digest:
            diagnostics.append(
                _wrong(folder, name, "it is not what the manifest implies")
            )
    return manifest, tuple(diagnostics)


def verify_sources(
    folder: Path,
    manifest: Manifest,
    front: Front,
    session: Session,
) -> tuple[Diagnostic, ...]:
    """Compare the manifest with the current sources, tools, fonts and records."""
    return tuple(_of_sources(folder, manifest, front, session))


def _of_sources(
    folder: Path,
    manifest: Manifest,
    front: Front,
    session: Session,
) -> Iterator[Diagnostic]:
    fonts, tools = session.fonts, session.tools
    if manifest.tools != tools:
        here, then = dict(tools), dict(manifest.tools)
        other = sorted(name for name in here | then if here.get(name) != then.get(name))
        yield _wrong(folder, MANIFEST, f"other tools are here now: {', '.join(other)}")
    if manifest.fonts != fonts.families:
        yield _wrong(folder, MANIFEST, "other fonts are here now")
    bill = bill_of_materials(tools, fonts.pins, front.material.sources)
    if digest_bytes(bill) != manifest.sbom:
        yield _wrong(folder, SBOM, "the tools and fonts here are not those it lists")
    compositions = {
        composition.target: composition for composition in front.compositions
    }
    families = dict(fonts.families)
    for entry in manifest.entries:
        composition = compositions.get(entry.target)
        if entry.earlier:
            yield _wrong(
                folder, entry.output, "it is from an earlier state of the sources"
            )
        elif composition is None:
            yield _wrong(
                folder, entry.output, "the sources do not give this leaflet now"
            )
        else:
            fingerprint = fingerprint_of(composition, fonts=families, tools=tools)
            if changed := fingerprint.changed_since(entry.fingerprint):
                message = f"the sources give another one now: {', '.join(changed)}"
                yield _wrong(folder, entry.output, message)
            elif entry.standing != composition.standing:
                message = f"it is listed as {entry.standing}, which it is not"
                yield _wrong(folder, entry.output, message)
            else:
                yield from _of_facts(folder, entry, composition)


def _of_facts(
    folder: Path, entry: Entry, composition: Composition
) -> Iterator[Diagnostic]:
    """Measure a PDF again, and compare the result with its record."""
    from leaflets.pdf.read.inspect import inspect

    record = read_record(folder, entry.fingerprint, composition)
    if record is None or record.digest != entry.facts:
        yield _wrong(folder, entry.output, "what was measured in it is lost or changed")
        return
    path = folder / entry.output
    if (
        path.is_file()
        and inspect(path.read_bytes(), record.layout, composition) != record.pdf
    ):
        yield _wrong(
            folder, entry.output, "measured again, it is not what was recorded"
        )


def _wrong(folder: Path, name: str, message: str) -> Diagnostic:
    hint = "`leaflets build` makes it again from the sources"
    return error(CODE, message, Location(f"{folder.name}/{name}"), hint)
