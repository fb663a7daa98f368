"""Checks of translations: each code with a passing and a failing case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hostile import HOSTILE
from leaflets.checks.codes import CODES
from leaflets.checks.translation.catalog import CHECKS, check_catalog, check_pair
from leaflets.checks.translation.pair import Pair
from leaflets.diagnostics import Location, Severity
from leaflets.languages.letters import ending, hidden, runs
from leaflets.languages.locale import find_locale
from leaflets.languages.numbers import han_numbers, numbers
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.po import Message

PATH = "locales/xx/LC_MESSAGES/messages.po"
LINK = "Look at [this page](https://example.org/a) now."


def found(source: str, translation: str, name: str) -> list[str]:
    """Check one translation; the codes of errors and warnings, sorted."""
    locale = find_locale(name)
    assert locale
    pair = Pair(source, translation, locale, Location(PATH, 7))
    every = list(check_pair(pair))
    assert {one.location for one in every} <= {Location(PATH, 7)}
    return sorted({one.code for one in every if one.severity > Severity.NOTE})


@pytest.mark.parametrize(
    ("name", "translation"),
    [
        ("es", "¿Puede **descansar** más de {hours} horas al día?"),
        ("fr", "Pouvez-vous vous **reposer** plus de {hours} heures par jour ?"),
        ("de", "Können Sie am Tag mehr als {hours} Stunden **ruhen**?"),
        ("ru", "Можете ли вы **отдыхать** больше {hours} часов в день?"),
        ("ar", "هل يمكنك أن **ترتاح** أكثر من {hours} ساعة في اليوم؟"),
        ("he", "האם אפשר **לנוח** יותר מ-{hours} שעות ביום?"),
        ("zh_Hans", "您每天能**休息**超过{hours}小时吗？"),
        ("hi", "क्या आप दिन में {hours} घंटे से अधिक **आराम** कर सकते हैं?"),
    ],
)
def test_a_good_translation_passes(name: str, translation: str) -> None:
    """Nothing is told of a translation that is right, in any script."""
    source = "Can you **rest** for more than {hours} hours a day?"
    assert found(source, translation, name) == []


SOURCE = "Rest **well** for {low} to {high} hours."


@pytest.mark.parametrize(
    ("source", "translation", "name", "codes"),
    [
        # placeholder-mismatch
        (SOURCE, "Ruhen Sie {low} bis {high} Stunden **gut**.", "de", []),
        (SOURCE, "Ruhen Sie {low} Stunden **gut**.", "de", ["placeholder-mismatch"]),
        (
            SOURCE,
            "Ruhen Sie {low} bis {low} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie {low} bis {high} {high} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie { low} bis {high} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie {low bis {high} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie {{low}} bis {high} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie {low!r} bis {high.a} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "**好好**休息｛low｝到{high}小时。",
            "zh_Hans",
            ["placeholder-mismatch"],
        ),
        # markup-mismatch
        (LINK, "Siehe jetzt [diese Seite](https://example.org/a).", "de", []),
        (
            LINK,
            "Siehe jetzt [diese Seite](https://example.org/b).",
            "de",
            ["markup-mismatch", "url-in-translation"],
        ),
        (LINK, "Siehe jetzt diese Seite.", "de", ["markup-mismatch"]),
        (
            LINK,
            "Siehe jetzt [diese Seite] (https://example.org/a).",
            "de",
            ["markup-mismatch"],
        ),
        (LINK, "Siehe jetzt [](https://example.org/a).", "de", ["markup-mismatch"]),
        ("Rest **well**.", "Ruhen Sie gut.", "de", ["markup-mismatch"]),
        ("Rest **well**.", "Ruhen **Sie** **gut**.", "de", ["markup-mismatch"]),
        ("Rest **well**.", "Ruhen Sie **gut.", "de", ["markup-mismatch"]),
        ("Rest well.", "Ruhen ** Sie gut.", "de", ["markup-mismatch"]),
        # html-in-translation
        ("Rest if a < b.", "Ruhen Sie, wenn a < b.", "de", []),
        ("Rest well.", "Ruhen <b>Sie</b> gut.", "de", ["html-in-translation"]),
        ("Rest well.", "Ruhen <!-- Sie --> gut.", "de", ["html-in-translation"]),
        ("Rest well.", "Ruhen&nbsp;Sie gut.", "de", ["html-in-translation"]),
        (
            "Rest well.",
            "Ruhen <img src=x onerror=y",
            "de",
            ["end-punctuation", "html-in-translation"],
        ),
        ("Rest well.", "Ruhen $sie gut.", "de", ["placeholder-mismatch"]),
        ("Rest well.", "Ruhen *Sie* `gut`.", "de", ["inline-markup"]),
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
        # negation-parity
        ("Do not drive.", "No conduzca.", "es", []),
        ("Do not drive.", "Conduzca.", "es", ["negation-parity"]),
        ("Drive slowly.", "Nicht langsam fahren.", "de", ["negation-parity"]),
        ("Not only you.", "Nicht nur Sie.", "de", []),
        ("The cause is unknown.", "Die Ursache ist unbekannt.", "de", []),
        ("Rest. Do not drive.", "休息。开车。", "zh_Hans", ["negation-parity"]),
        # forbidden-claim
        ("It helps many people.", "Es hilft vielen.", "de", []),
        ("It helps many people.", "Es heilt viele.", "de", ["forbidden-claim"]),
        ("It is not a cure.", "Es ist keine Heilung.", "de", []),
        ("It helps many.", "इससे पूरी तरह ठीक हो जाते हैं.", "hi", ["forbidden-claim"]),
        # look-alike
        ("Rest well.", "استرح جيدًا.", "ar", []),
        ("Rest well.", "استـــرح جيدًا.", "ar", ["look-alike"]),
        ("Rest well.", "استرح جیدًا.", "ar", ["look-alike"]),
        ("Rest well.", "Ruhen Sie ｇut.", "de", ["look-alike"]),
        # control-character
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
        # block-markup
        ("Rest well.", "- Ruhen Sie.", "de", ["block-markup"]),
        ("Rest well.", "# Ruhen Sie.", "de", ["block-markup"]),
        ("Rest well.", "> Ruhen Sie.", "de", ["block-markup"]),
        ("Rest well.", "::: call Ruhen.", "de", ["block-markup"]),
        ("Rest well.", "* Ruhen Sie.", "de", ["block-markup"]),
        ("**Rest** well.", "**Ruhen** Sie.", "de", []),
        ("1 way.", "1. Weg.", "de", ["block-markup"]),
        ("1 way.", "1 Weg.", "de", []),
        ("Rest well.", "Ruhen\nSie.", "de", ["block-markup", "control-character"]),
        ("Rest well.", "Ruhen\u2028Sie.", "de", ["block-markup", "control-character"]),
        ("Rest well.", "```Ruhen Sie.", "de", ["block-markup", "markup-mismatch"]),
        # too-long
        ("MS", "Esclerosis múltiple", "es", []),
        ("Rest well, for it helps you.", "Ruhe " * 40 + "aus.", "de", ["too-long"]),
        ("Rest. " * 800, "Ruhe. " * 800, "de", ["too-long"]),
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
        # url-in-translation
        ("See https://a.org/b.", "Siehe https://a.org/b.", "de", []),
        ("See this.", "Siehe https://a.org/b.", "de", ["url-in-translation"]),
        ("See this.", "Siehe www.a.org/b.", "de", ["url-in-translation"]),
        ("See this.", "Siehe file:///etc/passwd.", "de", ["url-in-translation"]),
        (
            "See this.",
            "Siehe [hier](javascript:alert).",
            "de",
            ["markup-mismatch", "url-in-translation"],
        ),
        ("See this.", "Siehe ana@a.org.", "de", ["url-in-translation"]),
        ("My data: see this.", "Meine Data: siehe das.", "de", []),
        # A unit may be written to its number.
        ("Take 5 mg.", "Nehmen Sie 5mg.", "de", []),
        ("Take 5 mg.", "Nehmen Sie 5g.", "de", ["unit-parity"]),
        ("For 48 hours.", "48시간 동안.", "ko", []),
        ("For 48 hours.", "48일 동안.", "ko", ["unit-parity"]),
        # A scheme begins a word: the Dutch word for recovery ends like one.
        ("Recovery: see this.", "Herstel:zie dit.", "nl", []),
        ("See this.", "Zie dit: tel:a.", "nl", ["url-in-translation"]),
    ],
)
def test_what_is_told(
    source: str, translation: str, name: str, codes: list[str]
) -> None:
    """Each mistake has its code, and what is right beside it has none."""
    assert found(source, translation, name) == codes


def messages(*made: Message) -> Catalog:
    return Catalog("de", PATH, made)


def test_gaps_are_told_at_their_line() -> None:
    """Missing, empty and fuzzy messages, each once; good ones not at all."""
    catalog = messages(
        Message("", "Rest.", "Ruhen.", line=3),
        Message("", "Eat.", "", line=5),
        Message("", "Walk.", "Gehen.", fuzzy=True, line=7),
        Message("c", "Rest.", "\u00a0", line=9),
    )
    keys = [("", "Rest."), ("", "Eat."), ("", "Walk."), ("c", "Rest."), ("", "Go.")]
    told = [
        (one.code, one.location.line) for one in check_catalog(catalog, (*keys, *keys))
    ]
    assert told == [
        ("untranslated", 5),
        ("fuzzy", 7),
        ("untranslated", 9),
        ("untranslated", 0),
    ]


def test_a_language_without_word_lists_is_told() -> None:
    """What cannot be checked is said, once a catalog; it is no error."""
    texts = (Message("", "Do not go.", "Gakktu.", line=3),)
    path = "locales/is/LC_MESSAGES/messages.po"
    found = list(check_catalog(Catalog("is", path, texts), [("", "Do not go.")]))
    assert [one.code for one in found] == ["no-word-lists"]
    assert found[0].severity is Severity.WARNING
    german = Catalog("de", PATH, (Message("", "Rest.", "Ruhen.", line=3),))
    assert list(check_catalog(german, [("", "Rest.")])) == []


def test_messages_out_of_use_are_not_checked() -> None:
    """Obsolete messages, and those no leaflet uses, are nobody's problem."""
    catalog = messages(
        Message("", "a", "<b>", line=3), Message("", "b", "<b>", obsolete=True, line=5)
    )
    assert list(check_catalog(catalog, ())) == []


