"""Pages come to their place on the sheet, and those who listen notice nothing."""

import io
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf

from desk import validate
from leaflets.languages.locale import find_locale
from leaflets.pages.composition import Asset
from leaflets.paper.fold import FOLDS
from leaflets.paper.papers import PAPERS
from leaflets.paper.sheet import Panel, folds, panels, side_size
from leaflets.pdf.engine.render import render, use_fonts
from leaflets.pdf.read.drawn_text import Piece, drawn
from leaflets.pdf.write.impose import impose, mark
from typesetting import ROOT, TEXTS, page

LOCALES = ("en", "ar", "zh_Hans")
A4 = PAPERS["A4"]
PT = 72 / 25.4
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    b'<rect width="40" height="40" fill="#ddd"/><circle cx="20" cy="20" r="9"/></svg>'
)
WIDTHS = {"c": (100, 97, 100, 100, 97, 100), "z": (99,) * 6}


@lru_cache
def typed(name: str, pages: int, fold: str, bleed: float, body: str = "") -> bytes:
    """Typeset so many pages in the size of a fold's panels, as the engine does."""
    use_fonts(ROOT / "build" / "fonts.conf")
    width, height = side_size(FOLDS[fold], A4)
    sizes = WIDTHS.get(fold, (width / 2,) * pages)
    css = (
        f"@page {{ margin: 12mm 8mm; bleed: {bleed}mm }} section {{ background:#eee }}"
    )
    for number in range(1, pages + 1):
        css += f"@page p{number} {{ size: {sizes[number - 1]}mm {height}mm }}"
    sections = [
        f'<section style="page: p{number}; break-before: page"><h2 id="h{number}">'
        f"{number}. {TEXTS[name].format(n=number)}</h2><p>{TEXTS[name]}</p>"
        f"<ul><li>A {number}</li><li>B {number}</li></ul>{body}"
        f'<p>See <a href="#h{pages}">{TEXTS[name]}</a> and '
        f'<a href="https://example.org/">that</a>.</p>'
        f'<img src="asset:a.svg" alt="Drawing {number}"></section>'
        for number in range(1, pages + 1)
    ]
    made = page(name, body=f"<h1>Title</h1>{''.join(sections)}", css=css)
    made = replace(made, assets=(Asset("a.svg", "image/svg+xml", SVG),))
    # The title would stand alone on a page of its own.
    made = replace(made, html=made.html.replace("<h1>Title</h1>", ""))
    made = replace(made, html=made.html.replace("<h2", "<h1", 1))
    made = replace(made, html=made.html.replace("</h2>", "</h1>", 1))
    rendered = render(made)
    assert rendered.diagnostics == ()
    assert rendered.layout.pages == pages
    return rendered.data


def opened(data: bytes) -> Pdf:
    """Open a file."""
    return Pdf.open(io.BytesIO(data))


def placed(fold: str, name: str, pages: int, caliper: float = 0.2) -> tuple[Panel, ...]:
    """Place the pages of a sheet or booklet of A4."""
    locale = find_locale(name)
    assert locale
    return panels(
        FOLDS[fold],
        A4,
        pages=pages,
        right_to_left=locale.direction == "rtl",
        caliper=caliper,
    )


def imposed(
    data: bytes, places: tuple[Panel, ...], fold: str, bleed: float = 0.0
) -> Pdf:
    """Impose a file, save it and open it again."""
    pdf = opened(data)
    impose(pdf, places, side_size(FOLDS[fold], A4), bleed=bleed)
    stream = io.BytesIO()
    pdf.save(stream, deterministic_id=True)
    return opened(stream.getvalue())


@lru_cache
def sample(name: str, fold: str = "booklet", bleed: float = 0.0) -> bytes:
    """Typeset six panels of a sheet or the eight pages of a booklet."""
    return typed(name, 8 if fold == "booklet" else 6, fold, bleed)


def pair(
    name: str, fold: str, bleed: float = 0.0
) -> tuple[Pdf, Pdf, tuple[Panel, ...]]:
    """Give a file, the same imposed, and the places."""
    data = sample(name, fold, bleed)
    places = placed(fold, name, 8 if fold == "booklet" else 6)
    return opened(data), imposed(data, places, fold, bleed), places


