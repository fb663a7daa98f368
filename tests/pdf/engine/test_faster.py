"""The faster functions give what the engine's own give, and step back where unknown."""

from types import SimpleNamespace
from typing import Any

import pydyf
import pytest
import weasyprint
import weasyprint.css
from hypothesis import given
from hypothesis import strategies as st

from leaflets.pdf.engine.faster import make_faster
from leaflets.pdf.engine.render import use_fonts
from typesetting import ROOT

CSS = """
:root { --gap: 3mm; color: #123; text-indent: calc(1mm + 2%) }
body { margin-inline: var(--gap) 7mm; padding-inline-start: 2mm; margin-left: 1mm }
p { margin-inline-start: inherit; border-inline-end: 1mm solid; page: part }
p.a { margin: initial; font: 700 12pt/1.5 sans-serif; width: calc(100% - 2mm) }
p.b { text-decoration: underline; position: absolute; letter-spacing: var(--none, 1pt) }
li { float: left; display: inline-block; padding-inline-end: calc(2 * var(--gap)) }
li::before { content: "x"; margin-inline-end: 1em; color: var(--missing) }
table { border-collapse: collapse } td { padding: 1mm; padding-inline-start: 4mm }
@page part { margin: 5mm 9mm; @bottom-left { content: counter(page); margin-left: 2mm } }
"""
BODY = """<p class=a>One <em>two</em></p><p class=b>Three</p>
<ul><li>Four<li dir=ltr>Five</ul><table><tr><td>Six<td>Seven</table>"""


@pytest.fixture(params=["ltr", "rtl"])
def styles(request: pytest.FixtureRequest) -> list[Any]:
    """Compute the styles of a page that gives values in every way we know."""
    use_fonts(ROOT / "build" / "fonts.conf")
    html = weasyprint.HTML(string=f'<html dir="{request.param}"><body>{BODY}')
    document = html.render(stylesheets=[weasyprint.CSS(string=CSS)])
    pages = [page._page_box for page in document.pages]
    boxes = [box for page in pages for box in (page, *page.descendants())]
    return [box.style for box in boxes if hasattr(box.style, "cascaded")]


def test_every_value_is_the_engines(styles: list[Any], own: Any) -> None:
    """Of every style each property, computed anew in both ways, is the same."""
    keys = [key for key in weasyprint.css.INITIAL_VALUES if key[:2] != "__"]
    compared = 0
    for style in styles:
        for key in keys:
            fast, slow = bare(style), bare(style)
            assert own.fast(fast, key) == own.slow(slow, key), key
            assert fast.get(key) == slow.get(key), key
            compared += 1
    assert compared > 3_000


def bare(style: Any) -> Any:
    """Copy a style without the values that were computed."""
    copied = style.copy()
    copied.clear()
    copied.specified = {}
    return copied


@pytest.fixture
def own() -> SimpleNamespace:
    """Give the engine's own function and the faster one, whichever is in place."""
    module = SimpleNamespace(**vars(weasyprint.css))
    slow = original(weasyprint.css.ComputedStyle.__missing__)
    module.ComputedStyle = type("ComputedStyle", (), {"__missing__": slow})
    writer = SimpleNamespace(_to_bytes=original(pydyf._to_bytes), __version__="0.13.0")
    slow_bytes = writer._to_bytes
    assert make_faster(module, writer, "70.0") == ("styles", "streams")
    fast = module.ComputedStyle.__missing__
    return SimpleNamespace(
        fast=fast, slow=slow, bytes=writer._to_bytes, slow_bytes=slow_bytes
    )


def original(function: Any) -> Any:
    """Take the engine's function out of the faster one, where that is in place."""
    cells = function.__closure__ or ()
    inner = [cell.cell_contents for cell in cells if callable(cell.cell_contents)]
    return inner[-1] if inner else function


@given(
    st.one_of(
        st.binary(),
        st.text("az 09/", max_size=9),
        st.integers(),
        st.booleans(),
        st.floats(allow_nan=False, allow_infinity=False),
    )
)
def test_a_part_of_a_stream_is_written_as_by_the_engine(part: object) -> None:
    """Bytes, texts and numbers of every kind."""
    writer = SimpleNamespace(_to_bytes=original(pydyf._to_bytes), __version__="0.13.0")
    slow = writer._to_bytes
    make_faster(weasyprint.css, writer, "0")

    assert writer._to_bytes(part) == slow(part)


@pytest.mark.parametrize(
    ("engine", "writer", "names"),
    [
        ("70.0", "0.13.1", ("styles", "streams")),
        ("71.0", "0.13.0", ("streams",)),
        ("70.1", "0.14.0", ("styles",)),
        ("7.0", "0.1.3", ()),
    ],
)
def test_an_unknown_version_is_left_as_it_is(
    engine: str, writer: str, names: tuple[str, ...]
) -> None:
    """What was written for one version is not tried on another."""
    css = SimpleNamespace(**vars(weasyprint.css))
    css.ComputedStyle = type("ComputedStyle", (), {"__missing__": len})
    stream = SimpleNamespace(_to_bytes=len, __version__=writer)

    assert make_faster(css, stream, engine) == names
    assert (css.ComputedStyle.__missing__ is not len) == ("styles" in names)
    assert (stream._to_bytes is not len) == ("streams" in names)


def test_the_installed_engine_is_known() -> None:
    """An upgrade comes here first: are these functions still worth their place?"""
    css = SimpleNamespace(**vars(weasyprint.css))
    css.ComputedStyle = type("ComputedStyle", (), {"__missing__": len})
    writer = SimpleNamespace(_to_bytes=len, __version__=pydyf.__version__)

    assert make_faster(css, writer, weasyprint.__version__) == ("styles", "streams")
