"""Site: the published leaflets as a static site, for clinics and readers.

Takes what was composed and what is published; gives files by path.  Every PDF on it is
listed in the manifest with these very bytes, every page on screen is proven to hold
the words that are printed, and nothing on it asks another server for anything.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any

from leaflets.build.front import Front
from leaflets.build.manifest import Entry, Manifest
from leaflets.diagnostics import LeafletsError, Location, error
from leaflets.digest import digest_bytes
from leaflets.files import is_file, read
from leaflets.languages.locale import Locale, without_isolates
from leaflets.pages.composition import Composition, subject_of
from leaflets.pages.contract import imprint_id, is_heading
from leaflets.pages.html import trusted
from leaflets.pages.templates import ScreenTranslator, Templates, render
from leaflets.paper.colours import palette
from leaflets.pdf.fonts.lines import web_font
from leaflets.pdf.read.raster import thumbnail
from leaflets.sources.fonts import LICENCE, PINS
from leaflets.sources.project import Edition, Project
from leaflets.sources.stock import stock_root
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
        """Return the page's path below the site."""
        return f"{self.locale.name}/{self.leaflet}.html"

    @property
    def current(self) -> str:
        """Return the path of the page on the newest version."""
        return f"{self.locale.name}/{self.leaflet}.current.html"

    def said(self, key: str) -> str:
        """Return a passage's words without marks of direction."""
        return without_isolates(self.screen.passages.get(key, ""))


def screen_edition(project: Project) -> Edition:
    """Find the edition that is shown on screen: all words, labels below drawings."""
    plain = [
        edition
        for edition in project.editions
        if edition.text == "whole"
        and not edition.fold.folded
        and not (edition.beside or edition.shops or edition.for_reviewers)
    ]
    if not plain:
        message = "no edition has the whole text on plain pages"
        raise LeafletsError(
            (error("project-file", message, Location("pyproject.toml")),)
        )
    return next((edition for edition in plain if edition.keyed), plain[0])


def pages_of(front: Front, edition: str) -> tuple[Page, ...]:
    """Make the page of each leaflet and language; LeafletsError where words are lost."""
    pages: dict[tuple[str, str], Page] = {}
    for composition in front.compositions:
        target = composition.target
        locale = front.material.project.locale(target.locale)
        if target.edition != edition or locale is None:
            continue
        try:
            screen = on_screen(composition)
        except ValueError as problem:
            place, subject = composition.location, subject_of(target)
            diagnostic = error("web-page", str(problem), place, subject=subject)
            raise LeafletsError((diagnostic,)) from problem
        page = Page(locale, target.leaflet, screen, composition)
        pages.setdefault((locale.name, target.leaflet), page)
    return tuple(pages.values())


