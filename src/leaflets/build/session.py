"""Open a project on this machine: its fonts, its tools and its build folder."""

from dataclasses import dataclass
from pathlib import Path

from leaflets.build.toolchain import toolchain
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.sources.fonts import FontSet, fonts_of

BUILD = "build"
"""The folder below the project's root that holds all output."""
RELEASE = "release"
"""Folder of releases, below the build folder: drafts are never stored beside them."""


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
        return self.root / BUILD


def open_session(root: Path) -> Session:
    """Open a project; LeafletsError where its fonts are not installed."""
    fonts, diagnostics = fonts_of(root)
    if has_errors(diagnostics):
        raise LeafletsError(diagnostics)
    return Session(root, fonts, toolchain())
