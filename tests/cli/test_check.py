"""Commands that look and make nothing."""

import json
from pathlib import Path

from click.testing import CliRunner

from desk import ZH, change, run
from leaflets.checks.codes import CODES
from leaflets.cli.main import main


def test_check_and_status_and_explain(project: Path) -> None:
    """The small commands answer."""
    code, output = run(project, "check")
    assert (code, output.splitlines()[-1]) == (0, "nothing to mend")
    code, output = run(project, "status", "--format", "json")
    state = json.loads(output)["locales"]["ar"]
    assert code == 0
    assert state["translated"] == state["messages"]
    assert state["leaflets"] == {"tiny": "draft"}
    result = CliRunner().invoke(main, ["explain", "number-without-source"])
    assert result.exit_code == 0
    assert "source" in result.output


def test_status_for_people(project: Path) -> None:
    """A row for each language; a text that is missing waits, an error is wrong."""
    code, output = run(project, "status")
    assert code == 0
    assert "Arabic" in output
    assert "waiting" not in output
    change(project / ZH, "已经知道很多。", "")
    output = run(project, "status")[1]
    assert "waiting" in output
    assert "wrong" not in output
    change(project / ZH, "还有更多不知道。", "还有{more}不知道。")
    output = run(project, "status")[1]
    assert "wrong" in output
    assert "waiting" not in output


def test_explain_lists_every_code() -> None:
    """Without a code all of them, with an unknown one a mistake of use."""
    listed = CliRunner().invoke(main, ["explain"]).output.split()
    assert listed == sorted(CODES)
    assert CliRunner().invoke(main, ["explain", "no-such-code"]).exit_code == 2


def test_check_for_programs(project: Path) -> None:
    """Every finding says what it is about, and whether it is wrong or waits."""
    change(project / ZH, "已经知道很多。", "")
    code, output = run(project, "check", "--format", "json")
    assert code == 0
    value = json.loads(output)
    (gap,) = value["diagnostics"]
    assert (gap["code"], gap["severity"]) == ("untranslated", "waiting")
    assert gap["subject"] == {"leaflet": "tiny", "locale": "zh_Hans"}
    assert value["counts"] == {"error": 0, "warning": 0, "waiting": 1, "note": 0}


def test_a_new_english_text_waits_in_every_language(project: Path) -> None:
    """Whoever changes the English only is told no error; a wrong translation is one."""
    change(project / "content/tiny.md", "Much is known.", "A lot is known.")
    code, output = run(project, "check")
    assert code == 0, output
    assert "2 waiting" in output
    assert "error" not in output
    change(project / ZH, "还有更多不知道。", "还有{more}不知道。")
    assert run(project, "check")[0] == 1


def test_the_doctor_looks(project: Path, tiny: Path) -> None:
    """0 where all is there."""
    code, output = run(project, "doctor")
    assert code == 0, output
    assert "weasyprint" in output
