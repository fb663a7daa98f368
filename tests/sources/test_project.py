"""The project file: what is printed for whom, and every slip told at its line."""

from dataclasses import MISSING, fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.build.front import analyse
from leaflets.diagnostics import LeafletsError
from leaflets.paper.fold import Fold
from leaflets.paper.sheet import Shop
from leaflets.sources.project import (
    Clinic,
    Edition,
    Waiver,
    _ClinicTable,
    _EditionTable,
    _ShopTable,
    _WaiverTable,
    read_project,
)
from tiny import PROJECT


def project_codes(text: str) -> list[tuple[str, int]]:
    """Read a project file; (code, line) of what is wrong."""
    made, found = read_project(text.encode())
    assert (made is None) == bool(found)
    return [(one.code, one.location.line) for one in found]


def test_a_sound_project_is_read() -> None:
    """The tiny project has three locales and one edition."""
    made, found = read_project(PROJECT.encode())
    assert not found
    assert made
    assert [one.name for one in made.locales] == ["en", "ar", "zh_Hans"]
    assert made.editions[0].papers == ("A4",)
    assert made.clinic.contacts["team"] == "+00 30 1234-567"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('source = "en"', 'source = "en"\nsauce = "x"', 3),
        ('"zh_Hans"]', '"xx"]', 3),
        ('source = "en"', 'source = "fr"', 2),
        ('papers = ["A4"]', 'papers = ["A3"]', 9),
        ("pages = 4", 'pages = "four"', 12),
        ("[tool.leaflets.clinic]", "[tool.leaflets.clinic]\nphone = 'x'", 16),
        ('team = "+00 30 1234-567"', 'team = "a\\nb"', 18),
        ("[tool.leaflets.clinic]", '[tool.leaflets.clinic]\nterritory = "EU"', 16),
        ("[tool.leaflets.clinic]", '[tool.leaflets.clinic]\nterritory = "us"', 16),
        ("[tool.leaflets.edition.sheet]", "[tool.leaflets.version.sheet]", 1),
        ("[tool.leaflets.edition.sheet]", "[tool.leaflets.edition.'a/b']", 7),
        ("[tool.leaflets.edition.sheet]", "[tool.leaflets.edition.'']", 7),
        ("size = 12", "size = 0", 10),
        ("size = 12", "size = nan", 10),
        ("size = 12", f"size = {'9' * 4000}", 10),
        ("smallest = 10", "smallest = inf", 11),
        ("smallest = 10", "smallest = -1", 11),
        ("pages = 4", "pages = 0", 12),
        ("pages = 4", "pages = 4.0", 12),
        ("margin = 8", "margin = 1e308", 13),
        ("margin = 8", 'margin = 8\nfold = "zigzag"', 14),
        ("margin = 8", "margin = 8\nfold = []", 14),
        ("margin = 8", 'margin = 8\ntext = "long"', 14),
        ("margin = 8", "margin = 8\nleast = 13", 14),
        ("margin = 8", "margin = 8\ncontrast = 0", 14),
        ("margin = 8", 'margin = 8\nbeside = ["fr"]', 14),
        ("margin = 8", 'margin = 8\nbeside = "ar"', 14),
        ("margin = 8", 'margin = 8\nshops = ["nobody"]', 14),
        ("margin = 8", "margin = 8\nshops = [{}]", 14),
        ('papers = ["A4"]', "papers = [{}]", 9),
        ('papers = ["A4"]', 'papers = "A4"', 9),
        ('template = "sheet.html"\n', "", 7),
        ("margin = 8", "margin = 8\nmargn = 8", 14),
        ('source = "en"', "source = 5", 2),
        ('source = "en"', 'source = "en"\nwaiver = 5', 3),
        ('source = "en"', 'source = "en"\nshop = 5', 3),
        ('source = "en"', 'source = "en"\nshop = {a = 5}', 3),
        ('source = "en"', 'source = "en"\nwaiver = [5]', 3),
        ('source = "en"', 'source = "en"\nweblate = 5', 3),
        ('"zh_Hans"]', "5]", 3),
        ("[tool.leaflets.clinic]", "[tool.leaflets.clinic]\nname = 5", 16),
    ],
)
def test_faults_of_the_project_file(old: str, new: str, line: int) -> None:
    """Each fault is told at the line of its key."""
    assert ("project-file", line) in project_codes(PROJECT.replace(old, new))


