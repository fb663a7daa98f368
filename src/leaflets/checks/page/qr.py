"""Checks of QR codes: what a phone reads from the page, and from a copy of it.

Pure functions over facts of the published bytes.
"""

from collections.abc import Iterator

from leaflets.checks.page.lines import at_page
from leaflets.diagnostics import Diagnostic, about, error
from leaflets.pages.composition import Composition, subject_of
from leaflets.pdf.facts import Code, LayoutFacts, PdfFacts

SIDE_OFFICE, SIDE_PRESS = 25.0, 20.0
"""Least side in mm, without the quiet zone.  No norm gives one: a tenth of the
distance is the trade's rule of thumb, and a hand holds a phone 20 to 25 cm away;
the larger is for paper that is printed anywhere, copied and bent."""
MODULE_OFFICE, MODULE_PRESS = 0.5, 0.4
"""Least module in mm: six dots of 300 dpi, and nearly five.  DENSO WAVE, who made
the code, asks for four and more; each further one steadies it."""
QUIET = 4.0
"""Modules of white around the code (ISO/IEC 18004; DENSO WAVE says the same)."""
PIXEL = 0.1
"""Millimetres that measuring in pixels of 300 ppi may cost."""


def check_codes(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Check that one code leads to the address, from paper and from a worn copy.

    Nothing is asked where the composition has no address.
    """
    if composition.online:
        yield from about(subject_of(composition.target), _codes(pdf, composition))


def _codes(pdf: PdfFacts, composition: Composition) -> Iterator[Diagnostic]:
    right = [code for code in pdf.codes if code.text == composition.online]
    if not pdf.codes:
        message = f"no QR code can be read; it should lead to {composition.online}"
        hint = "show asset:qr.svg, dark on white, with nothing over it"
        yield error("qr-missing", message, composition.location, hint)
    for code in pdf.codes:
        if code not in right:
            message = f'a QR code leads to "{code.text}", not to {composition.online}'
            yield error("qr-wrong", message, at_page(composition, code.page))
    for code in right[1:]:
        message = f"a second QR code leads to {composition.online}"
        hint = "show one only: a phone that sees two may read neither"
        yield error("qr-wrong", message, at_page(composition, code.page), hint)
    for code in right:
        yield from _print(code, composition)


def _print(code: Code, composition: Composition) -> Iterator[Diagnostic]:
    """Check size, quiet zone and copies of one code."""
    press = composition.shop is not None
    place = at_page(composition, code.page)
    side = SIDE_PRESS if press else SIDE_OFFICE
    module = MODULE_PRESS if press else MODULE_OFFICE
    modules = round(code.side / code.module)
    if code.side < side - PIXEL or code.module < module - PIXEL / modules:
        needed = max(side, module * modules)
        message = (
            f"the QR code is {code.side:.1f} mm wide, its modules {code.module:.2f} mm"
        )
        hint = (
            f"its {modules} modules need {needed:.1f} mm, and with the white around"
            f" {needed * (modules + 2 * QUIET) / modules:.1f} mm; or shorten the address"
        )
        yield error("qr-small", message, place, hint)
    # The pixel may be lost on the code's edge and on its neighbour's.
    if code.quiet < QUIET - 2 * PIXEL / code.module:
        message = f"the QR code has {code.quiet:.1f} modules of white around it"
        hint = f"{QUIET:g} modules, {QUIET * code.module:.1f} mm, have to stay free"
        yield error("qr-quiet-zone", message, place, hint)
    lost = [
        name
        for name, read in (("grey", code.grey), ("black-and-white", code.bitonal))
        if not read
    ]
    if lost:
        message = f"a worn photocopier's {' and '.join(lost)} copy cannot be read"
        hint = "draw it larger, and black on white"
        yield error("qr-fragile", message, place, hint)
