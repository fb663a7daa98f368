"""Commands about what was built: verified, or put together from several machines."""

from pathlib import Path

import click

from leaflets.composition import EVERY, EVERYTHING
from leaflets.diagnostics import LeafletsError, gather, has_errors
from leaflets.execute import use_fonts
from leaflets.fontset import fonts_of
from leaflets.front import look
from leaflets.release import FOLDER, only_approved
from leaflets.result import BUILD
from leaflets.terminal import FORMAT, OUT, PROJECT, guarded, tell_findings
from leaflets.toolchain import toolchain
from leaflets.unite import unite
from leaflets.verdicts import read_verdicts
from leaflets.verify import verify_files, verify_sources

GIVEN = click.Path(file_okay=False, exists=True, path_type=Path)


@click.command("verify")
@click.argument("folder", required=False, type=GIVEN)
@click.option("--files-only", is_flag=True, help="Bytes and lists, not the sources.")
@FORMAT
@PROJECT
@guarded
def verify_command(folder: Path | None, files_only: bool, form: str, root: Path) -> int:
    """Compute again all that FOLDER (build) says of itself; 1 where it differs.

    Every digest is taken again; every page is composed and its fingerprint compared;
    every PDF is measured again and compared with its facts.
    """
    folder = folder or root / BUILD
    manifest, problems = verify_files(folder)
    found = list(problems)
    if not files_only and manifest.tools:
        fonts, missing = fonts_of(root)
        if has_errors(missing):
            raise LeafletsError(missing)
        use_fonts(fonts.config)
        pairs = {one.target.locale for one in manifest.entries}
        papers = {one.target.paper for one in manifest.entries}
        asked = (EVERY, *sorted(pairs), *sorted(papers))
        front = look(root, asked, read_verdicts(root / BUILD))
        if folder.name == FOLDER:
            front = only_approved(front, EVERYTHING)
        found.extend(verify_sources(folder, manifest, front, fonts, toolchain()))
    tell_findings(gather(found), form)
    if form == "text" and not found:
        OUT.print(f"{len(manifest.entries)} files are what the manifest says")
        OUT.print(f"commit {manifest.commit or 'unknown'}", markup=False)
    return 1 if found else 0


@click.command("merge")
@click.argument("folders", nargs=-1, required=True, type=GIVEN)
@FORMAT
@PROJECT
@guarded
def merge_command(folders: tuple[Path, ...], form: str, root: Path) -> int:
    """Put the build FOLDERS of several machines into build, each file compared first."""
    found = unite(folders, root / BUILD)
    tell_findings(found, form)
    return 1 if has_errors(found) else 0
