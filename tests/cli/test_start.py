"""Beginning: a project in an empty folder, a leaflet in a project, the fonts."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from desk import run
from leaflets.cli import start
from leaflets.cli.main import main
from leaflets.sources.content.family import read_family


def init(*arguments: str) -> tuple[int, str]:
    """Run init without installing fonts; exit code and all output."""
    result = CliRunner().invoke(main, ["init", *arguments, "--no-fonts"])
    return result.exit_code, result.output


def test_a_project_begins_in_a_folder(tmp_path: Path) -> None:
    """The next command is named, and it finds nothing wrong."""
    code, output = init(str(tmp_path / "new"), "--family", "Asthma", "--language", "de")
    assert code == 0, output
    assert "leaflets build" in output
    # The name waits for its translation, and the language is named.
    assert 'translate "Asthma" in locales/…/messages.po: de' in output
    family, _ = read_family((tmp_path / "new/content/family.toml").read_bytes())
    assert (family.name, family.title) == ("Asthma", "Asthma")
    assert (tmp_path / "new/.gitignore").read_text(encoding="utf-8") == "/build/\n"
    assert (tmp_path / "new/.github/workflows/leaflets.yml").is_file()
    assert "VERSION" not in (tmp_path / "new/requirements.txt").read_text("utf-8")


@pytest.mark.parametrize("name", ["pyproject.toml", "content", "locales"])
def test_nothing_is_written_over(tmp_path: Path, name: str) -> None:
    """A folder with a project, or a part of one, stays as it is."""
    (tmp_path / name).write_bytes(b"mine")
    code, output = init(str(tmp_path))
    assert (code, "[not-empty]" in output) == (1, True)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    """A README that is there is the project's own, and stays."""
    (tmp_path / "README.md").write_bytes(b"mine")
    assert init(str(tmp_path))[0] == 0
    assert (tmp_path / "README.md").read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--language", "xx"), "is no language"),
        (("--source", "de"), "cannot be written in German"),
        (("--family", "xx=Name"), "none of the languages"),
        (("--family", "{name}"), "without braces"),
        (("--contact", "Nurse=Your nurse"), "cannot name a contact"),
        (("--paper", "A3"), "A3"),
    ],
)
def test_what_cannot_be_is_a_mistake_of_use(
    tmp_path: Path, arguments: tuple[str, ...], words: str
) -> None:
    """It is told why, and nothing is written."""
    code, output = init(str(tmp_path / "new"), *arguments)
    assert (code, words in " ".join(output.split())) == (2, True), output
    assert not (tmp_path / "new").exists()


def test_it_asks_at_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Name, languages and the name in each of them; Enter takes what is offered."""
    answers = iter(["Asthma", "en ar de", "الربو", ""])
    monkeypatch.setattr(start.click, "prompt", lambda *_, **__: next(answers))
    monkeypatch.setattr(start, "at_terminal", lambda: True)
    code, output = init(str(tmp_path))
    assert code == 0, output
    assert next(answers, None) is None
    catalog = (tmp_path / "locales/ar/LC_MESSAGES/messages.po").read_text("utf-8")
    assert 'msgstr "الربو"' in catalog
    assert "messages.po: de" in output


def test_a_leaflet_is_added(project: Path) -> None:
    """It comes last in the family, and is not written over."""
    code, _ = run(project, "add", "leaflet", "eating-well")
    assert code == 0
    text = (project / "content/eating-well.md").read_text(encoding="utf-8")
    assert "order = 2" in text
    code, output = run(project, "add", "leaflet", "eating-well")
    assert (code, "[not-empty]" in output) == (1, True)
    assert run(project, "add", "leaflet", "Eating Well")[0] == 2
    (project / "content/family.toml").unlink()
    code, output = run(project, "add", "leaflet", "other")
    assert (code, "[family-file]" in output) == (1, True)


def test_fonts_are_not_fetched_when_they_are_there(project: Path) -> None:
    """Every file is compared with its digest, and nothing is downloaded."""
    assert run(project, "fonts") == (0, "")