def pieces(one: pikepdf.Page, name: str = "en") -> list[Piece]:
    """List what is written on a page."""
    locale = find_locale(name)
    assert locale
    families = tuple(dict.fromkeys((*locale.setting.families, "Noto Sans")))
    return drawn(one, families)[0]


def tagged(one: pikepdf.Page) -> dict[int, bytes]:
    """Give what each marked content of a page shows, forms included."""
    found: dict[int, bytes] = defaultdict(bytes)

    def walk(holder: Any, resources: Any) -> None:
        inside: list[int] = []
        for step in pikepdf.parse_content_stream(holder):
            operator, operands = str(step.operator), step.operands
            if operator in ("BDC", "BMC"):
                number = -1
                if operator == "BDC" and isinstance(operands[1], Dictionary):
                    number = int(operands[1].get("/MCID", -1))
                assert number < 0 or number not in found, f"{number} stands twice"
                inside.append(number)
            elif operator == "EMC":
                inside.pop()
            elif operator == "Do":
                form = resources.XObject[str(operands[0])]
                if form.get("/Subtype") == Name.Form:
                    walk(form, form.get("/Resources", Dictionary()))
            elif inside and inside[-1] >= 0:
                shown = operands[0] if operator == "TJ" else ()
                parts = [bytes(o) for o in shown if isinstance(o, pikepdf.String)]
                found[inside[-1]] += b"".join(parts)
        assert not inside, "marked content is left open"

    walk(one, one.resources)
    return dict(found)


def elements(pdf: Pdf) -> Iterator[Any]:
    """Give all elements of the structure tree in reading order."""
    queue = [pdf.Root.StructTreeRoot]
    while queue:
        element = queue.pop()
        yield element
        kids = kids_of(element)
        queue.extend(one for one in reversed(kids) if is_element(one))


def kids_of(element: Any) -> list[Any]:
    """List what an element holds."""
    inside = element.get("/K", Array())
    return list(inside) if isinstance(inside, Array) else [inside]


def is_element(kid: Any) -> bool:
    """Tell elements from references to content."""
    return isinstance(kid, Dictionary) and kid.get("/Type") not in (
        Name.MCR,
        Name.OBJR,
    )


def heard(pdf: Pdf) -> list[tuple[object, ...]]:
    """Read a file as a screen reader does: kinds, alternative texts and content."""
    shown = {one.obj.objgen: tagged(one) for one in pdf.pages}
    told: list[tuple[object, ...]] = []
    for element in elements(pdf):
        told.append((str(element.get("/S", "")), str(element.get("/Alt", ""))))
        for kid in kids_of(element):
            if isinstance(kid, int):
                told.append(("text", shown[element.Pg.objgen].get(kid, b"")))
            elif not is_element(kid):
                told.append(("link", str(kid.Obj.Contents)))
    return told


def box(holder: Any, key: str) -> list[float]:
    """Read a box in mm."""
    return [round(float(one) / PT, 2) for one in holder[key]]


@pytest.mark.parametrize(
    ("fold", "sides"), [("c", 2), ("z", 2), ("booklet", 4), ("none", 3)]
)
def test_each_side_is_a_page(fold: str, sides: int) -> None:
    """The file has as many pages as the sheets have sides, and no other is left."""
    count = {"booklet": 8, "none": 3}.get(fold, 6)
    width, height = side_size(FOLDS[fold], A4)
    if fold == "none":
        pdf = Pdf.new()
        for _ in range(count):
            pdf.add_blank_page(page_size=(width * PT, height * PT))
        impose(pdf, placed(fold, "en", count), (width, height))
    else:
        pdf = imposed(sample("en", fold), placed(fold, "en", count), fold)
    assert len(pdf.pages) == sides
    stream = io.BytesIO()
    pdf.save(stream)
    saved = opened(stream.getvalue())
    kinds = [one.get("/Type") for one in saved.objects if isinstance(one, Dictionary)]
    assert kinds.count(Name.Page) == sides


