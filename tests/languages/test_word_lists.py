"""Commands for catalogs and terms, and the word lists they rest on."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaflets.checks.translation.amounts import read_amounts
from leaflets.cli.main import main
from leaflets.languages.word_lists import EMPTY, find_lexicon, fold, has_lexicon

ROOT = Path(__file__).resolve().parents[2]
LISTS = sorted(
    one.stem
    for one in (ROOT / "src" / "leaflets" / "languages" / "data").glob("*.toml")
)

TERMS = """[[term]]
source = "relapse"
forms = ["relapses"]
[term.approved]
ar = ["انتكاسة"]
"""


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--project", str(root)])


def test_terms_travel_as_tbx(tiny: Path, tmp_path: Path) -> None:
    """Exported and imported again, the file of the terms means the same."""
    path = tiny / "locales" / "glossary.toml"
    path.write_text(TERMS, encoding="utf-8")
    there = tmp_path / "terms.tbx"
    assert run(tiny, "glossary", "export", str(there)).output == "1 terms\n"
    path.unlink()
    assert run(tiny, "glossary", "import", str(there)).exit_code == 0
    assert 'ar = ["انتكاسة"]' in path.read_text(encoding="utf-8")
    assert run(tiny, "glossary", "import", str(tmp_path / "no.tbx")).exit_code == 2


def test_a_broken_termbase_replaces_nothing(tiny: Path, tmp_path: Path) -> None:
    """What cannot be read leaves the terms as they were."""
    path = tiny / "locales" / "glossary.toml"
    path.write_text(TERMS, encoding="utf-8")
    broken = tmp_path / "terms.tbx"
    broken.write_text("<tbx><!DOCTYPE", encoding="utf-8")
    result = run(tiny, "glossary", "import", str(broken))
    assert result.exit_code == 1
    assert "[glossary-file]" in result.output
    assert path.read_text(encoding="utf-8") == TERMS


def test_a_wrong_term_is_told_at_its_line(tiny: Path) -> None:
    """The glossary is a part of `leaflets check`."""
    assert "glossary" not in run(tiny, "check").output
    path = tiny / "locales" / "glossary.toml"
    path.write_text(TERMS.replace("انتكاسة", "هجمة"), encoding="utf-8")
    assert "[glossary-term]" in run(tiny, "check").output
    path.write_text("[[term]]\nsource = 1\n", encoding="utf-8")
    assert "[glossary-file]" in run(tiny, "check").output


@pytest.mark.parametrize("name", LISTS)
def test_every_word_list_can_be_used(name: str) -> None:
    """All tables are there, and each pattern of a ratio has two numbers."""
    lexicon = find_lexicon(name)
    assert lexicon
    assert lexicon.negations.found
    assert {"hour", "day", "milligram", "percent"} <= set(lexicon.units)
    assert set(lexicon.claims) == {"cure", "guarantee", "riskless", "miracle"}
    for pattern in (*lexicon.part_first, *lexicon.whole_first, *lexicon.ranges):
        assert pattern.groups == 2, pattern.pattern
    keys = {key for key, sure in lexicon.values if sure}
    # In Han signs each number has a form of its own; `numerals` reads them.
    assert name in ("zh", "zh_Hant", "ja") or {"2", "3", "10", "100"} <= keys


def test_lists_are_found_by_region_first() -> None:
    """`zh_Hans` is read with `zh`; a language without a list has none."""
    assert find_lexicon("zh_Hans") is not None
    assert has_lexicon("de_AT")
    assert not has_lexicon("is")
    assert find_lexicon("is") is None


@pytest.mark.parametrize(
    ("language", "text", "keys"),
    [
        ("en", "two hundred and five people, twenty-four hours", ["205", "24"]),
        ("en", "half a tablet, 2.8 million, {x} days", ["0.5", "2800000", "{x}"]),
        ("de", "zweiundvierzig oder 1.200 Tage", ["42", "1200"]),
        ("ar", "خمسة وعشرون يوما، مرتين", ["25", "2"]),
        ("fr", "trois mille deux cents", ["3000", "200"]),
        ("hi", "बारह घंटे", ["12"]),
        # Neither word is sure to be a number, so nor is what they make together.
        ("tr", "bir yüzü", []),
    ],
)
def test_numbers_in_words_are_read(language: str, text: str, keys: list[str]) -> None:
    """Tens, hundreds and joined words make one number."""
    lexicon = find_lexicon(language)
    assert lexicon
    sign = "," if language in ("de", "fr") else "."
    found = [one.key for one in read_amounts(text, lexicon, sign).every if one.sure]
    assert found == keys


def test_telephone_numbers_are_told_from_other_numbers() -> None:
    """Groups of digits are a telephone number, but years and thousands are not."""
    made = read_amounts(
        "0800 123 4567, +44 20 7946-0999, 2019-2024, 12 000 000", EMPTY, "."
    )
    assert made.phones == ("08001234567", "+442079460999")


def test_spellings_that_mean_the_same_are_folded() -> None:
    """Vowel points, apostrophes and narrow spaces change no word."""
    assert fold("لا تَأخُذ") == fold("لا تاخذ")
    assert fold("don’t\u202fgo") == "don't go"
    assert fold("İki IŞIK") == fold("iki ışık")
    assert fold("iki ışık") != fold("üç ışık")
