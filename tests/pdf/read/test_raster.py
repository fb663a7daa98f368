"""QR codes as a scanner sees them, on paper and on a worn office copy."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from leaflets.checks.page.qr import check_codes
from leaflets.diagnostics import Diagnostic
from leaflets.pages.composition import Asset, Composition, Shop
from leaflets.pages.qr import draw_code
from leaflets.pdf.facts import Code, LayoutFacts, PdfFacts
from leaflets.pdf.read.raster import (
    bitonal_copy,
    codes_seen,
    greyscale_copy,
    page_image,
)
from typesetting import page, typeset

ADDRESS = "https://example.org/ms/ar/stem-cells.html"
LONG = f"https://example.org/{'a' * 120}"
SHOP = Shop(
    name="a", paper="A4", profile="p", condition="FOGRA39", bleed=3, safe=5, ink=280,
    line=0.25, ppi=300, marks=False, caliper=0.1, stock="", colours="4/4", quantity=1,
)  # fmt: skip


def with_codes(
    *sizes: float, address: str = ADDRESS, dark: str = "#000", cover: float = 0
) -> Composition:
    """Compose a page with codes of these sizes in mm, quiet zone included.

    A black bar covers so many mm of the left of each.
    """
    bar = f"position:absolute;left:0;top:0;width:{cover}mm;height:20mm;background:#000"
    images = "".join(
        '<div style="position:relative;margin:10mm">'
        f'<img src="asset:a.svg" alt="A" style="width:{one}mm;height:{one}mm">'
        f'<div style="{bar}"></div></div>'
        for one in sizes
    )
    made = page(body=f'<p id="p1" data-passage>Words</p>{images}')
    data = draw_code(address).replace(b"#000", dark.encode())
    asset = Asset("a.svg", "image/svg+xml", data)
    passage = replace(made.passages[0], text="Words")
    return replace(made, assets=(asset,), passages=(passage,), online=ADDRESS)


def seen(made: Composition) -> tuple[Code, ...]:
    """Typeset a page and read its QR codes."""
    return codes_seen(typeset(made)[1])


def found(made: Composition, shop: Shop | None = None) -> list[Diagnostic]:
    """Typeset a page and list what is wrong with its codes, for an office or a shop."""
    facts = PdfFacts(codes=seen(made))
    return list(check_codes(facts, LayoutFacts(1), replace(made, shop=shop)))


def wrong(made: Composition, shop: Shop | None = None) -> list[str]:
    """Name what is wrong with its QR codes."""
    return [one.code for one in found(made, shop)]


@given(st.floats(20, 80), st.integers(0, 80))
@settings(max_examples=12, derandomize=True)
def test_codes_are_measured_to_a_pixel(size: float, more: int) -> None:
    """Any address at any size: text, side and module are those that were drawn."""
    address = f"https://example.org/{'a' * more}"
    (code,) = seen(with_codes(size, address=address))
    modules = round(code.side / code.module)
    assert code.text == address
    assert modules % 4 == 1
    assert code.side == pytest.approx(size * modules / (modules + 8), abs=0.1)


def test_codes_are_counted_on_all_pages() -> None:
    """Codes come page by page, from the top, with their page's number."""
    assert [one.page for one in seen(with_codes(60, 60, 60, 60))] == [1, 1, 1, 2]


def test_a_page_without_codes_has_none() -> None:
    """Text alone is no code."""
    assert seen(page()) == ()


def test_white_is_measured_in_modules() -> None:
    """A bar over half of the quiet zone leaves half of it."""
    (code,) = seen(with_codes(41, cover=2))
    assert code.quiet == pytest.approx(2, abs=0.2)


def test_facts_of_codes_are_kept() -> None:
    """Facts come back from JSON as they were."""
    facts = PdfFacts(codes=seen(with_codes(34)))
    assert PdfFacts.from_json(facts.to_json()) == facts


def test_a_good_code_passes() -> None:
    """A code as the templates show it: 34 mm, black on white, one."""
    assert found(with_codes(34)) == []


def test_without_an_address_nothing_is_asked() -> None:
    """A clinic without an online copy prints no code and hears nothing."""
    assert found(replace(with_codes(12), online="")) == []


def test_qr_missing() -> None:
    """An address that no code on paper leads to."""
    assert wrong(with_codes()) == ["qr-missing"]


def test_a_pale_code_is_missing() -> None:
    """A code that no scanner tells from the paper is none."""
    assert wrong(with_codes(34, dark="#f4f4f4")) == ["qr-missing"]


