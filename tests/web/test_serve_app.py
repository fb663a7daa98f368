"""The print desk's form is filled in again, with the field to mend marked."""

import re
from concurrent.futures import Executor, Future
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from asgi import ask
from images import png
from leaflets.build.front import Front
from leaflets.clinics.list import FORM, LONGEST
from leaflets.web import serve_app as module
from leaflets.web.order import Order, Printout, Problem
from leaflets.web.serve_app import Offer, offer_of, order_of, serve_app

VALUES = {
    **dict.fromkeys(FORM, ""),
    "leaflet": "tiny",
    "first": "en",
    "second": "",
    "edition": "sheet",
    "paper": "A4",
    "name": "Example",
}


@pytest.fixture(scope="module")
def offer(root: Path, front: Front) -> Offer:
    """Offer what the tiny project has."""
    return offer_of(root, front)


def test_what_is_offered_is_what_can_be_printed(offer: Offer) -> None:
    """Every language with its titles; no edition for the press."""
    assert [locale.name for locale in offer.locales] == ["en", "ar", "zh_Hans"]
    assert offer.leaflets["ar"] == (("tiny", "نشرة صغيرة"),)
    assert (offer.editions, offer.papers, offer.beside) == (
        ("sheet",),
        {"sheet": ("A4",)},
        "",
    )
    assert offer.standings["en", "tiny"].startswith("DRAFT")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("first", "xx"),
        ("second", "ar"),
        ("leaflet", "none"),
        ("edition", "sheet-press"),
        ("name", "  "),
        *((name, "x" * (LONGEST + 1)) for name in FORM),
    ],
)
def test_what_is_not_offered_is_no_order(offer: Offer, field: str, value: str) -> None:
    """A form can be sent by any program."""
    assert isinstance(order_of(offer, VALUES, b"", show=False), Order)
    refused = order_of(offer, VALUES | {field: value}, b"", show=False)
    assert refused == Problem("field", "name")


CARDS = {"sheet": ("A4",), "card": ("A6",), "bilingual": ("Letter",)}


@pytest.mark.parametrize(
    ("edition", "second", "paper"),
    [
        ("sheet", "", "A4"),
        ("card", "", "A6"),
        ("card", "en", "A6"),
        ("card", "ar", "Letter"),
    ],
)
def test_an_edition_is_printed_on_its_own_papers(
    offer: Offer, edition: str, second: str, paper: str
) -> None:
    """Of two languages it is the edition for two; another paper is refused by name."""
    cards = replace(offer, editions=("sheet", "card"), papers=CARDS, beside="bilingual")
    values = VALUES | {"edition": edition, "second": second}
    for other in ("A4", "A6", "Letter", "A5"):
        order = order_of(cards, values | {"paper": other}, b"", show=False)
        if other == paper:
            assert isinstance(order, Order)
        else:
            assert order == Problem("field", "paper")
    app, pool = app_of(cards, Printout())
    sent = ask(app, "POST", "/desk/en", data=values | {"paper": "A5"})
    assert (sent.status_code, pool.orders) == (422, [])
    assert f"Please mend this: Paper ({paper})" in sent.text
    select = re.search('<select id="paper"[^>]*>', sent.text)
    assert select
    assert 'aria-invalid="true"' in select[0]
    for other, names in (("A4", "sheet"), ("A6", "card"), ("Letter", "bilingual")):
        assert f'<option value="{other}" data-editions="{names}">' in sent.text


def test_an_order_holds_what_was_typed(offer: Offer) -> None:
    """Empty fields are left out."""
    order = order_of(
        offer, VALUES | {"phone": " ", "hours": "9–17"}, b"logo", show=True
    )
    assert order == Order(
        leaflet="tiny",
        first="en",
        second="",
        edition="sheet",
        paper="A4",
        fields=(("name", "Example"), ("hours", "9–17")),
        logo=b"logo",
        show=True,
    )


class Ready(Executor):
    """A pool whose answer is known."""

    def __init__(self, printout: Printout) -> None:
        self.printout = printout
        self.orders: list[Order] = []

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        """Take the order down, and answer at once."""
        self.orders.append(args[1])
        future: Future[Printout] = Future()
        future.set_result(self.printout)
        return future


