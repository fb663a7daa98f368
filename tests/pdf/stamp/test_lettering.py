"""Fonts for a few lines, cut down to their glyphs."""

import pytest
from pikepdf import Pdf

from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.fonts.lines import set_line
from leaflets.pdf.stamp.lettering import embed, shown
from typesetting import ROOT

FAMILIES = ("Noto Sans", "Noto Sans Hebrew")


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    """Use the project's fonts."""
    use_fonts(ROOT / "build" / "fonts.conf")


def test_each_font_is_embedded_once() -> None:
    """Whatever lines use it; by family and weight."""
    lines = [set_line(text, FAMILIES, 400, "he", "rtl") for text in ("שלום MS", "MS")]
    with Pdf.new() as pdf:
        letterings = embed(pdf, [(400, line) for line in lines])
        assert set(letterings) == {("Noto Sans", 400), ("Noto Sans Hebrew", 400)}
        assert {one.name for one in letterings.values()} == {"Clinic0", "Clinic1"}
        for lettering in letterings.values():
            (inner,) = lettering.object.DescendantFonts
            assert len(inner.FontDescriptor.FontFile2.read_bytes()) < 20_000


def test_each_glyph_says_what_it_stands_for() -> None:
    """Who copies the line gets its letters."""
    line = set_line("MS", FAMILIES, 400, "en", "ltr")
    with Pdf.new() as pdf:
        (lettering,) = embed(pdf, [(400, line)]).values()
        table = lettering.object.ToUnicode.read_bytes()
        for glyph, char in zip(line.glyphs, "MS", strict=True):
            entry = b"<%04x> <%04x>" % (lettering.numbers[glyph.number], ord(char))
            assert entry in table


def test_a_line_is_shown_font_by_font() -> None:
    """A font is chosen where the one before has no glyph; the pen goes on."""
    line = set_line("MS שלום", FAMILIES, 400, "he", "ltr")
    with Pdf.new() as pdf:
        letterings = embed(pdf, [(400, line)])
        drawing = shown(line, 400, 12.0, (10.0, 20.0), letterings).decode()
    assert drawing.count(" Tf ") == 2
    places = [part.split()[-2:] for part in drawing.split(" Tm")[:-1]]
    assert places[0] == ["10.000", "20.000"]
    assert float(places[1][0]) > 10.0
    assert drawing.count("TJ") == 2


def test_equal_lines_give_equal_fonts() -> None:
    """The tag of a font depends on its glyphs only."""
    line = set_line("MS", FAMILIES, 400, "en", "ltr")
    names = set()
    for _ in range(2):
        with Pdf.new() as pdf:
            (lettering,) = embed(pdf, [(400, line)]).values()
            names.add(str(lettering.object.BaseFont))
    (name,) = names
    assert name.endswith("+NotoSans-W400")
