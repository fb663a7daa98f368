"""Checks of print: what a press, an office printer and a folder ask for.

Pure functions over facts of the published bytes; those of `legibility`, which
look at the layout as well, are run first.  Where a print
shop is named, its numbers count.
"""

from collections.abc import Iterator

from leaflets.checks.page.legibility import CHECKS as READING
from leaflets.checks.page.lines import at_page, run_checks
from leaflets.diagnostics import Diagnostic, error
from leaflets.pages.composition import Composition
from leaflets.pdf.facts import LayoutFacts, PdfFacts

ROUNDING = 0.1
"""Millimetres that rounding may cost."""
LINE = 0.25
"""Thinnest line in pt that prints everywhere; shops say the same."""
PPI = 150
"""Least resolution for an office printer."""
INKS = {"DeviceCMYK", "Separation", "Pattern"}
"""What a press is given.  A pattern names no ink itself; those it is drawn with are
listed beside it."""


def boxes_wrong(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """The page's boxes say what is cut: trim in bleed in media (ISO 15930-7, 6.2).

    For an office the sheet is the trim; for a shop the bleed is exactly as wide as
    it asks.
    """
    width, height = composition.side_size
    bleed = composition.shop.bleed if composition.shop else 0.0
    for number, page in enumerate(pdf.pages, 1):
        place = at_page(composition, number)
        trim = page.trim
        if trim is None or page.media is None:
            yield error("boxes-wrong", "the page does not say where it is cut", place)
            continue
        if max(abs(trim.width - width), abs(trim.height - height)) > ROUNDING:
            message = f"the trim is {trim.width:.1f} × {trim.height:.1f} mm"
            hint = f"the sheet is {width:.1f} × {height:.1f} mm"
            yield error("boxes-wrong", message, place, hint)
        given = page.bleed if composition.shop else page.media
        if given is None or given.apart(trim.grown(bleed)) > ROUNDING:
            what = "bleed" if composition.shop else "sheet"
            message = f"the {what} is not {bleed:g} mm larger than the trim all round"
            yield error("boxes-wrong", message, place)
        elif composition.shop and not page.media.holds(given, ROUNDING):
            yield error("boxes-wrong", "the bleed is larger than the sheet", place)


def thin_line(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No line is thinner than 0.25 pt: a thinner one breaks up or is lost in print."""
    least = composition.shop.line if composition.shop else LINE
    for number, page in enumerate(pdf.pages, 1):
        if 0 < page.thinnest < least - 0.005:
            message = f"a line is {page.thinnest:.2f} pt thick"
            place = at_page(composition, number)
            hint = f"at least {least:g} pt, in drawings as in templates"
            yield error("thin-line", message, place, hint)


def low_resolution(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No image shows its pixels, at the size at which it is printed."""
    least = composition.shop.ppi if composition.shop else PPI
    for number, page in enumerate(pdf.pages, 1):
        if page.images and page.ppi < least:
            message = f"an image has {page.ppi:.0f} pixels per inch"
            place = at_page(composition, number)
            hint = f"at least {least} where it stands; draw it as SVG, or smaller"
            yield error("low-resolution", message, place, hint)


def wrong_colour_space(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """A press gets ink, an office printer and a screen get light.

    What is in the wrong one is converted by a machine that nobody asked, and black
    text becomes four colours, or grey.
    """
    for number, page in enumerate(pdf.pages, 1):
        if composition.shop:
            wrong = sorted(set(page.spaces) - INKS)
        else:
            wrong = [space for space in page.spaces if space == "DeviceCMYK"]
        if wrong:
            wanted = "ink (device-cmyk)" if composition.shop else "light (RGB)"
            message = f"the page is painted in {', '.join(wrong)}"
            place = at_page(composition, number)
            hint = f"this edition is painted in {wanted}"
            yield error("wrong-colour-space", message, place, hint)


def too_much_ink(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No spot gets more ink than the paper takes, or it smears and sticks."""
    if composition.shop is None:
        return
    most = composition.shop.ink
    for number, page in enumerate(pdf.pages, 1):
        if page.ink > most + ROUNDING:
            message = f"a spot gets {page.ink:.0f} % of ink"
            place = at_page(composition, number)
            yield error("too-much-ink", message, place, f"at most {most:g} %")


def text_in_colours(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """In print text is black ink alone, or white on a ground.

    Letters of several inks get coloured edges as soon as the plates are not exactly
    on one another.
    """
    for number, page in enumerate(pdf.pages, 1):
        if composition.shop and page.coloured_text:
            message = f"{page.coloured_text} pieces of text are in more than black ink"
            place = at_page(composition, number)
            hint = "write their colour as device-cmyk(0 0 0 1)"
            yield error("text-in-colours", message, place, hint)


def no_output_intent(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """A file for a press says which press: condition and profile (ISO 15930-7, 6.3)."""
    shop = composition.shop
    if shop and (pdf.condition, pdf.components) != (shop.condition, 4):
        message = (
            f'the file is made for "{pdf.condition}" with {pdf.components} inks,'
            f" not for {shop.condition} with 4"
        )
        yield error("no-output-intent", message, composition.location)


def duplex_wrong(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """The file tells the printer to turn the sheet so that the back stands upright.

    Sheets that lie on their long edge are turned on the short one; and nothing is
    scaled, or folds and margins are lost (ISO 32000-1, table 150).
    """
    if composition.shop:
        return
    wanted = f"DuplexFlip{'Short' if composition.imposed else 'Long'}Edge"
    if (pdf.duplex, pdf.scaling) != (wanted, "None"):
        message = f'the printer is told "{pdf.duplex}" and to scale "{pdf.scaling}"'
        hint = f"it has to be {wanted} and None"
        yield error("duplex-wrong", message, composition.location, hint)


CHECKS = (
    *READING,
    boxes_wrong,
    thin_line,
    low_resolution,
    wrong_colour_space,
    too_much_ink,
    text_in_colours,
    no_output_intent,
    duplex_wrong,
)


def check_printing(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Run all checks of print and reading over one finished file."""
    yield from run_checks(CHECKS, pdf, layout, composition)