def test_qr_wrong_address() -> None:
    """A code that leads to another address than the project's."""
    (one,) = found(with_codes(34, address=f"{ADDRESS}x"))
    assert one.code == "qr-wrong"
    assert f'"{ADDRESS}x"' in one.message


def test_qr_wrong_twice() -> None:
    """Two codes, though both lead to the address."""
    assert wrong(with_codes(34, 34)) == ["qr-wrong"]


def test_qr_small_for_an_office() -> None:
    """25 mm and more: 28 mm with its quiet zone are too small, and it says what is not.

    33 modules in 25 mm are 31.1 mm with 4 modules on either side.
    """
    (one,) = found(with_codes(28))
    assert one.code == "qr-small"
    assert "31.1 mm" in one.hint


def test_a_press_prints_smaller_codes() -> None:
    """20 mm and more: what is too small for an office is fine for a press."""
    assert wrong(with_codes(28), SHOP) == []


def test_qr_small_for_a_press() -> None:
    """A code of 16 mm, 20 with its quiet zone, is too small even there."""
    assert wrong(with_codes(20), SHOP) == ["qr-small"]


def test_modules_must_not_be_too_fine() -> None:
    """A code that is large enough has modules that are not, with a long address."""
    made = with_codes(31, address=LONG)
    (code,) = seen(made)
    assert code.side > 25.1
    assert wrong(replace(made, online=LONG)) == ["qr-small"]


def test_a_very_small_code_is_fragile_too() -> None:
    """12 mm: too small, and its black-and-white copy cannot be read."""
    assert wrong(with_codes(12)) == ["qr-small", "qr-fragile"]


def test_qr_quiet_zone() -> None:
    """A black bar stands in the white that scanners need to find the code."""
    assert wrong(with_codes(34, cover=1.5)) == ["qr-quiet-zone"]


def test_the_quiet_zone_may_end_where_it_ends() -> None:
    """What stands right beside the four modules of white is no finding."""
    assert wrong(with_codes(34, cover=0.05)) == []


def test_qr_fragile() -> None:
    """A light grey code reads on paper and is gone on a copy."""
    assert wrong(with_codes(34, dark="#bbb")) == ["qr-fragile"]


def test_copies_are_smaller() -> None:
    """A copy has 96 % of the size."""
    assert greyscale_copy(Image.new("L", (1000, 500), 255)).size == (960, 480)


def test_grey_copies_are_pale() -> None:
    """Black is not black and white is not white any more: 70 and 225 of 255."""
    image = Image.new("L", (200, 100), 255)
    image.paste(0, (0, 0, 100, 100))
    assert greyscale_copy(image).getextrema() == (70, 225)


def test_bitonal_copies_are_black_and_white() -> None:
    """Nothing is left between black and white."""
    copy = bitonal_copy(page_image(typeset(with_codes(34))[1], 1, 300))
    assert {value for _, value in copy.getcolors() or ()} == {0, 255}


def test_fine_lines_are_lost() -> None:
    """A worn machine does not part black and white lines of 0.17 mm."""
    lines = Image.new("L", (400, 100), 255)
    for left in range(0, 400, 4):
        lines.paste(0, (left, 0, left + 2, 100))
    darkest, lightest = greyscale_copy(lines).crop((50, 20, 300, 70)).getextrema()
    assert isinstance(darkest, int)
    assert isinstance(lightest, int)
    assert lightest - darkest < 20


@pytest.mark.parametrize("copied", [greyscale_copy, bitonal_copy])
def test_copies_stay_the_same(copied: Callable[[Image.Image], Image.Image]) -> None:
    """Equal pages give equal copies, pixel by pixel."""
    data = typeset(with_codes(34))[1]
    one, two = (copied(page_image(data, 1, 300)) for _ in range(2))
    assert one.tobytes() == two.tobytes()


def test_a_page_is_drawn_at_its_size() -> None:
    """A4 at 50 pixels per inch has 414 × 585 pixels, in colours."""
    image = page_image(typeset(page())[1], 1, 50)
    assert image.size == (414, 585)
    assert image.mode == "RGB"


@pytest.mark.parametrize("number", [0, 2])
def test_only_pages_that_are_there_are_drawn(number: int) -> None:
    """A page that the file does not have is an error, not another page."""
    data = typeset(page())[1]
    with pytest.raises(IndexError, match=f"page {number}"):
        page_image(data, number, 50)
