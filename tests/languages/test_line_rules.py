"""Line rules: where a line may not end, as the data of each language says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from checking import locale_of
from leaflets.languages import tables
from leaflets.languages.language import find_language
from leaflets.languages.line_rules import keep_together, line_rules
from leaflets.languages.locale import JOINER, NO_BREAK

NARROW = "\u202f"


@pytest.fixture
def polish(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """Give a folder of data with a file on Polish."""
    for name in ("scripts", "pl"):
        text = tables.find_text(name)
        assert text
        (tmp_path / f"{name}.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    find_language.cache_clear()
    line_rules.cache_clear()
    yield tmp_path / "pl.toml"
    find_language.cache_clear()
    line_rules.cache_clear()


def test_one_line_keeps_short_words_with_the_next(polish: Path) -> None:
    """Polish sets no word of one letter at the end of a line, once its file says so."""
    text = "Odpocznij w domu i w pracy; A potem (z lekarzem)."
    assert keep_together(text, locale_of("pl")) == text
    line = 'keep_with_next = ["a", "i", "o", "u", "w", "z"]\n'
    polish.write_text(line + polish.read_text(encoding="utf-8"), encoding="utf-8")
    find_language.cache_clear()
    line_rules.cache_clear()
    assert keep_together(text, locale_of("pl")) == (
        f"Odpocznij w{NO_BREAK}domu i{NO_BREAK}w{NO_BREAK}pracy;"
        f" A{NO_BREAK}potem (z{NO_BREAK}lekarzem)."
    )
    assert keep_together("Kawa i", locale_of("pl")) == "Kawa i"


@pytest.mark.parametrize("sign", list(";!?:»"))
def test_french_has_a_narrow_space_before_each_high_sign(sign: str) -> None:
    """Whatever space was typed; where none was, none is made."""
    french = locale_of("fr")
    for space in (" ", NO_BREAK):
        assert keep_together(f"Oui{space}{sign}", french) == f"Oui{NARROW}{sign}"
    assert keep_together(f"Oui{sign}", french) == f"Oui{sign}"
    assert keep_together(f"Oui {sign}", locale_of("de")) == f"Oui {sign}"


def test_french_has_a_narrow_space_after_the_opening_mark() -> None:
    """And none elsewhere: a comma and a full stop stand next to their word."""
    french = locale_of("fr")
    assert keep_together("« oui », non.", french) == f"«{NARROW}oui{NARROW}», non."
    assert keep_together(" ; a", french) == " ; a"


def test_korean_lines_end_between_words() -> None:
    """Syllables are joined, words are not; Japanese is set without such."""
    assert keep_together("쉬다 가", locale_of("ko")) == f"쉬{JOINER}다 가"
    assert JOINER not in keep_together("休む", locale_of("ja"))


def test_latin_keeps_a_little_room_from_han() -> None:
    """Typed or not; a number stays with what it counts."""
    chinese = locale_of("zh_Hans")
    assert keep_together("用MRI看", chinese) == "用\u2006MRI\u2006看"
    assert keep_together("用 MRI 看", chinese) == "用\u2006MRI\u2006看"
    assert keep_together("等12天", chinese) == f"等\u200612{NARROW}天"


def test_a_number_stays_with_what_it_counts() -> None:
    """And a range is whole; a typewriter's apostrophe is mended inside words only."""
    english = locale_of("en")
    assert keep_together("5 to 10 days", english) == f"5{NO_BREAK}to 10{NO_BREAK}days"
    assert keep_together("2–4", english) == f"2{JOINER}–{JOINER}4"
    assert keep_together("a–b", english) == "a–b"
    assert keep_together("don't 'go'", english) == "don’t 'go'"
