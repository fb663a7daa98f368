"""The commands `verify`, `merge` and `clinics` (door to Click)."""

import json
from pathlib import Path
from time import perf_counter

import click

from leaflets.build.front import analyse, analyse_with_cache, check_choice
from leaflets.build.manifest import Manifest
from leaflets.build.merge import merge_builds
from leaflets.build.options import Tell
from leaflets.build.release import only_approved
from leaflets.build.session import RELEASE, Session, build_folder, open_session
from leaflets.build.signature import check_signatures
from leaflets.build.verify import verify_files, verify_pages, verify_sources
from leaflets.build.workers import cores, use_fonts
from leaflets.cli.output import JSON_VERSION, format_json
from leaflets.cli.terminal import (
    FORMAT,
    OUT,
    PROJECT,
    WORKERS,
    choice_options,
    exit_code,
    guarded,
    progress,
    tell_findings,
)
from leaflets.clinics.fill import Sheet
from leaflets.clinics.handouts import (
    Handout,
    hand_out_many,
    no_forms,
    sheets_of,
    write_list,
)
from leaflets.clinics.list import ClinicText, read_clinics
from leaflets.diagnostics import Diagnostic, gather, has_errors
from leaflets.files import lock
from leaflets.pages.composition import EVERY, EVERYTHING, Choice
from leaflets.sources.source_language import source_of
from leaflets.web.verify import verify_site

GIVEN = click.Path(file_okay=False, exists=True, path_type=Path)


@click.command("verify")
@click.argument("folder", required=False, type=GIVEN)
@click.option(
    "--quick",
    is_flag=True,
    help="Compare digests only: nothing is laid out again, no source is read.",
)
@WORKERS
@FORMAT
@PROJECT
@guarded
def verify_command(
    folder: Path | None, quick: bool, workers: int | None, form: str, root: Path
) -> int:
    """Verify FOLDER (build): compute it again from the sources; 1 where it differs.

    Every PDF and order sheet that is listed is laid out again, without a cache, and
    its bytes are compared; so are the pages on screen. Every file that is not listed is
    named, and so is what cannot be computed again.
    """
    folder = folder or build_folder(root)
    manifest, problems = verify_files(folder)
    diagnostics = [*problems, *check_signatures(root, folder)]
    if not quick and manifest.tools:
        with progress(form) as tell:
            diagnostics += _computed_again(
                root, folder, manifest, workers or cores(), tell
            )
    findings = gather(diagnostics)
    if form == "json":
        click.echo(format_json(findings))
    else:
        tell_findings(findings, form)
    if form == "text" and not has_errors(findings):
        count = len(manifest.entries)
        how = "digests only, nothing was laid out again" if quick else "laid out again"
        OUT.print(f"{count} files are what the manifest says ({how})", markup=False)
        OUT.print(f"commit {manifest.commit or 'unknown'}", markup=False)
    return exit_code(findings)


def _computed_again(
    root: Path, folder: Path, manifest: Manifest, workers: int, tell: Tell
) -> tuple[Diagnostic, ...]:
    """Compare a folder with what the sources give, by no cache."""
    session = open_session(root)
    use_fonts(session.fonts.config)
    pairs = {entry.target.locale for entry in manifest.entries}
    papers = {entry.target.paper for entry in manifest.entries}
    leaflets = {entry.target.leaflet for entry in manifest.entries}
    asked = (EVERY, *sorted(pairs), *sorted(papers))
    listed = Choice(tuple(leaflets), tuple(pairs), papers=tuple(papers))
    release = folder.name == RELEASE
    front = analyse(root, asked, only=listed)
    if release:
        front = only_approved(front, EVERYTHING)
    return (
        *verify_sources(folder, manifest, front, session),
        *verify_pages(folder, manifest, front, session, workers=workers, tell=tell),
        *verify_site(root, folder, manifest, release=release),
    )


