"""Names stay what they are in every language."""

import pytest

from checking import NAMES as OURS
from checking import PLACE, locale_of
from leaflets.checks.translation.catalog import check_pair
from leaflets.checks.translation.names import names_apart, names_kept
from leaflets.checks.translation.pair import Pair
from leaflets.diagnostics import Severity
from leaflets.sources.content.names_file import read_names
from samples import translated

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


MEDICINES = """
[[apart]]
text = "natalizumab"
ru = "натализумаб"
ar = ["ناتاليزوماب", "نتاليزوماب"]
[[apart]]
text = "interferon beta"
de = "Interferon beta"
[[apart]]
text = "peginterferon beta"
"""
APART, FAULTS = read_names(MEDICINES.encode(), "content/names.toml")


@pytest.mark.parametrize(
    ("source", "translation", "name", "count"),
    [
        ("Natalizumab can harm.", "Вред от натализумаба.", "ru", 0),
        ("Natalizumab can harm.", "Вред от алемтузумаба.", "ru", 1),
        ("Some can harm.", "Вред от натализумаба.", "ru", 1),
        ("Natalizumab can harm.", "قد يضر نتاليزوماب.", "ar", 0),
        ("Natalizumab can harm.", "قد يضر ناتاليزوماب.", "ar", 0),
        ("Natalizumab can harm.", "قد يضر إنترفيرون.", "ar", 1),
        ("Natalizumab can harm.", "NATALIZUMAB kann schaden.", "de", 0),
        ("Interferon beta can harm.", "Interferon\u00a0Beta schadet.", "de", 0),
        ("Interferon beta can harm.", "Natalizumab schadet.", "de", 2),
        ("Peginterferon beta can harm.", "Peginterferon beta schadet.", "de", 0),
        ("Peginterferon beta can harm.", "Interferon beta schadet.", "de", 2),
    ],
)
def test_no_medicine_is_taken_for_another(
    source: str, translation: str, name: str, count: int
) -> None:
    """One that is exchanged is missing, and another one is not in the source."""
    pair = Pair(source, translation, locale_of(name), locale_of("en"), PLACE, APART)
    found = list(names_apart(pair))
    assert FAULTS == ()
    assert [diagnostic.code for diagnostic in found] == ["name-parity"] * count


def test_every_medicine_of_ours_is_kept_apart_in_every_language() -> None:
    """Exchanged for the next in a list, it is told, whatever the language."""
    listed = OURS.apart
    assert len(listed) >= 20
    missed = []
    for locale in translated():
        for name, other in zip(listed, (*listed[1:], listed[0]), strict=True):
            pair = Pair(
                f"Ask about {name.text}.",
                f"… {other.said(locale)[0]}.",
                locale_of(locale),
                locale_of("en"),
                PLACE,
                OURS,
            )
            if len(list(names_apart(pair))) != 2:
                missed.append((locale, name.text))
    assert missed == []
