"""The doctor names what is missing, and what brings it."""

import ctypes.util
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from leaflets.build import doctor
from leaflets.build.doctor import APT, BREW, LIBRARIES, examine
from leaflets.build.toolchain import requirements_of


def test_a_machine_that_builds_is_sound(project: Path) -> None:
    """Everything that is looked at is there."""
    parts = examine(project)
    assert all(part.sound for part in parts)
    names = {part.name for part in parts}
    assert names.issuperset(requirements_of("leaflets"))
    assert {"weasyprint", "segno", "zxing-cpp"} <= names
    assert {"Python", "fonts", "leaflets", *LIBRARIES} <= names


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


@pytest.mark.parametrize("lost", ["leaflets", "segno"])
def test_a_missing_package_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    """The list is that of the installation, so that a new library is looked for too."""
    name = "no-such-library"
    monkeypatch.setattr(doctor, "requirements_of", lambda package: ("segno", name))
    here = doctor.version

    def version(package: str) -> str:
        if package == lost:
            raise PackageNotFoundError(package)
        return here(package)

    monkeypatch.setattr(doctor, "version", version)
    missing = [part for part in examine(project) if not part.sound]
    assert {part.name for part in missing} == {lost, name}
    assert all("pip install leaflets" in part.hint for part in missing)
