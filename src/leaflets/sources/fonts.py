"""The project's fonts: which files there are, and whether they are the pinned ones.

Takes `fonts/fonts.toml` and the folder that `fonts/install.py` filled; gives one
digest for each family, which is a part of every fingerprint.
"""

import errno
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leaflets.diagnostics import Diagnostic, LeafletsError, Location, error
from leaflets.digest import digest_parts
from leaflets.files import below, is_file, linked, read
from leaflets.sources.stock import stock_root
from leaflets.sources.toml import Settings, read_settings

CODE = "font-missing"
PINS = "fonts/fonts.toml"
LICENCE = "fonts/OFL.txt"
"""Who owns the fonts, and on what terms they are passed on."""
FOLDER = "build/fonts"
CONFIG = "build/fonts.conf"
HINT = "run `leaflets fonts`, which installs exactly the pinned files"


@dataclass(frozen=True, slots=True)
class FontSet:
    """All fonts that leaflets may be set in."""

    config: Path
    """The fontconfig file that names the project's fonts and no others."""
    families: tuple[tuple[str, str], ...]
    """Family and the digest of its files' digests, sorted."""
    pins: bytes = b""
    """The list of all font files, with their digests."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One file that the list of fonts names."""

    file: str
    package: str
    family: str
    weight: int
    style: str
    scripts: tuple[str, ...]
    licence: str
    sha256: str


def fonts_of(root: Path) -> tuple[FontSet, tuple[Diagnostic, ...]]:
    """Read the pins of a project, or else of the stock, and look for their files."""
    try:
        below(root, *FOLDER.split("/"))
        return read_fonts(root, pins_of(root))
    except LeafletsError as problem:
        return FontSet(root / CONFIG, ()), problem.diagnostics


def pins_of(root: Path) -> bytes:
    """Read the list of font files of a project, or else of the stock.

    LeafletsError where a link stands in its place; empty where there is none at all.
    """
    try:
        return read(root, PINS)
    except OSError as problem:
        if problem.errno == errno.ELOOP:
            raise LeafletsError((linked(PINS),)) from None
    path = stock_root() / PINS
    return path.read_bytes() if path.is_file() else b""


def read_fonts(root: Path, data: bytes) -> tuple[FontSet, tuple[Diagnostic, ...]]:
    """Read the pins (`data`) and look whether every file is in place.

    Bytes are compared by the installer; here presence is enough, for nothing
    else writes to that folder.
    """
    pins, faults = read_pins(data)
    problems = list(faults)
    digests: dict[str, list[str]] = defaultdict(list)
    for pin in pins:
        digests[pin.family].append(pin.sha256)
        if not is_file(root, f"{FOLDER}/{pin.file}"):
            message = f"the font {pin.file} is not installed"
            problems.append(error(CODE, message, Location(PINS), HINT))
    if not is_file(root, CONFIG):
        message = f"there is no {CONFIG}"
        problems.append(error(CODE, message, Location(CONFIG), HINT))
    families = tuple(
        (family, digest_parts(sorted(sums))) for family, sums in sorted(digests.items())
    )
    return FontSet(root / CONFIG, families, data), tuple(problems)


def read_pins(data: bytes) -> tuple[tuple[Pin, ...], tuple[Diagnostic, ...]]:
    """Read the list of font files; what is wrong in it is told at its line."""
    settings, unreadable = read_settings(data, PINS, code=CODE)
    if unreadable:
        return (), unreadable
    if (pins := _plain_pins(settings)) is not None:
        return pins, ()
    from leaflets.sources.font_pins import validate_pins

    return validate_pins(settings)


def _plain_pins(settings: Settings) -> tuple[Pin, ...] | None:
    """Read a list in which all is as it should be; None where a look is needed.

    A build with nothing to do comes through here, and to load what validates would
    take most of its time.
    """
    fonts = settings.values.get("font", [])
    if settings.values.keys() - {"font"} or not isinstance(fonts, list):
        return None
    pins = []
    for font in fonts:
        if not isinstance(font, Mapping) or font.keys() != KINDS.keys():
            return None
        if any(type(font[key]) is not kind for key, kind in KINDS.items()):
            return None
        scripts = tuple(font["scripts"])
        if not all(type(script) is str for script in scripts):
            return None
        pins.append(Pin(**{**font, "scripts": scripts}))
    return tuple(pins)


KINDS: Mapping[str, type] = {
    "file": str,
    "package": str,
    "family": str,
    "weight": int,
    "style": str,
    "scripts": list,
    "licence": str,
    "sha256": str,
}
