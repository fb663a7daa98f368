"""What every page served here keeps to, asked without a server."""

import asyncio
import json

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from asgi import HOST, ask
from leaflets.web.security import HEADERS, LOOPBACK, guarded_app

LARGEST = 100


async def echo(request: Request) -> Response:
    """Say how much came, and keep the page for a day."""
    body = await request.body()
    return PlainTextResponse(str(len(body)), headers={"cache-control": "max-age=86400"})


APP: ASGIApp = guarded_app(
    Starlette(routes=[Route("/", echo, methods=["GET", "POST", "PUT"])]),
    (*LOOPBACK, "leaflets.example.org"),
    LARGEST,
)


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("localhost:8080", 200),
        ("127.0.0.1:8080", 200),
        ("[::1]:8080", 200),
        ("[::1]", 200),
        ("leaflets.example.org", 200),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("[::2]", 400),
        ("", 400),
    ],
)
def test_only_its_own_names_are_answered(host: str, status: int) -> None:
    """Another name that leads here is somebody else's page (DNS rebinding)."""
    assert ask(APP, "GET", "/", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    ("method", "origin", "status"),
    [
        ("GET", "https://evil.example", 200),
        ("POST", HOST, 200),
        ("POST", "http://localhost:99", 403),
        ("POST", "https://evil.example", 403),
        ("POST", "null", 403),
        ("POST", "", 403),
        ("PUT", HOST, 405),
        ("DELETE", HOST, 405),
    ],
)
def test_only_its_own_pages_may_post(method: str, origin: str, status: int) -> None:
    """Looking is free; changing is for the pages served here."""
    assert ask(APP, method, "/", headers={"origin": origin}).status_code == status


def test_a_body_is_bounded_by_its_length() -> None:
    """It is not even read."""
    assert ask(APP, "POST", "/", content=b"x" * LARGEST).text == str(LARGEST)
    assert ask(APP, "POST", "/", content=b"x" * (LARGEST + 1)).status_code == 413


def test_a_body_without_a_length_is_cut_off() -> None:
    """What is left is not read, and no answer is made of a part."""
    chunks = [b"x" * 60, b"x" * 60, b"x" * 60]
    taken: list[Message] = []

    async def receive() -> Message:
        body = chunks.pop(0)
        return {"type": "http.request", "body": body, "more_body": bool(chunks)}

    async def send(message: Message) -> None:
        taken.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"origin", HOST.encode())],
    }
    with pytest.raises(ClientDisconnect):
        asyncio.run(APP(scope, receive, send))
    assert [message.get("status") for message in taken if "status" in message] == [500]
    assert chunks == [b"x" * 60]


@pytest.mark.parametrize("host", ["localhost", "evil.example"])
def test_every_answer_has_the_policy(host: str) -> None:
    """Those that refuse as well; what an app says itself stands."""
    sent = ask(APP, "GET", "/", headers={"host": host}).headers
    kept = "max-age=86400" if host == "localhost" else HEADERS["cache-control"]
    assert {name: sent[name] for name in HEADERS} == HEADERS | {"cache-control": kept}
    assert "default-src 'none'" in sent["content-security-policy"]


def test_what_is_no_request_passes() -> None:
    """Such as the server's own start and end."""
    seen: list[str] = []

    async def app(scope: Message, receive: object, send: object) -> None:
        seen.append(json.dumps(scope))

    async def none() -> Message:
        return {}

    async def send(message: Message) -> None:
        pass

    scope = {"type": "lifespan"}
    asyncio.run(guarded_app(app, (), 0)(scope, none, send))
    assert seen == [json.dumps(scope)]
