"""Checks of the layout: every text is on paper, whole, in order, and has room.

Pure functions from what was measured to findings, at the line of the source or
translation where they can be mended.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from leaflets.checks.page.lines import (
    HYPHEN,
    ROUNDING,
    UNSEEN,
    by_key,
    lines_of,
    normal,
    on_page,
    passages_of,
    place_of,
    quoted,
)
from leaflets.checks.page.room import (
    frames_inside,
    page_full,
    page_limit,
    sheets_filled,
)
from leaflets.diagnostics import Diagnostic, Location, about, error
from leaflets.languages.bidi import FSI, LRI, PDI, RLI, visual
from leaflets.pages.composition import Composition, subject_of
from leaflets.pages.contract import is_heading, kept_key
from leaflets.pdf.facts import Fragment, LayoutFacts

OVERLAP = 0.3
"""Millimetres that two pieces of text may touch, as kerned ones do."""
BODY = 0.5 * 25.4 / 72
"""Height of small letters in mm for each pt of type."""
HIGHEST, LOWEST = 1.1 * 25.4 / 72, 0.5 * 25.4 / 72
"""How far letters reach above and below their baseline at most, in mm for each pt of
type; the boxes that fonts for Arabic and Hindi ask for are higher."""


def text_conserved(
    layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Every word of the leaflet is laid out, in order, and nothing is added.

    The engine drops what does not fit a box of fixed height without a word, so
    the page count proves nothing.
    """
    laid = by_key(layout)
    for passage in composition.passages:
        wanted = normal(passage.text)
        lines = (
            HYPHEN.sub("", fragment.text) for fragment in laid.get(passage.key, ())
        )
        there = normal("".join(lines))
        if wanted == there:
            continue
        same = 0
        while same < min(len(wanted), len(there)) and wanted[same] == there[same]:
            same += 1
        lost = _words_from(passage.text, same)
        page = laid[passage.key][0].page if laid.get(passage.key) else 0
        message = f'the text is not whole on paper from "{lost}"'
        hint = "shorten the text, or give its box more room"
        yield error("text-lost", message, on_page(passage, page), hint)


def _words_from(text: str, place: int) -> str:
    """Quote a text from its n-th visible character on."""
    seen = 0
    for index, char in enumerate(text):
        if seen >= place and not char.isspace():
            return text[index : index + 40].strip()
        seen += bool(normal(char))
    return text[-40:].strip()


def order_kept(layout: LayoutFacts, composition: Composition) -> Iterator[Diagnostic]:
    """A line is seen in the order in which it is read, from whichever side it runs.

    The engine orders each piece of a line by itself and forgets an isolate at the
    end of a line or of a strong word, so that a dose or a phone number that is
    parted there can be seen as another one.
    """
    passages = passages_of(composition)
    for key, fragments in by_key(layout).items():
        opened = ""
        for line in lines_of(fragments) if key in passages else ():
            before, whole = opened, opened + _text(line)
            opened = _open_isolates(whole)
            first = line[0]
            wanted = _seen(whole + PDI * len(opened), first.direction, len(before))
            seen = _seen_apart(line, len(before))
            if [whole[index] for index in wanted] != [whole[index] for index in seen]:
                text = _text(line).translate(UNSEEN).strip()
                message = f'"{text[:60]}" is not seen in its order'
                hint = "keep the number or name on one line, with no-break spaces"
                place = on_page(passages[key], first.page)
                yield error("order-scrambled", message, place, hint)


def _text(line: Iterable[Fragment]) -> str:
    return "".join(fragment.text for fragment in line)


def _seen_apart(line: Sequence[Fragment], begin: int) -> list[int]:
    """List the visible characters of a line from left to right, piece by piece.

    By their index in the line, which begins at `begin`.
    """
    starts = accumulate((len(fragment.text) for fragment in line), initial=begin)
    pieces = sorted(zip(line, starts, strict=False), key=lambda piece: piece[0].left)
    return [
        start + index
        for fragment, start in pieces
        for index in _seen(fragment.text, fragment.direction, 0)
    ]


