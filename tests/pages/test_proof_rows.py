"""Rows of a proof: every text once, with all that a reviewer asks for."""

from dataclasses import replace
from pathlib import Path

from composing import localized_of, material_of
from leaflets.languages.locale import find_locale
from leaflets.pages.proof_rows import Row, rows_of
from leaflets.sources.source_language import source_of


def rows(root: Path, locale: str) -> dict[str, Row]:
    """List the rows of the tiny leaflet by key."""
    material = material_of(root)
    made = rows_of(
        localized_of(material, locale), material.evidence, source_of(material.project)
    )
    by_key = {row.key: row for row in made}
    assert len(by_key) == len(made)
    return by_key


def test_every_text_has_a_row(tiny: Path) -> None:
    """In reading order, labels after their drawing."""
    material = material_of(tiny)
    localized = localized_of(material, "ar")
    made = list(rows(tiny, "ar"))
    assert set(made) == set(localized.words)
    assert made[:4] == ["title", "promise", "h1", "p1"]
    assert made[made.index("f1c") :][:3] == ["f1c", "f1a", "l-box-box"]


def test_a_row_tells_what_stands_behind_it(tiny: Path) -> None:
    """The number in the margin, the source, the words, and the values with theirs."""
    row = rows(tiny, "ar")["p3"]
    assert row.where == "¶\u00a03"
    assert row.kind == "paragraph"
    assert "A relapse lasts more than 24 hours" in row.source
    assert "24" in row.html
    assert row.notes == ("hours = 24 (atlas)", "people = 2.8\u00a0million (atlas)")
    assert row.line > 0


def test_labels_stand_in_their_drawing_as_well(tiny: Path) -> None:
    """So their words are repeated in a row of their own name."""
    found = rows(tiny, "en")
    assert [key for key, row in found.items() if not row.own] == ["l-box-box"]
    assert [key for key, row in found.items() if row.figure] == ["f1c"]


def test_what_changed_since_a_signature_is_told(tiny: Path) -> None:
    """A reviewer looks at those rows first."""
    material = material_of(tiny)
    localized = replace(localized_of(material, "ar"), changed=frozenset(["p4"]))
    made = rows_of(localized, material.evidence, source_of(material.project))
    assert [row.key for row in made if row.changed] == ["p4"]


def test_values_are_written_as_the_source_writes_them(tiny: Path) -> None:
    """A reviewer reads them beside the source, whatever language that is in."""
    german = find_locale("de")
    assert german
    material = material_of(tiny)
    rows = rows_of(localized_of(material, "ar"), material.evidence, german)
    notes = [note for row in rows for note in row.notes]
    assert any(note.startswith("people = 2,8\u00a0Millionen") for note in notes)
