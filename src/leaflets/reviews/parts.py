"""Parts: all that a signature of a leaflet in a language stands for, in order.

Takes a project's material; gives the words of a leaflet section by section, what else
is printed with them, and what shapes the page.  Each part is a `Text` with a digest of
its own, so that a change opens what it touches; their order is signed as well.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from leaflets.diagnostics import Location
from leaflets.digest import digest_bytes, digest_parts
from leaflets.pages.contract import CELLS_TEMPLATE, STANDING_TEMPLATE
from leaflets.pages.templates import stylesheet_of
from leaflets.pages.views import cited
from leaflets.sources.catalogs.localize import PLACEHOLDER
from leaflets.sources.catalogs.template_messages import template_messages
from leaflets.sources.content.document import Document
from leaflets.sources.content.evidence import Value
from leaflets.sources.content.markdown import Block, Segment, walk
from leaflets.sources.material import CONTENT, Material, label_segments
from leaflets.sources.project import PATH, Edition, Waiver
from leaflets.sources.signatures import (
    FURNITURE,
    LAYOUT,
    PAGE,
    SECTION,
    SignedText,
)
from leaflets.sources.toml import Settings, read_settings

SCREEN = ("web-leaflet.html", "web.css")
"""Templates that show a leaflet on screen; all other pages there show no leaflet."""
NO_WORDS = {"translator": (PAGE, LAYOUT), "reviser": (PAGE, LAYOUT)}
"""By role: what it does not sign.  Linguists answer for words and their order."""
USES = re.compile(r"{%[-+]?\s*(?:include|from|import|extends)\b(.*?)[-+]?%}", re.DOTALL)
NAMED = re.compile(r"""\s*(["'])([\w./-]+)\1(?:[\s,]+(?!if\b)\w+)*\s*""")
"""The one name of a file that a statement uses; an expression may name any."""
INSIDE = re.compile(r"{[{%].*?[}%]}", re.DOTALL)
ASKED = re.compile(
    r"""(?<![\w.])_(?!\w)(?!\(\s*(?:"[^"]*"|'[^']*'|contact\.label|family\.\w+)\s*[,)])"""
)
"""A text that a template asks for by an expression, which may be any; the family's words
are signed by themselves."""
CONTACTS = re.compile(r"\bclinic\s*(?:\.\s*contacts|\[)")
"""A template takes numbers of the clinic by itself."""


@dataclass(frozen=True, slots=True)
class Text:
    """One part of a leaflet as it is now."""

    key: str
    label: str
    """Where it stands, for people: "¶ 7", "label in nerve.svg"."""
    signed: SignedText
    place: Location
    """Where it can be mended."""


@dataclass(frozen=True, slots=True)
class Shared:
    """Parts that all leaflets of a project have in common, in every language."""

    furniture: tuple[tuple[str, Location], ...]
    """Texts of the templates that a leaflet is printed or shown with."""
    layout: tuple[Text, ...]
    settings: Settings
    """The project file, for the lines of its keys."""
    contacts: frozenset[str] = frozenset()
    """Numbers that templates take by themselves, beside those of the boxes."""


NOTHING_SHARED = Shared((), (), Settings(PATH, {}, {}))


def shared_of(material: Material) -> Shared:
    """Gather what all leaflets share, once."""
    names = sorted(drawn_templates(material))
    drawn = {name: material.templates[name] for name in names}
    settings, _ = read_settings(material.sources.files[PATH], PATH, code="project-file")
    texts = dict((*material.family.texts, *template_messages(drawn)))
    layout = [
        _part(
            LAYOUT + name,
            name,
            Location(f"templates/{name}"),
            digest_bytes(text.encode()),
        )
        for name, text in drawn.items()
    ]
    layout += [
        _part(
            f"{LAYOUT}edition-{edition.name}",
            f"edition {edition.name}",
            settings.place("tool", "leaflets", "edition", edition.name),
            *_edition(material, edition),
        )
        for edition in _for_patients(material)
    ]
    takes = any(map(CONTACTS.search, drawn.values()))
    contacts = frozenset(material.project.clinic.contacts if takes else ())
    return Shared(tuple(texts.items()), tuple(layout), settings, contacts)


def parts_of(
    material: Material, document: Document, locale: str, shared: Shared
) -> tuple[Text, ...]:
    """List all parts of a leaflet in a language: words, what is beside them, layout."""
    return (
        *texts_of(material, document, locale, shared),
        *_page_parts(material, document, locale, shared),
        *shared.layout,
    )


def signed_by(role: str, parts: Iterable[Text]) -> tuple[Text, ...]:
    """List the parts that a role answers for.

    The layout's is everything, so that one signature binds all of the page; the
    clinician's all but what shapes it.
    """
    left_out = NO_WORDS.get(role, () if role == "layout" else (LAYOUT,))
    return tuple(text for text in parts if not text.key.startswith(left_out))


def texts_of(
    material: Material, document: Document, locale: str, shared: Shared
) -> tuple[Text, ...]:
    """List the words of a leaflet, section by section, those of the templates last."""
    catalog = material.catalogs.get(locale)
    values = material.evidence.by_placeholder()
    cites = dict(_cites(document.blocks, ()))

    def text_of(
        key: str, label: str, place: Location, context: str, source: str
    ) -> Text:
        known = catalog.lookup(context, source) if catalog else None
        facts = [
            _fact(values[name])
            for name in dict.fromkeys(PLACEHOLDER.findall(source))
            if name in values
        ]
        facts += [f"cites {source_id}" for source_id in cites.get(key, ())]
        words = known.translation if known and not known.fuzzy else ""
        if catalog and known:
            place = Location(catalog.path, known.line)
        return Text(key, label, SignedText(context, source, words, tuple(facts)), place)

    every: list[Text] = []
    for number, section in enumerate(_sections(material, document)):
        shape = SignedText("§section", section.shape, "")
        every.append(Text(f"{SECTION}{number}", section.label, shape, section.place))
        every += [
            text_of(
                segment.key,
                _label(segment),
                segment.location,
                segment.context,
                segment.text,
            )
            for segment in section.segments
        ]
    furniture = [
        text_of(furniture_key(text), "page furniture", place, "", text)
        for text, place in shared.furniture
    ]
    # Where a template asks for its texts is layout: their order here says nothing.
    return (*every, *sorted(furniture, key=lambda text: text.key))


@dataclass(frozen=True, slots=True)
class _Section:
    """A box, or what stands from one heading to the next."""

    label: str
    place: Location
    shape: str
    """Kinds, names and contacts of its blocks, without their words."""
    segments: tuple[Segment, ...]


def _sections(material: Material, document: Document) -> Iterator[_Section]:
    """Part a leaflet into its title, its boxes and the text between headings."""
    head = (document.title, document.promise)
    yield _Section("title and promise", document.title.location, "leaflet", head)
    run: list[Block] = []
    for block in document.blocks:
        if run and (
            block.kind == "box" or (block.kind == "heading" and block.level < 3)
        ):
            yield _section(material, run)
            run = []
        run.append(block)
        if block.kind == "box":
            yield _section(material, run)
            run = []
    if run:
        yield _section(material, run)


def _section(material: Material, blocks: list[Block]) -> _Section:
    segments: list[Segment] = []
    for block in walk(tuple(blocks)):
        segments += [text for text in (block.segment, block.alt) if text]
        figure = material.figures.get(block.name) if block.kind == "figure" else None
        if figure:
            segments += label_segments(block.name, figure)
    first = blocks[0]
    if first.kind == "box":
        label = f'box "{first.name}"'
    elif first.kind == "heading" and first.segment:
        label = f'section "{first.segment.text}"'
    else:
        label = "section without a heading"
    shape = " ".join(map(_shape, blocks))
    return _Section(label, first.location, shape, tuple(segments))


def _shape(block: Block) -> str:
    """Write down what a block is, without its words and its numbers.

    Numbers follow from the order, and the order is signed by itself.
    """
    facts = (
        (f"{block.level}" if block.level else ""),
        block.name,
        *(f"tag={tag}" for tag in block.tags),
        *(f"contact={name}" for name in block.contacts),
        *(f"cites={name}" for name in block.sources),
        ("short" if block.short else ""),
    )
    inside = " ".join(map(_shape, block.children))
    words = ":".join((block.kind, *filter(None, facts)))
    return f"{words}({inside})" if block.children else words


def _fact(value: Value) -> str:
    """Write down all of a fact that a text rests on."""
    unit = value.unit.words if value.unit else ""
    return f"{value.identity} @{' '.join(value.sources)} #{unit} #{value.as_of}"


def furniture_key(text: str) -> str:
    """Name a text of the templates, which have no keys of their own."""
    return f"{FURNITURE}{digest_parts((text,))[:8]}"


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


def _page_parts(
    material: Material, document: Document, locale: str, shared: Shared
) -> Iterator[Text]:
    """List what is printed beside the words: dates, sources, contacts, figures, clinic."""
    meta, project, settings = document.meta, material.project, shared.settings
    dates = (meta.version, *map(str, (meta.written, meta.evidence, meta.review_by)))
    yield _part(f"{PAGE}dates", "version and dates", meta.version_place, *dates)
    for source in cited(document, material.evidence):
        yield _part(
            f"{PAGE}source-{source.id}",
            f'source "{source.id}"',
            source.location,
            source.cite,
            source.url,
            source.doi,
            source.date,
            source.read,
        )
    blocks = tuple(walk(document.blocks))
    names = (name for block in blocks for name in block.contacts)
    for name in sorted(shared.contacts.union(names)):
        contact = material.family.contact(name)
        number = project.clinic.contacts.get(name, "")
        place = settings.place("tool", "leaflets", "clinic", "contacts", name)
        label = contact.label if contact else ""
        yield _part(f"{PAGE}contact-{name}", f'contact "{name}"', place, number, label)
    for name in dict.fromkeys(block.name for block in blocks if block.kind == "figure"):
        data = material.sources.files.get(CONTENT + name, b"")
        place = Location(CONTENT + name)
        yield _part(f"{PAGE}figure-{name}", f"figure {name}", place, digest_bytes(data))
    for key, text in (("publisher", project.publisher), ("funding", project.funding)):
        place = settings.place("tool", "leaflets", key)
        yield _part(PAGE + key, key, place, text)
    for key, text in (("name", project.clinic.name), ("online", project.clinic.online)):
        place = settings.place("tool", "leaflets", "clinic", key)
        yield _part(f"{PAGE}clinic-{key}", f"clinic: {key}", place, text)
    for waiver in sorted(_waivers(material, document, locale), key=repr):
        yield _part(
            f"{PAGE}waiver-{waiver.code}-{waiver.where}",
            f"waiver of {waiver.code}",
            waiver.location,
            waiver.code,
            waiver.where,
            waiver.reason,
            str(waiver.until),
        )


def _waivers(material: Material, document: Document, locale: str) -> Iterator[Waiver]:
    """List the waivers that may speak of a leaflet in a language."""
    catalog = material.catalogs.get(locale)
    figures = (block.name for block in walk(document.blocks) if block.kind == "figure")
    paths = [
        document.path,
        *((catalog.path,) if catalog else ()),
        *(CONTENT + name for name in figures),
        *(path for path in material.sources.files if path.endswith(".toml")),
        "templates/",
    ]
    reviews = f"reviews/{locale}/{document.meta.id}"
    paths = [path for path in paths if not path.startswith("reviews/")] + [reviews]
    for waiver in material.project.waivers:
        where = waiver.where
        if any(where.startswith(path) or path.startswith(where) for path in paths):
            yield waiver


def _part(key: str, label: str, place: Location, *facts: str) -> Text:
    """Make a part that is no text of a catalog."""
    kind = "§" + key.partition("-")[0]
    source, *more = facts
    return Text(key, label, SignedText(kind, source, "", (label, *more)), place)


def _for_patients(material: Material) -> list[Edition]:
    """List the editions that patients read, those on request among them."""
    return [
        edition for edition in material.project.editions if not edition.for_reviewers
    ]


def _edition(material: Material, edition: Edition) -> Iterator[str]:
    """List all that an edition is: its settings, its print shops and their profiles."""
    yield repr(edition)
    for shop in material.project.shops:
        if shop.name in edition.shops:
            profile = material.sources.files.get(f"profiles/{shop.profile}.icc", b"")
            yield f"{shop!r} {digest_bytes(profile)}"


def printed_furniture(material: Material) -> frozenset[str]:
    """Return the keys of the templates' texts that are printed for patients."""
    drawn = {name: material.templates[name] for name in _printed(material)}
    return frozenset(furniture_key(text) for text, _ in template_messages(drawn))


def drawn_templates(material: Material) -> frozenset[str]:
    """Name the templates that a leaflet for patients is printed or shown with."""
    screen = _reached(material.templates, SCREEN)
    return _printed(material) | screen


def _printed(material: Material) -> frozenset[str]:
    names = [
        name
        for edition in _for_patients(material)
        for name in (edition.template, stylesheet_of(edition.template))
    ]
    beside = (CELLS_TEMPLATE, STANDING_TEMPLATE)
    return _reached(material.templates, (*names, *beside))


def _reached(templates: Mapping[str, str], names: Iterable[str]) -> frozenset[str]:
    """Name templates and all that they use; all there are where one names no file."""
    open_names = list(names)
    seen: set[str] = set()
    while open_names:
        name = open_names.pop()
        if name in templates and name not in seen:
            seen.add(name)
            used = [NAMED.fullmatch(body) for body in USES.findall(templates[name])]
            asked = " ".join(INSIDE.findall(templates[name]))
            if None in used or ASKED.search(asked):
                return frozenset(templates)
            open_names += [match[2] for match in used if match]
    return frozenset(seen)
