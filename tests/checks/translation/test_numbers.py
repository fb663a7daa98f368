"""Checks of numbers: values, units, order and telephone numbers."""

import pytest

from checking import codes_of, diagnostics_of, pair_of
from leaflets.checks.translation.numbers import FORMS, MEASURES, number_parity

SOURCE = "Rest **well** for {low} to {high} hours."


@pytest.mark.parametrize(
    ("source", "translation", "name", "codes"),
    [
        # number-parity
        ("Wait 12 hours.", "Warten Sie 12 Stunden.", "de", []),
        ("Wait 1,200 hours.", "Warten Sie 1.200 Stunden.", "de", []),
        ("Wait 1,200 hours.", "Warten Sie 1 200 Stunden.", "de", []),
        ("Wait 2.4 hours.", "Warten Sie 2,4 Stunden.", "de", []),
        ("Wait 2.4 hours.", "Warten Sie 2.400 Stunden.", "de", ["number-parity"]),
        ("Wait 12 hours.", "Warten Sie 2 Stunden.", "de", ["number-parity"]),
        ("Wait 12 hours.", "Warten Sie lange.", "de", ["number-parity"]),
        ("Wait long.", "Warten Sie 2 Stunden.", "de", ["number-parity"]),
        ("Wait 911 hours.", "Warten Sie 112 Stunden.", "de", ["number-parity"]),
        ("At -5 degrees.", "Bei 5 Grad.", "de", ["number-parity"]),
        ("Wait 2.8 million days.", "等待280万天。", "zh_Hans", []),
        ("Wait 12 hours.", "等待十二小时。", "zh_Hans", []),
        ("Wait 12 hours.", "等待十三小时。", "zh_Hans", ["number-parity"]),
        ("Wait 12 hours.", "انتظر ١٢ ساعة.", "ar", ["number-parity"]),
        ("Wait 12 hours.", "انتظر 12 ساعة.", "ar", []),
        ("Wait {x} hours.", "{x} घंटे प्रतीक्षा करें ५।", "hi", ["number-parity"]),
        # number-parity in words
        ("Wait twelve hours.", "Warten Sie zwölf Stunden.", "de", []),
        ("Wait twelve hours.", "Warten Sie 12 Stunden.", "de", []),
        ("Wait twelve hours.", "Warten Sie elf Stunden.", "de", ["number-parity"]),
        ("Wait twenty-five hours.", "Warten Sie fünfundzwanzig Stunden.", "de", []),
        ("Wait two hours.", "انتظر ساعتين.", "ar", []),
        ("Wait two hours.", "انتظر ثلاث ساعات.", "ar", ["number-parity"]),
        ("Use both hands.", "Nehmen Sie zwei Hände.", "de", []),
        # unit-parity
        ("Wait {x} hours.", "Warten Sie {x} Stunden.", "de", []),
        ("Wait {x} hours.", "Warten Sie {x} Tage.", "de", ["unit-parity"]),
        ("Take 5 mg.", "Prenez 5 g.", "fr", ["unit-parity"]),
        ("It helps 5 % of them.", "Es hilft 5 von ihnen.", "de", ["unit-parity"]),
        (
            "Take 2 tablets every 12 hours.",
            "Принимайте 12 таблеток каждые 2 часа.",
            "ru",
            ["unit-parity"],
        ),
        ("Take 2 tablets every 12 hours.", "每12小时服2片。", "zh_Hans", []),
        (
            "Take 2 tablets every 12 hours.",
            "每2小时服12片。",
            "zh_Hans",
            ["unit-parity"],
        ),
        # number-order
        ("It hits 1 in 3,000 people.", "Es trifft 1 von 3.000 Menschen.", "de", []),
        (
            "It hits 1 in 9 people.",
            "Es trifft 9 von 1 Menschen.",
            "de",
            ["number-order"],
        ),
        ("It hits 1 in 9 people.", "每9人中有1人患病。", "zh_Hans", []),
        ("It hits 1 in 9 people.", "每1人中有9人患病。", "zh_Hans", ["number-order"]),
        (SOURCE, "Ruhen Sie {high} bis {low} Stunden **gut**.", "de", ["number-order"]),
        # phone-parity
        ("Call +49 30 1234-567.", "Appelez le +49 30 1234567.", "fr", []),
        (
            "Call +49 30 1234-567.",
            "Appelez le +49 30 1234-576.",
            "fr",
            ["phone-parity"],
        ),
        ("From 2019 to 2024.", "Von 2019–2024.", "de", []),
        # A unit may be written to its number.
        ("Take 5 mg.", "Nehmen Sie 5mg.", "de", []),
        ("Take 5 mg.", "Примите 5 mg.", "ru", []),
        ("Take 5 mg.", "Примите 5 мл.", "ru", ["unit-parity"]),
        ("Take 240 mg.", "240mg을 드세요.", "ko", []),
        ("Take 240 mg.", "240g을 드세요.", "ko", ["unit-parity"]),
        ("A 240 mg tablet.", "قرص 240 میلی‌گرمی.", "fa", []),
        ("Rest 30 minutes.", "30분 쉬세요.", "ko", []),
        ("Rest 30 minutes.", "30시간 쉬세요.", "ko", ["unit-parity"]),
        ("Take 5 mg.", "Nehmen Sie 5g.", "de", ["unit-parity"]),
        ("For 48 hours.", "48시간 동안.", "ko", []),
        ("For 48 hours.", "48일 동안.", "ko", ["unit-parity"]),
    ],
)
def test_each_mistake_has_its_code(
    source: str, translation: str, name: str, codes: list[str]
) -> None:
    """What is right beside a mistake has no finding."""
    assert codes_of(source, translation, name) == codes


