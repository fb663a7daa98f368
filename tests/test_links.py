"""Links in a project: no command follows one, and what it leads to stays as it is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desk import run

WORDS = "is a symbolic link, and none is followed"


@pytest.fixture(scope="module", name="root")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project with one language built."""
    from desk import link_fonts
    from tiny import write_project

    root = tmp_path_factory.mktemp("links") / "project"
    write_project(root)
    link_fonts(root)
    build = ("build", "--locale", "en", "--workers", "1")
    assert run(root, *build)[0] == 0
    assert run(root, "site")[0] == 0
    return root


@pytest.fixture
def victim(tmp_path: Path) -> Iterator[Path]:
    """Give somebody's home; afterwards every file is there with its bytes."""
    home = tmp_path / "home"
    (home / "sub").mkdir(parents=True)
    names = (".bashrc", "diary.txt", "settings.json", "sub/photo.jpg", "fonts.conf")
    for name in names:
        (home / name).write_text("keep me")
    yield home
    kept = {
        path.relative_to(home).as_posix(): path.read_text()
        for path in home.rglob("*")
        if path.is_file()
    }
    assert kept == dict.fromkeys(names, "keep me")


@pytest.fixture
def swap(root: Path, victim: Path) -> Iterator[object]:
    """Put a link in the place of something, as a pull request can, and take it back."""
    moved: list[tuple[Path, Path]] = []

    def put(name: str, target: str = "") -> None:
        path, aside = root / name, root.parent / "aside"
        if path.exists():
            path.rename(aside)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(victim / target)
        moved.append((path, aside))

    yield put
    for path, aside in moved:
        path.unlink()
        if aside.exists():
            aside.rename(path)


BUILD = ("build", "--locale", "en", "--workers", "1")


@pytest.mark.parametrize(
    ("name", "target", "command"),
    [
        ("build", "", BUILD),
        ("build", "", ("check",)),
        ("build", "", ("site",)),
        ("build", "", ("serve",)),
        ("build", "", ("preview",)),
        ("build", "", ("verify", "--quick")),
        ("build/site", "", ("site",)),
        ("build/site", "", ("serve", "--drafts")),
        ("build/site/en", "", ("site",)),
        ("build/site/index.html", "diary.txt", ("site",)),
        ("build/site/.lock", ".bashrc", ("site",)),
        ("build/fonts", "", BUILD),
        ("build/release", "", ("build", "--release", "--workers", "1")),
        ("build/release", "", ("site", "--release")),
        ("build/.lock", ".bashrc", BUILD),
        ("build/.tmp", "", ("build", "--locale", "ar", "--workers", "1")),
        ("build/en", "", BUILD),
        ("build/en/tiny.sheet.A4.pdf", "diary.txt", BUILD),
        ("build/manifest.json", "settings.json", BUILD),
        ("content/tiny.md", "diary.txt", ("check",)),
        ("content/tiny.md", "diary.txt", BUILD),
        ("content/facts.toml", "diary.txt", ("check",)),
        ("locales/ar/LC_MESSAGES/messages.po", "diary.txt", ("check",)),
        ("locales/ar/LC_MESSAGES/messages.po", "diary.txt", ("update",)),
        ("locales/messages.pot", "diary.txt", ("extract",)),
        ("templates", "", ("check",)),
        ("templates", "", BUILD),
        ("pyproject.toml", "diary.txt", ("check",)),
        ("reviews", "", ("check",)),
    ],
)
def test_no_command_follows_a_link(
    root: Path,
    swap: "type[object]",
    name: str,
    target: str,
    command: tuple[str, ...],
) -> None:
    """Each says at the link's place what it is, and fails."""
    swap(name, target)
    code, output = run(root, *command)
    assert WORDS in output, output
    assert f'{name}: error: "' in output
    assert "[symbolic-link]" in output
    assert code == 1


@pytest.mark.parametrize("name", [".facts", ".cache"])
def test_records_and_caches_behind_a_link_are_none(
    root: Path, swap: "type[object]", name: str
) -> None:
    """They count as absent, are written nowhere, and nothing behind them is deleted."""
    swap(f"build/{name}")
    change = root / "content" / "tiny.md"
    change.write_text(change.read_text() + "\n")
    code, output = run(root, *BUILD)
    assert code == 1, output
    assert f'build/{name}: error: "build/{name}" {WORDS}' in output


def test_a_project_behind_a_link_is_built(root: Path, tmp_path: Path) -> None:
    """The way to the project's root is its owner's affair."""
    (tmp_path / "way").symlink_to(root)
    code, output = run(tmp_path / "way", *BUILD)
    assert (code, WORDS in output) == (0, False), output
    code, output = run(tmp_path / "way", "site")
    assert code == 0, output


def test_a_site_keeps_what_it_did_not_write(root: Path) -> None:
    """A stranger's file stays; a page of the last site that is none now goes."""
    site = root / "build" / "site"
    (site / "photo.jpg").write_bytes(b"of somebody")
    (site / "en" / "own.html").write_bytes(b"by hand")
    assert run(root, "site")[0] == 0
    assert (site / "photo.jpg").read_bytes() == b"of somebody"
    assert (site / "en" / "own.html").read_bytes() == b"by hand"
    old = site / "old.html"
    old.write_bytes(b"")
    listed = site / ".files"
    digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    listed.write_text(f"{listed.read_text()}{digest}  old.html\n")
    assert run(root, "site")[0] == 0
    assert not old.exists()
