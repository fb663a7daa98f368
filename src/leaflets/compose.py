"""Compose: the HTML of one target (door to Jinja).

Takes a document's words in one locale, its figures and the edition; gives a
`Composition` whose passages are read back from the finished HTML, so that a
template which drops a text is found out before anything is set.
"""

import io
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined, TemplateError
from jinja2.ext import babel_extract
from markupsafe import Markup, escape

from leaflets.colours import in_ink, palette
from leaflets.composition import Asset, Box, Composition, Passage, Step, Target
from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.facts import Evidence
from leaflets.frames import frames, gutter, shop_of
from leaflets.locales import SCRIPTS, find_locale, format_value, isolate
from leaflets.localize import PLACEHOLDER
from leaflets.passages import Found, read_back
from leaflets.project import Edition, Project
from leaflets.proof import rows_of
from leaflets.qr import draw_code
from leaflets.scale import (
    MOST_NOTES,
    STEPS,
    head_line,
    head_room,
    longest_word,
    size_at,
    type_at,
)
from leaflets.short import shorten
from leaflets.views import (
    Localized,
    block_key,
    cited,
    cites_of,
    every,
    html_of,
    label_key,
    room,
    view_of,
    without_isolates,
)

NOTHING: Mapping[str, bytes] = MappingProxyType({})


def template_messages(
    templates: Mapping[str, str],
) -> tuple[tuple[str, Location], ...]:
    """List the texts that the templates ask for, each with its first place.

    Read with the extractor that `pybabel` uses, so that both know the same.
    """
    made: dict[str, Location] = {}
    for name, source in sorted(templates.items()):
        stream = io.BytesIO(source.encode())
        options = {"encoding": "utf-8", "silent": "true"}
        for line, _, text, _ in babel_extract(stream, ("_",), (), options):
            first = text[0] if isinstance(text, tuple) else text
            if first:
                made.setdefault(first, Location(f"templates/{name}", line))
    return tuple(made.items())


