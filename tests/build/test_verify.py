"""What a build folder says of itself is computed anew, and what differs is told."""

from collections.abc import Callable
from pathlib import Path

import pytest

from desk import ZH, change, run
from leaflets.build.manifest import read_manifest


@pytest.fixture
def built(project: Path) -> Path:
    """A project that was built whole."""
    assert run(project, "build", "--workers", "1")[0] == 0
    return project


def found(project: Path, *words: str) -> list[tuple[str, str]]:
    """Verify; (place, message) of each finding."""
    code, output = run(project, "verify", *words)
    lines = [line for line in output.splitlines() if "[not-as-listed]" in line]
    assert code == (1 if lines else 0), output
    return [(line.split(": ")[0], line.split(": ", 2)[2]) for line in lines]


def test_a_fresh_build_is_what_it_says(built: Path) -> None:
    """Every digest, fingerprint and fact comes out the same again."""
    code, output = run(built, "verify")
    assert code == 0, output
    assert "3 files are what the manifest says" in output


def flip(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "harm", "words"),
    [
        ("ar/tiny.sheet.A4.pdf", flip, "its bytes are not those listed"),
        ("ar/tiny.sheet.A4.pdf", Path.unlink, "it is listed, but not there"),
        ("SHA256SUMS", flip, "it is not what the manifest implies"),
        ("SHA256SUMS", Path.unlink, "it is not what the manifest implies"),
        ("sbom.cdx.json", flip, "it is not what the manifest implies"),
        ("manifest.json", Path.unlink, "there is no manifest that can be read"),
        (
            "ar/more.sheet.A4.pdf",
            lambda path: path.write_bytes(b"%PDF-1.7"),
            "it is no leaflet that was built here",
        ),
    ],
)
def test_every_changed_file_is_told(
    built: Path, name: str, harm: Callable[[Path], object], words: str
) -> None:
    """One byte more, less or other is told at the file; nothing else is."""
    harm(built / "build" / name)
    places = found(built, "--files-only")
    assert [(place, words in told) for place, told in places] == [
        (f"build/{name}", True)
    ]


def test_other_sources_are_told(built: Path) -> None:
    """A PDF that the sources would make otherwise now is told, and why."""
    change(built / ZH, "已经知道很多。", "已经知道不少。")
    places = found(built)
    assert len(places) == 1, places
    place, words = places[0]
    assert place == "build/zh_Hans/tiny.sheet.A4.pdf"
    assert words.startswith("the sources give another one now: page")


def test_changed_facts_are_told(built: Path) -> None:
    """What was measured is measured again from the very bytes."""
    manifest, _ = read_manifest(built / "build")
    record = built / "build/.facts" / f"{manifest.entries[0].fingerprint.digest}.json"
    flip(record)
    assert [place for place, _ in found(built)] == ["build/ar/tiny.sheet.A4.pdf"]


def test_other_tools_are_told(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another release of a library is named."""
    import leaflets.build.session

    real = leaflets.build.session.toolchain()
    other = tuple((name, "0" if name == "pango" else text) for name, text in real)
    monkeypatch.setattr(leaflets.build.session, "toolchain", lambda: other)
    places = found(built)
    assert (
        "build/manifest.json",
        "other tools are here now: pango [not-as-listed]",
    ) in (places)
