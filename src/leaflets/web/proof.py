"""Proof desk: one target's pages with all that a translator asks of a text on them.

Takes what the build gave for a target; gives where each passage stands on its pages,
the message behind it, and what was found there.  Values that a page on screen can
show; saving goes through the canonical writer.
"""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
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
    seen: str
    """The translation that its author typed over."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving a translation."""

    diagnostics: tuple[Diagnostic, ...]
    now: str | None = None
    """What stands in the catalog, where that is not what its author typed over."""


TRIES = 3
"""Times that a save begins again where another program has written meanwhile."""
ONE_AT_A_TIME = Lock()
"""Held from reading a catalog until it is written."""


def save(root: Path, edit: Edit, material: Material) -> Saved:
    """Write a translation into its catalog, or return the errors that stand against it.

    With warnings alone it is written.  Other texts of the catalog may have changed since
    its author saw it: they stay as they are now.  LeafletsError where the disk refuses.
    """
    with ONE_AT_A_TIME:
        for _ in range(TRIES):
            saved = _save(root, edit, material)
            if saved is not None:
                break
        else:
            message = (
                "another program writes the catalog all the time; nothing was saved"
            )
            saved = Saved((error("desk-save", message, _catalog_of(edit)),))
    own = tuple(about(Subject(locale=edit.locale), saved.diagnostics))
    return replace(saved, diagnostics=own)


def _catalog_of(edit: Edit) -> Location:
    return Location(f"locales/{edit.locale}/LC_MESSAGES/messages.po")


def _refused(edit: Edit, why: str, hint: str = "") -> Saved:
    return Saved((error("desk-save", why, _catalog_of(edit), hint),))


def _save(root: Path, edit: Edit, material: Material) -> Saved | None:
    """Save once; None where another program has written the catalog meanwhile."""
    path = _catalog_of(edit).path
    try:
        data = read(root, path)
    except OSError:
        return _refused(edit, "there is no catalog to save to")
    catalog, problems = read_catalog(data, path, edit.locale)
    if has_errors(problems):
        return Saved(problems)
    before = catalog.lookup(edit.context, edit.source)
    if before is None or len(edit.translation) > LONGEST:
        what = "the text is too long" if before else "no such text is there"
        return _refused(edit, f"{what}; nothing was saved")
    words = edit.translation.replace("\r\n", "\n").strip()
    if before.translation not in (edit.seen, words):
        why = "this text was changed meanwhile; nothing was saved"
        hint = "what you typed is still in the field: save again to put it in place of that"
        return replace(_refused(edit, why, hint), now=before.translation)
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
        return Saved(diagnostics)
    written = write_catalog(changed)
    again, broken = read_catalog(written, path, edit.locale)
    kept = again.lookup(edit.context, edit.source)
    if broken or kept is None or kept.translation != words:
        refused = _refused(edit, "it cannot be written as PO text")
        return Saved((*broken, *refused.diagnostics))
    if not _is_still(root, path, data):
        return None
    put(written, root, path)
    return Saved(diagnostics)


def _is_still(root: Path, path: str, data: bytes) -> bool:
    """Say whether a file is as it was read."""
    try:
        return read(root, path) == data
    except OSError:
        return False
