"""Pairs: a leaflet in two languages, text by text, for two columns.

Takes the views of both, which have the same structure; gives rows of two, with the
number that stands in both margins.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leaflets.pages.contract import ASSET
from leaflets.pages.views import Entry, LabelView, View


@dataclass(frozen=True, slots=True)
class Pair:
    """One row."""

    kind: str
    """heading, paragraph, item, step, row, label, lead, value, sources, figure or contacts."""
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
    return tuple(_group(view, other) for view, other in zip(first, second, strict=True))


def _group(view: View, other: View) -> Group:
    """Pair a block, or all that a box holds."""
    if view.kind != "box":
        return Group("", tuple(_rows(view, other)))
    children = zip(view.children, other.children, strict=True)
    rows = [row for pair in children for row in _rows(*pair)]
    if view.contacts:
        rows.append(Pair("contacts", 0, 0, (view, other)))
    return Group(view.name, tuple(rows))


def _rows(view: View, other: View) -> Iterator[Pair]:
    if view.kind in ("list", "steps"):
        kind = "item" if view.kind == "list" else "step"
        items = zip(view.children, other.children, strict=True)
        for place, pair in enumerate(items, 1):
            yield Pair(kind, view.number if place == 1 else 0, place, pair)
    elif view.kind in ("table", "terms"):
        yield from _pairs(view, other)
    else:
        number = view.number if view.kind == "paragraph" else 0
        yield Pair(view.kind, number, 0, (view, other))


def _pairs(view: View, other: View) -> Iterator[Pair]:
    """Pair the headings and values of a table, or terms, each in a row of its own.

    Side by side a heading may take one line in a language and two in the other; what
    follows it would not begin beside its other language.
    """
    number = view.number
    for group, others in zip(view.entries, other.entries, strict=True):
        for entry, beside in zip(group, others, strict=True):
            first = entry is group[0]
            labels = _label(view, entry), _label(other, beside)
            yield Pair("row" if first else "label", number, 0, labels)
            number = 0
            for pair in zip(entry.values, beside.values, strict=True):
                lead = first and view.kind == "table"
                yield Pair("lead" if lead else "value", 0, 0, pair)
    if view.cites:
        yield Pair("sources", 0, 0, (view, other))


def _label(view: View, entry: Entry) -> View:
    """View the heading of an entry of a table or terms by itself."""
    html, key = entry.label, entry.key
    return replace(view, kind="label", key=key, html=html, cites=(), children=())


def prefixed(view: View, prefix: str) -> View:
    """Begin the ids of a view otherwise, so that two can share a page."""
    figure = view.figure
    if figure:
        labels = tuple(_prefixed_label(label, prefix) for label in figure.labels)
        source = ASSET + prefix + figure.source.removeprefix(ASSET)
        figure = replace(figure, labels=labels, source=source)
    return replace(
        view,
        key=prefix + view.key,
        figure=figure,
        children=tuple(prefixed(child, prefix) for child in view.children),
    )


def _prefixed_label(label: LabelView, prefix: str) -> LabelView:
    return replace(
        label,
        key=prefix + label.key,
        group=prefix + label.group,
        under=tuple(_prefixed_label(under, prefix) for under in label.under),
    )
