"""A server that strangers reach stays up: what is slow or too much is closed."""

import asyncio
import logging
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config, Server

from leaflets.cli import server as module
from leaflets.cli.server import SAME, BoundedProtocol, Seldom
from leaflets.web.security import HEADERS
from samples import PATIENCE

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the body and answer; at /large with more than a pipe holds."""
    while (await receive()).get("more_body"):
        pass
    body = bytes(20_000_000) if scope["path"] == "/large" else b"done"
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@contextmanager
def server() -> Iterator[tuple[int, Server]]:
    """Serve the app on a free port, in a thread."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(500)
        config = Config(
            app,
            http=BoundedProtocol,
            ws="none",
            lifespan="off",
            log_config=None,
            timeout_graceful_shutdown=1,
        )
        served = Server(config)
        thread = threading.Thread(target=served.run, args=([listener],))
        thread.start()
        try:
            yield listener.getsockname()[1], served
        finally:
            served.should_exit = True
            thread.join(PATIENCE)


def connect(port: int) -> socket.socket:
    """Open a connection that gives up some day."""
    return socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)


def closed(connection: socket.socket) -> bytes:
    """Read until the other side ends the connection; what it said."""
    said = b""
    try:
        while data := connection.recv(65536):
            said += data
    except ConnectionResetError:
        pass
    return said


def is_answered(connection: socket.socket) -> bool:
    """Read an answer of the app to its end."""
    said = b""
    while not said.endswith(b"done") and (data := connection.recv(65536)):
        said += data
    return said.endswith(b"done")


def test_a_connection_that_says_nothing_is_closed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And one that says a head letter by letter."""
    monkeypatch.setattr(module, "HEAD", 0.5)
    with server() as (port, _), connect(port) as silent, connect(port) as slow:
        stop = threading.Event()

        def drip() -> None:
            while not stop.wait(0.05):
                try:
                    slow.send(b"G")
                except OSError:
                    return

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            assert closed(silent) == b""
            assert closed(slow) == b""
        finally:
            stop.set()
            thread.join(PATIENCE)


def test_a_body_that_does_not_come_is_not_waited_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The head had its time, and the body has its own."""
    monkeypatch.setattr(module, "BODY", 0.5)
    with server() as (port, _), connect(port) as slow:
        slow.sendall(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99\r\n\r\nabc")
        assert closed(slow) == b""


def test_who_reads_nothing_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page that nobody takes is not kept for ever."""
    monkeypatch.setattr(module, "READER", 0.5)
    with server() as (port, served), connect(port) as slow:
        slow.sendall(REQUEST.replace(b"/ ", b"/large ", 1))
        state = served.server_state
        deadline = time.monotonic() + PATIENCE
        while not state.total_requests or state.connections:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert len(closed(slow)) < 20_000_000


def test_a_request_that_takes_its_time_in_two_parts_is_answered() -> None:
    """And the connection is kept for another one."""
    with server() as (port, _), connect(port) as patient:
        for _ in range(2):
            patient.sendall(REQUEST[:9])
            time.sleep(0.05)
            patient.sendall(REQUEST[9:])
            assert is_answered(patient)


def test_many_connections_keep_nobody_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The idlest is closed for the newest, and no log is written of it."""
    monkeypatch.setattr(module, "MOST_CONNECTIONS", 20)
    with server() as (port, served):
        idle = [connect(port) for _ in range(100)]
        try:
            for _ in range(3):
                with connect(port) as fresh:
                    fresh.sendall(REQUEST)
                    assert is_answered(fresh)
            deadline = time.monotonic() + PATIENCE
            while len(served.server_state.connections) > 20:
                assert time.monotonic() < deadline
                time.sleep(0.01)
            assert closed(idle[0]) == b""
        finally:
            for connection in idle:
                connection.close()


def test_what_is_no_http_is_refused_with_the_policy() -> None:
    """The app never sees it."""
    with server() as (port, _), connect(port) as strange:
        strange.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        said = closed(strange).decode().lower()
    assert said.startswith("http/1.1 400")
    for name, value in HEADERS.items():
        assert f"{name}: {value}".lower() in said


def record(words: str, *arguments: Any) -> logging.LogRecord:
    """Make a line of a log."""
    return logging.LogRecord("a", logging.ERROR, "b", 1, words, arguments, None)


def test_the_same_line_is_logged_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """And then how often it came in that minute."""
    now = [0.0]
    monkeypatch.setattr(module, "monotonic", lambda: now[0])
    seldom = Seldom()
    passed = [seldom.filter(record("strange %s", number)) for number in range(1000)]
    assert passed == [True] * SAME + [False] * (1000 - SAME)
    assert seldom.filter(record("other"))
    now[0] = module.MINUTE
    late = record("strange %s", "again")
    assert seldom.filter(late)
    assert late.getMessage() == "strange again (and 995 more in a minute)"
    for number in range(5000):
        seldom.filter(record(f"kind {number}"))
    assert len(seldom.kinds) <= 101


def test_the_log_is_kept_short_where_files_run_out() -> None:
    """As asyncio says it, with a traceback for each connection that it cannot take."""
    lines: list[logging.LogRecord] = []

    class Take(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record)

    logger = logging.getLogger("leaflets.test.server")
    handler, seldom = Take(), Seldom()
    logger.addHandler(handler)
    logger.addFilter(seldom)
    loop = asyncio.new_event_loop()
    try:
        for _ in range(2000):
            logger.error("socket.accept() out of system resource\nsocket: %s", loop)
    finally:
        loop.close()
        logger.removeHandler(handler)
        logger.removeFilter(seldom)
    assert len(lines) == SAME
