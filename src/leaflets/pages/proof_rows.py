"""Proofs: a leaflet's texts beside their sources, for reviewers who mark by hand.

Takes a localized leaflet; gives one row per text, with all that a reviewer asks for:
where it stands, the source, the words, the values behind placeholders, the notes of
the authors, and whether it changed since somebody signed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leaflets.languages.locale import NO_BREAK, Locale, format_value
from leaflets.pages.html import Html, html_of
from leaflets.pages.views import FigureView, figure_view
from leaflets.sources.catalogs.localize import (
    PLACEHOLDER,
    Localized,
    source_spans,
)
from leaflets.sources.content.evidence import Evidence, Value
from leaflets.sources.content.keys import label_key
from leaflets.sources.content.markdown import Block, Segment


@dataclass(frozen=True, slots=True)
class Row:
    """One text of a proof."""

    key: str
    own: bool
    """Whether the words stand here only; a label's stand in its drawing as well."""
    kind: str
    where: str
    """The paragraph's number in the margin, or what the text is."""
    line: int
    """Of the translation in its catalog, else of the source in its file."""
    source: Html
    html: Html
    notes: tuple[str, ...]
    changed: bool
    figure: FigureView | None = None


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of placeholders, by their names."""

    values: Mapping[str, Value]
    locale: Locale
    """What the source is written in."""
    notes: Mapping[str, str]
    """The value and its sources, in words."""


def rows_of(
    localized: Localized, evidence: Evidence, source: Locale
) -> tuple[Row, ...]:
    """List a leaflet's texts in reading order, labels after their drawing."""
    document = localized.document
    facts = _Facts(evidence.by_placeholder(), source, dict(_facts(evidence, source)))
    rows = [
        _row(localized, facts, document.title),
        _row(localized, facts, document.promise),
    ]
    for block in document.blocks:
        rows.extend(_rows(localized, facts, block))
    return tuple(rows)


def _facts(evidence: Evidence, source: Locale) -> Iterator[tuple[str, str]]:
    """Write the value and the sources behind each placeholder, by its name."""
    for name, value in evidence.by_placeholder().items():
        text = format_value(value.value, value.form, source)
        yield name, f"{name} = {text} ({', '.join(value.sources)})"


def _rows(localized: Localized, facts: _Facts, block: Block) -> Iterator[Row]:
    notes = (f"For the reviewer: {block.review}",) if block.review else ()
    if block.segment and block.kind != "figure":
        yield _row(localized, facts, block.segment, notes)
        notes = ()
    for child in block.children:
        yield from _rows(localized, facts, child)
    if block.kind == "figure" and block.segment and block.alt:
        figure = localized.figures[block.name]
        view = figure_view(figure, "", localized)
        yield _row(localized, facts, block.segment, notes, figure=view)
        yield _row(localized, facts, block.alt)
        for label in figure.labels:
            words = localized.words.get(label_key(figure.path, label.id))
            if words:
                yield _row(localized, facts, words.segment, own=False)


def _row(
    localized: Localized,
    facts: _Facts,
    segment: Segment,
    notes: tuple[str, ...] = (),
    *,
    own: bool = True,
    figure: FigureView | None = None,
) -> Row:
    words = localized.words[segment.key]
    place = words.translation or segment.location
    spans = source_spans(segment.text, facts.locale, facts.values)
    names = dict.fromkeys(PLACEHOLDER.findall(segment.text))
    return Row(
        key=segment.key,
        own=own,
        kind=segment.kind.partition(" of ")[0].partition(" in ")[0],
        where=f"¶{NO_BREAK}{segment.paragraph}" if segment.paragraph else "",
        line=place.line,
        source=html_of(spans),
        html=html_of(words.spans),
        notes=(*notes, *(facts.notes[name] for name in names if name in facts.notes)),
        changed=segment.key in localized.changed,
        figure=figure,
    )
