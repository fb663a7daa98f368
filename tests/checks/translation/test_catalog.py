"""A catalog checked: every message in use, at its line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import PLACE, codes_of, locale_of, pair_of
from hostile import HOSTILE
from leaflets.checks.codes import CODES
from leaflets.checks.translation.catalog import CHECKS, check_catalog, check_pair
from leaflets.diagnostics import Location, Severity
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.po import Message

PATH = PLACE.path
ENGLISH = locale_of("en")


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
    assert codes_of(source, translation, name) == []


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
        (one.code, one.location.line)
        for one in check_catalog(catalog, (*keys, *keys), ENGLISH)
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
    found = list(
        check_catalog(Catalog("is", path, texts), [("", "Do not go.")], ENGLISH)
    )
    assert [one.code for one in found] == ["no-word-lists"]
    assert found[0].severity is Severity.WARNING
    german = Catalog("de", PATH, (Message("", "Rest.", "Ruhen.", line=3),))
    assert list(check_catalog(german, [("", "Rest.")], ENGLISH)) == []


def test_messages_out_of_use_are_not_checked() -> None:
    """Obsolete messages, and those no leaflet uses, are nobody's problem."""
    catalog = messages(
        Message("", "a", "<b>", line=3), Message("", "b", "<b>", obsolete=True, line=5)
    )
    assert list(check_catalog(catalog, (), ENGLISH)) == []


def test_a_fuzzy_message_is_told_in_the_words_of_localize() -> None:
    """The same gap, found twice, is one finding."""
    from leaflets.sources.catalogs.localize import localize
    from leaflets.sources.content.markdown import Segment

    catalog = messages(
        Message("", "Eat.", "", line=5), Message("", "Walk.", "Gehen.", fuzzy=True)
    )
    locale = locale_of("de")
    for text in ("Eat.", "Walk.", "Go."):
        segment = Segment("p1", "paragraph", text, "", "", Location("a.md", 1))
        _, theirs = localize(segment, catalog, locale, {})
        assert tuple(check_catalog(catalog, [("", text)], ENGLISH)) == theirs


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
    pair = pair_of("Rest for a while.", hostile, name)
    assert any(one.severity is Severity.ERROR for one in check_pair(pair)), hostile[:40]


@given(st.text(max_size=60), st.text(max_size=60), st.sampled_from(["de", "ar", "hi"]))
def test_any_texts_are_checked(source: str, translation: str, name: str) -> None:
    """No text makes a check fail by itself."""
    codes_of(source, translation, name)
