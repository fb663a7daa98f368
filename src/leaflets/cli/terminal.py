"""Terminal output and exit codes of all commands (door to Click and Rich).

Exit codes: 0 success, 1 an error keeps a leaflet from print or all that was asked for
waits, 2 usage error or a mistake of the program, 130 interrupted.  No option switches a
check off.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from leaflets.build.options import NotInProjectError, silent
from leaflets.cli.output import (
    CONTROL,
    format_annotations,
    format_json,
    format_text,
)
from leaflets.cli.progress import lines_of_progress
from leaflets.diagnostics import Diagnostic, LeafletsError, Severity, has_errors

Command = TypeVar("Command", bound=Callable[..., Any])

FAILED, MISTAKEN, INTERRUPTED = 1, 2, 130
DEBUG = "LEAFLETS_DEBUG"
"""The variable of the environment that has a mistake of the program shown whole."""

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
    help="Format of findings and tables.",
)
LEAFLETS = click.argument("leaflets", nargs=-1)
PAPERS = click.option("--paper", "papers", multiple=True, help="Only this paper.")
CHOICE = (
    LEAFLETS,
    click.option("--locale", "locales", multiple=True, help="Only this locale."),
    click.option("--edition", "editions", multiple=True, help="Only this edition."),
    PAPERS,
)
WORKERS = click.option(
    "--workers", type=click.IntRange(1, 256), help="Number of worker processes."
)


def choice_options(command: Command) -> Command:
    """Let a command be given LEAFLETS, `--locale`, `--edition` and `--paper`."""
    for option in reversed(CHOICE):
        command = option(command)
    return command


def exit_code(diagnostics: Iterable[Diagnostic] = (), *, failed: bool = False) -> int:
    """Return 0 where nothing keeps a leaflet from print, else 1.

    `failed` says that something beside the diagnostics does.
    """
    return FAILED if failed or has_errors(diagnostics) else 0


def guarded(command: Callable[..., int]) -> Callable[..., None]:
    """Wrap a command: turn what it returns or raises into output and an exit code."""

    def run(**options: Any) -> None:
        try:
            code = command(**options)
        except LeafletsError as problem:
            form = options.get("form", "text")
            tell_findings(problem.diagnostics, form)
            if form == "json":
                click.echo(format_json(problem.diagnostics))
            code = FAILED
        except NotInProjectError as problem:
            raise click.UsageError(str(problem)) from problem
        except KeyboardInterrupt:
            ERR.print("interrupted; what was built before is still there")
            code = INTERRUPTED
        except BrokenPipeError:
            code = FAILED
        except Exception as problem:
            if os.environ.get(DEBUG):
                raise
            ERR.print(mistake(problem), markup=False, soft_wrap=True)
            code = MISTAKEN
        sys.exit(code)

    run.__doc__ = command.__doc__
    run.__name__ = command.__name__
    return run


def mistake(problem: Exception) -> str:
    """Say that something unexpected happened, where, and what to do about it."""
    frames = traceback.extract_tb(problem.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    words = str(problem)[:LONGEST].translate(CONTROL)
    return (
        f"leaflets stopped at a mistake of its own: {type(problem).__name__} at {place}: "
        f"{words}\n"
        "  nothing that was published before is lost; whatever your files hold, this "
        "should not happen\n"
        "  report it as an issue of the program (SECURITY.md where it could harm "
        f"somebody), with what {DEBUG}=1 shows"
    )


LONGEST = 200
"""Letters of an exception's own words."""


def tell_findings(
    diagnostics: tuple[Diagnostic, ...], form: str, notes: bool = True
) -> None:
    """Print findings: text to stderr, GitHub annotations to stdout, no JSON."""
    if not notes:
        diagnostics = tuple(
            diagnostic
            for diagnostic in diagnostics
            if diagnostic.severity > Severity.NOTE
        )
    if form == "json":
        return
    if diagnostics:
        text = (
            format_annotations(diagnostics)
            if form == "github"
            else format_text(diagnostics)
        )
        (OUT if form == "github" else ERR).print(text, markup=False, soft_wrap=True)


@contextmanager
def progress(form: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show the steps of a build and a progress bar; yields the progress callback.

    Where there is no terminal, a step is a line, and a long one has a line now and then.
    """
    if form != "text":
        yield silent
        return
    if not ERR.is_terminal:
        yield lines_of_progress(_log, monotonic)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=ERR) as shown:
        task = shown.add_task("leaflets", total=None)

        def tell(step: str, done: int, total: int) -> None:
            shown.update(task, description=step, completed=done, total=total or 1)

        yield tell


def say(step: str) -> None:
    """Say at once what a long start does."""
    _log(f"leaflets {step}")


def _log(line: str) -> None:
    ERR.print(line, markup=False, soft_wrap=True)
