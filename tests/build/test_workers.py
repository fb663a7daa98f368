"""A job never raises and never takes another with it, whatever happens to it."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from leaflets.build.workers import (
    Outcome,
    Typeset,
    Typesetter,
    cores,
    execute,
    peak_memory,
)
from leaflets.pages.composition import Composition
from samples import (
    PATIENCE,
    composition,
    honest,
    obedient,
    plan_of,
    talkative,
    target,
)

BOTH = pytest.mark.parametrize("workers", [1, 2])


def pages(*texts: str) -> list[Composition]:
    """Make a leaflet of each text."""
    return [
        composition(target(locale=f"l{number}"), text)
        for number, text in enumerate(texts)
    ]


def done(
    *texts: str, workers: int, typesetter: Typesetter = obedient
) -> dict[str, Outcome]:
    """Typeset some texts; the outcomes by text."""
    found = execute(
        plan_of(*pages(*texts)), workers=workers, fonts=None, typesetter=typesetter
    )
    return {one.job.composition.html: one for one in found}


def codes(outcome: Outcome) -> list[str]:
    """Name what was found."""
    return [one.code for one in outcome.diagnostics]


@BOTH
def test_every_job_has_an_outcome(workers: int) -> None:
    """Serial or parallel, each text comes back once, with facts and measures."""
    texts = [f"text {number}" for number in range(9)]
    found = done(*texts, workers=workers, typesetter=honest)

    assert sorted(found) == texts
    for text, outcome in found.items():
        assert outcome.data == text.encode()
        assert outcome.record is not None
        assert outcome.diagnostics == ()
        assert outcome.record.seconds == round(outcome.work.seconds, 3)
        assert outcome.work.memory > 5_000


def test_nothing_to_do_is_done_at_once() -> None:
    """An empty plan gives no outcome and starts no process."""
    assert done(workers=2) == {}


@BOTH
def test_what_the_typesetter_says_is_kept(workers: int) -> None:
    """A remark is in the outcome, and in the record for the next build."""
    for outcome in done("one", "two", workers=workers, typesetter=talkative).values():
        assert codes(outcome) == ["thin-line"]
        assert outcome.record is not None
        assert outcome.record.diagnostics == outcome.diagnostics


@BOTH
@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("crash", "engine-crash", "ZeroDivisionError: a line of no height"),
        ("refuse", "glyph-missing", "no glyph"),
        ("exit", "engine-crash", "SystemExit: 3"),
        ("unpicklable", "engine-crash", "_Unpicklable: here and there"),
    ],
)
def test_a_failed_job_is_told_of(
    workers: int, text: str, code: str, words: str
) -> None:
    """An exception becomes a finding at the leaflet; the others are typeset."""
    found = done(text, "good", workers=workers)

    assert codes(found[text]) == [code]
    (one,) = found[text].diagnostics
    assert words in one.message
    assert one.location.path == "content/tired.md"
    assert found[text].record is None
    assert found[text].data == b""
    assert found["good"].data == b"good"


def test_a_killed_worker_is_told_of() -> None:
    """A job that kills its worker twice is named; every other one succeeds."""
    others = [f"good {number}" for number in range(6)]
    found = done("die", *others, workers=2)

    assert codes(found["die"]) == ["worker-died"]
    assert "stopped twice" in found["die"].diagnostics[0].message
    assert {found[text].data for text in others} == {text.encode() for text in others}


def test_a_worker_killed_once_is_replaced(tmp_path: Path) -> None:
    """A job whose worker was killed from outside is tried again, and succeeds."""
    text = f"die-once {tmp_path / 'mark'}"
    found = done(text, "good", workers=2)

    assert [codes(one) for one in found.values()] == [[], []]
    assert found[text].data == text.encode()


def test_two_that_die_do_not_hide_a_third() -> None:
    """Each job is judged by what it does alone."""
    found = done("die", "die ", "good", workers=2)

    assert {text: codes(one) for text, one in found.items()} == {
        "die": ["worker-died"],
        "die ": ["worker-died"],
        "good": [],
    }


def test_workers_that_have_grown_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """After jobs that took much memory, the next jobs have fresh workers."""
    monkeypatch.setattr("leaflets.build.workers.WORKER_MEMORY", 150_000)
    large = [f"grow {number}" for number in range(6)]
    found = done(*large, workers=2)

    assert all(one.work.memory > 200_000 for one in found.values())
    assert len({one.data for one in found.values()}) >= 3


def test_long_texts_come_first() -> None:
    """The longest job begins first, measured in bytes so that Chinese counts."""
    found = done("a" * 50, "疼" * 20, "b" * 10, workers=1, typesetter=honest)

    assert [text[0] for text in found] == ["疼", "a", "b"]


def test_leaving_early_stops_the_workers(tmp_path: Path) -> None:
    """A closed iterator leaves no process behind and waits for none."""
    before = _children()
    sleeps = [f"sleep {tmp_path / str(number)}" for number in range(5)]
    texts = ["first " + "x" * 200, *sleeps]
    work = execute(plan_of(*pages(*texts)), workers=2, fonts=None, typesetter=obedient)
    with closing(work) as found:  # type: ignore[type-var]
        next(found)

    assert list(tmp_path.iterdir()) == []  # nobody has slept to the end
    assert _children() - before <= {_tracker()}


def _children() -> set[int]:
    """List the processes that this one has started and that still run."""
    children: set[int] = set()
    for task in Path("/proc/self/task").iterdir():
        # A thread of this process may end between its name and its list.
        with suppress(FileNotFoundError, ProcessLookupError):
            children |= {
                int(child) for child in (task / "children").read_text().split()
            }
    return children


def _tracker() -> int:
    from multiprocessing import resource_tracker

    return resource_tracker._resource_tracker._pid or 0  # type: ignore[attr-defined]


PROGRAM = """
import os, signal, sys
from contextlib import closing, suppress
from samples import composition, obedient, plan_of, target
from leaflets.build.workers import execute

