"""Security: what every page served here keeps to (door to Starlette, with the apps).

Wraps an app: only the names it is served under, only its own pages may post to it,
bodies of bounded size, a policy that lets a page load nothing from elsewhere, and an
answer whatever goes wrong inside.
"""

import logging
import re
from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from leaflets.build.limited import place_of

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self';"
    " style-src-attr 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Places on a drawing are style attributes; nothing else is inline."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    # Not "no-referrer": browsers then hide where a form comes from.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[^:\[\]]+)(?::[0-9]{1,5})?")
ELSEWHERE = ("cross-site", "same-site")
"""What browsers say of a request that a page of another origin makes (Fetch Metadata)."""
LOG = logging.getLogger("leaflets.web")


def guarded_app(
    app: ASGIApp, hosts: Collection[str], largest: int, *, own_pages: bool = False
) -> ASGIApp:
    """Keep an app to its hosts (without ports) and to bodies of `largest` bytes.

    With `own_pages` its own pages alone may ask it for anything, but for a visit to the
    first of them.
    """

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        signed = _Signed(send)
        refusal = _problem(scope["method"], headers, hosts, largest)
        if refusal is None and own_pages:
            refusal = _foreign(scope, headers)
        if refusal is None:
            refusal = await _failure(app, scope, _bounded(receive, largest), signed)
        if refusal and not signed.begun:
            status, words = refusal
            await PlainTextResponse(words, status)(scope, receive, signed)

    return guarded


def _bounded(receive: Receive, largest: int) -> Receive:
    """Stop reading where a body is too large."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > largest:
            # What is left is not read: the connection ends with the answer.
            raise HTTPException(413, "this is too large")
        return message

    return bounded


class _Signed:
    """Sends an answer with the policy that every answer has."""

    def __init__(self, send: Send) -> None:
        self.send = send
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            sent = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                sent.setdefault(name, value)
            if message["status"] in CLOSING:
                sent["connection"] = "close"
        await self.send(message)


async def _failure(
    app: ASGIApp, scope: Scope, receive: Receive, send: Send
) -> tuple[int, str] | None:
    """Let an app answer; what goes wrong in it is a status and words, and logged."""
    try:
        await app(scope, receive, send)
    except ClientDisconnect:
        return 400, "this is not whole"
    except HTTPException as refusal:
        return refusal.status_code, str(refusal.detail)
    except Exception as problem:  # noqa: BLE001
        LOG.log(logging.ERROR, "a page failed: %s", place_of(problem))
        return 500, "this went wrong"
    return None


CLOSING = (400, 403, 405, 408, 413)
"""Answers after which a connection is closed: what else is sent on it is not read."""


def _problem(
    method: str, headers: Headers, hosts: Collection[str], largest: int
) -> tuple[int, str] | None:
    """Say why a request is refused: status and words; none where it may pass."""
    host = headers.get("host", "")
    if _name(host) not in hosts or len(headers.getlist("host")) != 1:
        return 400, "this is not served under that name"
    if method not in ("GET", "HEAD"):
        if method != "POST":
            return 405, "only GET and POST"
        if _origin(headers.get("origin", "")) != host:
            return 403, "only pages served here may do this"
        length = headers.get("content-length", "")
        if "transfer-encoding" in headers and length:
            return 400, "this has two lengths"
        if length.isdecimal() and int(length) > largest:
            return 413, "this is too large"
    return None


def _foreign(scope: Scope, headers: Headers) -> tuple[int, str] | None:
    """Refuse what a page of another origin asks for, but for a visit to the first page."""
    if headers.get("sec-fetch-site") not in ELSEWHERE:
        return None
    visit = (
        scope["method"] == "GET"
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
    )
    if visit and scope["path"] == "/":
        return None
    return 403, "only pages served here may do this"


def _origin(origin: str) -> str:
    """Take the host of an origin, with its port; empty where it is none."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return ""


def _name(host: str) -> str:
    """Take the port off a host; empty where it is none."""
    match = HOST.fullmatch(host)
    return match[1] if match else ""
