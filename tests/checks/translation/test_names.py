"""Names that hold digits stay what they are in every language."""

import pytest

from checking import PLACE, locale_of
from leaflets.checks.translation.catalog import check_pair
from leaflets.checks.translation.names import names_kept
from leaflets.checks.translation.pair import Pair
from leaflets.diagnostics import Severity
from leaflets.sources.content.names_file import read_names

FILE = """latin = ["Metformin"]
[[name]]
text = "type 1"
de = "Typ 1"
ar = "النوع 1"
[[name]]
text = "type 2"
de = "Typ 2"
ar = "النوع 2"
[[name]]
text = "HbA1c"
"""
NAMES, _ = read_names(FILE.encode(), "content/names.toml")


def codes(source: str, translation: str, name: str) -> list[str]:
    """List the codes of errors and warnings of a translation."""
    pair = Pair(source, translation, locale_of(name), locale_of("en"), PLACE, NAMES)
    found = check_pair(pair)
    return sorted({one.code for one in found if one.severity > Severity.NOTE})


@pytest.mark.parametrize(
    ("source", "translation", "name", "told"),
    [
        ("You have type 2.", "Sie haben Typ 2.", "de", []),
        ("You have type 2.", "Sie haben Typ\u00a02.", "de", []),
        ("You have type 2.", "Sie haben type 2.", "de", []),
        ("You have type 2.", "Sie haben Typ 1.", "de", ["name-parity"]),
        ("You have type 2.", "Sie haben Diabetes.", "de", ["name-parity"]),
        ("You have diabetes.", "Sie haben Typ 2.", "de", ["name-parity"]),
        (
            "You have type 2.",
            "Sie haben Art 2.",
            "de",
            ["name-parity", "number-parity"],
        ),
        ("You have type 2.", "لديك النوع 2.", "ar", []),
        ("You have type 2.", "لديك النوع الثاني.", "ar", ["name-parity"]),
        ("HbA1c is a test.", "HbA1c هو فحص.", "ar", []),
        ("HbA1c is a test.", "HbA1c – это анализ.", "ru", []),
        (
            "HbA1c is a test.",
            "HbA2c – это анализ.",
            "ru",
            ["name-parity", "number-parity"],
        ),
        ("HbA1c", "HbA1c", "ar", []),
        ("HbA1c of 48", "HbA1c فوق 48", "ar", []),
        ("HbA1c of 48", "HbA1c فوق 84", "ar", ["number-parity"]),
        ("Take Metformin now.", "تناول Metformin الآن.", "ar", []),
        ("Take Aspirin now.", "تناول Aspirin الآن.", "ar", ["wrong-script"]),
        ("below 48 mmol", "أقل من 48 mmol", "ar", []),
    ],
)
def test_a_name_is_kept_or_has_its_local_form(
    source: str, translation: str, name: str, told: list[str]
) -> None:
    """Its digits are no number, its letters no English, and no other is one."""
    assert codes(source, translation, name) == told


def test_the_finding_says_what_to_write() -> None:
    """The local form first, then the name as it is."""
    pair = Pair("type 2", "Diabetes", locale_of("de"), locale_of("en"), PLACE, NAMES)
    (found,) = names_kept(pair)
    assert found.hint.startswith('write "Typ 2" or "type 2"')
    assert found.location == PLACE
