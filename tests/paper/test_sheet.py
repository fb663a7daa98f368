"""Sheets fold into what a reader expects: geometry without paper."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.paper.fold import FLAT, FOLDS, Fold
from leaflets.paper.papers import PAPERS, Paper
from leaflets.paper.sheet import (
    Panel,
    folds,
    mirror,
    panels,
    side_size,
    widths,
)

Z, C, BOOKLET = FOLDS["z"], FOLDS["c"], FOLDS["booklet"]
HALF = Fold("half", "half fold", edge="", shares=(1, 1), order=(2, 3, 4, 1))
"""A fold that the project does not have: what follows from it is computed."""
GATE = Fold("gate", "gate fold", edge="", shares=(1, 2, 1), order=(1, 3, 4, 5, 6, 2))
papers = st.sampled_from(list(PAPERS.values()))
threes = st.sampled_from([Z, C])
opened = st.sampled_from([Z, C, HALF, GATE])
directions = st.booleans()
booklets = st.integers(1, 12).map(lambda sheets: 4 * sheets)
calipers = st.sampled_from([0.0, 0.1, 0.137, 0.25])
lengths = st.integers(0, 300_000).map(lambda micrometres: micrometres / 1000)


def placed(
    fold: Fold, paper: Paper, right_to_left: bool, pages: int = 6, caliper: float = 0.0
) -> tuple[Panel, ...]:
    """Place all pages of a sheet or booklet."""
    return panels(
        fold, paper, pages=pages, right_to_left=right_to_left, caliper=caliper
    )


def at(places: tuple[Panel, ...], side: int, x: float) -> int:
    """Look which page is seen on a side, so far from its left edge."""
    (found,) = [
        one.page
        for one in places
        if one.side == side and one.left < x < one.left + one.width
    ]
    return found


def row(places: tuple[Panel, ...], side: int) -> list[Panel]:
    """List the places of a side from left to right."""
    return sorted((one for one in places if one.side == side), key=lambda one: one.left)


def behind(places: tuple[Panel, ...], one: Panel, width: float) -> int:
    """Find the page on the back of a place; the sheet is turned left to right."""
    other = one.side + 1 if one.side % 2 else one.side - 1
    return at(places, other, width - one.left - one.width / 2)


def assert_tiled(
    places: tuple[Panel, ...], sides: int, size: tuple[float, float]
) -> None:
    """Make sure that each side is covered from edge to edge, once."""
    assert {one.side for one in places} == set(range(1, sides + 1))
    width, height = size
    for side in range(1, sides + 1):
        ends = [(one.left, one.left + one.width) for one in row(places, side)]
        assert ends[0][0] == 0
        assert ends[-1][1] == pytest.approx(width, abs=1e-5)
        for (_, end), (start, _) in pairwise(ends):
            assert start == pytest.approx(end, abs=1e-5)
        assert {(one.top, one.height) for one in row(places, side)} == {(0.0, height)}


@given(opened, papers, directions)
def test_panels_of_a_folded_sheet_tile_both_sides(
    fold: Fold, paper: Paper, right_to_left: bool
) -> None:
    """All panels cover front and back without gap or overlap."""
    places = placed(fold, paper, right_to_left, fold.panels)
    assert_tiled(places, 2, side_size(fold, paper))
    assert [one.page for one in places] == list(range(1, fold.panels + 1))


@given(papers, directions, booklets, calipers)
def test_pages_of_a_booklet_tile_all_sides(
    paper: Paper, right_to_left: bool, pages: int, caliper: float
) -> None:
    """Two pages cover each side; every page has one place, in reading order."""
    places = placed(BOOKLET, paper, right_to_left, pages, caliper)
    assert_tiled(places, pages // 2, side_size(BOOKLET, paper))
    assert [one.page for one in places] == list(range(1, pages + 1))


@given(papers, directions, st.integers(1, 20))
def test_sheets_that_are_not_folded_hold_a_page_a_side(
    paper: Paper, right_to_left: bool, pages: int
) -> None:
    """Without a fold a page is the whole side, upright."""
    places = placed(FLAT, paper, right_to_left, pages)
    assert_tiled(places, pages, paper.size)
    assert [one.side for one in places] == [one.page for one in places]


@pytest.mark.parametrize(
    ("paper", "unit", "wanted"),
    [("A4", 1.0, (97, 100, 100)), ("Letter", 25.4, (3.625, 3.6875, 3.6875))],
)
def test_the_folded_in_panel_is_narrower(
    paper: str, unit: float, wanted: tuple[float, float, float]
) -> None:
    """C-folds have the widths that print shops use."""
    assert [one / unit for one in widths(C, PAPERS[paper])] == pytest.approx(wanted)


@given(papers)
def test_a_zigzag_has_equal_panels(paper: Paper) -> None:
    """No panel of a zigzag is folded in, so none is narrower."""
    assert len({round(one, 9) for one in widths(Z, paper)}) == 1


@given(papers, directions)
def test_the_flap_and_its_back_are_the_narrow_ones(
    paper: Paper, right_to_left: bool
) -> None:
    """In a C-fold page 2 is the flap and page 5 its back; all others are wide."""
    places = placed(C, paper, right_to_left)
    widest = max(one.width for one in places)
    narrow = [one.page for one in places if one.width < widest - 0.1]
    assert narrow == [2, 5]
    assert widest - places[1].width == pytest.approx(paper.folded_in, abs=1e-5)
    assert behind(places, places[1], side_size(C, paper)[0]) == 5


@given(opened, papers, directions)
def test_panels_lie_back_to_back(fold: Fold, paper: Paper, right_to_left: bool) -> None:
    """A panel's back is as wide as it, and behind it edge to edge."""
    places = placed(fold, paper, right_to_left, fold.panels)
    width, _ = side_size(fold, paper)
    for one in places:
        back = places[behind(places, one, width) - 1]
        assert back.width == one.width
        assert back.left == pytest.approx(width - one.left - one.width, abs=1e-5)