def test_a_fuzzy_message_is_told_in_the_words_of_localize() -> None:
    """The same gap, found twice, is one finding."""
    from leaflets.sources.catalogs.localize import localize
    from leaflets.sources.content.markdown import Segment

    catalog = messages(
        Message("", "Eat.", "", line=5), Message("", "Walk.", "Gehen.", fuzzy=True)
    )
    locale = find_locale("de")
    assert locale
    for text in ("Eat.", "Walk.", "Go."):
        segment = Segment("p1", "paragraph", text, "", "", Location("a.md", 1))
        _, theirs = localize(segment, catalog, locale, {})
        assert tuple(check_catalog(catalog, [("", text)])) == theirs


def test_every_code_has_its_reason() -> None:
    """`leaflets explain` knows all that these checks and the reader tell."""
    told = {
        "untranslated",
        "fuzzy",
        "placeholder-mismatch",
        "markup-mismatch",
        "html-in-translation",
        "number-parity",
        "control-character",
        "wrong-script",
        "unchanged",
        "end-punctuation",
        "block-markup",
        "too-long",
        "url-in-translation",
        "po-syntax",
        "po-encoding",
        "po-duplicate",
        "po-language",
    }
    assert told <= set(CODES)
    assert all(check.__doc__ for check in CHECKS)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("name", ["de", "he", "zh_Hans"])
