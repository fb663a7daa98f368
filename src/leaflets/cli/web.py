"""The commands `site`, `preview` and `serve` (door to Click)."""

from dataclasses import replace
from pathlib import Path
from time import perf_counter

import click

from leaflets.build.front import Front, analyse_with_cache
from leaflets.build.manifest import Manifest, read_manifest
from leaflets.build.release import only_approved
from leaflets.build.session import build_folder, open_session
from leaflets.build.workers import cores
from leaflets.cli.terminal import OUT, PROJECT, guarded, say, tell_findings
from leaflets.clinics.handouts import no_forms
from leaflets.diagnostics import LeafletsError, Location, error
from leaflets.digest import digest_bytes
from leaflets.files import keep_only, lock, publish
from leaflets.pdf.engine.render import use_fonts
from leaflets.sources.material import read_without_catalogs
from leaflets.web.verify import SITE, files_of_site, shown_on_screen


@click.command("site")
@click.option(
    "--release", is_flag=True, help="Use the approved leaflets in build/release."
)
@PROJECT
@guarded
def site_command(release: bool, root: Path) -> int:
    """Write the shelf, a static site of all published leaflets, to build/site.

    Languages by their own names, a page to read for each leaflet, every PDF with
    its paper, fold and checksum, and a table of what is done. Put the folder on any
    server, or open its index.html.
    """
    start = perf_counter()
    folder = build_folder(root, release=release)
    front, manifest = seen(root, folder, release=release)
    into = build_folder(root, SITE, release=release)
    count, size = write_site(front, manifest, folder, into)
    seconds = perf_counter() - start
    OUT.print(
        f"{count} files, {size / 1e6:.1f} MB, in {seconds:.1f} s:"
        f" {into.relative_to(root)}/index.html",
        markup=False,
    )
    return 0


def write_site(
    front: Front, manifest: Manifest, folder: Path, into: Path, *, desk: bool = False
) -> tuple[int, int]:
    """Write the site; return the number of files and of bytes.

    Files of the last site that this one does not have are removed, and no others.
    """
    written: dict[str, str] = {}
    size = 0
    say("writes the pages on screen")
    with lock(into):
        for name, data in files_of_site(front, manifest, folder, desk=desk):
            if problem := publish(data, into, name):
                raise LeafletsError((problem,))
            written[name] = digest_bytes(data)
            size += len(data)
        tell_findings(keep_only(into, written), "text")
    return len(written), size


def seen(root: Path, folder: Path, *, release: bool) -> tuple[Front, Manifest]:
    """Return the compositions of the pages on screen, and the manifest of the PDFs.

    LeafletsError where nothing is published, or the sources have changed since.
    """
    say("reads the project's sources and composes the pages on screen")
    use_fonts(open_session(root).fonts.config)
    manifest, diagnostics = read_manifest(folder)
    if not manifest.entries:
        raise no_forms(folder) if not diagnostics else LeafletsError(diagnostics)
    material, _ = read_without_catalogs(root)
    wanted = shown_on_screen(material.project, manifest, folder)
    asked = (wanted.editions[0], *wanted.papers)
    front = analyse_with_cache(root, asked, wanted)
    if release:
        front = only_approved(front, wanted)
    tell_findings(front.diagnostics, "text", notes=False)
    return front, manifest


@click.command("preview")
@click.option("--port", type=click.IntRange(1, 65535), default=8765, show_default=True)
@PROJECT
@guarded
def preview_command(port: int, root: Path) -> int:
    """Open the proof desk: pages as printed, updated at each save, on this machine.

    Click a text to see its message; type a translation and save it to its catalog.
    Ctrl-C ends it.
    """
    say("opens the proof desk; a page is made when it is looked at")
    from leaflets.build.limited import Worker
    from leaflets.cli.server import run
    from leaflets.web.preview_app import Desk, begin, preview_app, targets_here

    session = open_session(root)
    use_fonts(session.fonts.config)
    targets, source = targets_here(root)
    material, _ = read_without_catalogs(root)
    desk = Desk(session, worker=Worker())
    end = begin(desk)
    try:
        run(preview_app(desk, targets, material, source), "127.0.0.1", port)
    finally:
        end()
    return 0


@click.command("serve")
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
@click.option(
    "--bind", default="127.0.0.1", show_default=True, help="Address to listen on."
)
@click.option(
    "--host", "hosts", multiple=True, help="Host name under which users reach it."
)
@click.option(
    "--workers", type=click.IntRange(1, 64), help="Number of worker processes."
)
@click.option(
    "--drafts",
    is_flag=True,
    help="Serve build/ with its drafts, not build/release; each page says so.",
)
@PROJECT
@guarded
def serve_command(
    port: int,
    bind: str,
    hosts: tuple[str, ...],
    workers: int | None,
    drafts: bool,
    root: Path,
) -> int:
    """Serve the shelf with its print desk: clinics fill in a form and get their PDF.

    What is approved is served, and drafts only with --drafts. Nothing that is typed is
    stored. Name each host name with --host; without one, only this machine reaches it.
    Ctrl-C ends it.
    """
    from leaflets.cli.server import run
    from leaflets.web.counter import open_counter
    from leaflets.web.order import Shelf
    from leaflets.web.security import LOOPBACK
    from leaflets.web.serve_app import offer_of, serve_app

    shelf = Shelf(root, release=not drafts)
    if shelf.release and not read_manifest(shelf.folder)[0].entries:
        raise _nothing_approved()
    front, manifest = seen(root, shelf.folder, release=shelf.release)
    into = build_folder(root, SITE, release=shelf.release)
    write_site(front, manifest, shelf.folder, into, desk=True)
    offer = offer_of(front)
    with open_counter(
        replace(shelf, beside=offer.beside), workers or cores()
    ) as counter:
        run(serve_app(offer, into, counter, (*LOOPBACK, *hosts)), bind, port)
    return 0


def _nothing_approved() -> LeafletsError:
    """Say that there is nothing that may be handed out."""
    message = "no approved leaflet is built, and only those are served"
    hint = (
        "`leaflets build --release` builds them; `leaflets serve --drafts` serves drafts,"
        " for trying: each page says that it is one"
    )
    place = Location("build/release")
    return LeafletsError((error("clinic-form", message, place, hint),))
