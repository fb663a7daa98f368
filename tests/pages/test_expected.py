"""Expected: what is marked is read back, and what a template drops is told."""

from pathlib import Path
from typing import Any

import pytest
import tinyhtml5
from hypothesis import given
from hypothesis import strategies as st

from composing import (
    BILINGUAL,
    PANELS,
    PROOF,
    SHEET,
    composed,
    localized_of,
    material_of,
)
from desk import change
from leaflets.pages.expected import (
    FurnitureText,
    MarkedText,
    ReadBack,
    dropped,
    keys_of,
    read_back,
)
from leaflets.pages.html import escaped
from leaflets.sources.project import Edition

HTML = "{http://www.w3.org/1999/xhtml}"


def read_by_the_engine(html: str) -> ReadBack:
    """Read the marked texts with the parser that the engine has."""
    passages, furniture, alts = [], [], []

    def walk(element: Any) -> None:
        if element.tag == f"{HTML}img" and element.get("alt"):
            alts.append(element.get("alt"))
        text = "".join(element.itertext())
        if element.get("data-passage") is not None:
            passages.append(MarkedText(element.get("id", ""), text))
        elif element.get("data-furniture") is not None:
            furniture.append(FurnitureText(element.get("data-furniture"), text))
        else:
            for child in element:
                walk(child)

    walk(tinyhtml5.parse(html))
    return ReadBack(tuple(passages), tuple(furniture), tuple(alts))


@pytest.mark.parametrize(
    ("locale", "edition"),
    [("en", SHEET), ("ar", PANELS), ("zh_Hans", PROOF), ("ar+en", BILINGUAL)],
)
def test_pages_are_read_as_the_engine_reads_them(
    tiny: Path, locale: str, edition: Edition
) -> None:
    """Two parsers see the same texts, so that the faster one can be taken."""
    composition, _ = composed(material_of(tiny), locale, edition)
    read = read_back(composition.html)
    assert len(read.passages) > 20
    assert read == read_by_the_engine(composition.html)


@given(st.lists(st.text("ab <>&'\"\n\u2066", min_size=1), min_size=1, max_size=4))
def test_texts_are_read_as_they_were_written(texts: list[str]) -> None:
    """Elements inside a marked one are its text; what is not marked is nothing."""
    parts = [
        f'<p id="p{number}" data-passage>{escaped(text)}<b>b<br>{escaped(text)}</b></p>x'
        for number, text in enumerate(texts)
    ]
    read = read_back("".join(parts))
    assert [marked.key for marked in read.passages] == [
        f"p{number}" for number in range(len(texts))
    ]
    assert [marked.text for marked in read.passages] == [
        f"{text}b{text}" for text in texts
    ]


def test_furniture_has_its_role() -> None:
    """A template that names none has furniture all the same."""
    read = read_back(
        '<p data-furniture="standing">A</p><p data-furniture>B<b data-passage>C</b></p>'
        '<img alt="D"><img alt="">'
    )
    assert read.furniture == (FurnitureText("standing", "A"), FurnitureText("", "BC"))
    assert read.furniture_texts == ("A", "BC")
    assert (read.passages, read.alts) == ((), ("D",))


def test_a_text_that_a_template_drops_is_told(tiny: Path) -> None:
    """A promise that is not on the page was promised to nobody."""
    change(tiny / "templates/sheet.html", "{{ promise }}", "")
    _, diagnostics = composed(material_of(tiny), "ar", SHEET)
    assert [(one.code, one.location.path) for one in diagnostics] == [
        ("text-dropped-by-template", "templates/sheet.html")
    ]
    assert "promise" in diagnostics[0].message


def test_texts_in_another_order_are_told(tiny: Path) -> None:
    """Steps and warnings stand as the source has them."""
    change(tiny / "templates/sheet.html", "in blocks %}", "in blocks|reverse %}")
    _, diagnostics = composed(material_of(tiny), "en", SHEET)
    assert {one.code for one in diagnostics} == {"block-order"}


def test_what_an_edition_does_not_hold_is_not_missed(tiny: Path) -> None:
    """The short form leaves texts out, and nobody asks for them."""
    localized = localized_of(material_of(tiny), "en")
    nothing = ReadBack((), (), ())
    some = keys_of(localized, localized.document.blocks[:1])
    every = keys_of(localized, localized.document.blocks)
    assert some < every
    assert {"l-box-box", "f1c", "f1a"} <= every - some
    assert len(dropped(localized, nothing, SHEET, some)) == len(some)


def test_a_text_knows_where_it_can_be_mended(tiny: Path) -> None:
    """Of the leaflet: in its source and its catalog; of the template: in the catalog."""
    composition, _ = composed(material_of(tiny), "ar", SHEET)
    places = {one.key: one for one in composition.passages}
    catalog = "locales/ar/LC_MESSAGES/messages.po"
    assert places["p1"].source.path == "content/tiny.md"
    assert places["p1"].location.path == catalog
    assert places["h-imprint"].location.path == catalog
    assert places["p1"].paragraph == 1
    assert places["h-imprint"].grown == 0
    assert places["p1"].grown != 0
