"""Compositions: targets, choices, and where the pages of one stand."""

from dataclasses import replace

import pytest

from leaflets.pages.composition import Choice, Target
from leaflets.paper.fold import FLAT, FOLDS, Fold
from samples import composition

HALF = Fold("half", "half fold", edge="", shares=(1, 1), order=(2, 3, 4, 1))
Z, BOOKLET = FOLDS["z"], FOLDS["booklet"]


@pytest.mark.parametrize(
    ("fold", "pages", "sides", "views"),
    [
        (FLAT, 3, [1, 2, 3], [1, 2, 3]),
        (Z, 6, [1, 2, 2, 2, 1, 1], [1, 2, 2, 2, 1, 1]),
        (HALF, 4, [1, 2, 2, 1], [1, 2, 2, 1]),
        (BOOKLET, 4, [1, 2, 2, 1], [0, 1, 1, 2]),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_pages_stand_on_sides_and_are_seen_together(
    fold: Fold, pages: int, sides: list[int], views: list[int]
) -> None:
    """What lies open side by side is one view."""
    imposed = replace(composition(), fold=fold, imposed=fold.folded)
    assert [panel.side for panel in imposed.places(pages)] == sides
    assert list(imposed.views(pages).values()) == views


@pytest.mark.parametrize("fold", [Z, HALF], ids=lambda fold: fold.name)
def test_too_many_panels_go_to_further_sheets(fold: Fold) -> None:
    """So that all of what is too long can be shown."""
    imposed = replace(composition(), fold=fold, imposed=True)
    panels = imposed.places(fold.panels + 1)
    assert [panel.page for panel in panels] == list(range(1, 2 * fold.panels + 1))
    assert {panel.side for panel in panels} == {1, 2, 3, 4}
    first, further = panels[: fold.panels], panels[fold.panels :]
    assert [panel.left for panel in first] == [panel.left for panel in further]


def test_single_pages_are_not_folded() -> None:
    """A shop that imposes a booklet itself gets its pages one by one."""
    single = replace(
        composition(), fold=BOOKLET, imposed=False, page_size=(148.5, 210.0)
    )
    assert [panel.side for panel in single.places(5)] == [1, 2, 3, 4, 5]
    assert single.side_size == (148.5, 210.0)
    assert single.folds == ((), ())
    assert list(single.views(5).values()) == [0, 1, 1, 2, 2]


def test_a_sheet_lies_on_its_long_edge() -> None:
    """The size of a side and its folds follow from the target's paper."""
    letter = Target("a", "en", "trifold", "Letter")
    imposed = replace(composition(letter), fold=Z, imposed=True)
    assert imposed.paper.name == "Letter"
    assert imposed.side_size == (279.4, 215.9)
    front, back = imposed.folds
    assert front == pytest.approx((279.4 / 3, 2 * 279.4 / 3))
    assert back == pytest.approx(front)


def test_a_target_names_its_languages() -> None:
    """The reader's first; and the choice of one takes it."""
    target = Target("a", "ar+en", "bilingual", "A4")
    assert target.locales == ("ar", "en")
    assert str(target) == "ar+en/a.bilingual.A4"
    assert Choice(locales=("ar",)).takes_part("ar+en")
    assert not Choice(locales=("en",)).takes_part("ar+en")


def test_every_target_is_in_one_shard() -> None:
    """Machines that share the work leave nothing out and do nothing twice."""
    shards = [Choice(shard=(number, 3)) for number in (1, 2, 3)]
    for name in "abcdefghij":
        target = Target(name, "en", "sheet", "A4")
        assert sum(shard.takes(target) for shard in shards) == 1
