"""Locales: facts of CLDR, and numbers and dates as each locale writes them."""

from datetime import date

import pytest

from checking import locale_of
from leaflets.languages.locale import (
    JOINER,
    LRI,
    NO_BREAK,
    PDI,
    RLI,
    decimal_sign,
    find_locale,
    format_value,
    hyphenation,
    is_territory,
    isolate,
    isolate_foreign,
)

DAY = date(2026, 1, 2)


@pytest.mark.parametrize(
    ("name", "script", "direction", "endonym"),
    [
        ("en", "Latn", "ltr", "English"),
        ("pt_BR", "Latn", "ltr", "Português"),
        ("zh_Hant", "Hant", "ltr", "中文 (繁體)"),
        ("ur", "Aran", "rtl", "اردو"),
        ("fa", "Arab", "rtl", "فارسی"),
        ("sr_Latn", "Latn", "ltr", "Srpski (latinica)"),
    ],
)
def test_what_cldr_knows_of_a_locale(
    name: str, script: str, direction: str, endonym: str
) -> None:
    """Its script, its direction, and its name in itself."""
    locale = locale_of(name)
    assert (locale.script, locale.direction, locale.endonym) == (
        script,
        direction,
        endonym,
    )


@pytest.mark.parametrize("name", ["xx", "", "en-GB", "th", "../en"])
def test_what_cannot_be_set_is_no_locale(name: str) -> None:
    """Unknown names, and scripts whose lines nobody can break."""
    assert find_locale(name) is None


def test_a_pseudo_locale_is_set_as_its_model() -> None:
    """It has the fonts and the direction of a language, and is none."""
    arabic, pseudo = locale_of("ar"), locale_of("ar_XB")
    assert pseudo.setting == arabic.setting
    assert pseudo.right_to_left
    assert (pseudo.pseudo, arabic.pseudo) == (True, False)


@pytest.mark.parametrize(
    ("value", "form", "name", "text"),
    [
        (2800.5, "number", "en", "2,800.5"),
        (2800.5, "number", "de", "2.800,5"),
        (2800.5, "number", "fa", "2,800.5"),
        (1234567, "number", "hi", "12,34,567"),
        (2_800_000, "compact", "ru", f"2,8{NO_BREAK}миллиона"),
        (2026, "year", "bn", "2026"),
        (DAY, "date", "en", f"2{NO_BREAK}January{NO_BREAK}2026"),
        (DAY, "date", "ja", f"2026{JOINER}年{JOINER}1{JOINER}月{JOINER}2{JOINER}日"),
        (
            DAY,
            "date",
            "ko",
            f"2026{JOINER}년{NO_BREAK}1{JOINER}월{NO_BREAK}2{JOINER}일",
        ),
    ],
)
def test_values_are_written_as_the_locale_does(
    value: float | date, form: str, name: str, text: str
) -> None:
    """In Latin digits everywhere, and never split over lines."""
    written = format_value(value, form, locale_of(name))
    assert written.replace("٬", ",").replace("٫", ".") == text


def test_only_plain_english_is_international() -> None:
    """A region says for itself how its dates are written."""
    american = format_value(DAY, "date", locale_of("en_US"))
    assert american == f"January{NO_BREAK}2,{NO_BREAK}2026"


def test_the_sign_before_decimals() -> None:
    """A point or a comma."""
    signs = [decimal_sign(locale_of(name)) for name in ("en", "de", "hi", "pl")]
    assert signs == [".", ",", ".", ","]


def test_territories() -> None:
    """Countries by two capital letters; unions and tests are none."""
    assert is_territory("GB")
    assert not any(map(is_territory, ("EU", "XA", "gb", "G", "GBR", "ÄÖ")))


def test_values_stand_in_isolates_where_lines_run_from_the_right() -> None:
    """Of the direction that they have; elsewhere nothing is added."""
    hebrew, german = locale_of("he"), locale_of("de")
    assert isolate("12", hebrew) == f"{LRI}12{PDI}"
    assert isolate("ב", hebrew) == f"{RLI}ב{PDI}"
    assert isolate("12", german) == "12"
    assert isolate_foreign("ב MIST ב", hebrew) == f"ב {LRI}MIST{PDI} ב"
    assert isolate_foreign(f"{LRI}MIST{PDI}", hebrew) == f"{LRI}MIST{PDI}"
    assert isolate_foreign("a MIST", german) == "a MIST"


def test_patterns_of_hyphenation() -> None:
    """They are named where there are some."""
    assert hyphenation(locale_of("de"))
    assert hyphenation(locale_of("ja")) == ""
