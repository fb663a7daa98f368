"""Numbers: their values, in any digits, words and signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.languages.numbers import LONGEST, han_numbers, native_digits, numbers

DIGITS = (
    "0123456789",
    "٠١٢٣٤٥٦٧٨٩",
    "۰۱۲۳۴۵۶۷۸۹",
    "०१२३४५६७८९",
    "０１２３４５６７８９",
)


@given(st.integers(0, 10**9), st.sampled_from(DIGITS), st.booleans())
def test_numbers_are_compared_by_value(value: int, digits: str, grouped: bool) -> None:
    """Digit system and separators do not change the value that is read."""
    written = f"{value:,}" if grouped else str(value)
    native = written.translate(str.maketrans(DIGITS[0], digits))
    assert list(numbers(native, "en")) == [value]
    assert list(numbers(native.replace(",", "."), "de", ",")) == [value]
    assert list(numbers(native.replace(",", "\u202f"), "de", ",")) == [value]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三", [3]),
        ("十", [10]),
        ("二十", [20]),
        ("三百零五", [305]),
        ("一万二千", [12_000]),
        ("两亿", [200_000_000]),
        ("一萬二千", [12_000]),
        ("兩億", [200_000_000]),
        ("二〇二六年", [2026]),
        ("好", []),
    ],
)
def test_han_numerals(text: str, values: list[int]) -> None:
    """Han numerals are read as they are spoken, years digit by digit."""
    assert list(han_numbers(text)) == values


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("2,8 millones", "es"),
        ("2,8 millions", "fr"),
        ("2,8 Millionen", "de"),
        ("2,8 миллиона", "ru"),
        ("2,8 milioni", "it"),
        ("2,8 milhões", "pt_BR"),
        ("2,8 miljoen", "nl"),
        ("2,8 miliona", "pl"),
        ("2,8 miljoner", "sv"),
        ("2,8 milyon", "tr"),
        ("2,8 мільйона", "uk"),
        ("2,8 εκατομμύρια", "el"),
        ("2,8 milioane", "ro"),
        ("2,8 triệu", "vi"),
        ("۲٬۸۰۰٬۰۰۰", "fa"),
        ("28 لاکھ", "ur"),
        ("২৮ লক্ষ", "bn"),
        ("2800 हज़ार", "hi"),
        ("280萬", "zh_Hant"),
        ("280万", "zh_Hans"),
        ("280万", "ja"),
        ("280만", "ko"),
    ],
)
def test_the_same_number_is_read_in_every_language(text: str, locale: str) -> None:
    """Two million eight hundred thousand, in words, signs and digits of its own."""
    assert list(numbers(text, locale, ",")) == [2_800_000]


def test_a_word_of_another_language_makes_nothing_larger() -> None:
    """Turkish bin is a thousand; in German it is "am"."""
    assert list(numbers("5 bin", "tr", ",")) == [5000]
    assert list(numbers("5 bin", "de", ",")) == [5]


@pytest.mark.parametrize(
    ("text", "decimal", "values"),
    [
        ("1,200", ".", ["1200"]),
        ("1,20", ".", ["1.20"]),  # the other language's sign: the value is clear
        ("1,200,50", ".", ["1", "200", "50"]),
        ("12,34,567", ".", ["1234567"]),  # as in India
        ("123,45,678", ".", ["123", "45", "678"]),
        ("0,200", ".", ["0.200"]),
        ("1 200", ",", ["1200"]),
        ("1 2000", ",", ["1", "2000"]),
        ("½", ".", ["0.5000"]),
        ("x-5", ".", ["5"]),
        ("(-5)", ".", ["-5"]),
    ],
)
def test_a_number_that_is_not_sure_is_not_guessed(
    text: str, decimal: str, values: list[str]
) -> None:
    """Groups of three, or of two before three; else each part stands alone."""
    assert [str(value) for value in numbers(text, "en", decimal)] == values


def test_only_so_much_is_read() -> None:
    """Of a text without end the first 5,000 characters."""
    assert list(numbers(" " * (LONGEST - 1) + "5", "en")) == [5]
    assert list(numbers(" " * LONGEST + "5", "en")) == []


def test_native_digits_are_listed() -> None:
    """Digits that are not 0 to 9, and no others."""
    assert native_digits("12 ١٢ २") == "١٢२"
    assert native_digits("½ 12") == ""
