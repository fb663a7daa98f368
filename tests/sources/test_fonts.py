"""Fonts: the list of pinned files, and whether they are in place."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.digest import digest_bytes
from leaflets.sources.fonts import FOLDER, KINDS, Pin, fonts_of, read_fonts, read_pins
from samples import ROOT

PINS = """[[font]]
file = "A.ttf"
package = "a"
family = "A"
weight = 400
style = "normal"
scripts = ["Latn"]
licence = "OFL-1.1"
sha256 = "aa"

[[font]]
file = "B.ttf"
package = "a"
family = "A"
weight = 700
style = "normal"
scripts = ["Latn"]
licence = "OFL-1.1"
sha256 = "bb"
"""


def put(root: Path, *names: str) -> None:
    """Put files where the installer puts fonts."""
    (root / FOLDER).mkdir(parents=True, exist_ok=True)
    for name in names:
        (root / FOLDER / name).write_bytes(b"font")
    (root / "build" / "fonts.conf").write_text("x")


def test_a_family_is_told_by_all_its_files(tmp_path: Path) -> None:
    """Another file, or another digest, is another family."""
    put(tmp_path, "A.ttf", "B.ttf")
    fonts, found = read_fonts(tmp_path, PINS.encode())
    assert not found
    assert fonts.pins == PINS.encode()
    ((name, mark),) = fonts.families
    assert name == "A"
    other, _ = read_fonts(tmp_path, PINS.replace('"bb"', '"cc"').encode())
    assert other.families[0][1] != mark
    fewer, _ = read_fonts(tmp_path, PINS.split("\n\n")[0].encode())
    assert fewer.families[0][1] != mark


def test_what_is_not_installed_is_told(tmp_path: Path) -> None:
    """A missing file is named, and so is the missing configuration."""
    _, found = read_fonts(tmp_path, PINS.encode())
    assert [one.code for one in found] == ["font-missing"] * 3
    assert [one.message for one in found[:2]] == [
        "the font A.ttf is not installed",
        "the font B.ttf is not installed",
    ]
    put(tmp_path, "A.ttf")
    _, found = read_fonts(tmp_path, PINS.encode())
    assert [one.message for one in found] == ["the font B.ttf is not installed"]


def test_a_project_without_list_has_the_fonts_of_the_stock(tmp_path: Path) -> None:
    """Every project knows the same fonts, and is told where they are not installed."""
    fonts, diagnostics = fonts_of(tmp_path)
    assert "Noto Sans" in dict(fonts.families)
    assert {diagnostic.code for diagnostic in diagnostics} == {"font-missing"}
    assert all("leaflets fonts" in diagnostic.hint for diagnostic in diagnostics)


def test_a_list_of_the_project_stands_for_that_of_the_stock(tmp_path: Path) -> None:
    """A project pins its own fonts, or none at all."""
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "fonts.toml").write_bytes(b"")
    fonts, _ = fonts_of(tmp_path)
    assert fonts.families == ()


@pytest.mark.parametrize("name", ["build", "build/fonts", "fonts/fonts.toml"])
def test_no_link_leads_to_fonts(tmp_path: Path, name: str) -> None:
    """It is refused at its place, and nothing behind it counts as installed."""
    (tmp_path / "away" / "fonts").mkdir(parents=True)
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(tmp_path / "away")
    fonts, (diagnostic,) = fonts_of(tmp_path)
    assert (diagnostic.code, diagnostic.location.path) == ("symbolic-link", name)
    assert fonts.families == ()


def install(build: Path) -> "subprocess.CompletedProcess[str]":
    """Run the installer, as `make setup` does."""
    command = [sys.executable, str(ROOT / "fonts/install.py"), "--build", str(build)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ["build", "build/fonts"])
def test_the_installer_follows_no_link(tmp_path: Path, name: str) -> None:
    """Somebody's folder behind it keeps all of its files, and the command fails."""
    away = tmp_path / "home"
    (away / "fonts").mkdir(parents=True)
    for path in (".bashrc", "doc.txt", "fonts/doc.txt"):
        (away / path).write_text("keep me")
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).symlink_to(away)
    done = install(tmp_path / "build")
    assert done.returncode == 1
    assert f'"{name}" is a symbolic link' in done.stderr
    kept = [path.read_text() for path in away.rglob("*") if path.is_file()]
    assert kept == ["keep me"] * 3


