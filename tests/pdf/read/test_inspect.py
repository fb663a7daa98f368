"""The PDF half: what is set is measured, finished, inspected and judged."""

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from instructions import form, group, pdf_of, saved
from laid import laid, line, office
from leaflets.diagnostics import Location
from leaflets.pages.composition import Passage
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.facts import Fragment, LayoutFacts, PageFacts, PdfFacts, Unseen
from leaflets.pdf.fonts.shape import shape
from leaflets.pdf.read.inspect import NEAR, READABLE, contrast, inspect, mixed
from typesetting import (
    LOREM,
    ROOT,
    SVG,
    TEXTS,
    codes,
    findings,
    page,
    typeset,
    with_image,
    with_label,
)


@pytest.mark.parametrize("name", TEXTS)
def test_a_sound_page_has_no_findings(name: str) -> None:
    """Text in every script is found again, word by word and glyph by glyph."""
    assert [str(one) for one in findings(page(name))] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_not_laid_out_is_told(name: str) -> None:
    """A passage whose last words are missing from the page is lost text, at its line."""
    made = page(name)
    longer = made.passages[0].text + " " + TEXTS[name].format(n=7)
    made = replace(made, passages=(replace(made.passages[0], text=longer),))
    (one,) = findings(made)
    assert (one.code, one.location.path, one.location.line) == (
        "text-lost",
        "locales/x.po",
        7,
    )


