"""Serve: the shelf with a print desk, as a web app (door to Starlette, with `guard`).

Files of the shelf as they were made, and forms that are answered from a bounded pool
of workers.  Nothing that is typed is written anywhere, and nobody is told of it.
"""

import asyncio
import base64
import binascii
import secrets
from collections.abc import Collection, Mapping
from concurrent.futures import Executor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from leaflets.build.front import Front
from leaflets.clinics.list import LONGEST
from leaflets.clinics.logo import HEAVIEST
from leaflets.languages.locale import Locale
from leaflets.pages.templates import ScreenTranslator, Templates, render
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.web.order import FIELDS, Made, Wish, make
from leaflets.web.security import guarded_app
from leaflets.web.site import pages_of, screen_edition, script

LARGEST = 4 * HEAVIEST
"""Bytes of a request: a form, a logo, and that logo kept in the page."""
LINE = 500
"""Wishes that wait at most; who comes then is asked to come again."""
PATIENCE = 120.0
"""Seconds that a wish may take, waiting included."""
CHOICES = ("leaflet", "first", "second", "edition", "paper")
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".ttf": "font/ttf",
    ".pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """What the desk can print, and in which words it speaks."""

    root: Path
    locales: tuple[Locale, ...]
    leaflets: Mapping[str, tuple[tuple[str, str], ...]]
    """By locale: id and title of each."""
    editions: tuple[str, ...]
    papers: tuple[str, ...]
    beside: str
    """The edition for two languages; empty where there is none."""
    catalogs: Mapping[str, Catalog]
    templates: Templates
    standings: Mapping[tuple[str, str], str]
    """That a leaflet is a draft, in its language."""


@dataclass
class Counter:
    """Who is served and who waits; touched by the event loop alone."""

    seats: asyncio.Semaphore
    waiting: dict[str, None] = field(default_factory=dict)


def offer_of(root: Path, front: Front) -> Offer:
    """Gather what can be printed from the front half."""
    material = front.material
    project = material.project
    pages = pages_of(front, screen_edition(project).name)
    names = [one.locale.name for one in pages]
    office = [
        one
        for one in project.editions
        if not one.shops and not one.for_reviewers and not one.beside
    ]
    papers = {paper: None for one in office for paper in one.papers}
    beside = next(
        (one.name for one in project.editions if one.beside and not one.shops), ""
    )
    return Offer(
        root,
        tuple(one for one in project.locales if one.name in names),
        {
            name: tuple(
                (one.leaflet, one.said("title"))
                for one in pages
                if one.locale.name == name
            )
            for name in names
        },
        tuple(one.name for one in office),
        tuple(papers),
        beside,
        material.catalogs,
        material.templates,
        {(one.locale.name, one.leaflet): one.screen.standing for one in pages},
    )


def serve_app(
    offer: Offer, site: Path, pool: Executor, workers: int, hosts: Collection[str]
) -> ASGIApp:
    """Make the app: the shelf below `site`, and the print desk."""
    counter = Counter(asyncio.Semaphore(workers))
    home = site.resolve()
    languages = {one.name: one for one in offer.locales}

    async def desk(request: Request) -> Response:
        locale = languages.get(request.path_params["locale"])
        if locale is None:
            return Response("there is no such language", 404)
        if request.method != "POST":
            values = {key: request.query_params.get(key, "") for key in CHOICES}
            return _page(offer, locale, values | {"first": values["first"]}, None, b"")
        try:
            form = await request.form(
                max_files=1, max_fields=20, max_part_size=2 * HEAVIEST
            )
        except HTTPException:
            return _page(offer, locale, {}, _busy("clinic-logo", "logo"), b"", 413)
        values = {key: str(form.get(key) or "") for key in (*CHOICES, *FIELDS)}
        logo = await _logo(form)
        wish = _wish(offer, values, logo, show=form.get("do") != "pdf")
        if wish is None:
            return _page(offer, locale, values, _busy("field", "name"), logo, 422)
        ticket = str(form.get("ticket") or "")[:40]
        made = await _served(offer, counter, pool, ticket, wish)
        if made.problems:
            code = made.problems[0][0]
            status = 503 if code == "busy" else 422
            return _page(offer, locale, values, made, logo, status)
        if wish.show:
            return _page(offer, locale, values, made, logo)
        name = f"{wish.first}-{wish.leaflet}.{wish.edition}.{wish.paper}.pdf"
        sent = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(made.data, media_type="application/pdf", headers=sent)

    async def line(request: Request) -> Response:
        ticket = request.path_params["ticket"]
        order = list(counter.waiting)
        place = order.index(ticket) + 1 if ticket in counter.waiting else 0
        return JSONResponse({"place": place})

    async def module(request: Request) -> Response:
        return Response(script("desk.js"), media_type="text/javascript")

    async def file(request: Request) -> Response:
        path = (home / (request.path_params["path"] or "index.html")).resolve()
        if not path.is_relative_to(home) or not path.is_file():
            return Response("there is no such page", 404)
        if path.suffix not in KINDS:
            return Response("there is no such page", 404)
        return FileResponse(path, media_type=KINDS[path.suffix])

    routes = [
        Route("/desk/{locale}", desk, methods=["GET", "POST"]),
        Route("/line/{ticket}", line),
        Route("/desk.js", module),
        Route("/{path:path}", file),
    ]
    return guarded_app(Starlette(routes=routes), hosts, LARGEST)


async def _served(
    offer: Offer, counter: Counter, pool: Executor, ticket: str, wish: Wish
) -> Made:
    """Wait for a seat and have a wish made; nobody waits for ever, or unseen."""
    if len(counter.waiting) >= LINE:
        return _busy("busy", "")
    ticket = ticket if ticket and ticket not in counter.waiting else _ticket()
    counter.waiting[ticket] = None
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(PATIENCE), counter.seats:
            job = loop.run_in_executor(pool, make, offer.root, wish, offer.beside)
            # Whoever leaves does not free the seat before the worker is done.
            return await asyncio.shield(job)
    except (TimeoutError, BrokenProcessPool):
        return _busy("busy", "")
    finally:
        counter.waiting.pop(ticket, None)


def _ticket() -> str:
    return secrets.token_hex(8)


def _busy(code: str, about: str) -> Made:
    return Made(b"", (), ((code, about),))


async def _logo(form: FormData) -> bytes:
    """Read a logo: a file, or the one that the page kept from before."""
    upload = form.get("logo")
    if isinstance(upload, UploadFile):
        data: bytes = await upload.read(HEAVIEST + 1)
        if data:
            return data
    try:
        return base64.b64decode(str(form.get("kept_logo") or ""), validate=True)
    except binascii.Error:
        return b""


def _wish(
    offer: Offer, values: Mapping[str, str], logo: bytes, *, show: bool
) -> Wish | None:
    """Understand a form; none where it asks for what is not offered, or is too long."""
    names = {one.name for one in offer.locales}
    fit = (
        values["first"] in names
        and values["second"] in (names | {""})
        and values["leaflet"] in dict(offer.leaflets.get(values["first"], ()))
        and values["edition"] in offer.editions
        and values["paper"] in offer.papers
        and values["name"].strip()
        and all(len(values[key]) <= LONGEST for key in FIELDS)
        and (offer.beside or not values["second"])
    )
    if not fit:
        return None
    fields = tuple((key, values[key]) for key in FIELDS if values[key].strip())
    return Wish(
        values["leaflet"],
        values["first"],
        values["second"],
        values["edition"],
        values["paper"],
        fields,
        logo,
        show,
    )


def _page(
    offer: Offer,
    locale: Locale,
    values: Mapping[str, str],
    made: Made | None,
    logo: bytes,
    status: int = 200,
) -> Response:
    """Fill the form in again, with what came of it."""
    speech = ScreenTranslator(offer.catalogs.get(locale.name), locale)
    labels = {
        "name": speech("Your clinic"),
        "phone": speech("Telephone"),
        "hours": speech("Opening hours"),
        "address": speech("Address"),
        "interpreter": speech("Interpreter"),
        "url": speech("Web address for the QR code"),
        "logo": speech("Logo (PNG or SVG)"),
    }
    usual = {
        "leaflet": offer.leaflets[locale.name][0][0],
        "first": locale.name,
        "edition": offer.editions[0],
        "paper": offer.papers[0],
    }
    form = {key: values.get(key) or usual.get(key, "") for key in (*CHOICES, *FIELDS)}
    images = [
        f"data:image/png;base64,{base64.b64encode(one).decode('ascii')}"
        for one in (made.images if made else ())
    ]
    context: dict[str, Any] = {
        "base": "/",
        "pages": [
            {"locale": one, "href": f"/desk/{one.name}"} for one in offer.locales
        ],
        "form": form,
        "leaflets": [(*one, "") for one in offer.leaflets[locale.name]],
        "locales": [(one.name, one.endonym, one.tag) for one in offer.locales],
        "editions": offer.editions,
        "papers": [(one, one, "") for one in offer.papers],
        "problems": made.problems if made else (),
        "wrong": {about for _, about in made.problems} if made else set(),
        "label_of": lambda key: labels.get(key, key),
        "images": images,
        "standing": offer.standings.get((form["first"], form["leaflet"]), ""),
        "flip": made.flip if made else "",
        "kept_logo": base64.b64encode(logo).decode("ascii") if logo else "",
        "ticket": _ticket(),
    }
    text = render(offer.templates, "web-desk.html", speech.variables() | context)
    return Response(text, status, media_type="text/html")
