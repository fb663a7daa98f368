"""The scale of type: sizes that an edition may choose between, and what must fit.

Takes an edition and a localized leaflet; gives sizes in pt and heights in mm.  Widths
of words are estimates from the mean width of a script's letters; the page itself is
measured after it is laid out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from leaflets.languages.locale import Locale
from leaflets.pages.margins import LARGE, Frame
from leaflets.sources.catalogs.localize import Localized
from leaflets.sources.content.keys import TITLE
from leaflets.sources.project import Edition

STEPS = 10
"""How many times type and spacing may shrink, a little each time."""
TIGHTEST = 0.88
"""The least spacing of lines, as a part of the usual one."""
SLACK = 1.0
"""Lines that stay free on an edition's last page: where one line more fills it, another
version of the libraries that break lines makes a page too many
(docs/decisions/0023-slack.md)."""
MOST_NOTES = 4
"""The most pages for a reader's notes that fill up a sheet."""
TALL = 6.6
"""The distance of baselines in mm, for 12 pt, that small lines and drawings are made
for; scripts that need more get more."""
BOLD = 1.12
"""How much wider bold letters are."""
POINT = 25.4 / 72
"""Millimetres in a point."""
HEAD_FILLED, BOX_FILLED = 0.92, 0.95
"""How much of its measure a line of the head fills before it breaks, and one in the
box of the standing."""
BOX_SIDES, BOX_HEIGHT = 7.0, 4.0
"""What frame and padding of that box take in mm, across and upright."""


@dataclass(frozen=True, slots=True)
class TypeSize:
    """The body type of a page."""

    unit: float
    """Distance of baselines in mm."""
    size: float
    """In pt, after the script's own factor."""


def longest_word(sides: Iterable[Localized]) -> float:
    """Measure the longest word of the titles in em, bold; 0 without spaces."""
    return max(
        (
            round(len(word) * side.locale.setting.letter * BOLD, 3)
            for side in sides
            if side.locale.setting.spaced
            for word in side.words[TITLE].text.replace("\u00ad", " ").split()
        ),
        default=0.0,
    )


def head_room(
    edition: Edition,
    frame: Frame,
    sides: Sequence[Localized],
    standings: Sequence[Sequence[str]],
) -> float:
    """Estimate the height in mm of a running head that may take several lines.

    `standings` are, for each side, the texts of which one stands in the box that says
    whether the leaflet may be handed out; none where there is no box.
    """
    first, *others = sides
    line = head_line(edition, sides)
    titles = [side.words[TITLE].text for side in sides]
    if not others and first.words[TITLE].translation:
        titles.append(first.source_title)
    names = "   ".join(titles)
    count = _lines(edition, first.locale, names, frame.measure * HEAD_FILLED) + 1
    box = 0.0
    for side, texts in zip(sides, standings, strict=True):
        if side.standing != "approved":
            width = (frame.measure - BOX_SIDES) * BOX_FILLED
            longest = max(texts, key=len, default="")
            box += _lines(edition, side.locale, longest, width) * line + BOX_HEIGHT
    # Words of a tall script reach below their line.
    below = 3 + 8 * (line_factor(sides) - 1)
    return round(count * line + box + below, 2)


def _lines(edition: Edition, locale: Locale, text: str, width: float) -> int:
    """Estimate how many lines of small bold type a text fills, `width` mm wide."""
    em = edition.smallest * locale.setting.size * POINT
    return ceil(len(text) * locale.setting.letter * BOLD * em / width)


def head_line(edition: Edition, sides: Sequence[Localized]) -> float:
    """Measure from baseline to baseline in heads and feet of several lines, in mm.

    Large type needs less white between its lines, tall scripts more.
    """
    part = 0.42 if edition.smallest > LARGE else 0.47
    return round(edition.smallest * part * line_factor(sides), 2)


def line_factor(sides: Sequence[Localized]) -> float:
    """Compute how much further apart small lines stand than those of most scripts.

    More than 1 for nastaliq and others whose words reach far above and below.
    """
    return max(1.0, *(side.locale.setting.pitch / TALL for side in sides))


def slack(edition: Edition, sides: Sequence[Localized]) -> float:
    """Give the height in mm that stays free on the last page: lines of body type.

    Of the largest type, so that it is a whole line in any smaller one.
    """
    pitch = max(side.locale.setting.pitch for side in sides)
    return round(SLACK * pitch * edition.size / 12, 2)


def size_at(edition: Edition, part: float) -> float:
    """Compute the body type in pt after a part (0 to 1) of all shrinking."""
    least = edition.least or edition.size
    return edition.size - (edition.size - least) * part


def type_at(edition: Edition, locale: Locale, part: float) -> TypeSize:
    """Compute size and distance of baselines: both shrink together."""
    size = size_at(edition, part)
    pitch = locale.setting.pitch * size / 12 * (1 - (1 - TIGHTEST) * part)
    return TypeSize(round(pitch, 3), round(size * locale.setting.size, 3))
