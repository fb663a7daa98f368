"""Proof desk: one target's pages with all that a translator asks of a text on them.

Takes what the build gave for a target; gives where each passage stands on its pages,
the message behind it, and what was found there.  Values that a page on screen can
show; saving goes through the canonical writer.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from leaflets.build.fit import fit_of
from leaflets.build.front import Front
from leaflets.build.manifest import Entry, Record
from leaflets.checks.translation.catalog import check_catalog
from leaflets.diagnostics import Diagnostic, Location, error, has_errors
from leaflets.digest import digest_bytes
from leaflets.files import put
from leaflets.pages.composition import Composition, Target
from leaflets.sources.catalogs.catalog import Catalog, read_catalog, write_catalog
from leaflets.sources.catalogs.glossary import Glossary
from leaflets.sources.content.document import Document

LONGEST = 20_000
"""Characters of a translation that is saved from the desk."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a passage stands on a side, in percent of it from the top left."""

    key: str
    side: int
    """1-based."""
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Text:
    """A message of the leaflet, with the passages that show it."""

    context: str
    source: str
    translation: str
    comments: tuple[str, ...]
    path: str
    line: int
    state: str
    """translated, untranslated or fuzzy; source in the source language."""
    keys: tuple[str, ...]
    findings: tuple[str, ...]
    room: str
    """What the page that it stands on has left."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A target as the desk shows it."""

    target: str
    title: str
    language: str
    direction: str
    sha256: str
    """Of the PDF that is shown; empty where there is none."""
    output: str
    earlier: bool
    """Whether the PDF is of an earlier state, for the newest is not fit."""
    sides: int
    ratio: float
    """Height of a side by its width."""
    places: tuple[Place, ...]
    texts: tuple[Text, ...]
    problems: tuple[dict[str, Any], ...]
    digest: str
    """Of the catalog that the texts were read from; empty in the source language."""

    def to_json(self) -> dict[str, Any]:
        """Give the proof for the page's script."""
        return asdict(self)


def proof_of(
    front: Front,
    target: Target,
    entry: Entry | None,
    record: Record | None,
    found: tuple[Diagnostic, ...],
) -> Proof:
    """Gather what is known of a target; without a PDF, of its texts alone."""
    material = front.material
    locale = material.project.locale(target.locales[0])
    assert locale is not None
    document = next(one for one in material.documents if one.meta.id == target.leaflet)
    catalog = material.catalogs.get(locale.name)
    made = next((one for one in front.compositions if one.target == target), None)
    places = tuple(_places(made, record)) if made and record else ()
    problems = tuple(_problem(one, made) for one in found)
    data = material.sources.files.get(catalog.path, b"") if catalog else b""
    width, height = made.side_size if made else (210.0, 297.0)
    return Proof(
        str(target),
        made.title if made else document.title.text,
        locale.tag,
        locale.direction,
        entry.sha256 if entry else "",
        entry.output if entry else "",
        bool(entry and entry.earlier),
        entry.pages if entry else 0,
        round(height / width, 4),
        places,
        tuple(_texts(front, document, catalog, made, record, found)),
        problems,
        digest_bytes(data) if data else "",
    )


def _places(made: Composition, record: Record) -> Iterator[Place]:
    """Give one frame for each passage and side."""
    panels = {one.page: one for one in made.places(record.layout.pages)}
    width, height = made.side_size
    frames: dict[tuple[str, int], list[float]] = {}
    for one in record.layout.fragments:
        panel = panels.get(one.page)
        if not one.key or panel is None:
            continue
        across, down = panel.left + panel.shift, panel.top
        box = [across + one.left, down + one.top, across + one.right, down + one.bottom]
        known = frames.setdefault((one.key, panel.side), box)
        known[:] = [
            min(known[0], box[0]),
            min(known[1], box[1]),
            max(known[2], box[2]),
            max(known[3], box[3]),
        ]
    for (key, side), (left, top, right, bottom) in frames.items():
        yield Place(
            key,
            side,
            round(100 * left / width, 3),
            round(100 * top / height, 3),
            round(100 * (right - left) / width, 3),
            round(100 * (bottom - top) / height, 3),
        )


