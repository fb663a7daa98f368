"""Check that this machine has what the leaflets need, and say how to install it."""

import ctypes.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from leaflets.build.toolchain import requirements_of
from leaflets.sources.fonts import fonts_of

APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
BREW = "brew install pango"
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig")


@dataclass(frozen=True, slots=True)
class Requirement:
    """One requirement: Python, a library, a package or the fonts."""

    name: str
    sound: bool
    detail: str
    """Its version, its file or its families; for missing fonts, what is missing."""
    hint: str = ""


def examine(root: Path) -> tuple[Requirement, ...]:
    """Check Python, the libraries, the packages and the fonts; nothing is installed."""
    hint = BREW if sys.platform == "darwin" else APT
    release = sys.version.split()[0]
    parts = [
        Requirement("Python", sys.version_info >= (3, 11), release, "3.11 or newer")
    ]
    for name in LIBRARIES:
        there = ctypes.util.find_library(name)
        parts.append(Requirement(name, bool(there), there or "", "" if there else hint))
    parts.extend(_packages())
    fonts, diagnostics = fonts_of(root)
    parts.extend(
        Requirement("font", False, diagnostic.message, diagnostic.hint)
        for diagnostic in diagnostics
    )
    if not diagnostics:
        families = ", ".join(name for name, _ in fonts.families)
        parts.append(Requirement("fonts", True, families))
    return tuple(parts)


def _packages() -> Iterator[Requirement]:
    """Look for leaflets itself, and for each package that it is installed with."""
    try:
        names = ("leaflets", *requirements_of("leaflets"))
    except PackageNotFoundError:
        names = ("leaflets",)
    for name in names:
        try:
            yield Requirement(name, True, version(name))
        except PackageNotFoundError:
            yield Requirement(
                name, False, "", "install leaflets anew: `pip install leaflets`"
            )
