"""Shelf: the published leaflets as a static site, for clinics and readers.

Takes the front half and what is published; gives files by path.  Every PDF on it is
listed in the manifest with these very bytes, every page on screen is proven to hold
the words that are printed, and nothing on it asks another server for anything.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from leaflets.build.front import Front
from leaflets.build.manifest import Entry, Manifest
from leaflets.diagnostics import LeafletsError, Location, error
from leaflets.digest import digest_bytes
from leaflets.languages.locale import Locale, without_isolates
from leaflets.pages.composition import Composition
from leaflets.pages.contract import imprint_id, is_heading
from leaflets.pages.html import trusted
from leaflets.pages.templates import ScreenTranslator, Templates, render
from leaflets.paper.colours import palette
from leaflets.pdf.fonts.lines import web_font
from leaflets.pdf.read.raster import thumbnail
from leaflets.sources.project import Edition, Project
from leaflets.web.screen import Screen, on_screen

THUMBNAIL = 40
"""Pixels per inch: 330 wide for A4."""
WEIGHTS = (400, 700)


@dataclass(frozen=True, slots=True)
class Page:
    """A leaflet in a language, as it is shown."""

    locale: Locale
    leaflet: str
    screen: Screen
    composition: Composition

    @property
    def path(self) -> str:
        """Give the page's path below the site."""
        return f"{self.locale.name}/{self.leaflet}.html"

    @property
    def current(self) -> str:
        """Give the path of the page on the newest version."""
        return f"{self.locale.name}/{self.leaflet}.current.html"

    def said(self, key: str) -> str:
        """Give a passage's words without marks."""
        return without_isolates(self.screen.passages.get(key, ""))


def screen_edition(project: Project) -> Edition:
    """Find the edition that is shown on screen: all words, labels below drawings."""
    plain = [
        one
        for one in project.editions
        if one.text == "whole"
        and not one.fold.folded
        and not (one.beside or one.shops or one.for_reviewers)
    ]
    if not plain:
        message = "no edition has the whole text on plain pages"
        raise LeafletsError(
            (error("project-file", message, Location("pyproject.toml")),)
        )
    return next((one for one in plain if one.keyed), plain[0])


def pages_of(front: Front, edition: str) -> tuple[Page, ...]:
    """Make the page of each leaflet and language; LeafletsError where words are lost."""
    made: dict[tuple[str, str], Page] = {}
    for one in front.compositions:
        locale = front.material.project.locale(one.target.locale)
        if one.target.edition != edition or locale is None:
            continue
        try:
            page = Page(locale, one.target.leaflet, on_screen(one), one)
        except ValueError as problem:
            found = error("web-page", str(problem), one.location)
            raise LeafletsError((found,)) from problem
        made.setdefault((locale.name, one.target.leaflet), page)
    return tuple(made.values())


