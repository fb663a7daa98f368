"""Languages: what is known of each, from its file."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from leaflets.diagnostics import LeafletsError
from leaflets.languages import tables
from leaflets.languages.language import (
    UNKNOWN,
    Inflection,
    Language,
    NegationWords,
    NumberWords,
    SourceWords,
    all_quotes,
    file_of,
    find_language,
)
from leaflets.languages.opposite_words import (
    Amount,
    Change,
    Course,
    Duty,
    Frequency,
    Limit,
    Opposites,
    Outcome,
    Safety,
    Side,
    Time,
    Urgency,
)
from leaflets.languages.scripts import Body, Own, Script, Scripts

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted(
    Path(str(path)).stem
    for path in tables.FOLDER.iterdir()
    if path.name not in ("scripts.toml",)
)


@pytest.mark.parametrize("name", FILES)
def test_every_file_can_be_read(name: str) -> None:
    """All keys are known, and all values of their kind."""
    language = find_language(name)
    assert language is not UNKNOWN
    assert not language.quotes or len(language.quotes) >= 2


def test_a_region_goes_before_its_language() -> None:
    """A file for the very locale first; of an unknown language nothing is known."""
    assert file_of("pt_BR") == "pt_BR"
    assert file_of("pt_PT") == "pt"
    assert file_of("zh_Hans_CN") == "zh"
    assert find_language("is") is UNKNOWN
    assert UNKNOWN.spaced
    assert UNKNOWN.negation is None


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('quotes = "“”"\nquots = "“”"\n', 2, '"quots" is no key'),
        ("quotes = 1\n", 1, '"quotes": input should be a valid string'),
        ('keep_with_next = "i"\n', 1, '"keep_with_next"'),
        ("spaced = 1\n", 1, '"spaced"'),
        (
            "\n[negation]\nsure = []\nperhaps = []\nignore = []\n",
            2,
            '"negation.concord" is missing',
        ),
        ('[multipliers]\nx = ["a"]\n', 2, '"multipliers.x"'),
        ('[inflection]\nclitics = "("\n', 2, '"inflection.clitics"'),
        ("[inflection]\narticles = 1\n", 2, '"inflection.articles" is no key'),
        ('quotes = "\n', 1, "not valid TOML"),
    ],
)
def test_a_slip_is_told_at_its_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, line: int, words: str
) -> None:
    """What is unknown, missing or of another kind is an error with file and line."""
    (tmp_path / "xx.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    with pytest.raises(LeafletsError) as caught:
        find_language.__wrapped__("xx")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "language-data"
    assert diagnostic.location.path.endswith("languages/data/xx.toml")
    assert diagnostic.location.line == line
    assert words in diagnostic.message


SHAPES = (
    *(Language, NegationWords, NumberWords, Inflection, SourceWords),
    *(Scripts, Script, Own, Body),
    *(Opposites, Time, Change, Outcome, Limit, Amount, Frequency),
    *(Urgency, Duty, Course, Side, Safety),
)


def test_the_paper_tells_every_key() -> None:
    """docs/languages.md has each key of the files, and no key that is none."""
    paper = (ROOT / "docs" / "languages.md").read_text(encoding="utf-8")
    keys = {field.name for shape in SHAPES for field in fields(shape)}
    untold = {
        key
        for key in keys
        if not re.search(rf"`\[?(?:\w+\.)*{key}(?:\.\w+)*\]?(?:[` =])", paper)
    }
    assert untold == set()
    rows = [line for line in paper.splitlines() if line.startswith("| `")]
    told = [
        key
        for row in rows
        for name in re.findall(r"`([^`]+)`", row.split("|")[1])
        for key in name.strip("[]").split(".")
    ]
    assert set(told) <= keys
    assert len(told) > 40


def test_all_quotation_marks_are_known() -> None:
    """Those of every file, each once: those inside a Persian quotation, too."""
    marks = all_quotes()
    assert set("«»‹›“”„‚「」״") <= set(marks)
    assert set(marks) == {mark for name in FILES for mark in find_language(name).quotes}
    assert list(marks) == sorted(set(marks))
