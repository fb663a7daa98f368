"""Labels: a figure's box holds only so many words."""

from dataclasses import replace

import pytest

from checking import locale_of
from leaflets.checks.translation.labels import check_labels
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.po import Message
from leaflets.sources.content.figures import Figure, groups, parse, room_of

FIGURE = b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 40">
<title>A</title>
<text id="one" x="10" y="5" data-width="40" data-height="11" font-size="4.23">First</text>
</svg>"""


def figure() -> Figure:
    """Read a drawing with one label."""
    drawing, found = parse(FIGURE, "content/figures/a.svg")
    assert not found
    assert drawing
    return drawing


def codes(*messages: Message) -> list[str]:
    """Check a German catalog against the drawing."""
    catalog = Catalog("de", "locales/de/LC_MESSAGES/messages.po", messages)
    found = check_labels({"a.svg": figure()}, catalog, locale_of("de"))
    return [one.code for one in found]


def test_as_many_lines_as_the_box_holds() -> None:
    """A word on each line fits, one more does not."""
    (group,) = groups(figure())
    lines, letters = room_of(group, locale_of("de"))
    word = "m" * letters
    message = Message("", "First", line=3)
    fits = replace(message, translation=" ".join([word] * lines))
    over = replace(message, translation=" ".join([word] * (lines + 1)))
    assert codes(fits) == []
    assert codes(over) == ["label-length"]


@pytest.mark.parametrize(
    "message",
    [
        Message("", "First", ""),
        Message("", "First", "Erster " * 40, fuzzy=True),
        Message("", "Second", "Zweiter " * 40),
    ],
)
def test_a_gap_is_told_elsewhere(message: Message) -> None:
    """Without words to print there is nothing to measure."""
    assert codes(message) == []
