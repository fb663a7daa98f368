"""A tiny project to build, change and break."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from desk import link_fonts
from tiny import write_project

# No test is failed by the clock: how long an example takes is the machine's mood.
# The same examples every time in CI: a run that failed can be run again, and a
# change is judged by itself. At a desk the search goes on.
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("desk", UNTIMED)
settings.register_profile("ci", UNTIMED, derandomize=True)
# By hand, for hours: `HYPOTHESIS_PROFILE=long` before the command.
settings.register_profile("long", UNTIMED, max_examples=5_000)
PROFILE = "ci" if "CI" in os.environ else "desk"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", PROFILE))

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
