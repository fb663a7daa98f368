"""Ink as another engine prints it (MuPDF, in CMYK) is what we computed from the file."""

import io

import pikepdf
import pymupdf
import pytest

from leaflets.build.front import analyse
from leaflets.pages.composition import Composition, Target
from leaflets.pdf.read.inspect import inspect
from typesetting import ROOT, typeset

PPI = 100
ROUNDING = 2.0
"""Percent: each of four inks is rounded to 1/255."""


def rendered(data: bytes) -> list[float]:
    """Render every page in ink; give the most on one pixel, in percent."""
    pymupdf.TOOLS.set_icc(False)  # inks as they are, not as another press mixes them
    most = []
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        for page in pdf:
            made = page.get_pixmap(colorspace=pymupdf.csCMYK, dpi=PPI, alpha=False)
            inks = made.samples
            dots = set(zip(*(inks[one::4] for one in range(4)), strict=True))
            most.append(max(map(sum, dots)) / 255 * 100)
    return most


def composed(*wanted: str) -> Composition:
    target = Target(*wanted)
    front = analyse(ROOT, (target.edition,))
    return next(one for one in front.compositions if one.target == target)


@pytest.mark.parametrize(
    "target",
    [
        ("stem-cells", "en", "trifold-press", "A4"),
        ("what-is-ms", "ar", "sheet-press", "Letter"),
        ("treatments", "zh_Hans+en", "bilingual-press", "A4"),
    ],
)
def test_as_much_ink_as_another_engine_prints(target: tuple[str, ...]) -> None:
    made = composed(*target)
    layout, data = typeset(made)
    told = [one.ink for one in inspect(data, layout.layout, made).pages]
    seen = rendered(data)
    assert max(told) > 150
    assert max(told) == pytest.approx(max(seen), abs=ROUNDING)
    # A line thinner than a pixel is rendered paler than it is printed.
    assert all(ink < most + ROUNDING for ink, most in zip(seen, told, strict=True))


def test_ink_laid_on_ink_is_rendered_as_it_is_counted() -> None:
    """A translucent area over a solid one: both engines see the sum, not the top."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(100, 100))
    page.Resources = pikepdf.Dictionary(
        ExtGState=pikepdf.Dictionary(G=pikepdf.Dictionary(ca=0.5))
    )
    page.Contents = pdf.make_stream(
        b"1 1 0 0 k 0 0 50 50 re f /G gs 0 0 1 1 k 25 25 50 50 re f"
    )
    data = io.BytesIO()
    pdf.save(data)
    # Half of what lies below shines through: (100 + 100) / 2 + (100 + 100) / 2.
    assert rendered(data.getvalue()) == pytest.approx([200.0], abs=ROUNDING)
