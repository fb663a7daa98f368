"""Amounts: the numbers of a text with what they count."""

import pytest

from checking import locale_of
from leaflets.checks.translation.amounts import Amounts, read_amounts
from leaflets.languages.locale import decimal_sign
from leaflets.languages.word_lists import lexicon_of


def amounts(text: str, name: str = "en") -> Amounts:
    """Read the numbers of a text."""
    return read_amounts(text, lexicon_of(name), decimal_sign(locale_of(name)))


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("en", "two hundred and five people, twenty-four hours", ["205", "24"]),
        ("en", "half a tablet, 2.8 million, {x} days", ["0.5", "2800000", "{x}"]),
        ("de", "zweiundvierzig oder 1.200 Tage", ["42", "1200"]),
        ("ar", "خمسة وعشرون يوما، مرتين", ["25", "2"]),
        ("fr", "trois mille deux cents", ["3000", "200"]),
        ("hi", "बारह घंटे", ["12"]),
        # Neither word is sure to be a number, so nor is what they make together.
        ("tr", "bir yüzü", []),
    ],
)
def test_numbers_in_words_are_read(language: str, text: str, keys: list[str]) -> None:
    """Tens, hundreds and joined words make one number."""
    read = amounts(text, language).every
    assert [amount.key for amount in read if amount.sure] == keys


def test_telephone_numbers_are_told_from_other_numbers() -> None:
    """Groups of digits are a telephone number, but years and thousands are not."""
    read = amounts("0800 123 4567, +44 20 7946-0999, 2019-2024, 12 000 000", "is")
    assert read.phones == ("08001234567", "+442079460999")


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        # Without + or 0, seven digits in groups at the least, or three groups.
        ("Call 555 1234.", ("5551234",)),
        ("Call 555 123.", ()),
        ("Call 5551234.", ()),
        ("Call 55 12 34.", ("551234",)),
        ("Call 55 12 3.", ()),
        # With + or 0 six are enough.
        ("Call +49 3012.", ("+493012",)),
        ("Call +49 301.", ()),
        ("Call 0301 23.", ("030123",)),
        ("Call 0301 2.", ()),
        ("Call 030123.", ()),
        ("Call (030) 1234.", ("0301234",)),
        # Years, ranges and thousands are none.
        ("From 2019 – 2024.", ()),
        ("From 1200 - 1300.", ()),
        ("In 12 000 000 people.", ()),
        ("Call 030 123.", ()),
    ],
)
def test_the_least_of_a_telephone_number(text: str, phones: tuple[str, ...]) -> None:
    """Both sides of each limit."""
    assert amounts(text).phones == phones


@pytest.mark.parametrize(
    ("text", "name", "units"),
    [
        ("5 mg", "en", {"milligram"}),
        ("5mg", "en", {"milligram"}),
        ("5 µg", "en", {"microgram"}),
        ("5 large tablets", "en", {"tablet"}),
        ("5 of tablets", "en", set()),
        ("5 von Tabletten", "de", set()),
        ("5 große Tabletten", "de", {"tablet"}),
        ("5片", "zh_Hans", {"tablet"}),
        ("%5", "tr", {"percent"}),
        ("5", "en", set()),
        ("5 mg", "is", set()),
    ],
)
def test_what_a_number_counts(text: str, name: str, units: set[str]) -> None:
    """Behind it, one word between, or before it; some words part it from a unit."""
    (amount,) = amounts(text, name).every
    assert amount.units == units


@pytest.mark.parametrize(
    ("text", "name", "keys"),
    [
        ("twenty-five", "en", ["25"]),
        ("two hundred", "en", ["200"]),
        ("two hundred and five", "en", ["205"]),
        ("two hundred five", "en", ["200", "5"]),
        ("five and twenty", "en", ["5", "20"]),
        ("خمسة وعشرون", "ar", ["25"]),
        ("20 five", "en", ["20", "5"]),
    ],
)
def test_words_of_one_number(text: str, name: str, keys: list[str]) -> None:
    """Added and multiplied as the language does; only Arabic puts units first."""
    assert [amount.key for amount in amounts(text, name).every] == keys


def test_ratios_and_ranges() -> None:
    """The part first or the whole first; low and high as written."""
    assert amounts("1 in 3,000 people").ratios == {("1", "3000")}
    assert amounts("每3000人中有1人", "zh_Hans").ratios == {("1", "3000")}
    assert amounts("5 to 10 days").ranges == (("5", "10"),)
    assert amounts("5, then 10 days").ranges == ()


def test_times_of_day_are_alike_on_any_clock() -> None:
    """4 p.m. is 16:00; 12 p.m. is noon."""
    (afternoon,) = amounts("4:15 pm").every
    assert {afternoon.key, *afternoon.also} >= {"4:15", "16:15"}
    (noon,) = amounts("12:30 pm").every
    assert "24:30" not in (noon.key, *noon.also)
