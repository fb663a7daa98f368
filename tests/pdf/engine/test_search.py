"""The largest type that fits is found, and few layouts are made for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.pdf.engine.search import Fit, Outcome, largest

SIZES = tuple(12 - 0.15 * step for step in range(11))
FILLED = st.none() | st.floats(0.01, 5)
OUTCOMES = st.builds(Outcome, st.sampled_from(Fit), FILLED)


class Layouts:
    """Answers for the engine, and counts how often it is asked."""

    def __init__(
        self, outcomes: list[Outcome], in_foot: list[bool] | None = None
    ) -> None:
        self.outcomes, self.in_foot = outcomes, in_foot
        self.asked: list[tuple[int, Fit]] = []

    def __call__(self, step: int, floor: Fit) -> Outcome:
        self.asked.append((step, floor))
        if floor < Fit.FULL and self.in_foot and not self.in_foot[step]:
            return Outcome(Fit.NOT)
        return self.outcomes[step]


@given(st.integers(0, 11), st.booleans(), st.lists(FILLED, min_size=12, max_size=12))
def test_what_fits_from_a_step_on_is_found(
    first: int, panels: bool, filled: list[float | None]
) -> None:
    """However wrong the guesses are, the first step that fits is chosen."""
    fits = [step >= first for step in range(12)]
    outcomes = [
        Outcome(Fit.WITH_SLACK if fit else Fit.NOT, much)
        for fit, much in zip(fits, filled, strict=True)
    ]
    layouts = Layouts(outcomes)
    step = largest(SIZES, reserve=True, panels=panels, judge=layouts)

    assert step == first
    assert len(layouts.asked) == len(set(layouts.asked)) <= 12


@given(
    st.lists(OUTCOMES, min_size=12, max_size=12),
    st.lists(st.booleans(), min_size=12, max_size=12),
    st.booleans(),
)
def test_the_best_there_is_is_chosen(
    outcomes: list[Outcome], in_foot: list[bool], panels: bool
) -> None:
    """With slack where a step has it, then the smallest full one, then what stands."""
    layouts = Layouts(outcomes, in_foot)
    step = largest(SIZES, reserve=True, panels=panels, judge=layouts)
    fits = [outcome.fit for outcome in outcomes]
    stands = [
        step
        for step, fit in enumerate(fits)
        if fit == Fit.FRAME_IN_FOOT and in_foot[step]
    ]

    if Fit.WITH_SLACK in fits:
        assert fits[step] == Fit.WITH_SLACK
        assert step == 0 or fits[step - 1] < Fit.WITH_SLACK
        assert step == 0 or (step - 1, Fit.FULL) in layouts.asked
    elif Fit.FULL in fits:
        assert step == max(step for step, fit in enumerate(fits) if fit == Fit.FULL)
    else:
        assert step == (stands[0] if stands else 11)
    assert len(layouts.asked) == len(set(layouts.asked))


@pytest.mark.parametrize("panels", [False, True])
def test_without_a_reserve_none_is_asked_for(panels: bool) -> None:
    """Where nothing fits, the smallest step is the last."""
    layouts = Layouts([Outcome(Fit.NOT)] * 11)

    assert largest(SIZES, reserve=False, panels=panels, judge=layouts) == 10
    assert {step for step, _ in layouts.asked} == set(range(11))


def test_what_fits_at_once_is_laid_out_once() -> None:
    """Most leaflets of many pages need no smaller type."""
    layouts = Layouts([Outcome(Fit.WITH_SLACK, 0.3)] * 12)

    assert largest(SIZES, reserve=True, panels=False, judge=layouts) == 0
    assert layouts.asked == [(0, Fit.FULL)]


def test_a_guess_spares_layouts() -> None:
    """Panels whose filling tells the truth need no more than three of eleven."""
    for first in range(1, 11):
        areas = [size**2 * (1 - 0.012 * step) for step, size in enumerate(SIZES)]
        fits = [0.8 * area / areas[first] for area in areas]
        outcomes = [
            Outcome(Fit.WITH_SLACK, much)
            if step >= first
            else Outcome(Fit.NOT, much / 0.8 * 1.12)
            for step, much in enumerate(fits)
        ]
        layouts = Layouts([*outcomes, Outcome(Fit.WITH_SLACK, 0.5)])

        assert largest(SIZES, reserve=True, panels=True, judge=layouts) == first
        assert len(layouts.asked) <= 3, (first, layouts.asked)
