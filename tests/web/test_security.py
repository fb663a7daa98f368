"""What every page served here keeps to, asked without a server."""

import asyncio
import json

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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
        ("[::1]evil.example", 400),
        ("127.0.0.1:80:evil", 400),
        ("localhost:", 400),
        ("localhost:999999", 400),
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
        ("POST", "http://[::1", 403),
        ("POST", "http://[evil]", 403),
        ("POST", "http://localhost@evil.example", 403),
        ("POST", "\x00", 403),
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
    asyncio.run(APP(scope, receive, send))
    assert [message.get("status") for message in taken if "status" in message] == [413]
    assert chunks == [b"x" * 60]


def test_a_body_has_one_length() -> None:
    """Two of them are read in two ways, here and by a proxy."""
    headers = {"transfer-encoding": "chunked", "content-length": "3"}
    assert ask(APP, "POST", "/", content=b"abc", headers=headers).status_code == 400


async def broken(scope: object, receive: object, send: object) -> None:
    """Go wrong, with words that must not be logged."""
    raise KeyError("typed in secret")


async def gone(scope: object, receive: object, send: object) -> None:
    """Find that the browser has left."""
    raise ClientDisconnect


async def late(scope: Scope, receive: Receive, send: Send) -> None:
    """Go wrong in the midst of an answer."""
    await send({"type": "http.response.start", "status": 200, "headers": []})
    raise KeyError("typed in secret")


@pytest.mark.parametrize(("app", "status"), [(broken, 500), (gone, 400)])
def test_whatever_goes_wrong_inside_has_an_answer(
    app: ASGIApp, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    """With the policy; the log names the place, and no word of what was typed."""
    sent = ask(guarded_app(app, LOOPBACK, LARGEST), "POST", "/")
    assert sent.status_code == status
    assert HEADERS.items() <= dict(sent.headers).items()
    assert "secret" not in sent.text + caplog.text
    assert ("KeyError in" in caplog.text) is (status == 500)
    assert "Traceback" not in caplog.text


def test_an_answer_that_has_begun_is_not_begun_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Its end is missing, and the log says where it broke off."""
    taken: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        taken.append(message)

    headers = [(b"host", b"localhost")]
    scope = {"type": "http", "method": "GET", "path": "/", "headers": headers}
    asyncio.run(guarded_app(late, LOOPBACK, LARGEST)(scope, receive, send))
    assert [message["type"] for message in taken] == ["http.response.start"]
    assert "test_security.py" in caplog.text


def test_starlette_s_own_failures_are_answered_with_the_policy() -> None:
    """An exception in a page, a body that is too large while it is read."""

    async def fail(request: Request) -> Response:
        raise KeyError("typed in secret")

    app = guarded_app(Starlette(routes=[Route("/", fail)]), LOOPBACK, LARGEST)
    sent = ask(app, "GET", "/")
    assert (sent.status_code, "secret" in sent.text) == (500, False)
    assert HEADERS.items() <= dict(sent.headers).items()


OWN = guarded_app(
    Starlette(routes=[Route("/{path:path}", echo, methods=["GET", "POST"])]),
    LOOPBACK,
    LARGEST,
    own_pages=True,
)
NAVIGATE = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
FRAME = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe"}
IMAGE = {"sec-fetch-mode": "no-cors", "sec-fetch-dest": "image"}


@pytest.mark.parametrize(
    ("site", "path", "more", "status"),
    [
        ("same-origin", "/api", {}, 200),
        ("none", "/api", NAVIGATE, 200),
        ("", "/api", {}, 200),
        ("cross-site", "/", NAVIGATE, 200),
        ("same-site", "/", NAVIGATE, 200),
        ("cross-site", "/", IMAGE, 403),
        ("cross-site", "/", FRAME, 403),
        ("cross-site", "/", {}, 403),
        ("cross-site", "/api", NAVIGATE, 403),
        ("same-site", "/api", IMAGE, 403),
        ("cross-site", "/api", {}, 403),
    ],
)
def test_a_page_elsewhere_may_visit_the_first_page_and_no_more(
    site: str, path: str, more: dict[str, str], status: int
) -> None:
    """Where an app works for who asks, GET is not free either."""
    headers = {"sec-fetch-site": site} if site else {}
    assert ask(OWN, "GET", path, headers=headers | more).status_code == status
    posted = ask(OWN, "POST", path, headers=headers | more)
    assert posted.status_code == (403 if "-site" in site else 200)
    # An app that shows files only does not mind.
    assert ask(APP, "GET", "/", headers=headers | more).status_code == 200


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
