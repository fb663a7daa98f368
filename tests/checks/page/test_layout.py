"""Every limit of the layout, from both sides: nothing is typeset here."""

from dataclasses import replace

import pytest

from laid import MARGINS, PLACE, codes_of, folded, laid, line, office, passage, press
from leaflets.checks.page.layout import (
    CHECKS,
    benefit_with_harm,
    blocks_whole,
    boxes_hold,
    check_layout,
    headings_have_text,
    inside_margins,
    order_kept,
    page_limit,
    sheets_filled,
    text_apart,
    text_conserved,
    type_size,
)
from leaflets.pages.composition import Box
from leaflets.paper.fold import FOLDS
from leaflets.pdf.facts import BoxFit, Fragment

WITHIN, BEYOND = 0.09, 0.11
"""Millimetres just below and just above what rounding may cost."""
BOTH = pytest.mark.parametrize(("over", "found"), [(WITHIN, False), (BEYOND, True)])


def test_every_check_says_why() -> None:
    """The docstring of a rule is its reason."""
    assert all((check.__doc__ or "").strip() for check in CHECKS)


def test_a_good_page_has_no_finding() -> None:
    """What is as it should be is not spoken of."""
    assert codes_of(check_layout(laid(line()), office())) == []


# --- Margins ---------------------------------------------------------------------


def at_edge(side: str, over: float) -> Fragment:
    """Lay out a word that stands so far beyond one margin of an A4 page."""
    flat = replace(line(), size=4.0, top=100.0, bottom=101.0, baseline=101.0)
    match side:
        case "left":
            left = MARGINS.left - over
            return replace(flat, left=left, right=left + 30)
        case "right":
            right = 210 - MARGINS.right + over
            return replace(flat, left=right - 30, right=right)
        case "top":
            top = MARGINS.top - over
            return replace(flat, top=top, baseline=top + 1, bottom=top + 1)
        case _:
            bottom = 297 - MARGINS.bottom + over
            return replace(flat, top=bottom - 1, baseline=bottom, bottom=bottom)


@BOTH
@pytest.mark.parametrize("side", ["left", "right", "top", "bottom"])
def test_text_stays_inside_each_margin(side: str, over: float, found: bool) -> None:
    """All four edges are looked at, each by its own margin."""
    diagnostics = codes_of(inside_margins(laid(at_edge(side, over)), office()))
    assert diagnostics == ["outside-margins"] * found


@pytest.mark.parametrize(
    ("highest", "lowest", "found"),
    [(0.0, 0.0, False), (0.0, 3.0, False), (3.0, 0.0, False)],
)
def test_the_white_of_a_box_is_no_text(
    highest: float, lowest: float, found: bool
) -> None:
    """Fonts for Arabic ask for high boxes: what letters fill counts, not the box."""
    low = 297 - MARGINS.bottom
    fragments = (
        replace(at_edge("top", 0), top=MARGINS.top - highest, baseline=MARGINS.top + 4),
        replace(at_edge("bottom", 0), baseline=low - 1, bottom=low + lowest),
    )
    assert bool(list(inside_margins(laid(*fragments), office()))) is found


@pytest.mark.parametrize(
    ("part", "of_type"), [("top", 1.1 * 25.4 / 72), ("bottom", 0.5 * 25.4 / 72)]
)
@BOTH
def test_letters_reach_as_far_as_they_are_large(
    part: str, of_type: float, over: float, found: bool
) -> None:
    """Large letters near an edge stand beyond it, though their baseline does not."""
    reach = 20.0 * of_type
    if part == "top":
        baseline = MARGINS.top + reach - over
        fragment = replace(line(size=20.0), baseline=baseline, top=0.0, bottom=baseline)
    else:
        baseline = 297 - MARGINS.bottom - reach + over
        fragment = replace(
            line(size=20.0), baseline=baseline, top=baseline, bottom=297.0
        )
    diagnostics = codes_of(inside_margins(laid(fragment), office()))
    assert diagnostics == ["outside-margins"] * found


def test_furniture_keeps_the_margins_too() -> None:
    """A running head that is cut off is a fault, at the leaflet itself."""
    fragment = replace(at_edge("left", 2.0), key="")
    (diagnostic,) = inside_margins(laid(fragment), office())
    assert diagnostic.location.line == 0
    assert "2.0 mm" in diagnostic.message