def _texts(
    front: Front,
    document: Document,
    catalog: Catalog | None,
    made: Composition | None,
    record: Record | None,
    found: tuple[Diagnostic, ...],
) -> Iterator[Text]:
    """List the leaflet's messages in their order, each once."""
    shown: dict[Location, list[str]] = {}
    rooms: dict[str, str] = {}
    for passage in made.passages if made else ():
        shown.setdefault(_line(passage.location), []).append(passage.key)
    if made and record:
        rooms = dict(_rooms(made, record))
    seen: set[tuple[str, str]] = set()
    for segment in document.segments:
        key = segment.context, segment.text
        if key in seen or not segment.text.strip():
            continue
        seen.add(key)
        message = catalog.lookup(*key) if catalog else None
        words = message.translation if message else ""
        state = "source"
        place = segment.location
        if catalog:
            state = "fuzzy" if message and message.fuzzy else "translated"
            state = state if words else "untranslated"
            place = Location(catalog.path, message.line if message else 0)
        keys = tuple(shown.get(_line(place), ()))
        told = tuple(
            f"{one.severity}: {one.message} [{one.code}]"
            for one in found
            if _line(one.location) == _line(place) and place.line
        )
        room = next((rooms[one] for one in keys if one in rooms), "")
        comments: tuple[str, ...] = (segment.comment,) if segment.comment else ()
        if message:
            comments = (*message.comments, *message.translator_comments)
        yield Text(
            *key, words, comments, place.path, place.line, state, keys, told, room
        )


def _line(place: Location) -> Location:
    return Location(place.path, place.line)


def _rooms(made: Composition, record: Record) -> Iterator[tuple[str, str]]:
    """Tell the room that is left on the page of each passage, and its type."""
    fit = fit_of(made, record.layout, 0.0)
    size = f", type {fit.size:g} pt" if fit.size else ""
    for one in record.layout.fragments:
        if one.key and 0 < one.page <= len(fit.rooms):
            room = fit.rooms[one.page - 1]
            yield one.key, f"page {one.page}: {room:.0f} mm left{size}"


def _problem(found: Diagnostic, made: Composition | None) -> dict[str, Any]:
    """Tell a finding, and the passage that it leads to."""
    place = _line(found.location)
    keys = [
        one.key
        for one in (made.passages if made else ())
        if place in (_line(one.location), _line(one.source))
    ]
    return {
        "severity": str(found.severity),
        "message": found.message,
        "place": str(found.location),
        "code": found.code,
        "hint": found.hint,
        "key": keys[0] if keys else "",
        "line": found.location.line,
        "path": found.location.path,
    }


@dataclass(frozen=True, slots=True)
class Edit:
    """A translation that was typed at the desk."""

    locale: str
    context: str
    source: str
    translation: str
    digest: str
    """Of the catalog that its author saw."""


def save(root: Path, edit: Edit, glossary: Glossary) -> tuple[Diagnostic, ...]:
    """Write a translation into its catalog; what stands against it is told instead.

    Warnings are told and saved. LeafletsError where the disk refuses.
    """
    path = f"locales/{edit.locale}/LC_MESSAGES/messages.po"
    place = Location(path)
    try:
        data = (root / path).read_bytes()
    except OSError:
        return (error("desk-save", "there is no catalog to save to", place),)
    if digest_bytes(data) != edit.digest:
        message = "the catalog was changed meanwhile; nothing was saved"
        hint = "the page shows the new state; type it again if it is still wanted"
        return (error("desk-save", message, place, hint),)
    catalog, problems = read_catalog(data, path, edit.locale)
    message_was = catalog.lookup(edit.context, edit.source)
    if has_errors(problems):
        return problems
    if message_was is None or len(edit.translation) > LONGEST:
        what = "the text is too long" if message_was else "no such text is there"
        return (error("desk-save", f"{what}; nothing was saved", place),)
    words = edit.translation.replace("\r\n", "\n").strip()
    new = replace(message_was, translation=words, fuzzy=False, previous=())
    messages = tuple(new if one is message_was else one for one in catalog.messages)
    changed = replace(catalog, messages=messages)
    found = tuple(check_catalog(changed, [new.key], glossary))
    if has_errors(found):
        return found
    written = write_catalog(changed)
    again, broken = read_catalog(written, path, edit.locale)
    kept = again.lookup(edit.context, edit.source)
    if broken or kept is None or kept.translation != words:
        return (*broken, error("desk-save", "it cannot be written as PO text", place))
    put(written, root / "locales", path.removeprefix("locales/"))
    return found