def changed(data: bytes) -> bytes:
    """Draw another glyph of the same text in place of the first."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pikepdf.parse_content_stream(pdf.pages[0])
        best = max(
            (i for i, (_, operator) in enumerate(stream) if str(operator) == "TJ"),
            key=lambda i: sum(
                len(bytes(part))
                for part in stream[i][0][0]
                if isinstance(part, pikepdf.String)
            ),
        )
        parts = list(stream[best][0][0])
        places = [i for i, part in enumerate(parts) if isinstance(part, pikepdf.String)]
        glyphs = b"".join(bytes(parts[i]) for i in places)
        other = next(
            glyphs[at : at + 2]
            for at in range(2, len(glyphs), 2)
            if glyphs[at : at + 2] not in (glyphs[:2], b"\0\3", b"\0j")
        )
        parts[places[0]] = pikepdf.String(other + bytes(parts[places[0]])[2:])
        stream[best] = ([pikepdf.Array(parts)], pikepdf.Operator("TJ"))
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(stream))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", TEXTS)
def test_a_glyph_changed_in_the_file_is_found(name: str) -> None:
    """One wrong letter in the finished file is enough, in every script."""
    made = page(name)
    _, data = typeset(made)
    found = codes(made, changed(data))
    assert "text-missing-in-pdf" in found
    assert "text-unexplained" in found


def test_text_dropped_by_a_box_of_fixed_height_is_told() -> None:
    """The engine drops what does not fit; the page count says nothing."""
    text = LOREM * 30
    style = "height: 40mm; overflow: hidden"
    made = page(text=text, body=f'<div style="{style}"><p id="p1">{text}</p></div>')
    assert "text-lost" in codes(made)


def test_hidden_text_is_told() -> None:
    """What is composed but not displayed is lost."""
    assert codes(page(css="#p1 { display: none }"))[0] == "text-lost"


def test_a_label_too_long_for_its_box() -> None:
    """A label is measured against the box that its figure gives it."""
    assert codes(with_label("Short", 40, 8)) == []
    found = findings(with_label(LOREM, 40, 8))
    one = next(one for one in found if one.code == "box-overflow")
    assert one.location.line == 9
    assert "mm too long" in one.message


def test_a_word_too_wide_for_its_box() -> None:
    """A long word that cannot break sticks out at the side."""
    found = findings(with_label("Donaudampfschifffahrtsgesellschaft", 20, 30))
    assert any("mm too wide" in one.message for one in found)


def test_text_too_near_the_edge() -> None:
    """Text in the margin that printers leave white is told."""
    assert "outside-margins" in codes(page(css="#p1 { margin-left: -15mm }"))


def test_more_pages_than_the_edition_holds() -> None:
    """A text that needs three pages does not fit an edition of two."""
    made = page(text=LOREM * 60)
    assert codes(made) == ["page-limit"]
    assert codes(replace(made, page_limit=9)) == []


def test_a_heading_alone_at_the_foot() -> None:
    """A heading whose text went to the next page is told."""
    body = (
        '<div style="height: 245mm"></div><h2 id="h1" data-passage>Alone</h2>'
        '<p id="p1" data-passage style="break-before: page">Words</p>'
    )
    made = page(text="Words", body=body, css="h2 { margin: 0; font-size: 12pt }")
    heading = Passage("h1", "Alone", Location("content/a.md", 9))
    made = replace(made, passages=(heading, made.passages[0]))
    assert codes(made) == ["heading-alone"]


def balance(split: bool) -> list[str]:
    """Typeset benefit and harm, on one page or on two."""
    rule = "break-before: page" if split else ""
    tags = ("benefits", "death", "limits", "fertility")
    body = "".join(
        f'<p id="q{i}" data-passage style="{rule if i else ""}">{tag}</p>'
        for i, tag in enumerate(tags)
    )
    made = page(text="x", body=body)
    passages = tuple(
        Passage(f"q{i}", tag, Location("content/a.md", i + 1), tags=(tag,))
        for i, tag in enumerate(tags)
    )
    together = (("benefits", ("death", "limits", "fertility")),)
    return codes(replace(made, passages=passages, page_limit=9, together=together))


def test_benefit_and_harm_share_a_page() -> None:
    """Benefit on a page without death, limits and fertility is told."""
    assert balance(split=False) == []
    assert "benefit-alone" in balance(split=True)


def test_type_below_the_edition_is_told() -> None:
    """Nine points are too small where ten are the least."""
    assert codes(page(size=9)) == ["type-too-small"]


def test_furniture_missing_from_a_page() -> None:
    """What must stand on every page is looked for on every page."""
    made = replace(page(), furniture=("DRAFT", "What is MS?"))
    assert codes(made) == ["furniture-missing"]


def test_a_font_of_another_locale_is_told() -> None:
    """Text set in a family that the locale does not name is an error."""
    assert "foreign-font" in codes(page("en", "Peace: שלום"))


def edited(data: bytes, change: str) -> bytes:
    """Spoil one fact of a finished file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        match change:
            case "title":
                pdf.docinfo.Title = "Other"
            case "language":
                pdf.Root.Lang = pikepdf.String("xx")
            case "tags":
                del pdf.Root.StructTreeRoot
            case "size":
                pdf.pages[0].trimbox = [0, 0, 300, 300]
            case "count":
                pdf.pages.append(pdf.pages[0])
            case "font":
                fonts = pdf.pages[0].resources.Font
                inner = next(iter(fonts.values())).DescendantFonts[0]
                for end in ("", "2", "3"):
                    if f"/FontFile{end}" in inner.FontDescriptor:
                        del inner.FontDescriptor[f"/FontFile{end}"]
            case "direction":
                pdf.Root.ViewerPreferences.Direction = pikepdf.Name("/R2L")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("title", "no-title"),
        ("language", "no-language"),
        ("tags", "not-tagged"),
        ("size", "wrong-page-size"),
        ("count", "wrong-page-count"),
        ("font", "font-not-embedded"),
        ("direction", "wrong-direction"),
    ],
)
def test_a_spoilt_file_is_found(change: str, code: str) -> None:
    """Each fact of the finished file is looked at, not taken for granted."""
    made = page()
    _, data = typeset(made)
    assert code in codes(made, edited(data, change))


def test_a_page_without_text_is_told() -> None:
    """A page that holds no text of the leaflet is wasted paper, or lost text."""
    body = '<p id="p1" data-passage>Words</p><div style="break-before: page">7</div>'
    made = page(text="Words", body=body)
    assert codes(made) == ["empty-page"]


def test_an_image_without_alt_text_is_told() -> None:
    """A figure that says nothing to those who do not see it is an error."""
    made = with_image("asset:a.svg", SVG)
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    assert (facts.figures, facts.alternates) == (1, 1)
    spoilt = replace(facts, alternates=0)
    from leaflets.checks.page.preflight import check_pdf

    found = [one.code for one in check_pdf(spoilt, rendered.layout, made)]
    assert found == ["no-alt-text"]


