"""The site holds what is published and nothing else, and says so for each file."""

import json
import re
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from desk import link_fonts, run
from leaflets.build.front import Front
from leaflets.build.manifest import read_manifest
from leaflets.diagnostics import LeafletsError, Subject
from leaflets.paper.fold import FOLDS
from leaflets.sources.project import Edition
from leaflets.web.site import (
    font_licence,
    fonts_of_page,
    pages_of,
    screen_edition,
    script,
    site_of,
    stylesheet,
)
from tiny import write_project


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


def test_the_screen_shows_the_whole_text_on_plain_pages(front: Front) -> None:
    """With its labels below the drawings where an edition has them there."""
    project = front.material.project
    (sheet,) = project.editions
    keyed = replace(sheet, name="keyed", keyed=True)
    folded = replace(sheet, name="folded", fold=FOLDS["z"])
    short = replace(sheet, name="short", text="short")

    def chosen(*editions: Edition) -> str:
        return screen_edition(replace(project, editions=editions)).name

    assert chosen(folded, sheet) == "sheet"
    assert chosen(sheet, keyed) == "keyed"
    with pytest.raises(LeafletsError, match="no edition has the whole text"):
        chosen(folded, short)


def test_a_page_that_loses_words_is_about_its_leaflet(front: Front) -> None:
    """And no site is made."""
    whole = front.compositions[0]
    broken = replace(whole, html=whole.html.replace("clinic-place", "place"))
    with pytest.raises(LeafletsError) as caught:
        pages_of(replace(front, compositions=(broken,)), "sheet")
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "web-page"
    assert diagnostic.subject == Subject("tiny", "en", "sheet", "A4")


def test_fonts_hold_what_the_page_says(front: Front) -> None:
    """Cut down to its letters, in both weights, with a stylesheet that names them."""
    arabic = front.material.project.locale("ar")
    assert arabic
    few = dict(fonts_of_page(arabic, "نشرة"))
    many = dict(fonts_of_page(arabic, "نشرة صغيرة عن التصلب المتعدد 123"))
    assert set(few) < set(many)  # digits are in another family
    rules = few["fonts/ar.css"].decode()
    for path, data in few.items():
        if path.endswith(".ttf"):
            assert path.removeprefix("fonts/") in rules
            assert 0 < len(data) < len(many[path])


def test_fonts_go_with_their_licence(root: Path, front: Front, tmp_path: Path) -> None:
    """Who owns them and on what terms lies beside them; without that there is no site."""
    manifest, _ = read_manifest(root / "build")
    text = dict(site_of(front, manifest, root / "build"))["fonts/OFL.txt"].decode()
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert "noto-sans-arabic: Copyright" in text
    assert font_licence(tmp_path).decode() == text  # the stock's, with its fonts
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "fonts.toml").write_text("")
    with pytest.raises(LeafletsError) as caught:
        font_licence(tmp_path)
    assert [found.code for found in caught.value.diagnostics] == ["font-licence"]


def test_with_a_desk_every_shelf_leads_to_it(root: Path, front: Front) -> None:
    """Without one, none does."""
    manifest, _ = read_manifest(root / "build")
    for desk in (True, False):
        files = dict(site_of(front, manifest, root / "build", desk=desk))
        for path in ("index.html", "en/index.html", "ar/index.html"):
            assert (b"desk/" in files[path]) is desk, path


def test_scripts_and_styles_are_those_of_the_package(front: Front) -> None:
    """One stylesheet for all pages, filled with the colours of the screen."""
    assert script("shelf.js").startswith(b"//")
    style = stylesheet(front.material.templates).decode()
    assert "{{" not in style
    assert re.search("#[0-9a-f]{6}", style)
