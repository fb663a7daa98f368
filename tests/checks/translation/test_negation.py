"""Checks of negation: what a lost word turns round, and what nobody promises."""

import pytest

from checking import codes_of, pair_of
from leaflets.checks.translation.negation import claims, negation_parity, negations
from leaflets.diagnostics import Severity
from leaflets.languages.word_lists import find_lexicon


@pytest.mark.parametrize(
    ("source", "translation", "name", "codes"),
    [
        # negation-parity
        ("Do not drive.", "No conduzca.", "es", []),
        ("Do not drive.", "Conduzca.", "es", ["negation-parity"]),
        ("Drive slowly.", "Nicht langsam fahren.", "de", ["negation-parity"]),
        ("Not only you.", "Nicht nur Sie.", "de", []),
        ("The cause is unknown.", "Die Ursache ist unbekannt.", "de", []),
        ("Rest. Do not drive.", "休息。开车。", "zh_Hans", ["negation-parity"]),
        ("Do not stop on your own.", "N’arrêtez pas seul.", "fr", []),
        ("Do not stop on your own.", "Arrêtez seul.", "fr", ["negation-parity"]),
        ("Do not stop on your own.", "혼자서 멈추지 마세요.", "ko", []),
        ("Do not stop on your own.", "혼자서 멈추세요.", "ko", ["negation-parity"]),
        # forbidden-claim
        ("It helps many people.", "Es hilft vielen.", "de", []),
        ("It helps many people.", "Es heilt viele.", "de", ["forbidden-claim"]),
        ("It is not a cure.", "Es ist keine Heilung.", "de", []),
        ("It helps many.", "इससे पूरी तरह ठीक हो जाते हैं.", "hi", ["forbidden-claim"]),
    ],
)
def test_each_mistake_has_its_code(
    source: str, translation: str, name: str, codes: list[str]
) -> None:
    """What is right beside a mistake has no finding."""
    assert codes_of(source, translation, name) == codes


@pytest.mark.parametrize(
    ("text", "name", "least", "most"),
    [
        ("Do not go.", "en", 1, 1),
        ("Do not go, and do not eat.", "en", 2, 2),
        ("Никогда никого не зовите.", "ru", 1, 3),
        ("Not only you.", "en", 0, 0),
        ("Stop it.", "en", 0, 0),
    ],
)
def test_how_often_a_text_denies(text: str, name: str, least: int, most: int) -> None:
    """Where several words deny at once, a clause counts once."""
    lexicon = find_lexicon(name)
    assert lexicon
    counted = negations(text, lexicon)
    assert (counted.least, counted.most) == (least, most)


def test_two_negations_that_became_one_are_a_warning() -> None:
    """They may be grammar; none at all is an error."""
    source = "It is neither good nor bad."
    one = [
        finding.severity
        for finding in negation_parity(pair_of(source, "Es ist nicht gut.", "de"))
    ]
    none = [
        finding.severity
        for finding in negation_parity(pair_of(source, "Es ist gut.", "de"))
    ]
    assert (one, none) == ([Severity.WARNING], [Severity.ERROR])


def test_a_language_without_lists_is_not_accused() -> None:
    """Nothing can be told of it, on either side."""
    assert list(negation_parity(pair_of("Do not go.", "Farðu.", "is"))) == []
    assert list(claims(pair_of("Go.", "It cures.", "en", "is"))) == []


@pytest.mark.parametrize("part", ["-", "'", "a-", "a'"])
def test_a_text_without_spaces_is_searched(part: str) -> None:
    """Its time grows with its length, not with its square."""
    lexicon = find_lexicon("de")
    assert lexicon
    assert negations(part * 20_000, lexicon) == negations(part, lexicon)
