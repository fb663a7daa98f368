"""The editions of the real project: composed all, typeset in part, and measured.

Facts of one leaflet stand in tests/golden/editions; `UPDATE_GOLDEN=1` writes them
anew.  They are read as a change of layout would be: what is printed has changed.
"""

import io
import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest

from leaflets.build.front import Front, analyse
from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.preflight import check_pdf
from leaflets.diagnostics import Severity
from leaflets.pages.composition import Composition, Target
from leaflets.paper.colours import HEX
from leaflets.pdf.facts import Fragment, LayoutFacts, PdfFacts
from leaflets.pdf.read.inspect import inspect
from leaflets.sources.content.document import Document
from leaflets.sources.content.figures import Figure
from leaflets.sources.content.keys import label_key
from leaflets.sources.content.markdown import walk
from leaflets.sources.content.short_form import shorten
from leaflets.sources.material import read_material
from leaflets.sources.project import Edition, Project
from typesetting import typeset

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "editions"
LEAFLET = "what-is-ms"
LOCALES = ("en", "ar", "zh_Hans")
FOLDED_PAPERS = ("trifold", "trifold-press", "booklet")
"""Editions that are measured on both papers, for their geometry differs."""


def settings() -> Project:
    """Read the project's settings."""
    material, _ = read_material(ROOT)
    return material.project


PROJECT = settings()
EDITIONS = {
    edition.name: edition for edition in PROJECT.editions if not edition.for_reviewers
}
PRESS = [edition.name for edition in EDITIONS.values() if edition.shops]
NUMBERS = re.compile(r'class="number">\s*(\d*)\s*<')
NUMBERED = re.compile(
    r'class="number">(\d+)</span>\s*<(?:p|ul|ol) id="([^"]+)"[^>]*>(.*?)</div>',
    re.DOTALL,
)


@cache
def front() -> Front:
    """Compose every target of every edition that patients see."""
    return analyse(ROOT, asked=tuple(EDITIONS))


@cache
def compositions() -> dict[Target, Composition]:
    """Return the compositions by target, without those for reviewers."""
    composed = front().compositions
    return {
        composition.target: composition
        for composition in composed
        if composition.target.edition in EDITIONS
    }


@cache
def printed(target: Target) -> tuple[Composition, LayoutFacts, bytes, tuple[str, ...]]:
    """Typeset a target; return also the findings of all checks."""
    composition = compositions()[target]
    rendered, data = typeset(composition)
    facts = inspect(data, rendered.layout, composition)
    diagnostics = (
        *rendered.diagnostics,
        *check_layout(rendered.layout, composition),
        *check_pdf(facts, rendered.layout, composition),
    )
    return (
        composition,
        rendered.layout,
        data,
        tuple(str(diagnostic) for diagnostic in diagnostics),
    )


def measured(target: Target) -> PdfFacts:
    """Measure the finished file of a target."""
    composition, layout, data, _ = printed(target)
    return inspect(data, layout, composition)


def locales_of(edition: Edition) -> list[str]:
    """Name the locales, or pairs of them, that an edition is made in."""
    names = [locale.name for locale in PROJECT.locales]
    if not edition.beside:
        return names
    return [f"{name}+en" for name in names if name != "en"]


@pytest.mark.parametrize("name", EDITIONS)
def test_every_edition_composes_for_all(name: str) -> None:
    """Each leaflet is composed in each language, on each paper, and none is blocked."""
    edition = EDITIONS[name]
    leaflets = sorted((ROOT / "content").glob("[a-z]*.md"))
    wanted = {
        (leaflet.stem, locale, paper)
        for leaflet in leaflets
        for locale in locales_of(edition)
        for paper in ("A4", "Letter")
    }
    assert len(wanted) == len(leaflets) * len(locales_of(edition)) * 2
    there = [target for target in compositions() if target.edition == name]
    assert {(target.leaflet, target.locale, target.paper) for target in there} == wanted
    assert len(there) == len(wanted)
    assert [target for target in front().blocked if target.edition == name] == []


def test_nothing_is_wrong_with_the_project() -> None:
    """All editions of all leaflets together give no error."""
    errors = [
        diagnostic
        for diagnostic in front().diagnostics
        if diagnostic.severity is Severity.ERROR
    ]
    assert [str(diagnostic) for diagnostic in errors] == []


