"""Lines that are set without the typesetter, and fonts that are cut."""

import pytest

from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.fonts.lines import cut, has_all, set_line, web_font
from leaflets.pdf.fonts.shape import shape
from typesetting import ROOT, TEXTS

FAMILIES = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew")


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    """Use the project's fonts."""
    use_fonts(ROOT / "build" / "fonts.conf")


@pytest.mark.parametrize("name", ["en", "ar", "he", "ru"])
def test_a_line_has_the_glyphs_of_the_proof(name: str) -> None:
    """What is drawn in a blank is what would be looked for on paper."""
    text = TEXTS[name].format(n=24)
    direction = "rtl" if name in ("ar", "he") else "ltr"
    line = set_line(text, FAMILIES, 400, name, direction)
    glyphs = tuple((glyph.family, glyph.number) for glyph in line.glyphs)
    wanted = shape(text, FAMILIES, 400, name, direction)
    assert [glyph for glyph in glyphs if glyph in set(wanted)] == list(wanted)


def test_a_line_is_as_wide_as_its_glyphs() -> None:
    """In em; two words are wider than one."""
    one, two = (set_line(text, FAMILIES, 400, "en", "ltr") for text in ("MS", "MS MS"))
    assert 1.0 < one.width < 2.0
    assert two.width > 2 * one.width


def test_what_no_font_has_is_known() -> None:
    """A letter without a glyph is named, the others are not."""
    assert set_line("MS", FAMILIES, 400, "en", "ltr").missing == ""
    assert set_line("M༗S", FAMILIES, 400, "en", "ltr").missing == "༗"


@pytest.mark.parametrize(("text", "found"), [("MS كلمة", True), ("MS ༗", False)])
def test_fonts_have_all_characters_or_not(text: str, found: bool) -> None:
    """Each in one of them."""
    assert has_all(text, FAMILIES, 400) is found


def test_a_font_is_cut_to_its_glyphs() -> None:
    """The missing one first; equal sets give equal bytes, and widths are in order."""
    glyphs = frozenset(number for _, number in shape("MS", FAMILIES, 400, "en", "ltr"))
    small = cut("Noto Sans", 400, glyphs)
    assert small == cut("Noto Sans", 400, frozenset(sorted(glyphs)))
    assert len(small.widths) == 3
    assert dict(small.numbers).keys() == {0, *glyphs}
    left, bottom, right, top = small.box
    assert left <= 0 <= right
    assert bottom <= 0 < top
    assert small.descent < 0 < small.ascent


def test_a_web_font_has_what_is_asked() -> None:
    """Nothing for a text that the font has no character of."""
    assert web_font("Noto Sans", 400, "كلمة") == b""
    assert (
        0
        < len(web_font("Noto Sans", 400, "MS"))
        < len(web_font("Noto Sans", 400, "MS and many more letters"))
    )
