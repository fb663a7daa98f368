"""Open a project on this machine: its fonts, its tools and its build folder."""

from dataclasses import dataclass
from pathlib import Path

from leaflets.build.toolchain import toolchain
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.files import BUILD, below
from leaflets.sources.fonts import FontSet, fonts_of

RELEASE = "release"
"""Folder of releases, below the build folder: drafts are never stored beside them."""


def build_folder(root: Path, *inner: str, release: bool = False) -> Path:
    """Return the folder that all output, or a release, lies in, or one inside of it.

    LeafletsError where a link leads out of the project instead.
    """
    return below(root, BUILD, *((RELEASE,) if release else ()), *inner)


@dataclass(frozen=True, slots=True)
class Session:
    """An open project on this machine."""

    root: Path
    fonts: FontSet
    tools: tuple[tuple[str, str], ...]
    """Name and version of everything that shapes a PDF, sorted by name."""

    @property
    def folder(self) -> Path:
        """Return the build folder, which holds the cache as well."""
        return build_folder(self.root)


def open_session(root: Path) -> Session:
    """Open a project; LeafletsError where its fonts are not installed."""
    fonts, diagnostics = fonts_of(root)
    if has_errors(diagnostics):
        raise LeafletsError(diagnostics)
    return Session(root, fonts, toolchain())