def test_a_project_without_table() -> None:
    """A pyproject.toml of another kind is told so."""
    assert project_codes("[tool.other]\n") == [("project-file", 1)]


WAIVER = """
[[tool.leaflets.waiver]]
code = "glossary-term"
where = "locales/ar/"
reason = "x"
until = 2030-01-01
"""
SHOP = """
[tool.leaflets.shop.europe]
paper = "A4"
profile = "fogra39"
condition = "FOGRA39"
bleed = 3.0
safe = 5
ink = 280.0
line = 0.25
ppi = 300
marks = false
caliper = 0.12
stock = "x"
colours = "4/4"
quantity = 500
"""
LENGTH = len(PROJECT.split("\n")) - 1


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('code = "glossary-term"\n', "", 2),
        ('code = "glossary-term"', 'code = ""', 3),
        ('where = "locales/ar/"', "where = 5", 4),
        ("until = 2030-01-01", 'until = "2030-01-01"', 6),
        ("until = 2030-01-01", "until = 2030-01-01\nreson = 1", 7),
        ("[[tool.leaflets.waiver]]", "[tool.leaflets.waiver]", 2),
    ],
)
def test_faults_of_waivers(old: str, new: str, line: int) -> None:
    """Each waiver has a line of its own, so that the second is not the first."""
    assert old in WAIVER
    second = LENGTH + len(WAIVER.split("\n")) - 1
    if "[[" in new or "[" not in new:
        text = PROJECT + WAIVER + WAIVER.replace(old, new)
        assert ("project-file", second + line) in project_codes(text)
    text = PROJECT + WAIVER.replace(old, new)
    assert ("project-file", LENGTH + line) in project_codes(text)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('paper = "A4"', 'paper = "A3"', 3),
        ('paper = "A4"', "paper = []", 3),
        ("bleed = 3.0", "bleed = -1", 6),
        ("bleed = 3.0", "bleed = inf", 6),
        ("ppi = 300", "ppi = 0", 10),
        ("marks = false", "marks = 1", 11),
        ("quantity = 500", f"quantity = {'9' * 4000}", 15),
        ("quantity = 500", "quantity = 500\nquality = 1", 16),
        ('stock = "x"\n', "", 2),
        ("[tool.leaflets.shop.europe]", "[tool.leaflets.shop.'a b']", 2),
    ],
)
def test_faults_of_print_shops(old: str, new: str, line: int) -> None:
    """A shop that cannot be meant is told at its line."""
    assert old in SHOP
    text = PROJECT + SHOP.replace(old, new)
    assert ("project-file", LENGTH + line) in project_codes(text)


def test_marks_need_a_bleed() -> None:
    """Crop marks stand outside the bleed."""
    text = SHOP.replace("marks = false", "marks = true")
    assert project_codes(PROJECT + text) == []
    text = text.replace("bleed = 3.0", "bleed = 0")
    assert project_codes(PROJECT + text) == [("project-file", LENGTH + 11)]


def test_an_edition_has_one_shop_for_each_paper() -> None:
    """A shop of another paper, and one that is not there, are told."""
    pressed = PROJECT.replace("margin = 8", 'margin = 8\nshops = ["europe"]') + SHOP
    assert project_codes(pressed) == []
    letter = pressed.replace('paper = "A4"', 'paper = "Letter"')
    assert project_codes(letter) == [("project-file", 14)]


