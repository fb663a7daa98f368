"""The snapshot: every input file read once, the clock asked once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import leaflets.files
import leaflets.sources.snapshot
from leaflets.sources.snapshot import LARGEST, read_sources


def test_every_kind_of_source_is_read(tiny: Path) -> None:
    """Content, figures, catalogs, templates, reviews, and nothing else."""
    for name in ("reviews/ar/tiny.toml", "profiles/a.icc", "locales/ar/doubts.toml"):
        (tiny / name).parent.mkdir(parents=True, exist_ok=True)
        (tiny / name).write_bytes(b"x")
    (tiny / "notes.md").write_text("not a source")
    (tiny / "build").mkdir()
    sources, found = read_sources(tiny)
    assert not found
    stock = {path for path in sources.files if not (tiny / path).exists()}
    assert stock == {
        "profiles/fogra29.icc",
        "profiles/fogra39.icc",
        "profiles/tr006.icc",
    }
    own = sources.files.keys() - stock
    assert {path for path in own if not path.startswith("templates/")} == {
        "pyproject.toml",
        "content/family.toml",
        "content/names.toml",
        "content/tiny.md",
        "content/facts.toml",
        "content/sources.toml",
        "content/figures/box.svg",
        "locales/ar/LC_MESSAGES/messages.po",
        "locales/zh_Hans/LC_MESSAGES/messages.po",
        "locales/ar/doubts.toml",
        "reviews/ar/tiny.toml",
        "profiles/a.icc",
    }
    assert list(sources.files) == sorted(sources.files)
    assert sources.files["content/tiny.md"] == (tiny / "content/tiny.md").read_bytes()
    below = dict(sources.below("content/", ".toml"))
    assert list(below) == [
        "content/facts.toml",
        "content/family.toml",
        "content/names.toml",
        "content/sources.toml",
    ]


def test_a_file_that_is_too_large_is_told_and_not_read(tiny: Path) -> None:
    """Nobody reads gigabytes; a file of the largest size is still read."""
    path = tiny / "content" / "facts.toml"
    with path.open("wb") as file:
        file.truncate(LARGEST)
    assert not read_sources(tiny)[1]
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    sources, (fault,) = read_sources(tiny)
    assert "content/facts.toml" not in sources.files
    assert (fault.code, fault.location.path) == ("unreadable", "content/facts.toml")


def test_a_file_that_cannot_be_read_is_told(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is named with the reason, and the others are read."""
    real = leaflets.files.read

    def refuse(folder: Path, name: str, limit: int | None = None) -> bytes:
        if name == "content/tiny.md":
            raise PermissionError(13, "Permission denied")
        return real(folder, name, limit)

    monkeypatch.setattr(leaflets.sources.snapshot, "read", refuse)
    sources, (fault,) = read_sources(tiny)
    assert (fault.code, fault.location.path) == ("unreadable", "content/tiny.md")
    assert fault.message == "cannot be read: Permission denied"
    assert "content/facts.toml" in sources.files


def test_a_folder_with_the_name_of_a_file_is_no_source(tiny: Path) -> None:
    """It is passed over; and so is the link by which an editor holds a file."""
    (tiny / "content" / "folder.md").mkdir()
    (tiny / "content" / ".#tiny.md").symlink_to("somebody@somewhere")
    sources, found = read_sources(tiny)
    assert not found
    assert not any("folder" in name or "#" in name for name in sources.files)


@pytest.mark.parametrize(
    "name",
    [
        "content/tiny.md",
        "content/facts.toml",
        "content/figures",
        "locales/ar/LC_MESSAGES/messages.po",
        "locales/ar",
        "locales",
        "templates",
        "templates/sheet.html",
        "pyproject.toml",
        "reviews",
    ],
)
def test_a_link_is_refused_at_its_place(tiny: Path, tmp_path: Path, name: str) -> None:
    """What it leads to is not read, and nothing takes its place from the stock."""
    path, away = tiny / name, tmp_path / "away"
    if path.exists():
        path.rename(away)
    path.symlink_to(away)
    sources, found = read_sources(tiny)
    assert [(fault.code, fault.location.path) for fault in found] == [
        ("symbolic-link", name)
    ]
    assert not [one for one in sources.files if f"{one}/".startswith(f"{name}/")]


def test_a_project_may_lie_behind_a_link(tiny: Path, tmp_path: Path) -> None:
    """Where the root is reached by is its owner's affair."""
    (tmp_path / "way").symlink_to(tiny)
    there, found = read_sources(tmp_path / "way")
    assert not found
    assert there.files == read_sources(tiny)[0].files


def test_the_date_is_an_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH sets the build's date; without it the clock does."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    sources, found = read_sources(tmp_path)
    assert (sources.today, found) == (date(1970, 1, 2), ())
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    before = datetime.now(UTC).date()
    sources, found = read_sources(tmp_path)
    assert before <= sources.today <= datetime.now(UTC).date()
    assert not found


@pytest.mark.parametrize("text", ["tomorrow", "1e5", "9" * 40, "-" + "9" * 20])
def test_a_date_that_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Nonsense never becomes the date on a page."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", text)
    _, (fault,) = read_sources(tmp_path)
    assert fault.code == "source-date"
