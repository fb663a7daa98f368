"""Localize: words from the catalog, structure and values from the source."""

import re
from dataclasses import dataclass
from datetime import date

import pytest

from leaflets.diagnostics import Location
from leaflets.languages.locale import (
    JOINER,
    LRI,
    NO_BREAK,
    PDI,
    RLI,
    find_locale,
    format_value,
)
from leaflets.sources.catalogs.localize import localize, source_spans, source_text
from leaflets.sources.content.evidence import Value
from leaflets.sources.content.inline import Link, Strong, Text
from leaflets.sources.content.markdown import Segment
from leaflets.sources.content.names_file import read_names

PLACE = Location("content/a.md", 1)
PEOPLE = Value("people", "people", "compact", 2_800_000, ("a",), PLACE)
HOURS = Value("hours", "hours", "number", 24, ("a",), PLACE)
VALUES = {"people": PEOPLE, "hours": HOURS}


@dataclass
class OneMessage:
    """A catalog that knows one translation."""

    translation: str
    fuzzy: bool = False
    line: int = 7
    path: str = "locales/xx/LC_MESSAGES/messages.po"
    locale: str = "xx"

    def lookup(self, context: str, text: str) -> "OneMessage":
        return self


def segment(text: str) -> Segment:
    return Segment("p1", "paragraph", text, "", "", PLACE, 1)


NAMES = """[[name]]
text = "HbA1c"
[[name]]
text = "CD4+"
[[name]]
text = "type 2"
de = "Typ 2"
ar = "النوع 2"
"""


def put(
    text: str, translation: str, name: str, names: str = ""
) -> tuple[str, list[str]]:
    """Localize one text; its words and the codes of what is wrong."""
    locale = find_locale(name)
    assert locale
    known, _ = read_names(names.encode(), "content/names.toml")
    message = OneMessage(translation)
    words, found = localize(segment(text), message, locale, VALUES, known)
    return (words.text if words else ""), [one.code for one in found]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("en", "2.8 million"),
        ("de", "2,8 Millionen"),
        ("es", "2,8 millones"),
        ("fr", "2,8 millions"),
        ("ru", "2,8 миллиона"),
        ("ar", "2.8 مليون"),
        ("he", "2.8 מיליון"),
        ("hi", "28 लाख"),
        ("zh_Hans", "280万"),
        ("it", "2,8 milioni"),
        ("pt_BR", "2,8 milhões"),
        ("nl", "2,8 miljoen"),
        ("pl", "2,8 miliona"),
        ("sv", "2,8 miljoner"),
        ("tr", "2,8 milyon"),
        ("uk", "2,8 мільйона"),
        ("el", "2,8 εκατομμύρια"),
        ("ro", "2,8 milioane"),
        ("fa", "2.8 میلیون"),
        ("ur", "28 لاکھ"),
        ("bn", "28 লাখ"),
        ("zh_Hant", "280萬"),
        ("ja", "280万"),
        ("ko", "280만"),
        ("vi", "2,8 triệu"),
    ],
)
def test_values_are_written_as_the_locale_does(name: str, written: str) -> None:
    """One fact, twenty-five ways to write it, none of which breaks over a line."""
    locale = find_locale(name)
    assert locale
    text = format_value(2_800_000, "compact", locale)
    assert text == written.replace(" ", NO_BREAK)


def test_dates_and_years() -> None:
    """Dates are long and in Latin digits; years have no separator."""
    arabic, chinese = find_locale("ar"), find_locale("zh_Hans")
    assert arabic
    assert chinese
    assert "2026" in format_value(date(2026, 11, 23), "date", arabic)
    written = format_value(date(2026, 11, 23), "date", chinese)
    assert written.replace(JOINER, "") == "2026年11月23日"
    assert written == f"2026{JOINER}年{JOINER}11{JOINER}月{JOINER}23{JOINER}日"
    assert format_value(2026, "year", arabic) == "2026"


@pytest.mark.parametrize("name", ["ko", "ja", "zh_Hant"])
def test_no_line_ends_inside_a_date(name: str) -> None:
    """Each place where the engine would end a line is closed."""
    locale = find_locale(name)
    assert locale
    written = format_value(date(2026, 11, 23), "date", locale)
    parts = re.split(f"[{JOINER}{NO_BREAK}]", written)
    assert all(part.isdigit() or len(part) == 1 for part in parts), written


@pytest.mark.parametrize(
    ("translation", "written"),
    [
        ("24시간 동안", "24|시|간 동|안"),
        ("MS는 다발성(RRMS)이다", "MS|는 다|발|성|(RRMS)|이|다"),
        ("“뇌”와 척수", "“뇌”|와 척|수"),
        ("50%는", "50%|는"),
    ],
)
def test_korean_lines_end_between_words(translation: str, written: str) -> None:
    """A word joiner stands between the parts of a word, and nowhere else."""
    text, found = put("x", translation, "ko")
    assert found == []
    assert text.replace(JOINER, "|").replace(NO_BREAK, " ") == written


