"""What is asked of a file before it is printed, and how the file is measured."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf

from leaflets.checks.page.press import CHECKS, check_printing
from leaflets.diagnostics import Location, Severity
from leaflets.pages.composition import Composition, Passage
from leaflets.paper.fold import FOLDS
from leaflets.paper.rectangle import Rectangle
from leaflets.pdf.facts import Fragment, LayoutFacts, PageFacts, PdfFacts, Small
from leaflets.pdf.read.inspect import inspect
from leaflets.pdf.read.paint import Painted, painted
from samples import SHOP
from typesetting import ROOT, page, typeset

# --- Rules over facts ------------------------------------------------------------

OFFICE = PageFacts(
    210.0,
    297.0,
    9,
    0,
    media=Rectangle(0.0, 0.0, 210.0, 297.0),
    trim=Rectangle(0.0, 0.0, 210.0, 297.0),
    thinnest=0.5,
    spaces=("DeviceRGB",),
)
PRESS = replace(
    OFFICE,
    media=Rectangle(0.0, 0.0, 226.0, 313.0),
    bleed=Rectangle(5.0, 5.0, 221.0, 308.0),
    trim=Rectangle(8.0, 8.0, 218.0, 305.0),
    spaces=("DeviceCMYK",),
    ink=280.0,
    ppi=300.0,
    images=1,
)
TOLD = PdfFacts(duplex="DuplexFlipLongEdge", scaling="None")
INTENT = PdfFacts(condition="FOGRA39", components=4)


def line(
    text: str, baseline: float = 50.0, *, key: str = "p1", at: float = 20.0, on: int = 1
) -> Fragment:
    """Lay out a piece of text in 12 pt, 30 mm wide."""
    top, bottom = baseline - 4, baseline + 1
    return Fragment(
        on, key, text, at, top, at + 30, bottom, baseline, 12.0, 400, ("Noto Sans",), ""
    )


def laid(*lines: Fragment) -> LayoutFacts:
    """Lay out some lines, on as many pages as they name."""
    return LayoutFacts(max((one.page for one in lines), default=1), lines)


def office(text: str = "Words") -> Composition:
    """Compose a page for an office printer."""
    return page(text=text)


def press() -> Composition:
    """Compose a page for a print shop."""
    return replace(page(text="Words"), shop=SHOP)


def folded(fold: str = "z") -> Composition:
    """Compose a sheet of six panels."""
    return replace(page(text="Words"), fold=FOLDS[fold], imposed=True)


def told(
    made: Composition, side: PageFacts, layout: LayoutFacts, **others: str | int
) -> list[str]:
    """List the codes of what is found in a file of one side."""
    base = INTENT if made.shop else TOLD
    facts = replace(base, pages=(side,), **others)  # type: ignore[arg-type]
    found = list(check_printing(facts, layout, made))
    assert {one.severity for one in found} <= {Severity.ERROR}
    return [one.code for one in found]


def test_a_good_office_file_has_no_finding() -> None:
    """What is as it should be is not spoken of."""
    assert told(office(), OFFICE, laid(line("Words"))) == []


def test_a_good_press_file_has_no_finding() -> None:
    """The shop's own numbers are kept exactly, and that is enough."""
    assert told(press(), PRESS, laid(line("Words"))) == []


def test_every_check_says_why() -> None:
    """The docstring of a rule is its reason."""
    assert all((one.__doc__ or "").strip() for one in CHECKS)


@pytest.mark.parametrize("pitch", [2.5, 4.5])
def test_close_lines_are_found(pitch: float) -> None:
    """12 pt type wants 1.15 × 4.23 mm: less is too close, though it is over 3 mm."""
    layout = laid(line("One"), line("two", 50 + pitch))

    assert told(office("One two"), OFFICE, layout) == ["line-pitch"]


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("多发性", "硬化。"), []),
        (("多发性硬化", "。然后"), ["line-edge"]),
        (("多发性（", "硬化）然后"), ["line-edge"]),
        (("다발성", ")경화증"), ["line-edge"]),
        (("One", ", two"), []),
    ],
)
def test_a_line_of_han_signs_begins_and_ends_well(
    lines: tuple[str, str], codes: list[str]
) -> None:
    """What closes stays with what is before it, what opens with what comes."""
    layout = laid(line(lines[0], 50.0), line(lines[1], 57.0))
    assert told(office("".join(lines)), OFFICE, layout) == codes


