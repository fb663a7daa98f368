"""The tiny project, built once for all tests of clinics."""

import pytest

from desk import link_fonts, run
from leaflets.build.front import analyse
from leaflets.build.toolchain import toolchain
from leaflets.clinics.fill import Sheet
from leaflets.clinics.handouts import sheets_of
from leaflets.sources.fonts import fonts_of
from tiny import write_project


@pytest.fixture(scope="session")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sheet, ...]:
    """List the published files of the tiny project."""
    root = tmp_path_factory.mktemp("clinics") / "project"
    write_project(root)
    link_fonts(root)
    assert run(root, "build", "--workers", "1")[0] == 0
    fonts, _ = fonts_of(root)
    return sheets_of(root / "build", analyse(root), fonts, toolchain())
