"""The shelf holds what is published and nothing else, and says so for each file."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from desk import link_fonts, run
from leaflets.build.front import look
from leaflets.build.manifest import read_manifest
from leaflets.pages.composition import Choice, Composition
from leaflets.pages.expected import read_back
from leaflets.web.screen import on_screen
from leaflets.web.status import picture_of, rows_of
from tiny import write_project


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the tiny project and its site once."""
    root = tmp_path_factory.mktemp("shelf") / "project"
    write_project(root)
    link_fonts(root)
    assert run(root, "build", "--workers", "1")[0] == 0
    code, output = run(root, "site")
    assert code == 0, output
    return root


def composed(root: Path, locale: str) -> Composition:
    """Compose the sheet of a language."""
    return look(root, only=Choice(locales=(locale,))).compositions[0]


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_the_page_holds_the_printed_words(root: Path, locale: str) -> None:
    """Passage by passage, in order; a clinic's lines are for paper only."""
    made = composed(root, locale)
    shown = read_back((root / f"build/site/{locale}/tiny.html").read_text())
    printed = list(read_back(made.html).passages)
    kept = [one for one in printed if one in shown.passages]
    gone = [one.key for one in printed if one not in shown.passages]
    assert [one for one in shown.passages if one in printed] == kept
    assert all(key.startswith(("clinic-", "i-code")) for key in gone)
    assert {"title", "p1", "i-version", "i-review-by"} <= {one.key for one in kept}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<p id="p1" data-passage>', '<p id="p1">'),
        ('<div class="running-head">', '<div class="head">'),
        ('<div class="clinic-place">', '<div class="place">'),
        ('src="asset:', 'src="asset:other/'),
    ],
)
def test_a_page_that_loses_anything_is_not_made(root: Path, old: str, new: str) -> None:
    """A template that was changed is found out, not shown."""
    made = composed(root, "en")
    assert old in made.html
    broken = replace(made, html=made.html.replace(old, new, 1))
    if "data-passage" in old:
        # The words are then nobody's: the composition itself does not have them.
        assert "p1" not in on_screen(broken).passages
    else:
        with pytest.raises(ValueError, match="tiny"):
            on_screen(broken)


def test_every_file_is_the_listed_one(root: Path) -> None:
    """Bytes, digest and link of each PDF agree with the manifest."""
    manifest, _ = read_manifest(root / "build")
    for entry in manifest.entries:
        data = (root / "build/site/files" / entry.output).read_bytes()
        assert sha256(data).hexdigest() == entry.sha256
        locale = entry.target.locale
        page = (root / f"build/site/{locale}/index.html").read_text()
        assert entry.sha256 in page
        assert f'href="../files/{entry.output}"' in page


def test_a_changed_file_is_left_out(root: Path, tmp_path: Path) -> None:
    """What is not as the manifest says is not handed on."""
    path = root / "build/ar/tiny.sheet.A4.pdf"
    data = path.read_bytes()
    try:
        path.write_bytes(data + b" ")
        assert run(root, "site")[0] == 0
        assert not (root / "build/site/files/ar/tiny.sheet.A4.pdf").exists()
    finally:
        path.write_bytes(data)
        assert run(root, "site")[0] == 0


def test_every_link_leads_somewhere(root: Path) -> None:
    """No page, style, script, font or file that is named is missing."""
    site = root / "build/site"
    for page in site.rglob("*.html"):
        for link in re.findall(r'(?:href|src)="([^"]+)"', page.read_text()):
            if link.startswith(("#", "data:")):
                continue
            assert (page.parent / link).is_file(), f"{page}: {link}"
    for rules in site.rglob("*.css"):
        for link in re.findall(r"url\(([^)]+)\)", rules.read_text()):
            assert (rules.parent / link).is_file()


def test_drafts_are_marked(root: Path) -> None:
    """Every page of a leaflet that nobody has approved says so, in its language."""
    for locale, words in (("en", "DRAFT"), ("ar", "مسودة"), ("zh_Hans", "草稿")):
        for name in ("index", "tiny", "tiny.current"):
            text = (root / f"build/site/{locale}/{name}.html").read_text()
            assert f'<p class="standing">{words}' in text


def test_the_index_has_every_language(root: Path) -> None:
    """Search looks at titles in all of them."""
    text = (root / "build/site/index.js").read_text()
    found = json.loads(text.partition("=")[2].rstrip(";\n"))
    assert {one["lang"] for one in found} == {"en", "ar", "zh-Hans"}


def test_without_the_edition_for_the_screen_it_is_told(tmp_path: Path) -> None:
    """Nothing is published yet: nothing is on the shelf."""
    root = tmp_path / "project"
    write_project(root)
    link_fonts(root)
    code, output = run(root, "site")
    assert code == 1
    assert "leaflets build" in output
    assert not (root / "build/site/index.html").exists()


def test_an_edition_that_is_not_built_is_told(root: Path) -> None:
    """The pages come from one edition; without it there are none."""
    data = (root / "pyproject.toml").read_text()
    other = data.replace("edition.sheet]", "edition.whole]")
    try:
        (root / "pyproject.toml").write_text(other)
        code, output = run(root, "site")
        assert code == 1
        assert "web-page" in output
    finally:
        (root / "pyproject.toml").write_text(data)


def test_the_board_counts_what_is_done(root: Path) -> None:
    """Texts, files, standing and fit of each language, and a square for each."""
    front = look(root)
    manifest, _ = read_manifest(root / "build")
    rows = rows_of(front, manifest, root / "build")
    assert [row.locale.name for row in rows] == ["en", "ar", "zh_Hans"]
    for row in rows:
        assert row.translated == row.messages > 0
        assert [(one.standing, one.files, one.wanted) for one in row.cells] == [
            ("draft", 1, 1)
        ]
        assert row.cells[0].fit.startswith("type from")
        assert row.cells[0].review_by == "2028-01-02"
    assert picture_of(rows).count(b"<g ") == 3