@pytest.mark.parametrize(
    ("first", "width", "second", "codes"),
    [
        # "è" is 3 mm wide at the most; 65 of 80 mm are left beside "AHSCT".
        ("AHSCT", 15.0, "è la sigla di un trapianto.", ["torn-line"]),
        ("AHSCT", 77.0, "è la sigla di un trapianto.", []),
        ("AHSCT", 15.0, "Magnetresonanztomografieverfahren,", []),
        ("他说", 15.0, "是一种移植。", []),
    ],
)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_torn_line_is_found(
    first: str, width: float, second: str, codes: list[str], direction: str
) -> None:
    """A line that ends early is told, unless the next word is too long for it."""

    def put(text: str, baseline: float, width: float) -> Fragment:
        left = 20.0 if direction == "ltr" else 100.0 - width
        return replace(
            line(text, baseline, at=left), right=left + width, direction=direction
        )

    layout = laid(put(first, 50, width), put(second, 57, 80), put("Fine.", 64, 20))
    made = office(f"{first} {second} Fine.")
    assert told(made, OFFICE, layout) == codes


def test_a_line_behind_a_label_is_not_torn() -> None:
    """A caption begins behind the number of its figure, which is no part of it."""
    first = replace(line("Myelin guards the nerve", 50, at=60), right=100.0)
    layout = laid(first, replace(line("fibres and helps messages.", 57), right=98.0))
    made = office("Myelin guards the nerve fibres and helps messages.")
    assert told(made, OFFICE, layout) == []


def test_columns_are_measured_apart() -> None:
    """A passage that goes on to a panel with other margins is no torn line."""
    one = replace(line("Short words", 50, at=5), right=45.0)
    two = replace(line("go on here", 57, at=5), right=43.0)
    three = replace(line("and on", 20, at=60, on=2), right=120.0)
    made = office("Short words go on here and on")
    assert told(made, OFFICE, laid(one, two, three)) == []


@pytest.mark.parametrize(
    "second", [line("two", 54.9), line("two", 50.6), line("two", 20.0, on=2)]
)
def test_other_lines_are_not_close(second: Fragment) -> None:
    """Lines that are apart, pieces of one line, and lines of two pages pass."""
    assert told(office("One two"), OFFICE, laid(line("One"), second)) == []


def test_small_letters_are_found_once() -> None:
    """Two lines of one passage in small letters are one thing to mend."""
    side = replace(OFFICE, small=(Small(0, 1.2), Small(1, 1.2)))
    layout = laid(line("One"), line("two", 56.0))

    assert told(office("One two"), side, layout) == ["x-height"]


@pytest.mark.parametrize(
    ("fold", "at", "found"),
    [("z", 3.0, True), ("z", 6.0, False), ("none", 3.0, False)],
)
def test_text_keeps_away_from_folds(fold: str, at: float, found: bool) -> None:
    """Text 3 mm from a fold is too near, 6 mm are not; single pages have none."""
    made = folded(fold) if fold == "z" else office()
    # The cover is the right panel of the front: its left edge is a fold.
    codes = told(made, OFFICE, replace(laid(line("Words", at=at, on=1)), pages=6))

    assert ("fold-zone" in codes) == found


def test_a_shop_says_how_near_a_fold_text_may_be() -> None:
    """Where a shop asks for 8 mm, 6 mm are too near."""
    made = replace(folded("c"), shop=replace(SHOP, safe=8.0))
    # The cover is the right panel of a C-fold: its left edge is a fold.
    layout = replace(laid(line("Words", at=6.0)), pages=6)

    assert "fold-zone" in told(made, PRESS, layout)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("take 20\u00a0mg now", ("take 20\u00a0", "mg now")),
        ("call \u2066030 123\u2069 now", ("call \u2066030 ", "123\u2069 now")),
        ("约 5\u202f天左右", ("约 5\u202f", "天左右")),
    ],
)
def test_parted_tokens_are_found(text: str, lines: tuple[str, str]) -> None:
    """A dose and a phone number on two lines are found, in every script."""
    layout = laid(line(lines[0]), line(lines[1], 56.0))

    assert told(office(text), OFFICE, layout) == ["token-split"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("take 20\u00a0mg now", ("take 20\u00a0mg ", "now")),
        ("for re\u00adla\u00adtives", ("for re\u00ad\u2010", "la\u00adtives")),
        (
            "«\u00a0la remyé\u00adli\u00a0»",
            ("«\u00a0la remyé\u00ad\u2010", "li\u00a0»"),
        ),
        ("约 5\u202f天左右", ("约 5\u202f天左", "右")),
    ],
)
def test_other_line_ends_part_no_token(text: str, lines: tuple[str, str]) -> None:
    """Lines end between words, within hyphenated ones, and between Han characters."""
    layout = laid(line(lines[0]), line(lines[1], 56.0))

    assert told(office(text), OFFICE, layout) == []


