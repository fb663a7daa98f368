"""Wait until a source file changes (door to watchfiles).

Gives the paths that changed, below the project's root.  Files that are not sources,
such as an editor's temporary files and the build folder, are ignored.
"""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from threading import Event
from types import FrameType

from leaflets.sources.snapshot import PATTERNS

QUIET = 30
"""Milliseconds without a change after which a save counts as complete."""


def changes(root: Path, stop: Event | None = None) -> Iterator[tuple[str, ...]]:
    """Yield the paths of the sources that changed, until Ctrl-C or `stop`.

    The first item is empty: from then on no change is missed.
    """
    from watchfiles import watch

    home = root.resolve()

    def is_source(_: object, path: str) -> bool:
        return matches(Path(path).relative_to(home).as_posix())

    folders = {home / pattern.split("/")[0] for pattern in PATTERNS if "/" in pattern}
    present = [
        home / "pyproject.toml",
        *(folder for folder in folders if folder.is_dir()),
    ]
    ready = False
    for changed in watch(
        *present,
        watch_filter=is_source,
        debounce=400,
        step=QUIET,
        stop_event=stop,
        yield_on_timeout=True,
        rust_timeout=200,
        raise_interrupt=True,
    ):
        if not ready:
            ready = True
            yield ()
        if changed:
            paths = {Path(path).relative_to(home).as_posix() for _, path in changed}
            yield tuple(sorted(paths))


@contextmanager
def until_interrupted() -> Iterator[Event]:
    """Yield an event that Ctrl-C sets, besides raising KeyboardInterrupt as usual.

    A KeyboardInterrupt raised inside a callback of the typesetter is printed and
    lost; the event is still set afterwards.
    """
    stop = Event()

    def interrupt(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.default_int_handler(number, frame)

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def matches(path: str) -> bool:
    """Say whether a path below the root is that of a source.

    >>> matches("locales/de/LC_MESSAGES/messages.po")
    True
    >>> matches("locales/de/LC_MESSAGES/.messages.po.swp")
    False
    """
    return any(
        path.count("/") == pattern.count("/") and fnmatch(path, pattern)
        for pattern in PATTERNS
    ) and not Path(path).name.startswith(".")
