"""The counter serves one after the other, and nobody can keep it from the others."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from images import png
from leaflets.build.limited import Limits, Stopped, Worker
from leaflets.clinics import logo as reading
from leaflets.pages.composition import Target
from leaflets.web import counter as module
from leaflets.web.counter import (
    AT_ONCE,
    BUSY,
    PERIOD,
    Counter,
    at_desk,
    counter_of,
    may,
    open_counter,
    serve,
    visitor_of,
)
from leaflets.web.order import (
    UNBUILT,
    Order,
    Printout,
    Problem,
    Shelf,
    build_for,
    fulfil,
)
from orders import ORDER
from samples import PATIENCE

DONE = Printout(b"%PDF")
SHELF = Shelf(Path("nowhere"))


async def here() -> bool:
    """Say that who ordered is still there."""
    return False


async def left() -> bool:
    """Say that who ordered has left."""
    return True


def counter(seats: int = 1) -> Counter:
    """Open a counter whose processes never begin."""
    readers, fillers = ([Worker() for _ in range(seats)] for _ in range(2))
    return counter_of(SHELF, readers, fillers, [Worker()])


def order(name: str) -> Order:
    """Order something that can be told apart."""
    return replace(ORDER, leaflet=name)


class Desk:
    """Reading, filling in and building that end when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.unbuilt: set[str] = set()
        self.stuck: dict[str, threading.Event] = {}
        self.done: list[str] = []
        monkeypatch.setattr(module, "run_limited", self.run)
        monkeypatch.setattr(module, "read_logo_apart", self.read)

    def hold(self, name: str) -> None:
        """Let a job go on until it is let go."""
        self.stuck[name] = threading.Event()

    def do(self, name: str) -> None:
        """Do a job, once it is let go."""
        if event := self.stuck.get(name):
            event.wait(PATIENCE)
        self.done.append(name)

    def read(self, worker: Worker, data: bytes, place: object) -> tuple[None, Any]:
        """Read a logo."""
        self.do(f"read {data.decode()}")
        return None, ()

    def run(
        self,
        worker: Worker,
        limits: Limits,
        function: object,
        shelf: Shelf,
        what: Order | Target,
        *more: object,
    ) -> Any:
        """Fill a leaflet in, or build it."""
        if isinstance(what, Target):
            self.do(f"build {what.leaflet}")
            self.unbuilt.discard(what.leaflet)
            return ()
        assert what.logo == b""
        if what.leaflet in self.unbuilt:
            return Printout(problems=(UNBUILT,))
        self.do(what.leaflet)
        return DONE


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Open a desk, and let everything go at its end."""
    desk = Desk(monkeypatch)
    yield desk
    for event in desk.stuck.values():
        event.set()


Scene = Callable[[Counter], Awaitable[None]]


def play(scene: Scene, seats: int = 1) -> Counter:
    """Run what happens at a counter."""
    place = counter(seats)
    asyncio.run(scene(place))
    return place


async def until(condition: Callable[[], bool]) -> None:
    """Wait until something has come to pass."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await asyncio.sleep(0.01)


def test_an_order_is_printed(desk: Desk) -> None:
    """And nothing of it stays at the counter."""

    async def scene(place: Counter) -> None:
        assert await serve(place, "t", "v", order("a"), here) == (DONE, False)
        assert (place.waiting, place.builds, place.fillers.qsize()) == ({}, {}, 1)

    play(scene)
    assert desk.done == ["a"]


