"""The samples in docs/serve hold what they are said to hold; nothing here starts them."""

import json
import re
import shlex
from configparser import ConfigParser

import click
import pytest

from leaflets.cli.web import serve_command
from samples import ROOT

FOLDER = ROOT / "docs" / "serve"


def understood(words: list[str]) -> dict[str, object]:
    """Read the words of `leaflets serve` as the command does, and run nothing."""
    context = click.Context(serve_command)
    serve_command.parse_args(context, words)
    return context.params


def unit() -> dict[str, list[str]]:
    """Read the unit: every value of each key of its service."""
    values: dict[str, list[str]] = {}
    text = (FOLDER / "leaflets.service").read_text(encoding="utf-8")
    for line in text.partition("[Service]")[2].partition("[Install]")[0].splitlines():
        if line and not line.startswith("#"):
            key, _, value = line.partition("=")
            values.setdefault(key, []).append(value)
    return values


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("MemoryMax", "4G"),
        ("TasksMax", "128"),
        ("LimitCORE", "0"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("PrivateTmp", "yes"),
        ("IPAddressDeny", "any"),
        ("ReadWritePaths", "/srv/leaflets/build"),
        ("CapabilityBoundingSet", ""),
    ],
)
def test_the_unit_holds_the_desk_from_outside(key: str, value: str) -> None:
    """Memory, processes and files, whatever the desk itself does."""
    assert unit()[key] == [value]


def test_the_unit_is_read_by_sections() -> None:
    """As systemd reads it: three of them, and no line outside."""
    parser = ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(FOLDER / "leaflets.service", encoding="utf-8")
    assert parser.sections() == ["Unit", "Service", "Install"]


def test_the_unit_starts_a_command_that_is_understood() -> None:
    """Behind a web server on the same machine, with what is approved only."""
    ((start,),) = [unit()["ExecStart"]]
    program, command, *words = shlex.split(start)
    assert (program.rpartition("/")[2], command) == ("leaflets", "serve")
    asked = understood(words)
    assert (asked["bind"], asked["drafts"]) == ("127.0.0.1", False)


def test_the_container_names_no_registry_and_starts_what_is_understood() -> None:
    """The image below it is an argument; what is copied is there."""
    text = (FOLDER / "Containerfile").read_text(encoding="utf-8")
    code = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert re.findall(r"^(?:ARG|FROM) .*", code, re.MULTILINE) == [
        "ARG BASE",
        "FROM ${BASE}",
    ]
    for source in re.findall(r"^COPY (\S+)", code, re.MULTILINE):
        # The folder of signatures is there once somebody has signed.
        assert (ROOT / source).exists() or source == "reviews", source
    (line,) = re.findall(r"^CMD (.*)", code, re.MULTILINE)
    command, *words = json.loads(line)
    assert (command, understood(words)["drafts"]) == ("serve", False)
    assert "USER leaflets" in code
    for limit in ("--memory", "--pids-limit", "--read-only", "--cap-drop=all"):
        assert limit in text