@pytest.mark.parametrize("bleed", [0.0, 3.0])
def test_boxes_tell_trim_and_bleed(bleed: float) -> None:
    """Trim is the sheet; bleed and media reach beyond it on all four sides."""
    _, pdf, _ = pair("en", "c", bleed)
    for one in pdf.pages:
        wide = [-bleed, -bleed, 297 + bleed, 210 + bleed]
        assert box(one.obj, "/TrimBox") == [0, 0, 297, 210]
        assert box(one.obj, "/BleedBox") == wide
        assert box(one.obj, "/MediaBox") == wide
        assert "/CropBox" not in one.obj


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize(("fold", "bleed"), [("c", 3.0), ("z", 0.0), ("booklet", 0.0)])
def test_text_stands_at_its_place(name: str, fold: str, bleed: float) -> None:
    """Each piece of text is drawn where its page lies, creep included."""
    before, after, places = pair(name, fold, bleed)
    wanted = defaultdict(list)
    for place, old in zip(places, before.pages, strict=True):
        wanted[place.side] += [
            (one.glyphs, one.left + place.left + place.shift, one.baseline + place.top)
            for one in pieces(old, name)
        ]
    for side, new in enumerate(after.pages, 1):
        found = [(one.glyphs, one.left, one.baseline) for one in pieces(new, name)]
        assert len(found) == len(wanted[side]) > 0
        for got, want in zip(found, wanted[side], strict=True):
            assert got[0] == want[0]
            assert got[1:] == pytest.approx(want[1:], abs=0.02)


@pytest.mark.parametrize("name", ["en", "ar"])
def test_pages_are_cut_off_at_their_panels(name: str) -> None:
    """What a page may paint ends at its folds, but reaches into the bleed outside."""
    _, after, places = pair(name, "c", 3.0)
    for side, new in enumerate(after.pages, 1):
        clips = list(dict.fromkeys(one.clip for one in pieces(new, name)))
        wanted = [
            (
                one.left - 3 * (one.left < 1),
                -3.0,
                one.left + one.width + 3 * (one.left + one.width > 296),
                213.0,
            )
            for one in places
            if one.side == side
        ]
        assert len(clips) == len(wanted)
        for got, want in zip(clips, wanted, strict=True):
            assert tuple(got) == pytest.approx(want, abs=0.01)


def test_creep_moves_the_page_and_not_its_panel() -> None:
    """A page that is shifted is still cut off at the fold."""
    places = placed("booklet", "en", 8, caliper=2.0)
    after = imposed(sample("en"), places, "booklet")
    assert {one.shift for one in places} == {0.0, 2.0, -2.0}
    for new in after.pages:
        cuts = {
            (round(one.clip.left, 1), round(one.clip.right, 1)) for one in pieces(new)
        }
        assert cuts == {(0, 148.5), (148.5, 297)}


@pytest.mark.parametrize("name", LOCALES)
@pytest.mark.parametrize("fold", ["c", "z", "booklet"])
def test_the_reading_order_stays(name: str, fold: str) -> None:
    """A screen reader says the same, in the same order, before and after."""
    before, after, _ = pair(name, fold)
    said = heard(before)
    assert ("H1", "") in [(str(one[0]).strip("/"), one[1]) for one in said]
    assert sum(len(one[1]) for one in said if one[0] == "text") > 500  # type: ignore[arg-type]
    assert heard(after) == said


@pytest.mark.parametrize("fold", ["c", "z", "booklet"])
def test_content_and_tree_point_at_each_other(fold: str) -> None:
    """Every identifier is unique on its page and leads to the element it is in."""
    _, pdf, _ = pair("en", fold)
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    keys = [int(one.obj.StructParents) for one in pdf.pages]
    assert len(set(keys)) == len(keys)
    for one in pdf.pages:
        found = tagged(one)
        parents = tree[int(one.obj.StructParents)]
        assert sorted(found) == list(range(len(parents)))
        for number in found:
            assert number in kids_of(parents[number])
            assert parents[number].Pg.objgen == one.obj.objgen


@pytest.mark.parametrize("fold", ["c", "z", "booklet"])
def test_links_lead_back_to_the_tree(fold: str) -> None:
    """Each link's number in the parent tree leads to the element that holds it."""
    before, pdf, _ = pair("en", fold)
    tree = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree)
    links = [(one, link) for one in pdf.pages for link in one.obj.get("/Annots", ())]
    assert len(links) == sum(len(one.obj.Annots) for one in before.pages)
    for one, link in links:
        element = tree[int(link.StructParent)]
        (held,) = [kid for kid in kids_of(element) if isinstance(kid, Dictionary)]
        assert held.Obj.objgen == link.objgen
        assert held.Pg.objgen == one.obj.objgen
    assert len({int(link.StructParent) for _, link in links}) == len(links)


