"""Material: every source parsed, and whatever is missing or unreadable told."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from leaflets import files
from leaflets.cli.main import main
from leaflets.diagnostics import LeafletsError
from leaflets.sources.material import material_messages, read_material
from tiny import line_of


def told(root: Path) -> list[tuple[str, str, int]]:
    """Read a project; (code, path, line) of what is wrong."""
    _, found = read_material(root)
    return [(one.code, one.location.path, one.location.line) for one in found]


def test_a_sound_project_is_read_whole(tiny: Path) -> None:
    """One leaflet with its figure, two catalogs, all templates; nothing to tell."""
    material, found = read_material(tiny)
    assert not found
    assert [one.meta.id for one in material.documents] == ["tiny"]
    assert list(material.figures) == ["figures/box.svg"]
    assert list(material.catalogs) == ["ar", "zh_Hans"]
    assert "sheet.html" in material.templates
    texts = {text for _, text in material_messages(material)}
    assert {"A tiny leaflet", "A box to look at", "Much is known."} <= texts


def test_a_leaflet_that_is_not_utf_8_is_told(tiny: Path) -> None:
    """It is not left out in silence: the finding has the line of the first bad byte."""
    path = tiny / "content" / "tiny.md"
    line = line_of(path, "Much is known.")
    data = path.read_bytes().replace(b"Much is known.", b"Much is kn\xf6wn.")
    path.write_bytes(data)
    assert ("encoding", "content/tiny.md", line) in told(tiny)
    result = CliRunner().invoke(main, ["check", "--project", str(tiny)])
    assert result.exit_code == 1
    assert f"content/tiny.md:{line}: error: the file is not UTF-8" in result.output
    assert "[encoding]" in result.output


def test_a_template_that_is_not_utf_8_is_told(tiny: Path) -> None:
    """A template in another encoding is an error of its own."""
    (tiny / "templates" / "odd.html").write_bytes(b"\xff\xfe")
    assert ("encoding", "templates/odd.html", 0) in told(tiny)


def test_a_leaflet_that_cannot_be_read_is_told(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leaflets are never built from a part of their sources."""
    real = files._open

    def refuse(part: str, flags: int, handle: int, name: str) -> int:
        if part == "tiny.md":
            raise PermissionError(13, "Permission denied")
        return real(part, flags, handle, name)

    monkeypatch.setattr(files, "_open", refuse)
    assert ("unreadable", "content/tiny.md", 0) in told(tiny)
    result = CliRunner().invoke(main, ["check", "--project", str(tiny)])
    assert result.exit_code == 1
    assert "content/tiny.md: error: cannot be read: Permission" in result.output


def test_a_missing_figure_is_told_at_its_place(tiny: Path) -> None:
    """The line is that of the leaflet which names it."""
    (tiny / "content" / "figures" / "box.svg").unlink()
    line = line_of(tiny / "content" / "tiny.md", "figures/box.svg")
    assert told(tiny) == [("missing-figure", "content/tiny.md", line)]


def test_a_missing_catalog_is_told(tiny: Path) -> None:
    """It is told for its locale, unless nobody needs to look at that now."""
    path = "locales/ar/LC_MESSAGES/messages.po"
    (tiny / path).unlink()
    assert told(tiny) == [("missing-catalog", path, 0)]
    material, found = read_material(tiny, skip=lambda project: ["ar"])
    assert not found
    assert list(material.catalogs) == ["zh_Hans"]


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("content/facts.toml", "colour = 1", "facts-file"),
        ("content/sources.toml", "colour = 1", "sources-file"),
        ("locales/glossary.toml", "colour = 1", "glossary-file"),
        ("locales/ar/doubts.toml", "colour = 1", "doubts-file"),
        ("reviews/ar/tiny.toml", "colour = 1", "review-file"),
        ("content/tiny.md", "+++\ncolour = 1\n+++\n", "front-matter"),
    ],
)
def test_an_unknown_key_is_told_in_every_file(
    tiny: Path, name: str, text: str, code: str
) -> None:
    """At its line, whatever the file."""
    (tiny / name).parent.mkdir(parents=True, exist_ok=True)
    (tiny / name).write_text(text, encoding="utf-8")
    line = text.split("\n").index("colour = 1") + 1
    assert (code, name, line) in told(tiny)


def test_without_project_file_there_is_nothing(tmp_path: Path) -> None:
    """The error says where to run the program."""
    with pytest.raises(LeafletsError) as caught:
        read_material(tmp_path)
    (fault,) = caught.value.diagnostics
    assert fault.code == "project-file"
    assert "--project" in fault.hint


def test_an_unknown_key_of_the_project_stops_the_reading(tiny: Path) -> None:
    """Its own line is told before anything else is looked at."""
    path = tiny / "pyproject.toml"
    text = path.read_text(encoding="utf-8").replace("pages = 4", "page = 4")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LeafletsError) as caught:
        read_material(tiny)
    lines = {one.location.line for one in caught.value.diagnostics}
    assert line_of(path, "page = 4") in lines


def test_leaflets_come_in_the_familys_order(tiny: Path) -> None:
    """Their order is that of the front matter, and notes for editors are none."""
    text = (tiny / "content" / "tiny.md").read_text(encoding="utf-8")
    first = text.replace('"tiny"', '"zebra"').replace("order = 1", "order = 0")
    (tiny / "content" / "zebra.md").write_text(first, encoding="utf-8")
    (tiny / "content" / "EDITORIAL.md").write_text("Notes.", encoding="utf-8")
    material, found = read_material(tiny)
    assert not found
    assert [one.meta.id for one in material.documents] == ["zebra", "tiny"]
