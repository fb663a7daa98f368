"""Letters as the project's fonts draw them: their height, and their glyphs."""

import pytest

from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.fonts.shape import family_of, shape, without_spaces, x_heights
from typesetting import ROOT

SAMPLES = {
    "Latn": ("Noto Sans", "word"),
    "Cyrl": ("Noto Sans", "слово"),
    "Hebr": ("Noto Sans Hebrew", "מילה"),
    "Arab": ("Noto Sans Arabic", "كلمة"),
    "Deva": ("Noto Sans Devanagari", "शब्द"),
    "Hani": ("Noto Sans SC", "文字"),
    "Hira": ("Noto Sans JP", "ひらがな"),
    "Kana": ("Noto Sans JP", "カタカナ"),
    "Hang": ("Noto Sans KR", "한글"),
    "Beng": ("Noto Sans Bengali", "শব্দ"),
    "Geor": ("Noto Sans Georgian", "სიტყვა"),
}


@pytest.fixture(autouse=True)
def fonts() -> None:
    """Use the project's fonts."""
    use_fonts(ROOT / "build" / "fonts.conf")


@pytest.mark.parametrize("script", SAMPLES)
def test_each_script_is_measured_by_its_own_letters(script: str) -> None:
    """A word has the height of its script, between a third of an em and two thirds."""
    family, word = SAMPLES[script]
    ((found, height),) = x_heights(word, (family,), 400)
    assert found == script
    assert 1 / 3 < height < 2 / 3


def test_latin_letters_are_as_high_as_their_font_says() -> None:
    """Noto Sans' small letters are 0.536 em high (OS/2, sxHeight)."""
    assert x_heights("word", ("Noto Sans",), 400) == (("Latn", 0.536),)


@pytest.mark.parametrize("text", ["", "24", "+49 30 – (…)"])
def test_a_text_without_letters_has_no_height(text: str) -> None:
    """Digits and signs are as high as capitals: they say nothing of small letters."""
    assert x_heights(text, ("Noto Sans",), 400) == ()


def test_each_script_of_a_mixed_line_is_measured() -> None:
    """A name in Latin letters does not hide the smaller script around it."""
    found = dict(x_heights("多发性 MS", ("Noto Sans SC", "Noto Sans"), 400))
    assert set(found) == {"Latn", "Hani"}
    assert found["Hani"] < found["Latn"]


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("/ABCDEF+Noto-Sans-Bold", "Noto Sans"),
        ("/ABCDEF+NotoSansArabic-W400", "Noto Sans Arabic"),
        ("/DejaVu-Sans", ""),
        ("", ""),
    ],
)
def test_a_font_is_known_by_its_name(name: str, family: str) -> None:
    """The longest family that the name begins with, whatever its subset's prefix."""
    assert family_of(name, ("Noto Sans", "Noto Sans Arabic")) == family


def test_glyphs_stand_from_left_to_right() -> None:
    """A line of Hebrew begins on the right; spaces and steering signs have no glyph."""
    families = ("Noto Sans Hebrew", "Noto Sans")
    one, two = (shape(word, families, 400, "he", "rtl") for word in ("שלום", "MS"))
    whole = shape("שלום \u2066MS\u2069", families, 400, "he", "rtl")
    assert whole == (*two, *one)


def test_what_nobody_sees_is_left_out() -> None:
    """A space is a glyph of the file, and nothing on paper."""
    (letter,) = shape("a", ("Noto Sans",), 400, "en", "ltr")
    spaces = [("Noto Sans", 3)]
    assert without_spaces([letter, *spaces]) == (letter,)