@pytest.mark.parametrize("name", ["en", "ar"])
@pytest.mark.parametrize("fold", ["c", "booklet"])
def test_links_move_with_their_pages(name: str, fold: str) -> None:
    """What can be clicked lies over the words, in the same order."""
    before, after, places = pair(name, fold, 3.0)
    wanted = defaultdict(list)
    for place, old in zip(places, before.pages, strict=True):
        for link in old.obj.Annots:
            left, one, right, two = box(link, "/Rect")
            x = place.left + place.shift
            wanted[place.side].append([left + x, one, right + x, two])
    for side, new in enumerate(after.pages, 1):
        found = [box(link, "/Rect") for link in new.obj.Annots]
        assert len(found) == len(wanted[side])
        for got, want in zip(found, wanted[side], strict=True):
            assert got == pytest.approx(want, abs=0.02)
        assert new.obj.Tabs == Name.S


def targets(pdf: Pdf) -> dict[str, Any]:
    """Give named destinations, and those of the outline by their titles."""
    names = pdf.Root.Names.Dests.Names
    found = {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
    entry = pdf.Root.Outlines.First
    queue = [entry]
    while queue:
        entry = queue.pop()
        found[f"outline: {entry.Title}"] = entry.Dest
        queue.extend(entry[key] for key in ("/First", "/Next") if key in entry)
    return found


@pytest.mark.parametrize("fold", ["c", "booklet"])
def test_destinations_move_with_their_pages(fold: str) -> None:
    """Names and bookmarks lead to the heading on the side where it now stands."""
    before, after, places = pair("en", fold, 3.0)
    numbers = {one.obj.objgen: at for at, one in enumerate(before.pages)}
    sides = {one.obj.objgen: at for at, one in enumerate(after.pages, 1)}
    wanted, found = targets(before), targets(after)
    assert wanted.keys() == found.keys()
    assert len(wanted) > len(places)
    for key, old in wanted.items():
        place = places[numbers[old[0].objgen]]
        new = found[key]
        assert sides[new[0].objgen] == place.side
        x = float(old[2]) + (place.left + place.shift) * PT
        assert float(new[2]) == pytest.approx(x, abs=0.05)
        assert float(new[3]) == pytest.approx(float(old[3]), abs=0.05)


def test_every_kind_of_destination_moves() -> None:
    """Numbers across and upright are told apart; what is left open stays open."""
    pdf = Pdf.new()
    for _ in range(2):
        pdf.add_blank_page(page_size=(100 * PT, 210 * PT))
    second = pdf.pages[1].obj
    actions = {
        "XYZ": [None, 20, 0],
        "FitH": [20],
        "FitV": [10],
        "FitR": [10, 20, 30, 40],
        "Fit": [],
    }
    pdf.Root.Tests = Dictionary()
    for name, numbers in actions.items():
        goal = Array([second, Name("/" + name), *numbers])
        pdf.Root.Tests["/" + name] = Dictionary(S=Name.GoTo, D=goal)
    places = (Panel(1, 1, 0, 0, 100, 210), Panel(2, 1, 100, 10, 100, 210))
    impose(pdf, places, (200, 220))
    found = {
        key: [one if one is None else round(float(one), 2) for one in list(value.D)[2:]]
        for key, value in pdf.Root.Tests.items()
    }
    across = round(10 + 100 * PT, 2)
    assert found == {
        "/XYZ": [None, 20, 0],
        "/FitH": [20],
        "/FitV": [across],
        "/FitR": [across, 20, round(30 + 100 * PT, 2), 40],
        "/Fit": [],
    }


@pytest.mark.parametrize(("pages", "sides"), [(1, 2), (5, 4), (7, 4)])
def test_places_without_a_page_stay_empty(pages: int, sides: int) -> None:
    """Padding adds sides of the right size, and nothing is drawn on them."""
    data = typed("en", pages, "booklet", 0.0)
    places = placed("booklet", "en", sides * 2)
    pdf = imposed(data, places, "booklet")
    filled = {one.side for one in places[:pages]}
    assert len(pdf.pages) == sides
    for number, one in enumerate(pdf.pages, 1):
        assert box(one.obj, "/TrimBox") == [0, 0, 297, 210]
        assert bool(pieces(one)) == (number in filled)
    assert heard(pdf) == heard(opened(data))


def test_a_page_without_a_place_is_refused() -> None:
    """No page is dropped in silence."""
    with pytest.raises(ValueError, match="page 6 has no place"):
        impose(opened(sample("en", "c")), placed("c", "en", 6)[:5], (297, 210))


def test_a_page_of_another_size_than_its_place_is_refused() -> None:
    """A wide page on the narrow flap would lose its edge."""
    with pytest.raises(ValueError, match=r"page 1 is 99\.00 × 210\.00 mm"):
        impose(opened(sample("en", "z")), placed("c", "en", 6), (297, 210))


def blank(contents: list[bytes], size: tuple[float, float] = (100, 210)) -> Pdf:
    """Make pages that draw what they are told."""
    pdf = Pdf.new()
    for content in contents:
        pdf.add_blank_page(page_size=(size[0] * PT, size[1] * PT))
        pdf.pages[-1].obj.Contents = pdf.make_stream(content)
    return pdf


BESIDE = (Panel(1, 1, 0, 0, 100, 210), Panel(2, 1, 100, 0, 100, 210))


def test_the_trim_may_begin_anywhere() -> None:
    """Boxes whose corner is not at 0, 0 make no difference."""
    pdf = blank([b"BT /F 12 Tf 1 0 0 1 60 90 Tm <0001> Tj ET"] * 2)
    for one in pdf.pages:
        width, height = 100 * PT, 210 * PT
        one.obj.MediaBox = Array([40, 60, 60 + width, 80 + height])
        one.obj.TrimBox = Array([50, 70, 50 + width, 70 + height])
    impose(pdf, BESIDE, (200, 210))
    found = [(one.left, one.baseline) for one in pieces(pdf.pages[0])]
    want = [(10 / PT, 210 - 20 / PT), (100 + 10 / PT, 210 - 20 / PT)]
    assert found == [pytest.approx(one, abs=0.01) for one in want]


def test_equal_names_for_different_fonts_are_kept_apart() -> None:
    """Where two pages call two fonts alike, each is set in its own."""
    pdf = blank([b"BT /F 12 Tf 1 0 0 1 60 90 Tm <0001> Tj ET"] * 2)
    for one, font in zip(pdf.pages, ("NotoSans", "NotoSansArabic"), strict=True):
        made = pdf.make_indirect(Dictionary(BaseFont=Name(f"/ABCDEF+{font}")))
        one.obj.Resources = Dictionary(Font=Dictionary(F=made))
    impose(pdf, BESIDE, (200, 210))
    families = [one.glyphs[0][0] for one in pieces(pdf.pages[0], "ar")]
    assert families == ["Noto Sans", "Noto Sans Arabic"]


def test_a_shared_font_is_entered_once() -> None:
    """The engine gives all pages one dictionary; the side has no copies of it."""
    before, after, _ = pair("en", "c")
    fonts = before.pages[0].resources.Font
    for one in after.pages:
        assert set(one.resources.Font.keys()) <= set(fonts.keys())


def test_default_colour_spaces_come_along() -> None:
    """A colour space that is at work without being named is not lost."""
    pdf = blank([b"0 0 0 1 k 0 0 9 9 re f"])
    spaces = Dictionary(DefaultCMYK=Name.DeviceCMYK, other=Name.DeviceRGB)
    pdf.pages[0].obj.Resources = Dictionary(ColorSpace=spaces)
    impose(pdf, BESIDE, (200, 210))
    assert list(pdf.pages[0].resources.ColorSpace.keys()) == ["/DefaultCMYK"]


def test_patterns_move_with_the_page() -> None:
    """A gradient hangs on the page, not on what is drawn: its matrix is moved."""
    pdf = blank([b"/Pattern cs /p scn 0 0 9 9 re f"] * 2)
    pattern = pdf.make_indirect(
        Dictionary(PatternType=2, Matrix=Array([2, 0, 0, 2, 5, 6]))
    )
    shared = pdf.make_indirect(Dictionary(Pattern=Dictionary(p=pattern)))
    for one in pdf.pages:
        one.obj.Resources = shared
    impose(pdf, BESIDE, (200, 210))
    found = [
        [round(float(number), 2) for number in one.Matrix]
        for one in pdf.pages[0].resources.Pattern.values()
    ]
    assert found == [[2, 0, 0, 2, 5, 6], [2, 0, 0, 2, round(5 + 100 * PT, 2), 6]]


@pytest.mark.parametrize(
    "content",
    [
        b"q q 1 0 0 rg 2 0 0 2 0 0 cm",
        b"Q Q q",
        b"/Artifact BMC q /Artifact BMC",
        b"EMC",
    ],
)
def test_one_page_cannot_disturb_the_next(content: bytes) -> None:
    """What a page leaves open, or closes too often, ends with it."""
    text = b"BT 12 0 0 12 60 90 Tm <0001> Tj ET"
    pdf = blank([content, text])
    impose(pdf, BESIDE, (200, 210))
    depth = {"Q": 0, "EMC": 0}
    for step in pikepdf.parse_content_stream(pdf.pages[0]):
        opens = {"q": "Q", "BMC": "EMC", "BDC": "EMC"}
        operator = str(step.operator)
        if operator in opens:
            depth[opens[operator]] += 1
        elif operator in depth:
            depth[operator] -= 1
        assert min(depth.values()) >= 0
    assert depth == {"Q": 0, "EMC": 0}
    (found,) = pieces(pdf.pages[0])
    assert found.left == pytest.approx(100 + 60 / PT, abs=0.01)


def with_tree(pdf: Pdf, kid: Any) -> None:
    """Give each of some pages a paragraph that holds `kid(page)`."""
    root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=Array()))
    for one in pdf.pages:
        made = Dictionary(S=Name.P, P=root, Pg=one.obj, K=kid(one.obj))
        root.K.append(pdf.make_indirect(made))
    pdf.Root.StructTreeRoot = root


