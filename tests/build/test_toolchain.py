"""What sets the pages is named, without starting it."""

import subprocess
import sys

from leaflets.build.toolchain import toolchain


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