def site_of(
    front: Front, manifest: Manifest, folder: Path, *, desk: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Make every file of the site, by path; PDFs that are not as listed are left out.

    `desk` says whether the print desk is served beside it.
    """
    project = front.material.project
    pages = pages_of(front, screen_edition(project).name)
    templates = front.material.templates
    shown = {page.locale.name for page in pages}
    locales = [locale for locale in project.locales if locale.name in shown]
    published: dict[tuple[str, str], list[dict[str, Any]]] = {}
    thumbnails: dict[tuple[str, str], Thumbnail] = {}
    for entry in manifest.entries:
        data = _published(folder, entry)
        if not data or entry.target.locales[0] not in shown:
            continue
        leaflet = entry.target.locales[0], entry.target.leaflet
        published.setdefault(leaflet, []).append(_file(entry, project))
        yield f"files/{entry.output}", data
        plain = "+" not in entry.target.locale and leaflet not in thumbnails
        if plain and not _edition(project, entry).fold.folded:
            picture, width, height = thumbnail(data, THUMBNAIL)
            path = f"thumbs/{leaflet[0]}/{leaflet[1]}.webp"
            thumbnails[leaflet] = Thumbnail(path, (width, height))
            yield path, picture
    yield "fonts/OFL.txt", font_licence(front.material.sources.root)
    yield "site.css", stylesheet(templates)
    yield "shelf.js", script("shelf.js")
    for locale in locales:
        interface = ScreenTranslator(
            front.material.catalogs.get(locale.name), locale, front.material.family
        )
        own = [page for page in pages if page.locale == locale]
        shelf = partial(
            _shelf, templates, interface, own, locales, published, thumbnails, desk=desk
        )
        texts = {f"{locale.name}/index.html": shelf(base="../")}
        if locale == locales[0]:
            texts["index.html"] = shelf(base="")
        for page in own:
            texts[page.path] = _leaflet(templates, interface, page, locales)
            texts[page.current] = _current(templates, interface, page, locales)
        yield from ((path, text.encode()) for path, text in texts.items())
        yield from fonts_of_page(locale, "".join(texts.values()))
    # A script, for a page that is opened as a file may not fetch anything.
    order = {locale.name: place for place, locale in enumerate(locales)}
    sought = [
        _words(page) for page in sorted(pages, key=lambda page: order[page.locale.name])
    ]
    index = json.dumps(sought, ensure_ascii=False)
    yield "index.js", f"window.leaflets = {index};\n".encode()


@dataclass(frozen=True, slots=True)
class Thumbnail:
    """A picture of a leaflet's first page."""

    path: str
    """Below the site."""
    size: tuple[int, int]
    """Width and height in pixels."""


NO_THUMBNAIL = Thumbnail("", (0, 0))


def _published(folder: Path, entry: Entry) -> bytes:
    """Read a published file; nothing where it is not as listed, or of earlier words."""
    try:
        data = read(folder, entry.output)
    except OSError:
        return b""
    sound = digest_bytes(data) == entry.sha256 and not entry.earlier
    return data if sound else b""


def _edition(project: Project, entry: Entry) -> Edition:
    name = entry.target.edition
    return next(edition for edition in project.editions if edition.name == name)


def _file(entry: Entry, project: Project) -> dict[str, Any]:
    """Return what a clinic wants to know of one PDF, for the template."""
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
    return [
        {"locale": locale, "href": f"{base}{locale.name}/{path}"} for locale in locales
    ]


def _shelf(
    templates: Templates,
    interface: ScreenTranslator,
    pages: list[Page],
    locales: list[Locale],
    published: Mapping[tuple[str, str], list[dict[str, Any]]],
    thumbnails: Mapping[tuple[str, str], Thumbnail],
    *,
    base: str,
    desk: bool,
) -> str:
    """Fill in the page of all leaflets in a language; `base` leads to the site's root."""
    cards = []
    for page in pages:
        leaflet = page.locale.name, page.leaflet
        small = thumbnails.get(leaflet, NO_THUMBNAIL)
        listed = sorted(published.get(leaflet, ()), key=lambda file: file["order"])
        cards.append(
            {
                "page": page.path,
                "current": page.current,
                "title": page.said("title"),
                "promise": page.said("promise"),
                "version": page.said(imprint_id("version")),
                "review_by": page.said(imprint_id("review-by")),
                "standing": trusted(page.screen.standing),
                "files": listed,
                "thumb": small.path,
                "thumb_size": small.size,
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
    """Return what a search finds a leaflet by: its titles, headings and language."""
    heads = [words for key, words in page.screen.passages.items() if is_heading(key)]
    words = [page.said("title"), page.said("promise"), *heads]
    words += [page.locale.endonym, page.locale.english_name, page.leaflet]
    return {
        "href": page.path,
        "title": page.said("title"),
        "lang": page.locale.tag,
        "dir": page.locale.direction,
        "language": page.locale.endonym,
        "words": without_isolates(" ".join(words)),
    }


def stylesheet(templates: Templates) -> bytes:
    """Make the stylesheet of all pages on screen."""
    return render(templates, "web.css", palette(press=False)).encode()


def script(name: str) -> bytes:
    """Read a module that pages load."""
    return (files("leaflets") / "web" / name).read_bytes()


def font_licence(root: Path) -> bytes:
    """Read the licence that goes with every copy of a font; LeafletsError without one.

    A project with fonts of its own has a licence of its own for them.
    """
    own = is_file(root, PINS)
    try:
        return read(root, LICENCE) if own else (stock_root() / LICENCE).read_bytes()
    except OSError as problem:
        message = (
            f"the site would hold fonts without their licence: {LICENCE} is missing"
        )
        hint = "copy it from where the fonts come from"
        lacks = error("font-licence", message, Location(LICENCE), hint)
        raise LeafletsError((lacks,)) from problem


def fonts_of_page(locale: Locale, text: str) -> Iterator[tuple[str, bytes]]:
    """Cut a language's fonts down to what its pages say, with the rules to use them."""
    rules = []
    characters = "".join(sorted(set(text)))
    for index, family in enumerate(locale.setting.families):
        for weight in WEIGHTS:
            data = web_font(family, weight, characters)
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