def test_every_slip_is_told_in_one_run() -> None:
    """A fault in one table hides none in another."""
    text = PROJECT.replace("size = 12", "size = 0").replace("pages = 4", "page = 4")
    text = text.replace('team = "+00 30 1234-567"', "team = 5")
    text += WAIVER.replace("reason", "why")
    text = text.replace('source = "en"', 'source = "en"\nsauce = 1')
    found = project_codes(text + SHOP.replace("ppi = 300", 'ppi = "300"'))
    assert [line for _, line in found] == sorted(
        [3, 8, 11, 13, 19, LENGTH + 3, LENGTH + 6, LENGTH + 17]
    )


def test_the_nearest_key_is_named() -> None:
    """A typing slip is told with the key that was probably meant."""
    _, found = read_project(PROJECT.replace("margin", "margn").encode())
    (slip,) = [one for one in found if "margn" in one.message]
    assert slip.message == 'unknown key: the edition "sheet" has no "margn"'
    assert slip.hint.startswith('did you mean "margin"? known: template, papers')


@pytest.mark.parametrize(
    ("table", "value", "apart"),
    [
        (_EditionTable, Edition, {"name"}),
        (_ShopTable, Shop, {"name"}),
        (_ClinicTable, Clinic, {"places"}),
        (_WaiverTable, Waiver, {"location"}),
    ],
)
def test_schemas_and_values_have_the_same_keys(
    table: type, value: type, apart: set[str]
) -> None:
    """A key that is read is kept, and in the same form if it is left out."""
    known = {one.name: one for one in fields(value) if one.name not in apart}
    assert table.model_fields.keys() == known.keys()  # type: ignore[attr-defined]
    for name, field in table.model_fields.items():  # type: ignore[attr-defined]
        if not field.is_required():
            kept = known[name].default
            if kept is MISSING:
                kept = known[name].default_factory()
            kept = kept.name if isinstance(kept, Fold) else kept
            assert field.get_default(call_default_factory=True) == kept, name


LOOKED_AT = [
    ("size = 12", "size = 0"),
    ("size = 12", "size = 1e308"),
    ("smallest = 10", "smallest = inf"),
    ("smallest = 10", "smallest = nan"),
    ("[tool.leaflets.edition.sheet]", "edition = 5\n[tool.x]"),
    ("[tool.leaflets]", "[tool.leaflets]\nwaiver = 5"),
    ('papers = ["A4"]', "papers = [{}]"),
    ("[tool.leaflets]", "[tool]\nleaflets = 5\n[tool.x]"),
    ("[tool.leaflets]", "tool = 5\n[x]"),
    ("[tool.leaflets]", "a = " + "[" * 5000 + "\n[tool.leaflets]"),
]


@pytest.mark.parametrize(("old", "new"), LOOKED_AT)
def test_no_project_file_is_a_crash(tiny: Path, old: str, new: str) -> None:
    """Whatever stands in it, the program says what is wrong and where."""
    assert old in PROJECT
    (tiny / "pyproject.toml").write_text(PROJECT.replace(old, new), encoding="utf-8")
    with pytest.raises(LeafletsError) as caught:
        analyse(tiny)
    assert {one.code for one in caught.value.diagnostics} == {"project-file"}


SCALARS = st.sampled_from(
    [
        "0",
        "-1",
        "5",
        "1e308",
        "nan",
        "inf",
        "true",
        '""',
        '"A4"',
        "[]",
        "[{}]",
        "{}",
        "2026-01-01",
        "9999-12-31",
        '["en"]',
        '"\\u0000"',
        "{a=[1]}",
    ]
)
LINES = [number for number, line in enumerate(PROJECT.split("\n")) if " = " in line]


@given(st.sampled_from(LINES), SCALARS)
def test_any_value_is_read_or_told(number: int, value: str) -> None:
    """Every key with every kind of value gives a project or findings."""
    lines = PROJECT.split("\n")
    lines[number] = lines[number].split(" = ")[0] + " = " + value
    project, found = read_project("\n".join(lines).encode())
    assert (project is None) == bool(found)
