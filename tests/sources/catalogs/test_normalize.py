"""Normalize: translations follow their texts when these are cut otherwise."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from leaflets.cli.main import main
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.normalize import normalize
from leaflets.sources.catalogs.po import Message
from signing import catalog as catalog_path
from signing import change


def catalog(*made: tuple[str, str], locale: str = "de", fuzzy: bool = False) -> Catalog:
    texts = tuple(Message("", text, words, fuzzy=fuzzy) for text, words in made)
    return Catalog(locale, "x.po", texts)


def source(*texts: str) -> Catalog:
    return Catalog("", "x.pot", tuple(Message("", text) for text in texts))


def moved(before: Catalog, *texts: str) -> list[tuple[str, str, bool]]:
    made, _ = normalize(before, source(*texts), "en")
    return [(m.text, m.translation, m.fuzzy) for m in made.messages if not m.obsolete]


def test_other_quotes_and_spaces_are_the_same_text() -> None:
    """What only typing changed stays translated."""
    before = catalog(("It's  a \\*star.", "Es ist ein Stern."))
    assert moved(before, "It’s a *star.") == [
        ("It’s a *star.", "Es ist ein Stern.", False)
    ]


def test_whole_texts_are_joined() -> None:
    """Two translated texts that became one stay translated."""
    before = catalog(("Rest.", "Ruhen."), ("Then walk.", "Dann gehen."))
    assert moved(before, "Rest. Then walk.") == [
        ("Rest. Then walk.", "Ruhen. Dann gehen.", False)
    ]
    han = catalog(("Rest.", "休息。"), ("Then walk.", "再走。"), locale="zh_Hans")
    assert moved(han, "Rest. Then walk.")[0][1] == "休息。再走。"


def test_a_part_is_fuzzy() -> None:
    """What was cut out of a longer text is looked at by a person."""
    before = catalog(("Rest. Then walk.", "Ruhen. Dann gehen."))
    assert moved(before, "Rest.", "Then walk.") == [
        ("Rest.", "Ruhen.", True),
        ("Then walk.", "Dann gehen.", True),
    ]


@pytest.mark.parametrize(
    ("before", "text"),
    [
        (catalog(("Rest. Then walk.", "Ruhen und dann gehen.")), "Rest."),
        (catalog(("Rest.", "Ruhen."), fuzzy=True), "Rest. Then walk."),
        (catalog(("Rest.", "Ruhen.")), "Rest. Then walk."),
        (catalog(("Rest **well**.", "Ruhen **gut**.")), "Rest well."),
        (catalog(("Rest.", "")), "Rest."),
    ],
)
def test_what_is_not_sure_is_not_moved(before: Catalog, text: str) -> None:
    """Other sentences, fuzzy words, missing parts and lost stress move nothing."""
    _, count = normalize(before, source(text), "en")
    assert count == 0


def test_the_command_moves_and_tells(tiny: Path) -> None:
    """Two paragraphs made one: its translation is there, and not fuzzy."""
    change(
        tiny / "content" / "tiny.md",
        "Much is known.\n",
        "Much is known. More is not known.\n",
    )
    words = ["normalize", "ar", "--project", str(tiny)]
    result = CliRunner().invoke(main, words)
    assert result.output == (
        "locales/ar/LC_MESSAGES/messages.po: 1 translations moved\n"
    )
    text = catalog_path(tiny).read_text(encoding="utf-8")
    assert 'msgstr "يُعرف الكثير. والأكثر ليس معروفًا."' in text
    assert "fuzzy" not in text
    unknown = CliRunner().invoke(main, ["normalize", "xx", "--project", str(tiny)])
    assert unknown.exit_code == 2
