"""Pairs: a leaflet in two languages, text by text, for two columns.

Takes the views of both, which have the same structure; gives rows of two, with the
number that stands in both margins.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leaflets.pages.views import LabelView, View


@dataclass(frozen=True, slots=True)
class Pair:
    """One row."""

    kind: str
    """heading, paragraph, item, step, figure or contacts."""
    number: int
    """Printed in both margins; 0 where the row has none."""
    place: int
    """1-based, of an item or step in its list."""
    views: tuple[View, View]
    """In the first language and in the second."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand in one box; `name` is its kind, empty outside of boxes."""

    name: str
    rows: tuple[Pair, ...]


def groups_of(first: tuple[View, ...], second: tuple[View, ...]) -> tuple[Group, ...]:
    """Pair two leaflets; ValueError where they differ in structure."""
    made: list[Group] = []
    for one, two in zip(first, second, strict=True):
        if one.kind == "box":
            rows = [
                row
                for pair in zip(one.children, two.children, strict=True)
                for row in _rows(*pair)
            ]
            if one.contacts:
                rows.append(Pair("contacts", 0, 0, (one, two)))
            made.append(Group(one.name, tuple(rows)))
        else:
            made.append(Group("", tuple(_rows(one, two))))
    return tuple(made)


def _rows(one: View, two: View) -> Iterator[Pair]:
    if one.kind in ("list", "steps"):
        kind = "item" if one.kind == "list" else "step"
        items = zip(one.children, two.children, strict=True)
        for place, pair in enumerate(items, 1):
            yield Pair(kind, one.number if place == 1 else 0, place, pair)
    else:
        number = one.number if one.kind == "paragraph" else 0
        yield Pair(one.kind, number, 0, (one, two))


def prefixed(view: View, prefix: str) -> View:
    """Give a view whose ids begin otherwise, so that two can share a page."""
    figure = view.figure
    if figure:
        labels = tuple(_label(one, prefix) for one in figure.labels)
        source = figure.source.replace("asset:", f"asset:{prefix}")
        figure = replace(figure, labels=labels, source=source)
    return replace(
        view,
        key=prefix + view.key,
        figure=figure,
        children=tuple(prefixed(one, prefix) for one in view.children),
    )


def _label(label: LabelView, prefix: str) -> LabelView:
    return replace(
        label,
        key=prefix + label.key,
        group=prefix + label.group,
        under=tuple(_label(one, prefix) for one in label.under),
    )
