"""Documents: one Markdown source as numbered blocks with segments to translate.

Takes Markdown with TOML front matter (see docs/content.md) and gives a
`Document`: front matter, and a tree of blocks in which every translatable text
is one `Segment`.  Paragraph numbers come from the source's structure alone, so
they are the same in every language and edition.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Annotated

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.sources.content.keys import PROMISE, TITLE
from leaflets.sources.content.markdown import Block, Segment, read_blocks, walk
from leaflets.sources.schema import (
    Day,
    Table,
    Text,
    between,
    checked,
    reject,
    shown,
    validate,
)
from leaflets.sources.toml import Settings, read_settings

CODE = "front-matter"
FENCE = "+++"
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Meta:
    """What the front matter says."""

    id: str
    order: int
    kind: str
    version: str
    written: date
    evidence: date
    review_by: date
    version_place: Location
    """Line on which the version stands."""


@dataclass(frozen=True, slots=True)
class Document:
    """One leaflet's source, read."""

    path: str
    meta: Meta
    title: Segment
    promise: Segment
    blocks: tuple[Block, ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """List every text to translate, in reading order."""
        segments = [self.title, self.promise]
        for block in walk(self.blocks):
            segments.extend(text for text in (block.segment, block.alt) if text)
        return tuple(segments)


def is_id(text: str) -> bool:
    """Return whether a text can be the id of a leaflet, and so the name of its file."""
    return bool(ID.fullmatch(text))


def _is_id(text: str) -> str:
    if not is_id(text):
        reject("is no id", "small letters, digits and hyphens")
    return text


def _is_line(text: str) -> str:
    if "\n" in text:
        reject("is not one line of text")
    return text


TextLine = Annotated[Text, checked(_is_line)]


class _FrontMatter(Table):
    id: Annotated[str, checked(_is_id)]
    order: Annotated[int, between(-1_000_000, 1_000_000)]
    title: TextLine
    promise: TextLine
    kind: Annotated[str, checked(_is_id)]
    version: TextLine
    written: Day
    evidence: Day
    review_by: Day


@lru_cache(maxsize=64)
def parse(text: str, path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read one Markdown source; no document where its front matter is broken.

    Other findings leave the block out and go on, so that all are told at once.
    """
    front, body, first_line = _split(text)
    settings, values, faults = _read_front(front, path)
    if values is None or faults:
        _, block_faults = read_blocks(body, path, _stem(path), first_line)
        return None, (*faults, *block_faults)
    name = values.title
    blocks, block_faults = read_blocks(body, path, name, first_line)
    assert settings is not None  # or there were no values
    title = Segment(
        TITLE,
        "title",
        name,
        "",
        f"{name}: title of the leaflet",
        settings.place("title"),
    )
    promise = replace(
        title,
        key=PROMISE,
        kind="promise",
        text=values.promise,
        comment=f"{name}: line below the title",
        location=settings.place("promise"),
    )
    meta = Meta(
        values.id,
        values.order,
        values.kind,
        values.version,
        values.written,
        values.evidence,
        values.review_by,
        settings.place("version"),
    )
    return Document(path, meta, title, promise, blocks), block_faults


def parse_draft(text: str, path: str) -> Document:
    """Read what can be read of a source whose front matter is broken.

    Nothing is made of it: it is there for the checks of its words, so that an author is
    told everything in one run.  What the front matter does not say is left out.
    """
    front, body, first_line = _split(text)
    settings, _, _ = _read_front(front, path)
    said = settings.values if settings else {}
    texts = {key: _as_text(said.get(key)) for key in (TITLE, PROMISE)}
    blocks, _ = read_blocks(body, path, _stem(path), first_line)
    place = Location(path, 1)
    title, promise = (
        Segment(key, key, text, "", "", settings.place(key) if settings else place)
        for key, text in texts.items()
    )
    meta = Meta(_stem(path), 0, "", "", *NO_DAYS, place)
    return Document(path, meta, title, promise, blocks)


NO_DAYS = (date(2000, 1, 1), date(2000, 1, 1), date(2001, 1, 1))
"""Of a draft: written, evidence and review, in an order of which nothing is told."""


def _as_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def _read_front(
    front: str | None, path: str
) -> tuple[Settings | None, "_FrontMatter | None", tuple[Diagnostic, ...]]:
    """Read the front matter as far as it goes."""
    if front is None:
        missing = error(
            CODE,
            "the file does not begin with front matter",
            Location(path, 1),
            f"put TOML between two {FENCE} lines at the top; see docs/content.md",
        )
        return None, None, (missing,)
    settings, unreadable = read_settings(
        front.encode("utf-8", "surrogatepass"), path, code=CODE, first_line=2
    )
    if unreadable:
        return settings, None, unreadable
    return settings, *_front_matter(settings)


def _split(text: str) -> tuple[str | None, str, int]:
    """Part front matter from body; also the body's first line number."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    if lines[0].rstrip() != FENCE:
        return None, text, 1
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            body = "\n".join(lines[number + 1 :])
            return "\n".join(lines[1:number]), body, number + 2
    return None, text, 1


def _front_matter(
    settings: Settings,
) -> tuple[_FrontMatter | None, tuple[Diagnostic, ...]]:
    """Read the front matter; the id is the name of the file."""
    values, faults = validate(
        _FrontMatter, settings.values, settings, code=CODE, what="the front matter"
    )
    name = _stem(settings.path)
    if values and values.id != name:
        message = f'the id "{shown(values.id)}" is not the name of the file'
        faults = (*faults, error(CODE, message, settings.place("id")))
    return values, faults