def _open_isolates(text: str) -> str:
    """List the signs of the isolates that a text leaves open."""
    opened = ""
    for char in text:
        if char in (LRI, RLI, FSI):
            opened += char
        elif char == PDI:
            opened = opened[:-1]
    return opened


@lru_cache(maxsize=20_000)
def _seen(text: str, direction: str, skip: int) -> list[int]:
    """List the visible characters of a line from left to right, after the first few."""
    return [
        index
        for index in visual(text, direction)
        if skip <= index
        and not text[index].isspace()
        and ord(text[index]) not in UNSEEN
    ]


def text_apart(layout: LayoutFacts, composition: Composition) -> Iterator[Diagnostic]:
    """No text stands on another: neither could be read."""
    passages = passages_of(composition)
    pages: dict[int, list[Fragment]] = defaultdict(list)
    for fragment in layout.fragments:
        pages[fragment.page].append(fragment)
    for page, fragments in pages.items():
        for first, second in _near(fragments):
            if _overlap(first, second) > OVERLAP:
                place = Location(composition.location.path, page=page)
                if passage := passages.get(first.key) or passages.get(second.key):
                    place = on_page(passage, page)
                texts = (" ".join(part.text.split())[:30] for part in (first, second))
                message = '"{}" and "{}" stand on one another'.format(*texts)
                yield error("text-overlap", message, place)


def _near(fragments: list[Fragment]) -> Iterator[tuple[Fragment, Fragment]]:
    """Pair the pieces of text of a page that share some height."""
    down = sorted(fragments, key=lambda part: part.baseline - part.size * BODY)
    for index, upper in enumerate(down):
        for lower in down[index + 1 :]:
            if lower.baseline - lower.size * BODY >= upper.baseline:
                break
            yield upper, lower


def _overlap(first: Fragment, second: Fragment) -> float:
    """Measure how far the bodies of two pieces of text lie on one another, in mm.

    The body is half as high as the type is large: fonts for Arabic and Hindi keep
    more room above and below than letters fill.
    """
    bodies = (
        (part.baseline - part.size * BODY, part.baseline) for part in (first, second)
    )
    (top, bottom), (other_top, other_bottom) = bodies
    across = min(first.right, second.right) - max(first.left, second.left)
    return min(across, min(bottom, other_bottom) - max(top, other_top))


def boxes_hold(layout: LayoutFacts, composition: Composition) -> Iterator[Diagnostic]:
    """A label fits the box that its figure gives it.

    A label that is too long covers the drawing or other labels.
    """
    boxes = {box.key: box for box in composition.boxes}
    for fit in layout.boxes:
        box = boxes.get(fit.key)
        if box is None:
            continue
        over = max(fit.height - box.height, 0.0), max(fit.width - box.width, 0.0)
        if max(over) > ROUNDING:
            side = "long" if over[0] >= over[1] else "wide"
            place = Location(box.location.path, box.location.line, page=fit.page)
            message = f"the label is {max(over):.1f} mm too {side} for its box"
            hint = f"it has room for {box.width:g} × {box.height:g} mm"
            yield error("box-overflow", message, place, hint)


