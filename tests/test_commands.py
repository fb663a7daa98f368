"""Every command that README, docs, the starter or a hint names is understood and runs.

Each is read as it is written and run in a project that `leaflets init` began, with that
project's leaflet and languages in the place of those it names.
"""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from desk import link_fonts
from leaflets.cli.main import COMMANDS, main
from samples import ROOT

SOURCES = ("*.md", "docs/*.md", "starter/**/*.md", "starter/github/**/*.yml")
HINTS = ("src/leaflets/**/*.py", "templates/*")
QUOTED = re.compile(r"`leaflets( [^`\n]*)?`")
SHOWN = re.compile(
    r"^ {4}(?:.* && )?(?:\.venv/bin/)?leaflets (.*?)(?: {2,}#.*)?$", re.MULTILINE
)
NEVER_END = ("preview", "serve", "watch")
"""They go on until they are stopped, and are read only; tests/web runs them."""
ELSEWHERE = {
    "--executor": "a scheduler: tests/build/test_cluster.py",
    "init": "in a folder that is empty: tests/cli/test_start.py",
    "fonts": "those of this machine are taken: tests/cli/test_start.py",
}
"""What this test cannot run, and where it is run."""
FILLED = {
    "[LEAFLET…]": "",
    "LEAFLET": "before-your-visit",
    "NAME": "after-your-visit",
    "CODE": "number-parity",
    "LANGUAGE": "ka",
    "--role …": "--role translator",
    "--locale …": "--locale ar",
    "…": "",
}
"""What a reader puts in the place of a word in capitals."""
OURS = re.compile(r"\b(what-is-ms|symptoms|treatments|stem-cells)\b")


def written() -> dict[str, str]:
    """List every command after the word `leaflets`, and a file that names it."""
    commands: dict[str, str] = {}
    for pattern in (*SOURCES, *HINTS):
        for path in sorted(ROOT.glob(pattern)):
            text = re.sub(r" \\\n +", " ", path.read_text(encoding="utf-8"))
            found = [match[1] or "" for match in QUOTED.finditer(text)]
            if path.suffix == ".md":
                found += [match[1] for match in SHOWN.finditer(text)]
            for command in found:
                commands.setdefault(command.strip(), path.relative_to(ROOT).as_posix())
    return commands


WRITTEN = written()


def filled(command: str) -> list[str]:
    """Fill a command in as a reader does, and split it into words."""
    for word, value in FILLED.items():
        command = command.replace(word, value)
    return shlex.split(command)


def understood(words: list[str]) -> click.Context:
    """Read a command to its last word without running it; UsageError where it fails."""
    context = main.make_context("leaflets", list(words))
    command: click.Command = main
    while isinstance(command, click.Group) and context._protected_args:
        name, *rest = [*context._protected_args, *context.args]
        child = command.get_command(context, name)
        if child is None:
            raise click.UsageError(f"no command {name}")
        context = child.make_context(name, rest, parent=context)
        command = child
    return context


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Begin a project in English and Arabic, with what the commands read."""
    root = tmp_path_factory.mktemp("commands") / "project"
    words = ["init", str(root), "--language", "ar", "--no-fonts"]
    assert CliRunner().invoke(main, words).exit_code == 0
    link_fonts(root)
    (root / "clinics.csv").write_text("id,name\nnorth,North Clinic\n", "utf-8")
    for shard in ("1", "2"):
        (root / "shares" / shard).mkdir(parents=True)
    return root


def test_enough_is_written() -> None:
    """Every command that there is is named somewhere for those who use it."""
    named = {command.split()[0] for command in WRITTEN if command}

    assert len(WRITTEN) >= 50
    assert {"build", *COMMANDS} - named == set()


@pytest.mark.parametrize("command", sorted(WRITTEN), ids=str)
def test_it_is_understood(
    command: str, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No option, value or argument is unknown to the program."""
    monkeypatch.chdir(started)
    try:
        understood(filled(command))
    except click.exceptions.NoArgsIsHelpError:
        assert command in ("", "add"), WRITTEN[command]
    except click.MissingParameter:
        # It is named without all that follows it; the program asks for the rest.
        assert len(command.split()) == 1 or command.startswith("sign "), WRITTEN[
            command
        ]


@pytest.mark.parametrize(
    "command", ["bulid", "build --locales de", "check --format xml"]
)
def test_what_is_mistyped_is_seen(command: str) -> None:
    """A command of another name or with another option is an error here."""
    with pytest.raises(click.UsageError):
        understood(command.split())


def runnable() -> list[str]:
    """List the commands that end by themselves, each once."""
    commands = [
        OURS.sub("before-your-visit", command)
        for command in WRITTEN
        if command
        and command.split()[0] not in (*NEVER_END, *ELSEWHERE)
        and "--executor" not in command
    ]
    return sorted(dict.fromkeys(commands))


@pytest.mark.parametrize("command", runnable(), ids=str)
def test_it_runs(command: str, started: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with what it was asked for, or says what is wrong in the project."""
    monkeypatch.chdir(started)
    words = re.sub(r"--locale (\w+)", "--locale ar", command.replace("ar+fr", "ar+en"))
    result = CliRunner().invoke(main, filled(words.replace("trifold-press", "trifold")))

    assert result.exit_code in (0, 1) or "Missing" in result.output, result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
