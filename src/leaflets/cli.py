"""The command line: arguments in, exit code out (door to Click and Rich).

Exit codes: 0 all is well, 1 something found keeps a leaflet from print, 2 the
command was not understood, 130 interrupted.  No option bends a check.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from leaflets.catalog import Coverage, coverage
from leaflets.codes import CODES
from leaflets.diagnostics import Diagnostic, LeafletsError, Severity, has_errors
from leaflets.doctor import examine
from leaflets.execute import cores
from leaflets.fontset import PINS, read_fonts
from leaflets.front import Choice, Front, look, material_messages, read_material
from leaflets.pipeline import Result, build, verdict
from leaflets.report import (
    count_plan,
    format_annotations,
    format_json,
    format_plan,
    format_text,
)
from leaflets.sources import read_sources
from leaflets.toolchain import toolchain
from leaflets.translate import extract, update

OUT = Console(highlight=False, width=None if sys.stdout.isatty() else 200)
ERR = Console(stderr=True, highlight=False, width=None if sys.stderr.isatty() else 200)

PROJECT = click.option(
    "--project",
    "root",
    type=click.Path(file_okay=False, exists=True, path_type=Path),
    default=Path(),
    show_default="this folder",
    help="The project's folder, which holds pyproject.toml.",
)
FORMAT = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How findings and tables are told.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="leaflets", prog_name="leaflets")
def main() -> None:
    """Turn Markdown, templates and catalogs into leaflets ready for print."""


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Turn what a command returns or raises into output and an exit code."""

    def run(**options: Any) -> None:
        try:
            code = command(**options)
        except LeafletsError as problem:
            form = options.get("form", "text")
            tell_findings(problem.diagnostics, form)
            if form == "json":
                click.echo(format_json(problem.diagnostics))
            code = 1
        except KeyboardInterrupt:
            ERR.print("interrupted; what was built before is still there")
            code = 130
        except BrokenPipeError:
            code = 1
        sys.exit(code)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    return run


def tell_findings(found: tuple[Diagnostic, ...], form: str, notes: bool = True) -> None:
    """Print findings where people or programs look for them."""
    if not notes:
        found = tuple(one for one in found if one.severity > Severity.NOTE)
    if form == "json":
        return
    if found:
        text = format_annotations(found) if form == "github" else format_text(found)
        (OUT if form == "github" else ERR).print(text, markup=False, soft_wrap=True)


