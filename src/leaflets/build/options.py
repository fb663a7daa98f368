"""How a build is made, and whom it tells."""

from collections.abc import Callable
from dataclasses import dataclass

Tell = Callable[[str, int, int], None]
"""Called with a step of the sentence, what is done of it, and all there is."""


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a build is made."""

    asked: tuple[str, ...] = ()
    """What is made on request only, by name (see `build.front.Scope`)."""
    workers: int = 1
    wait: bool = False
    """For another build in the same folder, instead of giving up."""
    release: bool = False
    """Only what is approved, into a folder of its own."""
    only: bool = False
    """Nothing that is not chosen is looked at."""
    executor: str = ""
    """Address of a Dask scheduler; empty for processes of this machine."""


class NotInProjectError(Exception):
    """Something is asked for by a name that the project does not have."""
