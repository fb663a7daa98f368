"""Report of changes as a page, for a screen and for paper.

Takes changes and gives a composition like any other, set from `templates/changes.*`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from leaflets.diagnostics import Location
from leaflets.languages.locale import Locale
from leaflets.pages.composition import Composition, Passage, Target
from leaflets.pages.expected import read_back
from leaflets.pages.templates import render_page
from leaflets.paper.colours import palette
from leaflets.paper.papers import PAPERS
from leaflets.paper.rectangle import Margins
from leaflets.reviews.changes import Change
from leaflets.sources.catalogs.localize import source_text
from leaflets.sources.content.document import Document
from leaflets.sources.material import Material
from leaflets.sources.signatures import Signature

TEMPLATE = "changes.html"
SIZE = 11.0
"""Type in pt: a desk paper for reviewers, not for patients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesData:
    """What the template of a report of changes is filled with."""

    title: str
    leaflet_title: str
    """In the source language."""
    document: Document
    locale: Locale
    """The language that is reported on."""
    source: Locale
    """The language that the leaflets are written in."""
    translated: bool
    """Whether these are two languages."""
    signature: Signature
    """Since which it is told what changed."""
    changes: Sequence[Change]
    grave: int
    """How many of them touch a number, a source or a negation."""
    size: float
    """Type in pt."""
    colour: Mapping[str, str]
    unit: float
    """Distance of baselines in mm."""


def compose_changes(
    material: Material,
    document: Document,
    locale: str,
    signature: Signature,
    changes: Sequence[Change],
) -> Composition:
    """Compose the report; LeafletsError where its template is broken."""
    language = material.project.locale(locale)
    source = material.project.locale(material.project.source_locale)
    assert language is not None  # asked for by name, and found
    assert source is not None  # or the project could not be read
    values = material.evidence.by_placeholder()
    name = source_text(document.title, source, values)
    title = f"{name} ({language.english_name}): what changed"
    data = ChangesData(
        title=title,
        leaflet_title=name,
        document=document,
        locale=language,
        source=source,
        translated=locale != source.name,
        signature=signature,
        changes=changes,
        grave=sum(change.grave for change in changes),
        size=SIZE,
        colour=palette(press=False),
        unit=_unit(language, source),
    )
    html, css = render_page(material.templates, TEMPLATE, data)
    place = Location(document.path, 1)
    read = read_back(html)
    families = (*source.setting.families, *language.setting.families)
    return Composition(
        target=Target(document.meta.id, locale, "changes", "A4"),
        language=source.tag,
        direction=source.direction,
        title=title,
        html=html,
        stylesheet=css,
        assets=(),
        families=tuple(dict.fromkeys(families)),
        passages=tuple(
            Passage(passage.key, passage.text, place) for passage in read.passages
        ),
        furniture=read.furniture_texts,
        boxes=(),
        page_size=PAPERS["A4"].size,
        margins=Margins.all_round(8.0),
        page_limit=200,
        minimum_size=9.0,
        standing="draft",
        date=f"{material.sources.today.isoformat()}T00:00:00Z",
        location=place,
    )


def _unit(*languages: Locale) -> float:
    """Take the widest pitch in mm, so that lines of both languages keep clear."""
    return max(language.setting.pitch for language in languages) * SIZE / 12
