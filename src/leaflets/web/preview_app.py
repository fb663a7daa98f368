"""Preview: the proof desk as a local app (door to Starlette).

One process builds the targets that are open, as `leaflets watch` does; pages ask for
their proofs.  It is the same build in a loop: what is shown is the PDF below build/.
Whatever goes wrong in it is a problem on the page, and the next save is built again.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from queue import Empty, Queue
from threading import Event, RLock, Thread
from time import perf_counter
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from leaflets.build.front import Front, analyse_with_cache, concerns_target
from leaflets.build.limited import (
    Limits,
    Stopped,
    Worker,
    close,
    place_of,
    run_limited,
)
from leaflets.build.manifest import read_manifest, read_record
from leaflets.build.options import Options
from leaflets.build.round import build_round
from leaflets.build.session import Session
from leaflets.build.watch import changes
from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    Subject,
    distinct,
    error,
    keeps_from_print,
)
from leaflets.files import read
from leaflets.languages.locale import find_locale
from leaflets.pages.composition import Choice, Target, subject_of
from leaflets.pages.targets import targets_of
from leaflets.pages.templates import ScreenTranslator, render
from leaflets.paper.colours import palette
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.read.raster import page_png
from leaflets.sources.material import Material, read_without_catalogs
from leaflets.web.proof import (
    Edit,
    Proof,
    Saved,
    composition_of,
    problem_of,
    proof_of,
    save,
)
from leaflets.web.security import LOOPBACK, guarded_app
from leaflets.web.site import script, stylesheet

PPI = 110
"""Of the pages on screen: sharp at the width of half a screen."""
OPEN = 3
"""Targets that are built at each save: those looked at last."""
LARGEST = 100_000
"""Bytes of a request: one translation."""
BEAT = 0.03
"""Seconds between two looks at what has been built."""
LISTENERS = 32
"""Pages that are told of news at the same time."""
ROUND = Limits(seconds=300, cpu=250)
"""For one target, with the sources read anew; ours take a second."""
AGAIN = 2.0
"""Seconds after which what went wrong is tried again."""
EVERYTHING_CHANGED = ""
"""In the place of a source: every open target is built again."""


@dataclass
class Desk:
    """What the builder and the pages share; the lock is held for each change."""

    session: Session
    lock: RLock = field(default_factory=RLock)
    orders: "Queue[tuple[str, ...]]" = field(default_factory=Queue)
    """Sources that changed; empty where a target was opened."""
    open: list[Target] = field(default_factory=list)
    proofs: dict[Target, Proof] = field(default_factory=dict)
    rounds: int = 0
    """Grows with each round, so that pages know that there is news."""
    seconds: float = 0.0
    """Of the last round."""
    worker: Worker | None = None
    """In which rounds are built; None for this process."""
    fault: tuple[dict[str, Any], ...] = ()
    """What is wrong with the desk itself, as `problem_of` gives it."""
    listeners: int = 0
    """Pages that are told of news."""


def targets_here(root: Path) -> tuple[tuple[Target, ...], str]:
    """List every target that can be shown, and name the source's locale."""
    material, _ = read_without_catalogs(root)
    project = material.project
    family = tuple(document.meta.id for document in material.documents)
    asked = [edition.name for edition in project.editions if edition.on_request]
    targets = {target for target, _ in targets_of(project, family, asked)}
    return tuple(sorted(targets)), project.source_locale


def keep_building(desk: Desk, stop: Event) -> None:
    """Build what is open whenever it is asked for or a source changes; a thread."""
    while not stop.is_set():
        try:
            changed = {*desk.orders.get(timeout=0.1)}
        except Empty:
            continue
        with suppress(Empty):
            # Several saves are one round.
            while True:
                changed.update(desk.orders.get_nowait())
        with desk.lock:
            stale = [
                target
                for target in desk.open
                if target not in desk.proofs or is_touched(target, changed)
            ]
        start = perf_counter()
        for target in stale:
            proof = proof_now(desk, target)
            with desk.lock:
                desk.proofs[target] = proof
                desk.rounds += 1
                desk.seconds = perf_counter() - start


def keep_watching(desk: Desk, stop: Event) -> None:
    """Pass on what changes below the root; a thread.

    Where the watch breaks off it is said on every page, and begun again: what changed
    meanwhile is built then.
    """
    while not stop.is_set():
        try:
            for paths in changes(desk.session.root, stop):
                if desk.fault:
                    _tell_fault(desk, None)
                    desk.orders.put((EVERYTHING_CHANGED,))
                if paths:
                    desk.orders.put(paths)
        except Exception as problem:  # noqa: BLE001
            _tell_fault(desk, problem)
            stop.wait(AGAIN)


def _tell_fault(desk: Desk, problem: Exception | None) -> None:
    """Say on every page that saves are not seen any more, or that they are again."""
    fault: tuple[dict[str, Any], ...] = ()
    if problem:
        message = f"changes of files are not seen: {place_of(problem)}"
        hint = (
            "it is tried again; if it stays so, end `leaflets preview` and begin anew"
        )
        fault = (problem_of(error("engine-crash", message, Location("."), hint)),)
    with desk.lock:
        if fault != desk.fault:
            desk.fault = fault
            desk.rounds += 1


