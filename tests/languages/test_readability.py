"""Readability: what is counted, and the scores of each language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.languages.readability import measure, scores


def test_sentences_words_and_letters_are_counted() -> None:
    """By hand: two sentences, seven words, two of more than six letters."""
    reading = measure(
        ["Nerves carry messages. They are protected, 24 hours."], spaced=True
    )
    assert (reading.sentences, reading.words, reading.long, reading.longest) == (
        2,
        8,
        2,
        5,
    )
    assert reading.letters == 6 + 5 + 8 + 4 + 3 + 9 + 2 + 5
    assert scores(reading, "en", "Latn") == {"LIX": 8 / 2 + 100 * 2 / 8}


def test_scripts_without_spaces_count_letters() -> None:
    """A Chinese sentence is as long as its signs; LIX means nothing there."""
    reading = measure(["神经传递信息。您好吗？"], spaced=False)
    assert (reading.sentences, reading.words, reading.letters, reading.longest) == (
        2,
        0,
        9,
        6,
    )
    assert reading.pace == 4.5
    assert scores(reading, "zh", "Hans") == {}


def test_some_languages_have_a_score_of_their_own() -> None:
    """Gulpease for Italian and Ateşman for Turkish, by hand."""
    reading = measure(["La casa è grande."], spaced=True)
    assert scores(reading, "it", "Latn")["Gulpease"] == 89 + (300 - 10 * 13) / 4
    reading = measure(["Ev çok güzel."], spaced=True)
    assert reading.syllables == 4
    expected = 198.825 - 40.175 * 4 / 3 - 2.610 * 3
    assert scores(reading, "tr", "Latn")["Ateşman"] == pytest.approx(expected)
    assert "Gulpease" not in scores(reading, "tr", "Latn")


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_measured(text: str, spaced: bool) -> None:
    """No text breaks the counts, and parts never exceed the whole."""
    reading = measure([text], spaced=spaced)
    assert reading.long <= reading.words <= reading.letters
    assert reading.longest <= max(reading.words, reading.letters)


@pytest.mark.parametrize(
    ("word", "long"), [("letter", 0), ("letters", 1), ("le-tter", 0), ("lettré", 0)]
)
def test_a_word_is_long_from_seven_letters(word: str, long: int) -> None:
    """Hyphens are no letters, and accents no letters of their own."""
    assert measure([word], spaced=True).long == long
