"""Typeset what a plan says, in this process or in several.

Takes jobs; gives an `Outcome` for each, whatever happens: a job never raises.
Nothing is written here and no check is made here: the caller looks at the facts
first and publishes afterwards.

Processes are spawned, not forked (Pango and fontconfig keep threads and state),
and replaced when they have grown, for the typesetter's memory climbs with every
document (Kozea/WeasyPrint#2130).  The executor's own `max_tasks_per_child` is not
used: it can stop for ever (python/cpython#115634); see docs/decisions/0007.
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
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from multiprocessing import connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from leaflets.build.manifest import Record, places_of
from leaflets.build.plan import Job, Plan
from leaflets.diagnostics import Diagnostic, LeafletsError, error
from leaflets.pages.composition import Composition
from leaflets.pdf.facts import LayoutFacts, PdfFacts

COLLECTED = 100_000
"""How many new objects a worker makes before the collector looks at them."""
WORKER_MEMORY = 800_000
"""Peak in kB after which a worker is replaced; one leaflet takes 60-160 MB."""
TIME_LIMIT = 300.0
"""Seconds for one target; the slowest of ours takes 10 on an old machine."""
GRACE = 30.0
"""Seconds after which a worker that does not stop is ended."""
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
        """Give the PDF; empty where none was made."""
        return self.work.typeset.data if self.work.typeset else b""

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Give what the typesetter said, or why there is no PDF."""
        return self.work.diagnostics

    @property
    def record(self) -> Record | None:
        """Give what the checks need, ready to be stored."""
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
    while jobs:
        shaken: list[Job] = []
        yield from _together(jobs, min(workers, len(jobs)), fonts, typesetter, shaken)
        for job in shaken:
            yield Outcome(job, _alone(job, fonts, typesetter))


def run(composition: Composition, fonts: Path | None, typesetter: Typesetter) -> Work:
    """Typeset one target; whatever goes wrong becomes a diagnostic."""
    start = time.perf_counter()
    sheet: Typeset | None = None
    try:
        use_fonts(fonts)
        with _limited():
            sheet = typesetter(composition)
        diagnostics = sheet.diagnostics
        _freeze()
    except _TooLong:
        diagnostics = (_slow(composition),)
    except LeafletsError as problem:
        diagnostics = problem.diagnostics
    # SystemExit would end the whole build if a library raised it.
    except (Exception, SystemExit) as problem:  # noqa: BLE001
        diagnostics = (_crash(problem, composition),)
    return Work(sheet, diagnostics, time.perf_counter() - start, peak_memory())


class _TooLong(BaseException):
    """Raised when a job takes too long; no library that it runs in catches it."""


@contextmanager
def _limited() -> Iterator[None]:
    """Stop a job that hangs; where Python cannot, its process ends."""
    if threading.current_thread() is not threading.main_thread():
        # Signals reach the main thread only; on a cluster, Dask watches over time.
        yield
        return

    def stop(*_: object) -> None:
        raise _TooLong

    before = signal.signal(signal.SIGALRM, stop)
    last = threading.Timer(TIME_LIMIT + GRACE, os._exit, (1,))
    last.daemon = True
    if multiprocessing.parent_process():
        last.start()
    signal.setitimer(signal.ITIMER_REAL, TIME_LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        last.cancel()


def _slow(composition: Composition) -> Diagnostic:
    return error(
        "too-slow",
        f"{composition.target} was not typeset within {TIME_LIMIT:g} seconds",
        composition.location,
        "a table or a very long word can do this; other leaflets went on",
    )


def peak_memory() -> int:
    """Give the highest memory of this process so far, in kB."""
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
    shaken: list[Job],
) -> Iterator[Outcome]:
    """Run jobs off the front of a list until it is empty or the pool is spent.

    A pool is spent when a worker has grown too large, or died; the jobs that
    were then in flight are left in `shaken`.
    """
    flying: dict[Future[Work], Job] = {}
    spent = False
    with open_pool(workers) as pool:
        while flying or (jobs and not spent):
            while jobs and not spent and len(flying) < workers * WINDOW:
                try:
                    future = _submit(pool, jobs[0], fonts, typesetter)
                except BrokenProcessPool:
                    spent = True
                else:
                    flying[future] = jobs.pop(0)
            for future in wait(flying, return_when=FIRST_COMPLETED).done:
                job = flying.pop(future)
                try:
                    work = future.result()
                except BrokenProcessPool:
                    spent = True
                    shaken.append(job)
                except Exception as problem:  # noqa: BLE001
                    crash = _crash(problem, job.composition)
                    yield Outcome(job, Work(None, (crash,), 0.0, 0))
                else:
                    spent = spent or work.memory > WORKER_MEMORY
                    yield Outcome(job, work)


def _alone(job: Job, fonts: Path | None, typesetter: Typesetter) -> Work:
    """Try once more with a worker for itself: dying now is the job's own doing."""
    with open_pool(1) as pool:
        try:
            return _submit(pool, job, fonts, typesetter).result()
        except BrokenProcessPool:
            failure = error(
                "worker-died",
                f"{job.target} cannot be typeset: the process was stopped twice",
                job.composition.location,
                "most often the memory is used up; try with --workers 1",
            )
        except Exception as problem:  # noqa: BLE001
            failure = _crash(problem, job.composition)
    return Work(None, (failure,), 0.0, 0)


def _submit(
    pool: ProcessPoolExecutor, job: Job, fonts: Path | None, typesetter: Typesetter
) -> Future[Work]:
    """Hand a job to a pool, which starts a worker for it if need be.

    A worker inherits that Ctrl-C is blocked, from its first instruction on: the
    parent alone answers it.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return pool.submit(run, job.composition, fonts, typesetter)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def open_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool that leaves no process behind, however it is left."""
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=begin_worker,
    )
    try:
        yield pool
    except BaseException:
        # Interrupted, or the caller has lost interest: what is being typeset
        # now would be thrown away.
        pool.shutdown(wait=False, cancel_futures=True)
        _stop(set(multiprocessing.active_children()) - before)
        raise
    pool.shutdown()


def _stop(workers: set[BaseProcess]) -> None:
    for worker in workers:
        worker.kill()
    for worker in workers:
        worker.join()


def begin_worker() -> None:
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
    collection took a sixth of the time.  A layout makes so many objects that stay that
    it is looked for others more rarely than by default.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTED, 10, 10)


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
