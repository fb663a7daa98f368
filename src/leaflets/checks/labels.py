"""Checks of labels: a figure's box holds only so many words.

An estimate from the mean width of letters, told while a translator is at work; the
laid-out page is measured when it is built (`box-overflow`).
"""

from collections.abc import Iterator, Mapping
from math import ceil, floor

from leaflets.catalog import Catalog
from leaflets.diagnostics import Diagnostic, Location, warning
from leaflets.figures import Figure, Label, groups
from leaflets.inline import parse_inline, plain
from leaflets.locales import Locale

LINE = 0.9
"""Distance of a label's lines, as a part of the text's own (templates/sheet.css)."""
BOLD = 1.07
"""How much wider bold letters are."""
SURE = 0.93
"""Letters may be narrower than the mean: only what is surely too long is told."""


def check_labels(
    figures: Mapping[str, Figure], catalog: Catalog, locale: Locale
) -> Iterator[Diagnostic]:
    """Compare each label, and those that share its box, with the room there is."""
    for figure in figures.values():
        for group in groups(figure):
            yield from _group(group, catalog, locale)


def _group(
    group: tuple[Label, ...], catalog: Catalog, locale: Locale
) -> Iterator[Diagnostic]:
    needed, longest, place = 0, 0, Location(catalog.path)
    for label in group:
        message = catalog.lookup("", label.text)
        if message is None or message.fuzzy or not message.translation.strip():
            return  # a gap, which is told elsewhere
        text = plain(parse_inline(message.translation)[0])
        needed += lines_of(text, label, locale)
        if len(text) > longest:
            longest, place = len(text), Location(catalog.path, message.line)
    lines, letters = room_of(group, locale)
    if needed > lines:
        width, room = group[0].width, sum(one.height for one in group)
        message_text = (
            f"the label needs about {needed} lines, and its box holds {lines}"
        )
        hint = (
            f"the box is {width:g} × {room:g} mm:"
            f" about {lines} lines of {letters} characters"
        )
        yield warning("label-length", message_text, place, hint)


def room_of(group: tuple[Label, ...], locale: Locale) -> tuple[int, int]:
    """Count the lines that labels share, and estimate the letters of a line."""
    room = sum(one.height for one in group)
    lines = max(floor(room / (locale.setting.pitch * LINE)), len(group))
    return lines, floor(group[0].width / letter_width(group[0], locale))


def letter_width(label: Label, locale: Locale) -> float:
    """Estimate a letter's width in mm, spaces among them."""
    bold = BOLD if label.bold else 1.0
    return label.size * locale.setting.size * locale.setting.letter * bold


def lines_of(text: str, label: Label, locale: Locale) -> int:
    """Count the lines that a text fills in a label's width, at least."""
    letters = max(label.width / (letter_width(label, locale) * SURE), 1.0)
    if not locale.setting.spaced:
        return ceil(len(text) / letters)
    count, filled = 1, 0.0
    for word in text.split():
        wide = len(word) + (1 if filled else 0)
        if filled and filled + wide > letters:
            count, filled = count + 1, 0.0
            wide = len(word)
        filled += wide
    return count