@contextmanager
def progress(form: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show the steps of the sentence and a bar while they run."""
    if form != "text":
        yield lambda step, done, total: None
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=ERR, disable=not ERR.is_terminal) as shown:
        task = shown.add_task("leaflets", total=None)
        last = ""

        def tell(step: str, done: int, total: int) -> None:
            nonlocal last
            shown.update(task, description=step, completed=done, total=total or 1)
            if step != last:
                last = step
                if not ERR.is_terminal:
                    ERR.print(f"leaflets {step}")

        yield tell


def chosen(front: Front, choice: Choice) -> Choice:
    """Check that everything asked for exists; a usage error otherwise."""
    project = front.material.project
    known = {
        "leaflet": [one.meta.id for one in front.material.documents],
        "locale": [one.name for one in project.locales],
        "edition": [one.name for one in project.editions],
        "paper": sorted({p for one in project.editions for p in one.papers}),
    }
    wanted = {
        "leaflet": choice.leaflets,
        "locale": choice.locales,
        "edition": choice.editions,
        "paper": choice.papers,
    }
    for kind, names in wanted.items():
        for name in names:
            if name not in known[kind]:
                there = ", ".join(known[kind]) or "none"
                raise click.UsageError(
                    f'no {kind} is called "{name}"; there is {there}'
                )
    return choice


@main.command("build")
@click.argument("leaflets", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale.")
@click.option("--edition", "editions", multiple=True, help="Only this edition.")
@click.option("--paper", "papers", multiple=True, help="Only this paper.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes at work.")
@click.option("--explain", is_flag=True, help="Say why each target is built.")
@click.option("--wait", is_flag=True, help="Wait for another build in this folder.")
@FORMAT
@PROJECT
@guarded
def build_command(
    leaflets: tuple[str, ...],
    locales: tuple[str, ...],
    editions: tuple[str, ...],
    papers: tuple[str, ...],
    workers: int | None,
    explain: bool,
    wait: bool,
    form: str,
    root: Path,
) -> int:
    """Make every PDF that is stale, and publish those fit for print.

    Name LEAFLETS to build only those.  A target in which something is wrong is
    not published; the others go on, and the exit code is 1.
    """
    with progress(form) as tell:
        tell(
            "reads the project and its sources, parses each document,"
            " localizes and composes",
            0,
            0,
        )
        front = look(root)
        choice = chosen(front, Choice(leaflets, locales, editions, papers))
        fonts, found = fonts_of(root)
        if has_errors(found):
            raise LeafletsError(found)
        result = build(
            root,
            front,
            fonts,
            choice=choice,
            workers=workers or cores(),
            tools=toolchain(),
            tell=tell,
            wait=wait,
        )
    if explain and form == "text":
        OUT.print(format_plan(result.plan), markup=False, soft_wrap=True)
    show_result(result, form)
    return verdict(result)


def fonts_of(root: Path) -> Any:
    """Read the font pins of a project."""
    path = root / PINS
    return read_fonts(root, path.read_bytes() if path.is_file() else b"")


def show_result(result: Result, form: str) -> None:
    """Print the table of a build, then what was found."""
    if form == "json":
        value = {
            "version": 1,
            "targets": [one.to_json() for one in result.lines],
            "plan": count_plan(result.plan),
            "memory": result.memory,
            "findings": json.loads(format_json(result.diagnostics)),
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("leaflet", "locale", "edition", "paper"):
        table.add_column(name)
    for name in ("pages", "standing", "seconds"):
        table.add_column(name, justify="left" if name == "standing" else "right")
    table.add_column("path", overflow="fold")
    for one in result.lines:
        table.add_row(
            one.target.leaflet,
            one.target.locale,
            one.target.edition,
            one.target.paper,
            str(one.pages or ""),
            one.standing,
            f"{one.seconds:.2f}" if one.seconds else "",
            one.output or f"[red]{one.state}[/red]",
        )
    if form == "text":
        OUT.print(table)
        OUT.print(f"{count_plan(result.plan)}", markup=False)
    tell_findings(result.diagnostics, form, notes=False)


@main.command("check")
@FORMAT
@PROJECT
@guarded
def check_command(form: str, root: Path) -> int:
    """Tell everything that can be found without making a PDF."""
    front = look(root)
    if form == "json":
        click.echo(format_json(front.diagnostics))
    else:
        tell_findings(front.diagnostics, form)
        if form == "text" and not front.diagnostics:
            OUT.print("nothing to mend")
    return 1 if has_errors(front.diagnostics) else 0


@main.command("status")
@FORMAT
@PROJECT
@guarded
def status_command(form: str, root: Path) -> int:
    """Show how far each language is: messages translated, leaflets ready."""
    front = look(root)
    material = front.material
    messages = material_messages(material)
    standing = {
        (one.target.leaflet, one.target.locale): one.standing
        for one in front.compositions
    }
    rows = []
    for locale in material.project.locales:
        catalog = material.catalogs.get(locale.name)
        cover = (
            coverage(catalog, messages)
            if catalog
            else Coverage(len(messages), len(messages), 0)
        )
        rows.append((locale, cover))
    if form == "json":
        value = {
            "version": 1,
            "locales": {
                locale.name: {
                    "messages": cover.total,
                    "translated": cover.translated,
                    "fuzzy": cover.fuzzy,
                    "leaflets": {
                        one.meta.id: standing.get((one.meta.id, locale.name), "gaps")
                        for one in material.documents
                    },
                }
                for locale, cover in rows
            },
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("locale", "language", "translated", "fuzzy"):
        table.add_column(name)
    for one in material.documents:
        table.add_column(one.meta.id)
    for locale, cover in rows:
        cells = [
            standing.get((one.meta.id, locale.name), "[red]gaps[/red]")
            for one in material.documents
        ]
        table.add_row(
            locale.name,
            locale.english_name,
            f"{cover.translated}/{cover.total}",
            str(cover.fuzzy or ""),
            *cells,
        )
    OUT.print(table)
    return 0


@main.command("extract")
@PROJECT
@guarded
def extract_command(root: Path) -> int:
    """Write the source catalog, locales/messages.pot."""
    sources, found = read_sources(root)
    if has_errors(found):
        raise LeafletsError(found)
    path, total = extract(sources)
    OUT.print(f"{path}: {total} messages", markup=False)
    return 0


@main.command("update")
@click.argument("locales", nargs=-1)
@PROJECT
@guarded
def update_command(locales: tuple[str, ...], root: Path) -> int:
    """Bring the catalogs up to date with the sources.

    Translations are kept; a changed text keeps its former source beside it and
    is marked fuzzy, unless a number, a placeholder or a negation changed.
    """
    material, _ = read_material(root)
    project = material.project
    names = [one.name for one in project.locales if one.name != project.source_locale]
    for name in locales:
        if name not in names:
            raise click.UsageError(f'no locale is called "{name}"; {", ".join(names)}')
    for line in update(material.sources, tuple(locales) or tuple(names)):
        OUT.print(line, markup=False, soft_wrap=True)
    return 0


@main.command("doctor")
@PROJECT
@guarded
def doctor_command(root: Path) -> int:
    """Look whether this machine has all that the leaflets need."""
    table = Table(box=None, pad_edge=False, show_header=False)
    sound = True
    for part in examine(root):
        sound = sound and part.sound
        mark = "[green]ok[/green]" if part.sound else "[red]missing[/red]"
        table.add_row(mark, part.name, part.found, part.hint)
    OUT.print(table)
    return 0 if sound else 1


@main.command("explain")
@click.argument("code", required=False)
@guarded
def explain_command(code: str | None) -> int:
    """Tell the reason of a finding by its CODE; without one, list all codes."""
    if code is None:
        for name in sorted(CODES):
            OUT.print(name, markup=False)
        return 0
    if code not in CODES:
        raise click.UsageError(f'no finding has the code "{code}"')
    OUT.print(f"{code}\n\n{CODES[code]}", markup=False)
    return 0
