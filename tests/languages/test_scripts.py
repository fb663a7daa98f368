"""Scripts: how each is set, and which letters belong to it."""

import unicodedata
from pathlib import Path

import pytest

from leaflets.diagnostics import LeafletsError
from leaflets.languages import tables
from leaflets.languages.scripts import (
    all_scripts,
    check_scripts,
    find_setting,
    is_cased,
    script_of,
    settings,
)

ROOT = Path(__file__).resolve().parents[2]


def test_the_quick_reading_is_the_strict_one() -> None:
    """What each run reads is what pydantic reads, value by value."""
    quick, strict = all_scripts(), check_scripts()
    for name in ("script", "language", "bodies", "endings", "same", "same_in_terms"):
        assert getattr(quick, name) == getattr(strict, name)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("pitch = 5.6", "sise = 1.0\npitch = 5.6", "sise = 1.0"),
        ('letters = ["Latn"]\n', "", "[script.Latn]"),
        ("[bodies]", "[body]", "[body]"),
        ("cased = true", "cased = true\ncolour = 1", "colour = 1"),
    ],
)
def test_a_slip_is_told_at_its_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, old: str, new: str, line: str
) -> None:
    """An unknown key, or a missing one, is an error at its line."""
    text = (tables.find_text("scripts") or "").replace(old, new, 1)
    (tmp_path / "scripts.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    check_scripts.cache_clear()
    with pytest.raises(LeafletsError) as caught:
        all_scripts.__wrapped__()
    first = caught.value.diagnostics[0]
    assert first.code == "language-data"
    assert text.splitlines()[first.location.line - 1] == line


@pytest.mark.parametrize(
    ("char", "script"),
    [
        *[("a", "Latn"), ("ﬁ", "Latn"), ("Ａ", "Latn"), ("K", "Latn")],
        *[("ж", "Cyrl"), ("λ", "Grek"), ("Ω", "Grek"), ("א", "Hebr"), ("ﷺ", "Arab")],
        *[
            ("ـ", "Arab"),
            ("漢", "Hani"),
            ("〆", "Hani"),
            ("あ", "Hira"),
            ("ー", "Kana"),
        ],
        *[("ｱ", "Kana"), ("한", "Hang"), ("ﾡ", "Hang"), ("ཀ", "Tibt"), ("𐎠", "Xpeo")],
        *[("1", ""), ("µ", ""), ("º", ""), ("ʼ", ""), (".", ""), ("\u0301", "")],
    ],
)
def test_the_script_of_a_letter(char: str, script: str) -> None:
    """By its code of ISO 15924; signs and digits have none."""
    assert script_of(char) == script


def test_every_letter_in_use_has_a_script() -> None:
    """No letter of the catalogs is of a script that is not set here."""
    paths = ROOT.glob("locales/*/LC_MESSAGES/*.po")
    letters = set("".join(path.read_text(encoding="utf-8") for path in paths))
    letters = {char for char in letters if unicodedata.category(char)[0] == "L"}
    known = {code for script in settings().values() for code in script.letters}
    assert len(letters) > 2000
    assert {script_of(char) for char in letters} - known <= {""}
    assert {char for char in letters if not script_of(char)} <= set("µªº")


def test_a_language_may_be_set_otherwise() -> None:
    """Only what its table says differs from the script."""
    latin, vietnamese = settings()["Latn"], find_setting("vi", "Latn")
    assert vietnamese is not None
    assert vietnamese[1].pitch > latin.pitch
    assert vietnamese[1].families == latin.families
    assert find_setting("de", "Latn") == ("Latn", latin)
    # Urdu in Latin letters is not in nastaliq, but CLDR's plain "ur" is.
    urdu = find_setting("ur", "Arab")
    assert urdu is not None
    assert urdu[0] == "Aran"
    assert find_setting("th", "Thai") is None


def test_scripts_with_small_letters() -> None:
    """Latin has them, Hebrew not, and a script that is not set has none."""
    assert is_cased("Latn")
    assert not is_cased("Hebr")
    assert not is_cased("Thai")
