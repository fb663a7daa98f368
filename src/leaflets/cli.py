"""The command line: arguments in, exit code out (door to Click and Rich).

Commands on catalogs are in `cli_words`, those for reviewers in `cli_reviews`.
"""

import json
from pathlib import Path

import click
from rich.table import Table

from leaflets.catalog import Coverage, coverage
from leaflets.cli_pages import fit_command
from leaflets.cli_reviews import changes_command, sign_command
from leaflets.cli_words import (
    extract_command,
    glossary_command,
    locales_command,
    new_command,
    normalize_command,
    update_command,
)
from leaflets.codes import CODES
from leaflets.composition import EVERY, Choice
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.doctor import examine
from leaflets.execute import cores
from leaflets.fontset import fonts_of
from leaflets.front import Front, look
from leaflets.material import material_messages
from leaflets.renew import remember, renew
from leaflets.report import count_plan, format_json, format_plan
from leaflets.result import BUILD, Result, verdict
from leaflets.standing import Standing
from leaflets.terminal import (
    FORMAT,
    OUT,
    PROJECT,
    guarded,
    progress,
    tell_findings,
)
from leaflets.toolchain import toolchain
from leaflets.verdicts import read_verdicts


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="leaflets", prog_name="leaflets")
def main() -> None:
    """Turn Markdown, templates and catalogs into leaflets ready for print."""


def chosen(front: Front, choice: Choice) -> None:
    """Check that everything asked for exists; a usage error otherwise."""
    project = front.material.project
    targets = [*(one.target for one in front.compositions), *front.blocked]
    known = {
        "leaflet": [one.meta.id for one in front.material.documents],
        "locale": [
            *(one.name for one in project.locales),
            *dict.fromkeys(
                name
                for name in choice.locales
                if any(target.locale == name for target in targets)
            ),
        ],
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


@main.command("build")
@click.argument("leaflets", nargs=-1)
@click.option(
    "--locale", "locales", multiple=True, help="Only this locale; ar+fr for two."
)
@click.option(
    "--edition", "editions", multiple=True, help="Only this edition; all for every one."
)
@click.option("--paper", "papers", multiple=True, help="Only this paper.")
@click.option("--workers", type=click.IntRange(1, 256), help="Processes at work.")
@click.option("--explain", is_flag=True, help="Say why each target is built.")
@click.option("--release", is_flag=True, help="Only what is approved, apart.")
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
    release: bool,
    wait: bool,
    form: str,
    root: Path,
) -> int:
    """Make every PDF that is stale, and publish those fit for print.

    Name LEAFLETS to build only those.  A target in which something is wrong is
    not published; the others go on, and the exit code is 1.
    A release goes into build/release and holds what people have approved, and
    nothing else: each leaflet that it would lose is named, and why.
    """
    named = () if EVERY in editions else editions
    choice = Choice(leaflets, locales, named, papers)
    with progress(form) as tell:
        fonts, found = fonts_of(root)
        if has_errors(found):
            raise LeafletsError(found)
        result = renew(
            root,
            choice,
            fonts,
            asked=(*editions, *locales, *papers),
            workers=workers or cores(),
            tools=toolchain(),
            tell=tell,
            suits=lambda front: chosen(front, choice),
            wait=wait,
            release=release,
        )
    if explain and form == "text":
        OUT.print(format_plan(result.plan), markup=False, soft_wrap=True)
    show_result(result, form)
    return verdict(result)


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
    seen = read_verdicts(root / BUILD)
    front = look(root, seen=seen)
    remember(root, front, seen)
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
    """Show how far each language is: messages translated, who has signed.

    A leaflet is draft, revised, approved or expired, with the number of texts that
    changed since they were signed; "gaps" has texts that cannot be printed.
    """
    front = look(root, seen=read_verdicts(root / BUILD))
    material = front.material
    messages = material_messages(material)
    whole = {(one.target.locale, one.target.leaflet) for one in front.compositions}
    rows = []
    for locale in material.project.locales:
        catalog = material.catalogs.get(locale.name)
        cover = Coverage(len(messages), len(messages), 0)
        rows.append((locale, coverage(catalog, messages) if catalog else cover))
    leaflets = [one.meta.id for one in material.documents]
    if form == "json":
        value = {
            "version": 1,
            "locales": {
                locale.name: {
                    "messages": cover.total,
                    "translated": cover.translated,
                    "fuzzy": cover.fuzzy,
                    "leaflets": {
                        name: front.standings[locale.name, name].name
                        if (locale.name, name) in whole
                        else "gaps"
                        for name in leaflets
                    },
                    "reasons": {
                        name: list(front.standings[locale.name, name].reasons)
                        for name in leaflets
                    },
                }
                for locale, cover in rows
            },
        }
        click.echo(json.dumps(value, ensure_ascii=False, indent=2))
        return 0
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("locale", "language", "translated", "fuzzy", *leaflets):
        table.add_column(name)
    for locale, cover in rows:
        cells = [
            _cell(front.standings[locale.name, name], (locale.name, name) in whole)
            for name in leaflets
        ]
        table.add_row(
            locale.name,
            locale.english_name,
            f"{cover.translated}/{cover.total}",
            str(cover.fuzzy or ""),
            *cells,
        )
    OUT.print(table)
    broken = tuple(one for one in front.diagnostics if one.code == "review-file")
    tell_findings(broken, form)
    for (name, leaflet), standing in front.standings.items():
        for reason in standing.reasons if standing.held else ():
            OUT.print(f"{name} {leaflet}: {reason}", markup=False, soft_wrap=True)
    return 0


def _cell(standing: Standing, whole: bool) -> str:
    """Write one standing, with what is open again."""
    if not whole:
        return "[red]gaps[/red]"
    count = len(standing.open)
    return f"{standing.name}, {count} open" if count else standing.name


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


for command in (
    extract_command,
    update_command,
    normalize_command,
    new_command,
    glossary_command,
    locales_command,
    sign_command,
    changes_command,
    fit_command,
):
    main.add_command(command)
