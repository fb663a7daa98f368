"""Say what was found and what is planned: formatters over values.

Every function takes values and gives text.  Nothing is decided here, nothing is
read, and colour is the business of `cli`.
"""

import json
from collections.abc import Iterable
from itertools import groupby

from leaflets.build.plan import Plan
from leaflets.diagnostics import Diagnostic, Severity, distinct

JSON_VERSION = 2
"""Of the JSON text; it changes when a key changes its meaning."""
ANNOTATIONS = 10
"""GitHub shows ten errors and ten warnings of a step and drops the rest."""

CONTROL = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
"""Control characters and their pictures: quoted text never steers a terminal."""


def format_text(found: Iterable[Diagnostic]) -> str:
    """Give the findings for people: in groups by file, and a count at the end."""
    groups = [
        "\n".join(_one_line(one) for one in group)
        for _, group in groupby(distinct(found), key=lambda one: one.location.path)
    ]
    return "\n\n".join((*groups, count(found)))


def count(found: Iterable[Diagnostic]) -> str:
    """Count the findings in words: "2 errors, 1 warning".

    >>> count(())
    'nothing to mend'
    """
    numbers = _counts(distinct(found))
    words = [
        f"{number} {name}{'s' if number > 1 else ''}"
        for name, number in numbers.items()
        if number
    ]
    return ", ".join(words) or "nothing to mend"


def format_json(found: Iterable[Diagnostic]) -> str:
    """Give the findings for programs; the keys are promised."""
    unique = distinct(found)
    value = {
        "version": JSON_VERSION,
        "diagnostics": [one.to_json() for one in unique],
        "counts": _counts(unique),
    }
    return json.dumps(value, ensure_ascii=False, indent=2)


def format_annotations(found: Iterable[Diagnostic], limit: int = ANNOTATIONS) -> str:
    """Give the worst findings as workflow commands that GitHub shows in place.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    worst = sorted(distinct(found), key=lambda one: -one.severity)
    lines = [_annotation(one) for one in worst[:limit]]
    if len(worst) > limit:
        lines.append(f"{len(worst) - limit} more findings stand in the log")
    return "\n".join(lines)


def format_plan(plan: Plan) -> str:
    """Say what a build will do, and why."""
    lines = [f"{job.target}: {_reasons(job.reasons)}" for job in plan.run]
    lines += [
        f"{job.target}: not fit for print, and unchanged since" for job in plan.held
    ]
    lines += [f"{entry.target}: no longer in the project" for entry in plan.drop]
    return "\n".join((*lines, count_plan(plan)))


def count_plan(plan: Plan) -> str:
    """Count what a build will do: "2 to do, 10 up to date"."""
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


def _one_line(one: Diagnostic) -> str:
    text = f"{one.location}: {one.severity}: {one.message} [{one.code}]"
    hint = f"\n  hint: {one.hint.translate(CONTROL)}" if one.hint else ""
    return text.translate(CONTROL) + hint


def _reasons(reasons: tuple[str, ...]) -> str:
    return "; ".join(reasons) or "up to date"


def _counts(found: Iterable[Diagnostic]) -> dict[str, int]:
    numbers = {str(severity): 0 for severity in sorted(Severity, reverse=True)}
    for one in found:
        numbers[str(one.severity)] += 1
    return numbers


def _annotation(one: Diagnostic) -> str:
    command = "notice" if one.severity is Severity.NOTE else str(one.severity)
    place = one.location
    values = {"file": place.path, "line": place.line, "col": place.column}
    page = f" (page {place.page})" if place.page else ""
    values["title"] = one.code + page
    properties = ",".join(
        f"{name}={_escaped(str(value), inside=True)}"
        for name, value in values.items()
        if value
    )
    text = f"{one.message}\nhint: {one.hint}" if one.hint else one.message
    return f"::{command} {properties}::{_escaped(text)}"


def _escaped(text: str, *, inside: bool = False) -> str:
    """Escape as the runner's own toolkit does (actions/toolkit, command.ts)."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if inside else text
