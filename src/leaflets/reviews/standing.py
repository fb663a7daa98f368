"""Standing: how far people have answered for a leaflet in a language.

Takes the texts as they are now and the signatures; gives draft, revised, approved or
expired, and says in plain words what is missing.  Nothing else lifts a DRAFT line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from leaflets.diagnostics import Location
from leaflets.digest import digest_parts
from leaflets.sources.catalogs.localize import PLACEHOLDER
from leaflets.sources.catalogs.template_messages import template_messages
from leaflets.sources.content.document import Document
from leaflets.sources.content.markdown import Block, Segment
from leaflets.sources.material import Material, segments_of
from leaflets.sources.project import Edition
from leaflets.sources.signatures import (
    YEARS,
    Review,
    Signature,
    SignedText,
    fold_name,
    years_later,
)

FOR_SOURCE = ("clinician", "layout")
FOR_TRANSLATION = ("translator", "reviser", "clinician", "layout")
FURNITURE = "t-"
"""How the keys of the templates' texts begin."""
LAYOUT = "layout-"
"""How the keys of what shapes the page begin."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a leaflet as it is now."""

    key: str
    label: str
    """Where it stands, for people: "¶ 7", "label in nerve.svg"."""
    signed: SignedText
    place: Location
    """Where it can be mended."""


@dataclass(frozen=True, slots=True)
class Held:
    """A signature, and the texts that it does not cover any more."""

    signature: Signature
    open: tuple[Text, ...]
    """New or changed since."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What a leaflet in a language may be printed as."""

    name: str
    """draft, revised, approved or expired."""
    held: tuple[Held, ...]
    """The newest signature of each role."""
    reasons: tuple[str, ...]
    """Why it is not approved, in plain words; empty when it is."""

    @property
    def printed(self) -> tuple[Signature, ...]:
        """List the signatures that hold, for the imprint."""
        return tuple(held.signature for held in self.held if not held.open)

    @property
    def open(self) -> tuple[Text, ...]:
        """List the texts that some signature does not cover any more."""
        every = {text.key: text for held in self.held for text in held.open}
        return tuple(every.values())


def texts_of(material: Material, document: Document, locale: str) -> tuple[Text, ...]:
    """List all texts of a leaflet in a language, those of the templates last."""
    catalog = material.catalogs.get(locale)
    values = material.evidence.by_placeholder()
    cites = dict(_cites(document.blocks, ()))

    def text_of(
        key: str, label: str, place: Location, context: str, source: str
    ) -> Text:
        known = catalog.lookup(context, source) if catalog else None
        facts = [
            f"{values[name].identity} @{' '.join(values[name].sources)}"
            for name in dict.fromkeys(PLACEHOLDER.findall(source))
            if name in values
        ]
        facts += [f"cites {source_id}" for source_id in cites.get(key, ())]
        words = known.translation if known and not known.fuzzy else ""
        if catalog and known:
            place = Location(catalog.path, known.line)
        return Text(key, label, SignedText(context, source, words, tuple(facts)), place)

    every = [
        text_of(
            segment.key,
            _label(segment),
            segment.location,
            segment.context,
            segment.text,
        )
        for segment in segments_of(material, document)
    ]
    every += [
        text_of(furniture_key(text), "page furniture", place, "", text)
        for text, place in material.template_texts
    ]
    return tuple(every)


def furniture_key(text: str) -> str:
    """Name a text of the templates, which have no keys of their own."""
    return f"{FURNITURE}{digest_parts((text,))[:8]}"


def printed_furniture(material: Material) -> frozenset[str]:
    """Return the keys of the templates' texts that are printed for patients."""
    editions = [
        edition for edition in material.project.editions if not edition.for_reviewers
    ]
    names = (
        path.removeprefix("templates/")
        for path in _reached(material.templates, editions)
    )
    templates = {name: material.templates[name] for name in names}
    return frozenset(furniture_key(text) for text, _ in template_messages(templates))