def test_empty_boxes_for_characters_are_counted() -> None:
    """Glyph 0 in the file is told even if the engine was silent."""
    made = page()
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    spoilt = replace(facts, pages=(replace(facts.pages[0], notdef=2),))
    from leaflets.checks.page.preflight import check_pdf

    found = [one.code for one in check_pdf(spoilt, rendered.layout, made)]
    assert found == ["notdef-glyph"]


def test_facts_survive_their_journey_to_json() -> None:
    """What is stored beside the PDF is what was measured."""
    made = page("hi")
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    assert PdfFacts.from_json(facts.to_json()) == facts
    assert LayoutFacts.from_json(rendered.layout.to_json()) == rendered.layout
    for broken in ({}, [], None, {"pages": "x"}, facts.to_json() | {"more": 1}):
        with pytest.raises((ValueError, TypeError)):
            PdfFacts.from_json(broken)


def test_viewers_are_told_how_to_print() -> None:
    """Size, duplex edge and reading direction are preset."""
    made = page("he")
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    assert (facts.scaling, facts.duplex, facts.direction) == (
        "None",
        "DuplexFlipLongEdge",
        "R2L",
    )
    assert facts.conformance == "PDF/UA-1"


# --- What is measured --------------------------------------------------------------


def facts(name: str = "en", size: float = 12) -> tuple[LayoutFacts, PdfFacts]:
    """Typeset a page and measure it."""
    made = page(name, size=size)
    rendered, data = typeset(made)
    return rendered.layout, inspect(data, rendered.layout, made)


def test_the_smallest_letters_of_a_side_are_named() -> None:
    """12 pt Noto Sans has small letters of 2.27 mm; the fragment is one of the page."""
    layout, found = facts()
    (side,) = found.pages
    assert side.x_height == pytest.approx(12 * 0.536 * 25.4 / 72, abs=0.01)
    assert layout.fragments[side.smallest].page == 1
    assert side.small == ()


def test_the_floor_is_that_of_the_guideline() -> None:
    """9 pt Times New Roman, 0.448 em: 1.42 mm."""
    assert READABLE == 1.42


@pytest.mark.parametrize(("size", "found"), [(8.5, True), (9.5, False)])
def test_letters_far_below_the_edition_are_listed(size: float, found: bool) -> None:
    """An edition of 10 pt allows a tenth less height than 10 pt Noto Sans has."""
    _, measured = facts(size=size)
    assert bool(measured.pages[0].small) is found


@pytest.mark.parametrize(("name", "size"), [("zh_Hans", 10.5), ("ar", 9.0)])
def test_an_edition_asks_only_letters_that_have_small_ones(
    name: str, size: float
) -> None:
    """Han and Arabic are asked for the guideline's height, not for Noto Sans'."""
    _, measured = facts(name, size)
    (side,) = measured.pages
    assert READABLE < side.x_height < 10 * 0.536 * 0.9 * 25.4 / 72
    assert side.small == ()


def test_boxes_are_measured_from_the_top_left_of_the_media() -> None:
    """A box that the page has is given in mm; one that it has not is empty."""
    made = page()
    rendered, data = typeset(made)
    pt = 72 / 25.4
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (one,) = pdf.pages
        left, bottom, right, top = (float(number) for number in one.mediabox)
        one.obj.TrimBox = Array([left + 2 * pt, bottom + 3 * pt, right, top - 5 * pt])
        if "/BleedBox" in one.obj:
            del one.obj["/BleedBox"]
        stream = io.BytesIO()
        pdf.save(stream)
    (side,) = inspect(stream.getvalue(), rendered.layout, made).pages
    assert tuple(side.media) == pytest.approx((0, 0, 210, 297), abs=0.02)
    assert tuple(side.trim) == pytest.approx((2, 5, 210, 294), abs=0.02)
    assert (side.bleed, side.crop) == (None, None)


def test_an_office_file_names_no_press() -> None:
    """Without an output intent there is no condition, and no claim to PDF/X."""
    _, found = facts()
    assert (found.pdfx, found.condition, found.registry, found.components) == (
        "",
        "",
        "",
        0,
    )