@pytest.mark.parametrize(
    "side",
    [
        replace(OFFICE, trim=Rectangle(0.0, 0.0, 210.0, 290.0)),
        replace(OFFICE, media=Rectangle(-3.0, -3.0, 213.0, 300.0)),
        replace(OFFICE, trim=()),
    ],
)
def test_an_office_sheet_is_its_own_trim(side: PageFacts) -> None:
    """A trim of another size, of another place, or none at all is found."""
    assert set(told(office(), side, laid(line("Words")))) == {"boxes-wrong"}


@pytest.mark.parametrize(
    "side",
    [
        replace(PRESS, bleed=Rectangle(6.0, 6.0, 220.0, 307.0)),
        replace(PRESS, bleed=()),
        replace(PRESS, media=Rectangle(6.0, 0.0, 226.0, 313.0)),
    ],
)
def test_a_press_sheet_has_its_bleed(side: PageFacts) -> None:
    """A bleed that is too small, lacking, or beyond the sheet is found."""
    assert told(press(), side, laid(line("Words"))) == ["boxes-wrong"]


@pytest.mark.parametrize(
    ("made", "side", "code"),
    [
        (office(), replace(OFFICE, thinnest=0.2), "thin-line"),
        (press(), replace(PRESS, thinnest=0.24), "thin-line"),
        (office(), replace(OFFICE, images=1, ppi=149.0), "low-resolution"),
        (press(), replace(PRESS, images=1, ppi=299.0), "low-resolution"),
        (office(), replace(OFFICE, spaces=("DeviceCMYK",)), "wrong-colour-space"),
        (press(), replace(PRESS, spaces=("DeviceRGB",)), "wrong-colour-space"),
        (press(), replace(PRESS, spaces=("ICCBased",)), "wrong-colour-space"),
        (press(), replace(PRESS, ink=281.0), "too-much-ink"),
        (press(), replace(PRESS, coloured_text=1), "text-in-colours"),
    ],
)
def test_what_is_painted_wrongly_is_found(
    made: Composition, side: PageFacts, code: str
) -> None:
    """Each fault of paint has its own code, and no other is told."""
    assert told(made, side, laid(line("Words"))) == [code]


@pytest.mark.parametrize(
    ("made", "side"),
    [
        (office(), replace(OFFICE, thinnest=0.0)),
        (office(), replace(OFFICE, thinnest=0.25)),
        (office(), replace(OFFICE, images=1, ppi=150.0)),
        (office(), replace(OFFICE, ink=400.0, coloured_text=3)),
        (press(), replace(PRESS, spaces=("DeviceCMYK", "Pattern", "Separation"))),
    ],
)
def test_what_is_painted_well_passes(made: Composition, side: PageFacts) -> None:
    """Limits are kept by what just reaches them; ink is no matter for an office."""
    assert told(made, side, laid(line("Words"))) == []


@pytest.mark.parametrize("wrong", [{"condition": "FOGRA29"}, {"components": 3}])
def test_a_press_file_names_its_press(wrong: dict[str, str | int]) -> None:
    """Another condition than the shop's, or a profile for light, is found."""
    layout = laid(line("Words"))

    assert told(press(), PRESS, layout, **wrong) == ["no-output-intent"]


@pytest.mark.parametrize(
    "wrong", [{"duplex": "DuplexFlipShortEdge"}, {"scaling": "AppDefault"}]
)
def test_single_pages_are_turned_on_the_long_edge(wrong: dict[str, str | int]) -> None:
    """Another edge, or scaling by the viewer, is found."""
    assert told(office(), OFFICE, laid(line("Words")), **wrong) == ["duplex-wrong"]


