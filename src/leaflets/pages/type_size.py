"""The scale of type: sizes that an edition may choose between, and what must fit.

Takes an edition and a localized leaflet; gives sizes in pt and heights in mm.  Widths
of words are estimates from the mean width of a script's letters; the page itself is
measured after it is laid out.
"""

from collections.abc import Iterable, Sequence
from math import ceil

from leaflets.languages.locale import Locale
from leaflets.pages.margins import Frame
from leaflets.pages.views import Localized
from leaflets.sources.project import Edition

STEPS = 10
"""How many times type and spacing may shrink, a little each time."""
TIGHTEST = 0.88
"""The least spacing of lines, as a part of the usual one."""
MOST_NOTES = 4
"""The most pages for a reader's notes that fill up a sheet."""
TALL = 6.6
"""The distance of baselines in mm, for 12 pt, that small lines and drawings are made
for; scripts that need more get more."""


BOLD = 1.12
"""How much wider bold letters are."""
POINT = 25.4 / 72


def longest_word(sides: Iterable[Localized]) -> float:
    """Give the width of the longest word of the titles in em, bold; 0 without spaces."""
    return max(
        (
            round(len(word) * side.locale.setting.letter * BOLD, 3)
            for side in sides
            if side.locale.setting.spaced
            for word in side.words["title"].text.replace("\u00ad", " ").split()
        ),
        default=0.0,
    )


def head_room(
    localized: Localized,
    edition: Edition,
    frame: Frame,
    second: Localized | None = None,
) -> float:
    """Give the height in mm of a running head that may take several lines."""
    sides = (localized,) if second is None else (localized, second)
    line = head_line(edition, sides)
    titles = [localized.words["title"].text]
    if second:
        titles.append(second.words["title"].text)
    elif localized.words["title"].translation:
        titles.append(localized.document.title.text)

    def lines(text: str, width: float, side: Localized) -> int:
        script = side.locale.setting
        em = edition.smallest * script.size * POINT
        return ceil(len(text) * script.letter * BOLD * em / width)

    count = lines("   ".join(titles), frame.measure * 0.92, localized) + 1
    box = 0.0
    for side in sides:
        if side.standing != "approved":
            # The longest line that may stand in the box, in this language.
            drafts = (
                words for text, (words, _) in side.furniture.items() if "DRAFT" in text
            )
            longest = max(drafts, key=len, default="")
            box += lines(longest, (frame.measure - 7) * 0.95, side) * line + 4
    # Words of a tall script reach below their line.
    below = 3 + 8 * (loft(sides) - 1)
    return round(count * line + box + below, 2)


def head_line(edition: Edition, sides: Sequence[Localized]) -> float:
    """Give the distance of baselines in mm in heads and feet of several lines.

    Large type needs less white between its lines, tall scripts more.
    """
    part = 0.47 if edition.smallest <= 12 else 0.42
    return round(edition.smallest * part * loft(sides), 2)


def loft(sides: Sequence[Localized]) -> float:
    """Tell how much further apart small lines stand than those of most scripts.

    More than 1 for nastaliq and others whose words reach far above and below.
    """
    return max(1.0, *(one.locale.setting.pitch / TALL for one in sides))


def size_at(edition: Edition, part: float) -> float:
    """Give the body type in pt after a part (0 to 1) of all shrinking."""
    least = edition.least or edition.size
    return edition.size - (edition.size - least) * part


def type_at(edition: Edition, locale: Locale, part: float) -> dict[str, float]:
    """Give size in pt and distance of baselines in mm: both shrink together."""
    size = size_at(edition, part)
    pitch = locale.setting.pitch * size / 12 * (1 - (1 - TIGHTEST) * part)
    return {"unit": round(pitch, 3), "size": round(size * locale.setting.size, 3)}