def test_hostile_translations_are_told(hostile: str, name: str) -> None:
    """Whatever is meant to break the page is an error at its line."""
    locale = find_locale(name)
    assert locale
    pair = Pair("Rest for a while.", hostile, locale, Location(PATH, 7))
    assert any(one.severity is Severity.ERROR for one in check_pair(pair)), hostile[:40]


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["de", "ar", "hi"]))
def test_any_texts_are_checked(source: str, translation: str, name: str) -> None:
    """No text makes a check fail by itself."""
    found(source, translation, name)


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
    assert list(numbers(native)) == [value]
    assert list(numbers(native.replace(",", "."), ",")) == [value]
    assert list(numbers(native.replace(",", "\u202f"), ",")) == [value]


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
    "text",
    [
        *("2,8 milioni", "2,8 milhões", "2,8 miljoen", "2,8 miliona", "2,8 miljoner"),
        *("2,8 milyon", "2,8 мільйона", "2,8 εκατομμύρια", "2,8 milioane"),
        *("۲٬۸۰۰٬۰۰۰", "28 لاکھ", "২৮ লক্ষ", "280萬", "280万", "280만", "2,8 triệu"),
    ],
)
def test_the_same_number_is_read_in_every_language(text: str) -> None:
    """Two million eight hundred thousand, in words, signs and digits of its own."""
    assert list(numbers(text, ",")) == [2_800_000]


@given(st.text(max_size=40))
def test_letters_take_any_text(text: str) -> None:
    """Words, endings and hidden characters are told of any text."""
    assert all(kind and word in text for kind, word in runs(text))
    ending(text)
    list(hidden(text, "Latn", right_to_left=False))


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
    assert found(source, right, "de") == []
    assert set(found(source, wrong, "de")) & {"number-order", "number-parity"}
