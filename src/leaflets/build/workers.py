"""Typeset what a plan says, in this process or in several (door to Pebble).

Takes jobs; gives an `Outcome` for each, whatever happens: a job never raises.
Nothing is written here and no check is made here: the caller looks at the facts
first and publishes afterwards.

Processes are spawned, not forked (Pango and fontconfig keep threads and state),
and replaced when they have grown, for the typesetter's memory climbs with every
document (Kozea/WeasyPrint#2130); see docs/decisions/0007.
"""

import gc
import multiprocessing
import os
import resource
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import connection
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from leaflets.build.manifest import Record, places_of
from leaflets.build.plan import Job, Plan
from leaflets.diagnostics import Diagnostic, LeafletsError, error
from leaflets.pages.composition import Composition, Target
from leaflets.pdf.facts import LayoutFacts, PdfFacts

if TYPE_CHECKING:
    from pebble import ProcessPool

WORKER_MEMORY = 800_000
"""Peak in kB after which a worker is replaced; one leaflet takes 60-160 MB."""
TIME_LIMIT = 300.0
"""Seconds for one target; the slowest of ours takes 10 on an old machine."""
GRACE = 30.0
"""Seconds after that until a worker that does not stop is ended."""
PATIENCE = TIME_LIMIT + 2 * GRACE
"""Seconds until a pool from which nothing comes is given up; by then every job of a
sound one has ended."""
WINDOW = 2
"""Jobs in flight per worker: one at work, and one waiting so that none idles."""


@dataclass(frozen=True, slots=True)
class Typeset:
    """A finished PDF and what was measured on the way."""

    data: bytes
    layout: LayoutFacts
    pdf: PdfFacts
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """What a worker sends back: either a PDF or the reason why not."""

    typeset: Typeset | None
    diagnostics: tuple[Diagnostic, ...]
    seconds: float
    memory: int
    """Highest memory of the worker so far, in kB; 0 where it is not known."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a job."""

    job: Job
    work: Work

    @property
    def data(self) -> bytes:
        """Return the PDF; empty where none was made."""
        return self.work.typeset.data if self.work.typeset else b""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Return what the typesetter said, or why there is no PDF."""
        return self.work.diagnostics

    @property
    def record(self) -> Record | None:
        """Return what the checks need, ready to be stored."""
        if (typeset := self.work.typeset) is None:
            return None
        places = places_of(self.job.composition)
        seconds = round(self.work.seconds, 3)
        return Record(typeset.layout, typeset.pdf, typeset.diagnostics, places, seconds)


Typesetter = Callable[[Composition], Typeset]
"""A function of a module, so that it can be named to another process."""


def cores() -> int:
    """Count the cores that this process may use, not those of the machine."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def typeset(composition: Composition) -> Typeset:
    """Render, finish and inspect: the back half for one target."""
    # Imported late: a process that typesets nothing does not load WeasyPrint,
    # and the fonts must be chosen before Pango is loaded.
    from leaflets.pdf.engine.render import render
    from leaflets.pdf.read.inspect import inspect
    from leaflets.pdf.write.finish import finish

    rendered = render(composition)
    data = finish(rendered.data, composition)
    facts = inspect(data, rendered.layout, composition)
    return Typeset(data, rendered.layout, facts, rendered.diagnostics)


def execute(
    plan: Plan,
    *,
    workers: int,
    fonts: Path | None,
    typesetter: Typesetter = typeset,
) -> Generator[Outcome]:
    """Typeset every job of a plan; outcomes come as they are ready.

    `fonts` is the fontconfig file.  Close the iterator (`contextlib.closing`)
    when leaving it early: that stops the workers.
    """
    jobs = sorted(plan.run, key=_weight, reverse=True)
    if workers <= 1 or len(jobs) <= 1:
        for job in jobs:
            yield Outcome(job, run(job.composition, fonts, typesetter))
        return
    ended: set[Target] = set()
    while jobs:
        yield from _together(jobs, min(workers, len(jobs)), fonts, typesetter, ended)


def run(composition: Composition, fonts: Path | None, typesetter: Typesetter) -> Work:
    """Typeset one target; whatever goes wrong becomes a diagnostic."""
    start = time.perf_counter()
    finished: Typeset | None = None
    try:
        use_fonts(fonts)
        with _limited():
            finished = typesetter(composition)
        diagnostics = finished.diagnostics
        _freeze()
    except _TooLong:
        diagnostics = (_slow(composition),)
    except LeafletsError as problem:
        diagnostics = problem.diagnostics
    # SystemExit would end the whole build if a library raised it.
    except (Exception, SystemExit) as problem:  # noqa: BLE001
        diagnostics = (_crash(problem, composition),)
    return Work(finished, diagnostics, time.perf_counter() - start, peak_memory())


class _TooLong(BaseException):
    """Raised when a job takes too long; no library that it runs in catches it."""


@contextmanager
def _limited() -> Iterator[None]:
    """Stop a job that hangs; where Python cannot, Pebble ends its process."""
    if threading.current_thread() is not threading.main_thread():
        # Signals reach the main thread only; on a cluster, Dask watches over time.
        yield
        return

    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _slow(composition: Composition) -> Diagnostic:
    return error(
        "too-slow",
        f"{composition.target} was not typeset within {TIME_LIMIT:g} seconds",
        composition.location,
        "a table or a very long word can do this; other leaflets went on",
    )


