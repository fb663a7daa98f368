"""What a page is painted with, counted in its instructions."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf

from leaflets.pdf.read.paint import Painted, painted


def drawn_by(stream: str, **resources: object) -> Painted:
    """Measure a page of 100 pt that consists of these instructions."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(stream.encode())
        page.Resources = Dictionary(
            {f"/{key}": value for key, value in resources.items()}
        )
        return painted(page)


@pytest.mark.parametrize(
    ("stream", "thinnest"),
    [
        ("", 0.0),
        ("2 w 0 0 m 9 9 l S", 2.0),
        ("2 w 0 0 m 9 9 l n", 0.0),
        ("0 w 0 0 m 9 9 l S", 0.01),
        ("q .5 0 0 .25 0 0 cm 2 w 0 0 m 9 9 l S Q", 0.5),
        ("q .5 w Q 0 0 m 9 9 l S", 1.0),
        ("10 10 50 .4 re f", 0.4),
        ("10 10 .4 50 re f*", 0.4),
        ("10 10 50 5 re f", 0.0),
        ("10 10 50 .4 re W n", 0.0),
        ("10 10 50 .4 re W n 0 0 100 100 re f", 0.4),
        ("10 10 50 50 re 11 10.3 48 49.4 re f*", 0.3),
        ("/none gs 2 w 0 0 m 9 9 l S", 0.0),
        ("1 w 200 200 m 300 300 l S", 0.0),
    ],
)
def test_the_thinnest_line_is_measured(stream: str, thinnest: float) -> None:
    """Lines that are painted count, as long as they are seen; clip paths do not."""
    states = Dictionary(none=Dictionary(CA=0))

    assert drawn_by(stream, ExtGState=states).thinnest == thinnest


@pytest.mark.parametrize(
    ("stream", "ink"),
    [
        ("0 0 9 9 re f", 100.0),
        ("0.25 g 0 0 9 9 re f", 75.0),
        ("1 0 0 rg 0 0 9 9 re f", 0.0),
        ("1 .5 .2 0 k 0 0 9 9 re f", 170.0),
        ("1 .5 .2 0 K 0 0 9 9 re S", 170.0),
        ("1 1 1 1 k", 0.0),
        ("1 1 1 0 k 0 0 9 9 re f 0 0 0 1 k 0 0 9 9 re f", 300.0),
        ("0 0 0 1 k 0 0 9 9 re f /half gs 1 1 0 0 k 0 0 9 9 re f", 200.0),
        ("0 0 0 1 k 0 0 9 9 re f /half gs 1 1 0 0 k 20 20 9 9 re f", 100.0),
        ("1 1 0 0 k 0 0 9 9 re f /times gs 0 0 0 1 k 0 0 9 9 re f", 300.0),
        ("1 1 0 0 k 0 0 9 9 re f /over gs 0 0 0 1 k 0 0 9 9 re f", 300.0),
        ("/Spot cs .6 scn 0 0 9 9 re f", 60.0),
        ("/Glow sh", 220.0),
    ],
)
def test_ink_is_added_up(stream: str, ink: float) -> None:
    """Opaque paint knocks out what is below; what shines through is added to it."""
    states = Dictionary(
        half=Dictionary(ca=0.5),
        times=Dictionary(BM=Name.Multiply),
        over=Dictionary(op=True),
    )
    two = Dictionary(
        FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 1], C1=[1, 1, 0.2, 0]
    )
    spot = Array([Name.Separation, Name("/Orange"), Name.DeviceCMYK, two])
    glow = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 9], Function=two
    )
    made = drawn_by(
        stream,
        ExtGState=states,
        ColorSpace=Dictionary(Spot=spot),
        Shading=Dictionary(Glow=glow),
    )

    assert made.ink == ink


@pytest.mark.parametrize(
    ("stream", "spaces"),
    [
        ("", ()),
        ("1 0 0 rg", ()),
        ("0 0 9 9 re f", ("DeviceGray",)),
        ("1 0 0 rg 0 0 0 1 K 0 0 9 9 re B", ("DeviceCMYK", "DeviceRGB")),
        ("/Light cs 1 0 0 scn 0 0 9 9 re f", ("ICCBased",)),
        ("/Spot CS 1 SCN 0 0 9 9 re S", ("DeviceCMYK", "Separation")),
        ("0 0 0 rg q 0 0 0 1 k Q 0 0 9 9 re f", ("DeviceRGB",)),
        ("1 0 0 rg BT (a) Tj ET", ("DeviceRGB",)),
        ("1 0 0 rg BT 3 Tr (a) Tj ET", ()),
    ],
)
def test_spaces_are_those_that_are_painted_with(
    stream: str, spaces: tuple[str, ...]
) -> None:
    """A colour that is set and not used is none of the page's."""
    light = Pdf.new().make_stream(b"", N=3)
    spot = Array([Name.Separation, Name("/Orange"), Name.DeviceCMYK, Dictionary()])
    named = Dictionary(Light=Array([Name.ICCBased, light]), Spot=spot)

    assert drawn_by(stream, ColorSpace=named).spaces == spaces


