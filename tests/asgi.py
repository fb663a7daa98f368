"""Ask an app something without a server and without a network."""

import asyncio
from typing import Any

import httpx
from starlette.types import ASGIApp

HOST = "http://localhost"


def ask(app: ASGIApp, method: str, path: str, **request: Any) -> httpx.Response:
    """Send one request, as a page of the app itself would, from a `client`'s address."""
    headers = {"origin": HOST} | request.pop("headers", {})
    client = (request.pop("client", "127.0.0.1"), 1234)

    async def send() -> httpx.Response:
        transport = httpx.ASGITransport(app, client=client)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as browser:
            return await browser.request(method, path, headers=headers, **request)

    return asyncio.run(send())
