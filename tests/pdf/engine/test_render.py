"""The typesetter reads what it is given and nothing else, and all it says is told."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.diagnostics import LeafletsError, Location
from leaflets.pdf.engine.render import use_fonts
from typesetting import SVG, codes, findings, page, with_image


def test_a_broken_stylesheet_is_told_for_every_target() -> None:
    """What the engine says of a shared stylesheet holds for all that share it."""
    made = page(css="p { colour-of-despair: grey }")
    other = replace(made, title="Another")
    for one in (made, other, made):
        assert "engine-message" in codes(one)


def test_a_stylesheet_reads_no_files() -> None:
    """A stylesheet that imports another is refused: nothing unhashed is read."""
    made = page()
    style = '@import url("file:///etc/hostname.css");' + made.stylesheet
    made = replace(made, stylesheet=style)
    for _ in range(2):
        assert codes(made) == ["refused-file"]


def test_refused_files_are_told() -> None:
    """A page that asks for a file outside of it gets nothing, and says so."""
    for source in ("file:///etc/passwd", "https://example.org/a.png", "asset:b.svg"):
        assert "refused-file" in codes(with_image(source))
    assert codes(with_image("asset:a.svg", SVG)) == []


def test_a_broken_image_is_told() -> None:
    """An image that cannot be read leaves a hole; it is an error."""
    assert "broken-image" in codes(with_image("asset:a.svg", b"no image"))


def test_a_missing_glyph_is_told_at_its_text() -> None:
    """A letter that no font has is told where it was typed."""
    found = findings(page("en", "A rare letter: ཀ."))
    one = next(one for one in found if one.code == "missing-glyph")
    assert one.location == Location("locales/x.po", 7)


def test_what_the_engine_says_is_told() -> None:
    """An unknown property is a record of the engine's, and an error of ours."""
    assert codes(page(css="p { colour-of-hope: green }")) == ["engine-message"]


SCRIPT = """
import hashlib, sys
sys.path[:0] = [{src!r}, {tests!r}]
from typesetting import page, typeset
for name in ("en", "ar", "hi"):
    print(hashlib.sha256(typeset(page(name))[1]).hexdigest())
"""


def test_the_same_page_gives_the_same_bytes() -> None:
    """Two processes with other hash seeds and time zones write equal files."""
    here = Path(__file__).resolve().parents[2]
    code = SCRIPT.format(src=str(here.parent / "src"), tests=str(here))
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert made[0] == made[1]
    assert len(set(made[0].split())) == 3


def test_missing_fonts_are_told(tmp_path: Path) -> None:
    """Without the fonts nothing is set in whatever the machine has."""
    with pytest.raises(LeafletsError) as caught:
        use_fonts(tmp_path / "fonts.conf")
    assert caught.value.diagnostics[0].code == "font-missing"


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without HarfBuzz-Subset the engine would be 60 times slower; we stop."""
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    monkeypatch.setattr(sys, "platform", "linux")
    root = Path(__file__).resolve().parents[3]
    with pytest.raises(LeafletsError) as caught:
        use_fonts(root / "build" / "fonts.conf")
    assert caught.value.diagnostics[0].code == "library-missing"
    assert "apt-get" in caught.value.diagnostics[0].hint
