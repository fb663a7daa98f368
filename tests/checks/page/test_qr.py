"""Every limit of a QR code on paper, from both sides: nothing is typeset here."""

from dataclasses import replace

import pytest

from laid import codes_of, laid, line, office, press
from leaflets.checks.page.qr import (
    check_codes,
)
from leaflets.pages.composition import Composition
from leaflets.pdf.facts import Code, PdfFacts

ADDRESS = "https://example.org/"
GOOD = Code(
    page=1,
    text=ADDRESS,
    side=33.0,
    module=1.0,
    quiet=4.0,
    grey=True,
    bitonal=True,
)
OFFICE, PRESS = office(online=ADDRESS), press(online=ADDRESS)


def found(made: Composition, *codes: Code) -> list[str]:
    """List what is wrong with these codes."""
    return codes_of(check_codes(PdfFacts(codes=codes), laid(line()), made))


def sized(side: float, module: float) -> Code:
    """Measure a code of this side and module, in mm, with white enough."""
    return replace(GOOD, side=side, module=module)


@pytest.mark.parametrize("made", [OFFICE, PRESS])
def test_a_good_code_passes(made: Composition) -> None:
    """What is as it should be is not spoken of."""
    assert found(made, GOOD) == []


@pytest.mark.parametrize(("made", "least"), [(OFFICE, 25.0), (PRESS, 20.0)])
def test_a_code_is_large_enough(made: Composition, least: float) -> None:
    """25 mm for an office and 20 mm for a press, but for a pixel."""
    assert found(made, sized(least - 0.09, least / 25)) == []
    assert found(made, sized(least - 0.11, least / 25)) == ["qr-small"]


@pytest.mark.parametrize(("made", "least"), [(OFFICE, 0.5), (PRESS, 0.4)])
def test_its_modules_are_large_enough(made: Composition, least: float) -> None:
    """0.5 and 0.4 mm; the pixel is spread over all modules of a side."""
    lost = 0.1 / 101
    for module, codes in (
        (least - lost + 1e-4, []),
        (least - lost - 1e-4, ["qr-small"]),
    ):
        assert found(made, sized(101 * module, module)) == codes


def test_white_is_wide_enough() -> None:
    """4 modules, but for a pixel on either edge."""
    least = 4.0 - 0.2 / GOOD.module
    assert found(OFFICE, replace(GOOD, quiet=least + 0.01)) == []
    assert found(OFFICE, replace(GOOD, quiet=least - 0.01)) == ["qr-quiet-zone"]


@pytest.mark.parametrize("copy", ["grey", "bitonal"])
def test_both_copies_are_read(copy: str) -> None:
    """A grey copy and a black-and-white one."""
    assert found(OFFICE, replace(GOOD, **{copy: False})) == ["qr-fragile"]


def test_one_code_leads_to_the_address() -> None:
    """None, another one, and a second one are told; without an address, nothing is."""
    other = replace(GOOD, text="https://example.net/")
    assert found(OFFICE) == ["qr-missing"]
    assert found(OFFICE, other) == ["qr-wrong"]
    assert found(OFFICE, GOOD, GOOD) == ["qr-wrong"]
    assert found(replace(OFFICE, online=""), other) == []
