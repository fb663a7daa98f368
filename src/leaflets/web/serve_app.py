"""Serve: the shelf with a print desk, as a web app (door to Starlette).

Files of the shelf as they were made, and forms that are answered from a bounded number
of processes.  What is typed and the logo stay in memory, of this process and of those
that print it: neither is written to a disk or a log.
"""

import base64
import logging
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartParser
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from leaflets.build.front import Front
from leaflets.clinics.list import FORM, LONGEST
from leaflets.clinics.logo import HEAVIEST
from leaflets.languages.locale import Locale
from leaflets.pages.templates import ScreenTranslator, Templates, render
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.content.family import Family
from leaflets.web.counter import (
    BUSY,
    MOST_HELD,
    Counter,
    at_desk,
    serve,
    visitor_of,
)
from leaflets.web.order import Order, Printout, Problem
from leaflets.web.security import guarded_app
from leaflets.web.site import pages_of, screen_edition, script

LARGEST = 4 * HEAVIEST
"""Bytes of a request: a form, a logo, and that logo kept in the page."""
# It logs the characters at which a form is broken, each a line.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
# Starlette puts a file of more than 1 MB on the disk while it reads a form.
MultiPartParser.spool_max_size = LARGEST
WAIT = {"retry-after": "60"}
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


def offer_of(front: Front) -> Offer:
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
    offer: Offer, site: Path, counter: Counter, hosts: Collection[str]
) -> ASGIApp:
    """Make the app: the shelf below `site`, and the print desk."""
    home = site.resolve()
    locales = {locale.name: locale for locale in offer.locales}

    async def desk(request: Request) -> Response:
        locale = locales.get(request.path_params["locale"])
        if locale is None:
            return Response("there is no such language", 404)
        if request.method != "POST":
            values = {key: request.query_params.get(key, "") for key in CHOICES}
            return _page(offer, locale, values, Printout(), b"")
        return await _ordered(offer, counter, locale, request)

    async def line(request: Request) -> Response:
        ticket = request.path_params["ticket"]
        waiting = list(counter.waiting)
        place = waiting.index(ticket) + 1 if ticket in counter.waiting else 0
        return JSONResponse({"place": place})

    async def module(request: Request) -> Response:
        return Response(script("desk.js"), media_type="text/javascript")

    async def file(request: Request) -> Response:
        path = _below(home, request.path_params["path"] or "index.html")
        if path is None:
            return Response("there is no such page", 404)
        return FileResponse(path, media_type=KINDS[path.suffix])

    routes = [
        Route("/desk/{locale}", desk, methods=["GET", "POST"]),
        Route("/line/{ticket}", line),
        Route("/desk.js", module),
        Route("/{path:path}", file),
    ]
    return guarded_app(Starlette(routes=routes), hosts, LARGEST)


async def _ordered(
    offer: Offer, counter: Counter, locale: Locale, request: Request
) -> Response:
    """Answer a form, unless there is no room for another one."""
    visitor = visitor_of(request.client.host if request.client else "")
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await request.receive()
        size = len(message.get("body", b""))
        taken += size
        counter.held += size
        if counter.held > MOST_HELD:
            raise HTTPException(503)
        return message

    with at_desk(counter, visitor) as room:
        if not room:
            return _page(offer, locale, {}, Printout(problems=(BUSY,)), b"", 503)
        try:
            sent = await _form(Request(request.scope, counted))
            if isinstance(sent, int):
                what = BUSY if sent == 503 else Problem("clinic-logo", "logo")
                return _page(offer, locale, {}, Printout(problems=(what,)), b"", sent)
            return await _answered(offer, counter, locale, visitor, request, sent)
        finally:
            counter.held -= taken


async def _answered(
    offer: Offer,
    counter: Counter,
    locale: Locale,
    visitor: str,
    request: Request,
    sent: "Sent",
) -> Response:
    """Have what a form asks for printed, or say on it what is to be mended."""
    order = order_of(offer, sent.values, sent.logo, show=sent.show)
    printout, often = Printout(), False
    if isinstance(order, Problem):
        printout = Printout(problems=(order,))
    else:
        printout, often = await serve(
            counter, sent.ticket, visitor, order, request.is_disconnected
        )
    status = 200
    if printout.problems:
        status = 503 if BUSY in printout.problems else 422
        status = 429 if often else status
    if isinstance(order, Problem) or printout.problems or order.show:
        return _page(offer, locale, sent.values, printout, sent.logo, status)
    name = f"{order.first}-{order.leaflet}.{order.edition}.{order.paper}.pdf"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(printout.data, media_type="application/pdf", headers=headers)


def _below(home: Path, name: str) -> Path | None:
    """Find a file of the shelf; none where the name leads to no such file, or out."""
    try:
        path = (home / name).resolve()
        fit = path.is_relative_to(home) and path.suffix in KINDS and path.is_file()
    except (OSError, ValueError):
        # A name that no disk can hold, or with a NUL in it.
        return None
    return path if fit else None


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent."""

    values: dict[str, str]
    logo: bytes
    show: bool
    ticket: str


async def _form(request: Request) -> Sent | int:
    """Read a form, or say with which status it is refused."""
    kind = request.headers.get("content-type", "").lower()
    if "charset" in kind and "charset=utf-8" not in kind.replace('"', ""):
        # No page of ours asks for it, and some decoders have no end.
        return 415
    try:
        async with request.form(
            max_files=1, max_fields=20, max_part_size=2 * HEAVIEST
        ) as form:
            return Sent(
                {key: _text(form, key) for key in (*CHOICES, *FORM)},
                await _logo(form),
                show=_text(form, "do") != "pdf",
                ticket=_text(form, "ticket")[:40],
            )
    except HTTPException as problem:
        return problem.status_code


def _text(form: FormData, key: str) -> str:
    value = form.get(key)
    return value if isinstance(value, str) else ""


async def _logo(form: FormData) -> bytes:
    """Read a logo: a file, or the one that the page kept from before."""
    upload = form.get("logo")
    if isinstance(upload, UploadFile):
        data: bytes = await upload.read(HEAVIEST + 1)
        if data:
            return data
    try:
        return base64.b64decode(_text(form, "kept_logo"), validate=True)
    except ValueError:
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
    second = values["second"]
    if second and values["leaflet"] not in dict(offer.leaflets.get(second, ())):
        return Problem("field", "second")
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
        "standing": _standing(offer, form),
        "flip": printout.flip,
        "kept_logo": base64.b64encode(logo).decode("ascii") if logo else "",
        "ticket": secrets.token_hex(8),
    }
    text = render(offer.templates, "web-desk.html", speech.variables() | context)
    headers = WAIT if status in (429, 503) else None
    return Response(text, status, headers, media_type="text/html")


def _standing(offer: Offer, form: Mapping[str, str]) -> str:
    """Say that what is chosen is a draft, in the language that it is a draft in."""
    chosen = ((form[key], form["leaflet"]) for key in ("first", "second"))
    return next(filter(None, (offer.standings.get(key) for key in chosen)), "")


def _papers(offer: Offer) -> dict[str, list[str]]:
    """List the editions that are made on each paper, by paper."""
    names = dict.fromkeys(paper for papers in offer.papers.values() for paper in papers)
    return {
        paper: [edition for edition, papers in offer.papers.items() if paper in papers]
        for paper in names
    }
