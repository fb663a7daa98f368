"""Measure: what was laid out, where, and how much room is left.

Walks the boxes of the engine's pages; gives facts in mm from the top left of each
page.  Nothing is judged here.
"""

import re
from collections.abc import Iterator
from typing import Any

from leaflets.languages.scripts import LATIN
from leaflets.pages.composition import Composition
from leaflets.pages.contract import BLANK, KEEP, is_notes, is_spread
from leaflets.pdf.facts import Blank, BoxFit, Fragment, LayoutFacts
from leaflets.pdf.fonts.shape import width_of

MM = 25.4 / 96
"""Millimetres in a CSS pixel."""
POINTS = 72 / 96
SPACES = " \u200b"
PARTED = re.compile(f"[{SPACES}]")
"""Where a line may end; a word with soft hyphens counts whole."""


def measure(document: Any, composition: Composition) -> LayoutFacts:
    """Walk the laid-out pages: every piece of text with its place and passage."""
    keys = {passage.key for passage in composition.passages}
    fixed = {box.key for box in composition.boxes}
    fragments: list[Fragment] = []
    heights: dict[str, tuple[int, float]] = {}
    notes: set[int] = set()
    blanks: list[Blank] = []
    heads: dict[Any, int] = {}

    def walk(box: Any, page: int, key: str, again: bool = False) -> None:
        element = getattr(box, "element", None)
        name = element.get("id") if element is not None else None
        if element is not None and element.tag == "thead":
            # On each page that a table goes on, its headings are drawn again.
            again = heads.setdefault(element, page) != page
        if name in fixed and name not in heights:
            heights[str(name)] = (page, _mm(box.height))
        if is_notes(str(name)):
            notes.add(page)
        blank = element.get(BLANK) if element is not None else None
        if blank and type(box).__name__ == "BlockBox":
            blanks.append(_blank(box, page, str(blank)))
        if "::" in str(box.element_tag):
            key = ""  # a bullet or number that the stylesheet makes
        elif name in keys:
            key = "" if again else str(name)
        if _is_text(box):
            if box.text.strip():
                language = str(box.style["lang"] or composition.language)
                fragments.append(_fragment(box, page, key, language))
            return
        for child in getattr(box, "children", ()):
            walk(child, page, key, again)

    for number, page in enumerate(document.pages, 1):
        walk(page._page_box, number, "")
    spaces = tuple(_mm(page._page_box.height) for page in document.pages)
    boxes = tuple(
        BoxFit(key, page, height, _widest(fragments, key))
        for key, (page, height) in heights.items()
    )
    pages = len(document.pages)
    return LayoutFacts(
        pages=pages,
        fragments=tuple(fragments),
        boxes=boxes,
        notes=tuple(sorted(notes)),
        rooms=rooms_of(document),
        heights=spaces,
        split=split_over_pages(document),
        blanks=tuple(blanks),
    )


def rooms_of(document: Any) -> tuple[float, ...]:
    """Measure how much room is left below what is seen on each page, in mm.

    Less than nothing where a frame reaches into the foot: the engine fills a page
    with lines and counts the white and the border below the last one no more.
    """
    return tuple(room_of(page._page_box) for page in document.pages)


def room_of(page: Any) -> float:
    """Measure how much room is left below what is seen on the engine's page, in mm."""
    top = page.content_box_y()
    lowest = _lowest(page.children[0], top)
    return round(_mm(page.height) - _mm(lowest - top), 2)


def filled_of(document: Any, rooms: tuple[float, ...], limit: int) -> float:
    """Compute what part of so many pages is filled, by the room left on each, in mm."""
    heights = [_mm(page._page_box.height) for page in document.pages]
    return (sum(heights) - sum(rooms)) / (limit * max(heights))


def letters_of(box: Any) -> int:
    """Count the letters that stand in a box and all boxes within."""
    texts = (child.text for child in box.descendants() if _is_text(child))
    return sum(len("".join(text.split())) for text in texts)


def split_over_pages(document: Any) -> tuple[str, ...]:
    """List what stands on more than one page and should not.

    Elements with the same `data-keep` stand on one page; where its name is that of a
    spread, on two pages that face each other.
    """
    kept: dict[str, set[int]] = {}
    for number, page in enumerate(document.pages, 1):
        for name in kept_on(page._page_box):
            kept.setdefault(name, set()).add(number)
    return split_pages(kept)


def split_pages(kept: dict[str, set[int]]) -> tuple[str, ...]:
    """List what stands on more pages than it should; by name, the pages it stands on."""
    seen = {
        name: {page // 2 for page in pages} if is_spread(name) else pages
        for name, pages in kept.items()
    }
    return tuple(name for name, pages in seen.items() if len(pages) > 1)


def kept_on(box: Any) -> Iterator[str]:
    """List the names of what is to stand whole, in a box and all boxes within."""
    element = getattr(box, "element", None)
    if element is not None and (name := element.get(KEEP)):
        yield str(name)
        return
    for child in getattr(box, "children", ()):
        yield from kept_on(child)


def _lowest(box: Any, top: float) -> float:
    """Find the lowest edge of what is seen in a box, in pixels: lines, images, frames."""
    lowest = top
    for child in getattr(box, "children", ()):
        lowest = max(lowest, _lowest(child, top))
    kind = type(box).__name__
    framed = kind.startswith("Block") and box.border_bottom_width > 0
    if framed or kind in ("LineBox", "BlockReplacedBox"):
        lowest = max(lowest, box.border_box_y() + box.border_height())
    return lowest


def _is_text(box: Any) -> bool:
    return type(box).__name__ == "TextBox"


def _widest(fragments: list[Fragment], key: str) -> float:
    """Measure the widest line of a passage in mm."""
    lines: dict[tuple[int, float], list[Fragment]] = {}
    for fragment in fragments:
        if fragment.key == key:
            lines.setdefault((fragment.page, fragment.bottom), []).append(fragment)
    widths = (
        max(fragment.right for fragment in line)
        - min(fragment.left for fragment in line)
        for line in lines.values()
    )
    return round(max(widths, default=0.0), 2)


def _fragment(box: Any, page: int, key: str, language: str) -> Fragment:
    left, top = _mm(box.position_x), _mm(box.position_y)
    families, weight = tuple(box.style["font_family"]), int(box.style["font_weight"])
    direction = str(box.style["direction"])
    first, *_ = PARTED.split(box.text.lstrip(SPACES), maxsplit=1)
    # A line that goes on in an element ends with a space that takes room as well.
    word = f" {first} "
    ems = width_of(word, (*families, LATIN), weight, language, direction)
    return Fragment(
        page=page,
        key=key,
        text=box.text,
        left=left,
        top=top,
        right=round(left + _mm(box.width), 2),
        bottom=round(top + _mm(box.height), 2),
        baseline=round(top + _mm(box.baseline), 2),
        size=round(box.style["font_size"] * POINTS, 2),
        weight=weight,
        families=families,
        direction=direction,
        language=language,
        word=_mm(ems * box.style["font_size"]),
    )


def _blank(box: Any, page: int, key: str) -> Blank:
    return Blank(
        key=key,
        page=page,
        left=_mm(box.border_box_x()),
        top=_mm(box.border_box_y()),
        width=_mm(box.border_width()),
        height=_mm(box.border_height()),
    )


def _mm(pixels: float) -> float:
    return round(float(pixels) * MM, 2)
