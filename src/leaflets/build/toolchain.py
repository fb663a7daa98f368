"""The toolchain: name and version of every tool that shapes a PDF.

It is a part of the fingerprint and of the manifest.  Versions are read without
importing the tools, so that a build with nothing to do does not start WeasyPrint.
"""

import ctypes
import platform
import re
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from leaflets.digest import digest_parts

PACKAGES = (
    "brotli",
    "cssselect2",
    "fonttools",
    "lxml",
    "pikepdf",
    "pillow",
    "pydyf",
    "pyphen",
    "tinycss2",
    "tinyhtml5",
    "uharfbuzz",
    "weasyprint",
    "zopfli",
)
"""WeasyPrint and all packages that shape its pages, hyphenation patterns included."""

LIBRARIES = (
    ("fontconfig", "libfontconfig.so.1", ""),
    ("harfbuzz", "libharfbuzz.so.0", "hb_version_string"),
    ("pango", "libpango-1.0.so.0", "pango_version_string"),
)
"""Shared libraries, and the function that returns the version as text."""


NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
"""How a requirement begins: the name of the package, before versions and conditions."""


def requirements_of(package: str) -> tuple[str, ...]:
    """List what an installed package requires without extras, as named on PyPI.

    PackageNotFoundError where the package itself is not installed.
    """
    names = (
        NAME.match(line) for line in requires(package) or () if "extra ==" not in line
    )
    return tuple(re.sub(r"[-_.]+", "-", name[0]).lower() for name in names if name)


def toolchain() -> tuple[tuple[str, str], ...]:
    """Return name and version of everything that shapes a PDF, sorted by name."""
    tools = [("python", platform.python_version()), ("leaflets.pdf", _own_code())]
    tools += [(name, _package(name)) for name in PACKAGES]
    tools += [(name, _library(file, ask)) for name, file, ask in LIBRARIES]
    return tuple(sorted(tools))


def _package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "absent"


def _library(file: str, ask: str) -> str:
    with suppress(OSError, AttributeError):
        library = ctypes.CDLL(file)
        if not ask:
            return str(library.FcGetVersion())
        function = getattr(library, ask)
        function.restype = ctypes.c_char_p
        return str(function().decode("ascii"))
    # Another platform names its libraries differently.  The version is then
    # not part of the fingerprint, and the manifest says so.
    return "unknown"


def _own_code() -> str:
    """Return a digest of our modules that draw and measure, as their version."""
    house = Path(__file__).parent.parent
    paths = sorted((*(house / "pdf").rglob("*.py"), house / "languages" / "bidi.py"))
    parts = [
        part
        for path in paths
        for part in (path.relative_to(house).as_posix(), path.read_bytes())
    ]
    return digest_parts(parts)[:12]
