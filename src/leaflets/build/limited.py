"""Run a function in a process of its own, with limits of time, work and memory.

Takes a function of a module and its arguments; gives what it returns, or why it was
stopped.  A process that is stuck, too large or dead is killed, and the next job has a
new one.  Each process has a pipe of its own, so that killing one cannot hold up another
(docs/decisions/0030).
"""

import os
import resource
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from leaflets.build.workers import WORKER_MEMORY, begin_worker, peak_memory

T = TypeVar("T")

MEMORY = 2_000_000_000
"""Bytes of address space; the typesetter and its libraries take 0.25 GB of it before they
do anything, and a leaflet as much again."""
START = 120.0
"""Seconds until a new process has to answer."""
DYING = 5.0
"""Seconds in which a process whose pipe is closed has ended by itself."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may take."""

    seconds: float
    """On the wall: then its process is killed, whatever it waits for."""
    cpu: int
    """Seconds of computing: then the kernel ends it, in C code as well."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """Why a job gave nothing."""

    reason: str
    """time, memory, died or crash."""
    detail: str = ""
    """The exception of a crash and its place, without its words: they may hold what was
    typed."""


@dataclass
class Worker:
    """A process that does one job at a time; one thread at a time gives it jobs."""

    memory: int = MEMORY
    """Bytes of address space that it may take."""
    niceness: int = 0
    """Added to its priority: what is not urgent leaves the cores to what is."""
    process: BaseProcess | None = None
    pipe: Connection | None = None
    closed: bool = False
    lock: Lock = field(default_factory=Lock)
    """Held while its process begins or ends."""


@dataclass(frozen=True, slots=True)
class _Answer:
    value: Any
    last: bool
    """The process ends after it, for it has grown or has no memory left."""


def run_limited(
    worker: Worker, limits: Limits, function: Callable[..., T], *arguments: Any
) -> T | Stopped:
    """Run a function of a module in a worker's process, and wait for what it gives."""
    pipe = _begin(worker)
    if pipe is None:
        return Stopped("died")
    try:
        pipe.send((limits.cpu, function, arguments))
        if not pipe.poll(limits.seconds):
            _kill(worker)
            return Stopped("time")
        answer: _Answer = pipe.recv()
    except (EOFError, OSError):
        code = _kill(worker, dying=True)
        return Stopped("time" if code == -signal.SIGXCPU else "died")
    if answer.last:
        _kill(worker)
    value: T | Stopped = answer.value
    return value


@contextmanager
def open_workers(
    count: int, *, memory: int = MEMORY, niceness: int = 0
) -> Iterator[tuple[Worker, ...]]:
    """Open workers that leave no process behind; each begins with its first job."""
    workers = tuple(Worker(memory, niceness) for _ in range(count))
    try:
        yield workers
    finally:
        for worker in workers:
            close(worker)


def close(worker: Worker) -> None:
    """End a worker for good, from any thread; what it does is lost."""
    worker.closed = True
    _kill(worker)


def _begin(worker: Worker) -> Connection | None:
    """Start the process where there is none; None where it does not begin."""
    with worker.lock:
        if worker.closed:
            return None
        if worker.process and worker.process.is_alive():
            return worker.pipe
        context = get_context("spawn")
        pipe, other = context.Pipe()
        process = context.Process(
            target=_work, args=(other, worker.memory, worker.niceness), daemon=True
        )
        # It inherits that Ctrl-C is blocked: the parent alone answers it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        # Its end is open nowhere else now: when it dies, this one reads so.
        other.close()
        worker.process, worker.pipe = process, pipe
    with suppress(EOFError, OSError):
        if pipe.poll(START) and pipe.recv():
            return pipe
    _kill(worker)
    return None


def _kill(worker: Worker, *, dying: bool = False) -> int:
    """End a worker's process, and return with what exit code it ended."""
    with worker.lock:
        process, worker.process = worker.process, None
        if process is None:
            return 0
        if dying:
            # Its pipe is closed: it has an exit code of its own in a moment.
            process.join(DYING)
        process.kill()
        process.join()
        code = process.exitcode or 0
        process.close()
        return code


def _work(pipe: Connection, memory: int, niceness: int) -> None:
    """Do jobs until the parent is gone; the whole life of a process."""
    begin_worker()
    with suppress(ValueError, OSError):
        # Not every system can hold a process to its memory; killing it still helps.
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if niceness:
        os.nice(niceness)
    pipe.send(True)
    with suppress(EOFError, OSError):
        while True:
            cpu, function, arguments = pipe.recv()
            _hold(cpu)
            if _answered(pipe, function, arguments):
                return
            # What was typed is not kept until the next job comes.
            del arguments


def _hold(cpu: int) -> None:
    """Let the kernel end this process after so many more seconds of computing."""
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    limit = int(time.process_time()) + 1 + cpu
    if most != resource.RLIM_INFINITY:
        limit = min(limit, most)
    resource.setrlimit(resource.RLIMIT_CPU, (limit, most))


def _answered(
    pipe: Connection, function: Callable[..., Any], arguments: tuple[Any, ...]
) -> bool:
    """Run a job and send what it gives; return whether the process ends after it.

    Whatever the job raises is told, and ends nothing else.
    """
    try:
        value = function(*arguments)
        last = peak_memory() > WORKER_MEMORY
        pipe.send(_Answer(value, last))
    except OSError as problem:
        # Raised by the job, or the parent is gone; then nobody takes this either.
        last = False
        pipe.send(_Answer(Stopped("crash", place_of(problem)), last))
    except MemoryError:
        last = True
        pipe.send(_Answer(Stopped("memory"), last))
    except (Exception, SystemExit) as problem:  # noqa: BLE001
        last = False
        pipe.send(_Answer(Stopped("crash", place_of(problem)), last))
    return last


def place_of(problem: BaseException) -> str:
    """Name an exception and where it was raised, without its words."""
    frames = traceback.extract_tb(problem.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno}" for frame in frames[-3:]]
    return " in ".join(filter(None, (type(problem).__name__, ", ".join(places))))
