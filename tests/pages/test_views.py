"""Views: the leaflet's words and structure as templates set them."""

from dataclasses import replace
from pathlib import Path

import pytest

from composing import LARGE, SHEET, composed, inputs_of, localized_of, material_of
from diabetes import write_diabetes
from leaflets.pages.html import trusted
from leaflets.pages.views import (
    ContactView,
    FigureView,
    LabelView,
    View,
    block_key,
    cited,
    cites_by_block,
    figure_view,
    shared_height,
    view_of,
)
from leaflets.sources.content.markdown import walk

LABEL = LabelView(
    key="l-a-b",
    html=trusted("b"),
    left=0.0,
    top=0.0,
    width=20.0,
    height=8.0,
    align="left",
    bold=False,
    white=False,
    number=False,
    group="g-l-a-b",
)


def views_of(root: Path, locale: str) -> tuple[View, ...]:
    """View the tiny leaflet in a locale."""
    material = material_of(root)
    localized = localized_of(material, locale)
    cites = cites_by_block(localized.document, inputs_of(material).evidence)
    return tuple(
        view_of(block, localized, material.project, material.family, cites)
        for block in localized.document.blocks
    )


def test_blocks_are_viewed_in_order(tiny: Path) -> None:
    """Kinds, keys and numbers are those of the source."""
    summary, emergency, heading, paragraph, figure, *_ = views_of(tiny, "en")
    kinds = [view.kind for view in (summary, emergency, heading, paragraph, figure)]
    assert kinds == ["box", "box", "heading", "paragraph", "figure"]
    assert (heading.key, heading.level) == ("h3", 2)
    assert (paragraph.key, paragraph.number) == ("p3", 3)
    assert (figure.key, figure.number) == ("f1c", 1)
    assert [view.key for view in emergency.children[1].children] == ["p2i1", "p2i2"]
    assert emergency.contacts == (ContactView("emergency", "Emergency number", ""),)


def test_structure_is_the_same_in_every_language(tiny: Path) -> None:
    """Only the words differ."""

    def shape(view: View) -> tuple[object, ...]:
        return view.kind, view.key, view.number, view.cites, *map(shape, view.children)

    english, arabic = views_of(tiny, "en"), views_of(tiny, "ar")
    assert list(map(shape, english)) == list(map(shape, arabic))
    assert english[2].html != arabic[2].html


def test_sources_are_numbered_as_they_first_stand(tiny: Path) -> None:
    """Those that a block names, and those of its numbers."""
    material = material_of(tiny)
    (document,) = material.documents
    assert [one.id for one in cited(document, material.evidence)] == ["atlas"]
    cites = cites_by_block(document, material.evidence)
    assert cites["p1"] == cites["p3"] == (1,)
    assert cites["p4"] == ()


def test_a_block_without_words_is_named_by_its_place(tiny: Path) -> None:
    """A list by its number, a box by its line."""
    (document,) = material_of(tiny).documents
    keys = [block_key(block) for block in walk(document.blocks)]
    assert len(keys) == len(set(keys))
    assert document.blocks[0].kind == "box"
    assert block_key(document.blocks[0]) == f"b{document.blocks[0].location.line}"


def test_labels_of_mirrored_drawings_are_turned(tiny: Path) -> None:
    """What begins at the left in English begins at the right in Arabic."""
    material = material_of(tiny)
    aligned = {}
    for name in ("en", "ar"):
        localized = localized_of(material, name)
        (figure,) = localized.figures.values()
        view = figure_view(figure, "A box", localized)
        assert view.source == f"asset:{figure.path}"
        assert (view.width, view.height, view.alt) == (160.0, 30.0, "A box")
        (label,) = view.labels
        assert label.height == shared_height(figure, figure.labels[0])
        aligned[name] = label.align, label.left
    assert aligned["en"] == ("left", 3.0)
    assert aligned["ar"] == ("right", 160.0 - 3.0 - 56.0)


