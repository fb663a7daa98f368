"""Search: the largest type that fits, from few layouts.

Takes what a layout at one step gave and chooses the step to lay out next; lays nothing
out itself.  What is chosen has been laid out, and the step before it too.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

PANELS_FULL = 0.8
"""How much of all panels is filled where one step more no longer fits: boxes that stand
whole leave white behind.  Mean of twelve leaflets in as many languages."""
TOO_LONG = 1.12
"""The same of a layout that was stopped: letters in all, by those on its pages."""
SPACING = 0.12
"""How much of the distance of lines the smallest step gives up."""


class Fit(IntEnum):
    """How well a layout fits; more is better."""

    NOT = 0
    FRAME_IN_FOOT = 1
    """All is on its pages, and the frame of a box reaches into the foot of one."""
    FULL = 2
    """All is on its pages, and one line more would be too long."""
    WITH_SLACK = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a layout at one step came to."""

    fit: Fit
    filled: float | None = None
    """How much of the room the text takes, more than 1 where it is too long; None
    where what it stopped at tells nothing of its length."""


Judge = Callable[[int, Fit], Outcome]
"""Lays out at a step; may stop as soon as it is seen to fit worse than the second."""


def largest(
    sizes: Sequence[float], *, reserve: bool, panels: bool, judge: Judge
) -> int:
    """Find the largest step that fits with slack; the next best where none does.

    `sizes` are those in pt of all steps, the unchanged one first; the reserve is the
    step after them.  A sheet of panels is mostly full, so its search begins below the
    middle.  Where none fits with slack it is the smallest type that is full; then the
    largest that stands on its pages at all; then the last step, which fits no better.
    """
    outcomes: dict[int, Outcome] = {}

    def fit(step: int) -> Fit:
        if step not in outcomes:
            outcomes[step] = judge(step, Fit.FULL)
        return outcomes[step].fit

    unfit, fits = -1, len(sizes)
    probe = len(sizes) * 2 // 3 if panels else 0
    while fits - unfit > 1:
        if fit(probe) == Fit.WITH_SLACK:
            fits = probe
        else:
            unfit = probe
        guess = _next(sizes, probe, outcomes[probe], panels, (unfit, fits))
        probe = min(max(guess, unfit + 1), fits - 1)
    if fits < len(sizes):
        return fits
    # What fits does not always fit when smaller: breaks fall otherwise.
    every = range(len(sizes) + reserve)
    for step in every:
        if fit(step) == Fit.WITH_SLACK:
            return step
    if full := [step for step in every if fit(step) == Fit.FULL]:
        return full[-1]
    in_foot = (
        step
        for step in every
        if fit(step) == Fit.FRAME_IN_FOOT
        and judge(step, Fit.FRAME_IN_FOOT).fit == Fit.FRAME_IN_FOOT
    )
    return next(in_foot, every[-1])


def _next(
    sizes: Sequence[float],
    probe: int,
    outcome: Outcome,
    panels: bool,
    between: tuple[int, int],
) -> int:
    """Guess from what one layout fills which step fills all.

    Of many pages it is a box that does not stand whole, and no guess helps.
    """
    if not panels:
        return probe + 1
    if outcome.filled is None:
        return sum(between) // 2
    most = TOO_LONG if outcome.filled > 1 else PANELS_FULL
    room = most * _area(sizes, probe) / outcome.filled
    steps = (step for step in range(len(sizes)) if _area(sizes, step) <= room)
    return next(steps, len(sizes))


def _area(sizes: Sequence[float], step: int) -> float:
    """Estimate in proportion how much room a text needs at a step."""
    part = step / max(len(sizes) - 1, 1)
    return sizes[step] ** 2 * (1 - SPACING * part)
