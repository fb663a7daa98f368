"""Pseudo-locales: every template and edition, stretched, turned and unspaced."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from leaflets.cli.main import main
from leaflets.languages.letters import runs
from leaflets.languages.locale import PSEUDO
from leaflets.sources.catalogs.catalog import read_catalog
from leaflets.sources.catalogs.po import Message
from leaflets.sources.catalogs.pseudo import CHANGES, pseudo
from leaflets.sources.content.inline import links, parse_inline

ROOT = Path(__file__).resolve().parents[3]
LinkFonts = Callable[[Path], None]
SOURCE = "Rest for **{hours} hours**, then [read this](https://e.org/a). Better?"


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--project", str(root)])


@pytest.mark.parametrize("name", PSEUDO)
def test_what_must_stay_stays(name: str) -> None:
    """Placeholders, stress and addresses are those of the source."""
    made = pseudo(Message("", SOURCE), CHANGES[name])
    spans, problems = parse_inline(made)
    assert problems == ()
    assert links(spans) == ("https://e.org/a",)
    assert made.count("{hours}") == 1
    assert made.count("**") == 2
    assert "hours*" not in made


def test_each_stretches_in_its_way() -> None:
    """Forty per cent longer; in Arabic letters; without spaces."""
    made = {name: pseudo(Message("", SOURCE), CHANGES[name]) for name in PSEUDO}
    assert len(made["en_XA"]) >= 1.35 * len(SOURCE)
    assert made["en_XA"].endswith("?")
    bare = re.sub(r"\{\w+\}|\]\(.*?\)", "", made["ar_XB"])
    assert {kind for kind, _ in runs(bare)} == {"Arab"}
    assert " " not in re.sub(r"\{\w+\}", "", made["zh_XC"])


@given(st.text(max_size=60), st.sampled_from(sorted(PSEUDO)))
def test_any_text_can_be_made_pseudo(text: str, name: str) -> None:
    """Whatever a source says, its placeholders come out as they went in."""
    made = pseudo(Message("", text), CHANGES[name])
    assert re.findall(r"\{\w+\}", made) == re.findall(r"\{\w+\}", text)


@pytest.fixture
def stretched(tmp_path: Path, with_fonts: LinkFonts) -> Path:
    """Give the real leaflets in pseudo-locales only."""
    root = tmp_path / "project"
    for name in ("content", "templates"):
        shutil.copytree(ROOT / name, root / name)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^locales = .*$", 'locales = ["en"]', text, count=1)
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    (root / "locales").mkdir()
    with_fonts(root)
    for name in PSEUDO:
        result = run(root, "new", name)
        assert result.exit_code == 0, result.output
    return root


@pytest.mark.parametrize("name", PSEUDO)
def test_all_leaflets_hold_a_pseudo_locale(stretched: Path, name: str) -> None:
    """Each leaflet, edition and paper takes longer, turned and unspaced text."""
    editions = ["--edition", "sheet", "--edition", "proof"]
    result = run(stretched, "build", "--locale", name, *editions, "--workers", "1")
    assert result.exit_code == 0, result.output
    made = {one.name for one in (stretched / "build" / name).glob("*.pdf")}
    leaflets = {one.stem for one in (ROOT / "content").glob("[a-z]*.md")}
    kinds = ("proof.A4", "sheet.A4", "sheet.Letter")
    assert made == {f"{one}.{kind}.pdf" for one in leaflets for kind in kinds}


def test_a_new_language_begins_with_one_command(tiny: Path) -> None:
    """The catalog, the project's list, and what the language is set with."""
    result = run(tiny, "new", "ca")
    assert result.exit_code == 0, result.output
    assert "Catalan (Català), script Latn, left to right" in result.output
    assert "numbers: 2.800,5, 2,8\u00a0milions" in result.output
    assert "patterns ca" in result.output
    assert "fonts: Noto Sans; lines" in result.output
    assert "word lists: none yet" in result.output
    assert '"ca"]' in (tiny / "pyproject.toml").read_text(encoding="utf-8")
    path = tiny / "locales" / "ca" / "LC_MESSAGES" / "messages.po"
    catalog, found = read_catalog(path.read_bytes(), "ca.po", "ca")
    assert found == ()
    assert not any(one.translation for one in catalog.messages)
    again = run(tiny, "new", "ca")
    assert again.exit_code == 1
    assert "[catalog-exists]" in again.output


def test_an_unknown_language_is_a_usage_error(tiny: Path) -> None:
    """Nothing is written for a name or a script that cannot be set."""
    before = (tiny / "pyproject.toml").read_bytes()
    for name in ("xx", "chr"):
        assert run(tiny, "new", name).exit_code == 2
    assert (tiny / "pyproject.toml").read_bytes() == before


def test_a_list_that_cannot_be_changed_is_told(tiny: Path) -> None:
    """Where the project file is written otherwise, nothing is begun by half."""
    path = tiny / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('locales = ["en", "ar", "zh_Hans"]', "")
        .replace("[tool.leaflets]", '[tool]\nleaflets.locales = ["en"]\n[tool.x]')
        .replace("[tool.x]", ""),
        encoding="utf-8",
    )
    result = run(tiny, "new", "ca")
    assert result.exit_code == 1
    assert not (tiny / "locales" / "ca").exists()


def test_a_template_that_turns_the_order_is_told(tiny: Path) -> None:
    """Warnings and steps are read in the order in which they were written."""
    path = tiny / "templates" / "sheet.html"
    text = path.read_text(encoding="utf-8")
    assert "[block-order]" not in run(tiny, "check").output
    path.write_text(
        text.replace("for block in blocks", "for block in blocks|reverse"),
        encoding="utf-8",
    )
    assert "[block-order]" in run(tiny, "check").output
