"""Commands that only report: check, status, doctor and explain (door to Click)."""

import json
from pathlib import Path

import click
from rich.table import Table

from leaflets.build.check import check_project
from leaflets.build.doctor import examine
from leaflets.build.front import Overview, overview_of
from leaflets.build.round import READS
from leaflets.checks.codes import CODES
from leaflets.cli.output import JSON_VERSION, format_json
from leaflets.cli.terminal import (
    FORMAT,
    OUT,
    PROJECT,
    exit_code,
    guarded,
    progress,
    tell_findings,
)
from leaflets.diagnostics import has_errors
from leaflets.languages.locale import Locale
from leaflets.pages.composition import Choice
from leaflets.reviews.standing import Standing
from leaflets.sources.catalogs.catalog import Coverage, coverage
from leaflets.sources.material import material_messages
from leaflets.sources.signatures import CODE as REVIEW
from leaflets.sources.ssh import CODE as KEY


@click.command("check")
@click.argument("leaflets", nargs=-1)
@click.option("--locale", "locales", multiple=True, help="Only this locale.")
@FORMAT
@PROJECT
@guarded
def check_command(
    leaflets: tuple[str, ...], locales: tuple[str, ...], form: str, root: Path
) -> int:
    """List every finding that needs no PDF: in sources, catalogs and reviews.

    Name LEAFLETS to check only those.
    """
    with progress(form) as tell:
        tell(READS, 0, 0)
        diagnostics = check_project(root, Choice(leaflets, locales))
    if form == "json":
        click.echo(format_json(diagnostics))
    else:
        tell_findings(diagnostics, form)
        if form == "text" and not diagnostics:
            OUT.print("nothing to mend")
    return exit_code(diagnostics)


@click.command("status")
@FORMAT
@PROJECT
@guarded
def status_command(form: str, root: Path) -> int:
    """Show how far each language is: messages translated, who has signed.

    A leaflet is draft, revised, approved or expired, with the number of texts that
    changed since they were signed. "waiting": it has to be translated first; "wrong":
    its translation has an error.
    """
    overview = overview_of(root)
    rows = _coverage(overview)
    if form == "json":
        click.echo(
            json.dumps(_status_json(overview, rows), ensure_ascii=False, indent=2)
        )
        return 0
    OUT.print(_status_table(overview, rows))
    broken = tuple(
        diagnostic
        for diagnostic in overview.diagnostics
        if diagnostic.code in (REVIEW, KEY)
    )
    tell_findings(broken, form)
    OUT.print(f"signatures: {overview.material.project.proof}", markup=False)
    for (name, leaflet), standing in overview.standings.items():
        for reason in standing.reasons if standing.held else ():
            OUT.print(f"{name} {leaflet}: {reason}", markup=False, soft_wrap=True)
    return 0


Rows = list[tuple[Locale, Coverage]]


def _coverage(overview: Overview) -> Rows:
    """Count the messages of each locale; the source locale has them all."""
    material = overview.material
    messages = material_messages(material)
    whole = Coverage(len(messages), len(messages), 0)
    rows = []
    for locale in material.project.locales:
        catalog = material.catalogs.get(locale.name)
        rows.append((locale, coverage(catalog, messages) if catalog else whole))
    return rows


def _status_json(overview: Overview, rows: Rows) -> dict[str, object]:
    """Return the table as JSON; the keys are part of the interface."""
    leaflets = [document.meta.id for document in overview.material.documents]
    missing = _missing(overview)
    return {
        "version": JSON_VERSION,
        "signatures": overview.material.project.proof,
        "locales": {
            locale.name: {
                "messages": cover.total,
                "translated": cover.translated,
                "fuzzy": cover.fuzzy,
                "leaflets": {
                    name: missing.get((locale.name, name))
                    or overview.standings[locale.name, name].name
                    for name in leaflets
                },
                "reasons": {
                    name: list(overview.standings[locale.name, name].reasons)
                    for name in leaflets
                },
            }
            for locale, cover in rows
        },
    }


def _status_table(overview: Overview, rows: Rows) -> Table:
    """Return the table for the terminal."""
    leaflets = [document.meta.id for document in overview.material.documents]
    missing = _missing(overview)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("locale", "language", "translated", "fuzzy", *leaflets):
        table.add_column(name)
    for locale, cover in rows:
        cells = [
            _cell(
                overview.standings[locale.name, name],
                missing.get((locale.name, name), ""),
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


def _missing(overview: Overview) -> dict[tuple[str, str], str]:
    """Say why leaflets cannot be typeset at all, by locale and leaflet."""
    return {
        part: "wrong" if has_errors(translation.gaps) else "waiting"
        for part, translation in overview.translations.items()
        if translation.localized is None
    }


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
