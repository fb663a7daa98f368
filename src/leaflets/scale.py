"""The scale of type: sizes that an edition may choose between, and what must fit.

Takes an edition and a localized leaflet; gives sizes in pt and heights in mm.  Widths
of words are estimates from the mean width of a script's letters; the page itself is
measured after it is laid out.
"""

from math import ceil

from leaflets.frames import Frame
from leaflets.locales import Locale
from leaflets.project import Edition
from leaflets.views import Localized

STEPS = 10
"""How many times type and spacing may shrink, a little each time."""
TIGHTEST = 0.9
"""The least spacing of lines, as a part of the usual one."""
MOST_NOTES = 4
"""The most pages for a reader's notes that fill up a sheet."""


COVER_PADDING = 10.0
"""White on both sides of a cover's title, in mm."""
BOLD = 1.12
"""How much wider bold letters are."""
POINT = 25.4 / 72


def longest_word(localized: Localized, frame: Frame) -> float:
    """Give the type size in pt at which a title's longest word just fits a cover."""
    script = localized.locale.setting
    words = localized.words["title"].text.replace("\u00ad", " ").split()
    if not script.spaced:
        return 99.0
    letters = max(len(one) for one in words)
    em = (frame.measure - COVER_PADDING) / (letters * script.letter * BOLD)
    return round(em / POINT, 2)


def head_room(localized: Localized, edition: Edition, frame: Frame) -> float:
    """Give the height in mm of a running head that may take several lines."""
    script = localized.locale.setting
    em = edition.smallest * script.size * POINT
    line = head_line(edition)

    def lines(text: str, width: float) -> int:
        return ceil(len(text) * script.letter * BOLD * em / width)

    document = localized.document
    names = localized.words["title"].text
    if localized.words["title"].translation:
        names += f"   {document.title.text}"
    count = lines(names, frame.measure * 0.92) + 1
    box = 0.0
    if localized.standing != "approved":
        # The longest line that may stand in the box, in this language.
        longest = max(
            (
                words
                for text, (words, _) in localized.furniture.items()
                if "DRAFT" in text
            ),
            key=len,
            default="",
        )
        box = lines(longest, (frame.measure - 7) * 0.95) * line + 4
    return round(count * line + box + 3, 2)


def head_line(edition: Edition) -> float:
    """Give the distance of baselines in mm in heads and feet of several lines.

    Large type needs less white between its lines.
    """
    return round(edition.smallest * (0.47 if edition.smallest <= 12 else 0.42), 2)


def size_at(edition: Edition, part: float) -> float:
    """Give the body type in pt after a part (0 to 1) of all shrinking."""
    least = edition.least or edition.size
    return edition.size - (edition.size - least) * part


def type_at(edition: Edition, locale: Locale, part: float) -> dict[str, float]:
    """Give size in pt and distance of baselines in mm: both shrink together."""
    size = size_at(edition, part)
    pitch = locale.setting.pitch * size / 12 * (1 - (1 - TIGHTEST) * part)
    return {"unit": round(pitch, 3), "size": round(size * locale.setting.size, 3)}