def numbers(composition: Composition) -> dict[str, tuple[str, str]]:
    """Return number and text of each numbered block of a page, by its id."""
    numbered = {}
    for number, key, html in NUMBERED.findall(composition.html):
        text = re.sub(r'<span class="cite">.*?</span>|<[^>]+>|&#8203;', "", html)
        numbered[key] = number, " ".join(text.split())
    return numbered


@pytest.mark.parametrize(
    "name", [key for key, e in EDITIONS.items() if e.text != "whole"]
)
def test_short_forms_keep_the_numbers_of_the_whole(name: str) -> None:
    """The same text has the same number beside it in both, and numbers never fall."""
    for target, composition in compositions().items():
        if target.edition != name:
            continue
        whole = Target(target.leaflet, target.locale, "sheet", target.paper)
        short, long = numbers(composition), numbers(compositions()[whole])
        assert 3 < len(short) < len(long)
        assert short.items() <= long.items(), str(target)
        order = [int(number) for number, _ in short.values()]
        assert order == sorted(set(order)), str(target)


@pytest.mark.parametrize("leaflet", [LEAFLET, "stem-cells"])
def test_numbers_are_the_same_in_every_language(leaflet: str) -> None:
    """A nurse and a patient can point at the same number, whatever each reads."""
    for name in ("trifold", "booklet", "large-print"):
        keys = {
            tuple((key, number) for key, (number, _) in numbers(composition).items())
            for target, composition in compositions().items()
            if (target.leaflet, target.edition) == (leaflet, name)
        }
        assert len(keys) == 1, name


@pytest.mark.parametrize("edition", ["trifold", "booklet", "large-print"])
@pytest.mark.parametrize("locale", LOCALES)
def test_numbers_stand_beside_their_text_on_paper(locale: str, edition: str) -> None:
    """The number in the margin is on the first line of its text, where lines begin."""
    composition, layout, _, _ = printed(Target(LEAFLET, locale, edition, "A4"))
    pieces = layout.fragments
    paragraphs = {
        key: number
        for key, (number, _) in numbers(composition).items()
        if key[0] == "p"
    }
    assert len(paragraphs) > 3
    for key, number in paragraphs.items():
        # A list has no text of its own: its first item's stands for it.
        first = next(
            fragment
            for fragment in pieces
            if re.fullmatch(rf"{key}(\D.*)?", fragment.key)
        )
        line = [
            fragment
            for fragment in pieces
            if fragment.page == first.page
            and abs(fragment.baseline - first.baseline) < 1
        ]
        line.sort(
            key=lambda fragment: (
                -fragment.right if composition.right_to_left else fragment.left
            )
        )
        assert (line[0].text.strip(), line[0].key) == (number, ""), key


def drawn(document: Document, edition: Edition) -> list[Figure]:
    """List the figures that an edition of a leaflet draws, in order."""
    blocks = shorten(document.blocks) if edition.text == "short" else document.blocks
    figures = front().material.figures
    return [figures[block.name] for block in walk(blocks) if block.kind == "figure"]


@pytest.mark.parametrize("name", [key for key, e in EDITIONS.items() if e.keyed])
def test_keyed_figures_list_every_label_once(name: str) -> None:
    """Below a drawing stands each of its labels, once and in the drawing's order.

    Digits that a drawing has itself serve as numbers, and are not listed.
    """
    edition = EDITIONS[name]
    seen = 0
    for document in front().material.documents:
        wanted = [
            label_key(figure.path, label.id)
            for figure in drawn(document, edition)
            for label in figure.labels
            if not label.text.strip().isdigit()
        ]
        for target, composition in compositions().items():
            if (target.leaflet, target.edition) != (document.meta.id, name):
                continue
            listed = re.findall(r'id="(l-[^"]+)" data-passage', composition.html)
            assert listed == wanted, str(target)
            keys = re.findall(
                r'<ol class="key">(.*?)</ol>', composition.html, re.DOTALL
            )
            for key in keys:
                items = re.findall(r'class="disc">(\d+)<', key)
                assert items == [str(number) for number in range(1, len(items) + 1)]
                discs = composition.html.count('class="disc on"')
                assert discs == sum(part.count('class="disc"') for part in keys)
            seen += len(listed)
    assert seen > 100


