"""What the stock has translated already is filled in, and only where it is missing."""

from dataclasses import replace
from pathlib import Path

from desk import run
from leaflets.sources.catalogs.catalog import Catalog, read_catalog
from leaflets.sources.catalogs.po import Message
from leaflets.sources.catalogs.stock_words import fill, stock_words, words_of

MESSAGES = (
    Message("", "A"),
    Message("", "B", "own"),
    Message("", "C", "", fuzzy=True),
    Message("", "D", "", obsolete=True),
    Message("x", "A"),
)


def test_only_a_missing_translation_is_filled_in() -> None:
    """What a translator wrote stays, and so does another context."""
    catalog = Catalog("es", "es.po", MESSAGES)
    words = {("", text): "stock" for text in "ABCD"}
    translations = [message.translation for message in fill(catalog, words).messages]
    assert translations == ["stock", "own", "stock", "", ""]
    assert fill(catalog, {}) == catalog


def test_only_finished_translations_are_words() -> None:
    """A fuzzy one is for nobody else to take."""
    catalog = Catalog("es", "es.po", MESSAGES)
    assert words_of(catalog) == {("", "B"): "own"}
    fuzzy = replace(MESSAGES[1], fuzzy=True)
    assert words_of(Catalog("es", "es.po", (fuzzy,))) == {}


def test_the_words_are_those_of_templates_alone() -> None:
    """No project gets the sentences of another one's leaflets."""
    words = stock_words("de")
    assert words["", "Opening hours"]
    assert not [text for _, text in words if "MS" in text]
    assert stock_words("ka") == {}


def test_a_new_language_begins_with_the_words_of_the_stock(tiny: Path) -> None:
    """Of 24 languages the words of templates are there; the leaflet's are not."""
    assert run(tiny, "new", "de")[0] == 0
    path = "locales/de/LC_MESSAGES/messages.po"
    catalog, _ = read_catalog((tiny / path).read_bytes(), path, "de")
    words = dict(stock_words("de"))
    for message in catalog.messages:
        assert message.translation == words.get(message.key, "") or not message.text
    assert any(message.translation for message in catalog.messages)
