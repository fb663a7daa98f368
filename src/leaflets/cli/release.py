"""The commands `verify`, `merge` and `clinics` (door to Click)."""

import json
from pathlib import Path
from time import perf_counter

import click

from leaflets.build.front import analyse_with_cache, check_choice
from leaflets.build.merge import merge_builds
from leaflets.build.release import only_approved
from leaflets.build.session import RELEASE, Session, build_folder, open_session
from leaflets.build.verify import verify_files, verify_sources
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
from leaflets.diagnostics import Diagnostic, gather
from leaflets.files import lock
from leaflets.pages.composition import EVERY, EVERYTHING, Choice
from leaflets.sources.source_language import source_of

GIVEN = click.Path(file_okay=False, exists=True, path_type=Path)


@click.command("verify")
@click.argument("folder", required=False, type=GIVEN)
@click.option(
    "--files-only",
    is_flag=True,
    help="Compare the files with the manifest only, not with the sources.",
)
@FORMAT
@PROJECT
@guarded
def verify_command(folder: Path | None, files_only: bool, form: str, root: Path) -> int:
    """Verify FOLDER (build) against its manifest and the sources; 1 where it differs.

    Every digest is computed again; every target is composed and its fingerprint
    compared; every PDF is measured and compared with what was recorded.
    """
    folder = folder or build_folder(root)
    manifest, problems = verify_files(folder)
    diagnostics = list(problems)
    if not files_only and manifest.tools:
        session = open_session(root)
        use_fonts(session.fonts.config)
        pairs = {entry.target.locale for entry in manifest.entries}
        papers = {entry.target.paper for entry in manifest.entries}
        leaflets = {entry.target.leaflet for entry in manifest.entries}
        asked = (EVERY, *sorted(pairs), *sorted(papers))
        listed = Choice(tuple(leaflets), tuple(pairs), papers=tuple(papers))
        front = analyse_with_cache(root, asked, listed)
        if folder.name == RELEASE:
            front = only_approved(front, EVERYTHING)
        diagnostics.extend(verify_sources(folder, manifest, front, session))
    tell_findings(gather(diagnostics), form)
    if form == "text" and not diagnostics:
        OUT.print(f"{len(manifest.entries)} files are what the manifest says")
        OUT.print(f"commit {manifest.commit or 'unknown'}", markup=False)
    return exit_code(failed=bool(diagnostics))


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