def app_of(offer: Offer, printout: Printout) -> tuple[ASGIApp, Ready]:
    """Make the app whose every order ends in this printout."""
    pool = Ready(printout)
    app = serve_app(offer, offer.root / "build/site", pool, 1, ("localhost",))
    return app, pool


def marked(page: str) -> list[str]:
    """List the inputs that a screen reader calls wrong."""
    inputs = re.findall(r'<input id="(\w+)"([^>]*)>', page)
    return [name for name, rest in inputs if 'aria-invalid="true"' in rest]


@pytest.mark.parametrize("field", [*FORM, "logo"])
@pytest.mark.parametrize("code", ["field", "clinic-too-long", "missing-glyph"])
def test_the_field_to_mend_is_marked(offer: Offer, field: str, code: str) -> None:
    """That one and no other, with its label among the problems."""
    app, _ = app_of(offer, Printout(problems=(Problem(code, field, "§"),)))
    sent = ask(app, "POST", "/desk/en", data=VALUES)
    assert sent.status_code == 422
    assert marked(sent.text) == [field]
    label = re.search(f'<label for="{field}">([^<]+)</label>', sent.text)
    assert label
    problems = sent.text.partition('id="wrong"')[2].partition("</ul>")[0]
    assert ("§" if code == "missing-glyph" else label[1]) in problems


def test_the_form_asks_for_every_column_in_the_readers_language(offer: Offer) -> None:
    """With the keyboard that a telephone should show, and filled in as it was."""
    app, _ = app_of(offer, Printout(problems=(Problem("field", "phone"),)))
    typed = {name: f"{name} typed" for name in FORM}
    page = ask(app, "POST", "/desk/ar", data=VALUES | typed).text
    for name, keyboard in FORM.items():
        tag = re.search(f'<input id="{name}"[^>]*>', page)
        assert tag
        assert f'type="{keyboard}"' in tag[0]
        assert f'value="{name} typed"' in tag[0]
        assert f'maxlength="{LONGEST}"' in tag[0]
    assert '<label for="phone">الهاتف</label>' in page


def test_a_pdf_is_sent_with_its_name(offer: Offer) -> None:
    """As a file to keep."""
    app, pool = app_of(offer, Printout(b"%PDF-1.7"))
    sent = ask(app, "POST", "/desk/en", data=VALUES | {"do": "pdf"})
    assert (sent.status_code, sent.content) == (200, b"%PDF-1.7")
    assert 'filename="en-tiny.sheet.A4.pdf"' in sent.headers["content-disposition"]
    assert [order.show for order in pool.orders] == [False]


def test_pages_are_shown_and_the_logo_is_kept(offer: Offer) -> None:
    """In the page itself; nothing is stored."""
    app, pool = app_of(offer, Printout(b"%PDF", (b"png",), flip="long"))
    logo = {"logo": ("logo.png", png(), "image/png")}
    page = ask(app, "POST", "/desk/en", data=VALUES | {"do": "show"}, files=logo).text
    assert page.count("data:image/png;base64,cG5n") == 1
    kept = re.search('name="kept_logo" value="([^"]+)"', page)
    assert kept
    ask(app, "POST", "/desk/en", data=VALUES | {"kept_logo": kept[1]})
    ask(app, "POST", "/desk/en", data=VALUES | {"kept_logo": "!"})
    assert [order.logo for order in pool.orders] == [png(), png(), b""]


def test_who_comes_when_the_line_is_full_is_told(
    offer: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No order is taken, and the form stays filled in."""
    monkeypatch.setattr(module, "LINE", 0)
    app, pool = app_of(offer, Printout())
    sent = ask(app, "POST", "/desk/en", data=VALUES)
    assert sent.status_code == 503
    assert "Try again in a few minutes." in sent.text
    assert 'value="Example"' in sent.text
    assert pool.orders == []


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/desk/en", 200),
        ("/desk/xx", 404),
        ("/desk.js", 200),
        ("/", 200),
        ("/en/index.html", 200),
        ("/.lock", 404),
        ("/%2e%2e/manifest.json", 404),
        ("/line/none", 200),
    ],
)
def test_only_the_site_and_the_desk_are_served(
    offer: Offer, path: str, status: int
) -> None:
    """Files of other kinds are not."""
    app, _ = app_of(offer, Printout())
    assert ask(app, "GET", path).status_code == status
