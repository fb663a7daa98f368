"""Commands about pages (door to Click)."""

from pathlib import Path

import click

from leaflets.composition import Choice
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.fit import draw_fit, fit_of, format_fit
from leaflets.fontset import fonts_of
from leaflets.front import look
from leaflets.manifest import read_record
from leaflets.plan import fingerprint
from leaflets.publish import put
from leaflets.result import BUILD
from leaflets.terminal import ERR, OUT, PROJECT, guarded
from leaflets.toolchain import toolchain
from leaflets.verdicts import read_verdicts

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
