"""Fit: how much room every panel has left, in every language.

Takes what was measured when targets were laid out; gives a table for people and a
heat map.  Nothing is laid out here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from leaflets.pages.composition import Composition, Target
from leaflets.paper.colours import ACCENT, FIELD, INK, RULE, WHITE
from leaflets.pdf.facts import LayoutFacts

FULL = 3.0
"""Millimetres below which a panel counts as full: less than a line."""
SHADES = (ACCENT.screen, "#4d8a94", RULE.screen, FIELD.screen, WHITE.screen)
"""From full to empty; the second lies between its neighbours."""
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
        """Tell whether it has no more pages than there are."""
        return self.pages <= self.limit


def fit_of(composition: Composition, layout: LayoutFacts, size: float) -> Fit:
    """Read one target's fit; `size` is the edition's largest type in pt."""
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
    """Gather the fits by leaflet, edition and paper; locales in their order."""

    def key(one: Fit) -> tuple[str, str, str]:
        return one.target.edition, one.target.paper, one.target.leaflet

    ordered = sorted(fits, key=key)
    return [(name, list(group)) for name, group in groupby(ordered, key=key)]


def format_fit(fits: Iterable[Fit]) -> str:
    """Give a table for each leaflet, edition and paper: panels down, locales across.

    Numbers are millimetres left; `!` marks what is too long, `n` pages for notes.
    """
    made = []
    for (edition, paper, leaflet), row in tables(fits):
        width = max(10, *(len(one.target.locale) + 1 for one in row))
        head = "".join(f"{one.target.locale:>{width}}" for one in row)
        lines = [f"{leaflet}  {edition}  {paper}", f"{'':10}{head}"]
        if row[0].folded:
            for panel in range(max(one.pages for one in row)):
                cells = "".join(f"{_cell(one, panel):>{width}}" for one in row)
                lines.append(f"{f'panel {panel + 1}':10}{cells}")
        else:
            cells = "".join(f"{f'{one.pages}/{one.limit}':>{width}}" for one in row)
            lines.append(f"{'pages':10}{cells}")
        sizes = "".join(f"{f'{one.size:g} pt':>{width}}" for one in row)
        lines.append(f"{'type':10}{sizes}")
        made.append("\n".join(lines))
    return "\n\n".join(made)


def _cell(one: Fit, panel: int) -> str:
    if panel >= one.pages:
        return "·"
    if panel >= one.limit:
        return "!"
    mark = "n" if panel + 1 in one.notes else ""
    return f"{one.rooms[panel]:.0f}{mark}"


CELL, ROW, LABEL = 16.0, 8.0, 62.0


def draw_fit(fits: Sequence[Fit]) -> bytes:
    """Draw the folded sheets as a heat map in SVG: panels × locales, darkest is full.

    The numbers are written as well, so that no colour is needed to read it.
    """
    parts: list[str] = []
    top = 14.0
    for (edition, paper, leaflet), row in tables(one for one in fits if one.folded):
        parts.append(_text(2, top, f"{leaflet} · {edition} · {paper}", bold=True))
        top += ROW
        for column, one in enumerate(row):
            left = LABEL + column * CELL
            parts.append(_text(left + CELL / 2, top, one.target.locale, middle=True))
        top += 2
        for panel in range(max(one.pages for one in row)):
            parts.append(_text(2, top + 5.5, f"panel {panel + 1}"))
            for column, one in enumerate(row):
                parts.append(_square(one, panel, LABEL + column * CELL, top))
            top += ROW
        parts.append(_text(2, top + 5.5, "type, pt"))
        for column, one in enumerate(row):
            left = LABEL + column * CELL + CELL / 2
            parts.append(_text(left, top + 5.5, f"{one.size:g}", middle=True))
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


def _square(one: Fit, panel: int, left: float, top: float) -> str:
    if panel >= one.pages:
        return ""
    room = one.rooms[panel]
    shade = next(
        (shade for shade, step in zip(SHADES, STEPS, strict=False) if room < step),
        SHADES[-1],
    )
    if panel >= one.limit:
        shade = TOO_LONG
    light = shade in (*SHADES[:1], TOO_LONG)
    words = _text(
        left + CELL / 2, top + 5.5, _cell(one, panel), middle=True, light=light
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