@pytest.mark.parametrize("name", PRESS)
def test_a_press_edition_is_composed_in_inks(name: str) -> None:
    """No colour of a screen stands in a page, its styles or its drawings."""
    count = 0
    for target, composition in compositions().items():
        if target.edition != name:
            continue
        count += 1
        inline = "".join(re.findall(r'(?:style|fill|stroke)="[^"]*"', composition.html))
        styles = [
            composition.stylesheet,
            *(step.stylesheet for step in composition.steps),
        ]
        styles += [composition.reserve.stylesheet] if composition.reserve else []
        drawings = [asset.data.decode() for asset in composition.assets]
        for text in (inline, *styles, *drawings):
            assert HEX.findall(text) == [], str(target)
            assert not re.search(r"\b(rgb|hsl)a?\(", text), str(target)
        assert "<style" not in composition.html
        assert "device-cmyk(" in composition.stylesheet
        assert composition.shop
        assert composition.shop.paper == target.paper
        assert composition.profile[36:40] == b"acsp"
    assert count > 60


def test_an_office_edition_is_composed_in_light() -> None:
    """What no shop prints has no inks, no profile and no bleed."""
    for target, composition in compositions().items():
        if target.edition not in PRESS:
            assert "device-cmyk" not in composition.stylesheet, str(target)
            assert (composition.shop, composition.profile) == (None, b"")


@pytest.mark.parametrize("locale", LOCALES)
def test_large_print_is_large(locale: str) -> None:
    """No type is smaller than 16 pt, running text is 18, and contrast 7 is asked."""
    target = Target(LEAFLET, locale, "large-print", "A4")
    composition, layout, _, findings = printed(target)
    assert composition.contrast == 7.0
    assert min(fragment.size for fragment in layout.fragments) >= 16.0
    text = [
        fragment.size for fragment in layout.fragments if fragment.key.startswith("p")
    ]
    assert min(text) >= (layout.size or 18.0)
    assert findings == ()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_trifold_is_one_sheet(locale: str) -> None:
    """Two sides of a whole sheet, six panels, and nothing to find in them."""
    composition, layout, data, findings = printed(
        Target(LEAFLET, locale, "trifold", "A4")
    )
    assert findings == ()
    assert layout.pages == 6
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert [size(page) for page in pdf.pages] == [(297.0, 210.0)] * 2
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        sides = [ticks(page) for page in pdf.pages]
    assert sides == [[99.0, 198.0]] * 2
    assert 10.5 <= (layout.size or EDITIONS["trifold"].size) <= 13
    assert composition.page_limit == 6


def size(page: pikepdf.Page) -> tuple[float, float]:
    """Return width and height of a page's trim in mm."""
    left, low, right, high = (float(edge) * 25.4 / 72 for edge in page.trimbox)
    return round(right - left, 1), round(high - low, 1)


def ticks(page: pikepdf.Page) -> list[float]:
    """List where ticks for folding stand, in mm from the left, each once.

    They are short upright lines, drawn as an artifact after all else.
    """
    body = page.obj.Contents.read_bytes().rpartition(b"/Artifact <</Type /Page>> BDC")
    lines = re.findall(rb"([\d.]+) ([\d.]+) m ([\d.]+) ([\d.]+) l", body[2])
    assert all(line[0] == line[2] for line in lines)
    return sorted({round(float(line[0]) * 25.4 / 72, 1) for line in lines})


def on_side(
    composition: Composition, layout: LayoutFacts, key: str
) -> list[tuple[int, float]]:
    """Return side and middle, in mm from the side's left, of the pieces of a text."""
    places = {place.page: place for place in composition.places(layout.pages)}

    def middle(fragment: Fragment) -> tuple[int, float]:
        place = places[fragment.page]
        return place.side, place.left + (fragment.left + fragment.right) / 2

    return [middle(fragment) for fragment in layout.fragments if fragment.key == key]


@pytest.mark.parametrize(
    ("locale", "third"), [("en", (198, 297)), ("ar", (0, 99)), ("zh_Hans", (198, 297))]
)
def test_the_cover_is_where_the_reader_begins(
    locale: str, third: tuple[float, float]
) -> None:
    """The title stands on the right panel of the front; in Arabic on the left one."""
    composition, layout, data, findings = printed(
        Target(LEAFLET, locale, "trifold", "A4")
    )
    title = on_side(composition, layout, "title")
    assert title
    assert all(side == 1 and third[0] < x < third[1] for side, x in title)
    # The finished file has its letters there: none is told as displaced, but all
    # would be on a sheet that is not turned round.
    assert findings == ()
    turned = replace(
        composition, direction="rtl" if composition.direction == "ltr" else "ltr"
    )
    facts = inspect(data, layout, turned)
    codes = [diagnostic.code for diagnostic in check_pdf(facts, layout, turned)]
    assert len(codes) > 100


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_booklet_has_two_pages_on_a_side(locale: str, paper: str) -> None:
    """Pages are a multiple of four, sides half as many, and notes fill them up."""
    composition, layout, data, findings = printed(
        Target(LEAFLET, locale, "booklet", paper)
    )
    assert findings == ()
    assert layout.pages % 4 == 0
    assert len(layout.notes) < 4
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == layout.pages / 2
        wide = {"A4": (297.0, 210.0), "Letter": (279.4, 215.9)}[paper]
        assert {size(page) for page in pdf.pages} == {wide}
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
    assert composition.side_size == wide


