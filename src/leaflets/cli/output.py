"""Format findings and plans as text, JSON or GitHub annotations.

Every function takes values and returns text.  Nothing is read or decided here, and
nothing is coloured.
"""

import json
from collections.abc import Iterable
from itertools import groupby

from leaflets.build.plan import Plan
from leaflets.build.result import Result
from leaflets.diagnostics import Diagnostic, Severity, distinct

JSON_VERSION = 3
"""Version of the JSON; it changes when a key changes its meaning."""
ANNOTATIONS = 10
"""GitHub shows ten errors and ten warnings of a step, and drops the rest."""

CONTROL = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
"""Visible signs for control characters: quoted text must not control a terminal."""


def format_text(diagnostics: Iterable[Diagnostic]) -> str:
    """Format the findings for the terminal: grouped by file, the count at the end."""
    groups = [
        "\n".join(_one_line(diagnostic) for diagnostic in group)
        for _, group in groupby(
            distinct(diagnostics), key=lambda diagnostic: diagnostic.location.path
        )
    ]
    return "\n\n".join((*groups, count(diagnostics)))


def count(diagnostics: Iterable[Diagnostic]) -> str:
    """Count the findings in words: "2 errors, 1 warning".

    >>> count(())
    'nothing to mend'
    """
    numbers = _counts(distinct(diagnostics))
    words = [
        f"{number} {name}{'s' if number > 1 and name != 'waiting' else ''}"
        for name, number in numbers.items()
        if number
    ]
    return ", ".join(words) or "nothing to mend"


def format_json(diagnostics: Iterable[Diagnostic]) -> str:
    """Format the findings as JSON; the keys are part of the interface."""
    unique = distinct(diagnostics)
    value = {
        "version": JSON_VERSION,
        "diagnostics": [diagnostic.to_json() for diagnostic in unique],
        "counts": _counts(unique),
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def format_annotations(
    diagnostics: Iterable[Diagnostic], limit: int = ANNOTATIONS
) -> str:
    """Format the worst findings as workflow commands, which GitHub shows in place.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    worst = sorted(distinct(diagnostics), key=lambda diagnostic: -diagnostic.severity)
    lines = [_annotation(diagnostic) for diagnostic in worst[:limit]]
    if len(worst) > limit:
        lines.append(f"{len(worst) - limit} more findings stand in the log")
    return "\n".join(lines)


def format_plan(plan: Plan) -> str:
    """List what a build does, and why."""
    lines = [f"{job.target}: {_reasons(job.reasons)}" for job in plan.run]
    lines += [
        f"{job.target}: not fit for print, and unchanged since" for job in plan.held
    ]
    lines += [f"{entry.target}: no longer in the project" for entry in plan.drop]
    return "\n".join((*lines, count_plan(plan)))


def count_plan(plan: Plan) -> str:
    """Count what a build does: "2 to do, 10 up to date"."""
    numbers = (
        (len(plan.run), "to do"),
        (len(plan.keep) + len(plan.cached), "up to date"),
        (len(plan.held), "not fit for print"),
        (len(plan.drop), "to remove"),
    )
    always = ("to do", "up to date")
    return ", ".join(
        f"{number} {words}" for number, words in numbers if number or words in always
    )


def count_waiting(result: Result) -> str:
    """Count the targets that wait: "3 of 8 wait …"; empty where none does."""
    number = sum(row.state == "waiting" for row in result.targets)
    if not number:
        return ""
    last = "; there is nothing else" if result.nothing else ""
    return f"{number} of {len(result.targets)} waiting, for the reasons told{last}"


def _one_line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.location}: {diagnostic.severity}"
    text = f"{place}: {diagnostic.message} [{diagnostic.code}]"
    hint = f"\n  hint: {diagnostic.hint.translate(CONTROL)}" if diagnostic.hint else ""
    return text.translate(CONTROL) + hint


def _reasons(reasons: tuple[str, ...]) -> str:
    return "; ".join(reasons) or "up to date"


def _counts(diagnostics: Iterable[Diagnostic]) -> dict[str, int]:
    numbers = {str(severity): 0 for severity in sorted(Severity, reverse=True)}
    for diagnostic in diagnostics:
        numbers[str(diagnostic.severity)] += 1
    return numbers


def _annotation(diagnostic: Diagnostic) -> str:
    severity = diagnostic.severity
    command = str(severity) if severity >= Severity.WARNING else "notice"
    place = diagnostic.location
    values = {"file": place.path, "line": place.line, "col": place.column}
    page = f" (page {place.page})" if place.page else ""
    values["title"] = diagnostic.code + page
    properties = ",".join(
        f"{name}={_escaped(str(value), inside=True)}"
        for name, value in values.items()
        if value
    )
    hint = f"\nhint: {diagnostic.hint}" if diagnostic.hint else ""
    text = f"{diagnostic.message}{hint}"
    return f"::{command} {properties}::{_escaped(text)}"


def _escaped(text: str, *, inside: bool = False) -> str:
    """Escape as GitHub's toolkit does (actions/toolkit, command.ts)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inside else text
