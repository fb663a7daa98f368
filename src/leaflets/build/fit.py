"""The fit of texts on pages: the room left on every panel, in every language.

Takes what was measured when the targets were laid out; gives a table and a heat map.
Nothing is laid out here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from leaflets.pages.composition import Composition, Target
from leaflets.paper.colours import ACCENT, FIELD, INK, RULE, WHITE, between
from leaflets.pdf.facts import LayoutFacts

FULL = 3.0
"""Millimetres below which a panel counts as full: less than a line."""
SHADES = (
    ACCENT.screen,
    between(ACCENT, RULE),
    RULE.screen,
    FIELD.screen,
    WHITE.screen,
)
"""From full to empty."""
STEPS = (FULL, 10.0, 25.0, 60.0)
"""Millimetres at which the next shade begins."""
TOO_LONG = INK.screen


@dataclass(frozen=True, slots=True)
class Fit:
    """How one target fills its pages."""

    target: Target
    limit: int
    folded: bool
    """Whether its pages are the panels of one sheet."""
    pages: int
    size: float
    """Body type in pt."""
    rooms: tuple[float, ...]
    """Millimetres left on each page."""
    notes: tuple[int, ...]

    @property
    def fits(self) -> bool:
        """Say whether it has no more pages than the edition allows."""
        return self.pages <= self.limit


def fit_of(composition: Composition, layout: LayoutFacts, size: float) -> Fit:
    """Return the fit of one target; `size` is the edition's largest type in pt."""
    return Fit(
        composition.target,
        composition.page_limit,
        composition.fold.opens_flat,
        layout.pages,
        layout.size or size,
        layout.rooms,
        layout.notes,
    )


def tables(fits: Iterable[Fit]) -> list[tuple[tuple[str, str, str], list[Fit]]]:
    """Group the fits by edition, paper and leaflet; the locales keep their order."""

    def key(fit: Fit) -> tuple[str, str, str]:
        return fit.target.edition, fit.target.paper, fit.target.leaflet

    ordered = sorted(fits, key=key)
    return [(name, list(group)) for name, group in groupby(ordered, key=key)]


def format_fit(fits: Iterable[Fit]) -> str:
    """Format a table for each leaflet, edition and paper: panels down, locales across.

    Numbers are millimetres left; `!` marks a panel too many, `n` a page for notes.
    """
    blocks = []
    for (edition, paper, leaflet), row in tables(fits):
        width = max(10, *(len(fit.target.locale) + 1 for fit in row))
        head = "".join(f"{fit.target.locale:>{width}}" for fit in row)
        lines = [f"{leaflet}  {edition}  {paper}", f"{'':10}{head}"]
        if row[0].folded:
            for panel in range(max(fit.pages for fit in row)):
                cells = "".join(f"{_cell(fit, panel):>{width}}" for fit in row)
                lines.append(f"{f'panel {panel + 1}':10}{cells}")
        else:
            cells = "".join(f"{f'{fit.pages}/{fit.limit}':>{width}}" for fit in row)
            lines.append(f"{'pages':10}{cells}")
        sizes = "".join(f"{f'{fit.size:g} pt':>{width}}" for fit in row)
        lines.append(f"{'type':10}{sizes}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _cell(fit: Fit, panel: int) -> str:
    if panel >= fit.pages:
        return "·"
    if panel >= fit.limit:
        return "!"
    note = "n" if panel + 1 in fit.notes else ""
    return f"{fit.rooms[panel]:.0f}{note}"


CELL, ROW, LABEL = 16.0, 8.0, 62.0


def draw_fit(fits: Sequence[Fit]) -> bytes:
    """Draw the folded sheets as an SVG heat map: panels × locales, darkest is full.

    Each square shows its number too, so that it can be read without colour.
    """
    parts: list[str] = []
    top = 14.0
    for (edition, paper, leaflet), row in tables(fit for fit in fits if fit.folded):
        parts.append(_text(2, top, f"{leaflet} · {edition} · {paper}", bold=True))
        top += ROW
        for column, fit in enumerate(row):
            left = LABEL + column * CELL
            parts.append(_text(left + CELL / 2, top, fit.target.locale, middle=True))
        top += 2
        for panel in range(max(fit.pages for fit in row)):
            parts.append(_text(2, top + 5.5, f"panel {panel + 1}"))
            for column, fit in enumerate(row):
                parts.append(_square(fit, panel, LABEL + column * CELL, top))
            top += ROW
        parts.append(_text(2, top + 5.5, "type, pt"))
        for column, fit in enumerate(row):
            left = LABEL + column * CELL + CELL / 2
            parts.append(_text(left, top + 5.5, f"{fit.size:g}", middle=True))
        top += 2.5 * ROW
    columns = max((len(row) for _, row in tables(fits)), default=1)
    width = LABEL + columns * CELL + 4
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {top:g}" '
        f'width="{width:g}mm" height="{top:g}mm" font-family="Noto Sans, sans-serif" '
        'font-size="4">'
        "<title>Millimetres left in every panel</title>"
        f'<rect width="{width:g}" height="{top:g}" fill="{WHITE.screen}"/>'
        + "".join(parts)
        + "</svg>"
    ).encode()


def _square(fit: Fit, panel: int, left: float, top: float) -> str:
    if panel >= fit.pages:
        return ""
    room = fit.rooms[panel]
    shade = next(
        (shade for shade, step in zip(SHADES, STEPS, strict=False) if room < step),
        SHADES[-1],
    )
    if panel >= fit.limit:
        shade = TOO_LONG
    light = shade in (*SHADES[:1], TOO_LONG)
    words = _text(
        left + CELL / 2, top + 5.5, _cell(fit, panel), middle=True, light=light
    )
    return (
        f'<rect x="{left:g}" y="{top:g}" width="{CELL - 1:g}" height="{ROW - 1:g}" '
        f'fill="{shade}" stroke="{RULE.screen}" stroke-width="0.2"/>{words}'
    )


def _text(
    left: float,
    top: float,
    words: str,
    *,
    bold: bool = False,
    middle: bool = False,
    light: bool = False,
) -> str:
    anchor = ' text-anchor="middle"' if middle else ""
    weight = ' font-weight="700"' if bold else ""
    fill = WHITE.screen if light else INK.screen
    return (
        f'<text x="{left:g}" y="{top:g}" fill="{fill}"{anchor}{weight}>{words}</text>'
    )
