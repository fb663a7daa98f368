"""A real browser, and the two apps of the house in front of it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

expect.set_options(timeout=60_000)
NAMES = ("chromium", "chromium-browser", "google-chrome")
FETCHED = Path(__file__).resolve().parent.parent / ".venv" / "browsers"
"""Where there is no package of it."""
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""Without these, Chromium asks the network for things of its own."""
SHOTS = Path(os.environ.get("LEAFLETS_SHOTS", "build/screenshots"))
"""Pictures of what was tested, for people to look at."""


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start the machine's Chromium, or the one that `make dev` has fetched."""
    path = next((found for name in NAMES if (found := shutil.which(name))), None)
    os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(FETCHED))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def app(root: Path, command: str, *words: str) -> Iterator[str]:
    """Run `leaflets serve` or `leaflets preview`; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = (root / f"{command}.log").open("w+")
    running = subprocess.Popen(
        [
            *(sys.executable, "-m", "leaflets", command),
            *("--project", str(root), "--port", str(port), *words),
        ],
        stdout=log,
        stderr=log,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 180
        while True:
            try:
                httpx.get(address, timeout=60)
                break
            except httpx.TransportError:
                said = (root / f"{command}.log").read_text()
                assert running.poll() is None, said
                assert time.monotonic() < deadline, said
                time.sleep(0.1)
        yield address
    finally:
        running.terminate()
        try:
            running.wait(timeout=20)
        except subprocess.TimeoutExpired:
            running.kill()
            running.wait()
        log.close()


def broken_rules(page: Page) -> list[str]:
    """List the rules of WCAG 2.2 (A and AA) and good practice that a page breaks."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {[node['html'][:120] for node in one['nodes'][:3]]}"
        for one in found
    ]


def shoot(page: Page, name: str) -> None:
    """Keep a picture of a page."""
    SHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
