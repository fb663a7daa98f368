"""Pages as facts, for tests of what is asked of them: nothing is typeset."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from leaflets.checks.page.press import check_printing
from leaflets.diagnostics import Diagnostic, Location, Severity
from leaflets.pages.composition import Composition, Passage
from leaflets.paper.fold import FOLDS
from leaflets.paper.rectangle import Margins, Rectangle
from leaflets.pdf.facts import Fragment, LayoutFacts, PageFacts, PdfFacts
from samples import SHOP, composition

OFFICE_SIDE = PageFacts(
    width=210.0,
    height=297.0,
    glyphs=9,
    notdef=0,
    media=Rectangle(left=0.0, top=0.0, right=210.0, bottom=297.0),
    trim=Rectangle(left=0.0, top=0.0, right=210.0, bottom=297.0),
    thinnest=0.5,
    spaces=("DeviceRGB",),
)
PRESS_SIDE = replace(
    OFFICE_SIDE,
    media=Rectangle(left=0.0, top=0.0, right=226.0, bottom=313.0),
    bleed=Rectangle(left=5.0, top=5.0, right=221.0, bottom=308.0),
    trim=Rectangle(left=8.0, top=8.0, right=218.0, bottom=305.0),
    spaces=("DeviceCMYK",),
    ink=280.0,
    ppi=300.0,
    images=1,
)
OFFICE_FILE = PdfFacts(duplex="DuplexFlipLongEdge", scaling="None")
PRESS_FILE = PdfFacts(condition="FOGRA39", components=4)
MARGINS = Margins(top=11.0, right=12.0, bottom=13.0, left=14.0)
"""All different, so that no side is mistaken for another."""
PLACE = Location("content/a.md", 3)


def line(
    text: str = "Words",
    baseline: float = 50.0,
    *,
    key: str = "p1",
    at: float = 20.0,
    on: int = 1,
    width: float = 30.0,
    size: float = 12.0,
    direction: str = "ltr",
) -> Fragment:
    """Lay out a piece of text; its box is 4 mm above its baseline and 1 mm below."""
    return Fragment(
        page=on,
        key=key,
        text=text,
        left=at,
        top=baseline - 4,
        right=at + width,
        bottom=baseline + 1,
        baseline=baseline,
        size=size,
        weight=400,
        families=("Noto Sans",),
        direction=direction,
        language="en",
    )


def laid(*lines: Fragment, **facts: Any) -> LayoutFacts:
    """Lay out some lines, on as many pages as they name unless `facts` say more."""
    pages = max((fragment.page for fragment in lines), default=1)
    return LayoutFacts(**{"pages": pages, "fragments": lines, **facts})


def passage(text: str = "Words", key: str = "p1", **more: Any) -> Passage:
    """Expect a text on paper."""
    return Passage(key, text, PLACE, **more)


def office(*passages: Passage | str, **changes: Any) -> Composition:
    """Compose a page for an office printer, with these texts or one of a word."""
    texts = tuple(
        passage(text) if isinstance(text, str) else text
        for text in passages or ("Words",)
    )
    plain = replace(
        composition(), passages=texts, furniture=(), boxes=(), margins=MARGINS
    )
    return replace(plain, **{"shop": None, **changes})


def press(*passages: Passage | str, **changes: Any) -> Composition:
    """Compose a page for a print shop."""
    return office(*passages, **{"shop": SHOP, **changes})


def folded(fold: str = "z", **changes: Any) -> Composition:
    """Compose a folded sheet of A4."""
    return office(**{"fold": FOLDS[fold], "imposed": True, **changes})


def printed_codes(
    made: Composition, side: PageFacts, layout: LayoutFacts, **facts: Any
) -> list[str]:
    """List the codes of what is found in a file of one side before it is printed."""
    file = PRESS_FILE if made.shop else OFFICE_FILE
    return codes_of(check_printing(replace(file, pages=(side,), **facts), layout, made))


def codes_of(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """List the codes of what is found, which are errors all."""
    listed = list(diagnostics)
    assert {diagnostic.severity for diagnostic in listed} <= {Severity.ERROR}
    return [diagnostic.code for diagnostic in listed]