def test_identifiers_in_property_lists_are_renumbered() -> None:
    """Identifiers that stand in the resources are as unique as those in the text."""
    pdf = blank([b"/P /m BDC EMC"] * 2)
    shared = Dictionary(m=Dictionary(MCID=0))
    for one in pdf.pages:
        one.obj.Resources = Dictionary(Properties=shared)
    with_tree(pdf, lambda _: 0)
    impose(pdf, BESIDE, (200, 210))
    named = pdf.pages[0].resources.Properties
    used = [
        int(named[str(step.operands[1])].MCID)
        for step in pikepdf.parse_content_stream(pdf.pages[0])
        if str(step.operator) == "BDC"
    ]
    assert used == [0, 1]
    assert [int(one.K[0]) for one in pdf.Root.StructTreeRoot.K] == [0, 1]


def test_references_to_content_are_renumbered() -> None:
    """An element may name the page beside the identifier; both are written anew."""
    pdf = blank([b"/P <</MCID 3>> BDC EMC"] * 2)
    with_tree(pdf, lambda one: Dictionary(Type=Name.MCR, Pg=one, MCID=3))
    impose(pdf, BESIDE, (200, 210))
    kids = [one.K[0] for one in pdf.Root.StructTreeRoot.K]
    assert [int(one.MCID) for one in kids] == [3, 7]
    assert {one.Pg.objgen for one in kids} == {pdf.pages[0].obj.objgen}


