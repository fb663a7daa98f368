"""The doctor names what is missing, and what brings it."""

import ctypes.util
from pathlib import Path

import pytest

from leaflets.build.doctor import APT, BREW, LIBRARIES, PACKAGES, examine


def test_a_machine_that_builds_is_sound(project: Path) -> None:
    """Everything that is looked at is there."""
    parts = examine(project)
    assert all(part.sound for part in parts)
    names = {part.name for part in parts}
    assert {"Python", "fonts", *LIBRARIES, *PACKAGES} <= names


def test_a_missing_library_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the line that installs it on this system."""
    real = ctypes.util.find_library
    monkeypatch.setattr(
        ctypes.util,
        "find_library",
        lambda name: None if name == "pango-1.0" else real(name),
    )
    (lost,) = [part for part in examine(project) if not part.sound]
    assert lost.name == "pango-1.0"
    assert lost.hint in (APT, BREW)


def test_missing_fonts_are_told(tiny: Path) -> None:
    """A project without its fonts is not sound."""
    assert any(part.name == "font" and not part.sound for part in examine(tiny))