@pytest.mark.parametrize(
    ("colour", "count"),
    [
        ("0 0 0 1 k", 0),
        ("0 0 0 .5 k", 0),
        ("0 0 0 0 k", 0),
        (".2 0 0 1 k", 2),
        ("1 0 0 rg", 0),
        (".2 0 0 1 K", 0),
        (".2 0 0 1 K 1 Tr", 2),
        ("/DeviceCMYK cs", 0),
        ("/DeviceCMYK cs .2 0 0 1 scn", 2),
    ],
)
def test_text_in_several_inks_is_counted(colour: str, count: int) -> None:
    """Text in black, grey or white ink is as it should be; a tint of cyan is not."""
    made = drawn_by(f"BT {colour} (a) Tj [(b) 3 (c)] TJ ET")

    assert made.coloured_text == count


def test_forms_are_descended_into() -> None:
    """What a form draws counts as it is put: made smaller, and in its own colours."""
    with Pdf.new() as pdf:
        box = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 100, 100]}
        inner = pdf.make_stream(b"0 0 0 1 K 1 w 5 5 m 9 9 l S", **box)
        inner.Matrix = Array([0.5, 0, 0, 0.5, 0, 0])
        outer = pdf.make_stream(b"/In Do", **box)
        outer.Resources = Dictionary(XObject=Dictionary(In=inner))
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(b"q .5 0 0 .5 0 0 cm /Out Do Q")
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Out=outer))
        made = painted(pdf.pages[0])

    assert (made.thinnest, made.spaces, made.ink) == (0.25, ("DeviceCMYK",), 100.0)


def test_tiles_of_patterns_are_descended_into() -> None:
    """A pattern's own lines and inks count, for the page that moves it as well."""
    with Pdf.new() as pdf:
        tile = pdf.make_stream(b"1 1 0 0 k 0 0 9 9 re f .3 w 0 0 m 9 9 l S")
        tile.PatternType, tile.BBox, tile.XStep, tile.YStep = 1, [0, 0, 9, 9], 9, 9
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(
            b"3 0 0 3 0 0 cm /Pattern cs /Tile scn 0 0 30 30 re f"
        )
        pdf.pages[0].Resources = Dictionary(Pattern=Dictionary(Tile=tile))
        made = painted(pdf.pages[0])

    assert made.spaces == ("DeviceCMYK", "DeviceGray", "Pattern")
    assert (made.ink, made.thinnest) == (200.0, 0.3)


@pytest.mark.parametrize(
    ("stream", "ppi"),
    [
        ("q 36 0 0 36 0 0 cm /Photo Do Q", 200.0),
        ("q 36 0 0 72 0 0 cm /Photo Do Q", 100.0),
        ("q 36 0 0 36 0 0 cm /Photo Do Q q 0 72 -72 0 72 0 cm /Photo Do Q", 100.0),
    ],
)
def test_the_coarsest_image_is_measured(stream: str, ppi: float) -> None:
    """An image of 100 pixels has its resolution where it stands, turned or not."""
    with Pdf.new() as pdf:
        photo = pdf.make_stream(bytes(10_000), Subtype=Name.Image, BitsPerComponent=8)
        photo.Width, photo.Height, photo.ColorSpace = 100, 100, Name.DeviceGray
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(stream.encode())
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Photo=photo))
        made = painted(pdf.pages[0])

    assert (made.ppi, made.images) == (ppi, stream.count("Do"))
    assert made.spaces == ("DeviceGray",)


def test_an_image_within_the_instructions_is_measured() -> None:
    """Small images may stand in the page's instructions; they count alike."""
    image = "BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI"
    made = drawn_by(f"q 72 0 0 72 0 0 cm {image} Q")

    assert (made.images, made.ppi, made.spaces) == (1, 2.0, ("DeviceGray",))


@given(
    st.integers(10, 400).map(lambda one: one / 100),
    st.integers(2, 40).map(lambda one: one / 10),
    st.floats(0, 6.28),
)
def test_lines_grow_with_their_drawing(width: float, by: float, turn: float) -> None:
    """However a drawing is turned, its lines are as thick as it is enlarged."""
    cos, sin = math.cos(turn) * by, math.sin(turn) * by
    stream = f"{cos:f} {sin:f} {-sin:f} {cos:f} 50 50 cm {width:f} w 0 0 m 5 5 l S"

    assert drawn_by(stream).thinnest == pytest.approx(width * by, abs=0.002)
