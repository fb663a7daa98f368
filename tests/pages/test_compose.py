"""Compose: one value for a target, whatever the edition, the fold or the paper."""

import io
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from composing import (
    BILINGUAL,
    LARGE,
    PANELS,
    PROOF,
    SHEET,
    composed,
    localized_of,
    material_of,
)
from desk import change
from diabetes import write_diabetes
from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.lines import UNSEEN
from leaflets.checks.page.preflight import check_pdf
from leaflets.diagnostics import LeafletsError
from leaflets.pages.compose import assets_of, boxes_of
from leaflets.pages.contract import Role
from leaflets.pages.expected import read_back
from leaflets.paper.fold import FOLDS, Fold
from leaflets.pdf.read.inspect import inspect
from leaflets.sources.project import Edition
from typesetting import findings, typeset

HALF = Fold("half", "half fold", edge="M5 5h38", shares=(1, 1), order=(2, 3, 4, 1))
"""A fold that the project does not have."""
EDITIONS = (SHEET, LARGE, PANELS, PROOF, replace(SHEET, fold=FOLDS["booklet"]))
STANDING = "templates/standing.html"


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition.name)
@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_nothing_is_lost_on_the_way(tiny: Path, edition: Edition, locale: str) -> None:
    """Every edition holds all words that it should, in order."""
    composition, diagnostics = composed(material_of(tiny), locale, edition)
    assert diagnostics == ()
    assert composition.fold is edition.fold
    assert composition.imposed == edition.fold.folded
    assert {passage.key for passage in composition.passages} >= {"title", "promise"}


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_new_fold_is_printed(tiny: Path, locale: str) -> None:
    """A half fold is a value: pages are set, imposed, marked and pass every check."""
    edition = replace(PANELS, name="card", pages=4, fold=HALF)
    composition, diagnostics = composed(material_of(tiny), locale, edition)
    assert diagnostics == ()
    assert [str(one) for one in findings(composition)] == []
    rendered, _ = typeset(composition)
    assert rendered.layout.pages == 4
    assert composition.side_size == (297.0, 210.0)
    assert composition.folds == ((148.5,), (148.5,))
    front = {one.page for one in composition.places(4) if one.side == 1}
    assert front == {1, 4}


def test_a_sheet_is_set_on_small_paper(tiny: Path) -> None:
    """Half the paper, the same template: margins follow."""
    composition, diagnostics = composed(material_of(tiny), "en", SHEET, "A5")
    assert diagnostics == ()
    assert composition.page_size == (148.0, 210.0)
    composition = replace(composition, boxes=())
    assert "outside-margins" not in [one.code for one in findings(composition)]


def test_words_of_the_standing_may_change(tiny: Path) -> None:
    """A reworded line takes as much of the head as it needs, and nothing else breaks."""
    before, _ = composed(material_of(tiny), "en", LARGE)
    for path in (tiny / STANDING, *tiny.glob("locales/*/*/messages.po")):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("DRAFT –", "NOT READY –"), encoding="utf-8")
    for locale in ("en", "ar"):
        after, diagnostics = composed(material_of(tiny), locale, LARGE)
        assert diagnostics == ()
        assert [str(one) for one in findings(after)] == []
        if locale == "en":
            assert after.stylesheet == before.stylesheet
            assert any("NOT READY" in text for text in after.furniture)


def test_a_longer_line_gets_more_room(tiny: Path) -> None:
    """The height is reserved for what the template says, not for a word in it."""
    before, _ = composed(material_of(tiny), "en", LARGE)
    change(
        tiny / STANDING,
        "DRAFT – not checked",
        "ONLY TO BE READ BY YOU AND ME, " * 5 + "– not checked",
    )
    longer, _ = composed(material_of(tiny), "en", LARGE)
    assert longer.stylesheet != before.stylesheet
    assert [str(one) for one in findings(longer)] == []


def test_a_project_without_the_box_has_none(tiny: Path) -> None:
    """Templates that do not include the standing leave no room for it."""
    (tiny / STANDING).unlink()
    change(tiny / "templates/sheet.html", '{% include "standing.html" %}\n', "")
    for name in ("trifold.html", "cells.html"):
        (tiny / "templates" / name).unlink()
    composition, diagnostics = composed(material_of(tiny), "en", SHEET)
    assert diagnostics == ()
    roles = {one.role for one in read_back(composition.html).furniture}
    assert Role.STANDING not in roles


