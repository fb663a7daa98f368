"""A word of one side must not become a word of the other."""

import pytest

from checking import PLACE, locale_of
from leaflets.checks.translation.opposites import opposite
from leaflets.checks.translation.pair import Pair
from leaflets.diagnostics import Diagnostic, Severity
from leaflets.languages.word_lists import find_lexicon, fold


def findings(source: str, translation: str, name: str = "de") -> list[Diagnostic]:
    """Check one translation out of English."""
    pair = Pair(source, translation, locale_of(name), locale_of("en"), PLACE)
    return list(opposite(pair))


KINDS = [
    (
        ("Call before the infusion.", "Call after the infusion."),
        ("Rufen Sie vor der Infusion an.", "Rufen Sie nach der Infusion an."),
    ),
    (
        ("It raises the risk.", "It lowers the risk."),
        ("Es erhöht das Risiko.", "Es senkt das Risiko."),
    ),
    (
        ("Symptoms get better.", "Symptoms get worse."),
        ("Die Symptome bessern sich.", "Die Symptome verschlechtern sich."),
    ),
    (
        ("Wait at least two days.", "Wait at most two days."),
        ("Warten Sie mindestens zwei Tage.", "Warten Sie höchstens zwei Tage."),
    ),
    (
        ("It takes more than 5 days.", "It takes less than 5 days."),
        ("Es dauert mehr als 5 Tage.", "Es dauert weniger als 5 Tage."),
    ),
    (
        ("Headaches are common.", "Headaches are rare."),
        ("Kopfschmerzen sind häufig.", "Kopfschmerzen sind selten."),
    ),
    (
        ("Call at once.", "Call later."),
        ("Rufen Sie sofort an.", "Rufen Sie später an."),
    ),
    (
        ("You must rest.", "You may rest."),
        ("Sie müssen ruhen.", "Sie dürfen ruhen."),
    ),
    (
        ("Start the tablets.", "Stop the tablets."),
        ("Beginnen Sie mit den Tabletten.", "Setzen Sie die Tabletten ab."),
    ),
    (
        ("Raise your left arm.", "Raise your right arm."),
        ("Heben Sie den linken Arm.", "Heben Sie den rechten Arm."),
    ),
    (
        ("It is safe.", "It is not safe."),
        ("Es ist ungefährlich.", "Es ist gefährlich."),
    ),
]


@pytest.mark.parametrize(("source", "translation"), KINDS)
def test_each_kind_is_seen_both_ways(
    source: tuple[str, str], translation: tuple[str, str]
) -> None:
    """The same side is fine, the other one an error."""
    for index in (0, 1):
        assert findings(source[index], translation[index]) == []
        (found,) = findings(source[index], translation[1 - index])
        assert (found.code, found.severity) == ("opposite", Severity.ERROR)


def test_the_finding_quotes_both_words() -> None:
    """And its hint says what to look for."""
    (found,) = findings("Ask before it.", "اسأل بعد ذلك.", "ar")
    assert found.message == (
        'the source says "before", the translation "بعد": the opposite'
    )
    assert '"بعد"' in found.hint


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("Ask before the infusion.", "Fragen Sie uns."),
        ("Ask us.", "Fragen Sie nach der Infusion."),
        ("Ask before the infusion.", "Fragen Sie vor und nach der Infusion."),
        ("Ask before the infusion.", "Vor der Infusion fragen, nach ihr nicht."),
        ("Rest before and after it.", "Ruhen Sie nach der Infusion."),
        ("Ask before it.", "Fragen Sie je nach Bedarf."),
    ],
)
def test_in_doubt_nothing_is_said(source: str, translation: str) -> None:
    """Neither side, or both, in either text."""
    assert findings(source, translation) == []


def test_sentences_are_compared_one_by_one() -> None:
    """Where there are as many; else the whole text, which then holds both sides."""
    source = "Call before the infusion. Rest after it."
    turned = "Rufen Sie nach der Infusion an. Ruhen Sie vor ihr."
    assert len(findings(source, turned)) == 2
    assert findings(source, "Rufen Sie vor der Infusion an. Ruhen Sie danach.") == []
    assert findings(source, turned.replace(". ", " und ")) == []
    (found,) = findings("Call before it. Rest.", "Rufen Sie danach an und ruhen Sie.")
    assert found.code == "opposite"


@pytest.mark.parametrize(
    ("source", "translation", "told"),
    [
        ("Take no more than 5 tablets.", "Nehmen Sie höchstens 5 Tabletten.", 0),
        ("Take no more than 5 tablets.", "Nehmen Sie mindestens 5 Tabletten.", 1),
        ("Take at most 5 tablets.", "Nehmen Sie nicht mehr als 5 Tabletten.", 0),
        ("Drive not before Monday.", "Fahren Sie erst nach Sonntag.", 0),
        ("Drive not before Monday.", "Fahren Sie vor Montag.", 1),
        ("Rest before it, not after it.", "Ruhen Sie nach der Infusion.", 1),
        ("You must not drive.", "Sie dürfen nicht fahren.", 0),
        ("It grows over 2 to 3 months.", "Es wächst in weniger als 3 Monaten.", 0),
    ],
)
def test_the_longest_phrase_wins(source: str, translation: str, told: int) -> None:
    """A negation inside it makes it the other side, or none."""
    assert len(findings(source, translation)) == told


def test_a_number_that_is_filled_in_is_a_number() -> None:
    """ "#" stands for any digits, and for a placeholder."""
    assert findings("Under {age} years.", "Unter {age} Jahren.") == []
    assert len(findings("Under {age} years.", "Über {age} Jahre.")) == 1
    assert findings("Under the arm.", "Über dem Arm.") == []


def test_a_language_without_lists_is_not_judged() -> None:
    """Danish has none of these words yet, Esperanto no word list."""
    assert findings("Call before it.", "Ring efter det.", "da") == []
    lexicon = find_lexicon("de")
    assert lexicon
    assert lexicon.opposites["time"].said(fold("Vor und nach Ostern")) == {}
