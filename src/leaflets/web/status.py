"""Board: how far every leaflet is in every language, as a table and a picture."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from leaflets.build.fit import Fit, fit_of
from leaflets.build.front import Front
from leaflets.build.manifest import Manifest, read_record
from leaflets.diagnostics import Severity
from leaflets.languages.locale import Locale
from leaflets.pages.composition import Target
from leaflets.pages.templates import render
from leaflets.paper.colours import palette
from leaflets.sources.catalogs.catalog import coverage
from leaflets.sources.material import material_messages

SIDE, GAP, LABEL = 14, 3, 150
"""Of the picture, in its own units."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One leaflet in one language."""

    standing: str
    """draft, revised, approved or expired."""
    files: int
    """Files that are as the sources are."""
    wanted: int
    fit: str
    review_by: str


@dataclass(frozen=True, slots=True)
class Row:
    """One language."""

    locale: Locale
    translated: int
    messages: int
    errors: int
    warnings: int
    cells: tuple[Cell, ...]


def rows_of(front: Front, manifest: Manifest, folder: Path) -> tuple[Row, ...]:
    """Gather what is known of each language and leaflet."""
    material = front.material
    keys = list(material_messages(material))
    published = [one for one in manifest.entries if not one.earlier]
    asked: list[Target] = [
        *(one.target for one in front.compositions),
        *front.blocked,
        *front.cached,
    ]
    fits = _fits(front, manifest, folder)
    made = []
    for locale in material.project.locales:
        catalog = material.catalogs.get(locale.name)
        covered = coverage(catalog, keys) if catalog else None
        found = [one for one in front.diagnostics if one.subject.locale == locale.name]
        cells = []
        for document in material.documents:
            key = locale.name, document.meta.id
            mine = [one for one in asked if (one.locales[0], one.leaflet) == key]
            ready = [
                one
                for one in published
                if (one.target.locales[0], one.target.leaflet) == key
            ]
            cells.append(
                Cell(
                    front.standings[key].name,
                    len(ready),
                    max(len(mine), len(ready)),
                    fits.get(key, "fit not measured"),
                    document.meta.review_by.isoformat(),
                )
            )
        made.append(
            Row(
                locale,
                covered.translated if covered else len(set(keys)),
                covered.total if covered else len(set(keys)),
                sum(one.severity is Severity.ERROR for one in found),
                sum(one.severity is Severity.WARNING for one in found),
                tuple(cells),
            )
        )
    return tuple(made)


def _fits(
    front: Front, manifest: Manifest, folder: Path
) -> Mapping[tuple[str, str], str]:
    """Tell the smallest type of each leaflet's published files, or what overflows."""
    sizes = {one.name: one.size for one in front.material.project.editions}
    found: dict[tuple[str, str], list[Fit]] = {}
    for one in front.compositions:
        entry = manifest.entry(one.target)
        if entry is None or entry.earlier:
            continue
        record = read_record(folder, entry.fingerprint, one)
        if record is not None:
            fit = fit_of(one, record.layout, sizes[one.target.edition])
            key = one.target.locales[0], one.target.leaflet
            found.setdefault(key, []).append(fit)
    return {
        key: f"type from {min(one.size for one in fits):g} pt"
        if all(one.fits for one in fits)
        else "too long"
        for key, fits in found.items()
    }


def board_of(
    front: Front, manifest: Manifest, folder: Path
) -> Iterator[tuple[str, bytes]]:
    """Make the page of the board and its picture, by path below the site."""
    rows = rows_of(front, manifest, folder)
    cells = [cell for row in rows for cell in row.cells]
    variables = {
        "rows": rows,
        "titles": [one.title.text for one in front.material.documents],
        "done": sum(one.files for one in cells),
        "total": sum(one.wanted for one in cells),
        "approved": sum(one.standing == "approved" for one in cells),
    }
    page = render(front.material.templates, "web-status.html", variables)
    yield "status.html", page.encode()
    yield "status.svg", picture_of(rows)


def picture_of(rows: tuple[Row, ...]) -> bytes:
    """Draw a square for each language and leaflet, filled as far as its files are."""
    colours = palette(press=False)
    step = SIDE + GAP
    columns = max((len(row.cells) for row in rows), default=0)
    width, height = LABEL + columns * step, len(rows) * step + GAP
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
            f' width="{width}" font-family="sans-serif" font-size="10">'
        )
    ]
    for down, row in enumerate(rows):
        y = GAP + down * step
        parts.append(
            f'<text x="0" y="{y + SIDE - 3}" fill="{colours["ink"]}">'
            f"{row.locale.english_name}</text>"
        )
        for across, cell in enumerate(row.cells):
            x = LABEL + across * step
            full = SIDE * cell.files / cell.wanted if cell.wanted else 0
            named = quoteattr(f"{row.locale.english_name}: {cell.standing}")
            shade = colours["accent" if cell.standing == "approved" else "rule"]
            parts.append(
                f"<g aria-label={named}>"
                f'<rect x="{x}" y="{y + SIDE - full:g}" width="{SIDE}"'
                f' height="{full:g}" fill="{shade}"/>'
                f'<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" fill="none"'
                f' stroke="{colours["ink"]}" stroke-width="0.6"/></g>'
            )
    return ("".join(parts) + "</svg>\n").encode()
