"""Every finding, plan and result is told in full, to people and to programs."""

import json
import re
from dataclasses import replace

import pytest

from leaflets.build.plan import Plan
from leaflets.cli.output import (
    count,
    count_plan,
    format_annotations,
    format_json,
    format_plan,
    format_text,
)
from leaflets.diagnostics import Diagnostic, Location, error, note, warning
from samples import composition, entry, job, target

PO = Location("locales/es/LC_MESSAGES/messages.po", 214, 8)
PAGE = Location("build/es/tired.sheet.A4.pdf", page=2)
FOUND = (
    note("second-hand-source", "nobody has read it", Location("content/facts.toml", 3)),
    error("number-parity", '"12" is missing', PO, 'the source says "every 12 hours"'),
    warning("thin-line", "a line is thin", PAGE),
    error("panel-overflow", "text overflows by 7 mm", PAGE),
)


def planned() -> Plan:
    """Make a plan with one target of each kind."""
    jobs = [
        job(composition(target(leaflet, locale)))
        for leaflet, locale in [("tired", "es"), ("tired", "fr"), ("blood", "es")]
    ]
    gone = entry(job(composition(target("old", "es"))), b"x")
    run = replace(jobs[0], reasons=("page, fonts changed",))
    return Plan((run,), (jobs[1],), (jobs[2],), (gone,), ())


def test_findings_are_grouped_by_file() -> None:
    """Files stand apart, the worst of a place is first, and a count is last."""
    assert format_text(FOUND).splitlines() == [
        (
            "build/es/tired.sheet.A4.pdf page 2: error: text overflows by 7 mm"
            " [panel-overflow]"
        ),
        "build/es/tired.sheet.A4.pdf page 2: warning: a line is thin [thin-line]",
        "",
        "content/facts.toml:3: note: nobody has read it [second-hand-source]",
        "",
        (
            'locales/es/LC_MESSAGES/messages.po:214:8: error: "12" is missing'
            " [number-parity]"
        ),
        '  hint: the source says "every 12 hours"',
        "",
        "2 errors, 1 warning, 1 note",
    ]


def test_nothing_found_is_said() -> None:
    """Silence would leave the reader in doubt."""
    assert format_text(()) == "nothing to mend"


def test_repetitions_are_counted_once() -> None:
    """The same finding from two targets is one thing to mend."""
    assert count(FOUND + FOUND) == count(FOUND) == "2 errors, 1 warning, 1 note"


def test_quoted_text_never_steers_the_terminal() -> None:
    """Escape sequences and line breaks in a translation are shown, not obeyed."""
    text = format_text([error("x", "bad\x1b[2J\n::error::fake", PO, "a\r\nb")])

    assert "bad␛[2J␊::error::fake" in text
    assert "hint: a␍␊b" in text


def test_json_holds_everything() -> None:
    """Programs get every field, with places as numbers, and the counts."""
    related = replace(FOUND[1], related=(Location("content/a.md", 41),))
    value = json.loads(format_json([related]))

    assert value == {
        "version": 3,
        "diagnostics": [
            {
                "code": "number-parity",
                "severity": "error",
                "message": '"12" is missing',
                "hint": 'the source says "every 12 hours"',
                "path": "locales/es/LC_MESSAGES/messages.po",
                "line": 214,
                "column": 8,
                "page": 0,
                "related": [
                    {"path": "content/a.md", "line": 41, "column": 0, "page": 0}
                ],
                "subject": {},
            }
        ],
        "counts": {"error": 1, "warning": 0, "waiting": 0, "note": 0},
    }


def test_annotations_begin_with_the_worst() -> None:
    """GitHub shows ten: errors come first, and the rest is counted."""
    many = [warning("w", f"remark {number}", PO) for number in range(12)]
    lines = format_annotations([*many, *FOUND]).splitlines()

    assert len(lines) == 11
    assert [line.split()[0] for line in lines[:3]] == [
        "::error",
        "::error",
        "::warning",
    ]
    assert lines[-1] == "6 more findings stand in the log"


@pytest.mark.parametrize(
    ("found", "line"),
    [
        (
            FOUND[1],
            (
                "::error file=locales/es/LC_MESSAGES/messages.po,line=214,col=8,"
                'title=number-parity::"12" is missing%0A'
                'hint: the source says "every 12 hours"'
            ),
        ),
        (
            FOUND[0],
            (
                "::notice file=content/facts.toml,line=3,"
                "title=second-hand-source::nobody has read it"
            ),
        ),
        (
            FOUND[3],
            (
                "::error file=build/es/tired.sheet.A4.pdf,"
                "title=panel-overflow (page 2)::text overflows by 7 mm"
            ),
        ),
        (
            warning("w", "50 %: a, b\r\n::stop", Location("a,b:c%.md")),
            "::warning file=a%2Cb%3Ac%25.md,title=w::50 %25: a, b%0D%0A::stop",
        ),
    ],
)
def test_an_annotation_is_one_command(found: Diagnostic, line: str) -> None:
    """What GitHub would take for syntax is escaped, so that no text can command."""
    assert format_annotations([found]) == line


def test_a_plan_says_what_and_why() -> None:
    """Each target that is not simply kept has a line, and the counts are last."""
    assert format_plan(planned()).splitlines() == [
        "es/tired.sheet.A4: page, fonts changed",
        "es/blood.sheet.A4: not fit for print, and unchanged since",
        "es/old.sheet.A4: no longer in the project",
        "1 to do, 1 up to date, 1 not fit for print, 1 to remove",
    ]


def test_an_empty_plan_is_short() -> None:
    """What is nothing is not counted, but for the two that one looks for."""
    assert count_plan(Plan((), (), (), (), ())) == "0 to do, 0 up to date"


def test_no_text_depends_on_colour() -> None:
    """Formatters give plain text; the terminal is dressed elsewhere."""
    texts = format_text(FOUND), format_plan(planned()), format_annotations(FOUND)

    assert not re.search(r"[\x00-\x09\x0b-\x1f]", "".join(texts))
