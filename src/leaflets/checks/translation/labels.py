"""Checks of labels: a figure's box holds only so many words.

An estimate from the mean width of letters, told while a translator is at work; the
laid-out page is measured when it is built (`box-overflow`).
"""

from collections.abc import Iterator, Mapping

from leaflets.diagnostics import Diagnostic, Location, Subject, about, warning
from leaflets.languages.locale import Locale
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.content.figures import Figure, Label, groups, lines_of, room_of
from leaflets.sources.content.inline import parse_inline, plain


def check_labels(
    figures: Mapping[str, Figure], catalog: Catalog, locale: Locale
) -> Iterator[Diagnostic]:
    """Compare each label, and those that share its box, with the room there is."""
    subject = Subject(locale=catalog.locale)
    for figure in figures.values():
        for group in groups(figure):
            yield from about(subject, _group(group, catalog, locale))


def _group(
    group: tuple[Label, ...], catalog: Catalog, locale: Locale
) -> Iterator[Diagnostic]:
    needed, longest, place = 0, 0, Location(catalog.path)
    for label in group:
        message = catalog.lookup("", label.text)
        if message is None or message.fuzzy or not message.translation.strip():
            return  # a gap, which `localize` tells
        text = plain(parse_inline(message.translation)[0])
        needed += lines_of(text, label, locale)
        if len(text) > longest:
            longest, place = len(text), Location(catalog.path, message.line)
    lines, letters = room_of(group, locale)
    if needed > lines:
        width, room = group[0].width, sum(label.height for label in group)
        message_text = (
            f"the label needs about {needed} lines, and its box holds {lines}"
        )
        hint = (
            f"the box is {width:g} × {room:g} mm:"
            f" about {lines} lines of {letters} characters"
        )
        yield warning("label-length", message_text, place, hint)
