"""The print desk's form is filled in again, with the field to mend marked."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.formparsers import MultiPartParser
from starlette.types import ASGIApp

from asgi import ask
from images import png
from leaflets.build.front import Front
from leaflets.build.limited import Limits, Worker
from leaflets.clinics.list import FORM, LONGEST
from leaflets.clinics.logo import HEAVIEST
from leaflets.web import counter as counting
from leaflets.web import serve_app as module
from leaflets.web.counter import AT_ONCE, ORDERS, Counter, counter_of
from leaflets.web.order import Order, Printout, Problem, Shelf
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
def offer(front: Front) -> Offer:
    """Offer what the tiny project has."""
    return offer_of(front)


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
    app_of: Any, offer: Offer, edition: str, second: str, paper: str
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
    app, ready, _ = app_of(Printout(), cards)
    sent = ask(app, "POST", "/desk/en", data=values | {"paper": "A5"})
    assert (sent.status_code, ready.orders) == (422, [])
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


class Ready:
    """Seats whose printout is known."""

    def __init__(self, printout: Printout) -> None:
        self.printout = printout
        self.orders: list[Order] = []
        self.logos: list[bytes] = []

    def read(self, worker: Worker, data: bytes, place: object) -> tuple[None, Any]:
        """Take the logo down."""
        self.logos.append(data)
        return None, ()

    def fill(self, worker: Worker, limits: Limits, job: object, *arguments: Any) -> Any:
        """Take the order down, and answer at once."""
        self.orders.append(arguments[1])
        return self.printout


@pytest.fixture
def app_of(root: Path, offer: Offer, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Make the app whose every order ends in one printout; its seats, its counter."""

    def app_of(
        printout: Printout, offer: Offer = offer
    ) -> tuple[ASGIApp, Ready, Counter]:
        ready = Ready(printout)
        monkeypatch.setattr(counting, "run_limited", ready.fill)
        monkeypatch.setattr(counting, "read_logo_apart", ready.read)
        seats = ([Worker()] for _ in range(3))
        counter = counter_of(Shelf(root), *seats)
        app = serve_app(offer, root / "build/site", counter, ("localhost",))
        return app, ready, counter

    return app_of


def marked(page: str) -> list[str]:
    """List the inputs that a screen reader calls wrong."""
    inputs = re.findall(r'<input id="(\w+)"([^>]*)>', page)
    return [name for name, rest in inputs if 'aria-invalid="true"' in rest]


@pytest.mark.parametrize("field", [*FORM, "logo"])
@pytest.mark.parametrize("code", ["field", "clinic-too-long", "missing-glyph"])
def test_the_field_to_mend_is_marked(app_of: Any, field: str, code: str) -> None:
    """That one and no other, with its label among the problems."""
    app, _, _ = app_of(Printout(problems=(Problem(code, field, "§"),)))
    sent = ask(app, "POST", "/desk/en", data=VALUES)
    assert sent.status_code == 422
    assert marked(sent.text) == [field]
    label = re.search(f'<label for="{field}">([^<]+)</label>', sent.text)
    assert label
    problems = sent.text.partition('id="wrong"')[2].partition("</ul>")[0]
    assert ("§" if code == "missing-glyph" else label[1]) in problems


def test_the_form_asks_for_every_column_in_the_readers_language(app_of: Any) -> None:
    """With the keyboard that a telephone should show, and filled in as it was."""
    app, _, _ = app_of(Printout(problems=(Problem("field", "phone"),)))
    typed = {name: f"{name} typed" for name in FORM}
    page = ask(app, "POST", "/desk/ar", data=VALUES | typed).text
    for name, keyboard in FORM.items():
        tag = re.search(f'<input id="{name}"[^>]*>', page)
        assert tag
        assert f'type="{keyboard}"' in tag[0]
        assert f'value="{name} typed"' in tag[0]
        assert f'maxlength="{LONGEST}"' in tag[0]
    assert '<label for="phone">الهاتف</label>' in page


def test_a_pdf_is_sent_with_its_name(app_of: Any) -> None:
    """As a file to keep."""
    app, ready, _ = app_of(Printout(b"%PDF-1.7"))
    sent = ask(app, "POST", "/desk/en", data=VALUES | {"do": "pdf"})
    assert (sent.status_code, sent.content) == (200, b"%PDF-1.7")
    assert 'filename="en-tiny.sheet.A4.pdf"' in sent.headers["content-disposition"]
    assert [order.show for order in ready.orders] == [False]


def test_pages_are_shown_and_the_logo_is_kept(app_of: Any) -> None:
    """In the page itself; nothing is stored."""
    app, ready, _ = app_of(Printout(b"%PDF", (b"png",), flip="long"))
    logo = {"logo": ("logo.png", png(), "image/png")}
    page = ask(app, "POST", "/desk/en", data=VALUES | {"do": "show"}, files=logo).text
    assert page.count("data:image/png;base64,cG5n") == 1
    kept = re.search('name="kept_logo" value="([^"]+)"', page)
    assert kept
    ask(app, "POST", "/desk/en", data=VALUES | {"kept_logo": kept[1]})
    for broken in ("!", "żółć", "\N{GREEK SMALL LETTER ALPHA}"):
        ask(app, "POST", "/desk/en", data=VALUES | {"kept_logo": broken})
    assert ready.logos == [png(), png()]
    assert len(ready.orders) == 5