def proof_now(desk: Desk, target: Target) -> Proof:
    """Build one target and gather its proof; whatever ends that is its problem.

    What was shown of it before stays, and is said to be earlier.
    """
    try:
        if desk.worker is None:
            return round_of(desk.session, target)
        proof = run_limited(desk.worker, ROUND, round_of, desk.session, target)
        if isinstance(proof, Proof):
            return proof
        stopped = proof
    except (Exception, SystemExit) as problem:  # noqa: BLE001
        stopped = Stopped("crash", place_of(problem))
    codes = {"time": "too-slow", "crash": "engine-crash"}
    why = {
        "time": f"it takes more than {ROUND.cpu} seconds",
        "memory": "it takes too much memory",
        "died": "its process died",
    }.get(stopped.reason, stopped.detail)
    diagnostic = error(
        codes.get(stopped.reason, "worker-died"),
        f"{target} cannot be shown: {why}",
        Location("."),
        "what was saved last may be the cause; the page is made anew when it is mended",
        subject=subject_of(target),
    )
    before = desk.proofs.get(target, Proof(target=str(target)))
    return replace(before, problems=(problem_of(diagnostic),), earlier=True)


def round_of(session: Session, target: Target) -> Proof:
    """Build one target and gather its proof, with what goes wrong as its problems."""
    use_fonts(session.fonts.config)
    choice = Choice(
        (target.leaflet,), (target.locale,), (target.edition,), (target.paper,)
    )
    asked = (target.edition, target.locale, target.paper)
    front: Front | None = None
    diagnostics: list[Diagnostic] = []
    folder = session.folder
    try:
        options = Options(asked=asked, wait=True)
        result = build_round(session, choice, options)
        front = result.front
        diagnostics.extend(result.diagnostics)
    except LeafletsError as problem:
        diagnostics.extend(problem.diagnostics)
    if front is None:
        # Nothing was to be done, or the project itself cannot be read.
        try:
            front = analyse_with_cache(session.root, asked, choice)
        except LeafletsError as problem:
            diagnostics.extend(problem.diagnostics)
            problems = tuple(map(problem_of, distinct(diagnostics)))
            return Proof(target=str(target), problems=problems)
    diagnostics.extend(front.blocked.get(target, ()))
    manifest, _ = read_manifest(folder)
    entry = manifest.entry(target)
    composition = composition_of(front, target)
    record = None
    if entry and composition and not entry.earlier:
        record = read_record(folder, entry.fingerprint, composition)
    own = (
        diagnostic for diagnostic in diagnostics if concerns_target(diagnostic, target)
    )
    return proof_of(front, target, entry, record, distinct(own))


def is_touched(target: Target, changed: Collection[str]) -> bool:
    """Say whether a page may be another: not where only other languages changed."""
    catalogs = {f"locales/{name}/LC_MESSAGES/messages.po" for name in target.locales}
    return any(
        path in catalogs or not path.endswith("/LC_MESSAGES/messages.po")
        for path in changed
    )


def preview_app(
    desk: Desk,
    targets: tuple[Target, ...],
    material: Material,
    source_locale: str,
) -> ASGIApp:
    """Make the app of the proof desk; it serves this machine only."""
    by_name = {str(target): target for target in targets}
    english = find_locale("en")
    assert english is not None
    templates = dict(material.templates)
    speech = ScreenTranslator(None, english, material.family)

    def page(name: str, **values: Any) -> Response:
        text = render(templates, name, speech.variables() | values)
        return Response(text, media_type="text/html")

    def target_of(request: Request) -> Target | None:
        return by_name.get(request.path_params["target"])

    async def home(request: Request) -> Response:
        return page("desk-list.html", targets=targets)

    async def shown(request: Request) -> Response:
        target = target_of(request)
        if target is None:
            return Response("there is no such leaflet", 404)
        source = replace(target, locale=source_locale)
        beside = str(source) if source != target and source in targets else ""
        return page(
            "desk-proof.html",
            address=str(target),
            target=target,
            beside=beside,
            targets=targets,
        )

    async def proof(request: Request) -> Response:
        target = target_of(request)
        if target is None:
            return JSONResponse({"problem": "there is no such leaflet"}, 404)
        _order(desk, target)
        known = desk.proofs.get(target)
        if known and desk.fault:
            known = replace(known, problems=(*desk.fault, *known.problems))
        value = known.to_json() if known else None
        return JSONResponse(
            {"proof": value, "rounds": desk.rounds, "seconds": round(desk.seconds, 3)}
        )

    async def side(request: Request) -> Response:
        target = target_of(request)
        known = desk.proofs.get(target) if target else None
        number = request.path_params["side"]
        if known is None or not 1 <= number <= known.sides:
            return Response("there is no such page", 404)
        path = desk.session.folder / known.output
        try:
            data = await run_in_threadpool(_picture, path, known.sha256, number)
        except (OSError, ValueError, IndexError, RuntimeError):
            return Response("the page cannot be drawn", 404)
        return Response(
            data, media_type="image/png", headers={"cache-control": "max-age=86400"}
        )

    async def events(request: Request) -> Response:
        return _News(desk, request)

    async def edit(request: Request) -> Response:
        translation = edit_of(await request.body())
        if isinstance(translation, str):
            return JSONResponse({"problem": translation}, 400)
        if translation.locale not in {target.locale for target in targets}:
            return JSONResponse({"problem": "no such language"}, 404)
        saved = await run_in_threadpool(_saved, desk.session.root, translation)
        done = not any(map(keeps_from_print, saved.diagnostics))
        problems = [problem_of(diagnostic) for diagnostic in saved.diagnostics]
        answer = {"saved": done, "problems": problems, "now": saved.now}
        return JSONResponse(answer, 200 if done else 409)

    async def asset(request: Request) -> Response:
        name = request.path_params["name"]
        if name == "site.css":
            data = stylesheet(templates)
            return Response(data, media_type="text/css")
        if name == "proof.css":
            return Response(proof_stylesheet(), media_type="text/css")
        if name == "proof.js":
            return Response(script(name), media_type="text/javascript")
        return Response("there is no such file", 404)

    routes = [
        Route("/", home),
        Route("/proof/{target:path}", shown),
        Route("/api/proof/{target:path}", proof),
        Route("/side/{side:int}/{target:path}", side),
        Route("/events", events),
        Route("/message", edit, methods=["POST"]),
        Route("/static/{name}", asset),
    ]
    return guarded_app(Starlette(routes=routes), LOOPBACK, LARGEST, own_pages=True)