def environment(templates: Mapping[str, str]) -> Environment:
    """Make the template environment: strict, escaped, without any translation.

    Words come in as an argument of each rendering, never as a global.
    """
    made = Environment(
        loader=DictLoader(dict(templates)),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.clear()
    made.filters["content"] = css_string
    made.filters["counters"] = css_counters
    return made


def css_string(text: str) -> Markup:
    """Write words as a CSS string; whatever they hold, they stay words."""
    plain = Markup(text).unescape()
    escaped = "".join(
        char if char.isalnum() or char in " .:,–" else f"\\{ord(char):x} "
        for char in plain
    )
    return Markup('"' + escaped + '"')


def css_counters(text: str) -> Markup:
    """Write words with marked counters (`\\x01page\\x01`) as CSS content.

    Every counter stands in an isolate, which does no harm from left to right.
    """
    parts = []
    for index, part in enumerate(Markup(text).unescape().split("\x01")):
        if index % 2:
            parts.append(f'"\\2066 " counter({part}) "\\2069 "')
        elif part:
            parts.append(str(css_string(Markup.escape(part))))
    return Markup(" ".join(parts))


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
) -> tuple[Composition, tuple[Diagnostic, ...]]:
    """Compose one target; LeafletsError where its template is broken.

    `family` lists the ids of all leaflets in order; `today` is the build's date;
    `profiles` holds the colour profiles of print shops by name.
    """
    document, locale = localized.document, localized.locale
    target = Target(document.meta.id, locale.name, edition.name, paper)
    references = cited(document, evidence)
    values = evidence.by_placeholder()
    numbers = {one.id: index for index, one in enumerate(references, 1)}
    found: list[Diagnostic] = []
    rtl = locale.right_to_left
    pages = frames(edition, paper, right_to_left=rtl)
    shop = shop_of(edition, paper, project.shops)
    blocks = document.blocks
    if edition.text == "short":
        blocks = shorten(blocks)
    online = project.clinic.online.replace("{leaflet}", document.meta.id).replace(
        "{locale}", locale.tag
    )
    sources = {
        block_key(block): cites_of(block, values, numbers)
        for block in every(document.blocks)
    }
    data: dict[str, Any] = {
        "blocks": tuple(
            view_of(block, localized, project, sources) for block in blocks
        ),
        "title": html_of(localized.words["title"].spans),
        "promise": html_of(localized.words["promise"].spans),
        "plain_title": localized.words["title"].text,
        "english_title": document.title.text,
        "source": localized.words["title"].translation is None,
        "locale": locale,
        "meta": document.meta,
        "place": family.index(document.meta.id) + 1,
        "places": len(family),
        "references": references,
        "rows": lambda: rows_of(localized, evidence),
        "source_locale": find_locale(project.source_locale),
        "standing": localized.standing,
        "signatures": {one.role: one for one in localized.signatures},
        "publisher": project.publisher,
        "funding": project.funding,
        "clinic": project.clinic,
        "online": online,
        "edition": edition,
        "frames": pages,
        "frame": pages[0],
        "page": (pages[0].width, pages[0].height),
        "longest_word": longest_word(localized, pages[0]),
        "head_line": head_line(edition),
        "head_room": head_room(localized, edition, pages[0]),
        "gutter": gutter(edition, pages[0]),
        "shop": shop,
        "colour": palette(press=shop is not None),
        "short": edition.text == "short",
        "notes": range(1, MOST_NOTES + 1) if edition.fold != "none" else (),
        "small": round(edition.smallest * locale.setting.size, 3),
        "_": _Words(localized, found),
        "date": lambda value: isolate(format_value(value, "date", locale), locale),
        "number": lambda value: isolate(format_value(value, "number", locale), locale),
        "isolate": lambda value: isolate(str(value), locale),
    }
    try:
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
    keys = frozenset(
        one.key
        for block in every(blocks)
        for one in (block.segment, block.alt)
        if one is not None
    )
    found.extend(_dropped(localized, read, edition, keys))
    drawn = frozenset(block.name for block in every(blocks) if block.kind == "figure")
    composition = Composition(
        target=target,
        language=locale.tag,
        direction=locale.direction,
        title=without_isolates(localized.words["title"].text),
        html=html,
        stylesheet=steps[0].stylesheet,
        assets=_assets(localized, online, drawn, press=shop is not None),
        families=locale.setting.families,
        passages=tuple(_passages(read.passages, localized, edition)),
        furniture=read.furniture,
        boxes=() if edition.keyed else _boxes(localized),
        page_size=(pages[0].width, pages[0].height),
        margins=(edition.margin,) * 4,
        page_limit=edition.pages,
        minimum_size=edition.smallest,
        standing=localized.standing,
        date=f"{today.isoformat()}T00:00:00Z",
        location=Location(document.path, 1),
        fold=edition.fold,
        imposed=edition.fold != "none" and not edition.single,
        contrast=edition.contrast,
        steps=steps[1:],
        shop=shop,
        profile=profiles.get(shop.profile, b"") if shop else b"",
    )
    return composition, tuple(found)


class _Words:
    """The templates' `_`: looks a text up and fills its placeholders.

    Called as `_("Page {page} of {pages}", page=…)`; values are escaped and
    isolated.  A gap is told, and the source stands in so that the rest of the
    page can still be checked; a target with a finding is never rendered.
    """

    def __init__(self, localized: Localized, found: list[Diagnostic]) -> None:
        self.localized = localized
        self.found = found

    def __call__(self, text: str, **values: object) -> Markup:
        words = self.localized.furniture.get(text)
        if words is None:
            message = f'"{text}" stands in a template but in no catalog'
            place = Location("templates")
            hint = "run `leaflets update`, then translate it"
            self.found.append(error("untranslated", message, place, hint))
        translated = words[0] if words else text
        parts = []
        for index, part in enumerate(PLACEHOLDER.split(translated)):
            if index % 2 and part not in values:
                message = f"{{{part}}} stands for nothing"
                place = words[1] if words else Location("templates")
                self.found.append(error("unknown-placeholder", message, place))
            parts.append(escape(values.get(part, "") if index % 2 else part))
        return Markup("").join(parts)


