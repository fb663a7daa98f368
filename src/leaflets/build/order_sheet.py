"""Order sheets: what a clinic hands to a print shop beside the file.

Takes a press target as it was published; gives the composition of one page that says
trim, fold, stock, colours and quantity, and which file it is about, by its digest.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from leaflets.build.manifest import Entry
from leaflets.build.workers import run, typeset
from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.preflight import check_pdf
from leaflets.diagnostics import Diagnostic, Location
from leaflets.files import publish
from leaflets.languages.locale import find_locale
from leaflets.pages.composition import Asset, Composition, Passage, Target
from leaflets.pages.expected import read_back
from leaflets.pages.templates import render_page
from leaflets.paper.colours import ACCENT, INK, WHITE, palette
from leaflets.paper.papers import PAPERS
from leaflets.paper.rectangle import Margins
from leaflets.paper.sheet import Panel
from leaflets.sources.material import Material

TEMPLATE = "order.html"
INCH = 25.4
OUTLINE = f'fill="{WHITE.screen}" stroke="{INK.screen}" stroke-width="1"'
SCALE = 0.5
"""Of the picture of the fold."""


def order_name(output: str) -> str:
    """Name the order sheet of a press file, beside it."""
    return output.removesuffix(".pdf") + ".order.pdf"


def write_orders(
    folder: Path,
    fonts: Path | None,
    material: Material,
    published: Iterable[tuple[Composition, Entry]],
) -> Iterator[Diagnostic]:
    """Write an order sheet beside every press file; one with a finding is not."""
    for composition, entry in published:
        sheet = order_sheet(material, composition, entry)
        work = run(sheet, fonts, typeset)
        yield from work.diagnostics
        if made := work.typeset:
            found = (
                *check_layout(made.layout, sheet),
                *check_pdf(made.pdf, made.layout, sheet),
            )
            yield from found
            if not found and not work.diagnostics:
                problem = publish(made.data, folder, order_name(entry.output))
                if problem:
                    yield problem


def order_sheet(material: Material, made: Composition, entry: Entry) -> Composition:
    """Compose the order sheet of a press file; LeafletsError for a broken template."""
    shop = made.shop
    assert shop is not None  # a press target, or there is nothing to order
    # Print shops read it: it is in English, whatever the leaflet is written in.
    english = find_locale("en")
    assert english is not None  # CLDR always has it
    document = next(
        one for one in material.documents if one.meta.id == made.target.leaflet
    )
    languages = [material.project.locale(name) for name in made.target.locales]
    width, height = made.side_size if made.imposed else made.page_size
    data: dict[str, Any] = {
        "title": f"Order: {document.title.text}",
        "document": document,
        "own_title": made.title,
        "language": made.language,
        "direction": made.direction,
        "languages": " and ".join(one.english_name for one in languages if one),
        "shop": shop,
        "entry": entry,
        "file": entry.output.rpartition("/")[2],
        "standing": entry.standing,
        "trim": f"{_mm(width)} × {_mm(height)} mm ({_inch(width)} × {_inch(height)} in)",
        "bleed": f"{_mm(shop.bleed)} mm ({_inch(shop.bleed)} in) on all sides",
        "fold": made.fold.label,
        "widths": _widths(made),
        "reading": "from the right" if made.right_to_left else "from the left",
        "sides": entry.pages,
        "single": made.fold.stapled and not made.imposed,
        "colour": palette(press=False),
        "picture": made.imposed,
        "picture_size": tuple(round(one * SCALE, 2) for one in (width, height)),
    }
    html, css = render_page(material.templates, TEMPLATE, data)
    place = Location(document.path, 1)
    read = read_back(html)
    assets = [
        Asset(f"side-{side}.svg", "image/svg+xml", _picture(made, side))
        for side in ((1, 2) if made.imposed else ())
    ]
    return Composition(
        target=Target(document.meta.id, made.target.locale, "order", "A4"),
        language="en",
        direction="ltr",
        title=str(data["title"]),
        html=html,
        stylesheet=css,
        assets=tuple(assets),
        families=tuple(dict.fromkeys((*english.setting.families, *made.families))),
        passages=tuple(Passage(one.key, one.text, place) for one in read.passages),
        furniture=read.furniture_texts,
        boxes=(),
        page_size=PAPERS["A4"].size,
        margins=Margins.all_round(8.0),
        page_limit=1,
        minimum_size=9.0,
        standing=entry.standing,
        date=made.date,
        location=place,
    )


def _mm(length: float) -> str:
    return f"{length:.1f}".removesuffix(".0")


def _inch(length: float) -> str:
    return f"{length / INCH:.3f}".rstrip("0").rstrip(".")


def _widths(made: Composition) -> str:
    """Say how wide the panels of the front are, from left to right."""
    if not made.fold.opens_flat:
        return ""
    front = sorted(
        (one for one in made.places(made.fold.panels) if one.side == 1),
        key=lambda one: one.left,
    )
    millimetres = " + ".join(_mm(one.width) for one in front)
    inches = " + ".join(_inch(one.width) for one in front)
    return f"{millimetres} mm ({inches} in), front, from left to right"


def _picture(made: Composition, side: int) -> bytes:
    """Draw a side with its panels, its folds, and a dot for each page up to its own.

    A drawing holds no text, so page 3 wears three dots.
    """
    width, height = made.side_size
    folds = made.folds[side - 1]
    places = [one for one in made.places(made.fold.panels) if one.side == side]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">',
        f'<rect x="0.5" y="0.5" width="{width - 1:g}" height="{height - 1:g}" {OUTLINE}/>',
    ]
    parts.extend(
        f'<path d="M{fold:g} 0 V{height:g}" stroke="{ACCENT.screen}" stroke-width="1" '
        'stroke-dasharray="5 3"/>'
        for fold in folds
    )
    for one in places:
        parts.extend(_dots(one))
    return ("".join(parts) + "</svg>").encode()


def _dots(one: Panel) -> list[str]:
    """Draw as many dots as the page's number, in the middle of its panel."""
    middle, top = one.left + one.width / 2, one.top + one.height / 2
    left = middle - (one.page - 1) * 5
    return [
        f'<circle cx="{left + index * 10:g}" cy="{top:g}" r="3.4" fill="{INK.screen}"/>'
        for index in range(one.page)
    ]
