"""Views: what the templates set, made from a leaflet's words and structure.

Every word is escaped here; a template decides where it stands, never what it says.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from leaflets.languages.locale import without_isolates
from leaflets.pages.contract import ASSET, group_id, label_id
from leaflets.pages.html import Html, escaped, html_of
from leaflets.pages.origin import Number, mark
from leaflets.pages.type_size import BOLD
from leaflets.sources.catalogs.localize import PLACEHOLDER, Localized
from leaflets.sources.content.document import Document
from leaflets.sources.content.evidence import Evidence, Reference, Value
from leaflets.sources.content.family import Family
from leaflets.sources.content.figures import Figure, Label
from leaflets.sources.content.keys import label_key, paragraph_key
from leaflets.sources.content.markdown import Block, walk
from leaflets.sources.project import Project

BREAKS = re.compile("[ \u200b]")
"""Where a line may end."""
FEWEST_SIGNS = 5
"""Signs in a line of a script that may be parted anywhere."""
SHARED = 0.6
"""How much of its width a name shares with what it names, below it."""


@dataclass(frozen=True, slots=True)
class LabelView:
    """A figure's label, in mm, for the template."""

    key: str
    html: Html
    left: float
    """This and the next are measured from the top left of the drawing."""
    top: float
    width: float
    height: float
    """Shared with the labels under it."""
    align: str
    """left, center or right."""
    bold: bool
    white: bool
    """Whether it stands on a dark ground."""
    number: bool
    """Whether it is a digit that the drawing has itself."""
    group: str
    """Names the box that it shares with the labels under it."""
    under: tuple["LabelView", ...] = ()


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure for the template."""

    source: str
    """Address of the drawing."""
    alt: str
    """What the drawing shows, for those who do not see it."""
    width: float
    """In mm, as is the height."""
    height: float
    labels: tuple[LabelView, ...]
    """Those that are under no other."""

    @property
    def keys(self) -> tuple[tuple[LabelView, ...], ...]:
        """Group the labels for a list below the drawing: names with what they name."""
        groups: list[list[LabelView]] = []
        for label in self.labels:
            if label.number:
                continue
            if groups and _names(groups[-1][0], label):
                groups[-1].extend((label, *label.under))
            else:
                groups.append([label, *label.under])
        return tuple(map(tuple, groups))


def _names(head: LabelView, label: LabelView) -> bool:
    """Ask whether a bold label is the name of one that stands below it."""
    right = min(head.left + head.width, label.left + label.width)
    shared = right - max(head.left, label.left)
    return (
        head.bold
        and not label.bold
        and shared > SHARED * max(head.width, label.width)
        and head.top < label.top
    )


@dataclass(frozen=True, slots=True)
class ContactView:
    """Whom a box calls, for the template."""

    name: str
    """What the family calls it."""
    label: str
    """In the source language; the template translates it."""
    number: str
    """The clinic's; empty where it gives none."""


