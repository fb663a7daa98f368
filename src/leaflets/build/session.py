"""Session: one use of a project, which every command and page on screen begins with.

Takes the project's root; gives where it builds and with what its pages are set.
"""

from dataclasses import dataclass
from pathlib import Path

from leaflets.build.toolchain import toolchain
from leaflets.diagnostics import LeafletsError, has_errors
from leaflets.sources.fonts import FontSet, fonts_of

BUILD = "build"
"""The folder below the project's root that holds all output."""
RELEASE = "release"
"""Below the build folder: drafts never lie beside what may be handed out."""


@dataclass(frozen=True, slots=True)
class Session:
    """A project on this machine."""

    root: Path
    fonts: FontSet
    tools: tuple[tuple[str, str], ...]
    """Name and version of everything that shapes a PDF, sorted by name."""

    @property
    def folder(self) -> Path:
        """Return the build folder, which holds the cache as well."""
        return self.root / BUILD


def open_session(root: Path) -> Session:
    """Begin to use a project; LeafletsError where its fonts are not installed."""
    fonts, diagnostics = fonts_of(root)
    if has_errors(diagnostics):
        raise LeafletsError(diagnostics)
    return Session(root, fonts, toolchain())
