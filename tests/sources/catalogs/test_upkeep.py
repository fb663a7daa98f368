"""A language more: one command and a catalog, and it can be printed."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from leaflets.cli.main import main
from leaflets.languages.locale import find_locale
from leaflets.languages.scripts import all_scripts, settings
from leaflets.sources.catalogs.catalog import read_catalog, write_catalog
from leaflets.sources.fonts import fonts_of
from samples import ROOT

LinkFonts = Callable[[Path], None]
LETTERS = {
    "ka": "აბგდევზთიკლმნოპჟრსტუფქღყშჩ",
    "am": "ሀለሐመሠረሰሸቀበተቸኀነኘአከወዐዘዠየደጀገጠ",
    "hy": "աբգդեզէըթժիլխծկհձղճմյնշոչպ",
    "ta": "அஇஉஎஐஒககஙசஞடணதநபமயரலவழளறன",
}
"""One letter for each of the Latin alphabet: no language, but its script."""


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--project", str(root)])


def written_in(text: str, letters: str) -> str:
    """Write a text in other letters; placeholders and marks stay, numbers are figures."""
    text = re.sub(r"\b[Tt]wo\b", "2", text)
    table = {ord("a") + at: letters[at % len(letters)] for at in range(26)}
    parts = re.split(r"(\{\w+\})", text)
    return "".join(
        one if one.startswith("{") else one.casefold().translate(table) for one in parts
    )


def test_a_number_that_no_word_list_knows_is_asked_for_in_figures(
    tiny: Path, with_fonts: LinkFonts
) -> None:
    """Without a list "ori" may be two or not, and the hint tells the way out."""
    with_fonts(tiny)
    assert run(tiny, "new", "ka").exit_code == 0
    path = tiny / "locales/ka/LC_MESSAGES/messages.po"
    catalog, _ = read_catalog(path.read_bytes(), str(path), "ka")
    filled = tuple(
        replace(one, translation="ორი ენა") if one.text.startswith("Two ") else one
        for one in catalog.messages
    )
    path.write_bytes(write_catalog(replace(catalog, messages=filled)))
    told = run(tiny, "check").output
    assert '"2" is missing from the translation [number-parity]' in told
    assert "so write figures" in told


@pytest.mark.parametrize("name", LETTERS)
def test_one_command_and_a_catalog_make_a_language(
    tiny: Path, with_fonts: LinkFonts, name: str
) -> None:
    """Nothing else is asked for: no code, no font, no setting."""
    with_fonts(tiny)
    locale = find_locale(name)
    assert locale
    result = run(tiny, "new", name)
    assert result.exit_code == 0, result.output
    assert f"fonts: {locale.setting.families[0]}, Noto Sans; lines" in result.output
    path = tiny / "locales" / name / "LC_MESSAGES" / "messages.po"
    catalog, found = read_catalog(path.read_bytes(), str(path), name)
    assert found == ()
    filled = tuple(
        replace(one, translation=written_in(one.text, LETTERS[name]))
        for one in catalog.messages
    )
    path.write_bytes(write_catalog(replace(catalog, messages=filled)))
    made = run(tiny, "build", "--locale", name, "--workers", "1")
    assert made.exit_code == 0, made.output
    data = (tiny / "build" / name / "tiny.sheet.A4.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == name
        fonts = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.Resources.Font.values()
        }
    assert any(
        one.startswith(locale.setting.families[0].replace(" ", "-")) for one in fonts
    )


def test_every_script_has_its_fonts() -> None:
    """Each family that a script may be set in is pinned."""
    fonts, found = fonts_of(ROOT)
    assert found == ()
    pinned = {family for family, _ in fonts.families}
    known = [*settings().values(), *all_scripts().language.values()]
    assert {family for one in known for family in one.families} == pinned
