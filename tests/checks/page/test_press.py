"""What is asked of a file before it is printed: every limit from both sides."""

from dataclasses import replace

import pytest

from laid import (
    OFFICE_SIDE,
    PRESS_SIDE,
    folded,
    laid,
    line,
    office,
    press,
    printed_codes,
)
from leaflets.checks.page.press import CHECKS, check_printing
from leaflets.pages.composition import Composition
from leaflets.paper.rectangle import Rectangle
from leaflets.pdf.facts import PageFacts, PdfFacts
from leaflets.pdf.read.inspect import inspect
from samples import SHOP
from typesetting import ROOT, page, typeset

# --- Rules over facts ------------------------------------------------------------


def test_every_check_says_why() -> None:
    """The docstring of a rule is its reason."""
    assert all((check.__doc__ or "").strip() for check in CHECKS)


@pytest.mark.parametrize(
    ("made", "side", "code"),
    [
        (office(), replace(OFFICE_SIDE, thinnest=0.244), "thin-line"),
        (press(), replace(PRESS_SIDE, thinnest=0.244), "thin-line"),
        (
            press(shop=replace(SHOP, line=0.5)),
            replace(PRESS_SIDE, thinnest=0.494),
            "thin-line",
        ),
        (office(), replace(OFFICE_SIDE, images=1, ppi=149.9), "low-resolution"),
        (press(), replace(PRESS_SIDE, images=1, ppi=299.9), "low-resolution"),
        (office(), replace(OFFICE_SIDE, spaces=("DeviceCMYK",)), "wrong-colour-space"),
        (press(), replace(PRESS_SIDE, spaces=("DeviceRGB",)), "wrong-colour-space"),
        (press(), replace(PRESS_SIDE, spaces=("ICCBased",)), "wrong-colour-space"),
        (press(), replace(PRESS_SIDE, ink=280.11), "too-much-ink"),
        (press(), replace(PRESS_SIDE, coloured_text=1), "text-in-colours"),
    ],
)
def test_what_is_painted_wrongly_is_found(
    made: Composition, side: PageFacts, code: str
) -> None:
    """Each fault of paint has its own code, and no other is told."""
    assert printed_codes(made, side, laid(line())) == [code]


@pytest.mark.parametrize(
    ("made", "side"),
    [
        (office(), replace(OFFICE_SIDE, thinnest=0.0)),
        (office(), replace(OFFICE_SIDE, thinnest=0.246)),
        (press(), replace(PRESS_SIDE, thinnest=0.246)),
        (press(shop=replace(SHOP, line=0.5)), replace(PRESS_SIDE, thinnest=0.496)),
        (office(), replace(OFFICE_SIDE, images=1, ppi=150.0)),
        (office(), replace(OFFICE_SIDE, images=0, ppi=0.0)),
        (press(), replace(PRESS_SIDE, images=1, ppi=300.0)),
        (office(), replace(OFFICE_SIDE, ink=400.0, coloured_text=3)),
        (press(), replace(PRESS_SIDE, ink=280.09)),
        (
            press(),
            replace(PRESS_SIDE, spaces=("DeviceCMYK", "Pattern", "Separation")),
        ),
    ],
)
def test_what_is_painted_well_passes(made: Composition, side: PageFacts) -> None:
    """Limits are kept by what just reaches them; ink is no matter for an office."""
    assert printed_codes(made, side, laid(line())) == []


def moved(box: Rectangle, edge: str, by: float) -> Rectangle:
    """Move one edge of a box outwards, in mm."""
    sign = -1 if edge in ("left", "top") else 1
    return replace(box, **{edge: getattr(box, edge) + sign * by})


@pytest.mark.parametrize("edge", ["left", "top", "right", "bottom"])
@pytest.mark.parametrize(("by", "found"), [(0.09, False), (0.11, True)])
@pytest.mark.parametrize("sign", [1, -1])
def test_each_edge_of_a_box_is_where_it_should_be(
    edge: str, by: float, found: bool, sign: int
) -> None:
    """The sheet of an office, and the bleed of a shop: a tenth of a millimetre."""
    for made, side, name in (
        (office(), OFFICE_SIDE, "media"),
        (press(), PRESS_SIDE, "bleed"),
    ):
        box = moved(getattr(side, name), edge, sign * by)
        codes = printed_codes(made, replace(side, **{name: box}), laid(line()))
        assert codes == ["boxes-wrong"] * found


