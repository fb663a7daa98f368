"""Locale pages: what they count, and that ours are as the tool makes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.build.front import analyse
from leaflets.languages.readability import measure, scores
from leaflets.pdf.engine.render import use_fonts
from leaflets.reviews.language_page import LOCALE_PAGES, locale_pages
from samples import ROOT, translated


def test_our_pages_are_as_the_tool_makes_them() -> None:
    """How each language is set is told as it is, and its doubts stand on its page.

    Counts are not compared: a translator's change of a word breaks no build.
    """
    use_fonts(ROOT / "build" / "fonts.conf")
    front = analyse(ROOT)
    made = locale_pages(front.material, front.diagnostics)
    folder = ROOT / LOCALE_PAGES
    there = {one.name: one.read_text(encoding="utf-8") for one in folder.glob("*.md")}
    assert set(made) == set(there)
    for name, text in made.items():
        if name != "README.md":
            setting, whole, _ = text.partition("## How whole it is")
            assert whole
            assert there[name].startswith(setting), name
    assert set(front.material.doubts) == set(translated())
    for name in translated():
        assert len(front.material.doubts[name]) >= 3, name
        for doubt in front.material.doubts[name]:
            assert f"| {doubt.source} | {doubt.used} | " in made[f"{name}.md"]


def test_every_catalog_is_whole() -> None:
    """All messages translated, none fuzzy, and the method told, with no human in it."""
    front = analyse(ROOT)
    for name, catalog in front.material.catalogs.items():
        messages = [one for one in catalog.messages if not one.obsolete]
        assert all(one.translation.strip() for one in messages), name
        assert not any(one.fuzzy for one in messages), name
        method = dict(catalog.header)["X-Translation-Method"]
        assert method.startswith("machine draft; second machine pass"), name
        assert method.endswith("no human yet"), name
    words = [one for one in front.material.glossary.terms if one.approved]
    for name in translated():
        missing = [
            one.source for one in words if not one.keep and name not in one.approved
        ]
        assert missing == [], name


def test_sentences_words_and_letters_are_counted() -> None:
    """By hand: two sentences, seven words, two of more than six letters."""
    made = measure(
        ["Nerves carry messages. They are protected, 24 hours."], spaced=True
    )
    assert (made.sentences, made.words, made.long, made.longest) == (2, 8, 2, 5)
    assert made.letters == 6 + 5 + 8 + 4 + 3 + 9 + 2 + 5
    assert scores(made, "en", "Latn") == {"LIX": 8 / 2 + 100 * 2 / 8}


def test_scripts_without_spaces_count_letters() -> None:
    """A Chinese sentence is as long as its signs; LIX means nothing there."""
    made = measure(["神经传递信息。您好吗？"], spaced=False)
    assert (made.sentences, made.words, made.letters, made.longest) == (2, 0, 9, 6)
    assert made.pace == 4.5
    assert scores(made, "zh", "Hans") == {}


def test_some_languages_have_a_score_of_their_own() -> None:
    """Gulpease for Italian and Ateşman for Turkish, by hand."""
    made = measure(["La casa è grande."], spaced=True)
    assert scores(made, "it", "Latn")["Gulpease"] == 89 + (300 - 10 * 13) / 4
    made = measure(["Ev çok güzel."], spaced=True)
    assert made.syllables == 4
    expected = 198.825 - 40.175 * 4 / 3 - 2.610 * 3
    assert scores(made, "tr", "Latn")["Ateşman"] == pytest.approx(expected)
    assert "Gulpease" not in scores(made, "tr", "Latn")


@given(st.text(max_size=60), st.booleans())
def test_any_text_is_measured(text: str, spaced: bool) -> None:
    """No text breaks the counts, and parts never exceed the whole."""
    made = measure([text], spaced=spaced)
    assert made.long <= made.words <= made.letters
    assert made.longest <= max(made.words, made.letters)