def test_a_panel_has_its_own_width() -> None:
    """On a C-fold the folded-in panel is 97 mm wide, and the others 100 mm."""
    made = folded("c")
    reach = 99.0 - MARGINS.right
    for panel in made.places(6):
        layout = laid(line(on=panel.page, at=reach - 30), pages=6)
        expected = ["outside-margins"] * (panel.width < 99)
        assert codes_of(inside_margins(layout, made)) == expected
    assert {round(panel.width, 1) for panel in made.places(6)} == {97.0, 100.0}


# --- Texts -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "codes"),
    [
        (("All the ", "words."), []),
        (("All the wo\u00ad\u2010", "rds."), []),
        (("All the ",), ["text-lost"]),
        (("words.", "All the "), ["text-lost"]),
        (("All the ", "words. More."), ["text-lost"]),
        ((), ["text-lost"]),
    ],
)
def test_a_text_is_whole(texts: tuple[str, ...], codes: list[str]) -> None:
    """Every word is laid out, in order, and nothing is added."""
    fragments = [line(text, 50.0 + 7 * at) for at, text in enumerate(texts)]
    made = office("All the words.")
    assert codes_of(text_conserved(laid(*fragments), made)) == codes


@pytest.mark.parametrize(
    ("lefts", "codes"), [((20.0, 60.0), []), ((60.0, 20.0), ["order-scrambled"])]
)
def test_a_line_is_seen_as_it_is_read(
    lefts: tuple[float, float], codes: list[str]
) -> None:
    """Two pieces of a line whose places are exchanged are read as another text."""
    fragments = [line("take ", at=lefts[0]), line("20 mg", at=lefts[1])]
    assert codes_of(order_kept(laid(*fragments), office("take 20 mg"))) == codes


@pytest.mark.parametrize(("over", "found"), [(0.29, False), (0.31, True)])
@pytest.mark.parametrize("across", [True, False])
def test_texts_may_touch_by_a_third_of_a_millimetre(
    over: float, found: bool, across: bool
) -> None:
    """Kerned letters touch; what lies deeper on another text hides it."""
    body = 12 * 0.5 * 25.4 / 72
    first = line()
    second = (
        line(key="p2", at=50.0 - over)
        if across
        else line(key="p2", baseline=50.0 + body - over)
    )
    made = office(passage(), passage(key="p2"))
    codes = codes_of(text_apart(laid(first, second), made))
    assert codes == ["text-overlap"] * found


@pytest.mark.parametrize(("size", "found"), [(9.96, False), (9.94, True)])
def test_type_is_not_smaller_than_the_edition_allows(size: float, found: bool) -> None:
    """Ten points may be rounded; what is smaller is told once for each text."""
    layout = laid(line(size=size), line(baseline=57.0, size=size))
    codes = codes_of(type_size(layout, office(minimum_size=10.0)))
    assert codes == ["type-too-small"] * found


# --- Room ------------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize("side", ["height", "width"])
def test_a_label_fits_its_box(side: str, over: float, found: bool) -> None:
    """Height and width are both measured, and what is said names the larger excess."""
    fit = BoxFit("l-a", 1, height=10.0, width=30.0)
    fit = replace(fit, **{side: getattr(fit, side) + over})
    made = office(boxes=(Box("l-a", 10.0, 30.0, PLACE),))
    diagnostics = list(boxes_hold(laid(line(), boxes=(fit,)), made))
    assert codes_of(diagnostics) == ["box-overflow"] * found
    if found:
        assert ("long" if side == "height" else "wide") in diagnostics[0].message


@pytest.mark.parametrize(("pages", "found"), [(2, False), (3, True)])
def test_an_edition_holds_so_many_pages(pages: int, found: bool) -> None:
    """The last page that it holds may be full."""
    layout = laid(line(), pages=pages, rooms=(0.0,) * pages, heights=(250.0,) * pages)
    codes = codes_of(page_limit(layout, office(page_limit=2)))
    assert codes == ["page-limit"] * found


@pytest.mark.parametrize(
    ("used", "left", "length"), [(40.0, 10.0, "30 mm"), (12.0, 9.0, "5 mm")]
)
def test_what_is_too_long_is_measured(used: float, left: float, length: str) -> None:
    """What is left on the last page is taken off; less than a line is a line."""
    layout = laid(
        line(),
        line(on=2),
        pages=2,
        rooms=(left, 250.0 - used),
        heights=(250.0, 250.0),
    )
    (diagnostic,) = page_limit(layout, office(page_limit=1))
    assert f"page 1 is {length} (" in diagnostic.message