# --- Limits, over files of one word ------------------------------------------------

PT = 72 / 25.4
WORD = line("Words", 50.0, at=20.0, width=30.0)
FONT = Dictionary(BaseFont=Name("/AAAAAA+Noto-Sans"))


def written(
    text: str = "Words",
    *,
    right: float = 0.0,
    down: float = 0.0,
    larger: float = 1.0,
    fragment: Fragment = WORD,
) -> str:
    """Write a text where it was laid out, or so many mm away, or so much larger."""
    glyphs = shape(text, ("Noto Sans",), fragment.weight, "es", "ltr")
    codes = "".join(f"{number:04x}" for _, number in glyphs)
    x, y = (fragment.left + right) * PT, (297 - fragment.baseline - down) * PT
    return f"BT /F {fragment.size * larger} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET"


def box(left: float, top: float, right: float, bottom: float) -> str:
    """Write a rectangle, in mm from the top left of the page."""
    numbers = (left, 297 - bottom, right - left, bottom - top)
    return " ".join(f"{number * PT}" for number in numbers) + " re"


def measured(
    stream: str,
    *,
    fragment: Fragment = WORD,
    contrast: float = 4.5,
    **resources: Any,
) -> PageFacts:
    """Inspect an A4 page on which a word should stand."""
    glyphs = shape("Words", ("Noto Sans",), 400, "es", "ltr")
    meanings = "\n".join(
        f"<{number:04x}> <{ord(char):04x}>"
        for (_, number), char in zip(glyphs, "Words", strict=True)
    )
    table = f"5 beginbfchar\n{meanings}\nendbfchar"
    forms = {"Meanings": (table, {}), **resources.pop("XObject", {})}
    things = {"Font": {"F": FONT}, "XObject": forms, **resources}
    with pdf_of(stream, (210 * PT, 297 * PT), **things) as pdf:
        named = pdf.pages[0].Resources
        named.Font.F.ToUnicode = named.XObject.Meanings
        data = saved(pdf)
    (side,) = inspect(data, laid(fragment), office("Words", contrast=contrast)).pages
    return side


@pytest.fixture(scope="module", autouse=True)
def fonts() -> None:
    """Use the project's fonts."""
    use_fonts(ROOT / "build" / "fonts.conf")


def why(side: PageFacts) -> list[str]:
    """Say why the word cannot be seen; nothing where it can."""
    return [unseen.why for unseen in side.unseen]


def test_a_word_that_is_drawn_as_it_was_set_is_seen() -> None:
    """Nothing is undrawn, unseen or left over."""
    side = measured(written())
    assert (side.undrawn, side.unseen, side.unexplained) == ((), (), 0)
    assert side.glyphs == 5


@pytest.mark.parametrize(
    ("stream", "undrawn", "unexplained"),
    [
        ("", (0,), 0),
        ("{word} {word}", (), 1),
        ("{other}", (0,), 1),
        ("{word} {other}", (), 1),
    ],
)
def test_each_word_is_drawn_once(
    stream: str, undrawn: tuple[int, ...], unexplained: int
) -> None:
    """What is not there, what is there twice, and what is another word."""
    side = measured(stream.format(word=written(), other=written("Wards")))
    assert (side.undrawn, side.unexplained) == (undrawn, unexplained)


def test_glyphs_in_another_order_are_told() -> None:
    """The same glyphs are another word."""
    assert why(measured(written("sdroW"))) == ["disordered"]


@pytest.mark.parametrize(("away", "found"), [(0.29, False), (0.32, True)])
@pytest.mark.parametrize("direction", ["right", "down"])
@pytest.mark.parametrize("sign", [1, -1])
def test_a_word_stands_where_it_was_laid_out(
    away: float, found: bool, direction: str, sign: int
) -> None:
    """Three tenths of a millimetre either way, across and upright."""
    assert NEAR == 0.3
    side = measured(written(**{direction: sign * away}))
    assert why(side) == ["displaced"] * found


@pytest.mark.parametrize(
    ("larger", "found"), [(1.009, False), (0.991, False), (1.011, True), (0.989, True)]
)
def test_a_word_is_as_large_as_it_was_set(larger: float, found: bool) -> None:
    """One part of a hundred more or less."""
    assert why(measured(written(larger=larger))) == ["displaced"] * found


