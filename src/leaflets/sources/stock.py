"""Stock: what the package itself brings to every project.

Templates, stylesheets, colour profiles, the list of fonts, the words of the templates
in every language, and the files that a new project begins with.  A file of a project
takes the place of the stock's file of the same path.

In a wheel they lie below `leaflets/stock`; in a checkout they are the checkout's own
folders, so that each file exists once.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

PATTERNS = ("templates/*.html", "templates/*.css", "profiles/*.icc")
"""What a project has without holding it."""
PACKAGE = Path(__file__).resolve().parent.parent
PACKED = PACKAGE / "stock"
CHECKOUT = PACKAGE.parent.parent
CATALOG = "locales/{locale}/LC_MESSAGES/messages.po"
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


def stock_catalog(locale: str) -> tuple[str, bytes] | None:
    """Read (path, bytes) of the catalog that the stock brings for a locale, if any.

    Those of a wheel hold the words of the templates; those of a checkout hold what its
    own leaflets say as well, which no other project has a use for.
    """
    path = CATALOG.format(locale=locale)
    file = stock_root() / path
    return (path, file.read_bytes()) if file.is_file() else None


@cache
def starter_files() -> Mapping[str, bytes]:
    """Read what a new project begins with, by POSIX path, sorted."""
    folder = stock_root() / STARTER
    return MappingProxyType(
        {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
    )
