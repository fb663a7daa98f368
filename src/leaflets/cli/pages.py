"""The commands `fit` and `watch` (door to Click)."""

from pathlib import Path
from time import perf_counter

import click

from leaflets.build.fit import draw_fit, fit_of, format_fit
from leaflets.build.front import analyse_with_cache
from leaflets.build.manifest import read_record
from leaflets.build.options import Options
from leaflets.build.plan import fingerprint_of
from leaflets.build.round import build_round
from leaflets.build.session import Session, build_folder, open_session
from leaflets.build.watch import changes, until_interrupted
from leaflets.build.workers import run, typeset
from leaflets.cli.output import count_plan
from leaflets.cli.terminal import (
    ERR,
    OUT,
    PROJECT,
    choice_options,
    exit_code,
    guarded,
    tell_findings,
)
from leaflets.diagnostics import LeafletsError
from leaflets.files import BUILD, put
from leaflets.pages.composition import Choice

HEAT_MAP = "fit.svg"
"""Below the build folder."""


@click.command("fit")
@choice_options
@PROJECT
@guarded
def fit_command(
    leaflets: tuple[str, ...],
    locales: tuple[str, ...],
    editions: tuple[str, ...],
    papers: tuple[str, ...],
    root: Path,
) -> int:
    """Show how much room every panel has left, in every language.

    The figures are those of the last build; build/fit.svg draws them.  The exit code
    is 1 when a text is too long.
    """
    session = open_session(root)
    choice = Choice(leaflets, locales, editions, papers)
    front = analyse_with_cache(root, (*editions, *locales, *papers))
    sizes = {edition.name: edition.size for edition in front.material.project.editions}
    families, tools = dict(session.fonts.families), session.tools
    fits, unknown = [], 0
    for composition in front.compositions:
        if not choice.takes(composition.target):
            continue
        fingerprint = fingerprint_of(composition, fonts=families, tools=tools)
        record = read_record(build_folder(root), fingerprint, composition)
        if record is None:
            unknown += 1
        else:
            fits.append(
                fit_of(composition, record.layout, sizes[composition.target.edition])
            )
    OUT.print(format_fit(fits), markup=False, soft_wrap=True)
    if unknown:
        ERR.print(f"{unknown} targets are not built as they are now: `leaflets build`")
    if fits:
        put(draw_fit(fits), build_folder(root), HEAT_MAP)
        OUT.print(f"\ndrawn: {BUILD}/{HEAT_MAP}", markup=False)
    return exit_code(failed=not all(fit.fits for fit in fits))


@click.command("watch")
@choice_options
@PROJECT
@guarded
def watch_command(
    leaflets: tuple[str, ...],
    locales: tuple[str, ...],
    editions: tuple[str, ...],
    papers: tuple[str, ...],
    root: Path,
) -> int:
    """Build what is named, and again whenever a source is saved; Ctrl-C ends it.

    The typesetter stays loaded, so that a changed word is on the page in half a second.
    Name what you work on: LEAFLETS, --locale, --edition and --paper.
    """
    choice = Choice(leaflets, locales, editions, papers)
    options = Options(asked=(*editions, *locales, *papers), wait=True)
    session = open_session(root)

    def round_of_build() -> None:
        start = perf_counter()
        try:
            result = build_round(session, choice, options)
        except LeafletsError as problem:
            tell_findings(problem.diagnostics, "text")
            return
        seconds = perf_counter() - start
        for row in result.targets:
            if row.state != "kept":
                OUT.print(row.output or f"{row.target}: {row.state}", markup=False)
        tell_findings(result.diagnostics, "text", notes=False)
        OUT.print(f"{count_plan(result.plan)}; {seconds:.2f} s", markup=False)

    with until_interrupted() as stop:
        for paths in changes(root, stop):
            if paths:
                OUT.print(", ".join(paths), markup=False)
            round_of_build()
            if not paths:
                warm(session, choice, options)
                OUT.print("watching; Ctrl-C ends it")
    # Reached when KeyboardInterrupt was raised inside a callback, and lost.
    raise KeyboardInterrupt


def warm(session: Session, choice: Choice, options: Options) -> None:
    """Typeset the first target and discard it, so that the next one is fast."""
    try:
        front = analyse_with_cache(session.root, options.asked, choice)
    except LeafletsError:
        # Shown by the build before.
        return
    for composition in front.compositions[:1]:
        run(composition, session.fonts.config, typeset)
