"""Commands about pages (door to Click)."""

from pathlib import Path
from time import perf_counter

import click

from leaflets.build.fit import draw_fit, fit_of, format_fit
from leaflets.build.front import look
from leaflets.build.manifest import read_record
from leaflets.build.plan import fingerprint
from leaflets.build.result import BUILD
from leaflets.build.round import renew
from leaflets.build.toolchain import toolchain
from leaflets.build.watch import changes, until_interrupted
from leaflets.build.workers import run, typeset
from leaflets.checks.memory import read_verdicts
from leaflets.cli.output import count_plan
from leaflets.cli.terminal import ERR, OUT, PROJECT, chosen, guarded, tell_findings
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.files import put
from leaflets.pages.composition import Choice
from leaflets.sources.fonts import FontSet, fonts_of

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
    front = look(root, (*editions, *locales, *papers), read_verdicts(root / BUILD))
    choice = Choice(leaflets, locales, editions, papers)
    fonts, found = fonts_of(root)
    if has_errors(found):
        raise LeafletsError(found)
    sizes = {one.name: one.size for one in front.material.project.editions}
    families, tools = dict(fonts.families), toolchain()
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
    asked = (*editions, *locales, *papers)
    fonts, found = fonts_of(root)
    if has_errors(found):
        raise LeafletsError(found)
    tools = toolchain()

    def round_of_build() -> None:
        start = perf_counter()
        try:
            result = renew(
                root,
                choice,
                fonts,
                asked=asked,
                tools=tools,
                workers=1,
                tell=lambda step, done, total: None,
                suits=lambda front: chosen(front, choice),
                wait=True,
                only=True,
            )
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
                warm(root, asked, choice, fonts)
                OUT.print("watching; Ctrl-C ends it")
    # Reached when an interrupt was told to a callback only.
    raise KeyboardInterrupt


def warm(root: Path, asked: tuple[str, ...], choice: Choice, fonts: FontSet) -> None:
    """Typeset the first target once and throw it away: the next one is quick."""
    try:
        front = look(root, asked, read_verdicts(root / BUILD), only=choice)
    except LeafletsError:
        # Told by the round before.
        return
    for one in front.compositions[:1]:
        run(one, fonts.config, typeset)