@pytest.mark.parametrize(
    ("clip", "found"),
    [
        # Looked at 3 mm from both ends, from the baseline to the height of its
        # small letters, 2.1 mm above.
        ((22.9, 40.0, 60.0, 60.0), False),
        ((23.1, 40.0, 60.0, 60.0), True),
        ((10.0, 40.0, 47.1, 60.0), False),
        ((10.0, 40.0, 46.9, 60.0), True),
        ((10.0, 47.8, 60.0, 60.0), False),
        ((10.0, 48.0, 60.0, 60.0), True),
        ((10.0, 40.0, 60.0, 49.75), False),
        ((10.0, 40.0, 60.0, 49.65), True),
    ],
)
def test_a_word_is_not_cut_off(
    clip: tuple[float, float, float, float], found: bool
) -> None:
    """On each of the four sides."""
    side = measured(f"{box(*clip)} W n {written()}")
    assert why(side) == ["clipped"] * found


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ((10.0, 40.0, 22.9, 60.0), False),
        ((10.0, 40.0, 23.1, 60.0), True),
        ((34.9, 40.0, 35.1, 60.0), True),
        ((47.1, 40.0, 60.0, 60.0), False),
        ((46.9, 40.0, 60.0, 60.0), True),
        ((10.0, 40.0, 60.0, 48.8), False),
        ((10.0, 40.0, 60.0, 49.0), True),
        ((10.0, 49.1, 60.0, 60.0), False),
    ],
)
def test_a_word_is_not_covered(
    place: tuple[float, float, float, float], found: bool
) -> None:
    """What is painted later over the middle of its letters, near its ends or between."""
    cover = f"1 g {box(*place)} f"
    assert why(measured(f"{written()} {cover}")) == ["covered"] * found
    assert why(measured(f"{cover} 0 g {written()}")) == []


def test_what_is_clear_covers_nothing() -> None:
    """A shape without alpha leaves the word to be seen."""
    states = {"none": Dictionary(ca=0)}
    stream = f"{written()} /none gs {box(0, 0, 200, 200)} f"
    assert why(measured(stream, ExtGState=states)) == []


def test_what_a_form_draws_covers_too() -> None:
    """A word is looked for in forms as well, and forms cover what is below."""
    whole = Array([0, 0, 210 * PT, 297 * PT])
    word = form(written(), BBox=whole, Resources={"Font": {"F": FONT}})
    cover = form(f"1 g {box(0, 0, 200, 200)} f", BBox=whole)
    forms = {"Word": word, "Cover": cover}
    assert measured("/Word Do", XObject=forms).undrawn == ()
    assert why(measured(f"{written()} /Cover Do", XObject=forms)) == ["covered"]


@pytest.mark.parametrize("mode", [3, 7])
def test_a_word_without_paint_is_told(mode: int) -> None:
    """Text that is for searching only, or only clips."""
    assert why(measured(f"{mode} Tr {written()}")) == ["unpainted"]


GREY = {4.5: (0.4625, 0.4667), 3.0: (0.58, 0.5843), 7.0: (0.349, 0.353)}
"""Greys on white whose contrast is just above and just below."""
LARGE = replace(WORD, size=18.0)
ALMOST = replace(WORD, size=17.9)
BOLD = replace(WORD, size=14.0, weight=700)
THIN = replace(WORD, size=13.9, weight=700)


@pytest.mark.parametrize(
    ("fragment", "asked", "least"),
    [
        (WORD, 4.5, 4.5),
        (LARGE, 4.5, 3.0),
        (ALMOST, 4.5, 4.5),
        (BOLD, 4.5, 3.0),
        (THIN, 4.5, 4.5),
        (WORD, 7.0, 7.0),
        (LARGE, 7.0, 4.5),
    ],
)
def test_a_word_is_dark_enough(fragment: Fragment, asked: float, least: float) -> None:
    """4.5, for large type 3; in large print 7 and 4.5 (WCAG 2.2, 1.4.3 and 1.4.6)."""
    dark, light = GREY[least]
    for grey, found in ((dark, False), (light, True)):
        stream = f"{grey} g {written(fragment=fragment)}"
        side = measured(stream, fragment=fragment, contrast=asked)
        assert why(side) == ["faint"] * found
    assert measured(stream, fragment=fragment, contrast=asked).unseen == (
        Unseen(0, "faint", round(contrast((light,) * 3, (1.0, 1.0, 1.0)), 2)),
    )


