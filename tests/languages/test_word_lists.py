"""Word lists: each can be used, and what its patterns match."""

from pathlib import Path

import pytest

from leaflets.languages import tables
from leaflets.languages.language import find_language
from leaflets.languages.word_lists import find_lexicon, fold, has_lexicon, lexicon_of

LISTS = sorted(
    name
    for path in tables.FOLDER.iterdir()
    if (name := Path(str(path)).stem) != "scripts" and find_language(name).negation
)


def test_there_are_lists_for_all_that_is_in_print() -> None:
    """Twenty-five languages; those with other knowledge only have none."""
    assert len(LISTS) == 25
    assert not has_lexicon("da")


@pytest.mark.parametrize("name", LISTS)
def test_every_word_list_can_be_used(name: str) -> None:
    """All tables are there, and each pattern of a ratio has two numbers."""
    lexicon = find_lexicon(name)
    assert lexicon
    assert lexicon.negations.pattern
    assert {"hour", "day", "milligram", "percent"} <= set(lexicon.units)
    assert set(lexicon.claims) == {"cure", "guarantee", "riskless", "miracle"}
    for pattern in (*lexicon.part_first, *lexicon.whole_first, *lexicon.ranges):
        assert pattern.groups == 2, pattern.pattern
    keys = {key for key, sure in lexicon.values if sure}
    # In Han signs each number has a form of its own; `numerals` reads them.
    assert name in ("zh", "zh_Hant", "ja") or {"2", "3", "10", "100"} <= keys


def test_lists_are_found_by_region_first() -> None:
    """`zh_Hans` is read with `zh`; a language without a list has none."""
    assert find_lexicon("zh_Hans") is not None
    assert has_lexicon("de_AT")
    assert not has_lexicon("is")
    assert find_lexicon("is") is None


def test_a_language_without_lists_is_read_in_digits() -> None:
    """Nothing is found in it, and nothing fails."""
    empty = lexicon_of("is")
    assert empty.numbers is None
    assert empty.negations.count("not no never") == 0
    assert empty.negations.without("not") == "not"
    assert lexicon_of("de") is not empty


@pytest.mark.parametrize(
    ("name", "text", "count"),
    [
        ("de", "nicht keinerlei", 2),
        ("de", "nichte", 0),
        ("en", "don't", 1),
        ("en", "knot", 0),
        ("zh", "不不", 2),
        ("ar", "ولا لا", 2),
        ("ru", "ничего нет", 2),
    ],
)
def test_patterns_match_whole_words(name: str, text: str, count: int) -> None:
    """ "~" is any ending; without spaces between words a pattern stands anywhere."""
    lexicon = find_lexicon(name)
    assert lexicon
    assert lexicon.negations.count(fold(text)) == count


def test_numbers_of_two_words_are_spelled_in_one() -> None:
    """German and Dutch write five-and-twenty as one word, and so one."""
    for name, words in (("de", "einundzwanzig"), ("nl", "eenentwintig")):
        lexicon = find_lexicon(name)
        assert lexicon
        assert lexicon.numbers
        match = lexicon.numbers.fullmatch(words)
        assert match
        assert lexicon.values[int(str(match.lastgroup)[1:])] == ("21", True)


def test_spellings_that_mean_the_same_are_folded() -> None:
    """Vowel points, apostrophes and narrow spaces change no word."""
    assert fold("لا تَأخُذ") == fold("لا تاخذ")
    assert fold("don’t\u202fgo") == "don't go"
    assert fold("İki IŞIK") == fold("iki ışık")
    assert fold("iki ışık") != fold("üç ışık")
