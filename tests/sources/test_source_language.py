"""The source's language: what leaflets can be written in, and what they cannot."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from leaflets.build.front import analyse
from leaflets.diagnostics import LeafletsError
from leaflets.languages import tables
from leaflets.languages.language import find_language
from leaflets.sources.catalogs.extract import extract_all
from leaflets.sources.catalogs.merge import same_facts
from leaflets.sources.snapshot import read_sources
from tiny import line_of


def write_in(root: Path, name: str) -> int:
    """Have the tiny project written in another language; the line that says so."""
    path = root / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    text = text.replace('source = "en"', f'source = "{name}"')
    if f'"{name}"' not in text.partition("publisher")[0].partition("locales")[2]:
        text = text.replace('locales = ["en"', f'locales = ["{name}", "en"')
    path.write_text(text, encoding="utf-8")
    return line_of(path, f'source = "{name}"')


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Have a German file with the words that a source needs."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in tables.FOLDER.iterdir():
        (folder / path.name).write_text(path.read_text(encoding="utf-8"), "utf-8")
    with (folder / "de.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[source]\ncommon = ["und", "der", "nicht"]\n'
            'denying = ["nicht", "kein"]\nturning = ["vor", "nach"]\n'
            'amounts = ["zwei"]\nopposite_prefixes = ["un"]\n'
        )
    monkeypatch.setattr(tables, "FOLDER", folder)
    clear()
    yield
    clear()


def clear() -> None:
    """Forget what was read of the languages."""
    from leaflets.sources.catalogs import merge

    find_language.cache_clear()
    merge._sharp.cache_clear()


@pytest.mark.parametrize(
    ("name", "reason"),
    [("ar", "no [source] words"), ("is", "no word lists"), ("en_XA", "pseudo-locale")],
)
def test_a_language_that_cannot_be_read_is_refused(
    tiny: Path, name: str, reason: str
) -> None:
    """At the line that names it, before anything is checked or built."""
    line = write_in(tiny, name)
    with pytest.raises(LeafletsError) as caught:
        analyse(tiny)
    (refused,) = caught.value.diagnostics
    assert refused.code == "source-language"
    assert (refused.location.path, refused.location.line) == ("pyproject.toml", line)
    assert reason in refused.message
    assert "docs/languages.md" in refused.hint


def test_leaflets_are_written_in_english(tiny: Path) -> None:
    """The usual source is refused by nobody."""
    codes = {one.code for one in analyse(tiny).diagnostics}
    assert "source-language" not in codes


def test_another_language_will_do_once_its_words_are_there(
    tiny: Path, german: None
) -> None:
    """Its targets are composed, its catalogs read, its values written its own way."""
    (tiny / "locales" / "de").mkdir(exist_ok=True)
    write_in(tiny, "de")
    front = analyse(tiny)
    codes = {one.code for one in front.diagnostics}
    assert "source-language" not in codes
    assert ("de", "tiny") in front.standings
    source = extract_all(read_sources(tiny)[0].files, tiny)
    comments = "".join(one for message in source.messages for one in message.comments)
    assert "{people} = 2,8 Millionen" in comments


def test_changes_are_weighed_in_the_language_of_the_source(german: None) -> None:
    """A negation more is never nodded through; of an unknown language nothing is."""
    assert same_facts("Sie können gehen.", "Sie können jetzt gehen.", "de")
    assert not same_facts("Sie können gehen.", "Sie können nicht gehen.", "de")
    assert not same_facts("Das ist wahr.", "Das ist unwahr.", "de")
    assert not same_facts("Es sind 1.200.", "Es sind 1,200.", "de")
    assert not same_facts("Rest.", "Rest now.", "ar")
