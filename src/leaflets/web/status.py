"""Status: how far every leaflet is in every language, as a table and a picture."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from leaflets.build.fit import Fit, fit_of
from leaflets.build.front import Front
from leaflets.build.manifest import Manifest, read_record
from leaflets.diagnostics import Severity, distinct
from leaflets.languages.locale import Locale
from leaflets.pages.composition import Target
from leaflets.pages.templates import render
from leaflets.paper.colours import palette
from leaflets.sources.catalogs.catalog import coverage
from leaflets.sources.catalogs.localize import source_text
from leaflets.sources.material import material_messages
from leaflets.sources.source_language import source_of

SIDE, GAP, LABEL = 14, 3, 150
"""Of the picture, in its own units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One leaflet in one language."""

    standing: str
    """draft, revised, approved or expired."""
    files: int
    """Published files that are as the sources are."""
    wanted: int
    """All that are asked for."""
    fit: str
    """The smallest type of them, or that one is too long."""
    review_by: str
    """ISO date."""


@dataclass(frozen=True, slots=True, kw_only=True)
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
    messages = list(material_messages(material))
    asked = Counter(map(_part_of, (*_targets(front), *front.blocked, *front.cached)))
    published = Counter(
        _part_of(entry.target) for entry in manifest.entries if not entry.earlier
    )
    fits = _fits(front, manifest, folder)
    rows = []
    for locale in material.project.locales:
        catalog = material.catalogs.get(locale.name)
        covered = coverage(catalog, messages) if catalog else None
        diagnostics = distinct(
            diagnostic
            for diagnostic in front.diagnostics
            if diagnostic.subject.locale == locale.name
        )
        severities = Counter(diagnostic.severity for diagnostic in diagnostics)
        cells = []
        for document in material.documents:
            part = locale.name, document.meta.id
            cells.append(
                Cell(
                    standing=front.standings[part].name,
                    files=published[part],
                    wanted=max(asked[part], published[part]),
                    fit=fits.get(part, "fit not measured"),
                    review_by=document.meta.review_by.isoformat(),
                )
            )
        rows.append(
            Row(
                locale=locale,
                translated=covered.translated if covered else len(set(messages)),
                messages=covered.total if covered else len(set(messages)),
                errors=severities[Severity.ERROR],
                warnings=severities[Severity.WARNING],
                cells=tuple(cells),
            )
        )
    return tuple(rows)


def _targets(front: Front) -> Iterator[Target]:
    return (composition.target for composition in front.compositions)


def _part_of(target: Target) -> tuple[str, str]:
    """Name the language and leaflet that a target counts for."""
    return target.locales[0], target.leaflet


def _fits(
    front: Front, manifest: Manifest, folder: Path
) -> Mapping[tuple[str, str], str]:
    """Say the smallest type of each leaflet's published files, or what overflows."""
    sizes = {edition.name: edition.size for edition in front.material.project.editions}
    fits: dict[tuple[str, str], list[Fit]] = {}
    for composition in front.compositions:
        target = composition.target
        entry = manifest.entry(target)
        if entry is None or entry.earlier:
            continue
        record = read_record(folder, entry.fingerprint, composition)
        if record is not None:
            fit = fit_of(composition, record.layout, sizes[target.edition])
            fits.setdefault(_part_of(target), []).append(fit)
    return {
        part: f"type from {min(fit.size for fit in measured):g} pt"
        if all(fit.fits for fit in measured)
        else "too long"
        for part, measured in fits.items()
    }


def board_of(
    front: Front, manifest: Manifest, folder: Path
) -> Iterator[tuple[str, bytes]]:
    """Make the page of the table and its picture, by path below the site."""
    rows = rows_of(front, manifest, folder)
    cells = [cell for row in rows for cell in row.cells]
    source = source_of(front.material.project)
    values = front.material.evidence.by_placeholder()
    variables = {
        "rows": rows,
        "titles": [
            source_text(document.title, source, values)
            for document in front.material.documents
        ],
        "done": sum(cell.files for cell in cells),
        "total": sum(cell.wanted for cell in cells),
        "approved": sum(cell.standing == "approved" for cell in cells),
        "proof": front.material.project.proof,
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
            label = quoteattr(f"{row.locale.english_name}: {cell.standing}")
            shade = colours["accent" if cell.standing == "approved" else "rule"]
            parts.append(
                f"<g aria-label={label}>"
                f'<rect x="{x}" y="{y + SIDE - full:g}" width="{SIDE}"'
                f' height="{full:g}" fill="{shade}"/>'
                f'<rect x="{x}" y="{y}" width="{SIDE}" height="{SIDE}" fill="none"'
                f' stroke="{colours["ink"]}" stroke-width="0.6"/></g>'
            )
    return ("".join(parts) + "</svg>\n").encode()