@pytest.mark.parametrize("edge", ["Short", "Long"])
def test_imposed_sheets_are_turned_on_the_short_edge(edge: str) -> None:
    """On the long edge the back would stand on its head."""
    layout = replace(laid(line("Words")), pages=6)
    codes = told(folded(), OFFICE, layout, duplex=f"DuplexFlip{edge}Edge")

    assert ("duplex-wrong" in codes) == (edge == "Long")


def numbered(*keys: str) -> Composition:
    """Compose texts that share the number 7."""
    place = Location("content/a.md", 3)
    texts = tuple(Passage(one, "Words", place, paragraph=7) for one in keys)
    return replace(page(text="Words"), passages=texts)


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([line("7", key="", at=10.0)], False),
        ([], True),
        ([line("8", key="", at=10.0)], True),
        ([line("7", 53.0, key="", at=10.0)], True),
        ([line("7", key="", at=10.0, on=2)], True),
        ([line("7", key="", at=10.0)] * 2, True),
    ],
)
def test_numbers_stand_beside_their_paragraphs(
    numbers: list[Fragment], found: bool
) -> None:
    """One number, the right one, on the first line: neither less nor more."""
    layout = laid(*numbers, line("Words"), line("Words", 60.0, key="p2"))

    codes = told(numbered("p1", "p2"), OFFICE, layout)

    assert codes == ["numbers-incomplete"] * found


@pytest.mark.parametrize("count", [1, 2])
def test_two_languages_have_numbers_on_both_sides(count: int) -> None:
    """Beside two columns the number stands twice."""
    numbers = [line("7", key="", at=10.0)] * count
    layout = laid(*numbers, line("Words"), line("Words", key="x-p1", at=90.0))

    codes = told(numbered("p1", "x-p1"), OFFICE, layout)

    assert codes == ["numbers-incomplete"] * (count == 1)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ([line("Words", 50.5, key="x-h1")], False),
        ([line("Words", 53.0, key="x-h1")], True),
        ([line("Words", key="x-h1", on=2)], True),
        ([line("Wo", key="x-h1"), line("rds", 20.0, key="x-h1", on=2)], True),
    ],
)
def test_pairs_stand_side_by_side(other: list[Fragment], found: bool) -> None:
    """Texts that begin apart, or of which one goes on alone, are found."""
    made = numbered("h1", "x-h1")
    made = replace(
        made, passages=tuple(replace(one, paragraph=0) for one in made.passages)
    )

    assert (
        told(made, OFFICE, laid(line("Words", key="h1"), *other))
        == ["pairs-apart"] * found
    )


def test_labels_are_lists_of_their_own() -> None:
    """Labels below a drawing run on in each column by themselves."""
    made = numbered("l-a", "x-l-a")
    made = replace(
        made, passages=tuple(replace(one, paragraph=0) for one in made.passages)
    )
    other = line("Words", 58.0, key="x-l-a")

    assert told(made, OFFICE, laid(line("Words", key="l-a"), other)) == []


def test_headings_may_stand_closer() -> None:
    """Two lines of a heading may touch what two lines of text may not."""
    for key, found in (("h1", []), ("p1", ["line-pitch"])):
        made = replace(numbered(key), for_patients=False)
        first = replace(line("Words", key=key), size=16.0)
        second = replace(line("more", 56.0, key=key), size=16.0)

        assert told(made, OFFICE, laid(first, second)) == found


# --- What a page is painted with --------------------------------------------------


def drawn_by(stream: str, **resources: object) -> Painted:
    """Measure a page of 100 pt that consists of these instructions."""
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(100, 100))
        made = pdf.pages[0]
        made.Contents = pdf.make_stream(stream.encode())
        made.Resources = Dictionary({f"/{key}": one for key, one in resources.items()})
        return painted(made)


