"""The tiny project, built once with its site for all tests of what is on screen."""

from pathlib import Path

import pytest

from desk import link_fonts, run
from leaflets.build.front import Front, analyse
from tiny import write_project


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the tiny project and its site."""
    root = tmp_path_factory.mktemp("web") / "project"
    write_project(root)
    link_fonts(root)
    assert run(root, "build", "--workers", "1")[0] == 0
    code, output = run(root, "site")
    assert code == 0, output
    return root


@pytest.fixture(scope="session")
def front(root: Path) -> Front:
    """Look at the tiny project."""
    return analyse(root)
