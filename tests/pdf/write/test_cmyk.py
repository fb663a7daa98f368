"""What is painted in ink, and what is refused for it is none."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name

from instructions import form, pdf_of
from leaflets.diagnostics import LeafletsError, Location
from leaflets.pdf.write.cmyk import colour_spaces, inked

PLACE = Location("templates/a.css")
GLOW = Dictionary(
    ShadingType=2,
    ColorSpace=Name.DeviceRGB,
    Function=Dictionary(FunctionType=2, C0=[0, 0, 0], C1=[1, 1, 1]),
)


def after(stream: str, **resources: Any) -> str:
    """Give the instructions of a page once it is in ink."""
    with pdf_of(stream, **resources) as pdf:
        inked(pdf, PLACE)
        return pdf.pages[0].Contents.read_bytes().decode()


@pytest.mark.parametrize(
    ("stream", "ink"),
    [
        ("0 g", "0 0 0 1 k"),
        ("1 G", "0 0 0 0 K"),
        ("0 0 0 rg", "0 0 0 1 k"),
        ("1 1 1 RG", "0 0 0 0 K"),
        (".1 .2 .3 .4 k", ".1 .2 .3 .4 k"),
    ],
)
def test_black_and_white_are_black_ink(stream: str, ink: str) -> None:
    """And what is ink already stays to the byte."""
    assert after(stream).endswith(ink)


def test_a_page_begins_in_black_ink() -> None:
    """A form begins in the colours of its place instead."""
    forms = {"Form": form("0 0 9 9 re f")}
    with pdf_of("/Form Do", XObject=forms) as pdf:
        inked(pdf, PLACE)
        assert pdf.pages[0].Contents.read_bytes().startswith(b"0 0 0 1 k 0 0 0 1 K")
        assert pdf.pages[0].Resources.XObject.Form.read_bytes() == b"0 0 9 9 re f"


@pytest.mark.parametrize(
    ("stream", "resources", "words"),
    [
        ("1 0 0 rg", {}, "DeviceRGB 1 0 0"),
        (".5 .5 .5 RG", {}, "DeviceRGB 0.5 0.5 0.5"),
        ("/DeviceRGB cs", {}, "DeviceRGB"),
        ("BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", {}, "an image in DeviceRGB"),
        ("/Glow sh", {"Shading": {"Glow": GLOW}}, "a gradient in DeviceRGB"),
        (
            "",
            {"Pattern": {"Glow": Dictionary(PatternType=2, Shading=GLOW)}},
            "a gradient in DeviceRGB",
        ),
        ("/Form Do", {"XObject": {"Form": form("0 1 0 rg")}}, "DeviceRGB 0 1 0"),
    ],
)
def test_light_is_told_with_what_is_painted_in_it(
    stream: str, resources: dict[str, Any], words: str
) -> None:
    """Colours, images and gradients, wherever they are drawn from."""
    with pytest.raises(LeafletsError) as caught:
        after(stream, **resources)
    (diagnostic,) = caught.value.diagnostics
    assert (diagnostic.code, diagnostic.location) == ("rgb-in-press", PLACE)
    assert diagnostic.message.startswith("page 1 of the press file is painted in ")
    assert words in diagnostic.message


def test_profiles_are_named_by_their_components() -> None:
    """An ICC profile of three components is light."""
    with pdf_of("/Light cs", ColorSpace={}) as pdf:
        profile = pdf.make_stream(b"", N=3)
        spaces = pdf.pages[0].Resources.ColorSpace
        spaces["/Light"] = Array([Name.ICCBased, profile])
        assert colour_spaces(pdf) == {"ICCBased 3"}


@pytest.mark.parametrize(
    ("space", "stays"),
    [
        (Name.DeviceRGB, False),
        (Array([Name.Separation, Name("/A"), Name.DeviceCMYK, Dictionary()]), True),
    ],
)
def test_colour_spaces_that_are_no_ink_are_taken_out(space: Any, stays: bool) -> None:
    """Nobody uses them, or they would have been told."""
    with pdf_of("0 g", ColorSpace={"Spare": space}) as pdf:
        inked(pdf, PLACE)
        assert ("/Spare" in pdf.pages[0].Resources.ColorSpace) is stays