@pytest.mark.parametrize(
    ("source", "right", "wrong"),
    [
        (
            "Rest for {a} hours. Then walk for {b} minutes.",
            "Ruhen Sie {a} Stunden. Gehen Sie dann {b} Minuten.",
            "Ruhen Sie {b} Stunden. Gehen Sie dann {a} Minuten.",
        ),
        (
            "Live ones {a} weeks before, others {b} weeks before.",
            "Lebende {a} Wochen vorher, andere {b} Wochen vorher.",
            "Lebende {b} Wochen vorher, andere {a} Wochen vorher.",
        ),
        (
            "It got worse in {a} of {b}, with tablets in {c} of {d}.",
            "Schlechter wurde es bei {a} von {b}, mit Tabletten bei {c} von {d}.",
            "Schlechter wurde es bei {a} von {c}, mit Tabletten bei {b} von {d}.",
        ),
        (
            "Come at 4:15 pm or 8 am.",
            "Kommen Sie um 16:15 oder 8:00 Uhr.",
            "Kommen Sie um 15:15 oder 8:00 Uhr.",
        ),
    ],
)
def test_numbers_that_change_places_are_told(
    source: str, right: str, wrong: str
) -> None:
    """Between sentences, in one unit, in ratios and on the clock, and only there."""
    assert codes_of(source, right, "de") == []
    assert set(codes_of(source, wrong, "de")) & {"number-order", "number-parity"}


UNITS = {
    "second": "Wait 5 seconds.",
    "minute": "Wait 5 minutes.",
    "hour": "Wait 5 hours.",
    "day": "Wait 5 days.",
    "week": "Wait 5 weeks.",
    "month": "Wait 5 months.",
    "year": "Wait 5 years.",
    "microgram": "Take 5 micrograms.",
    "milligram": "Take 5 mg.",
    "gram": "Take 5 grams.",
    "kilogram": "Lift 5 kg.",
    "millilitre": "Drink 5 ml.",
    "litre": "Drink 5 litres.",
    "millimetre": "Cut 5 mm.",
    "centimetre": "Cut 5 cm.",
    "metre": "Walk 5 metres.",
    "kilometre": "Walk 5 km.",
    "degree": "Cool by 5 degrees.",
    "percent": "It helps 5 percent.",
}


def test_each_measure_is_known() -> None:
    """What follows is asked of all of them."""
    assert set(UNITS) == MEASURES


@pytest.mark.parametrize("unit", UNITS)
def test_no_measure_may_be_left_out(unit: str) -> None:
    """A number that lost what it counts is told, whatever measure that was."""
    found = diagnostics_of(UNITS[unit], "Es sind 5.", "de")
    messages = [one.message for one in found if one.code == "unit-parity"]
    assert messages == [f'the unit of 5 ("{unit}") is missing']


@pytest.mark.parametrize("unit", sorted(FORMS))
def test_a_form_may_be_left_out_but_not_changed(unit: str) -> None:
    """ "Take 2 of them" may be right for tablets, and drops are none."""
    source = f"Take 2 {unit}s."
    assert codes_of(source, "Nehmen Sie 2 davon.", "de") == []
    other = "Kapseln" if unit != "capsule" else "Tropfen"
    assert codes_of(source, f"Nehmen Sie 2 {other}.", "de") == ["unit-parity"]


def test_a_source_in_another_language_is_read_as_such() -> None:
    """Its decimals, its words and its telephone numbers."""
    right = pair_of("Nehmen Sie 2,5 mg.", "Take 2.5 mg.", "en", "de")
    assert list(number_parity(right)) == []
    wrong = pair_of("Nehmen Sie zwei Tabletten.", "Take three tablets.", "en", "de")
    assert [one.code for one in number_parity(wrong)] == ["number-parity"] * 2
