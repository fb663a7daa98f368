"""Commands that only report: check, status, doctor and explain (door to Click)."""

import json
from pathlib import Path

import click
from rich.table import Table

from leaflets.build.doctor import examine
from leaflets.build.front import Front, analyse_with_cache
from leaflets.checks.codes import CODES
from leaflets.cli.output import JSON_VERSION, format_json
from leaflets.cli.terminal import (
    FORMAT,
    OUT,
    PROJECT,
    exit_code,
    guarded,
    tell_findings,
)
from leaflets.diagnostics import has_errors
from leaflets.languages.locale import Locale
from leaflets.reviews.standing import Standing
from leaflets.sources.catalogs.catalog import Coverage, coverage
from leaflets.sources.material import material_messages


@click.command("check")
@FORMAT
@PROJECT
@guarded
def check_command(form: str, root: Path) -> int:
    """List every finding that needs no PDF: in sources, catalogs and reviews."""
    front = analyse_with_cache(root)
    if form == "json":
        click.echo(format_json(front.diagnostics))
    else:
        tell_findings(front.diagnostics, form)
        if form == "text" and not front.diagnostics:
            OUT.print("nothing to mend")
    return exit_code(front.diagnostics)


@click.command("status")
@FORMAT
@PROJECT
@guarded
def status_command(form: str, root: Path) -> int:
    """Show how far each language is: messages translated, who has signed.

    A leaflet is draft, revised, approved or expired, with the number of texts that
    changed since they were signed. "waiting": it has to be translated first; "wrong":
    an error keeps it from print.
    """
    front = analyse_with_cache(root)
    rows = _coverage(front)
    if form == "json":
        click.echo(json.dumps(_status_json(front, rows), ensure_ascii=False, indent=2))
        return 0
    OUT.print(_status_table(front, rows))
    broken = tuple(
        diagnostic
        for diagnostic in front.diagnostics
        if diagnostic.code == "review-file"
    )
    tell_findings(broken, form)
    for (name, leaflet), standing in front.standings.items():
        for reason in standing.reasons if standing.held else ():
            OUT.print(f"{name} {leaflet}: {reason}", markup=False, soft_wrap=True)
    return 0


Rows = list[tuple[Locale, Coverage]]


def _coverage(front: Front) -> Rows:
    """Count the messages of each locale; the source locale has them all."""
    material = front.material
    messages = material_messages(material)
    whole = Coverage(len(messages), len(messages), 0)
    rows = []
    for locale in material.project.locales:
        catalog = material.catalogs.get(locale.name)
        rows.append((locale, coverage(catalog, messages) if catalog else whole))
    return rows


def _status_json(front: Front, rows: Rows) -> dict[str, object]:
    """Return the table as JSON; the keys are part of the interface."""
    leaflets = [document.meta.id for document in front.material.documents]
    missing = _missing(front)
    return {
        "version": JSON_VERSION,
        "locales": {
            locale.name: {
                "messages": cover.total,
                "translated": cover.translated,
                "fuzzy": cover.fuzzy,
                "leaflets": {
                    name: missing.get((locale.name, name))
                    or front.standings[locale.name, name].name
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


def _status_table(front: Front, rows: Rows) -> Table:
    """Return the table for the terminal."""
    leaflets = [document.meta.id for document in front.material.documents]
    missing = _missing(front)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("locale", "language", "translated", "fuzzy", *leaflets):
        table.add_column(name)
    for locale, cover in rows:
        cells = [
            _cell(
                front.standings[locale.name, name], missing.get((locale.name, name), "")
            )
            for name in leaflets
        ]
        table.add_row(
            locale.name,
            locale.english_name,
            f"{cover.translated}/{cover.total}",
            str(cover.fuzzy or ""),
            *cells,
        )
    return table


def _missing(front: Front) -> dict[tuple[str, str], str]:
    """Say why leaflets cannot be typeset at all, by locale and leaflet."""
    there = {(page.target.locale, page.target.leaflet) for page in front.compositions}
    why: dict[tuple[str, str], str] = {}
    for target, obstacles in front.blocked.items():
        key = target.locale, target.leaflet
        if key not in there and why.get(key) != "wrong":
            why[key] = "wrong" if has_errors(obstacles) else "waiting"
    return why


def _cell(standing: Standing, missing: str) -> str:
    """Format one standing, with the number of texts that are open again."""
    if missing:
        colour = "yellow" if missing == "waiting" else "red"
        return f"[{colour}]{missing}[/{colour}]"
    count = len(standing.open)
    return f"{standing.name}, {count} open" if count else standing.name


@click.command("doctor")
@PROJECT
@guarded
def doctor_command(root: Path) -> int:
    """Check that this machine has all that the leaflets need."""
    table = Table(box=None, pad_edge=False, show_header=False)
    sound = True
    for part in examine(root):
        sound = sound and part.sound
        state = "[green]ok[/green]" if part.sound else "[red]missing[/red]"
        table.add_row(state, part.name, part.detail, part.hint)
    OUT.print(table)
    return exit_code(failed=not sound)


@click.command("explain")
@click.argument("code", required=False)
@guarded
def explain_command(code: str | None) -> int:
    """Explain the findings with this CODE; without one, list all codes."""
    if code is None:
        for name in sorted(CODES):
            OUT.print(name, markup=False)
        return 0
    if code not in CODES:
        raise click.UsageError(f'no finding has the code "{code}"')
    OUT.print(f"{code}\n\n{CODES[code]}", markup=False)
    return 0