@pytest.mark.parametrize("edge", ["left", "top", "right", "bottom"])
@pytest.mark.parametrize(("by", "found"), [(0.09, False), (0.11, True)])
def test_a_trim_has_the_size_of_its_sheet(edge: str, by: float, found: bool) -> None:
    """Wider or narrower by more than a tenth of a millimetre, it is told."""
    for sign in (1, -1):
        trim = moved(PRESS_SIDE.trim or Rectangle(0, 0, 0, 0), edge, sign * by)
        side = replace(PRESS_SIDE, trim=trim, bleed=trim.grown(3.0))
        codes = printed_codes(press(), side, laid(line()))
        assert codes == ["boxes-wrong"] * found


@pytest.mark.parametrize("edge", ["left", "top", "right", "bottom"])
@pytest.mark.parametrize(("by", "found"), [(-5.09, False), (-5.11, True)])
def test_the_bleed_is_on_the_sheet(edge: str, by: float, found: bool) -> None:
    """A sheet that ends inside the bleed cannot be cut; 5 mm are left beyond it."""
    media = moved(PRESS_SIDE.media or Rectangle(0, 0, 0, 0), edge, by)
    codes = printed_codes(press(), replace(PRESS_SIDE, media=media), laid(line()))
    assert codes == ["boxes-wrong"] * found


def test_a_good_office_file_has_no_finding() -> None:
    """What is as it should be is not spoken of."""
    assert printed_codes(office(), OFFICE_SIDE, laid(line("Words"))) == []


def test_a_good_press_file_has_no_finding() -> None:
    """The shop's own numbers are kept exactly, and that is enough."""
    assert printed_codes(press(), PRESS_SIDE, laid(line("Words"))) == []


@pytest.mark.parametrize(
    "side",
    [
        replace(OFFICE_SIDE, trim=Rectangle(0.0, 0.0, 210.0, 290.0)),
        replace(OFFICE_SIDE, media=Rectangle(-3.0, -3.0, 213.0, 300.0)),
        replace(OFFICE_SIDE, trim=None),
    ],
)
def test_an_office_sheet_is_its_own_trim(side: PageFacts) -> None:
    """A trim of another size, of another place, or none at all is found."""
    assert set(printed_codes(office(), side, laid(line("Words")))) == {"boxes-wrong"}


@pytest.mark.parametrize(
    "side",
    [
        replace(PRESS_SIDE, bleed=Rectangle(6.0, 6.0, 220.0, 307.0)),
        replace(PRESS_SIDE, bleed=None),
        replace(PRESS_SIDE, media=Rectangle(6.0, 0.0, 226.0, 313.0)),
    ],
)
def test_a_press_sheet_has_its_bleed(side: PageFacts) -> None:
    """A bleed that is too small, lacking, or beyond the sheet is found."""
    assert printed_codes(press(), side, laid(line("Words"))) == ["boxes-wrong"]


@pytest.mark.parametrize("wrong", [{"condition": "FOGRA29"}, {"components": 3}])
def test_a_press_file_names_its_press(wrong: dict[str, str | int]) -> None:
    """Another condition than the shop's, or a profile for light, is found."""
    layout = laid(line("Words"))

    assert printed_codes(press(), PRESS_SIDE, layout, **wrong) == ["no-output-intent"]


@pytest.mark.parametrize(
    "wrong", [{"duplex": "DuplexFlipShortEdge"}, {"scaling": "AppDefault"}]
)
def test_single_pages_are_turned_on_the_long_edge(wrong: dict[str, str | int]) -> None:
    """Another edge, or scaling by the viewer, is found."""
    assert printed_codes(office(), OFFICE_SIDE, laid(line("Words")), **wrong) == [
        "duplex-wrong"
    ]


