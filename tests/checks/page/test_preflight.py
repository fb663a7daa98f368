"""What is measured on each side of a finished file: letters, boxes, its claims."""

import io
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Array

from leaflets.checks.page.preflight import check_pdf
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.facts import LayoutFacts, PdfFacts
from leaflets.pdf.fonts.shape import x_heights
from leaflets.pdf.read.inspect import READABLE, inspect
from typesetting import ROOT, SHOP, page, typeset

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


def facts(name: str = "en", size: float = 12) -> tuple[LayoutFacts, PdfFacts]:
    """Typeset a page and measure it."""
    made = page(name, size=size)
    rendered, data = typeset(made)
    return rendered.layout, inspect(data, rendered.layout, made)


def test_the_smallest_letters_of_a_side_are_named() -> None:
    """12 pt Noto Sans has small letters of 2.27 mm; the fragment is one of the page."""
    layout, found = facts()
    (side,) = found.pages
    assert side.x_height == pytest.approx(12 * 0.536 * 25.4 / 72, abs=0.01)
    assert layout.fragments[side.smallest].page == 1
    assert side.small == ()


def test_the_floor_is_that_of_the_guideline() -> None:
    """9 pt Times New Roman, 0.448 em: 1.42 mm."""
    assert READABLE == 1.42


@pytest.mark.parametrize(("size", "found"), [(8.5, True), (9.5, False)])
def test_letters_far_below_the_edition_are_listed(size: float, found: bool) -> None:
    """An edition of 10 pt allows a tenth less height than 10 pt Noto Sans has."""
    _, measured = facts(size=size)
    assert bool(measured.pages[0].small) is found


@pytest.mark.parametrize(("name", "size"), [("zh_Hans", 10.5), ("ar", 9.0)])
def test_an_edition_asks_only_letters_that_have_small_ones(
    name: str, size: float
) -> None:
    """Han and Arabic are asked for the guideline's height, not for Noto Sans'."""
    _, measured = facts(name, size)
    (side,) = measured.pages
    assert READABLE < side.x_height < 10 * 0.536 * 0.9 * 25.4 / 72
    assert side.small == ()


def test_boxes_are_measured_from_the_top_left_of_the_media() -> None:
    """A box that the page has is given in mm; one that it has not is empty."""
    made = page()
    rendered, data = typeset(made)
    pt = 72 / 25.4
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (one,) = pdf.pages
        left, bottom, right, top = (float(number) for number in one.mediabox)
        one.obj.TrimBox = Array([left + 2 * pt, bottom + 3 * pt, right, top - 5 * pt])
        if "/BleedBox" in one.obj:
            del one.obj["/BleedBox"]
        stream = io.BytesIO()
        pdf.save(stream)
    (side,) = inspect(stream.getvalue(), rendered.layout, made).pages
    assert tuple(side.media) == pytest.approx((0, 0, 210, 297), abs=0.02)
    assert tuple(side.trim) == pytest.approx((2, 5, 210, 294), abs=0.02)
    assert (side.bleed, side.crop) == (None, None)


def test_an_office_file_names_no_press() -> None:
    """Without an output intent there is no condition, and no claim to PDF/X."""
    _, found = facts()
    assert (found.pdfx, found.condition, found.registry, found.components) == (
        "",
        "",
        "",
        0,
    )


@pytest.mark.parametrize(
    ("press", "claim", "codes"),
    [
        (True, {"pdfx": "PDF/X-4", "conformance": ""}, []),
        (True, {"pdfx": ""}, ["not-tagged"]),
        (True, {"pdfx": "PDF/X-4", "tagged": False}, ["not-tagged"]),
        (False, {"pdfx": "PDF/X-4", "conformance": ""}, ["not-tagged"]),
    ],
)
def test_a_press_file_claims_pdfx_and_any_other_pdfua(
    press: bool, claim: dict[str, str | bool], codes: list[str]
) -> None:
    """Both are tagged; what they claim to be depends on who prints them."""
    layout, found = facts()
    made = replace(page(), shop=SHOP if press else None)
    spoilt = replace(found, **claim)  # type: ignore[arg-type]
    assert [one.code for one in check_pdf(spoilt, layout, made)] == codes