def _cites(
    blocks: tuple[Block, ...], above: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """List the sources of each text by its key; those of a list hold for all its items."""
    for block in blocks:
        sources = tuple(dict.fromkeys((*above, *block.sources)))
        if block.segment:
            yield block.segment.key, sources
        yield from _cites(block.children, sources)


def _label(segment: Segment) -> str:
    """Say where a text stands, in few words."""
    if segment.paragraph:
        return f"¶ {segment.paragraph}"
    return segment.kind if segment.kind != "label" else segment.comment


def layout_texts(material: Material) -> tuple[Text, ...]:
    """List what the look of a page depends on beside its words, each by its digest."""
    files = material.sources.files
    shapes = [
        edition for edition in material.project.editions if not edition.on_request
    ]
    parts = {
        "templates": sorted(_reached(material.templates, shapes)),
        "figures": [path for path in files if path.startswith("content/figures/")],
    }
    texts = []
    for name, paths in parts.items():
        digest = digest_parts(
            part for path in sorted(paths) for part in (path, files[path])
        )
        texts.append(_layout(name, digest))
    editions = repr(shapes)
    texts.append(_layout("editions", digest_parts((editions,))))
    return tuple(texts)


USED = re.compile(r"""{%-?\s*(?:include|from|import|extends)\s+["']([^"']+)""")


def _reached(templates: Mapping[str, str], editions: list[Edition]) -> Iterator[str]:
    """List the paths of the templates that editions are set from, and what they use."""
    open_names = [
        name
        for edition in editions
        for name in (edition.template, edition.template.replace(".html", ".css"))
    ]
    seen: set[str] = set()
    while open_names:
        name = open_names.pop()
        if name in templates and name not in seen:
            seen.add(name)
            open_names += USED.findall(templates[name])
            yield f"templates/{name}"


def _layout(name: str, digest: str) -> Text:
    text = SignedText("layout", name, digest)
    return Text(f"{LAYOUT}{name}", name, text, Location(f"{name}"))


def to_sign(material: Material, texts: tuple[Text, ...], role: str) -> tuple[Text, ...]:
    """List what a role signs: the words, and for layout what shapes the page."""
    return (*texts, *layout_texts(material)) if role == "layout" else texts


def standing_of(
    material: Material,
    document: Document,
    locale: str,
    texts: tuple[Text, ...],
    *,
    source_approved: bool,
) -> Standing:
    """Judge a leaflet's signatures against its texts.

    `source_approved` says whether the leaflet is approved in its source language: a
    translation is no better than what it was made from.
    """
    review = material.reviews.get((locale, document.meta.id), Review(locale, ""))
    is_source = locale == material.project.source_locale
    roles = FOR_SOURCE if is_source else FOR_TRANSLATION
    today = material.sources.today
    held = tuple(
        Held(signature, _open(signature, to_sign(material, texts, role)))
        for role in roles
        if (signature := newest(review, role))
    )
    reasons = [
        *_missing(roles, held),
        *(_reopened(entry) for entry in held if entry.open),
        *_same_person(held),
        *_early(held, today),
    ]
    if not is_source and not source_approved:
        reasons.append("the leaflet is not approved in its source language")
    late = tuple(_late(held, document.meta.review_by, today))
    if late:
        return Standing("expired", held, (*late, *reasons))
    if not reasons:
        return Standing("approved", held, ())
    whole = {entry.signature.role for entry in held if not entry.open}
    two = {"translator", "reviser"} <= whole and not tuple(_same_person(held))
    return Standing("revised" if two else "draft", held, tuple(reasons))


def newest(review: Review, role: str) -> Signature | None:
    """Return the newest signature of a role."""
    signatures = [
        signature for signature in review.signatures if signature.role == role
    ]
    return max(signatures, key=lambda signature: signature.date) if signatures else None


def _open(signature: Signature, texts: Iterable[Text]) -> tuple[Text, ...]:
    known = signature.digests
    return tuple(text for text in texts if text.signed.digest not in known)


def _missing(roles: Iterable[str], held: tuple[Held, ...]) -> Iterator[str]:
    there = {entry.signature.role for entry in held}
    for role in roles:
        if role not in there:
            yield (
                "nobody has signed the layout"
                if role == "layout"
                else f"no {role} has signed"
            )


def _reopened(held: Held) -> str:
    """Name the texts that changed after a signature."""
    labels = list(dict.fromkeys(text.label for text in held.open))
    named = ", ".join(labels[:6]) + (" …" if len(labels) > 6 else "")
    signature = held.signature
    count = len(held.open)
    words = "1 text is" if count == 1 else f"{count} texts are"
    return f"{words} new or changed since the {signature.role} signed on {signature.date}: {named}"


def _same_person(held: tuple[Held, ...]) -> Iterator[str]:
    """A second pair of eyes is another person's (ISO 17100)."""
    names = {entry.signature.role: fold_name(entry.signature.name) for entry in held}
    if "translator" in names and names["translator"] == names.get("reviser"):
        yield "translator and reviser are the same person"


def _early(held: tuple[Held, ...], today: date) -> Iterator[str]:
    """A signature that is dated ahead would outlast its years."""
    for entry in held:
        signature = entry.signature
        if signature.date > today:
            yield f"the {signature.role} signed on {signature.date}, which is to come"


def _late(held: tuple[Held, ...], review_by: date, today: date) -> Iterator[str]:
    if today > review_by:
        yield f"it was to be reviewed by {review_by}"
    for entry in held:
        signature = entry.signature
        if signature.role == "clinician" and today > years_later(signature.date, YEARS):
            yield f"the clinician signed on {signature.date}, over {YEARS} years ago"
