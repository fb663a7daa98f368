"""The snapshot: every input file read once, the clock asked once."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

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
    real = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name == "tiny.md":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(Path, "read_bytes", refuse)
    sources, (fault,) = read_sources(tiny)
    assert (fault.code, fault.location.path) == ("unreadable", "content/tiny.md")
    assert fault.message == "cannot be read: Permission denied"
    assert "content/facts.toml" in sources.files


def test_links_that_lead_nowhere_are_no_sources(tiny: Path) -> None:
    """Neither a broken link nor a folder with the name of a file is read."""
    (tiny / "content" / "gone.md").symlink_to(tiny / "nothing.md")
    (tiny / "content" / "folder.md").mkdir()
    sources, found = read_sources(tiny)
    assert not found
    assert not sources.files.keys() & {"content/gone.md", "content/folder.md"}


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