def test_two_languages_share_a_page(tiny: Path) -> None:
    """Each text stands once in each language, in its own column."""
    composition, diagnostics = composed(material_of(tiny), "ar+en", BILINGUAL)
    assert diagnostics == ()
    assert composition.target.locales == ("ar", "en")
    keys = [passage.key for passage in composition.passages]
    assert {"p1", "x-p1", "title", "x-title"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_a_broken_template_is_told(tiny: Path) -> None:
    """At its line, and nothing is composed."""
    change(tiny / "templates/sheet.css", "{% set u = unit %}", "{% set u = units %}")
    with pytest.raises(LeafletsError) as caught:
        composed(material_of(tiny), "en", SHEET)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "broken-template"
    assert diagnostic.location.path == "templates/base.css"
    assert "templates/sheet.css:" in diagnostic.hint


def test_a_page_loads_its_drawings_and_its_code(tiny: Path) -> None:
    """Each language has drawings of its own; a press gets them in ink."""
    material = material_of(tiny)
    sides = (localized_of(material, "ar"), localized_of(material, "en"))
    blocks = sides[0].document.blocks
    office = assets_of(sides, blocks, "https://e.org", press=False)
    names = [asset.name for asset in office]
    path = next(iter(sides[0].figures.values())).path
    assert names == sorted(["qr.svg", path, f"x-{path}"])
    assert b"#0b5563" in office[0].data
    press = assets_of(sides[:1], blocks, "", press=True)
    assert [b"#" in asset.data for asset in press] == [False]
    assert assets_of(sides, (), "", press=False) == ()


def test_labels_have_boxes(tiny: Path) -> None:
    """A finding in one leads to the translation."""
    boxes = boxes_of(localized_of(material_of(tiny), "ar"))
    assert [box.key for box in boxes] == ["g-l-box-box", "l-box-box"]
    assert {box.location.path for box in boxes} == {
        "locales/ar/LC_MESSAGES/messages.po"
    }
    assert boxes[0].width == 56.0


TITLES = {
    "en": "Blood sugar: 4 checks a year",
    "de": "Blutzucker: 4 Messungen im Jahr",
    "ar": "سكر الدم: 4 قياسات في السنة",
}


@pytest.mark.parametrize(
    ("edition", "locale"),
    [
        *((edition, name) for edition in (SHEET, PANELS, PROOF) for name in TITLES),
        (BILINGUAL, "de+en"),
        (BILINGUAL, "ar+en"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_a_fact_in_a_title_is_printed(
    tmp_path: Path, edition: Edition, locale: str
) -> None:
    """In the head and in the title, in its own language and in the source's."""
    material = material_of(write_diabetes(tmp_path / "project"))
    composition, diagnostics = composed(material, locale, edition)
    assert diagnostics == ()
    assert _spaced(composition.title) == TITLES[locale.partition("+")[0]]
    rendered, finished = typeset(composition)
    facts = inspect(finished, rendered.layout, composition)
    assert _spaced(facts.title) == _spaced(composition.title)
    assert [*check_layout(rendered.layout, composition)] == []
    assert [*check_pdf(facts, rendered.layout, composition)] == []
    drawn = _spaced("".join(part.text for part in rendered.layout.fragments))
    assert all(TITLES[name] in drawn for name in {*locale.split("+"), "en"})


def _spaced(text: str) -> str:
    """Write a text without what no reader sees, and every space as one."""
    return " ".join(text.translate(UNSEEN).replace("\u2060", "").split())


LONG = "| A | B |\n|---|---|\n" + "".join(
    f"| {'x' * (1 + place % 7)} row | words of a row |\n" for place in range(60)
)
BOOK = replace(SHEET, name="booklet", fold=FOLDS["booklet"], keyed=True, pages=32)


@pytest.mark.parametrize(
    ("edition", "locale"),
    [
        (SHEET, "de"),
        (SHEET, "ar"),
        (LARGE, "zh_Hans"),
        (LARGE, "ar"),
        (PANELS, "de"),
        (BOOK, "en"),
        (BILINGUAL, "ar+en"),
        (PROOF, "ar"),
    ],
    ids=lambda value: value if isinstance(value, str) else value.name,
)
def test_tables_and_terms_are_printed(
    tmp_path: Path, edition: Edition, locale: str
) -> None:
    """Every cell is drawn, in its order, and nothing is found in the file."""
    material = material_of(write_diabetes(tmp_path / "project"))
    composition, diagnostics = composed(material, locale, edition)
    assert diagnostics == ()
    assert [str(one) for one in findings(composition)] == []
    keys = {passage.key for passage in composition.passages}
    assert keys >= {"p4r1c1", "p4r4c3", "p5t2", "p5t2d2"}


def test_a_long_table_says_its_headings_on_every_page(tmp_path: Path) -> None:
    """The rows are whole, and no heading stands alone at the foot of a page."""
    root = write_diabetes(tmp_path / "project", "\n## Rows\n\n" + LONG)
    composition, diagnostics = composed(material_of(root), "en", SHEET)
    assert diagnostics == ()
    assert [str(one) for one in findings(composition)] == []
    layout = typeset(composition)[0].layout
    rows = [part for part in layout.fragments if part.key.startswith("p3r")]
    pages = {part.page for part in rows}
    assert len(pages) > 1
    for page in pages:
        headings = [
            part
            for part in layout.fragments
            if part.page == page and part.text == "A" and part.weight == 700
        ]
        first = min(part.top for part in rows if part.page == page)
        assert [part.top for part in headings] == [pytest.approx(headings[0].top)]
        assert headings[0].top <= first
        assert any(part.page == page and part.key[3:5] != "1c" for part in rows)


def test_headings_say_what_they_head(tmp_path: Path) -> None:
    """A column or a row, as tags of the file."""
    root = write_diabetes(tmp_path / "project")
    composition, _ = composed(material_of(root), "en", SHEET)
    scopes: list[str] = []
    with pikepdf.open(io.BytesIO(typeset(composition)[1])) as pdf:
        for part in pdf.objects:
            if isinstance(part, pikepdf.Dictionary) and part.get("/S") == "/TH":
                scopes.append(str(part.A.Scope))
    assert sorted(scopes) == ["/Column"] * 3 + ["/Row"] * 5
