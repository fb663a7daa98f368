"""Commands for catalogs and terms."""

from pathlib import Path

import pytest

from desk import ZH, change, run

LEAFLET = Path("content/tiny.md")


def test_update_keeps_translations(project: Path) -> None:
    """Updating twice changes nothing; a new text comes untranslated."""
    assert run(project, "update")[0] == 0
    once = (project / ZH).read_bytes()
    assert run(project, "update")[0] == 0
    assert (project / ZH).read_bytes() == once
    assert run(project, "check") == (0, "nothing to mend\n")
    change(project / LEAFLET, "Much is known.", "Much is known today.")
    assert run(project, "update")[0] == 0
    assert run(project, "check")[0] == 1


@pytest.mark.parametrize("command", ["update", "normalize"])
def test_an_unknown_locale_is_a_mistake_of_use(project: Path, command: str) -> None:
    """The locales that there are are named."""
    code, output = run(project, command, "xx")
    assert (code, "zh_Hans" in output) == (2, True)


def test_terms_travel_to_a_file_and_back(project: Path, tmp_path: Path) -> None:
    """Export and import give the same terms; a file that is not there is told."""
    file = tmp_path / "terms.tbx"
    assert run(project, "glossary", "export", str(file))[0] == 0
    assert run(project, "glossary", "import", str(file))[0] == 0
    assert run(project, "glossary", "import", str(tmp_path / "no.tbx"))[0] == 2
