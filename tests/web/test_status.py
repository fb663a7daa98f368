"""How far every leaflet is, in every language, as a table and a picture."""

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from leaflets.build.front import Front
from leaflets.build.manifest import Manifest, read_manifest
from leaflets.diagnostics import Location, Subject, error, warning
from leaflets.languages.locale import find_locale
from leaflets.web.status import Cell, Row, board_of, picture_of, rows_of


def test_the_board_counts_what_is_done(root: Path, front: Front) -> None:
    """Texts, files, standing and fit of each language, and a square for each."""
    manifest, _ = read_manifest(root / "build")
    rows = rows_of(front, manifest, root / "build")
    assert [row.locale.name for row in rows] == ["en", "ar", "zh_Hans"]
    for row in rows:
        assert row.translated == row.messages > 0
        assert [(one.standing, one.files, one.wanted) for one in row.cells] == [
            ("draft", 1, 1)
        ]
        assert row.cells[0].fit.startswith("type from")
        assert row.cells[0].review_by == "2028-01-02"
    assert picture_of(rows).count(b"<g ") == 3


def test_nothing_published_is_nothing_done(root: Path, front: Front) -> None:
    """What is asked for is still counted; earlier files do not count as done."""
    manifest, _ = read_manifest(root / "build")
    earlier = tuple(replace(entry, earlier=True) for entry in manifest.entries)
    for entries in ((), earlier):
        rows = rows_of(front, replace(manifest, entries=entries), root / "build")
        for cell in (cell for row in rows for cell in row.cells):
            assert (cell.files, cell.wanted) == (0, 1)
            assert cell.fit == "fit not measured"


def test_a_finding_counts_once_for_its_language(front: Front) -> None:
    """Although it was found in several editions."""
    place = Location("locales/ar/LC_MESSAGES/messages.po", 3)
    diagnostics = tuple(
        make("code", "words", place, subject=Subject("tiny", "ar", edition, "A4"))
        for edition in ("sheet", "booklet")
        for make in (error, warning)
    )
    changed = replace(front, diagnostics=diagnostics)
    rows = rows_of(changed, Manifest(), Path("build"))
    counts = {row.locale.name: (row.errors, row.warnings) for row in rows}
    assert counts == {"en": (0, 0), "ar": (1, 1), "zh_Hans": (0, 0)}


def test_a_square_is_filled_as_far_as_its_files_are() -> None:
    """Nothing wanted is nothing filled, and a name is written as XML."""
    english = find_locale("en")
    assert english
    cells = tuple(
        Cell(standing=standing, files=files, wanted=wanted, fit="", review_by="")
        for standing, files, wanted in (
            ("draft", 0, 0),
            ("approved", 1, 2),
            ('"', 2, 2),
        )
    )
    row = Row(
        locale=english, translated=1, messages=1, errors=0, warnings=0, cells=cells
    )
    drawn = ElementTree.fromstring(picture_of((row,)))
    groups = drawn.findall("{*}g")
    assert [group.get("aria-label") for group in groups] == [
        "English: draft",
        "English: approved",
        'English: "',
    ]
    heights = [float(group[0].get("height", "")) for group in groups]
    assert heights == [0, 7, 14]


def test_the_page_tells_sums(root: Path, front: Front) -> None:
    """Every title and language is on it, and the picture beside it."""
    manifest, _ = read_manifest(root / "build")
    files = dict(board_of(front, manifest, root / "build"))
    assert set(files) == {"status.html", "status.svg"}
    page = files["status.html"].decode()
    assert "A tiny leaflet" in page
    assert page.count("status.svg") >= 1
    for row in rows_of(front, manifest, root / "build"):
        assert row.locale.english_name in page


def test_a_fact_in_a_title_stands_on_the_page(root: Path, front: Front) -> None:
    """With its value, or open where nobody knows it."""
    (document,) = front.material.documents
    title = replace(document.title, text="Of {hours} hours and {nothing}")
    documents = (replace(document, title=title),)
    changed = replace(front, material=replace(front.material, documents=documents))
    manifest, _ = read_manifest(root / "build")
    files = dict(board_of(changed, manifest, root / "build"))
    assert "Of 24 hours and …" in files["status.html"].decode()
