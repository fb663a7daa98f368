"""Serve an app until Ctrl-C, within limits (door to Uvicorn).

What Uvicorn leaves to a proxy is kept here, so that a desk without one stays up: a time
for the head and the body of a request, a number of connections, and a log that does not
grow with what strangers send.
"""

import asyncio
import logging
import resource
import signal
from collections.abc import Iterable
from contextlib import suppress
from time import monotonic
from typing import Any

import h11
from uvicorn import Config, Server
from uvicorn.protocols.http.h11_impl import H11Protocol

from leaflets.cli.terminal import OUT
from leaflets.web.security import HEADERS

MOST_CONNECTIONS = 400
"""Beyond it the one that has waited longest for its request is closed."""
FILES = 4096
"""Files that this process may have open, where the system lets it."""
HEAD, BODY, READER = 10.0, 60.0, 60.0
"""Seconds for the head of a request, for its body, and in which a reader takes nothing."""
KEEP = 5
"""Seconds that a connection is kept for another request."""
FAREWELL = 1
"""Seconds that requests have to end after Ctrl-C, stuck ones too."""
SAME, MINUTE = 5, 60.0
"""Lines of the same kind that are logged in so many seconds."""


class BoundedProtocol(H11Protocol):
    """Uvicorn's protocol, with an end for what is slow and for what is many."""

    timer: asyncio.TimerHandle | None = None
    reader: asyncio.TimerHandle | None = None
    expected: object = None
    began: float = 0.0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request; close the idlest where there are too many."""
        super().connection_made(transport)
        self.began = self.loop.time()
        self.watch()
        if len(self.connections) > MOST_CONNECTIONS:
            shed(self.connections)

    def data_received(self, data: bytes) -> None:
        """Take what came, and see what is still to come."""
        super().data_received(data)
        self.watch()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self.began = self.loop.time()
        self.watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop all clocks."""
        super().connection_lost(exc)
        for timer in (self.timer, self.reader):
            if timer:
                timer.cancel()

    def watch(self) -> None:
        """Give what is expected now its time; what has one already keeps it."""
        state = self.conn.their_state
        if state is self.expected:
            return
        self.expected = state
        if self.timer:
            self.timer.cancel()
        seconds = {h11.IDLE: HEAD, h11.SEND_BODY: BODY}.get(state)
        self.timer = (
            self.loop.call_later(seconds, self.transport.abort) if seconds else None
        )

    def pause_writing(self) -> None:
        """Wait for who reads slowly, but not for ever."""
        super().pause_writing()
        if not self.reader:
            self.reader = self.loop.call_later(READER, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: something was read."""
        super().resume_writing()
        if self.reader:
            self.reader.cancel()
            self.reader = None

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no HTTP, with the policy that every answer has."""
        headers = [*HEADERS.items(), ("connection", "close")]
        plain = ("content-type", "text/plain; charset=utf-8")
        events: tuple[Any, ...] = (
            h11.Response(
                status_code=400, headers=[*headers, plain], reason="Bad Request"
            ),
            h11.Data(data=msg.encode("ascii")),
            h11.EndOfMessage(),
        )
        with suppress(h11.LocalProtocolError):
            for event in events:
                self.transport.write(self.conn.send(event))
        self.transport.close()


def shed(connections: Iterable[Any]) -> None:
    """Close those that have waited longest for a request, until few enough are left."""
    # What is closing already is in the list until the loop comes to it.
    left = [
        connection
        for connection in connections
        if not connection.transport.is_closing()
    ]
    idle = sorted(
        filter(is_idle, left), key=lambda waiting: getattr(waiting, "began", 0.0)
    )
    for connection in idle[: max(0, len(left) - MOST_CONNECTIONS)]:
        connection.transport.abort()


def is_idle(connection: Any) -> bool:
    """Say whether a connection waits for a request, or for the rest of its head."""
    cycle = getattr(connection, "cycle", None)
    return cycle is None or bool(cycle.response_complete)


class Seldom(logging.Filter):
    """Pass a few records of each kind in a minute, and count the rest."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: dict[str, tuple[float, int]] = {}
        """When the minute of each kind began, and how many came in it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Say whether a record is written, with how many before it were not."""
        kind = str(record.msg)[:200]
        now = monotonic()
        began, count = self.kinds.get(kind, (now, 0))
        if now - began >= MINUTE:
            if count > SAME:
                record.msg = f"{kind} (and {count - SAME} more in a minute)"
            began, count = now, 0
        if len(self.kinds) > 100:
            self.kinds.clear()
        self.kinds[kind] = (began, count + 1)
        return count < SAME


def run(app: Any, bind: str, port: int) -> None:
    """Serve until Ctrl-C; requests are not logged."""
    with suppress(ValueError, OSError):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
        # A core would hold what is typed.
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    OUT.print(f"http://{bind}:{port}/ – Ctrl-C ends it", markup=False)
    config = Config(
        app,
        host=bind,
        port=port,
        http=BoundedProtocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        backlog=128,
        limit_concurrency=MOST_CONNECTIONS + 1,
        timeout_keep_alive=KEEP,
        timeout_graceful_shutdown=FAREWELL,
    )
    for name in ("uvicorn.error", "asyncio", "leaflets.web"):
        logging.getLogger(name).addFilter(Seldom())
    # Uvicorn raises the signal again when it has ended: what is open is closed then too.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with suppress(KeyboardInterrupt):
        Server(config).run()
