"""What the package brings to every project, and what a project puts in its place."""

from pathlib import Path

from leaflets.sources.snapshot import read_sources
from leaflets.sources.stock import (
    starter_files,
    stock_catalog,
    stock_files,
    stock_root,
)
from samples import ROOT


def test_the_stock_lies_where_it_is_edited() -> None:
    """In a checkout there is no second copy of a template."""
    assert stock_root() == ROOT
    for path, data in stock_files().items():
        assert (ROOT / path).read_bytes() == data
    assert list(stock_files()) == sorted(stock_files())
    assert "templates/sheet.html" in stock_files()
    assert "profiles/fogra39.icc" in stock_files()


def test_a_project_without_templates_has_those_of_the_stock(tiny: Path) -> None:
    """A file of the project takes the place of the one of its name, and of no other."""
    for path in (tiny / "templates").iterdir():
        path.unlink()
    (tiny / "templates" / "foot.css").write_text("/* ours */", encoding="utf-8")
    sources, diagnostics = read_sources(tiny)
    assert not diagnostics
    assert sources.files["templates/foot.css"] == b"/* ours */"
    assert sources.files["templates/sheet.css"] == stock_files()["templates/sheet.css"]


def test_a_file_that_cannot_be_read_is_not_replaced_in_silence(tiny: Path) -> None:
    """Whoever overrides a template gets it, or is told why not."""
    path = tiny / "templates" / "foot.css"
    path.write_bytes(b" " * (32 * 2**20 + 1))
    sources, (diagnostic,) = read_sources(tiny)
    assert diagnostic.code == "unreadable"
    assert "templates/foot.css" not in sources.files


def test_catalogs_and_starter_of_the_stock() -> None:
    """Every language of this checkout is one of the stock, and of the starter."""
    locales = {
        path.parts[-3] for path in ROOT.glob("locales/*/LC_MESSAGES/messages.po")
    }
    for locale in locales:
        path = f"locales/{locale}/LC_MESSAGES/messages.po"
        assert stock_catalog(locale) == (path, (ROOT / path).read_bytes())
    assert stock_catalog("xx") is None
    files = starter_files()
    assert {f"locales/{locale}.po" for locale in locales} <= files.keys()
    assert "content/family.toml" in files
