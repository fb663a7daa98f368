"""What every command says in the same way: findings, interrupts, exit codes."""

from pathlib import Path

import pytest

from leaflets.build.options import NotInProjectError
from leaflets.cli.terminal import (
    DEBUG,
    exit_code,
    guarded,
    progress,
    tell_findings,
)
from leaflets.diagnostics import (
    Diagnostic,
    LeafletsError,
    Location,
    error,
    note,
    warning,
)

FOUND = error("c", "it is wrong", Location("a.po", 3))


@pytest.mark.parametrize(
    ("raised", "code"),
    [
        (LeafletsError((FOUND,)), 1),
        (KeyboardInterrupt(), 130),
        (BrokenPipeError(), 1),
    ],
)
def test_what_is_raised_is_an_exit_code(
    raised: BaseException, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    """A finding is told at its line; an interrupt is no failure."""

    def command(form: str) -> int:
        raise raised

    with pytest.raises(SystemExit) as caught:
        guarded(command)(form="text")
    assert caught.value.code == code
    output = capsys.readouterr().err
    assert ("a.po:3: error: it is wrong [c]" in output) == isinstance(
        raised, LeafletsError
    )


@pytest.mark.parametrize(
    ("diagnostics", "failed", "code"),
    [
        ((), False, 0),
        ((warning("c", "perhaps", Location("a.po", 3)),), False, 0),
        ((note("c", "by the way", Location("a.po", 3)), FOUND), False, 1),
        ((), True, 1),
    ],
)
def test_what_keeps_a_leaflet_from_print_is_exit_code_1(
    diagnostics: tuple[Diagnostic, ...], failed: bool, code: int
) -> None:
    """An error does, or something beside the findings; a warning does not."""
    assert exit_code(diagnostics, failed=failed) == code


def mistaken() -> int:
    """Raise what nobody expects."""
    raise KeyError("a\x1b[2J" + "b" * 500)


def test_a_mistake_of_the_program_is_told_plainly(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What, where, and to whom to report it; no traceback, and exit code 2."""
    monkeypatch.delenv(DEBUG, raising=False)
    with pytest.raises(SystemExit) as caught:
        guarded(mistaken)()
    assert caught.value.code == 2
    output = capsys.readouterr().err
    assert "KeyError at test_terminal.py:" in output
    assert "report it" in output
    assert "LEAFLETS_DEBUG=1" in output
    assert "Traceback" not in output
    assert "\x1b" not in output
    assert len(output) < 700


def test_a_mistake_is_shown_whole_on_request(monkeypatch: pytest.MonkeyPatch) -> None:
    """For whoever mends it."""
    monkeypatch.setenv(DEBUG, "1")
    with pytest.raises(KeyError):
        guarded(mistaken)()


def test_an_unknown_name_is_a_mistake_of_use() -> None:
    """Exit code 2 comes of it, with the names that there are."""
    import click

    def command() -> int:
        raise NotInProjectError('no locale is called "xx"; there is ar')

    with pytest.raises(click.UsageError, match="there is ar"):
        guarded(command)()


def test_notes_are_told_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    """A build is silent about what is only a note."""
    diagnostics = (note("n", "by the way", Location("a.md", 1)),)
    tell_findings(diagnostics, "text", notes=False)
    assert capsys.readouterr().err == ""
    tell_findings(diagnostics, "text")
    assert "by the way" in capsys.readouterr().err
    tell_findings((FOUND,), "json")
    assert capsys.readouterr().err == ""


def test_each_step_is_told_once_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no terminal, a step is one line, however far it is."""
    with progress("text") as tell:
        for done in range(3):
            tell("makes pdf", done, 3)
        tell("builds the record", 0, 0)
    assert capsys.readouterr().err.splitlines() == [
        "leaflets makes pdf",
        "leaflets builds the record",
    ]
    with progress("json") as tell:
        tell("makes pdf", 0, 1)
    assert capsys.readouterr().err == ""


def test_a_project_folder_must_be_there(tmp_path: Path) -> None:
    """A wrong path is a mistake of use, not of the project."""
    from click.testing import CliRunner

    from leaflets.cli.main import main

    outcome = CliRunner().invoke(main, ["check", "--project", str(tmp_path / "no")])
    assert outcome.exit_code == 2
