"""A layout that is lost ends where that is seen; one that holds is made to its end."""

from dataclasses import replace
from typing import Any

import pytest
import weasyprint
import weasyprint.layout

from leaflets.pages.composition import Composition
from leaflets.pages.contract import KEEP, spread_keep
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.engine.search import Fit
from leaflets.pdf.engine.stop import Lost, stopping
from typesetting import ROOT, page

CSS = "body, p, div { margin: 0 } .box { border-bottom: 8mm solid }"
NEXT = "break-before: page"


def laid_out(body: str, limit: int, floor: Fit) -> tuple[Composition, list[int], Any]:
    """Lay a text out under a watch; how many pages were made, and what came of it."""
    use_fonts(ROOT / "build" / "fonts.conf")
    composition = replace(page(body=body, css=CSS), page_limit=limit)
    seen: list[int] = []
    make = weasyprint.layout.make_all_pages

    def counted(*arguments: Any) -> Any:
        for made in make(*arguments):
            seen.append(len(seen) + 1)
            yield made

    weasyprint.layout.make_all_pages = counted
    try:
        with stopping(weasyprint.layout, composition, floor):
            html = weasyprint.HTML(string=composition.html, media_type="print")
            style = weasyprint.CSS(string=composition.stylesheet)
            result: Any = html.render(stylesheets=[style])
    except Lost as lost:
        result = lost
    finally:
        assert weasyprint.layout.make_all_pages is counted
        weasyprint.layout.make_all_pages = make
    return composition, seen, result


def pages(count: int) -> str:
    """Write one line on each of so many pages."""
    return "".join(f'<p style="{NEXT}">Page and text</p>' for _ in range(count))


def test_what_holds_is_made_to_its_end() -> None:
    """As many pages as there may be are not too many."""
    _, seen, document = laid_out(pages(3), 3, Fit.FULL)

    assert (len(seen), len(document.pages)) == (3, 3)


def test_a_text_that_is_too_long_ends_after_the_last_page() -> None:
    """Of ten pages the fourth is the last that is made; letters tell how long it is."""
    _, seen, lost = laid_out(pages(10), 3, Fit.FULL)

    assert (len(seen), lost.fit) == (4, Fit.NOT)
    assert lost.filled == pytest.approx(10 / 3, rel=0.05)


def test_with_no_floor_all_pages_are_made() -> None:
    """What does not fit is laid out whole where findings are to be written of it."""
    _, seen, document = laid_out(pages(10), 3, Fit.NOT)

    assert (len(seen), len(document.pages)) == (10, 10)


@pytest.mark.parametrize("first", [2, 3])
def test_a_spread_stands_on_pages_that_face_each_other(first: int) -> None:
    """Pages 2 and 3 do, pages 3 and 4 do not."""
    name = spread_keep("b9")
    kept = f'<div {KEEP}="{name}" style="{NEXT}">Part</div>' * 2
    _, seen, result = laid_out(pages(first - 1) + kept + pages(2), 9, Fit.FULL)

    if first == 2:
        assert len(result.pages) == len(seen) == 5
    else:
        assert (len(seen), result.fit, result.filled) == (4, Fit.NOT, None)


def test_what_is_to_stand_on_one_page_ends_it_on_the_second() -> None:
    """The rest of the pages is not made."""
    kept = f'<div {KEEP}="b9" style="{NEXT}">Part</div>' * 2
    _, seen, lost = laid_out(kept + pages(5), 9, Fit.FULL)

    assert (len(seen), lost.fit, lost.filled) == (2, Fit.NOT, None)


@pytest.mark.parametrize("floor", [Fit.FULL, Fit.FRAME_IN_FOOT])
def test_a_frame_in_the_foot_ends_what_should_be_full(floor: Fit) -> None:
    """It is made to its end where such a page is asked for."""
    body = f'<div class="box"><div style="height: 255mm">Text</div></div>{pages(2)}'
    _, seen, result = laid_out(body, 9, floor)

    if floor == Fit.FULL:
        assert (len(seen), result.fit) == (1, Fit.FRAME_IN_FOOT)
    else:
        assert len(result.pages) == 3
