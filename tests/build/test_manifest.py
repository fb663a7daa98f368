"""The record of a build is the same for the same build, and read with distrust."""

import json
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from leaflets.build.manifest import (
    MANIFEST,
    RECORD_VERSION,
    RECORDS,
    Entry,
    Manifest,
    format_manifest,
    format_sums,
    output_of,
    parse_manifest,
    prune_records,
    read_manifest,
    read_outputs,
    read_record,
    write_manifest,
    write_record,
)
from leaflets.diagnostics import Location, warning
from leaflets.digest import Fingerprint, digest_bytes
from leaflets.files import publish
from leaflets.pages.composition import Target
from samples import FONTS, TOOLS, composition, entry, job, record, target

words = some.text(min_size=1, max_size=8)
pairs = some.tuples(words, words)
targets = some.builds(Target, words, words, words, words)


@some.composite
def entries(draw: some.DrawFn) -> Entry:
    """Draw any entry whose path fits its target."""
    name = draw(targets)
    return Entry(
        name,
        output_of(name),
        draw(words),
        draw(some.integers(0)),
        draw(some.integers(0)),
        Fingerprint(tuple(draw(some.lists(pairs, max_size=3)))),
        draw(words),
        draw(words),
        draw(some.booleans()),
    )


manifests = some.builds(
    Manifest,
    some.lists(entries(), unique_by=lambda entry: entry.target, max_size=4).map(
        lambda entries: tuple(sorted(entries, key=lambda entry: entry.target))
    ),
    some.dictionaries(words, words).map(
        lambda versions: tuple(sorted(versions.items()))
    ),
)


@pytest.fixture
def built(tmp_path: Path) -> Manifest:
    """Publish two PDFs and list them."""
    jobs = [job(composition(target(locale=name))) for name in ("es", "fr")]
    entries = []
    for planned in jobs:
        data = planned.target.locale.encode()
        publish(data, tmp_path, output_of(planned.target))
        entries.append(entry(planned, data))
    return Manifest(tuple(entries), TOOLS, tuple(FONTS.items()))


@given(manifests)
def test_a_manifest_survives_json(manifest: Manifest) -> None:
    """Reading what was written gives the manifest back."""
    assert parse_manifest(format_manifest(manifest)) == manifest


@given(manifests)
def test_equal_manifests_are_equal_bytes(manifest: Manifest) -> None:
    """The order in which entries were made does not show."""
    turned = replace(manifest, entries=manifest.entries[::-1])

    assert format_manifest(turned) == format_manifest(manifest)
    assert format_sums(turned) == format_sums(manifest)


def test_a_written_manifest_is_read_back(tmp_path: Path, built: Manifest) -> None:
    """A build folder gives back what was recorded in it."""
    assert write_manifest(tmp_path, built) == ()
    assert read_manifest(tmp_path) == (built, ())


def test_a_new_folder_has_an_empty_manifest(tmp_path: Path) -> None:
    """A folder that was never built in is nothing to tell of."""
    assert read_manifest(tmp_path) == (Manifest(), ())


def _edited(data: bytes, **changes: object) -> bytes:
    value = json.loads(data)
    value["entries"][0] |= changes
    return json.dumps(value).encode()


BREAKS = {
    "empty": lambda data: b"",
    "cut": lambda data: data[: len(data) // 2],
    "binary": lambda data: b"\xff\x00" + data,
    "list": lambda data: b"[]",
    "nested": lambda data: b"[" * 100_000,
    "version": lambda data: data.replace(b'"version": 3', b'"version": 99'),
    "entries": lambda data: data.replace(b'"entries"', b'"others"'),
    "elsewhere": lambda data: _edited(data, output="../../etc/passwd"),
    "another's": lambda data: _edited(data, output="es/other.sheet.A4.pdf"),
    "words": lambda data: _edited(data, size="many"),
    "numbers": lambda data: _edited(data, sha256=5),
    "marks": lambda data: _edited(data, fingerprint=[["page"]]),
    "fields": lambda data: _edited(data, target={"leaflet": "tired"}),
    "twice": lambda data: _edited(
        data,
        target=json.loads(data)["entries"][1]["target"],
        output="fr/tired.sheet.A4.pdf",
    ),
}


@pytest.mark.parametrize("how", BREAKS)
def test_a_broken_manifest_counts_as_none(
    tmp_path: Path, built: Manifest, how: str
) -> None:
    """Whatever stands in the file, the build goes on from nothing and says so."""
    (tmp_path / MANIFEST).write_bytes(BREAKS[how](format_manifest(built)))
    manifest, (diagnostic,) = read_manifest(tmp_path)

    assert manifest == Manifest()
    assert diagnostic.code == "manifest-unreadable"
    assert str(diagnostic.severity) == "note"


def test_a_manifest_that_is_a_folder_counts_as_none(tmp_path: Path) -> None:
    """A manifest that cannot even be opened is told of, too."""
    (tmp_path / MANIFEST).mkdir()
    manifest, (diagnostic,) = read_manifest(tmp_path)

    assert manifest == Manifest()
    assert diagnostic.code == "manifest-unreadable"


def test_the_checksums_can_be_checked(tmp_path: Path, built: Manifest) -> None:
    """`sha256sum -c` agrees, and finds a changed file."""
    write_manifest(tmp_path, built)
    command = ["sha256sum", "-c", "--quiet", "SHA256SUMS"]

    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / built.entries[0].output).write_bytes(b"et")
    done = subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode == 1


