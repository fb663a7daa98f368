"""Margins: every page of every edition has room for text, on any paper and fold."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.pages.margins import FOLD_MARGIN, Frame, frames, gutter, shop_of
from leaflets.paper.fold import FLAT, FOLDS, Fold
from leaflets.paper.papers import PAPERS, Paper
from leaflets.paper.sheet import folds, panels, side_size
from leaflets.sources.project import Edition
from samples import SHOP

SHEET = Edition(
    name="sheet",
    template="sheet.html",
    papers=("A4",),
    size=12.0,
    smallest=10.0,
    pages=12,
    margin=8.0,
)
LARGE = replace(SHEET, name="large-print", size=18.0, smallest=16.0)
BESIDE = replace(SHEET, name="bilingual", template="bilingual.html", beside=("en",))
PROOF = replace(SHEET, name="proof", template="proof.html")
HALF = Fold("half", "half fold", edge="M5 5h38", shares=(1, 1), order=(2, 3, 4, 1))
"""A fold that the project does not have."""
papers = st.sampled_from(list(PAPERS.values()))


def only(edition: Edition, paper: str) -> Frame:
    """Frame an edition whose pages are all alike."""
    (frame,) = frames(edition, PAPERS[paper], right_to_left=False)
    return frame


@pytest.mark.parametrize(
    ("edition", "paper", "margins"),
    [
        (SHEET, "A4", (29.0, 18.0, 21.0, 18.0)),
        (SHEET, "Letter", (29.0, 20.95, 21.0, 20.95)),
        (LARGE, "A4", (10.0, 15.0, 28.0, 15.0)),
        (LARGE, "Letter", (10.0, 17.95, 28.0, 17.95)),
        (replace(SHEET, fold=FOLDS["booklet"]), "A4", (9.0, 13.0, 22.0, 13.0)),
        (BESIDE, "A4", (10.0, 18.0, 24.0, 18.0)),
        (BESIDE, "A5", (10.0, 148 / 14, 25.0, 148 / 14)),
        (replace(BESIDE, fold=FOLDS["booklet"]), "A4", (10.0, 13.0, 25.0, 13.0)),
        (PROOF, "A4", (29.0, 15.0, 20.0, 15.0)),
        (PROOF, "Letter", (29.0, 15.0, 20.0, 15.0)),
    ],
)
def test_margins_of_office_paper(
    edition: Edition, paper: str, margins: tuple[float, ...]
) -> None:
    """Lines are as long on Letter as on A4: top, right, bottom and left in mm."""
    found = only(edition, paper).margins
    assert (found.top, found.right, found.bottom, found.left) == pytest.approx(margins)


@given(papers, st.sampled_from([SHEET, LARGE]))
def test_small_paper_has_room_for_text(paper: Paper, edition: Edition) -> None:
    """A card is set with narrower margins, never with less than none."""
    (frame,) = frames(edition, paper, right_to_left=False)
    assert (frame.width, frame.height) == paper.size
    assert frame.measure > gutter(edition, frame) + 60
    assert frame.measure <= paper.width * 6 / 7 + 1e-3
    assert frame.margins.left >= edition.margin
    assert frame.height - frame.margins.top - frame.margins.bottom > paper.height / 2


@pytest.mark.parametrize("paper", PAPERS)
def test_margins_keep_what_the_edition_asks_for(paper: str) -> None:
    """An edition that wants more white at the trim gets it, on small paper too."""
    wide = only(replace(SHEET, margin=25.0), paper)
    assert wide.margins.left == wide.margins.right == 25.0


@given(
    papers,
    st.sampled_from([FOLDS["z"], FOLDS["c"], HALF]),
    st.booleans(),
    st.booleans(),
)
def test_panels_keep_away_from_folds_and_trim(
    paper: Paper, fold: Fold, right_to_left: bool, press: bool
) -> None:
    """Text stands 7 mm from every fold, 5 for a press; and each side has one head."""
    edition = replace(SHEET, fold=fold, shops=("europe",) if press else ())
    pages = frames(edition, paper, right_to_left=right_to_left)
    places = panels(fold, paper, pages=fold.panels, right_to_left=right_to_left)
    width, _ = side_size(fold, paper)
    creases = folds(fold, paper, right_to_left=right_to_left)
    for frame, place in zip(pages, places, strict=True):
        assert (frame.number, frame.width) == (place.page, place.width)
        left = place.left + frame.margins.left
        right = place.left + place.width - frame.margins.right
        near = FOLD_MARGIN - (2.0 if press else 0.0)
        for crease in creases[place.side - 1]:
            assert max(left - crease, crease - right) >= near - 1e-5
        assert left >= near
        assert right <= width - near
    heads = [
        place.side for frame, place in zip(pages, places, strict=True) if frame.head
    ]
    assert sorted(heads) == [1, 2]


@pytest.mark.parametrize(
    ("edition", "paper", "room"),
    [
        (SHEET, "A4", 14.0),
        (LARGE, "A4", 16.0),
        (SHEET, "A5", 9.5),
        (BESIDE, "A4", 9.5),
    ],
)
def test_paragraph_numbers_have_room(edition: Edition, paper: str, room: float) -> None:
    """Less of it on narrow pages, and where they stand at both sides."""
    assert gutter(edition, only(edition, paper)) == room


def test_a_shop_is_found_by_its_paper() -> None:
    """A press edition has one shop for each paper."""
    edition = replace(SHEET, shops=(SHOP.name,))
    assert shop_of(edition, SHOP.paper, (SHOP,)) is SHOP
    assert shop_of(edition, "A6", (SHOP,)) is None
    assert shop_of(replace(SHEET, fold=FLAT), SHOP.paper, (SHOP,)) is None