@pytest.mark.parametrize(
    ("paper", "bleed", "trim"),
    [("A4", 3.0, (297.0, 210.0)), ("Letter", 3.175, (279.4, 215.9))],
)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_trifold_for_a_press_has_its_boxes_and_inks(
    locale: str, paper: str, bleed: float, trim: tuple[float, float]
) -> None:
    """Trim is the sheet, the bleed stands around it, and all paint is ink."""
    target = Target(LEAFLET, locale, "trifold-press", paper)
    assert printed(target)[3] == ()
    facts = measured(target)
    assert len(facts.pages) == 2
    for page in facts.pages:
        assert page.trim
        assert page.bleed
        assert page.media
        assert (page.trim.width, page.trim.height) == pytest.approx(trim, abs=0.02)
        assert page.bleed.apart(page.trim.grown(bleed)) <= 0.02
        # Who cuts to the media before the bleed loses it.
        assert page.media.holds(page.bleed, 0.01)
        assert page.spaces == ("DeviceCMYK",)
        assert page.coloured_text == 0
        assert 0 < page.ink <= 280
    assert (facts.pdfx, facts.components) == ("PDF/X-4", 4)


def golden_targets() -> list[Target]:
    """List the targets whose facts are kept, by edition, paper and locale."""
    targets = []
    for edition in EDITIONS.values():
        for paper in edition.papers:
            if paper != "A4" and edition.name not in FOLDED_PAPERS:
                continue
            for locale in LOCALES:
                if edition.beside and locale == "en":
                    continue
                pair = f"{locale}+en" if edition.beside else locale
                targets.append(Target(LEAFLET, pair, edition.name, paper))
    return targets


TARGETS = golden_targets()


def path_of(target: Target) -> Path:
    """Name the file that keeps a target's facts."""
    return GOLDEN / f"{target.edition}.{target.paper}.{target.locale}.yaml"


def facts_of(target: Target) -> str:
    """Write what was measured of a target, one fact on a line."""
    composition, layout, data, findings = printed(target)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        hints = pdf.Root.ViewerPreferences
        sides = [size(page) for page in pdf.pages]
        duplex = str(hints.get("/Duplex", "/none"))[1:]
        direction = str(hints.get("/Direction", "/L2R"))[1:]
    assert len(set(sides)) == 1
    chosen = layout.size or EDITIONS[target.edition].size
    printed_numbers = dict.fromkeys(
        number for number in NUMBERS.findall(composition.html) if number
    )
    facts = {
        "pages": layout.pages,
        "sides": len(sides),
        "side_mm": f"{sides[0][0]:g} x {sides[0][1]:g}",
        "size_pt": f"{chosen:g}",
        "notes": " ".join(map(str, layout.notes)) or "none",
        "smallest_pt": f"{min(fragment.size for fragment in layout.fragments):g}",
        "fragments": len(layout.fragments),
        "paragraphs": " ".join(printed_numbers),
        "duplex": duplex,
        "direction": direction,
        "findings": len(findings),
    }
    return "".join(f"{key}: {value}\n" for key, value in facts.items())


@pytest.mark.parametrize(
    "target",
    TARGETS,
    ids=lambda target: f"{target.edition}.{target.paper}.{target.locale}",
)
def test_the_facts_of_an_edition_are_those_that_are_kept(target: Target) -> None:
    """What is printed changes only where somebody wants it to."""
    facts = facts_of(target)
    path = path_of(target)
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(facts, encoding="utf-8")
    assert facts == path.read_text(encoding="utf-8")


def test_no_facts_are_kept_of_what_is_not_made() -> None:
    """Each file of kept facts belongs to an edition, a paper and a locale."""
    assert set(GOLDEN.glob("*")) == {path_of(target) for target in TARGETS}
