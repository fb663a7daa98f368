"""Expected: the marked texts of a finished page, and what must be found on paper.

Reads them back from the finished HTML, so that a template which drops a text is found
out before anything is set; ties each to the place where it can be mended.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from itertools import pairwise

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.languages.locale import without_isolates
from leaflets.languages.scripts import settings
from leaflets.pages.composition import Passage
from leaflets.pages.contract import FURNITURE, PASSAGE, SECOND
from leaflets.pages.html import ZERO_WIDTH
from leaflets.sources.catalogs.localize import Localized, Words
from leaflets.sources.content.keys import PROMISE, TITLE, label_key
from leaflets.sources.content.markdown import Block, walk
from leaflets.sources.project import Edition

VOID = {"img", "br", "meta", "link", "hr", "col", "wbr", "input"}


@dataclass(frozen=True, slots=True)
class MarkedText:
    """An element that is a passage: its id and its text."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class FurnitureText:
    """An element that stands on every page: its role and its text."""

    role: str
    """One of `contract.Role`; empty where the template names none."""
    text: str


@dataclass(frozen=True, slots=True)
class ReadBack:
    """All that was marked, in the order of the HTML."""

    passages: tuple[MarkedText, ...]
    furniture: tuple[FurnitureText, ...]
    alts: tuple[str, ...]
    """Texts of images for those who do not see them."""

    @property
    def furniture_texts(self) -> tuple[str, ...]:
        """The furniture without its roles."""
        return tuple(furniture.text for furniture in self.furniture)


class _Collector(HTMLParser):
    """Gathers the text of marked elements; lives only inside `read_back`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.passages: list[MarkedText] = []
        self.furniture: list[FurnitureText] = []
        self.alts: list[str] = []
        self.depth = 0
        self.attributes: Mapping[str, str | None] = {}
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag == "img" and attributes.get("alt"):
            self.alts.append(attributes["alt"] or "")
        if tag in VOID:
            return
        if self.depth:
            self.depth += 1
        elif PASSAGE in attributes or FURNITURE in attributes:
            self.depth, self.attributes, self.parts = 1, attributes, []

    def handle_endtag(self, tag: str) -> None:
        if not self.depth or tag in VOID:
            return
        self.depth -= 1
        if self.depth:
            return
        text = "".join(self.parts)
        if PASSAGE in self.attributes:
            self.passages.append(MarkedText(self.attributes.get("id") or "", text))
        else:
            role = self.attributes.get(FURNITURE) or ""
            self.furniture.append(FurnitureText(role, text))

    def handle_data(self, data: str) -> None:
        if self.depth:
            self.parts.append(data)


def read_back(html: str) -> ReadBack:
    """Read the marked texts of a page; an element inside a marked one is its text.

    The standard library's parser is taken, not the engine's: it is nine times as fast,
    and every target is read on every run.  That both read alike is tested.
    """
    collector = _Collector()
    collector.feed(html)
    collector.close()
    return ReadBack(
        passages=tuple(collector.passages),
        furniture=tuple(collector.furniture),
        alts=tuple(collector.alts),
    )


def passages_of(
    marked: tuple[MarkedText, ...],
    localized: Localized,
    edition: Edition,
    second: Localized | None = None,
) -> Iterator[Passage]:
    """Tie the texts of the finished HTML to the places where they can be mended.

    Texts of a second language have ids that begin with `SECOND`.
    """
    sides = {"": localized} | ({SECOND: second} if second else {})
    # A paper for reviewers parts what patients must see together.
    tags = {
        block.segment.key: block.tags
        for block in walk(localized.document.blocks)
        if block.segment and not edition.for_reviewers
    }
    for text in marked:
        prefix = SECOND if second and text.key.startswith(SECOND) else ""
        yield _passage(text, prefix, sides[prefix], tags)


def _passage(
    marked: MarkedText,
    prefix: str,
    side: Localized,
    tags: Mapping[str, tuple[str, ...]],
) -> Passage:
    language = side.locale.tag if prefix else ""
    words = side.words.get(marked.key.removeprefix(prefix))
    if words is None:
        places = {_plain(text): place for text, place in side.furniture.values()}
        return Passage(
            key=marked.key,
            text=marked.text,
            source=Location(side.document.path, 1),
            translation=places.get(_plain(marked.text)),
            language=language,
        )
    return Passage(
        key=marked.key,
        text=marked.text,
        source=words.segment.location,
        translation=words.translation,
        paragraph=words.segment.paragraph,
        tags=tags.get(words.segment.key, ()),
        language=language,
        grown=_grown(words, side),
    )


def _grown(words: Words, side: Localized) -> float:
    """Estimate how much longer a text is than its source, in em."""
    own = len(words.text) * side.locale.setting.letter
    return round(own - len(words.segment.text) * settings()["Latn"].letter, 2)


def keys_of(localized: Localized, blocks: tuple[Block, ...]) -> frozenset[str]:
    """Name the texts that an edition with these blocks holds, labels among them."""
    keys = {TITLE, PROMISE}
    for block in walk(blocks):
        keys.update(segment.key for segment in (block.segment, block.alt) if segment)
        if block.kind == "figure" and block.name in localized.figures:
            figure = localized.figures[block.name]
            keys.update(label_key(figure.path, label.id) for label in figure.labels)
    return frozenset(keys)


def dropped(
    localized: Localized,
    read: ReadBack,
    edition: Edition,
    keys: frozenset[str],
    prefix: str = "",
) -> list[Diagnostic]:
    """List the words that the template left out, changed or put in another order.

    `keys` name the texts that the edition holds; `prefix` is what their ids begin with.
    """
    place = Location(f"templates/{edition.template}")
    return [
        *_left_out(localized, read, keys, prefix, place),
        *_misplaced(localized, read, prefix, place),
    ]


def _left_out(
    localized: Localized,
    read: ReadBack,
    keys: frozenset[str],
    prefix: str,
    place: Location,
) -> Iterator[Diagnostic]:
    texts = {marked.key: _plain(marked.text) for marked in read.passages}
    alts = {_plain(alt) for alt in read.alts}
    for key, words in localized.words.items():
        wanted = _plain(words.text)
        is_alt = words.segment.kind == "alt text" and wanted in alts
        stands = texts.get(prefix + key, "").startswith(wanted) or is_alt
        if key in keys and not stands:
            message = f"the template leaves out {key}: {wanted[:60]}"
            yield error("text-dropped-by-template", message, place)


def _misplaced(
    localized: Localized, read: ReadBack, prefix: str, place: Location
) -> Iterator[Diagnostic]:
    # The headings of a table may stand before its rows, or each beside its column.
    heads = {
        cell.segment.key
        for row in walk(localized.document.blocks)
        if row.kind == "row" and row.name
        for cell in row.children
        if cell.segment
    }
    order = {
        prefix + segment.key: number
        for number, segment in enumerate(localized.document.segments)
        if segment.key not in heads
    }
    keys = [marked.key for marked in read.passages if marked.key in order]
    for before, after in pairwise(keys):
        if order[before] > order[after]:
            message = f"the template puts {before} before {after}"
            hint = "warnings and steps stand in the order of the source"
            yield error("block-order", message, place, hint)


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    """Fold white space and drop what draws nothing, to compare what is read."""
    return " ".join(without_isolates(text).replace(ZERO_WIDTH, "").split())
