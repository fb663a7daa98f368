"""Progress in a log: a line now and then, with an estimate of the time left.

Takes the calls of a progress callback; gives whole lines, without control characters.
"""

from collections.abc import Callable

from leaflets.build.options import Tell

OFTEN = 10.0
"""Seconds between two lines, at least."""
SELDOM = 60.0
"""Seconds after which a line is due even where less than `PART` was done."""
PART = 0.01
"""Of all files: in a long build, lines come as often as this much is done."""


def lines_of_progress(write: Callable[[str], None], clock: Callable[[], float]) -> Tell:
    """Make a progress callback that writes lines for a log.

    `clock` gives seconds, from any start.
    """
    step, start, last, last_done = "", 0.0, 0.0, 0

    def tell(now_at: str, done: int, total: int) -> None:
        nonlocal step, start, last, last_done
        now = clock()
        if now_at != step:
            step, start, last, last_done = now_at, now, now, done
            write(f"leaflets {step}")
            return
        passed = now - last
        is_due = passed >= OFTEN and done - last_done >= total * PART
        if done and (is_due or passed >= SELDOM):
            last, last_done = now, done
            write(format_progress(done, total, now - start))

    return tell


def format_progress(done: int, total: int, seconds: float) -> str:
    """Say how far a step is, and how long the rest takes at the same pace.

    >>> format_progress(120, 200, 130)
    '120 of 200 files, 2 min 10 s, about 1 min 27 s left'
    >>> format_progress(200, 200, 217)
    '200 of 200 files, 3 min 37 s'
    """
    so_far = f"{done} of {total} files, {format_seconds(seconds)}"
    if done >= total:
        return so_far
    left = seconds / done * (total - done)
    return f"{so_far}, about {format_seconds(left)} left"


def format_seconds(seconds: float) -> str:
    """Write a duration in the two largest units that it has.

    >>> [format_seconds(seconds) for seconds in (0.4, 59.6, 3600, 7265)]
    ['0 s', '1 min 0 s', '1 h 0 min', '2 h 1 min']
    """
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{minutes} min {rest} s"
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min"