@given(lengths, lengths, lengths, lengths, lengths)
def test_mirroring_twice_changes_nothing(
    left: float, top: float, width: float, shift: float, side: float
) -> None:
    """What is turned round twice is where it was."""
    panel = Panel(1, 1, left, top, width, 210.0, shift - 150)
    assert mirror(mirror(panel, side), side) == panel


@given(threes, papers)
def test_right_to_left_is_the_mirror_image(fold: Fold, paper: Paper) -> None:
    """Both directions differ in nothing but left and right."""
    width, _ = side_size(fold, paper)
    turned = tuple(mirror(one, width) for one in placed(fold, paper, False))
    assert placed(fold, paper, True) == turned


@given(st.sampled_from([Z, C, HALF, BOOKLET]), papers, directions)
def test_the_cover_has_its_fold_at_the_spine(
    fold: Fold, paper: Paper, right_to_left: bool
) -> None:
    """Page 1 is outermost on the front; its inner edge is a fold, as a book's."""
    pages = 8 if fold == BOOKLET else fold.panels
    cover = placed(fold, paper, right_to_left, pages)[0]
    front, _ = folds(fold, paper, right_to_left=right_to_left)
    width, _ = side_size(fold, paper)
    assert cover.side == 1
    if right_to_left:
        assert cover.left == 0
        assert cover.width == pytest.approx(front[0], abs=1e-5)
    else:
        assert cover.left + cover.width == pytest.approx(width, abs=1e-5)
        assert cover.left == pytest.approx(front[-1], abs=1e-5)


@given(st.sampled_from([Z, C, HALF, BOOKLET]), papers, directions)
def test_folds_run_between_panels(
    fold: Fold, paper: Paper, right_to_left: bool
) -> None:
    """A side is folded where two panels meet and nowhere else."""
    pages = 8 if fold == BOOKLET else fold.panels
    places = placed(fold, paper, right_to_left, pages)
    found = folds(fold, paper, right_to_left=right_to_left)
    for side in (1, 2):
        edges = [one.left for one in row(places, side)][1:]
        assert list(found[side - 1]) == pytest.approx(edges, abs=1e-5)


@given(st.sampled_from([Z, C, HALF, BOOKLET]), papers, directions)
def test_a_fold_is_one_line_through_the_paper(
    fold: Fold, paper: Paper, right_to_left: bool
) -> None:
    """The folds of the back are those of the front seen from behind."""
    front, back = folds(fold, paper, right_to_left=right_to_left)
    width, _ = side_size(fold, paper)
    assert [width - one for one in reversed(front)] == pytest.approx(back)


def test_an_unfolded_sheet_has_no_folds() -> None:
    """Nothing is marked where nothing is folded."""
    assert folds(FLAT, PAPERS["A4"]) == ((), ())


def read(places: tuple[Panel, ...], width: float, right_to_left: bool) -> list[int]:
    """Fold all sheets of a booklet, nest them, and leaf through it.

    Fronts are outside.  Of each sheet the half with the lower pages is a leaf at the
    beginning, seen first on the front and then, turned, on the back; the other half
    is a leaf at the end.  Inner sheets are read between the two.
    """
    # A booklet read from the left opens with the right half of the front.
    first, last = width * 3 / 4, width / 4
    if right_to_left:
        first, last = last, first
    beginning: list[int] = []
    end: list[int] = []
    for front in range(1, max(one.side for one in places), 2):
        back = front + 1
        beginning += [at(places, front, first), at(places, back, width - first)]
        end[:0] = [at(places, back, width - last), at(places, front, last)]
    return beginning + end


