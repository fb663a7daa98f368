"""Compose: the HTML of one target.

Takes a document's words in one locale, or in two side by side, its figures and the
edition; gives a `Composition` whose passages are read back from the finished HTML, so
that a template which drops a text is found out before anything is set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from types import MappingProxyType
from typing import Any

from leaflets.diagnostics import Diagnostic, Location
from leaflets.languages.locale import (
    format_value,
    isolate,
    without_isolates,
)
from leaflets.pages.bilingual import groups_of, prefixed
from leaflets.pages.composition import Asset, Box, Composition, Step, Target
from leaflets.pages.contract import (
    CELLS_TEMPLATE,
    CODE_ASSET,
    SECOND,
    STANDING_TEMPLATE,
    Role,
    group_id,
)
from leaflets.pages.expected import ReadBack, dropped, keys_of, passages_of, read_back
from leaflets.pages.html import html_of
from leaflets.pages.margins import frames, gutter, shop_of
from leaflets.pages.origin import (
    check_origin,
    drawn_strings,
    mark,
    mark_text,
    marked_texts,
    without_marks,
)
from leaflets.pages.page_data import Column, LanguageData, PageData
from leaflets.pages.proof_rows import rows_of
from leaflets.pages.qr import draw_code
from leaflets.pages.templates import (
    Templates,
    Translator,
    macros,
    render,
    stylesheet_of,
)
from leaflets.pages.type_size import (
    MOST_NOTES,
    STEPS,
    TypeSize,
    head_line,
    head_room,
    line_factor,
    longest_word,
    size_at,
    slack,
    type_at,
)
from leaflets.pages.views import (
    cited,
    cites_by_block,
    marked_view,
    shared_height,
    view_of,
)
from leaflets.paper.colours import in_ink, palette
from leaflets.paper.papers import PAPERS
from leaflets.paper.rectangle import Margins
from leaflets.sources.catalogs.localize import Localized
from leaflets.sources.content.evidence import Evidence, Reference
from leaflets.sources.content.family import Family
from leaflets.sources.content.keys import PROMISE, TITLE, label_key
from leaflets.sources.content.markdown import Block, walk
from leaflets.sources.content.short_form import shorten
from leaflets.sources.project import Edition, Project
from leaflets.sources.source_language import source_of

NO_PROFILES: Mapping[str, bytes] = MappingProxyType({})
LOWEST = ("expired", "draft", "revised", "approved")
"""Standings, the one that is printed of two languages first."""
POSSIBLE_STANDINGS = (
    ("draft", True),
    ("draft", False),
    ("revised", True),
    ("revised", False),
    ("expired", True),
    ("expired", False),
)
"""What the box may have to say: each standing, in the source language or not."""


@dataclass(frozen=True, slots=True)
class ComposeInputs:
    """What all targets of a project are composed from."""

    project: Project
    evidence: Evidence
    family: Family
    leaflets: tuple[str, ...]
    """Ids of all of them, in order."""
    templates: Templates
    profiles: Mapping[str, bytes] = field(default_factory=lambda: NO_PROFILES)
    """Colour profiles of print shops, by name."""
    sizes: bool = True
    """Whether fitting may choose between sizes of type; not where pages are composed
    to be checked only."""


def compose(
    localized: Localized,
    edition: Edition,
    paper: str,
    inputs: ComposeInputs,
    *,
    second: Localized | None = None,
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """Compose one target; LeafletsError where its template is broken.

    `second` is the same leaflet in the language that stands beside.
    """
    sides = (localized,) if second is None else (localized, second)
    if line_factor(sides) > 1 and not edition.for_reviewers:
        # Labels of a tall script find no room inside a drawing.
        edition = replace(edition, keyed=True)
    blocks = localized.document.blocks
    if edition.text == "short":
        blocks = shorten(blocks)
    diagnostics: list[Diagnostic] = []
    data = _page_data(sides, blocks, edition, paper, inputs, diagnostics)
    marked = render(inputs.templates, edition.template, data)
    html = without_marks(marked)
    steps = _steps(edition, localized, inputs, data)
    reserve = _reserve(edition, localized, inputs.templates, data)
    styles = [step.stylesheet for step in (steps[0], reserve) if step]
    if not edition.for_reviewers:
        names = _names_of(sides, data.online)
        diagnostics.extend(
            check_origin(inputs.templates, edition.template, marked, styles, names)
        )
    beside = (
        *marked_texts(marked),
        *(text for css in styles for text in drawn_strings(css)),
    )
    steps, reserve = _without_marks(steps, reserve)
    read = read_back(html)
    diagnostics.extend(_dropped(sides, blocks, edition, read))
    composition = Composition(
        target=_target(sides, edition, paper),
        language=localized.locale.tag,
        direction=localized.locale.direction,
        title=without_isolates(localized.words[TITLE].text),
        html=html,
        stylesheet=steps[0].stylesheet,
        assets=assets_of(sides, blocks, data.online, press=data.shop is not None),
        families=_families(sides),
        passages=tuple(passages_of(read.passages, localized, edition, second)),
        furniture=read.furniture_texts,
        boxes=() if edition.keyed else boxes_of(localized),
        page_size=data.page_size,
        margins=Margins.all_round(edition.margin),
        page_limit=edition.pages,
        minimum_size=edition.smallest,
        standing=data.standing,
        date=f"{data.meta.written.isoformat()}T00:00:00Z",
        location=Location(localized.document.path, 1),
        fold=edition.fold,
        imposed=edition.fold.folded and not edition.single,
        contrast=edition.contrast,
        steps=steps[1:],
        reserve=reserve,
        shop=data.shop,
        profile=inputs.profiles.get(data.shop.profile, b"") if data.shop else b"",
        for_patients=not edition.for_reviewers,
        online="" if edition.for_reviewers else data.online,
        slack=slack(edition, sides),
        together=tuple(inputs.family.kind_of(data.meta.kind).together.items()),
        beside=beside,
    )
    return composition, tuple(diagnostics)


def _names_of(sides: tuple[Localized, ...], online: str) -> frozenset[str]:
    """List what templates write that is no text: languages' names, and an address."""
    locales = [side.locale for side in sides]
    names = [name for known in locales for name in (known.endonym, known.english_name)]
    return frozenset((*names, *((online,) if online else ())))