@pytest.mark.parametrize(
    ("stream", "thinnest"),
    [
        ("", 0.0),
        ("2 w 0 0 m 9 9 l S", 2.0),
        ("2 w 0 0 m 9 9 l n", 0.0),
        ("0 w 0 0 m 9 9 l S", 0.01),
        ("q .5 0 0 .25 0 0 cm 2 w 0 0 m 9 9 l S Q", 0.5),
        ("q .5 w Q 0 0 m 9 9 l S", 1.0),
        ("10 10 50 .4 re f", 0.4),
        ("10 10 .4 50 re f*", 0.4),
        ("10 10 50 5 re f", 0.0),
        ("10 10 50 .4 re W n", 0.0),
        ("10 10 50 .4 re W n 0 0 100 100 re f", 0.4),
        ("10 10 50 50 re 11 10.3 48 49.4 re f*", 0.3),
        ("/none gs 2 w 0 0 m 9 9 l S", 0.0),
        ("1 w 200 200 m 300 300 l S", 0.0),
    ],
)
def test_the_thinnest_line_is_measured(stream: str, thinnest: float) -> None:
    """Lines that are painted count, as long as they are seen; clip paths do not."""
    states = Dictionary(none=Dictionary(CA=0))

    assert drawn_by(stream, ExtGState=states).thinnest == thinnest


@pytest.mark.parametrize(
    ("stream", "ink"),
    [
        ("0 0 9 9 re f", 100.0),
        ("0.25 g 0 0 9 9 re f", 75.0),
        ("1 0 0 rg 0 0 9 9 re f", 0.0),
        ("1 .5 .2 0 k 0 0 9 9 re f", 170.0),
        ("1 .5 .2 0 K 0 0 9 9 re S", 170.0),
        ("1 1 1 1 k", 0.0),
        ("1 1 1 0 k 0 0 9 9 re f 0 0 0 1 k 0 0 9 9 re f", 300.0),
        ("0 0 0 1 k 0 0 9 9 re f /half gs 1 1 0 0 k 0 0 9 9 re f", 200.0),
        ("0 0 0 1 k 0 0 9 9 re f /half gs 1 1 0 0 k 20 20 9 9 re f", 100.0),
        ("1 1 0 0 k 0 0 9 9 re f /times gs 0 0 0 1 k 0 0 9 9 re f", 300.0),
        ("1 1 0 0 k 0 0 9 9 re f /over gs 0 0 0 1 k 0 0 9 9 re f", 300.0),
        ("/Spot cs .6 scn 0 0 9 9 re f", 60.0),
        ("/Glow sh", 220.0),
    ],
)
def test_ink_is_added_up(stream: str, ink: float) -> None:
    """Opaque paint knocks out what is below; what shines through is added to it."""
    states = Dictionary(
        half=Dictionary(ca=0.5),
        times=Dictionary(BM=Name.Multiply),
        over=Dictionary(op=True),
    )
    two = Dictionary(
        FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 1], C1=[1, 1, 0.2, 0]
    )
    spot = Array([Name.Separation, Name("/Orange"), Name.DeviceCMYK, two])
    glow = Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[0, 0, 9, 9], Function=two
    )
    made = drawn_by(
        stream,
        ExtGState=states,
        ColorSpace=Dictionary(Spot=spot),
        Shading=Dictionary(Glow=glow),
    )

    assert made.ink == ink


@pytest.mark.parametrize(
    ("stream", "spaces"),
    [
        ("", ()),
        ("1 0 0 rg", ()),
        ("0 0 9 9 re f", ("DeviceGray",)),
        ("1 0 0 rg 0 0 0 1 K 0 0 9 9 re B", ("DeviceCMYK", "DeviceRGB")),
        ("/Light cs 1 0 0 scn 0 0 9 9 re f", ("ICCBased",)),
        ("/Spot CS 1 SCN 0 0 9 9 re S", ("DeviceCMYK", "Separation")),
        ("0 0 0 rg q 0 0 0 1 k Q 0 0 9 9 re f", ("DeviceRGB",)),
        ("1 0 0 rg BT (a) Tj ET", ("DeviceRGB",)),
        ("1 0 0 rg BT 3 Tr (a) Tj ET", ()),
    ],
)
def test_spaces_are_those_that_are_painted_with(
    stream: str, spaces: tuple[str, ...]
) -> None:
    """A colour that is set and not used is none of the page's."""
    light = Pdf.new().make_stream(b"", N=3)
    spot = Array([Name.Separation, Name("/Orange"), Name.DeviceCMYK, Dictionary()])
    named = Dictionary(Light=Array([Name.ICCBased, light]), Spot=spot)

    assert drawn_by(stream, ColorSpace=named).spaces == spaces


