"""A tiny project to build, change and break."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from desk import link_fonts
from tiny import write_project

# The same examples every time in CI: a run that failed can be run again, and a
# change is judged by itself. At a desk the search goes on.
settings.register_profile("ci", derandomize=True)
if "CI" in os.environ:
    settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Give a project with one leaflet in English, Arabic and Chinese."""
    root = tmp_path / "project"
    write_project(root)
    return root


@pytest.fixture
def with_fonts() -> Callable[[Path], None]:
    """Give a project the fonts that `make setup` installed here."""

    return link_fonts


@pytest.fixture
def project(tiny: Path, with_fonts: Callable[[Path], None]) -> Path:
    """Give a tiny project that can be built."""
    with_fonts(tiny)
    return tiny
