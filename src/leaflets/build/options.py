"""The options of a build, and its progress callback."""

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[str, int, int], None]
"""Progress callback: the step in words, the number of targets done, and of all."""


def silent(step: str, done: int, total: int) -> None:
    """Report no progress."""


@dataclass(frozen=True, slots=True)
class Options:
    """The options of a build."""

    asked: tuple[str, ...] = ()
    """Names of what is made on request only (see `build.front.Scope`)."""
    workers: int = 1
    wait: bool = False
    """Wait for another build in the same folder instead of giving up."""
    release: bool = False
    """Build approved leaflets only, into a folder of their own."""
    executor: str = ""
    """Address of a Dask scheduler; empty for processes of this machine."""


class NotInProjectError(Exception):
    """Raised when something is asked for that the project does not have."""