def _assets(
    localized: Localized, online: str, drawn: frozenset[str], *, press: bool
) -> tuple[Asset, ...]:
    """Collect the drawings that the page loads, and the QR code if there is one."""
    made = [
        Asset(
            figure.path,
            "image/svg+xml",
            in_ink(figure.drawing) if press else figure.drawing,
        )
        for name, figure in localized.figures.items()
        if name in drawn
    ]
    if online:
        code = draw_code(online)
        made.append(Asset("qr.svg", "image/svg+xml", in_ink(code) if press else code))
    return tuple(sorted(made, key=lambda one: one.name))


def _boxes(localized: Localized) -> tuple[Box, ...]:
    """List the labels, whose room is fixed."""
    made = []
    for figure in localized.figures.values():
        for label in figure.labels:
            key = label_key(figure.path, label.id)
            words = localized.words.get(key)
            place = (words and words.translation) or label.location
            if not label.under:
                height = room(figure, label)
                made.append(Box(f"g-{key}", height, label.width, place))
            made.append(Box(key, figure.height, label.width, place))
    return tuple(made)


def _passages(
    found: tuple[Found, ...], localized: Localized, edition: Edition
) -> Iterator[Passage]:
    """Tie the texts of the finished HTML to the places where they can be mended."""
    document = localized.document
    start = Location(document.path, 1)
    # A paper for reviewers parts what patients must see together.
    tags = {
        block.segment.key: block.tags
        for block in every(document.blocks)
        if block.segment and not edition.on_request
    }
    furniture = {_plain(text): place for text, place in localized.furniture.values()}
    for one in found:
        words = localized.words.get(one.key)
        if words is None:
            yield Passage(one.key, one.text, start, furniture.get(_plain(one.text)))
            continue
        segment = words.segment
        yield Passage(
            one.key,
            one.text,
            segment.location,
            words.translation,
            segment.paragraph,
            tags.get(segment.key, ()),
            grown=round(
                len(words.text) * localized.locale.setting.letter
                - len(segment.text) * SCRIPTS["Latn"].letter,
                2,
            ),
        )


def _dropped(
    localized: Localized, read: Any, edition: Edition, keys: frozenset[str]
) -> list[Diagnostic]:
    """Tell of words that the template left out or changed.

    `keys` name the document's own texts that the edition holds; labels go with their
    drawings.
    """
    texts = {one.key: _plain(one.text) for one in read.passages}
    alts = {_plain(one) for one in read.alts}
    found = []
    own = {one.key for one in localized.document.segments} - {"title", "promise"}
    for key, words in localized.words.items():
        if (
            edition.text == "short"
            and (key not in keys)
            and (key in own or key not in texts)
        ):
            continue
        wanted = _plain(words.text)
        there = texts.get(key, "").startswith(wanted) or (
            words.segment.kind == "alt text" and wanted in alts
        )
        if not there:
            message = f"the template leaves out {key}: {wanted[:60]}"
            place = Location(f"templates/{edition.template}")
            found.append(error("text-dropped-by-template", message, place))
    order = {one.key: place for place, one in enumerate(localized.document.segments)}
    set_keys = [one.key for one in read.passages if one.key in order]
    for before, after in pairwise(set_keys):
        if order[before] > order[after]:
            message = f"the template puts {before} before {after}"
            place = Location(f"templates/{edition.template}")
            hint = "warnings and steps stand in the order of the source"
            found.append(error("block-order", message, place, hint))
    return found


@lru_cache(maxsize=50_000)
def _plain(text: str) -> str:
    """Fold white space and drop isolates, to compare what is read."""
    return " ".join(without_isolates(text).split())