def test_values_stand_in_isolates_from_right_to_left() -> None:
    """A number keeps its order; one with Arabic words runs from the right."""
    text, found = put("{hours} {people}", "{hours} أو {people}", "ar")
    assert not found
    assert f"{LRI}24{PDI}" in text
    assert f"{RLI}2.8{NO_BREAK}مليون{PDI}" in text


def test_latin_names_stand_in_isolates_from_right_to_left() -> None:
    """A Latin name inside Arabic text is one run of its own direction."""
    text, found = put("x", "دراسة MIST في", "ar")
    assert not found
    assert f"{LRI}MIST{PDI}" in text


@pytest.mark.parametrize(
    ("translation", "set_as"),
    [
        ("فحص HbA1c هنا", f"فحص {LRI}HbA1c{PDI} هنا"),
        ("خلايا CD4+ هنا", f"خلايا {LRI}CD4+{PDI} هنا"),
        ("خلايا CD4+ test هنا", f"خلايا {LRI}CD4+ test{PDI} هنا"),
        ("SARS\u2011CoV\u20112 هنا", f"{LRI}SARS\u2011CoV\u20112{PDI}{NO_BREAK}هنا"),
        ("من النوع 2 هنا", f"من النوع{NO_BREAK}{LRI}2{PDI}{NO_BREAK}هنا"),
    ],
)
def test_a_name_is_one_isolate(translation: str, set_as: str) -> None:
    """With its digits and signs, and the Latin word that it stands beside."""
    names = NAMES + '[[name]]\ntext = "SARS\u2011CoV\u20112"\n'
    assert put("x", translation, "ar", names) == (set_as, [])


def test_a_name_stays_on_one_line() -> None:
    """No line ends inside of it."""
    text, _ = put("x", "mit Typ 2.", "de", NAMES)
    assert text == f"mit Typ{NO_BREAK}2."


def test_a_number_stays_with_the_word_it_counts() -> None:
    """A line never ends between a number and its noun."""
    text, _ = put("{hours} hours", "{hours} Stunden", "de")
    assert text == f"24{NO_BREAK}Stunden"


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (OneMessage(""), "untranslated"),
        (OneMessage("  "), "untranslated"),
        (OneMessage("gut", fuzzy=True), "fuzzy"),
        (OneMessage("{telefon}"), "unknown-placeholder"),
        (OneMessage("{people.__class__}"), "unknown-placeholder"),
        (OneMessage("a } b"), "unknown-placeholder"),
        (OneMessage("<b>x</b>"), "inline-markup"),
    ],
)
def test_what_cannot_be_printed_is_a_gap(message: OneMessage, code: str) -> None:
    """Fuzzy, missing and broken translations give no words, at the PO line."""
    locale = find_locale("de")
    assert locale
    words, found = localize(segment("{people}"), message, locale, VALUES)
    assert words is None
    assert (found[0].code, found[0].location.line) == (code, 7)


def test_the_source_locale_needs_no_catalog() -> None:
    """Without a catalog the source's words are set."""
    locale = find_locale("en")
    assert locale
    words, found = localize(segment("Hello"), None, locale, VALUES)
    assert not found
    assert words
    assert words.spans == (Text("Hello"),)
    assert words.translation is None


@pytest.mark.parametrize("name", ["xx", "", "../etc", "en\0", "e" * 500, "12"])
def test_an_unknown_locale_is_none(name: str) -> None:
    """A name that CLDR does not know gives no locale, whatever it holds."""
    assert find_locale(name) is None


def test_a_range_is_never_split() -> None:
    """Both ends of "3–6" stay on one line, in both directions."""
    text, found = put("{hours} to {hours} hours", "{hours}–{hours} Stunden", "de")
    assert not found
    assert text == f"24\u2060–\u206024{NO_BREAK}Stunden"
    text, _ = put("{hours} to {hours} hours", "{hours}–{hours} שעות", "he")
    assert f"{PDI}\u2060–\u2060{LRI}" in text


@pytest.mark.parametrize(
    ("text", "name", "written"),
    [
        ("Type {hours} of {people}", "en", f"Type 24 of 2.8{NO_BREAK}million"),
        ("Typ {hours} von {people}", "de", f"Typ 24 von 2,8{NO_BREAK}Millionen"),
        ("**Type** {nobody} [of](https://example.org)", "en", "Type … of"),
        ("{hours}", "ar", "24"),
    ],
)
def test_a_source_text_is_named_with_its_values(
    text: str, name: str, written: str
) -> None:
    """Words alone, without isolates and without joiners; an unknown fact is open."""
    locale = find_locale(name)
    assert locale
    assert source_text(segment(text), locale, VALUES) == written


def test_a_source_text_keeps_its_markup_beside_a_translation() -> None:
    """Values stand in strong words and in links too."""
    locale = find_locale("en")
    assert locale
    text = "**{hours}** [of {hours}](https://example.org)"
    assert source_spans(text, locale, VALUES) == (
        Strong((Text("24"),)),
        Text(" "),
        Link("https://example.org", (Text("of 24"),)),
    )
