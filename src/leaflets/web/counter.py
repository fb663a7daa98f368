"""Counter: who is served at the print desk, who waits, and who comes too often.

Takes orders; gives what was printed, or that the desk is busy.  A seat is free again only
when its job has ended.  There are three kinds of seats, each with a line of its own: where
logos are read, where leaflets are filled in, and where they are built; so a logo without
end, or a build, never holds up an order that needs neither.
"""

import asyncio
import secrets
from collections import deque
from collections.abc import Awaitable, Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import Any, TypeVar

from leaflets.build.limited import MEMORY, Limits, Worker, open_workers, run_limited
from leaflets.clinics.handouts import FILL
from leaflets.clinics.logo import LOGO_MEMORY, read_logo_apart
from leaflets.pages.composition import Target
from leaflets.pdf.read.raster import Pixels
from leaflets.web.order import (
    HERE,
    UNBUILT,
    Order,
    Printout,
    Problem,
    Shelf,
    build_for,
    fulfil,
    target_of,
)

T = TypeVar("T")

LINE = 300
"""Orders that wait at most; who comes then is asked to come again."""
PATIENCE = 120.0
"""Seconds that an order may take, waiting included."""
BUILD = Limits(seconds=600, cpu=400)
"""For building one leaflet; it goes on when who ordered it has left."""
BUILD_MEMORY = 4_000_000_000
"""Bytes of address space of the process that builds."""
LOW = 10
"""Niceness of the processes that read logos and build: filling in has the cores first."""
MOST_BUILDS = 20
"""Leaflets that wait to be built at most."""
AT_ONCE = 8
"""Orders of one visitor that are sent, wait or are printed at once."""
ORDERS, BUILDS = 60, 10
"""Orders of one visitor in `PERIOD`, and those of them that need a build."""
ALL_BUILDS = 60
"""Builds for all visitors together in `PERIOD`: each stays on the disk."""
PERIOD = 600.0
"""Seconds."""
MOST_VISITORS = 10_000
"""Visitors that are remembered; who came longest ago is forgotten first."""
MOST_HELD = 64_000_000
"""Bytes of all forms that are being read or wait."""
BUSY = Problem("busy")


@dataclass
class Counter:
    """Who is served and who waits; touched by the event loop alone."""

    shelf: Shelf
    readers: "asyncio.Queue[Worker]"
    fillers: "asyncio.Queue[Worker]"
    builders: "asyncio.Queue[Worker]"
    threads: ThreadPoolExecutor
    """They wait for the processes; what they do ends with those."""
    waiting: dict[str, None] = field(default_factory=dict)
    builds: dict[Target, "asyncio.Task[tuple[Problem, ...]]"] = field(
        default_factory=dict
    )
    visits: dict[tuple[str, str], "deque[float]"] = field(default_factory=dict)
    """When a visitor came, by what for and by address; kept in memory for `PERIOD`."""
    here: dict[str, int] = field(default_factory=dict)
    """Orders of each visitor that are at the desk now."""
    held: int = 0
    """Bytes of the forms that are being read or wait."""
    jobs: set["asyncio.Task[Any]"] = field(default_factory=set)
    """Jobs that go on when who ordered them has left."""


def counter_of(
    shelf: Shelf,
    readers: Sequence[Worker],
    fillers: Sequence[Worker],
    builders: Sequence[Worker],
) -> Counter:
    """Open a counter with its seats."""
    threads = ThreadPoolExecutor(len(readers) + len(fillers) + len(builders))
    return Counter(shelf, _line(readers), _line(fillers), _line(builders), threads)


def _line(workers: Sequence[Worker]) -> "asyncio.Queue[Worker]":
    """Make the line of those who wait for one of several workers."""
    line: asyncio.Queue[Worker] = asyncio.Queue()
    for worker in workers:
        line.put_nowait(worker)
    return line


@contextmanager
def open_counter(shelf: Shelf, workers: int) -> Iterator[Counter]:
    """Open a counter whose processes and threads end with it, whatever they do."""
    with ExitStack() as stack:
        seats = [
            stack.enter_context(open_workers(count, memory=memory, niceness=niceness))
            for count, memory, niceness in (
                (workers, LOGO_MEMORY, LOW),
                (workers, MEMORY, 0),
                (1, BUILD_MEMORY, LOW),
            )
        ]
        counter = counter_of(shelf, *seats)
        try:
            yield counter
        finally:
            # The processes are killed next, and then no thread waits any more.
            counter.threads.shutdown(wait=False, cancel_futures=True)


def visitor_of(address: str) -> str:
    """Name a visitor by address; of IPv6 by the network that one house has.

    >>> visitor_of("2001:db8:1:2:3:4:5:6")
    '2001:db8:1:2::'
    >>> visitor_of("192.0.2.7")
    '192.0.2.7'
    """
    try:
        parsed = ip_address(address)
    except ValueError:
        return address[:64]
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(IPv6Address(int(parsed) >> 64 << 64))