def _without_marks(
    steps: tuple[Step, ...], reserve: Step | None
) -> tuple[tuple[Step, ...], Step | None]:
    """Take the marks out of stylesheets, for they are set now."""
    first, *more = (
        replace(step, stylesheet=without_marks(step.stylesheet))
        for step in (*steps, *((reserve,) if reserve else ()))
    )
    every = (first, *more)
    return (every[:-1], every[-1]) if reserve else (every, None)


def _target(sides: tuple[Localized, ...], edition: Edition, paper: str) -> Target:
    locales = "+".join(side.locale.name for side in sides)
    return Target(sides[0].document.meta.id, locales, edition.name, paper)


def _families(sides: tuple[Localized, ...]) -> tuple[str, ...]:
    names = (name for side in sides for name in side.locale.setting.families)
    return tuple(dict.fromkeys(names))


def _dropped(
    sides: tuple[Localized, ...],
    blocks: tuple[Block, ...],
    edition: Edition,
    read: ReadBack,
) -> list[Diagnostic]:
    """List what the template leaves out of each language."""
    keys = keys_of(sides[0], blocks)
    return [
        diagnostic
        for side, prefix in zip(sides, ("", SECOND), strict=False)
        for diagnostic in dropped(side, read, edition, keys, prefix)
    ]


def _steps(
    edition: Edition, localized: Localized, inputs: ComposeInputs, data: PageData
) -> tuple[Step, ...]:
    """Fill the stylesheet for every size that fitting may choose, largest first."""
    count = STEPS if edition.least and inputs.sizes else 0
    return tuple(
        _step(edition, localized, inputs.templates, data, step / STEPS)
        for step in range(count + 1)
    )


def _reserve(
    edition: Edition, localized: Localized, templates: Templates, data: PageData
) -> Step | None:
    """Fill the stylesheet for the smallest type with less white between blocks."""
    if not edition.least:
        return None
    return _step(edition, localized, templates, replace(data, reserve=True), 1.0)


def _step(
    edition: Edition,
    localized: Localized,
    templates: Templates,
    data: PageData,
    part: float,
) -> Step:
    """Fill the stylesheet after a part (0 to 1) of all shrinking."""
    name = stylesheet_of(edition.template)
    sized = _sized(data, type_at(edition, localized.locale, part))
    return Step(round(size_at(edition, part), 3), render(templates, name, sized))