def test_content_with_a_stream_of_its_own_is_refused() -> None:
    """Rather than point to the wrong place, imposition stops."""
    pdf = blank([b"/P <</MCID 0>> BDC EMC"] * 2)
    form = pdf.make_stream(b"")
    with_tree(pdf, lambda _: Dictionary(Type=Name.MCR, Stm=form, MCID=0))
    with pytest.raises(ValueError, match="stream of its own"):
        impose(pdf, BESIDE, (200, 210))


def test_translucent_text_keeps_its_tags() -> None:
    """The engine draws it in a form and counts it with the page; so do we."""
    data = typed("en", 4, "booklet", 0.0, '<p style="opacity: 0.5">Faint</p>')
    after = imposed(data, placed("booklet", "en", 4), "booklet")
    forms = [one for side in after.pages for one in side.resources.XObject.values()]
    assert len(forms) == 4
    assert heard(after) == heard(opened(data))


ORDERS = st.permutations(range(8))


@settings(max_examples=15)
@given(ORDERS, st.lists(st.integers(-40, 40), min_size=8, max_size=8))
def test_any_arrangement_loses_nothing(order: list[int], shifts: list[int]) -> None:
    """Wherever pages are put, all text is there once and is heard in its order."""
    places = tuple(
        Panel(
            number,
            spot // 2 + 1,
            spot % 2 * 148.5,
            0.0,
            148.5,
            210.0,
            shift / 100,
        )
        for number, (spot, shift) in enumerate(zip(order, shifts, strict=True), 1)
    )
    before, after = opened(sample("en")), imposed(sample("en"), places, "booklet")
    assert heard(after) == heard(before)
    written = [
        sorted(one.glyphs for side in pdf.pages for one in pieces(side))
        for pdf in (before, after)
    ]
    assert written[0] == written[1]