@pytest.mark.parametrize(
    ("colour", "count"),
    [
        ("0 0 0 1 k", 0),
        ("0 0 0 .5 k", 0),
        ("0 0 0 0 k", 0),
        (".2 0 0 1 k", 2),
        ("1 0 0 rg", 0),
        (".2 0 0 1 K", 0),
        (".2 0 0 1 K 1 Tr", 2),
        ("/DeviceCMYK cs", 0),
        ("/DeviceCMYK cs .2 0 0 1 scn", 2),
    ],
)
def test_text_in_several_inks_is_counted(colour: str, count: int) -> None:
    """Text in black, grey or white ink is as it should be; a tint of cyan is not."""
    made = drawn_by(f"BT {colour} (a) Tj [(b) 3 (c)] TJ ET")

    assert made.coloured_text == count


def test_forms_are_descended_into() -> None:
    """What a form draws counts as it is put: made smaller, and in its own colours."""
    with Pdf.new() as pdf:
        box = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 100, 100]}
        inner = pdf.make_stream(b"0 0 0 1 K 1 w 5 5 m 9 9 l S", **box)
        inner.Matrix = Array([0.5, 0, 0, 0.5, 0, 0])
        outer = pdf.make_stream(b"/In Do", **box)
        outer.Resources = Dictionary(XObject=Dictionary(In=inner))
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(b"q .5 0 0 .5 0 0 cm /Out Do Q")
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Out=outer))
        made = painted(pdf.pages[0])

    assert (made.thinnest, made.spaces, made.ink) == (0.25, ("DeviceCMYK",), 100.0)


def test_tiles_of_patterns_are_descended_into() -> None:
    """A pattern's own lines and inks count, for the page that moves it as well."""
    with Pdf.new() as pdf:
        tile = pdf.make_stream(b"1 1 0 0 k 0 0 9 9 re f .3 w 0 0 m 9 9 l S")
        tile.PatternType, tile.BBox, tile.XStep, tile.YStep = 1, [0, 0, 9, 9], 9, 9
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(
            b"3 0 0 3 0 0 cm /Pattern cs /Tile scn 0 0 30 30 re f"
        )
        pdf.pages[0].Resources = Dictionary(Pattern=Dictionary(Tile=tile))
        made = painted(pdf.pages[0])

    assert made.spaces == ("DeviceCMYK", "DeviceGray", "Pattern")
    assert (made.ink, made.thinnest) == (200.0, 0.3)


@pytest.mark.parametrize(
    ("stream", "ppi"),
    [
        ("q 36 0 0 36 0 0 cm /Photo Do Q", 200.0),
        ("q 36 0 0 72 0 0 cm /Photo Do Q", 100.0),
        ("q 36 0 0 36 0 0 cm /Photo Do Q q 0 72 -72 0 72 0 cm /Photo Do Q", 100.0),
    ],
)
def test_the_coarsest_image_is_measured(stream: str, ppi: float) -> None:
    """An image of 100 pixels has its resolution where it stands, turned or not."""
    with Pdf.new() as pdf:
        photo = pdf.make_stream(bytes(10_000), Subtype=Name.Image, BitsPerComponent=8)
        photo.Width, photo.Height, photo.ColorSpace = 100, 100, Name.DeviceGray
        pdf.add_blank_page(page_size=(100, 100))
        pdf.pages[0].Contents = pdf.make_stream(stream.encode())
        pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Photo=photo))
        made = painted(pdf.pages[0])

    assert (made.ppi, made.images) == (ppi, stream.count("Do"))
    assert made.spaces == ("DeviceGray",)


def test_an_image_within_the_instructions_is_measured() -> None:
    """Small images may stand in the page's instructions; they count alike."""
    image = "BI /W 2 /H 2 /BPC 8 /CS /G ID abcd EI"
    made = drawn_by(f"q 72 0 0 72 0 0 cm {image} Q")

    assert (made.images, made.ppi, made.spaces) == (1, 2.0, ("DeviceGray",))


@given(
    st.integers(10, 400).map(lambda one: one / 100),
    st.integers(2, 40).map(lambda one: one / 10),
    st.floats(0, 6.28),
)
def test_lines_grow_with_their_drawing(width: float, by: float, turn: float) -> None:
    """However a drawing is turned, its lines are as thick as it is enlarged."""
    cos, sin = math.cos(turn) * by, math.sin(turn) * by
    stream = f"{cos:f} {sin:f} {-sin:f} {cos:f} 50 50 cm {width:f} w 0 0 m 5 5 l S"

    assert drawn_by(stream).thinnest == pytest.approx(width * by, abs=0.002)


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
