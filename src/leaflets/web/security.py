"""Security: what every page served here keeps to (door to Starlette, with the apps).

Wraps an app: only the names it is served under, only its own pages may post to it,
bodies of bounded size, and a policy that lets a page load nothing from elsewhere.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

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


def guarded_app(app: ASGIApp, hosts: Collection[str], largest: int) -> ASGIApp:
    """Keep an app to its hosts (without ports) and to bodies of `largest` bytes."""

    async def guarded(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        taken = 0

        async def bounded() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > largest:
                # What is left is not read: the request ends here.
                return {"type": "http.disconnect"}
            return message

        async def signed(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    sent.setdefault(name, value)
            await send(message)

        problem = _problem(scope["method"], headers, hosts, largest)
        if problem:
            await PlainTextResponse(problem[1], problem[0])(scope, receive, signed)
            return
        await app(scope, bounded, signed)

    return guarded


def _problem(
    method: str, headers: Headers, hosts: Collection[str], largest: int
) -> tuple[int, str] | None:
    """Say why a request is refused: status and words; none where it may pass."""
    host = headers.get("host", "")
    if _name(host) not in hosts:
        return 400, "this is not served under that name"
    if method not in ("GET", "HEAD"):
        if method != "POST":
            return 405, "only GET and POST"
        origin = headers.get("origin", "")
        if urlsplit(origin).netloc != host:
            return 403, "only pages served here may do this"
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > largest:
            return 413, "this is too large"
    return None


def _name(host: str) -> str:
    """Take the port off a host."""
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