def may(counter: Counter, what: str, visitor: str, most: int, now: float) -> bool:
    """Count a visit, unless there were `most` of them in the last `PERIOD`."""
    key = (what, visitor)
    times = counter.visits.pop(key, None) or deque(maxlen=most)
    while times and times[0] <= now - PERIOD:
        times.popleft()
    allowed = len(times) < most
    if allowed:
        times.append(now)
    # Who came last stands last.
    counter.visits[key] = times
    while len(counter.visits) > MOST_VISITORS:
        del counter.visits[next(iter(counter.visits))]
    return allowed


@contextmanager
def at_desk(counter: Counter, visitor: str) -> Iterator[bool]:
    """Count a visitor's orders at the desk; yields whether there is room for this one."""
    count = counter.here.get(visitor, 0)
    if count >= AT_ONCE or counter.held >= MOST_HELD:
        yield False
        return
    counter.here[visitor] = count + 1
    try:
        yield True
    finally:
        counter.here[visitor] -= 1
        if not counter.here[visitor]:
            del counter.here[visitor]


NO_SEAT = Printout(problems=(BUSY,))
Gone = Callable[[], Awaitable[bool]]
"""Says whether who ordered has left."""


async def serve(
    counter: Counter, ticket: str, visitor: str, order: Order, gone: Gone
) -> tuple[Printout, bool]:
    """Wait for a seat and have an order printed; nobody waits for ever, or unseen.

    `ticket` names the order in the line.  The second value says whether the visitor came
    too often.
    """
    if not may(counter, "order", visitor, ORDERS, monotonic()):
        return NO_SEAT, True
    if len(counter.waiting) >= LINE:
        return NO_SEAT, False
    if not ticket or ticket in counter.waiting:
        ticket = secrets.token_hex(8)
    counter.waiting[ticket] = None
    try:
        async with asyncio.timeout(PATIENCE):
            printout = await _printed(counter, order, gone)
            if printout.problems != (UNBUILT,):
                return printout, False
            build = _build(counter, visitor, target_of(order, counter.shelf.beside))
            if isinstance(build, bool):
                return NO_SEAT, build
            # Who leaves does not end it: the next one finds it built.
            if problems := await asyncio.shield(build):
                return Printout(problems=problems), False
            return await _printed(counter, order, gone), False
    except TimeoutError:
        return NO_SEAT, False
    finally:
        counter.waiting.pop(ticket, None)


Build = asyncio.Task[tuple[Problem, ...]]


def _build(counter: Counter, visitor: str, target: Target) -> Build | bool:
    """Order a build, or join one; else say whether the visitor came too often."""
    if build := counter.builds.get(target):
        return build
    if len(counter.builds) >= MOST_BUILDS:
        return False
    now = monotonic()
    if not may(counter, "build", visitor, BUILDS, now):
        return True
    if not may(counter, "builds", "", ALL_BUILDS, now):
        return False
    counter.builds[target] = _kept(counter, _built(counter, target))
    return counter.builds[target]


async def _printed(counter: Counter, order: Order, gone: Gone) -> Printout:
    """Have an order printed: first its logo is read, then the leaflet filled in."""
    logo: Pixels | None = None
    if order.logo:
        read = await _at(
            counter, counter.readers, gone, read_logo_apart, order.logo, HERE
        )
        if read is None:
            return NO_SEAT
        logo, diagnostics = read
        if diagnostics:
            return Printout(problems=(Problem(diagnostics[0].code, "logo"),))
    plain = replace(order, logo=b"")
    arguments = (FILL, fulfil, counter.shelf, plain, logo)
    printout = await _at(counter, counter.fillers, gone, run_limited, *arguments)
    return printout if isinstance(printout, Printout) else NO_SEAT


async def _at(
    counter: Counter,
    seats: "asyncio.Queue[Worker]",
    gone: Gone,
    function: Callable[..., T],
    *arguments: Any,
) -> T | None:
    """Run a function at the next free seat; None where who ordered has left by then."""
    worker = await seats.get()

    async def job() -> T | None:
        try:
            if await gone():
                return None
            return await _in_thread(counter, function, worker, *arguments)
        finally:
            # Not before: who leaves does not free the seat of a job that goes on.
            seats.put_nowait(worker)

    result: T | None = await asyncio.shield(_kept(counter, job()))
    return result


async def _built(counter: Counter, target: Target) -> tuple[Problem, ...]:
    """Have a leaflet built, one after the other."""
    arguments = (BUILD, build_for, counter.shelf, target)
    try:
        problems = await _at(counter, counter.builders, _never, run_limited, *arguments)
    finally:
        del counter.builds[target]
    return problems if isinstance(problems, tuple) else (BUSY,)


async def _never() -> bool:
    """Say that nobody has left: what is built is there for the next one."""
    return False


def _kept(counter: Counter, job: Any) -> "asyncio.Task[Any]":
    """Begin a job that goes on whatever becomes of who waits for it."""
    task = asyncio.get_running_loop().create_task(job)
    counter.jobs.add(task)
    task.add_done_callback(counter.jobs.discard)
    return task


async def _in_thread(
    counter: Counter, function: Callable[..., T], *arguments: Any
) -> T:
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(counter.threads, function, *arguments)
