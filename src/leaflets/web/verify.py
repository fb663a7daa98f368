"""The site as it was written, compared with what would be written now.

Takes a build folder with its manifest; gives a finding for each file that differs.
"""

from collections.abc import Iterator
from pathlib import Path

from leaflets.build.front import Front, analyse
from leaflets.build.manifest import Manifest
from leaflets.build.release import only_approved
from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error, note
from leaflets.digest import digest_bytes
from leaflets.files import LISTED, is_file, place_of, read_list
from leaflets.pages.composition import Choice
from leaflets.sources.material import read_without_catalogs
from leaflets.sources.project import Project
from leaflets.web.site import screen_edition, site_of
from leaflets.web.status import board_of

SITE = "site"
"""Folder of the site, below the build folder."""


def shown_on_screen(project: Project, manifest: Manifest, folder: Path) -> Choice:
    """Choose the targets that pages on screen are made from; LeafletsError without any."""
    edition = screen_edition(project)
    built = {
        entry.target.paper
        for entry in manifest.entries
        if entry.target.edition == edition.name
    }
    papers = [paper for paper in edition.papers if paper in built]
    if not papers:
        message = f"the edition {edition.name} is not built, and pages are made from it"
        hint = f"leaflets build --edition {edition.name}"
        place = Location(place_of(folder))
        raise LeafletsError((error("web-page", message, place, hint),))
    folded = [folding.name for folding in project.editions if folding.fold.folded]
    return Choice(editions=(edition.name, *folded[:1]), papers=(papers[0],))


def files_of_site(
    front: Front, manifest: Manifest, folder: Path, *, desk: bool
) -> Iterator[tuple[str, bytes]]:
    """Make every file of the site and of its table of what is done, by path."""
    yield from site_of(front, manifest, folder, desk=desk)
    yield from board_of(front, manifest, folder)


def verify_site(
    root: Path, folder: Path, manifest: Manifest, *, release: bool
) -> tuple[Diagnostic, ...]:
    """Make the site again, if there is one, and compare it with the list of its files."""
    if not is_file(folder, f"{SITE}/{LISTED}"):
        return ()
    listed = read_list(folder / SITE)
    try:
        material, _ = read_without_catalogs(root)
        wanted = shown_on_screen(material.project, manifest, folder)
        front = analyse(root, (wanted.editions[0], *wanted.papers), only=wanted)
        if release:
            front = only_approved(front, wanted)
        differing = _differing(front, manifest, folder, listed, desk=False)
        if differing:
            # Written for a print desk, its pages lead there.
            served = _differing(front, manifest, folder, listed, desk=True)
            differing = min(differing, served, key=len)
    except LeafletsError as problem:
        why = problem.diagnostics[0].message
        message = f"only its digests were compared: {why}"
        return (note("not-verified", message, Location(place_of(folder, SITE))),)
    hint = "`leaflets site` makes it again"
    return tuple(
        error(
            "not-as-listed",
            "made again, it is not the page that was written",
            Location(place_of(folder, f"{SITE}/{name}")),
            hint,
        )
        for name in differing
    )


def _differing(
    front: Front,
    manifest: Manifest,
    folder: Path,
    listed: dict[str, str],
    *,
    desk: bool,
) -> list[str]:
    """Name the files that would be others, more or fewer now."""
    again = {
        name: digest_bytes(data)
        for name, data in files_of_site(front, manifest, folder, desk=desk)
    }
    names = again.keys() | listed.keys()
    return sorted(name for name in names if again.get(name) != listed.get(name))