def _sized(data: PageData, size: TypeSize) -> PageData:
    return replace(data, unit=size.unit, size=size.size)


def _page_data(
    sides: tuple[Localized, ...],
    blocks: tuple[Block, ...],
    edition: Edition,
    paper: str,
    inputs: ComposeInputs,
    diagnostics: list[Diagnostic],
) -> PageData:
    """Gather what the template is filled with; gaps in its words are told on filling."""
    languages = [
        _language_data(side, prefix, blocks, edition, inputs, diagnostics)
        for side, prefix in zip(sides, ("", SECOND), strict=False)
    ]
    data = _shared_data(sides, languages[0], edition, paper, inputs)
    if data.standing != "approved":
        standings = [
            _standing_texts(_in_language(data, language), side, inputs.templates)
            for side, language in zip(sides, languages, strict=True)
        ]
        data = replace(data, head_room=head_room(edition, data.frame, sides, standings))
    if len(sides) > 1:
        columns = [
            _column(index, side, _in_language(data, language), inputs.templates)
            for index, (side, language) in enumerate(zip(sides, languages, strict=True))
        ]
        groups = groups_of(languages[0].blocks, languages[1].blocks)
        return replace(data, groups=groups, columns=_from_left(columns))
    return data


def _shared_data(
    sides: tuple[Localized, ...],
    language: LanguageData,
    edition: Edition,
    paper: str,
    inputs: ComposeInputs,
) -> PageData:
    """Gather what does not differ between two languages, for a head without a box."""
    localized, project = sides[0], inputs.project
    document, locale = localized.document, localized.locale
    source_locale = source_of(project)
    pages = frames(edition, PAPERS[paper], right_to_left=locale.right_to_left)
    shop = shop_of(edition, paper, project.shops)
    size = type_at(edition, locale, 0)
    return PageData(
        **_values(language),
        edition=edition,
        meta=document.meta,
        family=inputs.family,
        leaflet_number=inputs.leaflets.index(document.meta.id) + 1,
        leaflet_count=len(inputs.leaflets),
        references=tuple(map(_marked_reference, cited(document, inputs.evidence))),
        rows=partial(rows_of, localized, inputs.evidence, source_locale),
        source_locale=source_locale,
        standing=min((side.standing for side in sides), key=LOWEST.index),
        publisher=project.publisher,
        funding=project.funding,
        clinic=project.clinic,
        online=_online(project.clinic.online, document.meta.id, locale.tag),
        frames=pages,
        frame=pages[0],
        page_size=(pages[0].width, pages[0].height),
        longest_word=longest_word(sides),
        line_factor=line_factor(sides),
        head_line=head_line(edition, sides),
        head_room=head_room(edition, pages[0], sides, [()] * len(sides)),
        gutter=gutter(edition, pages[0]),
        shop=shop,
        colour=palette(press=shop is not None),
        short=edition.text == "short",
        notes=range(1, MOST_NOTES + 1) if edition.fold.folded else range(0),
        unit=size.unit,
        size=size.size,
    )


def _marked_reference(reference: Reference) -> Reference:
    """Mark what is printed of a source."""
    return replace(
        reference,
        cite=mark_text(reference.cite),
        url=mark_text(reference.url),
        doi=mark_text(reference.doi),
    )


def _online(address: str, leaflet: str, language: str) -> str:
    """Fill in what the clinic's address of the online copy leaves open."""
    return address.replace("{leaflet}", leaflet).replace("{locale}", language)


def _values(language: LanguageData) -> dict[str, Any]:
    return {entry.name: getattr(language, entry.name) for entry in fields(language)}


def _in_language(data: PageData, language: LanguageData) -> PageData:
    """Put one language's words in the place of another's."""
    return replace(data, **_values(language))


