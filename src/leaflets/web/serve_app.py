"""Serve: the shelf with a print desk, as a web app (door to Starlette).

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
from leaflets.clinics.list import FORM, LONGEST
from leaflets.clinics.logo import HEAVIEST
from leaflets.languages.locale import Locale
from leaflets.pages.templates import ScreenTranslator, Templates, render
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.content.family import Family
from leaflets.web.order import Order, Printout, Problem, fulfil
from leaflets.web.security import guarded_app
from leaflets.web.site import pages_of, screen_edition, script

LARGEST = 4 * HEAVIEST
"""Bytes of a request: a form, a logo, and that logo kept in the page."""
LINE = 500
"""Orders that wait at most; who comes then is asked to come again."""
PATIENCE = 120.0
"""Seconds that an order may take, waiting included."""
BUSY = Problem("busy")
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
    """For one language."""
    papers: Mapping[str, tuple[str, ...]]
    """Those of each edition, that for two languages too."""
    beside: str
    """The edition for two languages; empty where there is none."""
    catalogs: Mapping[str, Catalog]
    templates: Templates
    family: Family
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
    names = [page.locale.name for page in pages]
    office = [
        edition
        for edition in project.editions
        if not edition.shops and not edition.for_reviewers
    ]
    return Offer(
        root=root,
        locales=tuple(locale for locale in project.locales if locale.name in names),
        leaflets={
            name: tuple(
                (page.leaflet, page.said("title"))
                for page in pages
                if page.locale.name == name
            )
            for name in names
        },
        editions=tuple(edition.name for edition in office if not edition.beside),
        papers={edition.name: edition.papers for edition in office},
        beside=next((edition.name for edition in office if edition.beside), ""),
        catalogs=material.catalogs,
        templates=material.templates,
        family=material.family,
        standings={
            (page.locale.name, page.leaflet): page.screen.standing for page in pages
        },
    )


def serve_app(
    offer: Offer, site: Path, pool: Executor, workers: int, hosts: Collection[str]
) -> ASGIApp:
    """Make the app: the shelf below `site`, and the print desk."""
    counter = Counter(asyncio.Semaphore(workers))
    home = site.resolve()
    locales = {locale.name: locale for locale in offer.locales}

    async def desk(request: Request) -> Response:
        locale = locales.get(request.path_params["locale"])
        if locale is None:
            return Response("there is no such language", 404)
        if request.method != "POST":
            values = {key: request.query_params.get(key, "") for key in CHOICES}
            return _page(offer, locale, values, Printout(), b"")
        try:
            async with request.form(
                max_files=1, max_fields=20, max_part_size=2 * HEAVIEST
            ) as form:
                values = {key: str(form.get(key) or "") for key in (*CHOICES, *FORM)}
                logo = await _logo(form)
                show = form.get("do") != "pdf"
                ticket = str(form.get("ticket") or "")[:40]
        except HTTPException:
            refused = Printout(problems=(Problem("clinic-logo", "logo"),))
            return _page(offer, locale, {}, refused, b"", 413)
        order = order_of(offer, values, logo, show=show)
        if isinstance(order, Problem):
            refused = Printout(problems=(order,))
            return _page(offer, locale, values, refused, logo, 422)
        printout = await _served(offer, counter, pool, ticket, order)
        if printout.problems:
            status = 503 if BUSY in printout.problems else 422
            return _page(offer, locale, values, printout, logo, status)
        if order.show:
            return _page(offer, locale, values, printout, logo)
        name = f"{order.first}-{order.leaflet}.{order.edition}.{order.paper}.pdf"
        headers = {"content-disposition": f'attachment; filename="{name}"'}
        return Response(printout.data, media_type="application/pdf", headers=headers)

    async def line(request: Request) -> Response:
        ticket = request.path_params["ticket"]
        waiting = list(counter.waiting)
        place = waiting.index(ticket) + 1 if ticket in counter.waiting else 0
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
    offer: Offer, counter: Counter, pool: Executor, ticket: str, order: Order
) -> Printout:
    """Wait for a seat and have an order printed; nobody waits for ever, or unseen."""
    if len(counter.waiting) >= LINE:
        return Printout(problems=(BUSY,))
    ticket = ticket if ticket and ticket not in counter.waiting else _ticket()
    counter.waiting[ticket] = None
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(PATIENCE), counter.seats:
            job = loop.run_in_executor(pool, fulfil, offer.root, order, offer.beside)
            # Whoever leaves does not free the seat before the worker is done.
            return await asyncio.shield(job)
    except (TimeoutError, BrokenProcessPool):
        # Too late, or the process that had the order has died.
        return Printout(problems=(BUSY,))
    finally:
        counter.waiting.pop(ticket, None)


def _ticket() -> str:
    return secrets.token_hex(8)


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


def order_of(
    offer: Offer, values: Mapping[str, str], logo: bytes, *, show: bool
) -> Order | Problem:
    """Read a form; a problem where it asks for what is not offered, or is too long."""
    names = {locale.name for locale in offer.locales}
    fit = (
        values["first"] in names
        and values["second"] in (names | {""})
        and values["leaflet"] in dict(offer.leaflets.get(values["first"], ()))
        and values["edition"] in offer.editions
        and values["name"].strip()
        and all(len(values[key]) <= LONGEST for key in FORM)
        and (offer.beside or not values["second"])
    )
    if not fit:
        return Problem("field", "name")
    if values["paper"] not in offer.papers[_edition(offer, values)]:
        return Problem("field", "paper")
    return Order(
        **{key: values[key] for key in CHOICES},
        fields=tuple((key, values[key]) for key in FORM if values[key].strip()),
        logo=logo,
        show=show,
    )


def _edition(offer: Offer, values: Mapping[str, str]) -> str:
    """Name the edition that a form asks for: another one for two languages."""
    two = values["second"] not in ("", values["first"])
    return offer.beside if two and offer.beside else values["edition"]


def _page(
    offer: Offer,
    locale: Locale,
    values: Mapping[str, str],
    printout: Printout,
    logo: bytes,
    status: int = 200,
) -> Response:
    """Fill the form in again, with what came of it."""
    speech = ScreenTranslator(offer.catalogs.get(locale.name), locale, offer.family)
    usual = {
        "leaflet": offer.leaflets[locale.name][0][0],
        "first": locale.name,
        "edition": offer.editions[0],
        "paper": offer.papers[offer.editions[0]][0],
    }
    form = {key: values.get(key) or usual.get(key, "") for key in (*CHOICES, *FORM)}
    images = [
        f"data:image/png;base64,{base64.b64encode(image).decode('ascii')}"
        for image in printout.images
    ]
    context: dict[str, Any] = {
        "base": "/",
        "pages": [
            {"locale": other, "href": f"/desk/{other.name}"} for other in offer.locales
        ],
        "form": form,
        "fields": FORM,
        "longest": LONGEST,
        "leaflets": [(*leaflet, "") for leaflet in offer.leaflets[locale.name]],
        "locales": [(other.name, other.endonym, other.tag) for other in offer.locales],
        "editions": offer.editions,
        "beside": offer.beside,
        "papers": _papers(offer),
        "on_paper": offer.papers.get(_edition(offer, form), ()),
        "problems": printout.problems,
        "wrong": {problem.field for problem in printout.problems},
        "images": images,
        "standing": offer.standings.get((form["first"], form["leaflet"]), ""),
        "flip": printout.flip,
        "kept_logo": base64.b64encode(logo).decode("ascii") if logo else "",
        "ticket": _ticket(),
    }
    text = render(offer.templates, "web-desk.html", speech.variables() | context)
    return Response(text, status, media_type="text/html")


def _papers(offer: Offer) -> dict[str, list[str]]:
    """List the editions that are made on each paper, by paper."""
    names = dict.fromkeys(paper for papers in offer.papers.values() for paper in papers)
    return {
        paper: [edition for edition, papers in offer.papers.items() if paper in papers]
        for paper in names
    }
