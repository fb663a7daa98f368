"""A job that is stuck, grows or dies ends its own process and nothing else."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from leaflets.build.limited import (
    Limits,
    Stopped,
    Worker,
    close,
    open_workers,
    run_limited,
)
from samples import PATIENCE

AMPLE = Limits(seconds=PATIENCE, cpu=60)


@pytest.fixture(scope="module", name="worker")
def a_worker() -> Iterator[Worker]:
    """Open a worker for many jobs."""
    with open_workers(1, memory=1_000_000_000) as (worker,):
        yield worker


def spin(_: object = None) -> None:
    """Compute for ever."""
    while True:
        pass


def swell() -> int:
    """Take memory for ever."""
    rows = []
    while True:
        rows.append(bytes(50_000_000))


def die(code: int) -> None:
    """End the process as a fault in C code would."""
    os.kill(os.getpid(), code)


def unsendable() -> object:
    """Give what cannot be sent."""
    return lambda: None


def alive(worker: Worker) -> bool:
    """Say whether a worker works, with a job that shows it."""
    return run_limited(worker, AMPLE, len, "four") == 4


def test_a_job_gives_what_its_function_gives(worker: Worker) -> None:
    """In another process, and the same one for the next job."""
    first = run_limited(worker, AMPLE, os.getpid)
    assert first != os.getpid()
    assert run_limited(worker, AMPLE, os.getpid) == first


def test_a_job_that_waits_for_ever_is_ended(worker: Worker) -> None:
    """By the clock on the wall; the next one has a new process."""
    before = run_limited(worker, AMPLE, os.getpid)
    limits = Limits(seconds=0.2, cpu=60)
    assert run_limited(worker, limits, time.sleep, 3600) == Stopped("time")
    assert run_limited(worker, AMPLE, os.getpid) != before


def test_a_job_that_computes_for_ever_is_ended(worker: Worker) -> None:
    """By the kernel, and not by the clock on the wall."""
    limits = Limits(seconds=PATIENCE, cpu=1)
    assert run_limited(worker, limits, spin) == Stopped("time")
    assert alive(worker)


def test_each_job_has_its_own_time(worker: Worker) -> None:
    """What went before is not counted."""
    limits = Limits(seconds=PATIENCE, cpu=1)
    for _ in range(3):
        assert run_limited(worker, limits, sum, range(20_000_000))


def test_a_job_that_grows_without_end_is_ended(worker: Worker) -> None:
    """At the limit of its own memory, not at the machine's."""
    assert run_limited(worker, AMPLE, swell) == Stopped("memory")
    assert alive(worker)
    assert run_limited(worker, AMPLE, len, bytes(100_000_000)) == 100_000_000


@pytest.mark.parametrize("code", [signal.SIGKILL, signal.SIGSEGV, signal.SIGABRT])
def test_a_job_that_dies_is_told_and_the_next_one_runs(
    worker: Worker, code: signal.Signals
) -> None:
    """As after a fault in C code, or when memory runs out."""
    assert run_limited(worker, AMPLE, die, code) == Stopped("died")
    assert alive(worker)


def test_a_worker_that_is_killed_between_two_jobs_is_replaced(worker: Worker) -> None:
    """The next job does not even notice."""
    pid = run_limited(worker, AMPLE, os.getpid)
    assert isinstance(pid, int)
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + PATIENCE
    while worker.process and worker.process.is_alive() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert alive(worker)


@pytest.mark.parametrize(
    ("function", "arguments", "name"),
    [
        (int, ("typed in secret",), "ValueError"),
        (open, ("/nowhere",), "FileNotFoundError"),
        (exit, (1,), "SystemExit"),
        (unsendable, (), "PicklingError"),
    ],
)
def test_an_exception_is_told_without_its_words(
    worker: Worker, function: object, arguments: tuple[object, ...], name: str
) -> None:
    """They may hold what was typed; the process goes on."""
    before = run_limited(worker, AMPLE, os.getpid)
    stopped = run_limited(worker, AMPLE, function, *arguments)  # type: ignore[arg-type]
    assert isinstance(stopped, Stopped)
    assert stopped.reason == "crash"
    assert stopped.detail.startswith((name, "AttributeError"))
    assert "secret" not in str(stopped)
    assert run_limited(worker, AMPLE, os.getpid) == before


def test_a_worker_that_has_grown_is_replaced(worker: Worker) -> None:
    """After its job, whose result is not lost."""
    before = run_limited(worker, AMPLE, os.getpid)
    assert run_limited(worker, AMPLE, grow) == 500_000_000
    assert run_limited(worker, AMPLE, os.getpid) == before
    with open_workers(1) as (other,):
        assert run_limited(other, AMPLE, grow_far) == 900_000_000
        assert other.process is None


def grow() -> int:
    """Take less memory than a worker may keep."""
    return len(bytearray(b"x") * 500_000_000)


def grow_far() -> int:
    """Take more memory than a worker may keep, and give it back."""
    return len(bytearray(b"x") * 900_000_000)


def test_a_worker_that_is_closed_takes_no_job_and_leaves_no_process() -> None:
    """Also while a job of it is stuck, from another thread."""
    stopped: list[object] = []
    with open_workers(1) as (worker,):
        assert alive(worker)
        process = worker.process
        assert process
        pid = process.pid
        assert pid
        job = threading.Thread(
            target=lambda: stopped.append(run_limited(worker, AMPLE, spin))
        )
        job.start()
    job.join(PATIENCE)
    assert stopped == [Stopped("died")]
    assert run_limited(worker, AMPLE, len, "") == Stopped("died")
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_closing_one_worker_leaves_the_others(worker: Worker) -> None:
    """Each has a pipe of its own."""
    with open_workers(2) as (first, second):
        assert alive(first)
        assert alive(second)
        close(first)
        assert alive(second)
    assert alive(worker)
