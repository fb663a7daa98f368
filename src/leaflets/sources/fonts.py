"""The project's fonts: which files there are, and whether they are the pinned ones.

Takes `fonts/fonts.toml` and the folder that `fonts/install.py` filled; gives one
digest for each family, which is a part of every fingerprint.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.digest import digest_parts
from leaflets.sources.toml import read_settings

PINS = "fonts/fonts.toml"
FOLDER = "build/fonts"
CONFIG = "build/fonts.conf"
HINT = "run `make setup`, which installs exactly the pinned files"


@dataclass(frozen=True, slots=True)
class FontSet:
    """All fonts that leaflets may be set in."""

    config: Path
    """The fontconfig file that names the project's fonts and no others."""
    families: tuple[tuple[str, str], ...]
    """Family and the digest of its files' digests, sorted."""
    pins: bytes = b""
    """The list of all font files, with their digests."""


def fonts_of(root: Path) -> tuple[FontSet, tuple[Diagnostic, ...]]:
    """Read the pins of a project; without them there are no fonts."""
    path = root / PINS
    return read_fonts(root, path.read_bytes() if path.is_file() else b"")


def read_fonts(root: Path, data: bytes) -> tuple[FontSet, tuple[Diagnostic, ...]]:
    """Read the pins (`data`) and look whether every file is in place.

    Bytes are compared by the installer; here presence is enough, for nothing
    else writes to that folder.
    """
    settings, found = read_settings(data, PINS, code="font-missing")
    files: dict[str, list[str]] = defaultdict(list)
    problems = list(found)
    for font in settings.values.get("font", []):
        files[font["family"]].append(font["sha256"])
        if not (root / FOLDER / font["file"]).is_file():
            message = f"the font {font['file']} is not installed"
            problems.append(error("font-missing", message, Location(PINS), HINT))
    if not (root / CONFIG).is_file():
        message = f"there is no {CONFIG}"
        problems.append(error("font-missing", message, Location(CONFIG), HINT))
    families = tuple(
        (family, digest_parts(sorted(sums))) for family, sums in sorted(files.items())
    )
    return FontSet(root / CONFIG, families, data), tuple(problems)
