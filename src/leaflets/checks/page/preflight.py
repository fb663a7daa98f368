"""Preflight: the finished file is what was laid out, and what it claims to be.

Pure functions over facts measured from the published bytes.
"""

import re
from collections.abc import Iterator

from leaflets.checks.page.lines import (
    HYPHEN,
    UNSEEN,
    at_page,
    lines_of,
    normal,
    passages_of,
    place_of,
    run_checks,
)
from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.pages.composition import Composition
from leaflets.pdf.facts import LayoutFacts, PdfFacts

ROUNDING = 0.2
"""Millimetres between a page's size and its paper's."""
BESIDE = re.compile(r"[\d·/,.:;!\[\]()•◦▪–-]+")
"""Digits, marks of lists and signs between words: they say nothing by themselves."""
RAW = re.compile(r"\{\s*\w+\s*\}")
"""The name of a fact as authors and translators write it."""
STYLES = ("", "-Regular", "-Medium", "-Semi-Bold", "-SemiBold", "-Bold")
"""What follows a family in the name of one of its fonts."""


def text_drawn(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Every piece of text that was laid out is drawn, glyph by glyph, and no other.

    The glyphs are those that the project's fonts give for the text, so a letter
    that was changed, left out or not joined is found in every script.
    """
    passages = passages_of(composition)
    for number, page in enumerate(pdf.pages, 1):
        for index in page.undrawn:
            fragment = layout.fragments[index]
            place = composition.location
            if passage := passages.get(fragment.key):
                place = passage.location
            place = Location(place.path, place.line, page=number)
            message = f'"{fragment.text.strip()[:60]}" is not drawn as it was set'
            yield error("text-missing-in-pdf", message, place)
        if page.unexplained:
            place = at_page(composition, number)
            message = f"{page.unexplained} pieces of text that no source accounts for"
            yield error("text-unexplained", message, place)


def text_of_leaflet(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """What is drawn beside the passages is furniture, or a number, or a mark of a list.

    Bullets, numbers and heads of pages belong to no passage: each is a piece of a text
    that was composed with the page, but for digits and a few signs between words.
    """
    if not composition.for_patients:
        return
    texts = (passage.text for passage in composition.passages)
    every = "\0".join(
        map(normal, (*texts, *composition.furniture, *composition.beside))
    )
    for fragment in layout.fragments:
        if fragment.key:
            continue
        pieces = BESIDE.split(normal(HYPHEN.sub("", fragment.text)))
        if any(piece not in every for piece in pieces):
            place = at_page(composition, fragment.page)
            message = f'"{fragment.text.strip()[:60]}" is set, and no source says it'
            hint = "a template or stylesheet draws it by itself"
            yield error("text-unexplained", message, place, hint)


REASONS = {
    "disordered": ("text-order", "is drawn in another order than it was set"),
    "displaced": ("text-unseen", "is drawn elsewhere, or larger or smaller, than set"),
    "clipped": ("text-unseen", "is cut off by the edge of its box"),
    "covered": ("text-unseen", "is covered by what is drawn over it"),
    "unreadable": ("text-unreadable", "is drawn, but would be read aloud as another"),
    "unpainted": ("text-unseen", "is drawn without colour"),
}


def text_seen(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Text that is drawn is seen: in order, uncut, uncovered, and dark enough.

    The contrast is at least 4.5, for large type 3 (WCAG 2.2, 1.4.3; EN 301 549).
    """
    passages = passages_of(composition)
    for number, page in enumerate(pdf.pages, 1):
        for unseen in page.unseen:
            fragment = layout.fragments[unseen.fragment]
            passage = passages.get(fragment.key)
            place = passage.location if passage else composition.location
            place = Location(place.path, place.line, page=number)
            code, what = REASONS.get(
                unseen.why,
                ("low-contrast", f"has a contrast of {unseen.contrast:g} only"),
            )
            yield error(code, f'"{fragment.text.strip()[:60]}" {what}', place)


def no_placeholder(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No text is drawn as its author wrote it, with the name of a fact in braces.

    `text_drawn` proves that what was laid out is what the file draws, so the pieces
    of the layout are read, line by line, and the title that viewers show.
    """
    passages = passages_of(composition)
    for line in lines_of(layout.fragments):
        text = "".join(fragment.text for fragment in line).translate(UNSEEN)
        for match in RAW.finditer(text):
            place = place_of(line[0], passages, composition)
            yield _raw(match[0], place)
    for match in RAW.finditer(pdf.title.translate(UNSEEN)):
        yield _raw(match[0], composition.location)


def _raw(text: str, place: Location) -> Diagnostic:
    hint = "a template was given a text of the source without its values"
    return error("raw-placeholder", f'"{text}" is drawn as it stands', place, hint)


def furniture_everywhere(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """What must stand on every page (DRAFT, title, language) stands on every page.

    A page that is copied alone must still say what it is.
    """
    # The panels of a folded sheet are never apart, so each side says it once.
    places = composition.places(layout.pages)
    together = composition.fold.opens_flat
    where = {panel.page: panel.side if together else panel.page for panel in places}
    for page in sorted({where[number] for number in range(1, layout.pages + 1)}):
        fragments = [
            fragment for fragment in layout.fragments if where[fragment.page] == page
        ]
        there = normal(
            "".join(fragment.text for fragment in fragments if not fragment.key)
        )
        for text in composition.furniture:
            if normal(text) not in there:
                place = at_page(composition, page)
                message = f'the page does not say "{text.strip()[:60]}"'
                yield error("furniture-missing", message, place)


def fonts_are_ours(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Only the locale's own fonts are used, and all of them are in the file.

    Another font means that a letter was missing, and that the page would look
    otherwise on another machine.
    """
    ours = {family.replace(" ", "-") for family in (*composition.families, "Noto Sans")}
    for font in pdf.fonts:
        name = font.name
        if not any(
            name.removeprefix(family) in STYLES for family in ours if family in name
        ):
            message = f"the font {name} is not one of this locale"
            yield error("foreign-font", message, composition.location)
        if not font.embedded:
            message = f"the font {name} is not in the file"
            yield error("font-not-embedded", message, composition.location)


def no_tofu(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No glyph stands for a character that no font has."""
    for number, page in enumerate(pdf.pages, 1):
        if page.notdef:
            place = at_page(composition, number)
            yield error("notdef-glyph", f"{page.notdef} empty boxes are drawn", place)


def pages_are_paper(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Pages have the paper's size, all that were laid out are there, none is empty."""
    width, height = composition.side_size
    sides = max((panel.side for panel in composition.places(layout.pages)), default=0)
    if len(pdf.pages) != sides:
        message = f"{len(pdf.pages)} sides in the file, {sides} laid out"
        yield error("wrong-page-count", message, composition.location)
    for number, page in enumerate(pdf.pages, 1):
        place = at_page(composition, number)
        if max(abs(page.width - width), abs(page.height - height)) > ROUNDING:
            message = f"the page is {page.width:g} × {page.height:g} mm"
            hint = f"the paper is {width:g} × {height:g} mm"
            yield error("wrong-page-size", message, place, hint)
    for number in range(1, layout.pages + 1):
        if number in layout.notes:
            continue
        place = at_page(composition, number)
        if not any(
            fragment.page == number and fragment.key for fragment in layout.fragments
        ):
            yield error("empty-page", "the page has no text of the leaflet", place)


def accessible(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """The file can be read aloud in its language (PDF/UA-1, ISO 14289-1)."""
    place = composition.location
    if normal(pdf.title) != normal(composition.title) or not pdf.shows_title:
        message = f'the file is called "{pdf.title}", not "{composition.title}"'
        yield error("no-title", message, place)
    if pdf.language != composition.language:
        message = f'the file\'s language is "{pdf.language}"'
        yield error("no-language", message, place, f"it is {composition.language}")
    # A file for a press is tagged too, but claims PDF/X, not PDF/UA.
    wanted = "PDF/X-4" if composition.shop else "PDF/UA-1"
    claim = pdf.pdfx if composition.shop else pdf.conformance
    if not pdf.tagged or claim != wanted:
        yield error("not-tagged", f"the file is not tagged as {wanted}", place)
    if pdf.alternates < pdf.figures:
        message = f"{pdf.figures - pdf.alternates} figures without alt text"
        yield error("no-alt-text", message, place)
    order = "R2L" if composition.direction == "rtl" else ""
    if pdf.direction not in (order, order or "L2R"):
        message = f'viewers are told to turn pages "{pdf.direction or "L2R"}"'
        yield error("wrong-direction", message, place)


CHECKS = (
    text_drawn,
    text_of_leaflet,
    text_seen,
    no_placeholder,
    furniture_everywhere,
    fonts_are_ours,
    no_tofu,
    pages_are_paper,
    accessible,
)


def check_pdf(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Run all checks of this module over one finished file."""
    yield from run_checks(CHECKS, pdf, layout, composition)
