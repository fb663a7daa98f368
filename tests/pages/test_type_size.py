"""How scripts are set: sizes that match, room for tall ones, nothing forced on any."""

import re
from pathlib import Path

import pytest

from leaflets.build.front import analyse
from leaflets.languages.locale import find_locale
from leaflets.pages.type_size import TALL
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.fonts.shape import x_heights
from samples import ROOT, translated

LATIN = 0.536
"""Height of small letters in Noto Sans, in em (its OS/2 table)."""


def height(name: str, script: str, sample: str) -> float:
    """Give the height of small letters beside that of Latin type of the same size."""
    use_fonts(ROOT / "build" / "fonts.conf")
    locale = find_locale(name)
    assert locale
    found = dict(x_heights(sample, locale.setting.families, 400))
    return locale.setting.size * found[script] / LATIN


@pytest.mark.parametrize(
    ("name", "script", "sample", "least", "most"),
    [
        ("en", "Latn", "nerve", 0.99, 1.01),
        ("ru", "Cyrl", "нерв", 0.99, 1.01),
        ("el", "Grek", "νεύρο", 0.99, 1.01),
        ("ar", "Arab", "عصب", 0.98, 1.02),
        ("fa", "Arab", "عصب", 0.98, 1.02),
        # Smaller on purpose: docs/decisions/0018.
        ("ur", "Arab", "عصب", 0.85, 0.90),
        ("ko", "Hang", "신경", 1.0, 1.05),
    ],
)
def test_small_letters_match(
    name: str, script: str, sample: str, least: float, most: float
) -> None:
    """A reader of one language sees letters as large as the reader of another."""
    assert least <= height(name, script, sample) <= most


def test_nothing_is_forced_on_a_script() -> None:
    """No capitals, no spaced letters, no justified lines, no italics, in any edition."""
    for path in sorted((ROOT / "templates").glob("*.css")):
        text = path.read_text(encoding="utf-8")
        forced = re.findall(
            r"text-transform|letter-spacing|justify(?=\s*[;}])|italic|small-caps"
            r"|font-variant|font-feature",
            re.sub(r"justify-content:[^;}]*", "", text),
        )
        assert forced == [], path.name


def test_tall_scripts_get_room() -> None:
    """Urdu labels stand in a list below the drawing; Hindi ones still fit inside it."""
    tall = {
        name
        for name in ("en", *translated())
        if (locale := find_locale(name)) and locale.setting.pitch > TALL
    }
    assert tall == {"ur"}
    for one in analyse(ROOT).compositions:
        target = one.target
        if (target.leaflet, target.edition, target.paper) == (
            "what-is-ms",
            "sheet",
            "A4",
        ):
            is_tall = target.locale in tall
            assert ('class="figure keyed"' in one.html) == is_tall, target
            assert (one.boxes == ()) == is_tall, target


def test_templates_are_read_here() -> None:
    """The folder that the rules above look into holds the style sheets."""
    assert len(list(Path(ROOT, "templates").glob("*.css"))) >= 10
