"""Stock: what the package itself brings to every project.

Templates, stylesheets, colour profiles, the list of fonts, the words of the templates
in every language, and the files that a new project begins with.  A file of a project
takes the place of the stock's file of the same path.

In a wheel they lie below `leaflets/stock`; in a checkout they are the checkout's own
folders, so that each file exists once.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

PATTERNS = ("templates/*.html", "templates/*.css", "profiles/*.icc")
"""What a project has without holding it."""
PACKAGE = Path(__file__).resolve().parent.parent
PACKED = PACKAGE / "stock"
CHECKOUT = PACKAGE.parent.parent
CATALOGS = "locales/*/LC_MESSAGES/messages.po"
STARTER = "starter"


def stock_root() -> Path:
    """Return the folder that the stock lies in."""
    return PACKED if PACKED.is_dir() else CHECKOUT


@cache
def stock_files() -> Mapping[str, bytes]:
    """Read the files that every project has, by POSIX path, sorted."""
    root = stock_root()
    paths = sorted(path for pattern in PATTERNS for path in root.glob(pattern))
    return MappingProxyType(
        {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
    )


def stock_catalogs() -> Iterator[tuple[str, str, bytes]]:
    """Read (locale, path, bytes) of every catalog that the stock brings.

    Those of a wheel hold the words of the templates; those of a checkout hold what its
    own leaflets say as well, which no other project has a use for.
    """
    root = stock_root()
    for path in sorted(root.glob(CATALOGS)):
        yield path.parts[-3], path.relative_to(root).as_posix(), path.read_bytes()


def starter_files() -> Iterator[tuple[str, bytes]]:
    """Read (path, bytes) of what a new project begins with, sorted by path."""
    folder = stock_root() / STARTER
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.relative_to(folder).as_posix(), path.read_bytes()
