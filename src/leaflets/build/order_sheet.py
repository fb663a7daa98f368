"""Order sheets: what a clinic hands to a print shop beside the file.

Takes a press target as it was published; gives the composition of one page that says
trim, fold, stock, colours and quantity, and which file it is about, by its digest.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from leaflets.build.manifest import Entry, order_name
from leaflets.build.workers import run, typeset
from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.preflight import check_pdf
from leaflets.diagnostics import Diagnostic, Location
from leaflets.digest import digest_bytes
from leaflets.files import publish
from leaflets.languages.locale import find_locale
from leaflets.pages.composition import Asset, Composition, Passage, Target
from leaflets.pages.expected import read_back
from leaflets.pages.templates import render_page
from leaflets.paper.colours import ACCENT, INK, WHITE, palette
from leaflets.paper.papers import PAPERS
from leaflets.paper.rectangle import Margins
from leaflets.paper.sheet import Panel, Shop
from leaflets.sources.catalogs.localize import source_text
from leaflets.sources.content.document import Document
from leaflets.sources.material import Material
from leaflets.sources.source_language import source_of

TEMPLATE = "order.html"
INCH = 25.4
OUTLINE = f'fill="{WHITE.screen}" stroke="{INK.screen}" stroke-width="1"'
SCALE = 0.5
"""Of the picture of the fold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderData:
    """What the template of an order sheet is filled with."""

    title: str
    leaflet_title: str
    """In the source language."""
    document: Document
    own_title: str
    """The leaflet's title in its language, beside `language` and `direction`."""
    language: str
    direction: str
    languages: str
    """Their English names."""
    shop: Shop
    entry: Entry
    """The press file in the manifest."""
    file: str
    """Its name, without the folder."""
    standing: str
    trim: str
    """Size of the sheet before it is folded, in mm and inches."""
    bleed: str
    fold: str
    widths: str
    """Of the front's panels, from left to right; empty where it is not folded so."""
    reading: str
    sides: int
    single: bool
    """Whether the file holds single pages of a booklet."""
    colour: Mapping[str, str]
    picture: bool
    """Whether the sheet is shown as it lies open."""
    picture_size: tuple[float, float]
    """Width and height of that picture in mm."""


def write_orders(
    folder: Path,
    fonts: Path | None,
    material: Material,
    published: Iterable[tuple[Composition, Entry]],
) -> Iterator[tuple[Entry, tuple[Diagnostic, ...]]]:
    """Write an order sheet beside every press file; one with a finding is not.

    Yields the entry of each file with the digest of its sheet, and the findings.
    """
    for composition, entry in published:
        data, diagnostics = typeset_order(fonts, material, composition, entry)
        if data and (problem := publish(data, folder, order_name(entry.output))):
            data, diagnostics = b"", (problem,)
        yield replace(entry, order=digest_bytes(data) if data else ""), diagnostics


def typeset_order(
    fonts: Path | None, material: Material, press: Composition, entry: Entry
) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """Typeset the order sheet of a press file, and check it; empty with a finding."""
    sheet = order_sheet(material, press, entry)
    work = run(sheet, fonts, typeset)
    if work.typeset is None or work.diagnostics:
        return b"", work.diagnostics
    layout, pdf = work.typeset.layout, work.typeset.pdf
    diagnostics = (*check_layout(layout, sheet), *check_pdf(pdf, layout, sheet))
    return b"" if diagnostics else work.typeset.data, diagnostics


