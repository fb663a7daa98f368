"""Look whether a machine has what the leaflets need, and say how to get it."""

import ctypes.util
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from leaflets.sources.fonts import PINS, read_fonts

APT = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
BREW = "brew install pango"
LIBRARIES = ("pango-1.0", "pangoft2-1.0", "harfbuzz", "harfbuzz-subset", "fontconfig")
PACKAGES = (
    "weasyprint",
    "jinja2",
    "babel",
    "markdown-it-py",
    "pikepdf",
    "uharfbuzz",
    "fonttools",
    "segno",
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that is needed."""

    name: str
    sound: bool
    found: str
    hint: str = ""


def examine(root: Path) -> tuple[Part, ...]:
    """Look at Python, libraries, packages and fonts; nothing is installed."""
    hint = BREW if sys.platform == "darwin" else APT
    release = sys.version.split()[0]
    parts = [Part("Python", sys.version_info >= (3, 11), release, "3.11 or newer")]
    for name in LIBRARIES:
        there = ctypes.util.find_library(name)
        parts.append(Part(name, bool(there), there or "", "" if there else hint))
    for name in PACKAGES:
        try:
            parts.append(Part(name, True, version(name)))
        except PackageNotFoundError:
            parts.append(Part(name, False, "", "run `make setup`"))
    path = root / PINS
    fonts, found = read_fonts(root, path.read_bytes() if path.is_file() else b"")
    parts.extend(Part("font", False, one.message, one.hint) for one in found)
    if not found:
        families = ", ".join(name for name, _ in fonts.families)
        parts.append(Part("fonts", True, families))
    return tuple(parts)
