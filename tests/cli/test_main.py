"""The command line: commands load when they are named, and say how they are used."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from leaflets.cli.main import COMMANDS, main


def test_every_command_is_listed_and_loads() -> None:
    """`--help` names them all, and each one has a help page of its own."""
    listed = CliRunner().invoke(main, ["--help"]).output
    for name in ("build", *COMMANDS):
        assert f"\n  {name}" in listed
        outcome = CliRunner().invoke(main, [name, "--help"])
        assert outcome.exit_code == 0
        assert outcome.output.startswith("Usage:")


@pytest.mark.parametrize(
    "words", [["buidl"], ["build", "--colour"], ["build", "--shard", "3/2"]]
)
def test_what_is_not_understood_is_exit_code_2(words: list[str]) -> None:
    """A mistake in the command is told before anything is read."""
    assert CliRunner().invoke(main, words).exit_code == 2


def test_help_waits_for_nothing_that_sets_pages() -> None:
    """Neither the engine nor what checks is loaded to show a help page."""
    code = (
        "import sys\n"
        "from click.testing import CliRunner\n"
        "from leaflets.cli.main import main\n"
        "CliRunner().invoke(main, ['build', '--help'])\n"
        "heavy = {'weasyprint', 'pikepdf', 'jinja2', 'pydantic', 'starlette'}\n"
        "print(sorted(heavy & sys.modules.keys()))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]", done.stdout