def test_who_leaves_does_not_free_the_seat(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is free when its job has ended, and then the next one is served."""
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    desk.hold("stuck")

    async def scene(place: Counter) -> None:
        printout, _ = await serve(place, "t", "v", order("stuck"), here)
        assert printout.problems == (BUSY,)
        assert place.fillers.qsize() == 0
        # The next one waits for the seat and not beside it.
        assert (await serve(place, "u", "v", order("a"), here))[0].problems == (BUSY,)
        assert desk.done == []
        desk.stuck["stuck"].set()
        await until(lambda: place.fillers.qsize() == 1)
        assert desk.done == ["stuck"]
        monkeypatch.setattr(module, "PATIENCE", PATIENCE)
        assert (await serve(place, "u", "v", order("a"), here))[0] == DONE

    play(scene)


def test_who_has_left_is_not_printed_for(desk: Desk) -> None:
    """The seat goes to the next one."""

    async def scene(place: Counter) -> None:
        assert (await serve(place, "t", "v", order("a"), left))[0].problems == (BUSY,)
        assert (await serve(place, "t", "v", order("b"), here))[0] == DONE

    play(scene)
    assert desk.done == ["b"]


def test_what_is_built_never_waits_for_what_is_not(desk: Desk) -> None:
    """With one seat, and a build that does not end."""
    desk.unbuilt.add("new")
    desk.hold("build new")

    async def scene(place: Counter) -> None:
        slow = asyncio.create_task(serve(place, "t", "v", order("new"), here))
        await until(lambda: len(place.builds) == 1)
        for _ in range(5):
            assert (await serve(place, "", "w", order("old"), here))[0] == DONE
        assert not slow.done()
        desk.stuck["build new"].set()
        assert (await slow)[0] == DONE
        assert place.builds == {}

    play(scene)
    assert desk.done == ["old"] * 5 + ["build new", "new"]


def test_several_who_want_the_same_build_share_it(desk: Desk) -> None:
    """And who leaves does not end it for the others."""
    desk.unbuilt.add("new")
    desk.hold("build new")

    async def scene(place: Counter) -> None:
        orders = [
            asyncio.create_task(serve(place, "", str(number), order("new"), here))
            for number in range(3)
        ]
        await until(lambda: len(place.builds) == 1 and place.fillers.qsize() == 1)
        orders[0].cancel()
        desk.stuck["build new"].set()
        printouts = await asyncio.gather(*orders[1:])
        assert [printout for printout, _ in printouts] == [DONE, DONE]

    play(scene)
    assert desk.done.count("build new") == 1


def test_what_cannot_be_built_is_told_once(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By its reason, or as busy where the process broke off."""
    desk.unbuilt.add("new")

    async def scene(place: Counter) -> None:
        for result, problems in (
            ((Problem("not-approved"),), (Problem("not-approved"),)),
            (Stopped("time"), (BUSY,)),
            ((), (UNBUILT,)),
        ):
            results = {build_for: result, fulfil: Printout(problems=(UNBUILT,))}
            monkeypatch.setattr(
                module, "run_limited", lambda *given, known=results: known[given[2]]
            )
            printout, _ = await serve(place, "", "v", order("new"), here)
            assert printout.problems == problems
            assert (place.builds, place.builders.qsize()) == ({}, 1)

    play(scene)


def test_a_process_that_breaks_off_is_told_as_busy(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And its seat is free again."""
    monkeypatch.setattr(module, "run_limited", lambda *_: Stopped("died"))

    async def scene(place: Counter) -> None:
        assert (await serve(place, "", "v", order("a"), here))[0].problems == (BUSY,)
        assert place.fillers.qsize() == 1

    play(scene)


def test_a_logo_without_end_holds_up_nobody_who_has_none(desk: Desk) -> None:
    """With one seat of each kind."""
    desk.hold("read slow")

    async def scene(place: Counter) -> None:
        slow = replace(order("late"), logo=b"slow")
        waiting = asyncio.create_task(serve(place, "t", "v", slow, here))
        await until(lambda: place.readers.qsize() == 0)
        for _ in range(5):
            assert (await serve(place, "", "w", order("a"), here))[0] == DONE
        assert not waiting.done()
        desk.stuck["read slow"].set()
        assert (await waiting)[0] == DONE

    play(scene)
    assert desk.done == ["a"] * 5 + ["read slow", "late"]


@pytest.mark.parametrize(
    ("name", "often"), [("MOST_BUILDS", False), ("BUILDS", True), ("ALL_BUILDS", False)]
)
def test_builds_are_bounded(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str, often: bool
) -> None:
    """At once, for each visitor, and for all of them: each stays on the disk."""
    monkeypatch.setattr(module, name, 1)
    desk.unbuilt.update(("one", "two"))

    async def scene(place: Counter) -> None:
        if name == "MOST_BUILDS":
            desk.hold("build one")
        first = asyncio.create_task(serve(place, "", "v", order("one"), here))
        if name == "MOST_BUILDS":
            await until(lambda: len(place.builds) == 1)
        else:
            assert (await first)[0] == DONE
        printout, too_often = await serve(place, "", "v", order("two"), here)
        assert (printout.problems, too_often) == ((BUSY,), often)
        for event in desk.stuck.values():
            event.set()
        assert (await first)[0] == DONE

    play(scene)
    assert "build two" not in desk.done


def test_the_line_is_bounded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes when it is full is asked to come again, and is not in it."""
    monkeypatch.setattr(module, "LINE", 2)
    desk.hold("a")

    async def scene(place: Counter) -> None:
        # Two with the same ticket are two all the same.
        waiting = [
            asyncio.create_task(serve(place, "t", "v", order("a"), here))
            for _ in range(2)
        ]
        await until(lambda: len(place.waiting) == 2)
        assert (await serve(place, "t", "v", order("b"), here))[0].problems == (BUSY,)
        desk.stuck["a"].set()
        assert [done[0] for done in await asyncio.gather(*waiting)] == [DONE, DONE]
        assert place.waiting == {}

    play(scene)


def test_visits_are_counted_for_a_while() -> None:
    """So many in a period, each visitor for itself, and no more are remembered."""
    place = counter()
    assert [may(place, "a", "v", 2, 0.0) for _ in range(3)] == [True, True, False]
    assert may(place, "b", "v", 2, 0.0)
    assert may(place, "a", "w", 2, 0.0)
    assert not may(place, "a", "v", 2, PERIOD - 1)
    assert may(place, "a", "v", 2, PERIOD)
    for number in range(module.MOST_VISITORS + 5):
        may(place, "a", str(number), 2, PERIOD)
    assert len(place.visits) == module.MOST_VISITORS


def test_a_visitor_has_a_few_orders_at_once() -> None:
    """And none are counted that have ended."""
    place = counter()
    stack = []
    for number in range(AT_ONCE + 2):
        context = at_desk(place, "v")
        assert context.__enter__() is (number < AT_ONCE)
        stack.append(context)
    with at_desk(place, "w") as room:
        assert room
    for context in stack:
        context.__exit__(None, None, None)
    assert place.here == {}


@pytest.mark.parametrize(
    ("address", "visitor"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:0:1:ffff::1", "2001:db8:0:1::"),
        ("", ""),
        ("x" * 999, "x" * 64),
    ],
)
def test_a_visitor_is_an_address_or_a_network(address: str, visitor: str) -> None:
    """One house has all addresses of a network of IPv6."""
    assert visitor_of(address) == visitor


def test_real_processes_print_and_outlive_a_logo_that_kills_them(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A logo without end ends its reader; the form that has it is told so."""
    monkeypatch.setattr(reading, "LOGO_LIMITS", Limits(seconds=PATIENCE, cpu=1))
    monkeypatch.setattr(module, "PATIENCE", PATIENCE)
    path = "M0 0" + "A1 2 30 1 1 3 4" * 19_000
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="{path}"/>'
    )
    slow = replace(ORDER, logo=f"{svg}</svg>".encode())
    good = replace(ORDER, logo=png())

    async def scene(place: Counter) -> tuple[Worker, Worker]:
        reader, filler = (line.get_nowait() for line in (place.readers, place.fillers))
        place.readers.put_nowait(reader)
        place.fillers.put_nowait(filler)
        printout, _ = await serve(place, "", "v", good, here)
        assert printout.data.startswith(b"%PDF")
        assert filler.process
        pid = filler.process.pid
        printout, _ = await serve(place, "", "v", slow, here)
        assert printout.problems == (Problem("clinic-logo", "logo"),)
        printout, _ = await serve(place, "", "v", good, here)
        assert printout.data.startswith(b"%PDF")
        # What fills in has not even noticed.
        assert filler.process
        assert filler.process.pid == pid
        return reader, filler

    with open_counter(Shelf(root), 1) as place:
        workers = asyncio.run(scene(place))
    # And none is left behind.
    assert [worker.process for worker in workers] == [None, None]