def test_equal_input_gives_equal_output() -> None:
    """Imposing twice writes the same file twice."""
    files = []
    for _ in range(2):
        pdf = opened(sample("en", "c"))
        impose(pdf, placed("c", "en", 6), (297, 210))
        mark(pdf, folds(FOLDS["c"], A4), bleed=0.0, outside=False)
        stream = io.BytesIO()
        pdf.save(stream, deterministic_id=True)
        files.append(stream.getvalue())
    assert files[0] == files[1]


Line = tuple[float, float, float, float]


def marks(one: pikepdf.Page) -> tuple[list[Line], list[str]]:
    """Give the lines of the marks in mm from the trim's lower left, and the rest."""
    left, bottom = (float(number) for number in list(one.trimbox)[:2])
    lines: list[Line] = []
    said: list[str] = []
    inside = False
    depth = 0
    begin = (0.0, 0.0)
    for step in pikepdf.parse_content_stream(one):
        operator = str(step.operator)
        depth += {"q": 1, "Q": -1}.get(operator, 0)
        assert operator != "cm" or depth, "the marks would be moved with the page"
        if operator == "BDC" and isinstance(step.operands[1], Dictionary):
            inside = step.operands[1].get("/Type") == Name.Page
            assert not inside or step.operands[0] == Name.Artifact
        elif operator == "EMC":
            inside = False
        elif inside and operator in ("m", "l"):
            x, y = (float(number) for number in step.operands)
            point = ((x - left) / PT, (y - bottom) / PT)
            if operator == "l":
                lines.append((*begin, *point))
            begin = point
        elif inside and operator in ("K", "G", "w", "d"):
            numbers = " ".join(
                f"[{' '.join(str(part) for part in o)}]"
                if isinstance(o, Array)
                else str(o)
                for o in step.operands
            )
            said.append(f"{numbers} {operator}")
    return lines, said


def test_office_ticks_stand_in_the_margin() -> None:
    """A fold is shown by 3 mm at its top and bottom, where every printer prints."""
    _, pdf, _ = pair("en", "c")
    wanted = folds(FOLDS["c"], A4)
    mark(pdf, wanted, bleed=0.0, outside=False)
    for side, one in enumerate(pdf.pages):
        lines, said = marks(one)
        assert said == ["0 G", "0.35 w", "[] 0 d"]
        ends = [(205.5, 202.5), (4.5, 7.5)]
        want = [(x, start, x, end) for x in wanted[side] for start, end in ends]
        assert len(lines) == len(want) == 4
        for got, line in zip(lines, want, strict=True):
            assert got == pytest.approx(line, abs=0.01)
        assert box(one.obj, "/MediaBox") == [0, 0, 297, 210]