@given(papers, directions, booklets)
def test_a_folded_booklet_is_read_in_order(
    paper: Paper, right_to_left: bool, pages: int
) -> None:
    """Folded, nested and leafed through, a booklet shows its pages 1 to n."""
    places = placed(BOOKLET, paper, right_to_left, pages)
    width, _ = side_size(BOOKLET, paper)
    assert read(places, width, right_to_left) == list(range(1, pages + 1))


@given(papers, directions, booklets)
def test_a_leaf_has_an_odd_page_and_the_next_behind_it(
    paper: Paper, right_to_left: bool, pages: int
) -> None:
    """Pages 1 and 2 are one leaf, 3 and 4 the next, to the end."""
    places = placed(BOOKLET, paper, right_to_left, pages)
    width, _ = side_size(BOOKLET, paper)
    for one in places[::2]:
        assert behind(places, one, width) == one.page + 1


@given(papers, directions, st.sampled_from([Z, C]))
def test_opened_sheets_show_their_pages_in_order(
    paper: Paper, right_to_left: bool, fold: Fold
) -> None:
    """A zigzag opens to 2, 3, 4; a C-fold to 3, 4, 5, its flap first beside 3."""
    places = placed(fold, paper, right_to_left)
    back = [one.page for one in row(places, 2)]
    front = [one.page for one in row(places, 1)]
    wanted = {"z": ([5, 6, 1], [2, 3, 4]), "c": ([2, 6, 1], [3, 4, 5])}[fold.name]
    if right_to_left:
        front, back = front[::-1], back[::-1]
    assert (front, back) == wanted


@given(papers, directions, booklets, st.sampled_from([0.1, 0.137, 0.25]))
def test_creep_moves_pages_towards_the_fold(
    paper: Paper, right_to_left: bool, pages: int, caliper: float
) -> None:
    """Nothing on the outermost sheet; one thickness more on each one inside it."""
    places = placed(BOOKLET, paper, right_to_left, pages, caliper)
    half = side_size(BOOKLET, paper)[0] / 2
    for one in places:
        wanted = (one.side - 1) // 2 * caliper
        towards = 1 if one.left < half - 1 else -1
        assert one.shift * towards == pytest.approx(wanted, abs=1e-6)


@given(threes, papers, directions)
def test_sheets_folded_twice_do_not_creep(
    fold: Fold, paper: Paper, right_to_left: bool
) -> None:
    """The thickness of the paper moves the pages of booklets only."""
    places = placed(fold, paper, right_to_left, caliper=0.25)
    assert {one.shift for one in places} == {0.0}


@given(threes, papers, st.integers(0, 40).filter(lambda one: one != 6))
def test_a_sheet_folded_twice_has_six_panels(
    fold: Fold, paper: Paper, pages: int
) -> None:
    """Any other number of pages is refused."""
    with pytest.raises(ValueError, match="has 6 panels"):
        panels(fold, paper, pages=pages)


@given(papers, st.integers(0, 60).filter(lambda one: one % 4 or not one))
def test_a_booklet_has_whole_sheets(paper: Paper, pages: int) -> None:
    """A booklet without pages, or with a part of a sheet, is refused."""
    with pytest.raises(ValueError, match="multiple of 4"):
        panels(BOOKLET, paper, pages=pages)


@given(st.integers(1, 60))
def test_a_booklet_is_padded_to_whole_sheets(pages: int) -> None:
    """As few pages as needed are added, and the result can be placed."""
    whole = BOOKLET.padded(pages)
    assert 0 <= whole - pages < 4
    assert len(panels(BOOKLET, PAPERS["A4"], pages=whole)) == whole


@given(threes, st.integers(1, 6))
def test_a_sheet_folded_twice_is_padded_to_six(fold: Fold, pages: int) -> None:
    """Panels that are not filled exist all the same."""
    assert len(panels(fold, PAPERS["A4"], pages=fold.padded(pages))) == 6


@given(threes, st.integers(7, 20))
def test_too_many_pages_are_not_hidden(fold: Fold, pages: int) -> None:
    """What does not fit on six panels stays too much, so that it is refused."""
    assert fold.padded(pages) == pages


@given(papers)
def test_nothing_creeps_unless_a_caliper_is_told(paper: Paper) -> None:
    """An office's booklet is not moved, and lines run from the left unless told."""
    places = panels(BOOKLET, paper, pages=12)
    assert {panel.shift for panel in places} == {0.0}
    assert places == placed(BOOKLET, paper, False, 12)
    assert folds(C, paper) == folds(C, paper, right_to_left=False)


@given(threes, papers, directions)
def test_places_are_told_to_a_nanometre(
    fold: Fold, paper: Paper, right_to_left: bool
) -> None:
    """No tail of a division by three reaches a file."""
    for panel in placed(fold, paper, right_to_left):
        assert panel.left == round(panel.left, 6)
        assert panel.width == round(panel.width, 6)
