"""Commands about pages (door to Click)."""

from pathlib import Path
from time import perf_counter

import click

from leaflets.build.fit import draw_fit, fit_of, format_fit
from leaflets.build.front import analyse_with_cache
from leaflets.build.manifest import read_record
from leaflets.build.options import Options
from leaflets.build.plan import fingerprint
from leaflets.build.round import build_round
from leaflets.build.session import BUILD, Session, open_session
from leaflets.build.watch import changes, until_interrupted
from leaflets.build.workers import run, typeset
from leaflets.cli.output import count_plan
from leaflets.cli.terminal import ERR, OUT, PROJECT, guarded, tell_findings
from leaflets.diagnostics import LeafletsError
from leaflets.files import put
from leaflets.pages.composition import Choice

HEAT_MAP = "fit.svg"
"""Below the build folder."""


@click.command("fit")
@click.argument("leaflets", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale.")
@click.option("--edition", "editions", multiple=True, help="Only this edition.")
@click.option("--paper", "papers", multiple=True, help="Only this paper.")
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

    Read from the last build, and drawn as build/fit.svg.  The exit code is 1 when
    something is too long.
    """
    session = open_session(root)
    choice = Choice(leaflets, locales, editions, papers)
    front = analyse_with_cache(root, (*editions, *locales, *papers))
    sizes = {one.name: one.size for one in front.material.project.editions}
    families, tools = dict(session.fonts.families), session.tools
    fits, unknown = [], 0
    for one in front.compositions:
        if not choice.takes(one.target):
            continue
        mark = fingerprint(one, fonts=families, tools=tools)
        record = read_record(root / BUILD, mark, one)
        if record is None:
            unknown += 1
        else:
            fits.append(fit_of(one, record.layout, sizes[one.target.edition]))
    OUT.print(format_fit(fits), markup=False, soft_wrap=True)
    if unknown:
        ERR.print(f"{unknown} targets are not built as they are now: `leaflets build`")
    if fits:
        put(draw_fit(fits), root / BUILD, HEAT_MAP)
        OUT.print(f"\ndrawn: {BUILD}/{HEAT_MAP}", markup=False)
    return 0 if all(one.fits for one in fits) else 1


@click.command("watch")
@click.argument("leaflets", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale.")
@click.option("--edition", "editions", multiple=True, help="Only this edition.")
@click.option("--paper", "papers", multiple=True, help="Only this paper.")
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

    The typesetter stays warm, so that a changed word is on paper in half a second.
    Name what you work on: LEAFLETS, --locale, --edition and --paper.
    """
    choice = Choice(leaflets, locales, editions, papers)
    options = Options(asked=(*editions, *locales, *papers), wait=True, only=True)
    session = open_session(root)

    def round_of_build() -> None:
        start = perf_counter()
        try:
            result = build_round(session, choice, options)
        except LeafletsError as problem:
            tell_findings(problem.diagnostics, "text")
            return
        seconds = perf_counter() - start
        for one in result.lines:
            if one.state != "kept":
                OUT.print(one.output or f"{one.target}: {one.state}", markup=False)
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
    # Reached when an interrupt was told to a callback only.
    raise KeyboardInterrupt


def warm(session: Session, choice: Choice, options: Options) -> None:
    """Typeset the first target once and throw it away: the next one is quick."""
    try:
        front = analyse_with_cache(session.root, options.asked, choice)
    except LeafletsError:
        # Told by the round before.
        return
    for one in front.compositions[:1]:
        run(one, session.fonts.config, typeset)
