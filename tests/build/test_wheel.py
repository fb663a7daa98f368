"""A wheel alone: from an empty folder to PDFs in three languages, for another disease."""

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from samples import ROOT

SCRIPT = ROOT / ".ci" / "wheels.py"
ABOUT_MS = ("multiple sclerosis", "stem cell", "stem-cell", "transplant")
TEXTS = (".py", ".js", ".html", ".css", ".po", ".md", ".toml")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install a wheel of this checkout, without its sources, into a folder."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, SCRIPT, "leaflets"], check=True)
    (wheel,) = (ROOT / "build" / "wheels").glob("leaflets-*.whl")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", folder, wheel], check=True)
    # What the data package leaflets-fonts would bring: files, and no code.
    (folder / "leaflets_fonts").symlink_to(ROOT / "build" / "fonts")
    return folder


def run(site: Path, folder: Path, *command: str) -> str:
    """Run leaflets of the wheel in a folder, where nothing of this checkout is."""
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("LEAFLETS")
    }
    environment["PYTHONPATH"] = str(site)
    done = subprocess.run(
        [sys.executable, "-P", "-m", "leaflets", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_two_commands_to_three_languages(site: Path, tmp_path: Path) -> None:
    """Init and build: a leaflet on diabetes in English, German and Arabic."""
    names = {
        "": "Type 2 diabetes",
        "de": "Typ-2-Diabetes",
        "ar": "داء السكري من النوع الثاني",
    }
    options = [
        part
        for locale, name in names.items()
        for part in ("--family", f"{locale}={name}" if locale else name)
    ]
    told = run(site, tmp_path, "init", *options, "--language", "de", "--language", "ar")
    assert "leaflets build" in told
    told = run(site, tmp_path, "build", "--edition", "sheet")
    assert "error" not in told
    assert "warning" not in told
    for locale in ("en", "de", "ar"):
        path = tmp_path / "build" / locale / "before-your-visit.sheet.A4.pdf"
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) >= 2
            assert str(pdf.Root.Lang).startswith(locale)
    # And another leaflet: what is not written yet is told, and not that it is broken.
    run(site, tmp_path, "add", "leaflet", "eating-well")
    assert (tmp_path / "content" / "eating-well.md").is_file()


def test_the_wheel_speaks_of_no_disease(site: Path) -> None:
    """What it holds besides code is every template, and no word about ours."""
    package = site / "leaflets"
    stock = package / "stock"
    assert {path.name for path in (stock / "templates").iterdir()} == {
        path.name for path in (ROOT / "templates").iterdir()
    }
    for path in package.rglob("*"):
        if path.is_file() and path.suffix in TEXTS:
            text = path.read_text(encoding="utf-8").casefold()
            assert not [word for word in ABOUT_MS if word in text], path
    catalogs = list((stock / "locales").glob("*/LC_MESSAGES/messages.po"))
    assert len(catalogs) == len(list(ROOT.glob("locales/*/LC_MESSAGES/messages.po")))
