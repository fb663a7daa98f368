"""A fold says what follows from it, and a new one needs nothing else."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.paper.fold import FLAT, FOLDS, Fold

ROOT = Path(__file__).resolve().parents[2]
HALF = Fold("half", "half fold", edge="M5 5h38", shares=(1, 1), order=(2, 3, 4, 1))


@pytest.mark.parametrize(
    ("fold", "folded", "opens_flat", "stapled", "panels", "page"),
    [
        (FLAT, False, False, False, 2, "page"),
        (FOLDS["z"], True, True, False, 6, "panel"),
        (FOLDS["c"], True, True, False, 6, "panel"),
        (FOLDS["booklet"], True, False, True, 4, "page"),
        (HALF, True, True, False, 4, "panel"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_follows_from_a_fold(
    fold: Fold, folded: bool, opens_flat: bool, stapled: bool, panels: int, page: str
) -> None:
    """Panels, sheets and words are computed, not listed."""
    assert (fold.folded, fold.opens_flat, fold.stapled) == (folded, opens_flat, stapled)
    assert (fold.panels, fold.page_name) == (panels, page)


def test_folds_are_found_by_their_names() -> None:
    """The table's keys are the names, each with words for people and a picture."""
    for name, fold in FOLDS.items():
        assert fold.name == name
        assert fold.label
        assert re.fullmatch(r"[MmLlHhVvZz\d\s.-]+", fold.edge)
    assert len({fold.label for fold in FOLDS.values()}) == len(FOLDS)


@given(st.sampled_from([*FOLDS.values(), HALF]), st.integers(1, 60))
def test_as_few_sheets_as_needed(fold: Fold, pages: int) -> None:
    """The sheets hold all pages, and one sheet less does not."""
    sheets = fold.sheets_of(pages)
    assert (sheets - 1) * fold.panels < pages <= sheets * fold.panels


@given(st.sampled_from([*FOLDS.values(), HALF]), st.integers(1, 60))
def test_padding_fills_sheets_and_hides_nothing(fold: Fold, pages: int) -> None:
    """Padded pages are never fewer, and padding again adds nothing."""
    padded = fold.padded(pages)
    assert padded >= pages
    assert fold.padded(padded) == padded
    if fold.stapled:
        assert padded % fold.panels == 0
    if fold.opens_flat and pages > fold.panels:
        assert padded == pages


@pytest.mark.parametrize(
    ("fold", "views"),
    [
        (FLAT, [1, 2, 3, 4]),
        (FOLDS["z"], [1, 1, 2, 2]),
        (FOLDS["booklet"], [0, 1, 1, 2]),
        (HALF, [1, 1, 2, 2]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_what_is_seen_together(fold: Fold, views: list[int]) -> None:
    """Panels of a side, two pages of a booklet, or a page alone."""
    sides = [1, 1, 2, 2]
    seen = [fold.view_of(page, side) for page, side in enumerate(sides, 1)]
    assert seen == views


def test_an_order_that_leaves_a_panel_out_is_refused() -> None:
    """Each page has one panel, or the fold is no fold."""
    with pytest.raises(ValueError, match="order of odd"):
        Fold("odd", "", edge="", shares=(1, 1), order=(1, 2, 3, 3))


def test_only_one_module_knows_the_names_of_folds() -> None:
    """Nothing but the table compares a fold with its name, in code or in a template."""
    names = "|".join(FOLDS)
    compared = re.compile(rf'fold(?:\.name)?\s*(?:[=!]=|in)\s*\(?"(?:{names})"')
    files = [*ROOT.glob("src/leaflets/**/*.py"), *ROOT.glob("templates/*")]
    assert len(files) > 150
    assert [path.name for path in files if compared.search(path.read_text())] == []
