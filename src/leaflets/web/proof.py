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
from leaflets.diagnostics import (
    Diagnostic,
    Location,
    Subject,
    about,
    error,
    has_errors,
    keeps_from_print,
)
from leaflets.digest import digest_bytes
from leaflets.files import put, read
from leaflets.pages.composition import Composition, Passage, Target
from leaflets.sources.catalogs.catalog import Catalog, read_catalog, write_catalog
from leaflets.sources.catalogs.localize import source_text
from leaflets.sources.catalogs.po import Message
from leaflets.sources.content.document import Document
from leaflets.sources.content.markdown import Segment
from leaflets.sources.material import Material
from leaflets.sources.source_language import source_of

LONGEST = 20_000
"""Characters of a translation that is saved from the desk."""
A4 = 1.4143
"""Height of a side by its width, where nothing is known of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a passage stands on a side, in percent of it from the top left."""

    key: str
    side: int
    """1-based."""
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A target as the desk shows it; without a PDF its problems alone."""

    target: str
    title: str = ""
    language: str = ""
    """BCP 47 tag."""
    direction: str = "ltr"
    sha256: str = ""
    """Of the PDF that is shown; empty where there is none."""
    output: str = ""
    """The PDF's path below the build folder."""
    earlier: bool = False
    """Whether the PDF is of an earlier state, for the newest is not fit."""
    sides: int = 0
    ratio: float = A4
    """Height of a side by its width."""
    places: tuple[Place, ...] = ()
    texts: tuple[Text, ...] = ()
    problems: tuple[dict[str, Any], ...] = ()
    """Each as `problem_of` gives it."""
    digest: str = ""
    """Of the catalog that the texts were read from; empty in the source language."""

    def to_json(self) -> dict[str, Any]:
        """Return the proof for the page's script."""
        return asdict(self)


def problem_of(diagnostic: Diagnostic, key: str = "") -> dict[str, Any]:
    """Return a finding for the page's script, with its place in words.

    `key` names the passage that it leads to.
    """
    return {**diagnostic.to_json(), "place": str(diagnostic.location), "key": key}


def proof_of(
    front: Front,
    target: Target,
    entry: Entry | None,
    record: Record | None,
    diagnostics: tuple[Diagnostic, ...],
) -> Proof:
    """Gather what is known of a target; without a PDF, of its texts alone."""
    material = front.material
    locale = material.project.locale(target.locales[0])
    assert locale is not None
    document = next(
        document
        for document in material.documents
        if document.meta.id == target.leaflet
    )
    catalog = material.catalogs.get(locale.name)
    composition = composition_of(front, target)
    passages = composition.passages if composition else ()
    data = material.sources.files.get(catalog.path, b"") if catalog else b""
    return Proof(
        target=str(target),
        title=composition.title if composition else _title(document, material),
        language=locale.tag,
        direction=locale.direction,
        sha256=entry.sha256 if entry else "",
        output=entry.output if entry else "",
        earlier=bool(entry and entry.earlier),
        sides=entry.pages if entry else 0,
        ratio=_ratio(composition) if composition else A4,
        places=tuple(_places(composition, record)) if composition and record else (),
        texts=tuple(_texts(document, catalog, composition, record, diagnostics)),
        problems=tuple(
            problem_of(diagnostic, _passage_at(diagnostic.location, passages))
            for diagnostic in diagnostics
        ),
        digest=digest_bytes(data) if data else "",
    )


def _title(document: Document, material: Material) -> str:
    """Write the title of what could not be composed, in the source language."""
    values = material.evidence.by_placeholder()
    return source_text(document.title, source_of(material.project), values)


def composition_of(front: Front, target: Target) -> Composition | None:
    """Find what was composed for a target."""
    return next(
        (
            composition
            for composition in front.compositions
            if composition.target == target
        ),
        None,
    )


def _ratio(composition: Composition) -> float:
    width, height = composition.side_size
    return round(height / width, 4)


def _passage_at(place: Location, passages: tuple[Passage, ...]) -> str:
    """Name the first passage that stands on a line, of its source or its catalog."""
    line = _line(place)
    return next(
        (
            passage.key
            for passage in passages
            if line in (_line(passage.location), _line(passage.source))
        ),
        "",
    )


def _places(composition: Composition, record: Record) -> Iterator[Place]:
    """Frame each passage, once on each side where it stands."""
    pages = {panel.page: panel for panel in composition.places(record.layout.pages)}
    width, height = composition.side_size
    frames: dict[tuple[str, int], list[float]] = {}
    for fragment in record.layout.fragments:
        panel = pages.get(fragment.page)
        if not fragment.key or panel is None:
            continue
        across, down = panel.left + panel.shift, panel.top
        left, right = across + fragment.left, across + fragment.right
        top, bottom = down + fragment.top, down + fragment.bottom
        frame = frames.setdefault(
            (fragment.key, panel.side), [left, top, right, bottom]
        )
        frame[:] = [
            min(frame[0], left),
            min(frame[1], top),
            max(frame[2], right),
            max(frame[3], bottom),
        ]
    for (key, side), (left, top, right, bottom) in frames.items():
        yield Place(
            key=key,
            side=side,
            left=round(100 * left / width, 3),
            top=round(100 * top / height, 3),
            width=round(100 * (right - left) / width, 3),
            height=round(100 * (bottom - top) / height, 3),
        )