def test_an_earlier_pdf_is_not_in_the_checksums(built: Manifest) -> None:
    """What the sources have left behind is listed, but not released."""
    first, second = built.entries
    manifest = replace(built, entries=(replace(first, earlier=True), second))

    assert first.output.encode() not in format_sums(manifest)
    assert first.output.encode() in format_manifest(manifest)


def test_outputs_are_read_as_they_are(tmp_path: Path, built: Manifest) -> None:
    """Every listed PDF on disk is digested; a missing one is left out."""
    first, second = built.entries
    (tmp_path / first.output).unlink()
    (tmp_path / second.output).write_bytes(b"changed")

    expected = ((second.output, digest_bytes(b"changed")),)
    assert read_outputs(tmp_path, built) == expected


def test_the_disk_is_asked_last(tmp_path: Path, built: Manifest) -> None:
    """A manifest that cannot be written is a finding, not a traceback."""
    (tmp_path / MANIFEST).mkdir()
    (diagnostic,) = write_manifest(tmp_path, built)

    assert diagnostic.code == "cannot-write"


def test_a_record_is_read_back(tmp_path: Path) -> None:
    """Facts and findings come back as they were, and their digest with them."""
    page = composition()
    said = warning("thin-line", "a line is thin", page.location, "thicker")
    kept = record(page, said.at(Location("build/x.pdf", page=2)))
    fingerprint = job(page).fingerprint

    assert write_record(tmp_path, fingerprint, kept) is None
    assert read_record(tmp_path, fingerprint, page) == kept


def test_the_time_taken_is_not_in_the_digest() -> None:
    """The manifest holds the digest, and must not differ from build to build."""
    kept = record(composition())

    assert replace(kept, seconds=99.0).digest == kept.digest


@pytest.mark.parametrize("how", ["cut", "flip", "version", "list", "empty", "away"])
def test_a_damaged_record_counts_as_absent(tmp_path: Path, how: str) -> None:
    """A record that is not what was written is not believed."""
    page = composition()
    said = warning("thin-line", "a line is thin", page.location)
    fingerprint = job(page).fingerprint
    write_record(tmp_path, fingerprint, record(page, said))
    (path,) = (tmp_path / RECORDS).iterdir()
    data = path.read_bytes()
    damage = {
        "cut": data[:-9],
        "flip": data.replace(b"a line is thin", b"a line is fine"),
        "version": data.replace(
            f'"version":{RECORD_VERSION}'.encode(), b'"version":99'
        ),
        "list": b"[]",
        "empty": b"",
    }
    assert data not in damage.values()
    path.write_bytes(damage[how]) if how in damage else path.unlink()

    assert read_record(tmp_path, fingerprint, page) is None


def test_a_finding_never_points_to_a_moved_line(tmp_path: Path) -> None:
    """Where the source has moved, facts stay good but stored findings do not."""
    page = composition()
    fingerprint = job(page).fingerprint
    moved = replace(page, location=replace(page.location, line=9))
    said = warning("thin-line", "a line is thin", page.location)

    assert job(moved).fingerprint == fingerprint
    write_record(tmp_path, fingerprint, record(page))
    assert read_record(tmp_path, fingerprint, moved) == record(page)
    write_record(tmp_path, fingerprint, record(page, said))
    assert read_record(tmp_path, fingerprint, moved) is None


def test_old_records_are_pruned(tmp_path: Path) -> None:
    """Only the records of the fingerprints in use stay."""
    pages = composition(), composition(html="<p>Adios</p>")
    fingerprints = [job(page).fingerprint for page in pages]
    for page, fingerprint in zip(pages, fingerprints, strict=True):
        write_record(tmp_path, fingerprint, record(page))
    prune_records(tmp_path, {fingerprints[0].digest})

    assert read_record(tmp_path, fingerprints[0], pages[0]) == record(pages[0])
    assert read_record(tmp_path, fingerprints[1], pages[1]) is None
