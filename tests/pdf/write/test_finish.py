"""What the engine does not write: hints for viewers and printers, boxes, languages."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pikepdf
import pytest
from pikepdf import Name, Pdf, String

from instructions import PACKET, saved
from laid import folded, office, press
from leaflets.pages.composition import Composition
from leaflets.pdf.write.finish import finish
from samples import SHOP
from typesetting import ROOT

PT = 72 / 25.4
PROFILE = (ROOT / "profiles" / "fogra39.icc").read_bytes()


def engine_file(size: tuple[float, float], pages: int = 1, bleed: float = 0.0) -> bytes:
    """Write pages as the typesetter would, of so many mm."""
    width, height = (length * PT for length in size)
    with Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(width, height))
            page = pdf.pages[-1]
            page.Contents = pdf.make_stream(b"0 0 9 9 re f")
            if bleed:
                more = bleed * PT
                page.trimbox = [0, 0, width, height]
                page.mediabox = [-more, -more, width + more, height + more]
        pdf.Root.Metadata = pdf.make_stream(PACKET)
        for key in ("/CreationDate", "/ModDate"):
            pdf.docinfo[key] = String("D:20260102030405Z")
        return saved(pdf)


@contextmanager
def finished(made: Composition, pages: int = 1, bleed: float = 0.0) -> Iterator[Pdf]:
    """Open what is published for a composition of so many pages."""
    panel = made.places(6)[0]
    size = (panel.width, panel.height)
    data = finish(engine_file(size, pages, bleed), made)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        yield pdf


def test_a_single_page_is_turned_on_the_long_edge() -> None:
    """It is printed at its size, on paper of its size, and shows its title."""
    with finished(office()) as pdf:
        hints = pdf.Root.ViewerPreferences
        assert hints.Duplex == Name("/DuplexFlipLongEdge")
        assert hints.PrintScaling == Name("/None")
        assert hints.PickTrayByPDFSize
        assert hints.DisplayDocTitle
        assert "/Direction" not in hints
        assert str(pdf.Root.Lang) == "es"


def test_a_folded_sheet_is_turned_on_the_short_edge() -> None:
    """Its six panels are two sides, with ticks where they are folded."""
    with finished(folded("z"), pages=6) as pdf:
        assert len(pdf.pages) == 2
        assert pdf.Root.ViewerPreferences.Duplex == Name("/DuplexFlipShortEdge")
        for page in pdf.pages:
            drawing = b"".join(
                pikepdf.unparse_content_stream([step])
                for step in pikepdf.parse_content_stream(page)
            )
            assert drawing.count(b"S") >= 4


def test_a_booklet_has_no_ticks() -> None:
    """It is folded where its pages meet."""
    with finished(folded("booklet"), pages=4) as pdf:
        operators = [
            str(step.operator)
            for page in pdf.pages
            for step in pikepdf.parse_content_stream(page)
        ]
        assert "S" not in operators


@pytest.mark.parametrize(("direction", "given"), [("rtl", True), ("ltr", False)])
def test_pages_are_turned_as_they_are_read(direction: str, given: bool) -> None:
    """Viewers turn pages from the left unless they are told."""
    with finished(office(direction=direction)) as pdf:
        hints = pdf.Root.ViewerPreferences
        assert ("/Direction" in hints) is given


def test_a_page_without_a_trim_gets_its_size() -> None:
    """An office sheet is not cut: its trim is the sheet."""
    with finished(office()) as pdf:
        box = [float(number) for number in pdf.pages[0].obj.TrimBox]
        assert box == pytest.approx([0, 0, 210 * PT, 297 * PT], abs=1e-3)


@pytest.mark.parametrize("marks", [True, False])
def test_a_press_file_has_what_its_shop_asks_for(marks: bool) -> None:
    """PDF/X, no hints for a printer, and crop marks outside the bleed if wanted."""
    shop = replace(SHOP, marks=marks)
    with finished(press(shop=shop, profile=PROFILE), bleed=3.0) as pdf:
        hints = pdf.Root.ViewerPreferences
        assert "/Duplex" not in hints
        assert Name("/GTS_PDFX") == pdf.Root.OutputIntents[0].S
        left = float(pdf.pages[0].mediabox[0])
        assert left == pytest.approx(-(13 if marks else 3) * PT, abs=0.01)


def test_equal_input_gives_equal_bytes() -> None:
    """Nothing of the clock or of chance is written."""
    data = engine_file((210.0, 297.0))
    assert finish(data, office()) == finish(data, office())
