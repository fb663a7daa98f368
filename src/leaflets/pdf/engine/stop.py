"""Stop: end a layout at the page where it is seen not to hold.

Looks at each page as the engine makes it.  A layout that fits is made to its end and is
the same as without.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from leaflets.pages.composition import Composition
from leaflets.pdf.engine.measure import kept_on, letters_of, room_of, split_pages
from leaflets.pdf.engine.search import Fit

ROUNDING = 0.1
"""Millimetres that rounding may cost."""


class Lost(Exception):
    """A layout that cannot fit as well as was asked."""

    def __init__(self, fit: Fit, filled: float | None = None) -> None:
        super().__init__(fit)
        self.fit = fit
        """How well it fits at best."""
        self.filled = filled
        """How much of the room the text takes, more than 1; None where not known."""


@contextmanager
def stopping(layout: Any, composition: Composition, floor: Fit) -> Iterator[None]:
    """Have the engine's module `layout` raise Lost where a page falls below the floor.

    With the floor `Fit.NOT` every layout is made to its end.
    """
    make_all_pages = layout.make_all_pages

    def watched(context: Any, root: Any, html: Any, pages: Any) -> Iterator[Any]:
        whole = make_all_pages(context, root, html, pages)
        return _until_lost(whole, letters_of(root), composition, floor)

    if floor > Fit.NOT:
        layout.make_all_pages = watched
    try:
        yield
    finally:
        layout.make_all_pages = make_all_pages


def _until_lost(
    pages: Iterator[Any], letters: int, composition: Composition, floor: Fit
) -> Iterator[Any]:
    """Hand pages on until one of them shows that not all will hold."""
    held = 0
    kept: dict[str, set[int]] = {}
    for number, page in enumerate(pages, 1):
        if number > composition.page_limit:
            raise Lost(Fit.NOT, letters / max(held, 1))
        for name in kept_on(page):
            kept.setdefault(name, set()).add(number)
        if split_pages(kept):
            raise Lost(Fit.NOT)
        if floor > Fit.FRAME_IN_FOOT and room_of(page) < -ROUNDING:
            raise Lost(Fit.FRAME_IN_FOOT)
        held += letters_of(page)
        yield page
