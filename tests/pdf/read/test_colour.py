"""Colours as inks and as light, whichever way they are written."""

import pytest
from pikepdf import Array, Dictionary, Name, Object, Pdf

from leaflets.pdf.read.colour import (
    BLACK,
    Light,
    Paint,
    paint_of,
    shaded,
    spaces_of,
)

RED = Paint(("DeviceRGB",), light=(1.0, 0.0, 0.0))
TWO = Dictionary(FunctionType=2, C0=[0, 0, 0, 1], C1=[1, 1, 0.2, 0])


def resources(pdf: Pdf) -> Dictionary:
    """Name a colour space of each kind that is not built in."""
    return Dictionary(
        ColorSpace=Dictionary(
            Light=Array([Name.ICCBased, pdf.make_stream(b"", N=3)]),
            Spot=Array([Name.Separation, Name("/Orange"), Name.DeviceCMYK, TWO]),
            Many=Array([Name.DeviceN, Array([Name("/A")]), Name.DeviceCMYK, TWO]),
            Few=Array([Name.Indexed, Name.DeviceRGB, 1, b"abcdef"]),
            Other=Name.DeviceGray,
            Holes=Array([Name.Pattern, Name.DeviceRGB]),
        ),
        Pattern=Dictionary(
            Glow=Dictionary(
                PatternType=2,
                Shading=Dictionary(ColorSpace=Name.DeviceCMYK, Function=TWO),
            )
        ),
    )


@pytest.mark.parametrize(
    ("operator", "numbers", "inks", "light"),
    [
        ("g", [0.25], (0.75,), (0.25, 0.25, 0.25)),
        ("rg", [1, 0.5, 0], (), (1.0, 0.5, 0.0)),
        ("k", [1, 0.5, 0, 0.5], (1, 0.5, 0, 0.5), (0.0, 0.25, 0.5)),
    ],
)
def test_plain_colours(
    operator: str, numbers: list[float], inks: tuple[float, ...], light: Light
) -> None:
    """Grey is black ink, light has no ink, and ink takes light away."""
    paint = paint_of(Dictionary(), operator, numbers, RED)
    assert (paint.inks, paint.light) == (inks, light)


@pytest.mark.parametrize(
    ("name", "spaces"),
    [
        ("/DeviceCMYK", ("DeviceCMYK",)),
        ("/Light", ("ICCBased",)),
        ("/Spot", ("Separation", "DeviceCMYK")),
        ("/Many", ("DeviceN", "DeviceCMYK")),
        ("/Few", ("DeviceRGB",)),
        ("/Other", ("DeviceGray",)),
        ("/Holes", ("Pattern", "DeviceRGB")),
    ],
)
def test_spaces_are_named_with_what_they_fall_back_on(
    name: str, spaces: tuple[str, ...]
) -> None:
    """By the names of ISO 32000-1, 8.6."""
    with Pdf.new() as pdf:
        assert spaces_of(resources(pdf), Name(name)) == spaces


@pytest.mark.parametrize(
    ("name", "inks"),
    [("/DeviceCMYK", (0, 0, 0, 1)), ("/Spot", (1,)), ("/DeviceRGB", ())],
)
def test_a_space_begins_with_black(name: str, inks: tuple[float, ...]) -> None:
    """A colour space that is set names a colour at once (8.6.8)."""
    with Pdf.new() as pdf:
        paint = paint_of(resources(pdf), "cs", [Name(name)], RED)
        assert (paint.inks, paint.light) == (inks, (0, 0, 0))


@pytest.mark.parametrize(
    ("name", "numbers", "inks", "light"),
    [
        ("/Spot", [0.25], (0.25,), (0.75, 0.75, 0.75)),
        ("/Light", [1, 0, 0.5], (), (1.0, 0.0, 0.5)),
        ("/Other", [0.25], (0.75,), (0.25, 0.25, 0.25)),
    ],
)
def test_colours_of_a_space(
    name: str, numbers: list[float], inks: tuple[float, ...], light: Light
) -> None:
    """More of a spot ink is darker; an ICC profile is known by its components."""
    with Pdf.new() as pdf:
        begun = paint_of(resources(pdf), "cs", [Name(name)], RED)
        paint = paint_of(resources(pdf), "scn", numbers, begun)
        assert (paint.inks, paint.light) == (inks, light)


def test_a_pattern_keeps_the_colour_before_it() -> None:
    """What a gradient looks like is not known; its darkest stop counts as ink."""
    with Pdf.new() as pdf:
        begun = paint_of(resources(pdf), "cs", [Name.Pattern], RED)
        paint = paint_of(resources(pdf), "scn", [Name("/Glow")], begun)
    assert paint.spaces == ("Pattern", "DeviceCMYK")
    assert paint.light == RED.light
    assert sum(paint.inks) == pytest.approx(2.2)


@pytest.mark.parametrize(
    ("shading", "inks"),
    [
        (Dictionary(), ()),
        (Dictionary(ColorSpace=Name.DeviceCMYK), ()),
        (Dictionary(ColorSpace=Name.DeviceCMYK, Function=TWO), (1, 1, 0.2, 0)),
        (
            Dictionary(
                ColorSpace=Name.DeviceCMYK,
                Function=Dictionary(FunctionType=3, Functions=Array([TWO, TWO])),
            ),
            (1, 1, 0.2, 0),
        ),
    ],
)
def test_a_gradient_is_as_dark_as_its_darkest_stop(
    shading: Object, inks: tuple[float, ...]
) -> None:
    """Functions may hold functions."""
    assert shaded(Dictionary(), shading).inks == pytest.approx(inks)


def test_a_page_begins_in_black() -> None:
    """ISO 32000-1, table 52."""
    assert (BLACK.inks, BLACK.light) == ((1.0,), (0.0, 0.0, 0.0))