@pytest.mark.parametrize("edge", ["Short", "Long"])
def test_imposed_sheets_are_turned_on_the_short_edge(edge: str) -> None:
    """On the long edge the back would stand on its head."""
    layout = replace(laid(line("Words")), pages=6)
    codes = printed_codes(folded(), OFFICE_SIDE, layout, duplex=f"DuplexFlip{edge}Edge")

    assert ("duplex-wrong" in codes) == (edge == "Long")


# --- Real pages -------------------------------------------------------------------

DATES = "".join(
    f'<meta name="dcterms.{one}" content="2026-01-02T03:04:05Z">'
    for one in ("created", "modified")
)
INK = "html { color: device-cmyk(0 0 0 1) } @page { bleed: 3mm } "


def printed(made: Composition) -> tuple[PdfFacts, list[str]]:
    """Typeset a page; give what was measured and the codes of what was found."""
    made = replace(made, html=made.html.replace("<title>", f"{DATES}<title>"))
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    return facts, [one.code for one in check_printing(facts, rendered.layout, made)]


def at_press(css: str, paint: str = "") -> Composition:
    """Compose a page for a print shop."""
    profile = (ROOT / "profiles" / "fogra39.icc").read_bytes()
    made = page(css=INK + css, body=f'<p id="p1" data-passage>{paint}Words</p>')
    made = replace(made, passages=(replace(made.passages[0], text="Words"),))
    return replace(made, shop=SHOP, profile=profile)


@pytest.mark.parametrize("name", ["en", "ar", "he", "zh_Hans", "hi", "ru"])
def test_a_plain_page_of_any_script_is_fit_for_print(name: str) -> None:
    """12 pt on 18 pt with no drawing has nothing to mend in any of our scripts."""
    _, codes = printed(page(name))

    assert codes == []


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("p { border: 0.05mm solid black }", "thin-line"),
        ("p { border-bottom: 0.05mm solid black }", "thin-line"),
        ("p { color: device-cmyk(0 0 0 1) }", "wrong-colour-space"),
        ("p { line-height: 13pt }", "line-pitch"),
        ("p { font-size: 6pt; line-height: 12pt }", "x-height"),
    ],
)
def test_a_fault_of_the_stylesheet_is_found_in_the_file(css: str, code: str) -> None:
    """What is measured in the bytes is what the stylesheet says, border or letter."""
    _, codes = printed(page(css=css, text="Words that fill a line and go on. " * 9))

    assert codes == [code]


def test_a_border_is_measured_as_it_is_drawn() -> None:
    """A border of 0.3 mm is a line of 0.85 pt, whichever way it is painted."""
    for css in ("border", "border-left", "border-radius: 2mm; border"):
        facts, codes = printed(page(css=f"p {{ {css}: 0.3mm solid black }}"))
        assert facts.pages[0].thinnest == pytest.approx(0.85, abs=0.01), css
        assert codes == []


def test_a_press_page_is_fit_for_its_shop() -> None:
    """In black ink, with bleed and profile, there is nothing to mend."""
    facts, codes = printed(at_press(""))
    (side,) = facts.pages

    assert codes == []
    assert side.spaces == ("DeviceCMYK",)
    assert side.ink == 100.0
    assert (facts.condition, facts.components) == ("FOGRA39", 4)


@pytest.mark.parametrize(
    ("css", "code"),
    [
        ("p { background: device-cmyk(1 1 0.9 0) }", "too-much-ink"),
        ("p { color: device-cmyk(0.9 0.4 0.2 0.1) }", "text-in-colours"),
        ("p { border: 0.2pt solid device-cmyk(0 0 0 1) }", "thin-line"),
    ],
)
def test_a_fault_of_a_press_page_is_found(css: str, code: str) -> None:
    """Too much ink, text in four inks, and hairlines do not reach the shop."""
    _, codes = printed(at_press(css))

    assert codes == [code]


def test_half_a_tint_adds_half_its_ink() -> None:
    """A translucent box over a ground is counted with it."""
    css = (
        "p { background: device-cmyk(1 0.5 0 0) } "
        "p span { background: device-cmyk(1 1 0 0); opacity: 0.5 }"
    )
    facts, _ = printed(at_press(css, "<span>And</span> "))

    assert facts.pages[0].ink >= 250.0
