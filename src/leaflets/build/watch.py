"""Watch: wait until a source changes (door to watchfiles).

Gives the paths that changed, below the project's root; whatever is not a source, such
as an editor's own files and the build folder, wakes nobody.
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
"""Milliseconds without a change after which an editor is taken to have saved."""


def changes(root: Path, stop: Event | None = None) -> Iterator[tuple[str, ...]]:
    """Give the sources that changed, each time some did; ends with Ctrl-C or `stop`.

    The first time nothing: from then on no change is missed.
    """
    from watchfiles import watch

    home = root.resolve()

    def is_source(_: object, path: str) -> bool:
        return matches(Path(path).relative_to(home).as_posix())

    folders = {home / one.split("/")[0] for one in PATTERNS if "/" in one}
    present = [home / "pyproject.toml", *(one for one in folders if one.is_dir())]
    ready = False
    for found in watch(
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
        if found:
            paths = {Path(one).relative_to(home).as_posix() for _, one in found}
            yield tuple(sorted(paths))


@contextmanager
def until_interrupted() -> Iterator[Event]:
    """Give an event that Ctrl-C sets, beside interrupting as ever.

    An interrupt that arrives inside a callback of the typesetter is printed and
    forgotten; the event is still set when it comes back.
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
    """Tell whether a path below the root is that of a source.

    >>> matches("locales/de/LC_MESSAGES/messages.po")
    True
    >>> matches("locales/de/LC_MESSAGES/.messages.po.swp")
    False
    """
    return any(
        path.count("/") == pattern.count("/") and fnmatch(path, pattern)
        for pattern in PATTERNS
    ) and not Path(path).name.startswith(".")
