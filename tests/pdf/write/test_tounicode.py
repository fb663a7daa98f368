"""What glyphs say to those who copy a text: each its own character."""

import io

import pikepdf
import pytest

from leaflets.languages.scripts import LATIN
from leaflets.pdf.fonts.shape import characters
from leaflets.pdf.write.tounicode import ENTRY, mend_meanings
from typesetting import TEXTS, codes, page, typeset

VIETNAMESE = "Chị gọi bạn: một lịch học, mọi ngày."
"""Its dots below are glyphs of their own, and the engine reads each as a letter."""


def meanings(data: bytes) -> dict[int, str]:
    """Read the map of the first font, by glyph."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font, *_) = pdf.pages[0].Resources.Font.values()
        told = font.ToUnicode.read_bytes()
    found = {
        int(one[1], 16): bytes.fromhex(one[2].decode()) for one in ENTRY.finditer(told)
    }
    found.pop(0, None)
    return {glyph: text.decode("utf-16-be", "replace") for glyph, text in found.items()}


def test_a_mark_is_read_as_a_mark() -> None:
    """The dot below is U+0323 and no letter, whatever it was first drawn under."""
    _, data = typeset(page("vi", VIETNAMESE))
    own = {glyph: char for char, glyph in characters(LATIN, 400)}
    dot = next(glyph for char, glyph in characters(LATIN, 400) if char == "\u0323")
    made = meanings(data)
    assert made[dot] == "\u0323"
    letters = {glyph: text for glyph, text in made.items() if text.isascii()}
    assert {own[glyph] for glyph in letters} >= set("Chgbnmcy")


def test_a_wrong_meaning_is_mended_and_others_stay() -> None:
    """Only glyphs that stand for one character are touched."""
    _, data = typeset(page("en", "An affluent office."))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (font, *_) = pdf.pages[0].Resources.Font.values()
        before = font.ToUnicode.read_bytes()
        letter = next(glyph for char, glyph in characters(LATIN, 400) if char == "o")
        spoilt = before.replace(b"<%04x> <006f>" % letter, b"<%04x> <0078>" % letter)
        assert spoilt != before
        font.ToUnicode.write(spoilt)
        mend_meanings(pdf, (LATIN,))
        assert font.ToUnicode.read_bytes() == before
        mend_meanings(pdf, ("Another Family",))
        assert font.ToUnicode.read_bytes() == before


def test_brackets_keep_their_side() -> None:
    """From the right the engine draws the mirror image, and says what was meant."""
    made = page("ar", "طرشة (\u2066MS\u2069) نعم")
    assert codes(made) == []


@pytest.mark.parametrize("name", TEXTS)
def test_ligatures_keep_what_they_mean(name: str) -> None:
    """No glyph is given a form that Unicode keeps for old fonts only."""
    _, data = typeset(page(name))
    for text in meanings(data).values():
        assert not any("\ufb00" <= char <= "\ufefc" for char in text), text