def _language_data(
    localized: Localized,
    prefix: str,
    blocks: tuple[Block, ...],
    edition: Edition,
    inputs: ComposeInputs,
    diagnostics: list[Diagnostic],
) -> LanguageData:
    """Gather what differs from language to language."""
    document, locale = localized.document, localized.locale
    cites = cites_by_block(document, inputs.evidence)
    known = _values_of(localized, inputs.project)

    def isolated(value: object) -> str:
        """Keep a value whole in its line, and mark it where its words are known."""
        text = isolate(str(value), locale)
        return mark_text(text) if isinstance(value, int) or value in known else text

    views = (
        view_of(block, localized, inputs.project, inputs.family, cites)
        for block in blocks
    )
    return LanguageData(
        prefix=prefix,
        locale=locale,
        blocks=tuple(
            marked_view(prefixed(view, prefix) if prefix else view) for view in views
        ),
        title=mark(html_of(localized.words[TITLE].spans)),
        promise=mark(html_of(localized.words[PROMISE].spans)),
        plain_title=mark_text(localized.words[TITLE].text),
        english_title=localized.source_title,
        is_source=localized.words[TITLE].translation is None,
        signatures={signature.role: signature for signature in localized.signatures},
        small_size=round(edition.smallest * locale.setting.size, 3),
        _=Translator(localized, diagnostics),
        date=lambda value: mark_text(
            isolate(format_value(value, "date", locale), locale)
        ),
        number=lambda value: mark_text(
            isolate(format_value(value, "number", locale), locale)
        ),
        isolate=isolated,
    )


def _values_of(localized: Localized, project: Project) -> frozenset[str]:
    """List the values that a page names beside its texts; each is signed with it."""
    signatures = localized.signatures
    return frozenset(
        (
            localized.document.meta.version,
            localized.source_title,
            localized.locale.english_name,
            project.publisher,
            project.funding,
            *project.clinic.contacts.values(),
            *(signature.name for signature in signatures),
            *(signature.credentials for signature in signatures),
        )
    )


def _standing_texts(
    data: PageData, localized: Localized, templates: Templates
) -> tuple[str, ...]:
    """List all that may stand in the box of the standing, in one language.

    The template is asked, so that its words can be changed without a word here.
    """
    if STANDING_TEMPLATE not in templates:
        return ()
    # Gaps are told when the page itself is filled.
    silent = replace(data, _=Translator(localized, []))
    texts: list[str] = []
    for standing, is_source in POSSIBLE_STANDINGS:
        asked = replace(silent, standing=standing, is_source=is_source)
        html = render(templates, STANDING_TEMPLATE, asked)
        read = read_back(without_marks(html))
        texts.extend(
            furniture.text
            for furniture in read.furniture
            if furniture.role == Role.STANDING
        )
    return tuple(texts)


def _column(
    index: int, side: Localized, data: PageData, templates: Templates
) -> Column:
    """Make a column of the language that `data` is in."""
    sized = _sized(data, type_at(data.edition, side.locale, 0))
    cells = macros(templates, CELLS_TEMPLATE, sized)
    return Column(index, side.locale, cells, data.small_size)


def _from_left(columns: list[Column]) -> tuple[Column, ...]:
    """Put each language on its side: one that runs from the right stands there."""
    first, second = columns
    turned = first.locale.right_to_left and not second.locale.right_to_left
    return (second, first) if turned else (first, second)


def assets_of(
    sides: tuple[Localized, ...],
    blocks: tuple[Block, ...],
    online: str,
    *,
    press: bool,
) -> tuple[Asset, ...]:
    """Collect the drawings that the page loads, and the QR code if there is one.

    Each language has its own, for some are mirrored.
    """
    drawn = {block.name for block in walk(blocks) if block.kind == "figure"}
    drawings = {
        prefix + figure.path: figure.drawing
        for side, prefix in zip(sides, ("", SECOND), strict=False)
        for name, figure in side.figures.items()
        if name in drawn
    }
    if online:
        drawings[CODE_ASSET] = draw_code(online)
    return tuple(
        Asset(name, "image/svg+xml", in_ink(data) if press else data)
        for name, data in sorted(drawings.items())
    )


def boxes_of(localized: Localized) -> tuple[Box, ...]:
    """List the labels, whose room is fixed."""
    boxes = []
    for figure in localized.figures.values():
        for label in figure.labels:
            key = label_key(figure.path, label.id)
            words = localized.words.get(key)
            place = (words and words.translation) or label.location
            if not label.under:
                height = shared_height(figure, label)
                boxes.append(Box(group_id(key), height, label.width, place))
            boxes.append(Box(key, figure.height, label.width, place))
    return tuple(boxes)