def order_sheet(material: Material, press: Composition, entry: Entry) -> Composition:
    """Compose the order sheet of a press file; LeafletsError for a broken template."""
    # Print shops read it: it is in English, whatever the leaflet is written in.
    english = find_locale("en")
    assert english is not None  # CLDR always has it
    data = _data(material, press, entry)
    html, css = render_page(material.templates, TEMPLATE, data)
    place = Location(data.document.path, 1)
    read = read_back(html)
    assets = [
        Asset(f"side-{side}.svg", "image/svg+xml", _picture(press, side))
        for side in ((1, 2) if press.imposed else ())
    ]
    return Composition(
        target=Target(data.document.meta.id, press.target.locale, "order", "A4"),
        language="en",
        direction="ltr",
        title=data.title,
        html=html,
        stylesheet=css,
        assets=tuple(assets),
        families=tuple(dict.fromkeys((*english.setting.families, *press.families))),
        passages=tuple(
            Passage(passage.key, passage.text, place) for passage in read.passages
        ),
        furniture=read.furniture_texts,
        boxes=(),
        page_size=PAPERS["A4"].size,
        margins=Margins.all_round(8.0),
        page_limit=1,
        minimum_size=9.0,
        standing=entry.standing,
        date=press.date,
        location=place,
    )


def _data(material: Material, press: Composition, entry: Entry) -> OrderData:
    """Gather what the sheet says of a press file."""
    shop = press.shop
    assert shop is not None  # a press target, or there is nothing to order
    document = next(
        document
        for document in material.documents
        if document.meta.id == press.target.leaflet
    )
    languages = [material.project.locale(name) for name in press.target.locales]
    width, height = press.side_size if press.imposed else press.page_size
    values = material.evidence.by_placeholder()
    name = source_text(document.title, source_of(material.project), values)
    return OrderData(
        title=f"Order: {name}",
        leaflet_title=name,
        document=document,
        own_title=press.title,
        language=press.language,
        direction=press.direction,
        languages=" and ".join(
            language.english_name for language in languages if language
        ),
        shop=shop,
        entry=entry,
        file=entry.output.rpartition("/")[2],
        standing=entry.standing,
        trim=f"{_mm(width)} × {_mm(height)} mm ({_inch(width)} × {_inch(height)} in)",
        bleed=f"{_mm(shop.bleed)} mm ({_inch(shop.bleed)} in) on all sides",
        fold=press.fold.label,
        widths=_widths(press),
        reading="from the right" if press.right_to_left else "from the left",
        sides=entry.pages,
        single=press.fold.stapled and not press.imposed,
        colour=palette(press=False),
        picture=press.imposed,
        picture_size=(round(width * SCALE, 2), round(height * SCALE, 2)),
    )


def _mm(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")


def _inch(length: float) -> str:
    return f"{length / INCH:.3f}".rstrip("0").rstrip(".")


def _widths(press: Composition) -> str:
    """Say how wide the panels of the front are, from left to right."""
    if not press.fold.opens_flat:
        return ""
    front = sorted(_panels(press, 1), key=lambda panel: panel.left)
    millimetres = " + ".join(_mm(panel.width) for panel in front)
    inches = " + ".join(_inch(panel.width) for panel in front)
    return f"{millimetres} mm ({inches} in), front, from left to right"


def _panels(press: Composition, side: int) -> list[Panel]:
    return [panel for panel in press.places(press.fold.panels) if panel.side == side]


def _picture(press: Composition, side: int) -> bytes:
    """Draw a side with its panels, its folds, and a dot for each page up to its own.

    A drawing holds no text, so page 3 wears three dots.
    """
    width, height = press.side_size
    folds = press.folds[side - 1]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">',
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" {OUTLINE}/>',
    ]
    parts.extend(
        f'<path d="M{fold:g} 0 V{height:g}" stroke="{ACCENT.screen}" stroke-width="1" '
        'stroke-dasharray="5 3"/>'
        for fold in folds
    )
    for panel in _panels(press, side):
        parts.extend(_dots(panel))
    return ("".join(parts) + "</svg>").encode()


def _dots(panel: Panel) -> list[str]:
    """Draw as many dots as the page's number, in the middle of its panel."""
    middle, top = panel.left + panel.width / 2, panel.top + panel.height / 2
    left = middle - (panel.page - 1) * 5
    return [
        f'<circle cx="{left + index * 10:g}" cy="{top:g}" r="3.4" fill="{INK.screen}"/>'
        for index in range(panel.page)
    ]
