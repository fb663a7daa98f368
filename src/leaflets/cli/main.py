"""The command line: arguments in, exit code out (door to Click and Rich).

`build` is here; the modules of all other commands are imported when they are called, so
that a build with nothing to do starts fast.
"""

import json
from importlib import import_module
from pathlib import Path

import click
from rich.table import Table

from leaflets.build.options import Options
from leaflets.build.result import Result, TargetResult
from leaflets.build.round import build_round
from leaflets.build.session import open_session
from leaflets.build.workers import cores
from leaflets.cli.output import (
    JSON_VERSION,
    count_plan,
    count_waiting,
    format_json,
    format_plan,
)
from leaflets.cli.summary import HEADS, SHORT, held_back, summarize
from leaflets.cli.terminal import (
    FORMAT,
    LEAFLETS,
    OUT,
    PAPERS,
    PROJECT,
    WORKERS,
    exit_code,
    guarded,
    progress,
    tell_findings,
)
from leaflets.pages.composition import EVERY, Choice

COMMANDS = {
    "add": "start",
    "changes": "reviews",
    "check": "check",
    "clinics": "release",
    "doctor": "check",
    "explain": "check",
    "extract": "catalogs",
    "fit": "pages",
    "fonts": "start",
    "glossary": "catalogs",
    "init": "start",
    "locales": "catalogs",
    "merge": "release",
    "new": "catalogs",
    "normalize": "catalogs",
    "preview": "web",
    "serve": "web",
    "sign": "reviews",
    "site": "web",
    "status": "check",
    "update": "catalogs",
    "verify": "release",
    "watch": "pages",
}
"""Every other command, and its module in `leaflets.cli`."""


class Shard(click.ParamType):  # type: ignore[type-arg]
    """A shard of all targets: 2/8 is the second of eight."""

    name = "shard"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Parse part and number of parts; a usage error for anything else."""
        part, slash, parts = value.partition("/")
        digits = part.isdecimal() and parts.isdecimal() and bool(slash)
        if not digits or not 1 <= int(part) <= int(parts):
            self.fail(f'"{value}" is not a part of a whole, such as 2/8', param, ctx)
        return int(part), int(parts)


SHARD = Shard()


class Commands(click.Group):
    """Commands that are imported when they are called (Click's way of lazy loading)."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List all commands."""
        return sorted((*super().list_commands(ctx), *COMMANDS))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module = import_module(f"leaflets.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="leaflets", prog_name="leaflets")
def main() -> None:
    """Turn Markdown, templates and catalogs into leaflets ready for print."""


@main.command("build")
@LEAFLETS
@click.option(
    "--locale",
    "locales",
    multiple=True,
    help="Only this locale; ar+fr: both in one leaflet.",
)
@click.option(
    "--edition",
    "editions",
    multiple=True,
    help="Only this edition; all: every edition.",
)
@PAPERS
@WORKERS
@click.option(
    "--executor",
    default="",
    help="Address of a Dask scheduler, tcp://HOST:PORT, instead of this machine.",
)
@click.option("--explain", is_flag=True, help="Say why each target is built.")
@click.option(
    "--release", is_flag=True, help="Build approved leaflets only, into build/release."
)
@click.option(
    "--shard",
    type=SHARD,
    default="1/1",
    help="Build one part of all targets, such as 2/8.",
)
@click.option(
    "--wait", is_flag=True, help="Wait while another build runs in this folder."
)
@click.option("--list", "every", is_flag=True, help="List every target, however many.")
@FORMAT
@PROJECT
@guarded
def build_command(
    leaflets: tuple[str, ...],
    locales: tuple[str, ...],
    editions: tuple[str, ...],
    papers: tuple[str, ...],
    workers: int | None,
    executor: str,
    explain: bool,
    release: bool,
    shard: tuple[int, int],
    wait: bool,
    every: bool,
    form: str,
    root: Path,
) -> int:
    """Make every PDF that is stale, and publish those fit for print.

    Name LEAFLETS to build only those.  A target with an error is not published; the
    others are, and the exit code is 1. What waits for a translation is named, and is no
    error, unless nothing else was asked for.
    A release goes into build/release and holds only what people have approved; each
    leaflet that waits for them is named, with the reason.
    """
    named = () if EVERY in editions else editions
    choice = Choice(leaflets, locales, named, papers, shard)
    with progress(form) as tell:
        options = Options(
            asked=(*editions, *locales, *papers),
            workers=workers or cores(),
            wait=wait,
            release=release,
            executor=executor,
        )
        result = build_round(open_session(root), choice, options, tell)
    if explain and form == "text":
        OUT.print(format_plan(result.plan), markup=False, soft_wrap=True)
    show_result(result, form, every=every)
    return exit_code(result.diagnostics, failed=result.lost)


def show_result(result: Result, form: str, *, every: bool = False) -> None:
    """Print the table of a build, then its findings.

    Of many targets the table counts languages, unless `every` target is asked for, and
    lists what is kept from print.
    """
    if form == "json":
        value = {
            "version": JSON_VERSION,
            "targets": [row.to_json() for row in result.targets],
            "plan": count_plan(result.plan),
            "memory": result.memory,
            "findings": json.loads(format_json(result.diagnostics)),
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return
    if form == "text":
        if every or len(result.targets) <= SHORT:
            OUT.print(_list(result.targets))
        else:
            OUT.print(_summary(result.targets))
            if held := held_back(result.targets):
                OUT.print(_list(held))
        OUT.print(f"{count_plan(result.plan)}", markup=False)
        if waits := count_waiting(result):
            OUT.print(waits, markup=False)
    tell_findings(result.diagnostics, form, notes=False)


def _summary(targets: tuple[TargetResult, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in HEADS:
        table.add_column(name, justify="left" if name in HEADS[:3] else "right")
    for cells in summarize(targets):
        table.add_row(*cells)
    return table


def _list(targets: tuple[TargetResult, ...]) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("leaflet", "locale", "edition", "paper"):
        table.add_column(name)
    for name in ("pages", "standing", "seconds"):
        table.add_column(name, justify="left" if name == "standing" else "right")
    table.add_column("path", overflow="fold")
    for row in targets:
        table.add_row(
            row.target.leaflet,
            row.target.locale,
            row.target.edition,
            row.target.paper,
            str(row.pages or ""),
            row.standing,
            f"{row.seconds:.2f}" if row.seconds else "",
            row.output or _coloured(row.state),
        )
    return table


def _coloured(state: str) -> str:
    """Colour what became of a target that has no file: red is wrong."""
    colour = "yellow" if state == "waiting" else "red"
    return f"[{colour}]{state}[/{colour}]"
