"""What sets the pages is named, without starting it."""

import subprocess
import sys
from importlib.metadata import PackageNotFoundError

import pytest

from leaflets.build.toolchain import requirements_of, toolchain


def test_every_tool_is_named() -> None:
    """The engine, its libraries and our own code have a version here."""
    tools = dict(toolchain())

    assert tools["weasyprint"].startswith("70.")
    assert tools["pango"].startswith("1.")
    assert not {"unknown", "absent"} & set(tools.values())
    assert list(tools) == sorted(tools)


def test_no_tool_is_started() -> None:
    """A build with nothing to do does not pay for loading the typesetter."""
    program = (
        "import sys; from leaflets.build.toolchain import toolchain; toolchain();"
        "print({'weasyprint', 'pikepdf', 'fontTools'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", program]
    shown = subprocess.run(command, capture_output=True, check=True, text=True).stdout

    assert shown == "set()\n"


def test_what_leaflets_needs_is_what_it_was_installed_with() -> None:
    """Names as on PyPI, without versions, and without what only a cluster needs."""
    names = requirements_of("leaflets")

    assert {"weasyprint", "jinja2", "mdit-py-plugins"} <= set(names)
    assert "distributed" not in names
    with pytest.raises(PackageNotFoundError):
        requirements_of("no-such-package")