def peak_memory() -> int:
    """Return the highest memory of this process so far, in kB."""
    # The counter of `getrusage` starts with that of the parent process on Linux.
    with suppress(OSError, ValueError, IndexError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.partition("VmHWM:")[2].split()[0])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def _together(
    jobs: list[Job],
    workers: int,
    fonts: Path | None,
    typesetter: Typesetter,
    ended: set[Target],
) -> Iterator[Outcome]:
    """Run jobs off the front of a list until it is empty or the pool is spent.

    A pool is spent when a worker has grown too large, or when it does not answer.
    A job whose process ended comes back to the list once, in case it was stopped
    from outside; `ended` remembers it.
    """
    flying: dict[Future[Work], Job] = {}
    spent = False
    with open_pool(workers) as pool:
        while flying or (jobs and not spent):
            while jobs and not spent and len(flying) < workers * WINDOW:
                composition = jobs[0].composition
                future = pool.submit(run, composition, fonts, typesetter)
                flying[future] = jobs.pop(0)
            ready = wait(flying, PATIENCE, FIRST_COMPLETED).done
            # A worker that is killed while it holds the pool's pipe stops all others.
            spent = spent or not ready
            for future in ready or _at_work(flying):
                job = flying.pop(future)
                work, broken = _received(future, job)
                spent = spent or broken or work.memory > WORKER_MEMORY
                if work.memory or job.target in ended:
                    yield Outcome(job, work)
                else:
                    ended.add(job.target)
                    jobs.insert(0, job)
            if not ready:
                # Those that stood behind are to blame for nothing.
                jobs.extend(flying.values())
                return


def _at_work(flying: Iterable[Future[Work]]) -> list[Future[Work]]:
    """List the jobs that a process has begun; all where nobody has begun any."""
    return [future for future in flying if future.running()] or list(flying)


def _received(future: Future[Work], job: Job) -> tuple[Work, bool]:
    """Return what came of a job, and whether the pool cannot go on.

    The work has no memory where its process did not live to tell.
    """
    from pebble import ProcessExpired

    broken = False
    try:
        return future.result(0), False
    except (ProcessExpired, BrokenProcessPool) as problem:
        diagnostic = _died(job)
        broken = isinstance(problem, BrokenProcessPool)
    except TimeoutError:
        # Once is no proof: the whole machine may have slept in between.
        diagnostic = _slow(job.composition)
    except Exception as problem:  # noqa: BLE001
        diagnostic = _crash(problem, job.composition)
    return Work(None, (diagnostic,), 0.0, 0), broken


def _died(job: Job) -> Diagnostic:
    return error(
        "worker-died",
        f"{job.target} cannot be typeset: the process was stopped twice",
        job.composition.location,
        "most often the memory is used up; try with --workers 1",
    )


Result = TypeVar("Result")


class Pool(Executor):
    """Processes at work, each job in one of them; a job that dies harms no other.

    The future of a job whose process ended raises `OSError`, that of one which takes
    longer than `TIME_LIMIT` and `GRACE` raises `TimeoutError`.
    """

    def __init__(self, processes: "ProcessPool") -> None:
        self._processes = processes

    def submit(
        self, function: Callable[..., Result], /, *args: Any, **kwargs: Any
    ) -> Future[Result]:
        """Hand a job to the pool, which starts its processes with the first one.

        They inherit that Ctrl-C is blocked, from their first instruction on: the
        parent alone answers it.
        """
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            limit = TIME_LIMIT + GRACE
            return self._processes.schedule(function, args, kwargs, limit)
        except RuntimeError as problem:
            future = Future[Result]()
            future.set_exception(BrokenProcessPool(str(problem)))
            return future
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def open_pool(workers: int) -> Iterator[Pool]:
    """Open a pool that leaves no process behind, however it is left.

    What is still at work then is stopped: the caller has all that it asked for, or
    has lost interest.
    """
    # Imported late: a build with nothing to do starts no process.
    from pebble import ProcessPool

    before = set(multiprocessing.active_children())
    processes = ProcessPool(
        workers,
        initializer=_begin_worker,
        context=multiprocessing.get_context("spawn"),
    )
    try:
        yield Pool(processes)
    finally:
        processes.stop()  # type: ignore[no-untyped-call]
        for worker in set(multiprocessing.active_children()) - before:
            worker.kill()
        processes.join()


def _begin_worker() -> None:
    """Make a worker that dies with its parent, even when that is killed."""
    if parent := multiprocessing.parent_process():
        sentinel = parent.sentinel
        threading.Thread(target=_outlive, args=(sentinel,), daemon=True).start()


def _outlive(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


@cache
def use_fonts(fonts: Path | None) -> None:
    """Choose the fonts, once in each process."""
    if fonts is not None:
        os.environ["FONTCONFIG_FILE"] = str(fonts)
        from leaflets.pdf.engine.render import use_fonts as choose

        choose(fonts)


@cache
def _freeze() -> None:
    """Take what is loaded out of the collector's sight, once in each process.

    The typesetter, its fonts and its parsed stylesheets stay; to visit them at every
    collection took a sixth of the time.
    """
    gc.collect()
    gc.freeze()


def _weight(job: Job) -> tuple[int, str]:
    """Estimate the work: long pages first, so that the last worker ends early.

    Bytes, not characters: a page of Chinese holds fewer characters, takes longer,
    and has three bytes for each.
    """
    return len(job.composition.html.encode()), str(job.target)


def _crash(problem: BaseException, composition: Composition) -> Diagnostic:
    place = ""
    if frames := traceback.extract_tb(problem.__traceback__):
        place = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}"
    text = " ".join(str(problem).split()) or "without a word"
    return error(
        "engine-crash",
        f"{composition.target} cannot be typeset: {type(problem).__name__}: {text}",
        composition.location,
        f"the typesetter stopped{place}; this is a fault of the program, not of the"
        " text",
    )
