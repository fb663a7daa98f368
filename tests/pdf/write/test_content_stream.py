"""A page's instructions made fit for the side of a sheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name

from instructions import form, pdf_of
from leaflets.pdf.write.content_stream import rewritten


@contextmanager
def moved(
    stream: str,
    *,
    x: float = 0.0,
    y: float = 0.0,
    first: int = 0,
    side: dict[str, Any] | None = None,
    **resources: Any,
) -> Iterator[tuple[str, int, Any]]:
    """Rewrite a page for a side; instructions, next free identifier, resources."""
    with pdf_of(stream, **resources) as pdf:
        given = {f"/{kind}": Dictionary(value) for kind, value in (side or {}).items()}
        sheet = Dictionary(Resources=Dictionary(given))
        body, free = rewritten(pdf, pdf.pages[0], sheet, x=x, y=y, first=first)
        yield " ".join(body.decode().split()), free, sheet.Resources


@pytest.mark.parametrize(
    ("stream", "closed"),
    [
        ("q", "q Q"),
        ("q q Q", "q q Q Q"),
        ("Q q Q", "q Q"),
        ("/P BMC", "/P BMC EMC"),
        ("EMC q /P BMC", "q /P BMC EMC Q"),
    ],
)
def test_all_that_is_opened_is_closed(stream: str, closed: str) -> None:
    """And what was never opened is not closed: the next page begins clean."""
    with moved(stream) as (text, _, _):
        assert text == closed


def test_marked_content_is_numbered_on() -> None:
    """From the first free identifier; the next free one is told."""
    marked = "/P <</MCID 0>> BDC EMC /P <</MCID 2>> BDC EMC"
    with moved(marked, first=5) as (text, free, _):
        assert "/MCID 5" in text
        assert "/MCID 7" in text
        assert free == 8


def test_names_that_are_taken_are_changed() -> None:
    """Another font of the same name gets another name, an equal one keeps it."""
    fonts = {"F": Dictionary(A=1), "G": Dictionary(A=2)}
    there = {"Font": {"/F": Dictionary(A=9), "/G": Dictionary(A=2)}}
    with moved("BT /F 1 Tf /G 2 Tf ET", side=there, Font=fonts) as (text, _, named):
        assert text == "BT /F-2 1 Tf /G 2 Tf ET"
        assert set(named.Font.keys()) == {"/F", "/F-2", "/G"}


def test_patterns_are_moved_along() -> None:
    """They hang on the page, not on what is drawn (ISO 32000-1, 8.7.3.1)."""
    pattern = Dictionary(PatternType=2, Matrix=Array([2, 0, 0, 2, 3, 4]))
    drawing = "/Pattern cs /P scn"
    with moved(drawing, x=10.0, y=20.0, Pattern={"P": pattern}) as (_, _, named):
        assert list(map(float, named.Pattern.P.Matrix)) == [2, 0, 0, 2, 13, 24]


@pytest.mark.parametrize(
    ("drawing", "found"), [("/P <</MCID 1>> BDC EMC", True), ("0 0 9 9 re f", False)]
)
def test_content_of_forms_is_numbered_on(drawing: str, found: bool) -> None:
    """The engine counts it with that of the page."""
    forms = {"Form": form(drawing)}
    with moved("/Form Do", first=5, XObject=forms) as (_, free, named):
        assert (b"/MCID 6" in named.XObject.Form.read_bytes()) is found
        assert free == (7 if found else 5)


def test_default_colour_spaces_come_along() -> None:
    """They are at work without being named."""
    spaces = {"DefaultRGB": Name.DeviceCMYK, "Other": Name.DeviceGray}
    with moved("0 g", ColorSpace=spaces) as (_, _, named):
        assert list(named.ColorSpace.keys()) == ["/DefaultRGB"]
