"""Views: what the templates set, made from a leaflet's words and structure.

Every word is escaped here; a template decides where it stands, never what it says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup, escape

from leaflets.diagnostics import Location
from leaflets.languages.locale import ISOLATES, Locale
from leaflets.sources.catalogs.localize import PLACEHOLDER, Words
from leaflets.sources.content.document import Document
from leaflets.sources.content.evidence import Evidence, Reference
from leaflets.sources.content.figures import Figure, Label, label_key
from leaflets.sources.content.inline import Link, Span, Strong, Text
from leaflets.sources.content.markdown import Block
from leaflets.sources.project import Project
from leaflets.sources.signatures import Signature

UNSEEN = dict.fromkeys(map(ord, ISOLATES))
ZERO_WIDTH = "\u200b"


@dataclass(frozen=True, slots=True)
class LabelView:
    """A figure's label, in mm, for the template."""

    key: str
    html: Markup
    left: float
    top: float
    width: float
    height: float
    align: str
    bold: bool
    white: bool
    number: bool
    group: str
    """Names the box that it shares with the labels under it."""
    under: tuple["LabelView", ...] = ()


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure for the template."""

    source: str
    alt: str
    width: float
    height: float
    labels: tuple[LabelView, ...]

    @property
    def keys(self) -> tuple[tuple[LabelView, ...], ...]:
        """Group the labels for a list below the drawing: names with what they name."""
        made: list[list[LabelView]] = []
        for label in self.labels:
            if label.number:
                continue
            head = made[-1][0] if made else None
            named = (
                head is not None
                and head.bold
                and not label.bold
                and _shared(head, label) > SHARED * max(head.width, label.width)
                and head.top < label.top
            )
            if named:
                made[-1].extend((label, *label.under))
            else:
                made.append([label, *label.under])
        return tuple(map(tuple, made))


SHARED = 0.6
"""How much of its width a name shares with what it names, below it."""


def _shared(one: LabelView, two: LabelView) -> float:
    """Measure how far two labels stand above one another, in mm."""
    right = min(one.left + one.width, two.left + two.width)
    return right - max(one.left, two.left)


@dataclass(frozen=True, slots=True)
class View:
    """A block for the template."""

    kind: str
    key: str
    html: Markup
    number: int
    level: int
    name: str
    cites: tuple[int, ...]
    contacts: tuple[tuple[str, str], ...]
    figure: FigureView | None
    children: tuple["View", ...]


@dataclass(frozen=True, slots=True)
class Localized:
    """Everything of one leaflet in one locale, without a gap."""

    document: Document
    locale: Locale
    words: Mapping[str, Words]
    """By segment key; figure labels by `label_key`."""
    figures: Mapping[str, Figure]
    """By path as the document names it, mirrored if need be."""
    furniture: Mapping[str, tuple[str, Location]]
    """Template messages: source text to words and the place of the translation."""
    standing: str
    """draft, revised, approved or expired."""
    signatures: tuple[Signature, ...] = ()
    """Those that hold, for the imprint."""
    changed: frozenset[str] = frozenset()
    """Keys of texts that are new or changed since somebody signed."""


def html_of(spans: tuple[Span, ...]) -> Markup:
    """Write spans as HTML; every word is escaped.

    A zero-width space before an element that follows a space shows the engine where
    a line may end (docs/decisions/0009).
    """
    parts: list[Markup] = []
    for span in spans:
        gap = ZERO_WIDTH if parts and parts[-1].endswith(" ") else ""
        match span:
            case Text(text):
                parts.append(escape(text))
            case Strong(inner):
                made = Markup("{}<strong>{}</strong>").format(gap, html_of(inner))
                parts.append(made)
            case Link(href, inner):
                made = Markup('{}<a href="{}">{}</a>')
                parts.append(made.format(gap, href, html_of(inner)))
    return Markup("").join(parts)


def every(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(one for block in blocks for one in (block, *every(block.children)))


def block_key(block: Block) -> str:
    """Name a block: by its segment, its list number or its place."""
    if block.segment:
        return block.segment.key
    if block.number:
        return f"p{block.number}"
    return f"b{block.location.line}"


def cites_of(
    block: Block, values: Mapping[str, Any], numbers: Mapping[str, int]
) -> tuple[int, ...]:
    """Number the sources of a block: those named, and those of its facts."""
    return tuple(
        sorted({numbers[one] for one in _sources(block, values) if one in numbers})
    )


def _sources(block: Block, values: Mapping[str, Any]) -> tuple[str, ...]:
    """List the ids of what a block rests on, in order."""
    found = list(block.sources)
    if block.segment:
        for name in PLACEHOLDER.findall(block.segment.text):
            if name in values:
                found.extend(values[name].sources)
    return tuple(dict.fromkeys(found))


def cited(document: Document, evidence: Evidence) -> tuple[Reference, ...]:
    """List the references of a leaflet, in the order in which they first stand."""
    values, known = evidence.by_placeholder(), evidence.by_id()
    names = dict.fromkeys(
        name for block in every(document.blocks) for name in _sources(block, values)
    )
    return tuple(known[name] for name in names if name in known)


def view_of(
    block: Block,
    localized: Localized,
    project: Project,
    cites: Mapping[str, tuple[int, ...]],
) -> View:
    """Turn a block and its words into what the template sets."""
    words = localized.words[block.segment.key] if block.segment else None
    key = block_key(block)
    contacts = tuple((name, getattr(project.clinic, name)) for name in block.contacts)
    figure = None
    if block.kind == "figure" and block.alt:
        alt = without_isolates(localized.words[block.alt.key].text)
        figure = figure_view(localized.figures[block.name], alt, localized)
    return View(
        block.kind,
        key,
        html_of(words.spans) if words else Markup(""),
        block.number,
        block.level,
        block.name,
        cites.get(key, ()),
        contacts,
        figure,
        _children(block, localized, project, cites),
    )


def _children(
    block: Block,
    localized: Localized,
    project: Project,
    cites: Mapping[str, tuple[int, ...]],
) -> tuple[View, ...]:
    """View what a block holds; a list's own sources are told after its last item."""
    made = [view_of(child, localized, project, cites) for child in block.children]
    if block.kind in ("list", "steps") and made:
        last = sorted({*made[-1].cites, *cites.get(block_key(block), ())})
        made[-1] = replace(made[-1], cites=tuple(last))
    return tuple(made)


def room(figure: Figure, label: Label) -> float:
    """Add up the height in mm that a label and those under it share."""
    below = (one.height for one in figure.labels if one.under == label.id)
    return label.height + sum(below)


def figure_view(figure: Figure, alt: str, localized: Localized) -> FigureView:
    """View a drawing with its labels in the leaflet's language."""
    swap = figure.mirrored and localized.locale.right_to_left
    sides = ("right", "left") if swap else ("left", "right")
    align = {"start": sides[0], "middle": "center", "end": sides[1]}

    def view(label: Label) -> LabelView:
        key = label_key(figure.path, label.id)
        words = localized.words.get(key)
        return LabelView(
            key,
            html_of(words.spans) if words else escape(label.text),
            label.x,
            label.y,
            label.width,
            room(figure, label),
            align[label.align],
            label.bold,
            label.white,
            label.number,
            f"g-{key}",
            tuple(view(one) for one in figure.labels if one.under == label.id),
        )

    labels = [view(one) for one in figure.labels if not one.under]
    source = f"asset:{figure.path}"
    return FigureView(source, alt, figure.width, figure.height, tuple(labels))


def without_isolates(text: str) -> str:
    return text.translate(UNSEEN)