def test_a_folded_sheet_has_panels() -> None:
    """What is too long for a sheet is told in panels."""
    layout = laid(line(), pages=7, rooms=(0.0,) * 7, heights=(180.0,) * 7)
    (diagnostic,) = page_limit(layout, folded(page_limit=6))
    assert "7 panels" in diagnostic.message


@pytest.mark.parametrize(
    ("fold", "pages", "found"),
    [
        ("none", 3, False),
        ("z", 6, False),
        ("z", 5, True),
        ("booklet", 8, False),
        ("booklet", 7, True),
        ("booklet", 9, True),
    ],
)
def test_folded_sheets_have_no_blank_page(fold: str, pages: int, found: bool) -> None:
    """Six panels, or a multiple of four pages."""
    made = office(fold=FOLDS[fold])
    codes = codes_of(sheets_filled(laid(line(), pages=pages), made))
    assert codes == ["blank-page"] * found


# --- What belongs together -------------------------------------------------------


@pytest.mark.parametrize(
    ("text_at", "pages", "found"),
    [(200.0, 2, True), (207.0, 2, False), (200.0, 1, False)],
)
def test_a_heading_is_not_the_last_of_its_page(
    text_at: float, pages: int, found: bool
) -> None:
    """A heading below all text is alone, but for the last page; one above is not."""
    heading = line("Alone", 203.5, key="h1")
    layout = laid(line(baseline=text_at), heading, pages=pages)
    made = office(passage(), passage("Alone", "h1"))
    assert codes_of(headings_have_text(layout, made)) == ["heading-alone"] * found


def test_a_block_that_is_split_is_told_where_it_begins() -> None:
    """The place is that of its first text."""
    layout = laid(line(), line(key="p2i1", on=2), split=("p2",), pages=2)
    made = office(passage(), passage(key="p2i1"))
    (diagnostic,) = blocks_whole(layout, made)
    assert (diagnostic.code, diagnostic.location.page) == ("split-box", 2)


BALANCE = tuple(
    passage(tag, f"q{number}", tags=(tag,))
    for number, tag in enumerate(("benefits", "death", "limits", "fertility"))
)
TOGETHER = (("benefits", ("death", "limits", "fertility")),)


@pytest.mark.parametrize(
    ("fold", "benefits_on", "harms_on", "found"),
    [
        ("none", 1, 1, False),
        ("none", 1, 2, True),
        # Pages 2 and 3 of a booklet face each other; 1 and 2, and 3 and 4, do not.
        ("booklet", 2, 3, False),
        ("booklet", 1, 2, True),
        ("booklet", 3, 4, True),
        # Of a Z-fold, pages 1, 5 and 6 stand on the front and 2 to 4 on the back.
        ("z", 2, 4, False),
        ("z", 4, 5, True),
    ],
)
def test_benefit_and_harm_are_seen_together(
    fold: str, benefits_on: int, harms_on: int, found: bool
) -> None:
    """On one page, or on two that lie open side by side."""
    made = office(*BALANCE, fold=FOLDS[fold], imposed=fold != "none", together=TOGETHER)
    pages = {"none": 2, "booklet": 8, "z": 6}[fold]
    fragments = [
        line(text.text, 50, key=text.key, on=benefits_on if number == 0 else harms_on)
        for number, text in enumerate(BALANCE)
    ]
    codes = codes_of(benefit_with_harm(laid(*fragments, pages=pages), made))
    assert codes == ["benefit-alone"] * found


@pytest.mark.parametrize("lacking", [1, 2, 3])
def test_each_harm_is_asked_for(lacking: int) -> None:
    """Death, limits and fertility: one that is on the next page is told by name."""
    fragments = [
        line(text.text, 50, key=text.key, on=2 if number == lacking else 1)
        for number, text in enumerate(BALANCE)
    ]
    (diagnostic,) = benefit_with_harm(
        laid(*fragments, pages=2), press(*BALANCE, together=TOGETHER)
    )
    assert diagnostic.message.endswith(BALANCE[lacking].text)


def test_what_the_family_does_not_put_together_may_stand_apart() -> None:
    """Benefit and harm of a leaflet whose kind asks for nothing are on two pages."""
    fragments = [
        line(text.text, 50, key=text.key, on=1 + number % 2)
        for number, text in enumerate(BALANCE)
    ]
    assert not codes_of(benefit_with_harm(laid(*fragments, pages=2), press(*BALANCE)))