def test_the_ground_is_what_was_painted_before() -> None:
    """White on dark is seen, white on white is not, and half of a ground is mixed."""
    ground = f"0 g {box(0, 0, 200, 200)} f"
    states = {"half": Dictionary(ca=0.5)}
    assert why(measured(f"{ground} 1 g {written()}")) == []
    assert why(measured(f"1 g {written()}")) == ["faint"]
    stream = f"/half gs {ground} /none gs 1 g {written()}"
    states["none"] = Dictionary(ca=1)
    assert why(measured(stream, ExtGState=states)) == ["faint"]


@pytest.mark.parametrize(("alpha", "found"), [(0.54, False), (0.52, True)])
def test_letters_that_let_their_ground_shine_through_are_faint(
    alpha: float, found: bool
) -> None:
    """Black of 53 % on white is grey of 47 %: what is seen counts."""
    states = {"part": Dictionary(ca=alpha)}
    whole = Array([0, 0, 210 * PT, 297 * PT])
    word = group(written(), BBox=whole, Resources={"Font": {"F": FONT}})
    for stream in (f"/part gs {written()}", "/part gs /Word Do"):
        side = measured(stream, ExtGState=states, XObject={"Word": word})
        assert why(side) == ["faint"] * found


def test_a_word_that_would_be_read_as_another_is_told() -> None:
    """The glyphs are right, and what the file says of them is not."""
    stream = written()
    glyphs = shape("Words", ("Noto Sans",), 400, "es", "ltr")
    with pdf_of(stream, (210 * PT, 297 * PT), Font={"F": FONT}) as pdf:
        table = "\n".join(f"<{number:04x}> <0041>" for _, number in glyphs)
        meanings = pdf.make_stream(f"5 beginbfchar\n{table}\nendbfchar".encode())
        pdf.pages[0].Resources.Font.F.ToUnicode = meanings
        (side,) = inspect(saved(pdf), laid(WORD), office()).pages
    assert why(side) == ["unreadable"]


@pytest.mark.parametrize(
    ("text", "family", "size", "least", "found"),
    [
        # Latin letters: nine tenths of what 10 pt Noto Sans has, 1.70 mm.
        ("word", "Noto Sans", 9.0, 10.0, False),
        ("word", "Noto Sans", 8.95, 10.0, True),
        # In an edition of 8 pt it is the guideline's 1.42 mm.
        ("word", "Noto Sans", 7.52, 8.0, False),
        ("word", "Noto Sans", 7.45, 8.0, True),
        # Digits have no small letters.
        ("24", "Noto Sans", 5.0, 10.0, False),
    ],
)
def test_small_letters_are_high_enough(
    text: str, family: str, size: float, least: float, found: bool
) -> None:
    """The guideline's 9 pt Times New Roman, or what the edition's type means."""
    fragment = replace(WORD, text=text, families=(family,), size=size)
    with pdf_of("", (210 * PT, 297 * PT)) as pdf:
        made = office(text, minimum_size=least)
        (side,) = inspect(saved(pdf), laid(fragment), made).pages
    assert bool(side.small) is found


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ((0.0, 0.0, 0.0), (1.0, 1.0, 1.0), 21.0),
        ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0), 21.0),
        ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5), 1.0),
        ((1.0, 0.0, 0.0), (1.0, 1.0, 1.0), 3.998),
    ],
)
def test_contrast_is_that_of_wcag(
    one: tuple[float, float, float], other: tuple[float, float, float], ratio: float
) -> None:
    """From 1 to 21, whichever of the two is the ground."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.001)


def test_colours_are_mixed_by_their_alpha() -> None:
    """A quarter of red over blue."""
    assert mixed((1, 0, 0), (0, 0, 1), 0.25) == (0.25, 0, 0.75)
