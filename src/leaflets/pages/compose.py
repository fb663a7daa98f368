"""Compose: the HTML of one target.

Takes a document's words in one locale, or in two side by side, its figures and the
edition; gives a `Composition` whose passages are read back from the finished HTML, so
that a template which drops a text is found out before anything is set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, TemplateError

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.languages.locale import Locale, find_locale, format_value, isolate
from leaflets.pages.bilingual import groups_of, prefixed
from leaflets.pages.composition import Composition, Step, Target
from leaflets.pages.expected import (
    SECOND,
    assets_of,
    boxes_of,
    dropped,
    keys_of,
    passages_of,
)
from leaflets.pages.margins import frames, gutter, shop_of
from leaflets.pages.passages import read_back
from leaflets.pages.proof_rows import rows_of
from leaflets.pages.templates import Words
from leaflets.pages.type_size import (
    MOST_NOTES,
    STEPS,
    head_line,
    head_room,
    loft,
    longest_word,
    size_at,
    type_at,
)
from leaflets.pages.views import (
    Localized,
    block_key,
    cited,
    cites_of,
    every,
    html_of,
    view_of,
    without_isolates,
)
from leaflets.paper.colours import palette
from leaflets.sources.content.evidence import Evidence
from leaflets.sources.content.markdown import Block
from leaflets.sources.content.short_form import shorten
from leaflets.sources.project import Edition, Project

NOTHING: Mapping[str, bytes] = MappingProxyType({})
LOWEST = ("expired", "draft", "revised", "approved")
"""Standings, the one that is printed of two languages first."""


def compose(
    localized: Localized,
    edition: Edition,
    paper: str,
    *,
    project: Project,
    evidence: Evidence,
    family: tuple[str, ...],
    templates: Environment,
    today: date,
    profiles: Mapping[str, bytes] = NOTHING,
    second: Localized | None = None,
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """Compose one target; LeafletsError where its template is broken.

    `family` lists the ids of all leaflets in order; `today` is the build's date;
    `profiles` holds the colour profiles of print shops by name; `second` is the same
    leaflet in the language that stands beside.
    """
    document, locale = localized.document, localized.locale
    name = locale.name + (f"+{second.locale.name}" if second else "")
    target = Target(document.meta.id, name, edition.name, paper)
    sides = (localized,) if second is None else (localized, second)
    if loft(sides) > 1 and not edition.for_reviewers:
        # Labels of a tall script find no room inside a drawing.
        edition = replace(edition, keyed=True)
    standing = min((one.standing for one in sides), key=LOWEST.index)
    pages = frames(edition, paper, right_to_left=locale.right_to_left)
    shop = shop_of(edition, paper, project.shops)
    blocks = document.blocks
    if edition.text == "short":
        blocks = shorten(blocks)
    online = project.clinic.online.replace("{leaflet}", document.meta.id).replace(
        "{locale}", locale.tag
    )
    found: list[Diagnostic] = []
    common: dict[str, Any] = {
        "edition": edition,
        "meta": document.meta,
        "place": family.index(document.meta.id) + 1,
        "places": len(family),
        "references": cited(document, evidence),
        "rows": lambda: rows_of(localized, evidence),
        "source_locale": find_locale(project.source_locale),
        "standing": standing,
        "publisher": project.publisher,
        "funding": project.funding,
        "clinic": project.clinic,
        "online": online,
        "frames": pages,
        "frame": pages[0],
        "page": (pages[0].width, pages[0].height),
        "longest_word": longest_word(sides),
        "head_line": head_line(edition, sides),
        "loft": loft(sides),
        "head_room": head_room(localized, edition, pages[0], second),
        "gutter": gutter(edition, pages[0]),
        "shop": shop,
        "colour": palette(press=shop is not None),
        "short": edition.text == "short",
        "notes": range(1, MOST_NOTES + 1) if edition.fold != "none" else (),
    }
    data = common | _side(localized, blocks, edition, project, evidence, found)
    try:
        if second:
            other = _side(second, blocks, edition, project, evidence, found)
            views = tuple(prefixed(one, SECOND) for one in other["blocks"])
            other |= {"blocks": views, "px": SECOND}
            data["groups"] = groups_of(data["blocks"], views)
            data["columns"] = _columns(templates, common, data, other)
        html = templates.get_template(edition.template).render(
            data | type_at(edition, locale, 0)
        )
        style = templates.get_template(edition.template.replace(".html", ".css"))
        count = STEPS if edition.least else 0
        steps = tuple(
            Step(
                round(size_at(edition, step / STEPS), 3),
                style.render(data | type_at(edition, locale, step / STEPS)),
            )
            for step in range(count + 1)
        )
    except TemplateError as problem:
        place = Location(
            f"templates/{getattr(problem, 'filename', '') or edition.template}",
            getattr(problem, "lineno", 0) or 0,
        )
        message = f"the template cannot be filled: {problem}"
        raise LeafletsError((error("broken-template", message, place),)) from problem
    read = read_back(html)
    keys = keys_of(localized, blocks)
    found.extend(dropped(localized, read, edition, keys))
    families = locale.setting.families
    if second:
        found.extend(dropped(second, read, edition, keys, SECOND))
        families = tuple(dict.fromkeys((*families, *second.locale.setting.families)))
    drawn = frozenset(block.name for block in every(blocks) if block.kind == "figure")
    composition = Composition(
        target=target,
        language=locale.tag,
        direction=locale.direction,
        title=without_isolates(localized.words["title"].text),
        html=html,
        stylesheet=steps[0].stylesheet,
        assets=assets_of(
            localized, online, drawn, press=shop is not None, second=second
        ),
        families=families,
        passages=tuple(passages_of(read.passages, localized, edition, second)),
        furniture=read.furniture,
        boxes=() if edition.keyed else boxes_of(localized),
        page_size=(pages[0].width, pages[0].height),
        margins=(edition.margin,) * 4,
        page_limit=edition.pages,
        minimum_size=edition.smallest,
        standing=standing,
        date=f"{today.isoformat()}T00:00:00Z",
        location=Location(document.path, 1),
        fold=edition.fold,
        imposed=edition.fold != "none" and not edition.single,
        contrast=edition.contrast,
        steps=steps[1:],
        shop=shop,
        profile=profiles.get(shop.profile, b"") if shop else b"",
        for_patients=not edition.for_reviewers,
        online="" if edition.for_reviewers else online,
    )
    return composition, tuple(found)


def _side(
    localized: Localized,
    blocks: tuple[Block, ...],
    edition: Edition,
    project: Project,
    evidence: Evidence,
    found: list[Diagnostic],
) -> dict[str, Any]:
    """Give a template what differs from language to language."""
    document, locale = localized.document, localized.locale
    values = evidence.by_placeholder()
    references = cited(document, evidence)
    numbers = {one.id: index for index, one in enumerate(references, 1)}
    sources = {
        block_key(block): cites_of(block, values, numbers)
        for block in every(document.blocks)
    }
    return {
        "px": "",
        "locale": locale,
        "blocks": tuple(
            view_of(block, localized, project, sources) for block in blocks
        ),
        "title": html_of(localized.words["title"].spans),
        "promise": html_of(localized.words["promise"].spans),
        "plain_title": localized.words["title"].text,
        "english_title": document.title.text,
        "source": localized.words["title"].translation is None,
        "signatures": {one.role: one for one in localized.signatures},
        "small": round(edition.smallest * locale.setting.size, 3),
        "_": Words(localized, found),
        "date": lambda value: isolate(format_value(value, "date", locale), locale),
        "number": lambda value: isolate(format_value(value, "number", locale), locale),
        "isolate": lambda value: isolate(str(value), locale),
    }


@dataclass(frozen=True, slots=True)
class Column:
    """One of two columns, from left to right."""

    index: int
    """Of its language: 0 for the first, 1 for the second."""
    locale: Locale
    cell: Any
    """The macros of cells.html, in this language."""
    small: float
    """Smallest type in pt."""


def _columns(
    templates: Environment,
    common: dict[str, Any],
    first: dict[str, Any],
    second: dict[str, Any],
) -> tuple[Column, Column]:
    """Put each language on its side: one that runs from the right stands there."""
    made = []
    for index, side in enumerate((first, second)):
        edition, locale = common["edition"], side["locale"]
        sizes = type_at(edition, locale, 0)
        template = templates.get_template(CELLS)
        cell = template.make_module({**common, **side, **sizes})
        made.append(Column(index, locale, cell, side["small"]))
    one, two = made
    turned = one.locale.right_to_left and not two.locale.right_to_left
    return (two, one) if turned else (one, two)


CELLS = "cells.html"
"""Macros that set one text of one language in its column."""
