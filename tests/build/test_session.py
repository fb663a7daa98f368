"""A session knows where it builds and with what, or says what is missing."""

from pathlib import Path

import pytest

from leaflets.build.session import BUILD, open_session
from leaflets.build.toolchain import toolchain
from leaflets.diagnostics import LeafletsError


def test_a_session_knows_fonts_and_tools(project: Path) -> None:
    """Made once, from the project's root alone."""
    session = open_session(project)
    assert session.folder == project / BUILD
    assert session.tools == toolchain()
    assert session.fonts.config.is_file()
    assert session.fonts.families


def test_without_fonts_there_is_no_session(tiny: Path) -> None:
    """The first command says which are missing and what installs them."""
    with pytest.raises(LeafletsError) as caught:
        open_session(tiny)
    assert {diagnostic.code for diagnostic in caught.value.diagnostics} == {
        "font-missing"
    }
    assert "leaflets fonts" in caught.value.diagnostics[0].hint
