"""The commands that serve pages: what they hand out, and what they keep back."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.types import ASGIApp

from asgi import ask
from desk import change, run
from leaflets.cli import server
from leaflets.web.order import Problem, Shelf, fulfil
from orders import ORDER
from signing import EPOCH, approve

VALUES = {
    "leaflet": "tiny",
    "first": "en",
    "second": "",
    "edition": "sheet",
    "paper": "A4",
    "name": "Example",
    "do": "pdf",
}


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Take what would be served, ask it, and end at once."""
    seen: list[Any] = []

    def look(app: ASGIApp, bind: str, port: int) -> None:
        pages = [ask(app, "GET", f"/desk/{locale}") for locale in ("en", "ar")]
        index = ask(app, "GET", "/")
        seen.extend((pages, index, ask(app, "POST", "/desk/en", data=VALUES)))

    monkeypatch.setattr(server, "run", look)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return seen


def test_what_is_approved_is_served_and_nothing_else(
    project: Path, served: list[Any]
) -> None:
    """Nothing at first; then the approved language, from build/release alone."""
    code, output = run(project, "serve")
    assert code == 1
    assert "no approved leaflet is built" in output
    assert "leaflets serve --drafts" in output
    assert served == []
    for key in ("publisher", "funding"):
        change(project / "pyproject.toml", f'{key} = ""', f'{key} = "PLACEHOLDER"')
    approve(project, "en")
    run(project, "build", "--release", "--workers", "1")
    # A draft that lies beside it is not served.
    assert run(project, "build", "--locale", "ar", "--workers", "1")[0] == 0
    assert run(project, "serve", "--workers", "1")[0] == 0
    (english, arabic), index, printed = served
    assert (english.status_code, arabic.status_code) == (200, 404)
    assert "DRAFT" not in english.text + index.text
    assert printed.content.startswith(b"%PDF")
    order = replace(ORDER, first="ar")
    refused = fulfil(Shelf(project, release=True), order)
    assert refused.problems == (Problem("not-approved"),)


def test_drafts_are_served_where_they_are_asked_for(
    project: Path, served: list[Any]
) -> None:
    """And every page says that it is one."""
    assert run(project, "build", "--workers", "1")[0] == 0
    assert run(project, "serve", "--drafts", "--workers", "1")[0] == 0
    (english, arabic), index, printed = served
    for page in (english, index):
        assert "DRAFT" in page.text
    assert arabic.status_code == 200
    assert printed.content.startswith(b"%PDF")
