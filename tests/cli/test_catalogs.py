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
    code, output = run(project, "check")
    assert (code, output.splitlines()[-1]) == (0, "nothing to mend")
    change(project / LEAFLET, "Much is known.", "Much is known today.")
    assert run(project, "update")[0] == 0
    code, output = run(project, "check")
    assert code == 0
    assert "2 waiting" in output


@pytest.mark.parametrize("command", ["update", "normalize"])
def test_an_unknown_locale_is_a_mistake_of_use(project: Path, command: str) -> None:
    """The locales that there are are named."""
    code, output = run(project, command, "xx")
    assert (code, "zh_Hans" in output) == (2, True)


TERMS = """[[term]]
source = "relapse"
forms = ["relapses"]
[term.approved]
ar = ["انتكاسة"]
"""


def test_terms_travel_as_tbx(project: Path, tmp_path: Path) -> None:
    """Exported and imported again, the file of the terms means the same."""
    path = project / "locales" / "glossary.toml"
    path.write_text(TERMS, encoding="utf-8")
    there = tmp_path / "terms.tbx"
    assert run(project, "glossary", "export", str(there)) == (0, "1 terms\n")
    path.unlink()
    assert run(project, "glossary", "import", str(there))[0] == 0
    assert 'ar = ["انتكاسة"]' in path.read_text(encoding="utf-8")
    assert run(project, "glossary", "import", str(tmp_path / "no.tbx"))[0] == 2


def test_a_broken_termbase_replaces_nothing(project: Path, tmp_path: Path) -> None:
    """What cannot be read leaves the terms as they were."""
    path = project / "locales" / "glossary.toml"
    path.write_text(TERMS, encoding="utf-8")
    broken = tmp_path / "terms.tbx"
    broken.write_text("<tbx><!DOCTYPE", encoding="utf-8")
    code, output = run(project, "glossary", "import", str(broken))
    assert code == 1
    assert "[glossary-file]" in output
    assert path.read_text(encoding="utf-8") == TERMS


def test_a_wrong_term_is_told_at_its_line(project: Path) -> None:
    """The glossary is a part of `leaflets check`."""
    assert "glossary" not in run(project, "check")[1]
    path = project / "locales" / "glossary.toml"
    path.write_text(TERMS.replace("انتكاسة", "هجمة"), encoding="utf-8")
    assert "[glossary-term]" in run(project, "check")[1]
    path.write_text("[[term]]\nsource = 1\n", encoding="utf-8")
    assert "[glossary-file]" in run(project, "check")[1]