if __name__ == "__main__":
    # A job in the background of a script is started with Ctrl-C ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    texts = ["pid 1", "pid 2", *(f"sleep {n}" for n in range(6))]
    pages = [composition(target(locale=str(n)), t) for n, t in enumerate(texts)]
    pages += [composition(target(locale="x"), "pid " + "x" * 200)]
    work = execute(plan_of(*pages), workers=2, fonts=None, typesetter=obedient)
    try:
        with closing(work) as found:
            for one in found:
                print(one.data.decode(), flush=True)
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGKILL, -signal.SIGKILL)]
)
@pytest.mark.parametrize("moment", ["starting", "working"])
def test_a_stopped_build_leaves_no_process(
    tmp_path: Path, number: signal.Signals, code: int, moment: str
) -> None:
    """After Ctrl-C, or a kill from outside, the workers are gone before they have slept."""
    script = tmp_path / "build.py"
    script.write_text(PROGRAM)
    path = os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])
    with subprocess.Popen(
        [sys.executable, str(script)],
        env=os.environ | {"PYTHONPATH": path},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as build:
        assert build.stdout is not None
        worker = int(build.stdout.readline())
        if moment == "working":
            time.sleep(0.5)
        # Ctrl-C reaches every process of the terminal's group.
        if number == signal.SIGINT:
            os.killpg(build.pid, number)
        else:
            build.kill()
        _, said = build.communicate(timeout=PATIENCE)

        assert build.returncode == code
        # A killed program says nothing itself; Python's resource tracker does.
        assert number == signal.SIGKILL or said == b""
        assert gone(worker, os.kill)
        assert gone(build.pid, os.killpg)


def gone(process: int, ask: Callable[[int, int], None]) -> bool:
    """Wait for a process, or for a whole group, to end."""
    for _ in range(10 * PATIENCE):
        try:
            ask(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_cores_are_those_of_this_process() -> None:
    """A build limited to one core (`taskset`, a container) takes one worker."""
    before = os.sched_getaffinity(0)
    try:
        os.sched_setaffinity(0, {min(before)})
        assert cores() == 1
    finally:
        os.sched_setaffinity(0, before)
    assert cores() == len(before)


def test_memory_is_that_of_the_process_itself() -> None:
    """A small process started by a large one is small."""
    ballast = bytearray(300_000_000)
    program = "from leaflets.build.workers import peak_memory; print(peak_memory())"
    command = [sys.executable, "-c", program]
    shown = subprocess.run(command, capture_output=True, check=True).stdout

    assert json.loads(shown) < 100_000
    assert peak_memory() > len(ballast) // 1024


def endless(composition: Composition) -> Typeset:
    """Never end, for one of the texts."""
    while composition.html == "endless":
        time.sleep(0.01)
    return honest(composition)


def test_a_job_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told, and the next job goes on."""
    monkeypatch.setattr("leaflets.build.workers.TIME_LIMIT", 3.0)
    found = done("endless", "short", workers=1, typesetter=endless)
    assert codes(found["endless"]) == ["too-slow"]
    assert found["short"].data == b"short"