def inside_margins(
    layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No text stands where a printer cannot print or a knife may cut."""
    inside = {
        panel.page: composition.margins.inside(panel.width, panel.height)
        for panel in composition.places(layout.pages)
    }
    passages = passages_of(composition)
    for fragment in layout.fragments:
        free = inside[fragment.page]
        over = max(
            free.left - fragment.left,
            free.top - max(fragment.top, fragment.baseline - fragment.size * HIGHEST),
            fragment.right - free.right,
            min(fragment.bottom, fragment.baseline + fragment.size * LOWEST)
            - free.bottom,
        )
        if over > ROUNDING:
            message = f'"{quoted(fragment)}" stands {over:.1f} mm too near the edge'
            place = place_of(fragment, passages, composition)
            yield error("outside-margins", message, place)


def headings_have_text(
    layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """A heading is never the last text of a page."""
    last: dict[int, Fragment] = {}
    for fragment in layout.fragments:
        if (
            fragment.key
            and fragment.top > last.get(fragment.page, fragment).top - ROUNDING
        ):
            last[fragment.page] = fragment
    passages = passages_of(composition)
    for page, fragment in last.items():
        if (
            is_heading(fragment.key)
            and fragment.key in passages
            and page < layout.pages
        ):
            place = on_page(passages[fragment.key], page)
            message = f'the heading "{fragment.text.strip()}" ends its page'
            yield error("heading-alone", message, place)


def blocks_whole(layout: LayoutFacts, composition: Composition) -> Iterator[Diagnostic]:
    """What to do in an emergency, whom to call, and a drawing stand on one page each.

    Half a list of emergencies is read as the whole list.
    """
    passages = passages_of(composition)
    for key in layout.split:
        page = 0
        place = composition.location
        name = kept_key(key)
        for fragment in layout.fragments:
            passage = passages.get(fragment.key)
            if passage and fragment.key.startswith(name):
                place, page = passage.location, fragment.page
                break
        message = "the box or drawing is split over two pages"
        hint = "it is longer than a page of this edition; shorten it"
        at = Location(place.path, place.line, 0, page)
        yield error("split-box", message, at, hint)


def benefit_with_harm(
    layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Whoever reads of a benefit reads of the harm that goes with it on that page."""
    if not composition.together:
        return
    laid = by_key(layout)
    # The panels of a folded sheet lie open side by side, as do a booklet's pages.
    side = composition.views(layout.pages)
    # In two languages the box is longer than a page; the next one goes on with it.
    after = 1 if len(composition.target.locales) > 1 else 0
    pages: dict[str, set[int]] = defaultdict(set)
    for passage in composition.passages:
        for tag in passage.tags:
            pages[tag] |= {
                side[fragment.page] for fragment in laid.get(passage.key, ())
            }
    for passage in composition.passages:
        wanted = dict.fromkeys(
            other
            for tag, others in composition.together
            for other in others
            if tag in passage.tags and pages[other]
        )
        for page in sorted(
            {side[fragment.page] for fragment in laid.get(passage.key, ())}
        ):
            there = {page, page + after}
            lacking = [tag for tag in wanted if pages[tag].isdisjoint(there)]
            if lacking:
                message = f"the page tells a benefit without {', '.join(lacking)}"
                hint = "keep them in one balance box that is not split"
                yield error("benefit-alone", message, on_page(passage, page), hint)


def type_size(layout: LayoutFacts, composition: Composition) -> Iterator[Diagnostic]:
    """No type is smaller than the edition allows (UKAAF G003; EU guideline 2009)."""
    reported = set()
    for fragment in layout.fragments:
        if (
            fragment.size < composition.minimum_size - 0.05
            and fragment.key not in reported
        ):
            reported.add(fragment.key)
            message = f'"{quoted(fragment)}" is set in {fragment.size:g} pt'
            hint = f"at least {composition.minimum_size:g} pt in this edition"
            place = Location(composition.location.path, page=fragment.page)
            yield error("type-too-small", message, place, hint)


CHECKS = (
    text_conserved,
    order_kept,
    text_apart,
    boxes_hold,
    inside_margins,
    page_limit,
    page_full,
    frames_inside,
    sheets_filled,
    headings_have_text,
    blocks_whole,
    benefit_with_harm,
    type_size,
)


def check_layout(layout: LayoutFacts, composition: Composition) -> Iterator[Diagnostic]:
    """Run all checks of this module over one layout."""
    subject = subject_of(composition.target)
    for check in CHECKS:
        yield from about(subject, check(layout, composition))
