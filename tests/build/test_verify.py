"""What a build folder says of itself is computed anew, and shares are put together."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from desk import PDF, ZH, change, digests, run
from leaflets.build.manifest import read_manifest
from leaflets.pages.composition import Choice, Target


@pytest.fixture
def built(project: Path) -> Path:
    """A project that was built whole."""
    assert run(project, "build", "--workers", "1")[0] == 0
    return project


def found(project: Path, *words: str) -> list[tuple[str, str]]:
    """Verify; (place, message) of each finding."""
    code, output = run(project, "verify", *words)
    told = [line for line in output.splitlines() if "[not-as-listed]" in line]
    assert code == (1 if told else 0), output
    return [(one.split(": ")[0], one.split(": ", 2)[2]) for one in told]


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
    told = found(built)
    assert len(told) == 1, told
    place, words = told[0]
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
    told = found(built)
    assert (
        "build/manifest.json",
        "other tools are here now: pango [not-as-listed]",
    ) in (told)


def test_the_bill_of_materials_is_sound(built: Path) -> None:
    """It is CycloneDX 1.6, and lists engine, fonts and every package once."""
    text = (built / "build/sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    components = json.loads(text)["components"]
    names = [one["name"] for one in components]
    assert len(names) == len(set(names))
    assert {"weasyprint", "babel", "pango", "NotoSansArabic_400Regular.ttf"} <= set(
        names
    )
    fonts = [one for one in components if one["name"].endswith(".ttf")]
    assert all(one["licenses"] and one["hashes"] for one in fonts)


def test_the_commit_is_recorded(project: Path) -> None:
    """The manifest names the commit, and says when the files are not at it."""

    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            [*command, "-C", str(project), *words], capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    git("init", "-q")
    git("add", "content", "locales", "templates", "pyproject.toml", "fonts")
    git("commit", "-qm", "x")
    run(project, "build", "--workers", "1", "--locale", "en")
    commit = git("rev-parse", "HEAD")
    assert read_manifest(project / "build")[0].commit == commit
    change(project / ZH, "已经知道很多。", "已经知道不少。")
    run(project, "build", "--workers", "1", "--locale", "zh_Hans")
    assert read_manifest(project / "build")[0].commit == f"{commit}-changed"


def test_every_target_is_in_one_share() -> None:
    """Shares are apart, and together they are the whole."""
    targets = [
        Target(leaflet, locale, "sheet", paper)
        for leaflet in "abcd"
        for locale in ("ar", "de", "en", "fr", "zh_Hans")
        for paper in ("A4", "Letter")
    ]
    for parts in (1, 2, 3, 8):
        shares = [Choice(shard=(part, parts)) for part in range(1, parts + 1)]
        for one in targets:
            assert sum(share.takes(one) for share in shares) == 1


def test_shares_make_the_same_whole(
    project: Path, tmp_path: Path, with_fonts: Callable[[Path], None]
) -> None:
    """Two machines with a share each give, merged, what one machine gives."""
    machines = []
    for part in (1, 2):
        machine = tmp_path / f"machine{part}"
        ignored = shutil.ignore_patterns("build", "fonts")
        shutil.copytree(project, machine, ignore=ignored)
        with_fonts(machine)
        assert run(machine, "build", "--workers", "1", "--shard", f"{part}/2")[0] == 0
        machines.append(str(machine / "build"))
    one = tmp_path / "one"
    shutil.copytree(project, one, ignore=shutil.ignore_patterns("build", "fonts"))
    with_fonts(one)
    assert run(one, "build", "--workers", "1")[0] == 0
    code, output = run(project, "merge", *machines)
    assert code == 0, output
    assert digests(project) == digests(one)
    for name in ("manifest.json", "SHA256SUMS", "sbom.cdx.json"):
        assert (project / "build" / name).read_bytes() == (
            one / "build" / name
        ).read_bytes()
    assert found(project) == []


@pytest.mark.parametrize("harm", [flip, Path.unlink])
def test_a_damaged_share_is_not_merged(
    built: Path, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    """Nothing is taken from any folder when one file is not what was listed."""
    share = tmp_path / "share"
    shutil.copytree(built / "build", share, symlinks=True)
    harm(share / "ar/tiny.sheet.A4.pdf")
    before = digests(built)
    (built / PDF.format("en")).unlink()
    code, output = run(built, "merge", str(share))
    assert (code, "[shard-differs]" in output) == (1, True)
    assert not (built / PDF.format("en")).exists()
    assert len(before) == 3


def test_a_share_of_another_commit_is_not_merged(built: Path, tmp_path: Path) -> None:
    """Machines must have had the same sources, tools and fonts."""
    share = tmp_path / "share"
    shutil.copytree(built / "build", share, symlinks=True)
    path = share / "manifest.json"
    path.write_text(path.read_text().replace('"commit": ""', '"commit": "abc"'))
    code, output = run(built, "merge", str(built / "build"), str(share))
    assert (code, "other tools, fonts or sources" in output) == (1, True)


@pytest.mark.parametrize("text", ["0/2", "3/2", "2", "a/b", "1/0"])
def test_a_share_is_a_part_of_a_whole(project: Path, text: str) -> None:
    """Anything else is a mistake in the command."""
    assert run(project, "build", "--shard", text)[0] == 2
