"""Checks of room: the pages of an edition hold the leaflet, with a line to spare.

Pure functions from what was measured to findings, at the line of the source or
translation where they can be mended.
"""

from collections.abc import Iterator

from leaflets.checks.page.lines import ROUNDING, at_page
from leaflets.diagnostics import Diagnostic, error, warning
from leaflets.pages.composition import Composition
from leaflets.pdf.facts import LayoutFacts

LINE = 5.0
"""Millimetres of one line and the white above it: less is never too much."""


def page_limit(layout: LayoutFacts, composition: Composition) -> Iterator[Diagnostic]:
    """An edition fills no more pages than its sheets have.

    What is too much is told in millimetres and words, where the translation has grown
    most against its source.
    """
    limit = composition.page_limit
    if layout.pages <= limit:
        return
    over = [
        fragment
        for fragment in layout.fragments
        if fragment.page > limit and fragment.key
    ]
    used = sum(
        height - room
        for height, room in list(zip(layout.heights, layout.rooms, strict=True))[limit:]
    )
    # What is too much would have begun in the room that is left on the last page.
    left = layout.rooms[limit - 1] if layout.rooms else 0.0
    length = max(used - left, LINE)
    share = min(1.0, length / used) if used else 1.0
    words = round(sum(len(fragment.text.split()) for fragment in over) * share)
    kind = composition.fold.page_name
    size = f" in {layout.size:g} pt type, the smallest" if layout.size else ""
    message = (
        f"{kind} {limit} is {length:.0f} mm (about {words} words) too long{size}:"
        f" {layout.pages} {kind}s, and the edition holds {limit}"
    )
    grown = sorted(composition.passages, key=lambda passage: -passage.grown)[:3]
    if not grown or grown[0].grown <= 0 or grown[0].translation is None:
        hint = "shorten the text, or give the edition more pages"
        yield error("page-limit", message, composition.location, hint)
        return
    lines = ", ".join(
        f"line {passage.location.line}" for passage in grown[1:] if passage.translation
    )
    hint = "this text has grown most against its source" + (
        f"; then {lines}" if lines else ""
    )
    yield error("page-limit", message, grown[0].location, hint)


def page_full(layout: LayoutFacts, composition: Composition) -> Iterator[Diagnostic]:
    """The last page that an edition holds has a line to spare.

    Fitting prefers type that leaves it; this tells where even the smallest does not.
    Where another version of the engine's libraries ends a line a word earlier, such a
    page would be one too many.
    """
    limit = composition.page_limit
    if layout.pages != limit or layout.notes or not layout.rooms:
        return
    room = layout.rooms[-1]
    if -ROUNDING <= room < composition.slack - ROUNDING:
        kind = composition.fold.page_name
        message = (
            f"{kind} {limit}, the last, has {max(room, 0.0):.1f} mm left,"
            f" and {composition.slack:.1f} mm are to stay free"
        )
        hint = "shorten the text by a line, or give the edition more pages"
        yield warning("page-full", message, composition.location, hint)


def frames_inside(
    layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No frame of a box reaches into the foot of its page.

    The engine fills a page with lines and does not count the white and the border
    below the last one.
    """
    for page, room in enumerate(layout.rooms, 1):
        if room < -ROUNDING:
            message = f"a box reaches {-room:.1f} mm into the foot of the page"
            hint = "it is longer than a page of this edition; shorten it"
            place = at_page(composition, page)
            yield warning("frame-in-foot", message, place, hint)


def sheets_filled(
    layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """A folded sheet has no blank page: one would look like a fault of the printer."""
    wanted = composition.fold.padded(layout.pages)
    if layout.pages != wanted:
        message = f"{layout.pages} pages are set, and the sheets hold {wanted}"
        hint = "the pages for notes do not fill them; this is a fault of the template"
        yield error("blank-page", message, composition.location, hint)