@click.command("merge")
@click.argument("folders", nargs=-1, required=True, type=GIVEN)
@click.option(
    "--release", is_flag=True, help="Merge shards of a release, into build/release."
)
@FORMAT
@PROJECT
@guarded
def merge_command(
    folders: tuple[Path, ...], release: bool, form: str, root: Path
) -> int:
    """Merge the build FOLDERS of several machines into build, and verify each file."""
    into = build_folder(root, release=release)
    diagnostics = merge_builds(folders, into)
    tell_findings(diagnostics, form)
    return exit_code(diagnostics)


@click.command("clinics")
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path))
@choice_options
@WORKERS
@click.option(
    "--release", is_flag=True, help="Use the approved leaflets in build/release."
)
@FORMAT
@PROJECT
@guarded
def clinics_command(
    file: Path,
    leaflets: tuple[str, ...],
    locales: tuple[str, ...],
    editions: tuple[str, ...],
    papers: tuple[str, ...],
    workers: int | None,
    release: bool,
    form: str,
    root: Path,
) -> int:
    """Print every clinic in FILE (CSV or TOML) into its panel of the built leaflets.

    Name LEAFLETS for only those. The leaflets are not laid out again: each published
    file is verified, and the clinic's lines and code are written into it. The results
    go into build/clinics, a folder for each clinic.
    """
    choice = Choice(leaflets, locales, editions, papers)
    session = open_session(root)
    folder = build_folder(root, release=release)
    front = analyse_with_cache(root, (*editions, *locales, *papers), choice)
    check_choice(front, choice)
    if release:
        front = only_approved(front, choice)
    project = front.material.project
    names = [locale.name for locale in project.locales]
    language = source_of(project).tag
    clinics, problems = read_clinics(file.read_bytes(), file.name, names, language)
    sheets = sheets_of(folder, front, session.fonts, session.tools)
    if not sheets:
        raise no_forms(folder)
    count = workers or cores()
    start = perf_counter()
    handouts, unwritten = _hand_out(
        clinics,
        sheets,
        build_folder(root, CLINICS, release=release),
        session,
        file.parent,
        count,
    )
    seconds = perf_counter() - start
    diagnostics = gather(
        (
            *problems,
            *(diagnostic for page in handouts for diagnostic in page.diagnostics),
            *unwritten,
        )
    )
    if form == "json":
        value = _handouts_json(handouts, seconds, diagnostics)
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
    else:
        tell_findings(diagnostics, form)
    if form == "text":
        written = sum(1 for handout in handouts if handout.sha256)
        OUT.print(
            f"{written} of {len(handouts)} files for {len(clinics)} clinics"
            f" in {seconds:.1f} s: {written / seconds / count:.0f} a second and process",
            markup=False,
        )
    return exit_code(diagnostics)


def _hand_out(
    clinics: tuple[ClinicText, ...],
    sheets: tuple[Sheet, ...],
    into: Path,
    session: Session,
    home: Path,
    workers: int,
) -> tuple[tuple[Handout, ...], tuple[Diagnostic, ...]]:
    """Print all clinics into a folder; return the files, and any diagnostics."""
    config = session.fonts.config
    with lock(into):
        handouts = tuple(
            hand_out_many(clinics, sheets, into, config, home, workers=workers)
        )
        problem = write_list(into, handouts)
    return handouts, (problem,) if problem else ()


def _handouts_json(
    handouts: tuple[Handout, ...], seconds: float, diagnostics: tuple[Diagnostic, ...]
) -> dict[str, object]:
    """Return the files as JSON; the keys are part of the interface."""
    return {
        "version": JSON_VERSION,
        "files": [
            {"clinic": handout.clinic, "path": handout.output, "sha256": handout.sha256}
            for handout in handouts
        ],
        "seconds": round(seconds, 3),
        "findings": json.loads(format_json(diagnostics)),
    }


CLINICS = "clinics"
"""Folder of the clinics' files, below the build folder."""