class _News(StreamingResponse):
    """Tells a page of each round, until it is closed; a few pages at a time."""

    def __init__(self, desk: Desk, request: Request) -> None:
        super().__init__(_news(desk, request), media_type="text/event-stream")
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, unless there are pages enough."""
        if self.desk.listeners >= LISTENERS:
            await Response("too many pages are open", 503)(scope, receive, send)
            return
        self.desk.listeners += 1
        try:
            await super().__call__(scope, receive, send)
        finally:
            self.desk.listeners -= 1


async def _news(desk: Desk, request: Request) -> AsyncIterator[str]:
    """Give each round, until its page is closed."""
    seen = -1
    while not await request.is_disconnected():
        if desk.rounds != seen:
            seen = desk.rounds
            yield f"data: {seen}\n\n"
        await asyncio.sleep(BEAT)


def edit_of(body: bytes) -> Edit | str:
    """Read what a page sends to be saved, or say why it is not understood."""
    try:
        value = json.loads(body)
        fields = {name: value[name] for name in Edit.__slots__}
    except (ValueError, KeyError, TypeError, RecursionError):
        return "not understood"
    if not all(isinstance(text, str) for text in fields.values()):
        return "not understood"
    try:
        "".join(fields.values()).encode()
    except UnicodeEncodeError:
        # Half of a character beyond U+FFFF, which no file can hold.
        return "the text holds half of a character; nothing was saved"
    return Edit(**fields)


def proof_stylesheet() -> bytes:
    """Make the stylesheet of the proof desk, with the colours of print by name."""
    colours = palette(press=False).items()
    named = "".join(f"--{name}:{colour};" for name, colour in colours)
    return f":root{{{named}}}\n".encode() + script("proof.css")


def _saved(root: Path, edit: Edit) -> Saved:
    """Save a translation, checked by the project's glossary; or say what went wrong."""
    try:
        material, _ = read_without_catalogs(root)
        return save(root, edit, material)
    except LeafletsError as problem:
        return Saved(problem.diagnostics)
    except Exception as problem:  # noqa: BLE001
        message = f"it was not saved: {place_of(problem)}"
        place, subject = Location(f"locales/{edit.locale}"), Subject(locale=edit.locale)
        return Saved((error("desk-save", message, place, subject=subject),))


def _order(desk: Desk, target: Target) -> None:
    """Put a target first among the open ones; it is built if it was not open."""
    with desk.lock:
        fresh = target not in desk.open
        desk.open = [target, *(other for other in desk.open if other != target)]
        while len(desk.open) > OPEN:
            # What is not kept up to date is made anew when it is opened again.
            desk.proofs.pop(desk.open.pop(), None)
        if fresh:
            desk.orders.put(())


@lru_cache(maxsize=48)
def _picture(path: Path, sha256: str, side: int) -> bytes:
    """Draw a side of a file; the digest keeps old and new apart."""
    return page_png(read(path.parents[1], "/".join(path.parts[-2:])), side, PPI)


def begin(desk: Desk) -> Callable[[], None]:
    """Start building and watching; the function that it returns ends both."""
    stop = Event()
    threads = [
        Thread(target=keep_building, args=(desk, stop), daemon=True),
        Thread(target=keep_watching, args=(desk, stop), daemon=True),
    ]
    for thread in threads:
        thread.start()

    def end() -> None:
        stop.set()
        if desk.worker:
            # A round that is stuck ends with its process.
            close(desk.worker)
        for thread in threads:
            thread.join(timeout=10)

    return end
