"""Opposites: words that turn an advice round when one is written for the other.

The shape of the tables `[opposites.…]` of a language's file: each kind has its two
sides and no others, so that a typing slip is told (docs/languages.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from leaflets.languages import tables

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoSides:
    """What all kinds have in common."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    neither: Words = ()
    """Phrases with a word of one side that stand for none ("look after")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Time(TwoSides):
    """Ask before the first tablet, or after it."""

    before: Words
    after: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(TwoSides):
    """A risk that becomes higher, or lower."""

    up: Words
    down: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome(TwoSides):
    """Somebody gets better, or worse."""

    better: Words
    worse: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit(TwoSides):
    """The least that is needed, or the most that is allowed."""

    at_least: Words
    at_most: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(TwoSides):
    """More than a number, or less."""

    more_than: Words
    less_than: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency(TwoSides):
    """What happens often, or rarely."""

    often: Words
    rarely: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Urgency(TwoSides):
    """What cannot wait, or can."""

    now: Words
    later: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty(TwoSides):
    """What must be done, or may be."""

    must: Words
    may: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Course(TwoSides):
    """To start a treatment, or to stop it."""

    start: Words
    stop: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Side(TwoSides):
    """The left arm, or the right one."""

    left: Words
    right: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety(TwoSides):
    """What does no harm, or does."""

    safe: Words
    unsafe: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Opposites:
    """All kinds; nothing is looked for of one that is left out."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    time: Time | None = None
    change: Change | None = None
    outcome: Outcome | None = None
    least: Limit | None = None
    more: Amount | None = None
    frequency: Frequency | None = None
    urgency: Urgency | None = None
    duty: Duty | None = None
    begin: Course | None = None
    side: Side | None = None
    safety: Safety | None = None


def kinds_of(opposites: Opposites) -> Iterator[tuple[str, dict[str, Words]]]:
    """List the kinds that are filled, each with its words by side.

    >>> list(kinds_of(Opposites(side=Side(left=("links",), right=("rechts",)))))
    [('side', {'neither': (), 'left': ('links',), 'right': ('rechts',)})]
    """
    for kind in fields(opposites):
        sides = getattr(opposites, kind.name)
        if sides is not None:
            yield (
                kind.name,
                {side.name: getattr(sides, side.name) for side in fields(sides)},
            )