def test_who_comes_when_the_line_is_full_is_told(
    app_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No order is taken, and the form stays filled in."""
    monkeypatch.setattr(counting, "LINE", 0)
    app, ready, _ = app_of(Printout())
    sent = ask(app, "POST", "/desk/en", data=VALUES)
    assert sent.status_code == 503
    assert "Try again in a few minutes." in sent.text
    assert 'value="Example"' in sent.text
    assert ready.orders == []


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
        ("/%00", 404),
        ("/a%00.html", 404),
        (f"/{'x' * 300}.html", 404),
        (f"/{'x/' * 3000}a.html", 404),
    ],
)
def test_only_the_site_and_the_desk_are_served(
    app_of: Any, path: str, status: int
) -> None:
    """Files of other kinds are not."""
    app, _, _ = app_of(Printout())
    assert ask(app, "GET", path).status_code == status


def test_a_language_in_which_the_leaflet_is_not_offered_is_no_second(
    app_of: Any, offer: Offer
) -> None:
    """An approved leaflet does not stand beside a draft."""
    some = replace(
        offer,
        beside="sheet",
        leaflets={**offer.leaflets, "ar": (("other", "Other"),)},
    )
    values = VALUES | {"second": "ar"}
    assert order_of(some, values, b"", show=False) == Problem("field", "second")
    values = VALUES | {"second": "zh_Hans"}
    assert isinstance(order_of(some, values, b"", show=False), Order)
    app, _, _ = app_of(Printout(), some)
    sent = ask(app, "POST", "/desk/en", data=VALUES | {"second": "ar"})
    assert "Please mend this: Second language" in sent.text


def test_a_draft_is_called_one_before_anything_is_printed(
    app_of: Any, offer: Offer
) -> None:
    """On the form itself; an approved leaflet is not."""
    assert "DRAFT" in ask(app_of(Printout())[0], "GET", "/desk/en").text
    approved = replace(offer, standings={})
    assert "DRAFT" not in ask(app_of(Printout(), approved)[0], "GET", "/desk/en").text
    mixed = replace(offer, standings={("ar", "tiny"): "DRAFT in Arabic"})
    page = ask(app_of(Printout(), mixed)[0], "GET", "/desk/en?second=ar").text
    assert "DRAFT in Arabic" in page


def test_a_logo_of_any_size_stays_in_memory(
    app_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No temporary file is opened for it, up to the limit of a request."""
    files: list[object] = []
    monkeypatch.setattr("tempfile.TemporaryFile", files.append)
    monkeypatch.setattr("tempfile._TemporaryFileWrapper", files.append)
    app, ready, _ = app_of(Printout(b"%PDF", (b"png",)))
    logo = b"\x89PNG" + bytes(HEAVIEST - 4)
    sent = ask(app, "POST", "/desk/en", data=VALUES, files={"logo": ("a", logo)})
    assert sent.status_code == 200
    assert [len(logo) for logo in ready.logos] == [HEAVIEST]
    assert files == []
    assert MultiPartParser.spool_max_size >= module.LARGEST


def test_who_comes_too_often_is_asked_to_wait(
    app_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what was typed kept on the page; another visitor is served."""
    monkeypatch.setattr(counting, "ORDERS", 2)
    app, ready, _ = app_of(Printout(b"%PDF"))
    codes = [
        ask(app, "POST", "/desk/en", data=VALUES | {"do": "pdf"}) for _ in range(3)
    ]
    assert [sent.status_code for sent in codes] == [200, 200, 429]
    assert codes[2].headers["retry-after"]
    assert 'value="Example"' in codes[2].text
    other = ask(
        app, "POST", "/desk/en", data=VALUES | {"do": "pdf"}, client="192.0.2.9"
    )
    assert other.status_code == 200
    assert len(ready.orders) == 3
    assert ORDERS > 2


def test_nobody_takes_the_whole_desk(app_of: Any) -> None:
    """One visitor's orders at once are bounded, and so is what all of them hold."""
    app, ready, counter = app_of(Printout(b"%PDF"))
    counter.here["127.0.0.1"] = AT_ONCE
    assert ask(app, "POST", "/desk/en", data=VALUES).status_code == 503
    counter.here["127.0.0.1"] = AT_ONCE - 1
    assert ask(app, "POST", "/desk/en", data=VALUES).status_code == 200
    assert counter.here == {"127.0.0.1": AT_ONCE - 1}
    counter.held = counting.MOST_HELD
    assert ask(app, "POST", "/desk/en", data=VALUES).status_code == 503
    counter.held = counting.MOST_HELD - 10
    assert ask(app, "POST", "/desk/en", data=VALUES).status_code == 503
    assert counter.held == counting.MOST_HELD - 10
    assert len(ready.orders) == 1


@pytest.mark.parametrize(
    ("kind", "body", "status"),
    [
        ("multipart/form-data", b"", 400),
        ("multipart/form-data; boundary=b", b"--b\r\nx", 422),
        ("multipart/form-data; boundary=b; charset=punycode", b"", 415),
        ("multipart/form-data; boundary=b; charset=unicode_escape", b"", 415),
        ("application/x-www-form-urlencoded; charset=UTF-8", b"name=x", 422),
        ("application/x-www-form-urlencoded", b"&".join([b"a=b"] * 99), 400),
        ("application/x-www-form-urlencoded", b"name=%ff%ed%a0%80", 422),
        ("text/plain", b"name=x", 422),
        ("multipart/form-data", b"x" * (module.LARGEST + 1), 413),
    ],
)
def test_what_is_no_form_is_refused(
    app_of: Any,
    kind: str,
    body: bytes,
    status: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """With a page, and never by breaking off; no character of it is logged."""
    app, ready, counter = app_of(Printout())
    headers = {"content-type": kind}
    sent = ask(app, "POST", "/desk/en", content=body, headers=headers)
    assert sent.status_code == status
    assert ready.orders == []
    assert (counter.held, counter.here) == (0, {})
    assert caplog.text == ""