@pytest.mark.parametrize(
    ("change", "grouped"),
    [
        ({}, True),
        ({"bold": True}, False),
        ({"left": 15.0}, False),
        ({"top": -10.0}, False),
    ],
)
def test_names_are_listed_with_what_they_name(
    change: dict[str, object], grouped: bool
) -> None:
    """A bold label names the one below it, if most of both stand above one another."""
    name = replace(LABEL, key="name", bold=True)
    below = replace(LABEL, key="below", top=10.0)
    below = replace(below, **change)  # type: ignore[arg-type]
    digit = replace(LABEL, key="digit", number=True)
    view = FigureView("asset:a.svg", "", 100.0, 50.0, (digit, name, below))
    keys = [[label.key for label in group] for group in view.keys]
    assert keys == ([["name", "below"]] if grouped else [["name"], ["below"]])


def tables_of(root: Path, locale: str) -> tuple[View, View]:
    """View the table and the terms of the leaflet on sugar."""
    material = material_of(write_diabetes(root / "project"))
    localized = localized_of(material, locale)
    cites = cites_by_block(localized.document, material.evidence)
    blocks = {block.kind: block for block in localized.document.blocks}
    project, family = material.project, material.family
    table = view_of(blocks["table"], localized, project, family, cites)
    return table, view_of(blocks["terms"], localized, project, family, cites)


def test_every_value_stands_beside_its_heading(tmp_path: Path) -> None:
    """A heading has its own id once, and another one wherever it stands again."""
    table, terms = tables_of(tmp_path, "en")
    keys = [[entry.key for entry in group] for group in table.entries]
    assert keys == [
        ["p4r1c1", "p4r1c2", "p4r1c3"],
        ["p4r3c1-k", "p4r3c2-k", "p4r3c3-k"],
        ["p4r4c1-k", "p4r4c2-k", "p4r4c3-k"],
    ]
    for group in table.entries:
        labels = [str(entry.label) for entry in group]
        assert labels == ["Test", "What is usual", "How often"]
        assert [len(entry.values) for entry in group] == [1, 1, 1]
    assert [
        (str(entry.label), [value.key for value in entry.values])
        for (entry,) in terms.entries
    ] == [("Low sugar", ["p5t1d1"]), ("High sugar", ["p5t2d1", "p5t2d2"])]


def test_the_sources_of_a_table_stand_below_it(tmp_path: Path) -> None:
    """Its own and those of the facts in its cells, once."""
    for view in tables_of(tmp_path, "en"):
        assert view.cites == (1,)
        assert not any(child.cites for child in view.children)
        assert not any(cell.cites for child in view.children for cell in child.children)


def test_columns_share_the_room(tmp_path: Path) -> None:
    """All of it, no word cut; where the words do not fit there are no columns."""
    table, terms = tables_of(tmp_path, "de")
    least = sum(narrow for narrow, _ in table.columns) + 2.0
    for room in (least + 0.1, 40.0, 400.0):
        shares = table.shares(room, 1.0)
        assert sum(shares) == pytest.approx(100, abs=0.2)
        for share, (narrow, _) in zip(shares, table.columns, strict=True):
            assert share / 100 * room >= narrow - 0.05 * room / 100
    assert table.shares(least - 0.1, 1.0) == ()
    assert terms.shares(100.0, 1.0) == ()
    assert terms.pair > 0


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_a_table_is_set_as_it_fits(tmp_path: Path, locale: str) -> None:
    """As columns on a sheet, and as pairs in large print."""
    material = material_of(write_diabetes(tmp_path / "project"))
    sheet, told = composed(material, locale, SHEET)
    large, found = composed(material, locale, LARGE)
    assert (*told, *found) == ()
    assert sheet.html.count("<thead>") == 1
    assert sheet.html.count('scope="col"') == 3
    assert "<thead>" not in large.html
    assert large.html.count('class="pairs table"') == 1
    assert large.html.count('scope="row"') == 9 + 2