def _texts(
    document: Document,
    catalog: Catalog | None,
    composition: Composition | None,
    record: Record | None,
    diagnostics: tuple[Diagnostic, ...],
) -> Iterator[Text]:
    """List the leaflet's messages in their order, each once."""
    shown: dict[Location, list[str]] = {}
    for passage in composition.passages if composition else ():
        shown.setdefault(_line(passage.location), []).append(passage.key)
    rooms = dict(_rooms(composition, record)) if composition and record else {}
    findings: dict[Location, list[str]] = {}
    for finding in diagnostics:
        words = f"{finding.severity}: {finding.message} [{finding.code}]"
        findings.setdefault(_line(finding.location), []).append(words)
    segments: dict[tuple[str, str], Segment] = {}
    for segment in document.segments:
        if segment.text.strip():
            segments.setdefault((segment.context, segment.text), segment)
    for segment in segments.values():
        message = catalog.lookup(segment.context, segment.text) if catalog else None
        place = segment.location
        if catalog:
            place = Location(catalog.path, message.line if message else 0)
        keys = tuple(shown.get(_line(place), ()))
        comments: tuple[str, ...] = (segment.comment,) if segment.comment else ()
        if message:
            comments = (*message.comments, *message.translator_comments)
        yield Text(
            context=segment.context,
            source=segment.text,
            translation=message.translation if message else "",
            comments=comments,
            path=place.path,
            line=place.line,
            state=_state(message) if catalog else "source",
            keys=keys,
            findings=tuple(findings.get(_line(place), ())) if place.line else (),
            room=next((rooms[key] for key in keys if key in rooms), ""),
        )


def _state(message: Message | None) -> str:
    """Say how far a message is translated."""
    if message is None or not message.translation:
        return "untranslated"
    return "fuzzy" if message.fuzzy else "translated"


def _line(place: Location) -> Location:
    return Location(place.path, place.line)


def _rooms(composition: Composition, record: Record) -> Iterator[tuple[str, str]]:
    """Say of each passage what room its page has left, and its type."""
    fit = fit_of(composition, record.layout, 0.0)
    size = f", type {fit.size:g} pt" if fit.size else ""
    for fragment in record.layout.fragments:
        if fragment.key and 0 < fragment.page <= len(fit.rooms):
            room = fit.rooms[fragment.page - 1]
            yield fragment.key, f"page {fragment.page}: {room:.0f} mm left{size}"


@dataclass(frozen=True, slots=True)
class Edit:
    """A translation that was typed at the desk."""

    locale: str
    context: str
    source: str
    translation: str
    digest: str
    """Of the catalog that its author saw."""


def save(root: Path, edit: Edit, material: Material) -> tuple[Diagnostic, ...]:
    """Write a translation into its catalog, or return the errors that stand against it.

    With warnings alone it is written. LeafletsError where the disk refuses.
    """
    return tuple(about(Subject(locale=edit.locale), _save(root, edit, material)))


def _save(root: Path, edit: Edit, material: Material) -> tuple[Diagnostic, ...]:
    path = f"locales/{edit.locale}/LC_MESSAGES/messages.po"
    place = Location(path)
    try:
        data = read(root, path)
    except OSError:
        return (error("desk-save", "there is no catalog to save to", place),)
    if digest_bytes(data) != edit.digest:
        message = "the catalog was changed meanwhile; nothing was saved"
        hint = "the page shows the new state; type it again if it is still wanted"
        return (error("desk-save", message, place, hint),)
    catalog, problems = read_catalog(data, path, edit.locale)
    before = catalog.lookup(edit.context, edit.source)
    if has_errors(problems):
        return problems
    if before is None or len(edit.translation) > LONGEST:
        what = "the text is too long" if before else "no such text is there"
        return (error("desk-save", f"{what}; nothing was saved", place),)
    words = edit.translation.replace("\r\n", "\n").strip()
    after = replace(before, translation=words, fuzzy=False, previous=())
    messages = tuple(
        after if message is before else message for message in catalog.messages
    )
    changed = replace(catalog, messages=messages)
    diagnostics = tuple(
        check_catalog(
            changed,
            [after.key],
            source_of(material.project),
            material.glossary,
            material.names,
        )
    )
    if any(map(keeps_from_print, diagnostics)):
        return diagnostics
    written = write_catalog(changed)
    again, broken = read_catalog(written, path, edit.locale)
    kept = again.lookup(edit.context, edit.source)
    if broken or kept is None or kept.translation != words:
        return (*broken, error("desk-save", "it cannot be written as PO text", place))
    put(written, root, path)
    return diagnostics