def site_of(
    front: Front, manifest: Manifest, folder: Path, *, desk: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Make every file of the site, by path; PDFs that are not as listed are left out.

    `desk` says whether the print desk is served beside it.
    """
    project = front.material.project
    pages = pages_of(front, screen_edition(project).name)
    templates = front.material.templates
    listed = {page.locale.name for page in pages}
    locales = [one for one in project.locales if one.name in listed]
    files_of: dict[tuple[str, str], list[dict[str, Any]]] = {}
    thumbs: dict[tuple[str, str], tuple[str, tuple[int, int]]] = {}
    for entry in manifest.entries:
        data = _published(folder, entry)
        if not data or entry.target.locales[0] not in listed:
            continue
        key = entry.target.locales[0], entry.target.leaflet
        files_of.setdefault(key, []).append(_file(entry, project))
        yield f"files/{entry.output}", data
        plain = "+" not in entry.target.locale and key not in thumbs
        if plain and not _edition(project, entry).fold.folded:
            small, width, height = thumbnail(data, THUMBNAIL)
            name = f"thumbs/{key[0]}/{key[1]}.webp"
            thumbs[key] = name, (width, height)
            yield name, small
    yield "site.css", stylesheet(templates)
    yield "shelf.js", script("shelf.js")
    words: list[dict[str, str]] = []
    for locale in locales:
        interface = ScreenTranslator(front.material.catalogs.get(locale.name), locale)
        mine = [one for one in pages if one.locale == locale]
        shown = {"index.html": ("../", _shelf)} | (
            {"../index.html": ("", _shelf)} if locale == locales[0] else {}
        )
        seen = ""
        for name, (base, make) in shown.items():
            text = make(
                templates, interface, mine, locales, base, files_of, thumbs, desk
            )
            seen = seen + text
            yield (
                f"{locale.name}/{name}".replace(f"{locale.name}/../", ""),
                (text.encode()),
            )
        for page in mine:
            text = _leaflet(templates, interface, page, locales)
            current = _current(templates, interface, page, locales)
            seen += text + current
            yield page.path, text.encode()
            yield page.current, current.encode()
            words.append(_words(page))
        yield from fonts_of_page(locale, seen)
    # A script, for a page that is opened as a file may not fetch anything.
    index = json.dumps(words, ensure_ascii=False)
    yield "index.js", f"window.leaflets = {index};\n".encode()


def _published(folder: Path, entry: Entry) -> bytes:
    """Read a published file; nothing where it is not as listed, or of earlier words."""
    try:
        data = (folder / entry.output).read_bytes()
    except OSError:
        return b""
    sound = digest_bytes(data) == entry.sha256 and not entry.earlier
    return data if sound else b""


def _edition(project: Project, entry: Entry) -> Edition:
    return next(one for one in project.editions if one.name == entry.target.edition)


def _file(entry: Entry, project: Project) -> dict[str, Any]:
    """Tell what a clinic wants to know of one PDF."""
    edition = _edition(project, entry)
    beside = entry.target.locales[1:]
    sheets = -(-entry.pages // 2)
    flip = "short" if edition.fold.folded else "long"
    return {
        "href": f"files/{entry.output}",
        "kind": edition.name.removesuffix("-press"),
        "press": bool(edition.shops),
        "fold": edition.fold,
        "flip": "" if edition.shops or entry.pages < 2 else flip,
        "paper": entry.target.paper,
        "beside": project.locale(beside[0]) if beside else None,
        "pages": entry.pages,
        "sheets": sheets,
        "size": f"{entry.size / 1000:.0f} kB",
        "sha256": entry.sha256,
        "order": (bool(edition.shops), entry.target.edition, entry.target),
    }


def _languages(locales: list[Locale], base: str, path: str) -> list[dict[str, Any]]:
    """Link a page's counterpart in every language."""
    return [{"locale": one, "href": f"{base}{one.name}/{path}"} for one in locales]


def _shelf(
    templates: Templates,
    interface: ScreenTranslator,
    pages: list[Page],
    locales: list[Locale],
    base: str,
    files_of: Mapping[tuple[str, str], list[dict[str, Any]]],
    thumbs: Mapping[tuple[str, str], tuple[str, tuple[int, int]]],
    desk: bool,
) -> str:
    cards = []
    for page in pages:
        key = page.locale.name, page.leaflet
        thumb, size = thumbs.get(key, ("", (0, 0)))
        cards.append(
            {
                "page": page.path,
                "current": page.current,
                "title": page.said("title"),
                "promise": page.said("promise"),
                "version": page.said(imprint_id("version")),
                "review_by": page.said(imprint_id("review-by")),
                "standing": trusted(page.screen.standing),
                "files": sorted(files_of.get(key, ()), key=lambda one: one["order"]),
                "thumb": thumb,
                "thumb_size": size,
            }
        )
    variables = interface.variables() | {
        "base": base,
        "cards": cards,
        "desk": desk,
        "pages": _languages(locales, base, "index.html"),
    }
    return render(templates, "web-shelf.html", variables)


def _leaflet(
    templates: Templates, interface: ScreenTranslator, page: Page, locales: list[Locale]
) -> str:
    variables = interface.variables() | {
        "base": "../",
        "title": page.said("title"),
        "standing": trusted(page.screen.standing),
        "text": trusted(page.screen.html),
        "current": page.current,
        "pages": _languages(locales, "../", f"{page.leaflet}.html"),
    }
    return render(templates, "web-leaflet.html", variables)


def _current(
    templates: Templates, interface: ScreenTranslator, page: Page, locales: list[Locale]
) -> str:
    variables = interface.variables() | {
        "base": "../",
        "page": page.path,
        "title": page.said("title"),
        "standing": trusted(page.screen.standing),
        "version": page.said(imprint_id("version")),
        "review_by": page.said(imprint_id("review-by")),
        "pages": _languages(locales, "../", f"{page.leaflet}.current.html"),
    }
    return render(templates, "web-current.html", variables)


def _words(page: Page) -> dict[str, str]:
    """Give what a search finds a leaflet by: its titles, headings and language."""
    heads = [words for key, words in page.screen.passages.items() if is_heading(key)]
    found = [page.said("title"), page.said("promise"), *heads]
    found += [page.locale.endonym, page.locale.english_name, page.leaflet]
    return {
        "href": page.path,
        "title": page.said("title"),
        "lang": page.locale.tag,
        "dir": page.locale.direction,
        "language": page.locale.endonym,
        "words": without_isolates(" ".join(found)),
    }


def stylesheet(templates: Templates) -> bytes:
    """Make the stylesheet of all pages on screen."""
    return render(templates, "web.css", palette(press=False)).encode()


def script(name: str) -> bytes:
    """Read a module that pages load."""
    return (files("leaflets") / "web" / name).read_bytes()


def fonts_of_page(locale: Locale, text: str) -> Iterator[tuple[str, bytes]]:
    """Cut a language's fonts down to what its pages say, with the rules to use them."""
    rules = []
    left = "".join(sorted(set(text)))
    for index, family in enumerate(locale.setting.families):
        for weight in WEIGHTS:
            data = web_font(family, weight, left)
            if not data:
                continue
            name = f"{locale.name}-{index}-{weight}.ttf"
            yield f"fonts/{name}", data
            rules.append(
                f'@font-face{{font-family:"Leaflet {index}";src:url({name});'
                f"font-weight:{weight};font-display:swap}}\n"
            )
    names = ",".join(
        f'"Leaflet {index}"' for index in range(len(locale.setting.families))
    )
    rules.append(f":root{{--own:{names}}}\n")
    yield f"fonts/{locale.name}.css", "".join(rules).encode()
