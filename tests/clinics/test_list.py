"""Lists of clinics are read or told, and a column is declared in one place."""

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.clinics.list import COLUMNS, FORM, ClinicText, check_row, read_clinics
from leaflets.diagnostics import Location
from leaflets.languages.locale import find_locale
from leaflets.pages.templates import ScreenTranslator, macros
from leaflets.sources.content.family import Family
from samples import ROOT

HEAD = "id,name,phone,hours,address,interpreter,url,language,territory,locales\n"


LOCALES = ("en", "ar", "zh_Hans")


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("A,Name,,,,,,,,", "id", '"id" is not made of'),
        ("a,,,,,,,,,", "name", "the clinic has no name"),
        ("a,Name,call us,,,,,,,", "phone", '"call us" is no telephone number'),
        ("a,Name,,,,,http://example.org,,,", "url", "that begins with https"),
        ("a,Name,,,,,javascript:alert(1),,,", "url", "that begins with https"),
        ("a,Name,,,,,,english!,,", "language", "is no language tag"),
        ("a,Name,,,,,,,XX,", "territory", 'no territory is called "XX"'),
        ("a,Name,,,,,,,,xx", "locales", 'the project has no language "xx"'),
        ("a,Na\u202eme,,,,,,,,", "name", "holds U+202E"),
        ("a,Na\u0301\u0301\u0301me,,,,,,,,", "name", "drawn over other words"),
        ("a,Na\u0336me,,,,,,,,", "name", "drawn over other words"),
        ("a,Na\u0000me,,,,,,,,", "name", "holds U+0000"),
        (f"a,{'n' * 201},,,,,,,,", "name", "more than 200 characters"),
        ("a,Name", "", "there are 2 fields, and 10 columns"),
        ("../a,Name,,,,,,,,", "id", '"id" is not made of'),
    ],
)
def test_a_bad_row_is_told_at_its_line(row: str, column: str, words: str) -> None:
    """The row is left out, the others are read, and its column is what it is about."""
    data = f"{HEAD}good,Good,,,,,,,,\n{row}\n".encode()
    clinics, (diagnostic,) = read_clinics(data, "clinics.csv", LOCALES, "en")
    assert [clinic.id for clinic in clinics] == ["good"]
    assert str(diagnostic.location) == "clinics.csv:3"
    assert (diagnostic.code, diagnostic.subject.field) == ("clinic-file", column)
    assert words in diagnostic.message


def test_the_same_clinic_twice_is_told() -> None:
    """Its files would take each other's place."""
    data = f"{HEAD}a,One,,,,,,,,\n a,Two,,,,,,,,\n".encode()
    clinics, (diagnostic,) = read_clinics(data, "clinics.csv", LOCALES, "en")
    assert [clinic.name for clinic in clinics] == ["One"]
    assert "another clinic" in diagnostic.message
    assert diagnostic.subject.field == "id"


def test_toml_says_the_same_as_csv() -> None:
    """Tables and rows give equal clinics."""
    table = b'[[clinic]]\nid = "a"\nname = "One"\nlocales = ["ar", "en"]\n'
    row = b"id,name,locales\na,One,ar en\n"
    one, none = read_clinics(table, "clinics.toml", LOCALES, "en")
    two, nothing = read_clinics(row, "clinics.csv", LOCALES, "en")
    assert none == nothing == ()
    assert replace(one[0], location=two[0].location) == two[0]


def test_a_bad_table_is_told_at_its_line() -> None:
    """The line is that of the table's head."""
    data = b'[[clinic]]\nid = "a"\nname = "One"\n\n[[clinic]]\nid = "b"\nname = "B"\nfax = "1"\n'
    clinics, (diagnostic,) = read_clinics(data, "clinics.toml", LOCALES, "en")
    assert [clinic.id for clinic in clinics] == ["a"]
    assert str(diagnostic.location) == "clinics.toml:5"
    assert diagnostic.subject.field == "fax"


@given(st.binary(max_size=300), st.sampled_from(["c.csv", "c.toml"]))
def test_no_list_makes_a_traceback(data: bytes, path: str) -> None:
    """Whatever is given is read or told."""
    read_clinics(HEAD.encode() + data, path, LOCALES, "en")
    read_clinics(data, path, LOCALES, "en")


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("id", ["a"], '"id" is not a text'),
        ("phone", 1, '"phone" is not a text'),
        ("locales", 1, '"locales" is no list'),
        ("editions", ["sheet", 1], '"editions" is no list'),
    ],
)
def test_a_value_of_the_wrong_kind_is_told(
    column: str, value: object, words: str
) -> None:
    """TOML can hold what CSV cannot."""
    row = {"id": "a", "name": "One", column: value}
    (diagnostic,) = check_row(row, LOCALES, Location("clinics.toml", 1))
    assert (diagnostic.message, diagnostic.subject.field) == (words, column)


def test_a_list_of_the_wrong_kind_as_id_is_told() -> None:
    """No list makes a traceback, one in a list neither."""
    clinics, (diagnostic,) = read_clinics(
        b'[[clinic]]\nid = ["a"]\nname = "One"\n', "clinics.toml", LOCALES, "en"
    )
    assert clinics == ()
    assert diagnostic.subject.field == "id"


def test_every_field_is_a_column() -> None:
    """Only the place in the list is none; a new field needs nothing else here."""
    assert set(COLUMNS) == {one.name for one in fields(ClinicText)} - {"location"}
    assert set(FORM) <= set(COLUMNS)


def test_every_line_of_the_panel_has_its_words_and_its_blank() -> None:
    """A column that is printed is the second time in templates/clinic.html."""
    templates = {
        path.name: path.read_text(encoding="utf-8")
        for path in (ROOT / "templates").iterdir()
    }
    english = find_locale("en")
    assert english
    variables = {
        "_": ScreenTranslator(None, english, Family()),
        "prefix": "",
        "short": False,
    }
    clinic = macros(templates, "clinic.html", variables)
    page = str(clinic.rows(clinic.label))
    for name, column in COLUMNS.items():
        blank = f'data-blank="{name}-1"' in page
        label = bool(str(clinic.clinic_label(name)).strip())
        assert (blank, label) == (bool(column.weight), bool(column.weight)), name


def test_every_column_is_in_the_clinics_guide() -> None:
    """Who makes a list finds there what may stand in it."""
    guide = (ROOT / "docs" / "clinics.md").read_text(encoding="utf-8")
    table = [line.split("|")[1] for line in guide.splitlines() if line.startswith("| ")]
    for name in COLUMNS:
        assert any(f"`{name}`" in cell for cell in table), name