def test_the_installer_removes_only_what_it_installed(project: Path) -> None:
    """A font that the list names no more goes; a file of somebody else stops it."""
    build = project / "build"
    (build / "fonts" / "Old.ttf").write_bytes(b"once pinned")
    (build / "fonts" / "Own.ttf").write_bytes(b"by hand")
    digest = digest_bytes(b"once pinned")
    (build / ".fonts").write_text(f"{digest}  fonts/Old.ttf\n")
    done = install(build)
    assert done.returncode == 1
    assert "fonts.toml does not name build/fonts/Own.ttf" in done.stderr
    assert not (build / "fonts" / "Old.ttf").exists()
    assert (build / "fonts" / "Own.ttf").read_bytes() == b"by hand"
    (build / "fonts" / "Own.ttf").unlink()
    assert install(build).returncode == 0
    assert str(build / "fonts") in (build / "fonts.conf").read_text()


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ('family = "A"', 'famly = "A"', 4, 'a font has no "famly"'),
        ('family = "A"\n', "", 1, '"family" is missing'),
        ("weight = 400", 'weight = "400"', 5, "not a whole number"),
        ("weight = 400", "weight = true", 5, "not a whole number"),
        ('scripts = ["Latn"]', "scripts = [1]", 7, 'an item of "scripts"'),
        ('scripts = ["Latn"]', 'scripts = "Latn"', 7, "not a list"),
        ("[[font]]", "colour = 1\n[[font]]", 1, 'has no "colour"'),
        ('file = "A.ttf"', "file = ", 2, "not valid TOML"),
    ],
)
def test_faults_of_the_list(old: str, new: str, line: int, words: str) -> None:
    """Each is told at its line; the other fonts are still there."""
    pins, found = read_pins(PINS.replace(old, new, 1).encode())
    assert {one.code for one in found} == {"font-missing"}
    assert [one.location.line for one in found if words in one.message] == [line]
    assert {pin.file for pin in pins} <= {"A.ttf", "B.ttf"}


@pytest.mark.parametrize("text", ["font = 1", "[font]", "font = [1]"])
def test_a_list_of_another_kind_is_told(text: str) -> None:
    """A table where tables should be is a finding."""
    pins, found = read_pins(text.encode())
    assert pins == ()
    assert {one.code for one in found} == {"font-missing"}


def test_the_two_readers_know_the_same_keys() -> None:
    """What is taken without a look is what the schema asks for."""
    from leaflets.sources.font_pins import _PinTable

    names = {one.name for one in fields(Pin)}
    assert set(_PinTable.model_fields) == names == set(KINDS)


def test_our_own_list_is_read_without_pydantic() -> None:
    """A build with nothing to do loads no schemas."""
    program = (
        "import sys; from pathlib import Path;"
        "import leaflets.build.round, leaflets.cli.main;"
        "from leaflets.sources.fonts import fonts_of;"
        "fonts, found = fonts_of(Path('.'));"
        "print(len(fonts.families) > 20, 'pydantic' in sys.modules)"
    )
    command = [sys.executable, "-c", program]
    shown = subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
    assert shown.stdout.split() == [b"True", b"False"]


@given(st.binary(max_size=60))
def test_any_bytes_are_read_as_pins(data: bytes) -> None:
    """Nothing stops the reader."""
    pins, found = read_pins(b"[[font]]\n" + data)
    assert not pins
    assert found
