"""Lines: what the checks of a page share, from fragments to the place to mend.

Pure functions over what was laid out.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from leaflets.diagnostics import Diagnostic, Location, about
from leaflets.pages.composition import Composition, Passage, subject_of
from leaflets.pdf.facts import Fragment, LayoutFacts, PdfFacts

ROUNDING = 0.1
"""Millimetres that rounding may cost."""
SAME = 1.0
"""Millimetres between baselines on one line: fonts of two scripts differ a little."""
UNSEEN = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069\u200e\u200f\u00ad\u200b"))
"""Signs that leave no mark."""
HYPHEN = re.compile("\u00ad\u2010$")
"""What the engine writes where it breaks a word at a soft hyphen."""


PdfCheck = Callable[[PdfFacts, LayoutFacts, Composition], Iterator[Diagnostic]]
"""A check of one finished file."""


def run_checks(
    checks: Iterable[PdfCheck],
    pdf: PdfFacts,
    layout: LayoutFacts,
    composition: Composition,
) -> Iterator[Diagnostic]:
    """Run some checks over one finished file; what they find is about its target."""
    subject = subject_of(composition.target)
    for check in checks:
        yield from about(subject, check(pdf, layout, composition))


def normal(text: str) -> str:
    """Fold a text to what is seen: no white space, no unseen signs, composed (NFC)."""
    return "".join(unicodedata.normalize("NFC", text.translate(UNSEEN)).split())


def passages_of(composition: Composition) -> Mapping[str, Passage]:
    """Sort the passages that are expected on paper by their keys."""
    return {passage.key: passage for passage in composition.passages}


def by_key(layout: LayoutFacts) -> Mapping[str, Sequence[Fragment]]:
    """Sort the fragments by the passage they belong to, order kept."""
    fragments: dict[str, list[Fragment]] = defaultdict(list)
    for fragment in layout.fragments:
        fragments[fragment.key].append(fragment)
    return dict(fragments)


def lines_of(fragments: Sequence[Fragment]) -> Iterator[list[Fragment]]:
    """Group the fragments of a passage by line: what shares page and baseline.

    Each is compared with the first of its line.  Compared with its neighbour, lines
    that are set nearly on one another would run together into one, each a little
    below the last, and no check would tell how close they are.
    """
    line: list[Fragment] = []
    for fragment in fragments:
        if line and (
            fragment.page != line[0].page
            or abs(fragment.baseline - line[0].baseline) > SAME
        ):
            yield line
            line = []
        line.append(fragment)
    if line:
        yield line


def on_page(passage: Passage, page: int) -> Location:
    """Name the place where a passage is mended, with the page that shows it."""
    place = passage.location
    return Location(place.path, place.line, place.column, page)


def at_page(composition: Composition, page: int) -> Location:
    """Name a page of the leaflet, where no passage is to blame."""
    return Location(composition.location.path, page=page)


def place_of(
    fragment: Fragment, passages: Mapping[str, Passage], composition: Composition
) -> Location:
    """Name the place to mend for a fragment, be it furniture."""
    if passage := passages.get(fragment.key):
        return on_page(passage, fragment.page)
    return at_page(composition, fragment.page)


def quoted(fragment: Fragment) -> str:
    """Shorten a fragment's text to what a finding quotes."""
    return fragment.text.strip()[:40]