@pytest.mark.parametrize("bleed", [0.0, 3.0, 3.175, 5.0])
def test_press_marks_stand_outside_the_bleed(bleed: float) -> None:
    """Cut and fold marks are in black ink alone and never printed on the leaflet."""
    pdf = imposed(sample("en", "c", bleed), placed("c", "en", 6), "c", bleed)
    before = [
        (box(one.obj, "/TrimBox"), box(one.obj, "/BleedBox")) for one in pdf.pages
    ]
    wanted = folds(FOLDS["c"], A4)
    mark(pdf, wanted, bleed=bleed, outside=True)
    far = max(3.0, bleed)
    for side, one in enumerate(pdf.pages):
        lines, said = marks(one)
        assert said == ["0 0 0 1 K", "0.25 w", "[] 0 d", "[1.5 1] 0 d"]
        assert (box(one.obj, "/TrimBox"), box(one.obj, "/BleedBox")) == before[side]
        more = bleed + 10
        assert box(one.obj, "/MediaBox") == pytest.approx(
            [-more, -more, 297 + more, 210 + more], abs=0.011
        )
        crops, ticks = lines[:8], lines[8:]
        upright = {(x, y) for x in (0, 297) for y in (-far - 5, 210 + far)}
        level = {(x, y) for x in (-far - 5, 297 + far) for y in (0, 210)}
        corners = sorted((min(x1, x2), min(y1, y2)) for x1, y1, x2, y2 in crops)
        assert len(corners) == len(upright | level) == 8
        for got, want in zip(corners, sorted(upright | level), strict=True):
            assert tuple(got) == pytest.approx(want, abs=0.01)
        assert [line[0] for line in ticks] == pytest.approx(
            [x for x in wanted[side] for _ in range(2)], abs=0.01
        )
        for x1, y1, x2, y2 in lines:
            assert abs(x1 - x2) + abs(y1 - y2) == pytest.approx(5, abs=0.01)
            assert max(-x1, x1 - 297, -y1, y1 - 210) >= bleed - 0.01
            assert max(-x2, x2 - 297, -y2, y2 - 210) >= bleed - 0.01


def test_marks_do_not_touch_what_was_there() -> None:
    """Text stands where it stood, though the engine leaves its own scale behind."""
    pdf = opened(sample("en", "c", 3.0))
    before = [pieces(one) for one in pdf.pages]
    said = heard(pdf)
    mark(pdf, ((50.0,), (50.0,)), bleed=3.0, outside=True)
    for old, new in zip(before, pdf.pages, strict=True):
        assert [(one.glyphs, one.left, one.baseline) for one in pieces(new)] == [
            (one.glyphs, one.left, one.baseline) for one in old
        ]
        assert len(marks(new)[0]) == 10
    assert heard(pdf) == said


def test_sheets_without_folds_have_no_ticks() -> None:
    """An office page that is not folded is left as it is; a press cuts it."""
    pdf = blank([b"0 0 9 9 re f"])
    mark(pdf, ((), ()), bleed=0.0, outside=False)
    assert bytes(pdf.pages[0].obj.Contents.read_bytes()) == b"0 0 9 9 re f"
    mark(pdf, ((), ()), bleed=0.0, outside=True)
    assert len(marks(pdf.pages[0])[0]) == 8


def test_marks_can_be_drawn_on_an_empty_page() -> None:
    """A side without any page is folded and cut all the same."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=(200, 200))
    del pdf.pages[0].obj["/Contents"]
    mark(pdf, ((30.0,), (30.0,)), bleed=3.0, outside=False)
    assert len(marks(pdf.pages[0])[0]) == 2


def test_validators_find_nothing(tmp_path: Path) -> None:
    """PDF/UA-1: no rule fails in sheets and booklets of three scripts, with marks."""
    paths = []
    for name in LOCALES:
        for fold, bleed, outside in (
            ("c", 3.0, True),
            ("z", 0.0, False),
            ("booklet", 0.0, False),
        ):
            _, pdf, _ = pair(name, fold, bleed)
            mark(pdf, folds(FOLDS[fold], A4), bleed=bleed, outside=outside)
            paths.append(tmp_path / f"{name}.{fold}.pdf")
            pdf.save(paths[-1])
    data = typed("en", 5, "booklet", 0.0)
    paths.append(tmp_path / "padded.pdf")
    imposed(data, placed("booklet", "en", 8), "booklet").save(paths[-1])
    told = validate(paths)
    assert told["failed"] == {}
    assert told["files"] == 10
    assert int(str(told["checks"])) > 10_000
