"""Shares of several machines are put together, each file compared first."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from desk import PDF, digests, run
from leaflets.pages.composition import Choice, Target


@pytest.fixture
def built(project: Path) -> Path:
    """A project that was built whole."""
    assert run(project, "build", "--workers", "1")[0] == 0
    return project


def flip(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


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
        for target in targets:
            assert sum(share.takes(target) for share in shares) == 1


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
    first = tmp_path / "one"
    shutil.copytree(project, first, ignore=shutil.ignore_patterns("build", "fonts"))
    with_fonts(first)
    assert run(first, "build", "--workers", "1")[0] == 0
    code, output = run(project, "merge", *machines)
    assert code == 0, output
    assert digests(project) == digests(first)
    for name in ("manifest.json", "SHA256SUMS", "sbom.cdx.json"):
        assert (project / "build" / name).read_bytes() == (
            first / "build" / name
        ).read_bytes()
    assert run(project, "verify")[0] == 0


@pytest.mark.parametrize("harm", [flip, Path.unlink])
def test_a_damaged_share_is_not_merged(
    built: Path, tmp_path: Path, harm: Callable[[Path], object]
) -> None:
    """Nothing is taken from any folder when one file is not what was listed."""
    share = tmp_path / "share"
    shutil.copytree(built / "build", share, ignore=shutil.ignore_patterns("fonts"))
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
    shutil.copytree(built / "build", share, ignore=shutil.ignore_patterns("fonts"))
    path = share / "manifest.json"
    path.write_text(path.read_text().replace('"commit": ""', '"commit": "abc"'))
    code, output = run(built, "merge", str(built / "build"), str(share))
    assert (code, "other tools, fonts or sources" in output) == (1, True)


@pytest.mark.parametrize("text", ["0/2", "3/2", "2", "a/b", "1/0"])
def test_a_share_is_a_part_of_a_whole(project: Path, text: str) -> None:
    """Anything else is a mistake in the command."""
    assert run(project, "build", "--shard", text)[0] == 2
