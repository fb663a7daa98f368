"""Checks of punctuation: quotation marks, spaces and variants of Han signs."""

import pytest

from checking import codes_of, diagnostics_of


@pytest.mark.parametrize(
    ("source", "translation", "name", "codes"),
    [
        # foreign-quotes
        ("So-called “reset”.", "Der „Neustart“.", "de", []),
        ("So-called “reset”.", "Der “Neustart”.", "de", ["foreign-quotes"]),
        ("So-called “reset”.", 'Der "Neustart".', "de", ["foreign-quotes"]),
        ("It is the doctor.", "C'est l'avis du médecin.", "fr", []),
        ("Ask Dr. Levi.", 'שאלו את ד"ר לוי.', "he", []),
        ("So-called “reset”.", "所谓「重置」。", "zh_Hans", ["foreign-quotes"]),
        # sign-space
        ("Rest: walk.", "Reposez-vous : marchez.", "fr", []),
        ("Rest: walk.", "Reposez-vous: marchez.", "fr", ["sign-space"]),
        ("Rest; walk.", "Ruhen Sie ; gehen Sie.", "de", ["sign-space"]),
        ("Rest well.", "Ruhen Sie  gut.", "de", ["sign-space"]),
        ("At 12:30.", "Um 12:30.", "de", []),
        # wrong-variant
        ("You can.", "您能这样。", "zh_Hans", []),
        ("You can.", "您能這樣。", "zh_Hans", ["wrong-variant"]),
        ("You can.", "您能这样。", "zh_Hant", ["wrong-variant"]),
        ("You can.", "您能這樣。", "zh_Hant", []),
    ],
)
def test_each_mistake_has_its_code(
    source: str, translation: str, name: str, codes: list[str]
) -> None:
    """What is right beside a mistake has no finding."""
    assert codes_of(source, translation, name) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Reposez-vous ; marchez.", []),
        ("Reposez-vous; marchez.", ["sign-space"]),
        ("Reposez-vous\u202f; marchez.", []),
        ("Reposez « bien ».", []),
        ("Reposez « bien».", ["sign-space"]),
        ("Reposez «bien ».", ["sign-space"]),
        ("Reposez **bien** : marchez.", []),
        ("Reposez **bien**: marchez.", ["sign-space"]),
        ("À 12:30.", []),
    ],
)
def test_french_parts_high_signs(text: str, codes: list[str]) -> None:
    """A space before each of them and after the opening mark, of any kind."""
    source = (
        "At 12:30." if "12" in text else "Rest **well**." if "*" in text else "Rest."
    )
    assert codes_of(source, text, "fr") == codes


def test_the_hint_tells_the_signs_of_the_language() -> None:
    """In the order of its data."""
    found = diagnostics_of("Rest: walk.", "Reposez-vous: marchez.", "fr")
    (hint,) = [one.hint for one in found if one.code == "sign-space"]
    assert hint == ("French has a space before ; ! ? : » and after «; any kind will do")


def test_a_language_without_data_on_quotation_is_not_accused() -> None:
    """Of a language that nobody described any marks will do."""
    assert codes_of("So “it”.", "Svo «það».", "is") == []


def test_two_spaces_and_one_before_a_sign() -> None:
    """One space is none too many between words."""
    assert codes_of("Rest well.", "Ruhen Sie gut.", "de") == []
    assert codes_of("Rest well.", "Ruhen Sie \u00a0gut.", "de") == ["sign-space"]
    assert codes_of("Rest well.", "Ruhen Sie gut .", "de") == ["sign-space"]
