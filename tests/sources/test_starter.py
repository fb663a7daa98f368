"""A new project: what is said of it stands in its files, and nothing is wrong in them."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.build.front import analyse
from leaflets.diagnostics import has_errors
from leaflets.sources.content.document import parse
from leaflets.sources.content.family import read_family
from leaflets.sources.project import read_project
from leaflets.sources.starter import Beginning, new_leaflet, new_project
from samples import ROOT
from tiny import FAMILY

TODAY = date(2026, 2, 28)
LOCALES = sorted(path.parts[-3] for path in ROOT.glob("locales/*/LC_MESSAGES/*.po"))


def beginning(**changes: object) -> Beginning:
    """Say that everything is as the starter has it."""
    said = {
        "name": "",
        "title": "",
        "source": "en",
        "locales": ("en", "ar"),
        "papers": ("A4",),
    }
    return Beginning(**said | changes)  # type: ignore[arg-type]


def written(root: Path, new: Beginning) -> Path:
    """Write a new project."""
    for path, data in new_project(new, TODAY):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


def test_every_language_begins_without_a_finding(tmp_path: Path) -> None:
    """The example is translated into all languages that the stock knows."""
    root = written(tmp_path, beginning(locales=("en", *LOCALES)))
    front = analyse(root)
    # "Interpreter" is a German word too, and a note says so.
    assert {diagnostic.code for diagnostic in front.diagnostics} <= {"unchanged"}
    assert not has_errors(front.diagnostics)
    assert front.blocked == {}
    targets = {composition.target.locale for composition in front.compositions}
    assert targets == {"en", *LOCALES}


def test_what_is_said_stands_in_the_files(tmp_path: Path) -> None:
    """Name, title, contacts and papers; a name that is not translated yet is told."""
    new = beginning(
        name='Diabetes "type two"',
        title="Leaflets",
        papers=("Letter",),
        contacts={"nurse": "Your nurse"},
        words={"ar": ("السكري", "نشرات")},
    )
    root = written(tmp_path, new)
    family, diagnostics = read_family((root / "content/family.toml").read_bytes())
    assert not diagnostics
    assert (family.name, family.title) == ('Diabetes "type two"', "Leaflets")
    assert family.contact("nurse")
    project, _ = read_project((root / "pyproject.toml").read_bytes())
    assert project
    assert {paper for edition in project.editions for paper in edition.papers} == {
        "Letter"
    }
    catalog = (root / "locales/ar/LC_MESSAGES/messages.po").read_text(encoding="utf-8")
    assert 'msgstr "السكري"' in catalog
    gaps = [problem for problem in analyse(root).diagnostics if "nurse" in str(problem)]
    assert {problem.code for problem in gaps} == {"untranslated"}


LINES = st.text(st.characters(blacklist_categories=("Cc", "Cs")), min_size=1).filter(
    lambda text: text.strip() and not set("{}") & set(text)
)


@given(LINES, LINES)
def test_any_line_of_text_can_be_a_name(name: str, label: str) -> None:
    """Quotation marks, backslashes and letters of any script stay what they are."""
    new = beginning(name=name, title=name, locales=("en",), contacts={"x": label})
    files = dict(new_project(new, TODAY))
    family, diagnostics = read_family(files["content/family.toml"])
    assert not diagnostics
    contact = family.contact("x")
    assert (family.name, contact and contact.label) == (name, label)


@pytest.mark.parametrize("today", [date(2026, 11, 26), date(2028, 2, 29)])
def test_a_new_leaflet_can_be_read(today: date) -> None:
    """It has every box that its kind asks for, on any day of the year."""
    family, _ = read_family(FAMILY.encode())
    text = new_leaflet(family, "eating-well", 7, today)
    document, diagnostics = parse(text, "content/eating-well.md")
    assert not diagnostics
    assert document
    assert document.meta.order == 7
    assert document.meta.review_by.year == today.year + 2
    boxes = {block.name for block in document.blocks if block.kind == "box"}
    assert boxes == set(family.kind_of("information").boxes)
    assert not has_errors(diagnostics)
