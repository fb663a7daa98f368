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

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.sources.content.keys import PROMISE, TITLE
from leaflets.sources.content.markdown import Block, Segment, read_blocks, walk
from leaflets.sources.toml import Settings, read_settings

KINDS = ("information", "treatment", "stem-cell")
FENCE = "+++"


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
        found = [self.title, self.promise]
        for block in walk(self.blocks):
            found.extend(one for one in (block.segment, block.alt) if one)
        return tuple(found)


@lru_cache(maxsize=64)
def parse(text: str, path: str) -> tuple[Document | None, tuple[Diagnostic, ...]]:
    """Read one Markdown source; no document where its front matter is broken.

    Other findings leave the block out and go on, so that all are told at once.
    """
    front, body, first_line = _split(text)
    if front is None:
        found = error(
            "front-matter",
            "the file does not begin with front matter",
            Location(path, 1),
            f"put TOML between two {FENCE} lines at the top; see docs/content.md",
        )
        return None, (found,)
    settings, problems = read_settings(
        front.encode(), path, code="front-matter", first_line=2
    )
    if problems:
        return None, problems
    meta, problems = _meta(settings)
    if meta is None:
        return None, problems
    name = str(settings.values["title"])
    blocks, faults = read_blocks(body, path, name, first_line)
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
        text=str(settings.values["promise"]),
        comment=f"{name}: line below the title",
        location=settings.place("promise"),
    )
    document = Document(path, meta, title, promise, blocks)
    return document, (*problems, *faults)


def _split(text: str) -> tuple[str | None, str, int]:
    """Part front matter from body; also the body's first line number."""
    lines = text.removeprefix("\ufeff").split("\n")
    if lines[0].rstrip() != FENCE:
        return None, text, 1
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == FENCE:
            body = "\n".join(lines[number + 1 :])
            return "\n".join(lines[1:number]), body, number + 2
    return None, text, 1


FIELDS: dict[str, type] = {
    "id": str,
    "order": int,
    "title": str,
    "promise": str,
    "kind": str,
    "version": str,
    "written": date,
    "evidence": date,
    "review_by": date,
}


def _meta(settings: Settings) -> tuple[Meta | None, tuple[Diagnostic, ...]]:
    """Check the front matter field by field."""
    found = []

    def problem(key: str, message: str, hint: str = "") -> None:
        found.append(error("front-matter", message, settings.place(key), hint))

    values = settings.values
    for key in values:
        if key not in FIELDS:
            problem(key, f'unknown key "{key}"', f"known: {', '.join(FIELDS)}")
    for key, kind in FIELDS.items():
        if key not in values:
            problem(key, f'"{key}" is missing')
        elif type(values[key]) is not kind or values[key] == "":
            problem(key, f'"{key}" should be a {kind.__name__}')
    if found:
        return None, tuple(found)
    if values["kind"] not in KINDS:
        problem(
            "kind", f'unknown kind "{values["kind"]}"', f"one of {', '.join(KINDS)}"
        )
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", values["id"]):
        problem("id", f'"{values["id"]}" is no id', "small letters, digits and hyphens")
    if values["id"] != settings.path.rpartition("/")[2].removesuffix(".md"):
        problem("id", f'the id "{values["id"]}" is not the name of the file')
    if found:
        return None, tuple(found)
    meta = Meta(
        values["id"],
        values["order"],
        values["kind"],
        values["version"],
        values["written"],
        values["evidence"],
        values["review_by"],
    )
    return meta, ()