@dataclass(frozen=True, slots=True)
class View:
    """A block for the template."""

    kind: str
    """heading, paragraph, list, steps, item, table, row, cell, terms, term, definition,
    figure or box."""
    key: str
    """Its id."""
    html: Html
    """Its words; empty where only its children have some."""
    number: int
    """Printed in the margin; of a figure, in its caption; 0 without."""
    level: int
    """Of a heading: 2 or 3; else 0."""
    name: str
    """Of a box: its kind; of a figure: its file; of a row: "head" or nothing; of a cell:
    start, center or end."""
    cites: tuple[int, ...]
    """Numbers of the references that it rests on."""
    contacts: tuple[ContactView, ...]
    """Whom to call."""
    figure: FigureView | None
    children: tuple["View", ...]
    """Items of a list, blocks of a box, rows of a table, cells of a row, terms, and
    definitions of a term."""
    columns: tuple[tuple[float, float], ...] = ()
    """Of a table, for each column in em: what its widest word needs, and what its
    longest text would fill in one line."""
    pair: float = 0.0
    """Of a table or terms: what a heading and a value beside it need, in em."""

    def shares(self, room: float, gap: float) -> tuple[float, ...]:
        """Share a width among the columns of a table; none where it is too narrow.

        In em, with a gap between columns; gives percent of the room.  No word is cut,
        and the shorter a column's texts are, the sooner they stand in one line.
        """
        least = [narrow for narrow, _ in self.columns]
        left = room - sum(least) - gap * (len(least) - 1)
        if not least or left < 0:
            return ()
        widths = [narrow + gap for narrow in least[:-1]] + least[-1:]
        wanted = [whole - narrow for narrow, whole in self.columns]
        order = sorted(range(len(widths)), key=wanted.__getitem__)
        for place, column in enumerate(order):
            more = min(wanted[column], left / (len(order) - place))
            widths[column] += more
            left -= more
        more = left / len(widths)
        return tuple(round(100 * (width + more) / room, 1) for width in widths)

    @property
    def entries(self) -> tuple[tuple["Entry", ...], ...]:
        """Pair each value of a table with the heading of its column, row by row.

        Or each term with its definitions.  A heading has its own id where it stands
        first.
        """
        if self.kind == "terms":
            return tuple(
                (Entry(term.key, term.html, term.children),) for term in self.children
            )
        head, *body = self.children
        return tuple(
            tuple(
                Entry(label_id(cell.key) if below else label.key, label.html, (cell,))
                for label, cell in zip(head.children, row.children, strict=False)
            )
            for below, row in enumerate(body)
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading and what stands beside or below it."""

    key: str
    """The heading's id."""
    label: Html
    values: tuple[View, ...]


def block_key(block: Block) -> str:
    """Name a block: by its segment, its list number or its place."""
    if block.segment:
        return block.segment.key
    if block.number:
        return paragraph_key(block.number)
    return f"b{block.location.line}"


def cites_of(
    block: Block, values: Mapping[str, Value], numbers: Mapping[str, int]
) -> tuple[int, ...]:
    """Number the sources of a block: those named, and those of its facts."""
    sources = _sources(block, values)
    return tuple(sorted({numbers[name] for name in sources if name in numbers}))


def _sources(block: Block, values: Mapping[str, Value]) -> tuple[str, ...]:
    """List the ids of what a block rests on, in order."""
    names = list(block.sources)
    if block.segment:
        for placeholder in PLACEHOLDER.findall(block.segment.text):
            if placeholder in values:
                names.extend(values[placeholder].sources)
    return tuple(dict.fromkeys(names))


def cited(document: Document, evidence: Evidence) -> tuple[Reference, ...]:
    """List the references of a leaflet, in the order in which they first stand."""
    values, references = evidence.by_placeholder(), evidence.by_id()
    names = dict.fromkeys(
        name for block in walk(document.blocks) for name in _sources(block, values)
    )
    return tuple(references[name] for name in names if name in references)


def cites_by_block(
    document: Document, evidence: Evidence
) -> dict[str, tuple[int, ...]]:
    """Number the sources of every block of a leaflet, by the block's key."""
    values = evidence.by_placeholder()
    references = cited(document, evidence)
    numbers = {reference.id: number for number, reference in enumerate(references, 1)}
    return {
        block_key(block): cites_of(block, values, numbers)
        for block in walk(document.blocks)
    }


def view_of(
    block: Block,
    localized: Localized,
    project: Project,
    family: Family,
    cites: Mapping[str, tuple[int, ...]],
) -> View:
    """Turn a block and its words into what the template sets."""
    words = localized.words[block.segment.key] if block.segment else None
    key = block_key(block)
    figure = None
    if block.kind == "figure" and block.alt:
        alt = without_isolates(localized.words[block.alt.key].text)
        figure = figure_view(localized.figures[block.name], alt, localized)
    view = View(
        kind=block.kind,
        key=key,
        html=html_of(words.spans) if words else escaped(""),
        number=block.number,
        level=block.level,
        name=block.name,
        cites=cites.get(key, ()),
        contacts=tuple(
            ContactView(name, contact.label, project.clinic.contacts.get(name, ""))
            for name in block.contacts
            if (contact := family.contact(name))
        ),
        figure=figure,
        children=_children(block, localized, project, family, cites),
    )
    return _in_rows(view, localized) if block.kind in ("table", "terms") else view


def marked_view(view: View) -> View:
    """Mark the words and numbers of a view, after all that is measured of them."""
    figure = view.figure
    if figure:
        figure = replace(figure, labels=tuple(map(_marked_label, figure.labels)))
    return replace(
        view,
        html=mark(view.html),
        number=Number(view.number),
        figure=figure,
        children=tuple(map(marked_view, view.children)),
    )


def _marked_label(label: LabelView) -> LabelView:
    under = tuple(map(_marked_label, label.under))
    return replace(label, html=mark(label.html), under=under)


def _children(
    block: Block,
    localized: Localized,
    project: Project,
    family: Family,
    cites: Mapping[str, tuple[int, ...]],
) -> tuple[View, ...]:
    """View what a block holds; a list's own sources are told after its last item."""
    views = [
        view_of(child, localized, project, family, cites) for child in block.children
    ]
    if block.kind in ("list", "steps") and views:
        last = sorted({*views[-1].cites, *cites.get(block_key(block), ())})
        views[-1] = replace(views[-1], cites=tuple(last))
    return tuple(views)


def _in_rows(view: View, localized: Localized) -> View:
    """Gather the sources below a table or terms, and measure how narrow they can be."""
    words = [
        _widest_word(entry, localized) for group in view.entries for entry in group
    ]
    pair = tuple(max(column) for column in zip(*words, strict=True)) if words else ()
    columns = zip(*view.entries, strict=False) if view.kind == "table" else ()
    return replace(
        view,
        cites=tuple(sorted(set(_all_cites(view)))),
        children=tuple(map(_without_cites, view.children)),
        columns=tuple(_column(column, localized) for column in columns),
        pair=round(sum(pair), 2),
    )


def _column(entries: tuple[Entry, ...], localized: Localized) -> tuple[float, float]:
    """Measure the widest word and the longest text of a column, its heading among them."""
    letter = localized.locale.setting.letter
    texts = [entry.label for entry in entries[:1]]
    texts += [value.html for entry in entries for value in entry.values]
    plain = [str(text.striptags()) for text in texts]
    least = max(word_width(text, localized) for text in plain)
    whole = max(len(text) for text in plain) * letter * BOLD
    return round(least, 2), round(max(least, whole), 2)


def _widest_word(entry: Entry, localized: Localized) -> tuple[float, float]:
    """Measure the widest word of a heading, and that of its values, in em."""
    values = (
        word_width(str(value.html.striptags()), localized) for value in entry.values
    )
    return word_width(str(entry.label.striptags()), localized), max(values, default=0.0)


def word_width(text: str, localized: Localized) -> float:
    """Estimate in em how wide a line must be to take in any word of a text, bold."""
    setting = localized.locale.setting
    if not setting.spaced:
        return float(min(len(text), FEWEST_SIGNS))
    words = BREAKS.split(text.replace("\u00ad", ""))
    return max(map(len, words)) * setting.letter * BOLD


def _all_cites(view: View) -> Iterator[int]:
    yield from view.cites
    for child in view.children:
        yield from _all_cites(child)


def _without_cites(view: View) -> View:
    children = tuple(map(_without_cites, view.children))
    return replace(view, cites=(), children=children)


def shared_height(figure: Figure, label: Label) -> float:
    """Add up the height in mm that a label and those under it share."""
    below = (under.height for under in figure.labels if under.under == label.id)
    return label.height + sum(below)


def figure_view(figure: Figure, alt: str, localized: Localized) -> FigureView:
    """View a drawing with its labels in the leaflet's language."""
    labels = [
        _label_view(figure, label, localized)
        for label in figure.labels
        if not label.under
    ]
    return FigureView(
        source=ASSET + figure.path,
        alt=alt,
        width=figure.width,
        height=figure.height,
        labels=tuple(labels),
    )


def _label_view(figure: Figure, label: Label, localized: Localized) -> LabelView:
    """View a label and those under it; a mirrored drawing is read from the right."""
    turned = figure.mirrored and localized.locale.right_to_left
    start, end = ("right", "left") if turned else ("left", "right")
    key = label_key(figure.path, label.id)
    words = localized.words.get(key)
    return LabelView(
        key=key,
        html=html_of(words.spans) if words else escaped(label.text),
        left=label.x,
        top=label.y,
        width=label.width,
        height=shared_height(figure, label),
        align={"start": start, "middle": "center", "end": end}[label.align],
        bold=label.bold,
        white=label.white,
        number=label.number,
        group=group_id(key),
        under=tuple(
            _label_view(figure, under, localized)
            for under in figure.labels
            if under.under == label.id
        ),
    )
