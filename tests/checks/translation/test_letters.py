"""Checks of letters: scripts, hidden characters, copies and signs at the end."""

import pytest

from checking import NAMES, codes_of, pair_of
from leaflets.checks.translation.letters import latin_names, unchanged


@pytest.mark.parametrize(
    ("source", "translation", "name", "codes"),
    [
        # look-alike
        ("Rest well.", "استرح جيدًا.", "ar", []),
        ("Rest well.", "استـــرح جيدًا.", "ar", ["look-alike"]),
        ("Rest well.", "استرح جیدًا.", "ar", ["look-alike"]),
        ("Rest well.", "Ruhen Sie ｇut.", "de", ["look-alike"]),
        ("In 30 minutes.", "بـ30 دقيقة.", "ar", []),
        ("In {m} minutes.", "بـ\u2066{m}\u2069 دقيقة.", "ar", []),
        ("In 30 minutes.", "بـــ30 دقيقة.", "ar", ["look-alike"]),
        ("Ask your doctor.", "Fragen Sie Ihre ?rztin.", "de", []),  # one is let pass
        ("Ask your doctor.", "Fragen Sie Ihre Ärztin f?r alles.", "de", ["look-alike"]),
        # control-character
        ("Rest well.", "Ru\u0336h\u0336en Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ru\u034fhen Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ruhen\u2800Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ruhen\ufffcSie gut.", "de", ["control-character"]),
        (
            "Rest well.",
            "Ruhen\u2000\u115fSie gut.",
            "de",
            ["control-character", "wrong-script"],
        ),
        ("Rest well.", "Ruhen\ufe0f Sie gut.", "de", ["control-character"]),
        ("Rest well.", "ארוך \u200fטוב.", "he", []),
        ("Rest well.", "ארוך \u2066MS\u2069 טוב.", "he", []),
        ("Rest well.", "ארוך \u2066MS טוב.", "he", ["control-character"]),
        ("Rest well.", "ארוך \u2069MS\u2066 טוב.", "he", ["control-character"]),
        ("Rest well.", "Ruhen\u202e Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ruhen\u200b Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ruhen\x00 Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ruhen\x1b[m Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ruhen\x9b Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ruhen\U000e0041 Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ruhen\ue000 Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ru\u0301\u0301\u0301hen Sie gut.", "de", ["control-character"]),
        ("Rest well.", "Ru\u200dhen Sie gut.", "de", ["control-character"]),
        ("Rest well.", "क्\u200dष अच्छा।", "hi", []),
        # wrong-script
        ("The MIST study.", "دراسة MIST.", "ar", []),
        ("Take alemtuzumab.", "Принимайте alemtuzumab.", "ru", []),
        ("Interferon beta.", "Interferon-β.", "de", []),
        ("Rest well.", "Отдыхайте хoрошо.", "ru", ["wrong-script"]),  # Latin o
        ("Rest well.", "Ruhen Sie gut хорошо.", "de", ["wrong-script"]),
        ("Take 5 mg.", "Примите 5 mg.", "ru", []),
        ("Take 5 mg.", "5 mg を飲みます。", "ja", []),
        ("A relapse is over.", "Обострение relapse прошло.", "ru", ["wrong-script"]),
        ("Rest well.", "Отдыхайте 好.", "ru", ["wrong-script"]),
        ("OUT OF DATE", "OUT OF DATE", "ru", ["unchanged", "wrong-script"]),
        ("Rest well.", "Descanse bien.", "ru", ["wrong-script"]),
        ("Rest well.", "お休みください。", "zh_Hans", ["wrong-script"]),
        ("Rest well.", "—.", "de", ["wrong-script"]),
        # unchanged
        ("MIST", "MIST", "de", []),
        ("Hospital", "Hospital", "es", []),
        ("Rest very well.", "Rest very well.", "de", ["unchanged"]),
        (
            "When you rest, then call.",
            "Wenn you ruhen, and you anrufen.",
            "de",
            ["unchanged"],
        ),
        # end-punctuation
        ("Can you?", "Können Sie.", "de", ["end-punctuation"]),
        ("Can you?", "Können Sie", "de", ["end-punctuation"]),
        ("Can you", "Können Sie.", "de", ["end-punctuation"]),
        ("Can you?", "¿Puede?", "es", []),
        ("Can you?", "Puede?", "es", ["end-punctuation"]),
        ("Can you?", "هل تستطيع?", "ar", ["end-punctuation"]),
        ("Can you?", "هل تستطيع؟", "ar", []),
        ("You can.", "您能.", "zh_Hans", ["end-punctuation"]),
        ("You can.", "“您能。”", "zh_Hans", []),
        ("You can.", "आप कर सकते हैं।", "hi", []),
        ("Rest…", "Ruhen...", "de", []),
    ],
)
def test_each_mistake_has_its_code(
    source: str, translation: str, name: str, codes: list[str]
) -> None:
    """What is right beside a mistake has no finding."""
    assert codes_of(source, translation, name) == codes


def test_words_are_compared_with_the_language_of_the_source() -> None:
    """A text left in it is no translation, whatever language that is."""
    text = "Ruhen Sie sich bitte gut aus."
    found = list(unchanged(pair_of(text, text, "en", "de")))
    assert [one.message for one in found] == ["the translation is the German text"]
    arabic = "يمكن للراحة أن تساعد كثيرا في كل يوم."
    found = list(unchanged(pair_of(arabic, arabic[:-1] + " aa.", "fa", "ar")))
    assert [one.message for one in found] == ["a part of the translation is in Arabic"]


@pytest.mark.parametrize(
    ("translation", "codes"),
    [
        ("und and you mehr Worte stehen hier in diesem langen Satz.", []),
        ("und and you kurz.", ["unchanged"]),
        ("with and you und viele andere Worte stehen hier so.", ["unchanged"]),
        ("eins zwei alpha bravo charlie delta drei.", []),
        ("eins zwei alpha bravo charlie delta echo drei.", ["unchanged"]),
    ],
)
def test_how_much_of_the_source_is_too_much(translation: str, codes: list[str]) -> None:
    """Three of its common words, two in a short text, or five words in a row."""
    source = "alpha bravo charlie delta echo foxtrot golf hotel india juliet."
    found = unchanged(pair_of(source, translation, "de"))
    assert [one.code for one in found] == codes


def test_names_stay_in_latin_letters() -> None:
    """They are no English, in any case of their letters."""
    assert {"https", "COVID", "mmol"} <= latin_names()
    assert {"MS", "alemtuzumab"} <= NAMES.latin
    assert not {"MS", "alemtuzumab", "relapse"} & latin_names()
    assert codes_of("Take Alemtuzumab.", "Принимайте Alemtuzumab.", "ru") == []


def test_a_question_begins_with_its_sign_where_the_language_has_one() -> None:
    """As many as there are questions."""
    assert codes_of("Can you? Why?", "¿Puede? ¿Por qué?", "es") == []
    assert codes_of("Can you? Why?", "¿Puede? Por qué?", "es") == ["end-punctuation"]
