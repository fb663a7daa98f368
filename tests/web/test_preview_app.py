"""The proof desk as an app: what is open is built, and every answer is JSON or a page."""

import asyncio
import json
import shutil
from pathlib import Path
from queue import Queue
from threading import Event, Thread
from time import monotonic, sleep
from typing import Any

import pytest
from starlette.types import Message

from asgi import ask
from desk import AR, change, link_fonts
from leaflets.build.limited import Stopped, Worker, open_workers
from leaflets.build.session import Session, open_session
from leaflets.diagnostics import Diagnostic
from leaflets.digest import digest_bytes
from leaflets.pages.composition import Target
from leaflets.paper.colours import ACCENT
from leaflets.sources.material import read_without_catalogs
from leaflets.web import preview_app as module
from leaflets.web.preview_app import (
    LISTENERS,
    OPEN,
    Desk,
    is_touched,
    keep_building,
    keep_watching,
    preview_app,
    proof_now,
    round_of,
    targets_here,
)
from leaflets.web.proof import Proof
from samples import PATIENCE

TARGET = Target("tiny", "ar", "sheet", "A4")


@pytest.fixture(scope="module", name="root")
def own_root(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy the built project: a round calls what it does not look at earlier."""
    copy = tmp_path_factory.mktemp("preview") / "project"
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns("fonts"))
    link_fonts(copy)
    return copy


def desk_of(root: Path) -> Desk:
    """Open a desk at a project."""
    return Desk(open_session(root))


def test_every_target_can_be_shown(root: Path) -> None:
    """In every language."""
    targets, source = targets_here(root)
    assert targets == tuple(
        Target("tiny", name, "sheet", "A4") for name in ("ar", "en", "zh_Hans")
    )
    assert source == "en"


@pytest.mark.parametrize(
    ("changed", "touched"),
    [
        ({str(AR)}, True),
        ({"locales/en/LC_MESSAGES/messages.po"}, True),
        ({"locales/zh_Hans/LC_MESSAGES/messages.po"}, False),
        ({"content/tiny.md"}, True),
        ({"locales/ar/doubts.toml"}, True),
        ({"locales/zh_Hans/LC_MESSAGES/messages.po", "templates/base.css"}, True),
        (set(), False),
    ],
)
def test_a_page_is_made_anew_only_where_it_may_be_another(
    changed: set[str], touched: bool
) -> None:
    """Other languages' catalogs do not concern it."""
    pair = Target("tiny", "ar+en", "bilingual", "A4")
    assert is_touched(pair, changed) is touched


def test_a_round_shows_what_is_published(root: Path) -> None:
    """Nothing is typeset again that is as its sources are."""
    proof = round_of(open_session(root), TARGET)
    data = (root / "build" / proof.output).read_bytes()
    assert proof.sha256 == digest_bytes(data)
    assert proof.places
    assert proof.problems == ()


def test_problems_of_a_round_are_its_target_s_own(project: Path) -> None:
    """An empty translation keeps it from print; another language's does not count."""
    for locale in ("ar", "zh_Hans"):
        path = project / "locales" / locale / "LC_MESSAGES/messages.po"
        text = path.read_text(encoding="utf-8")
        start = text.index("msgstr", text.index('msgid "What a test needs."'))
        path.write_text(
            text[:start] + 'msgstr ""' + text[text.index("\n", start) :],
            encoding="utf-8",
        )
    proof = round_of(open_session(project), TARGET)
    assert {problem["subject"]["locale"] for problem in proof.problems} == {"ar"}
    assert [problem["code"] for problem in proof.problems] == ["untranslated"]
    assert [problem["key"] for problem in proof.problems] == [""]
    assert (proof.sha256, proof.earlier) == ("", False)
    assert {text.state for text in proof.texts} == {"translated", "untranslated"}


def test_a_project_that_cannot_be_read_has_problems_alone(project: Path) -> None:
    """Each as a diagnostic that programs can read."""
    (project / "pyproject.toml").write_text("[tool", encoding="utf-8")
    proof = round_of(open_session(project), TARGET)
    assert (proof.target, proof.texts, proof.sides) == (str(TARGET), (), 0)
    (problem,) = proof.problems
    assert Diagnostic.from_json(problem).code == "project-file"
    assert problem["place"].startswith("pyproject.toml")


Waiting = tuple[Desk, "Queue[Target]"]


@pytest.fixture
def waiting(root: Path, monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """Open a desk whose rounds only say which target they are of."""
    rounds: Queue[Target] = Queue()

    def told(session: Session, target: Target) -> Proof:
        rounds.put(target)
        return Proof(target=str(target))

    monkeypatch.setattr(module, "round_of", told)
    return desk_of(root), rounds


def test_what_is_open_is_built_when_it_is_touched(waiting: Waiting) -> None:
    """Once for several saves, and not for those of another language."""
    desk, rounds = waiting
    stop = Event()
    thread = Thread(target=keep_building, args=(desk, stop))
    desk.open = [TARGET]
    desk.orders.put(())
    thread.start()
    try:
        assert rounds.get(timeout=PATIENCE) == TARGET
        desk.orders.put(("locales/zh_Hans/LC_MESSAGES/messages.po",))
        desk.orders.put((str(AR),))
        assert rounds.get(timeout=PATIENCE) == TARGET
        deadline = monotonic() + PATIENCE
        while desk.rounds < 2 and monotonic() < deadline:
            sleep(0.01)
    finally:
        stop.set()
        thread.join(timeout=PATIENCE)
    assert desk.rounds == 2
    assert rounds.empty()
    assert set(desk.proofs) == {TARGET}


def desk_app(desk: Desk) -> Any:
    """Make the app of a desk, over its project."""
    root = desk.session.root
    material, _ = read_without_catalogs(root)
    return preview_app(desk, targets_here(root)[0], material, "en")


def ask_desk(desk: Desk, method: str, path: str, **request: Any) -> Any:
    """Ask the app of a desk."""
    app = desk_app(desk)
    return ask(app, method, path, **request)


def test_opening_a_target_orders_it(root: Path) -> None:
    """The last ones stay open; what was shown of others is forgotten."""
    desk = desk_of(root)
    targets, _ = targets_here(root)
    for target in targets:
        answer = ask_desk(desk, "GET", f"/api/proof/{target}")
        assert answer.json()["proof"] is None
    assert desk.orders.qsize() == len(targets) == OPEN
    assert desk.open == list(reversed(targets))
    desk.proofs[TARGET] = Proof(target=str(TARGET), title="shown")
    answer = ask_desk(desk, "GET", f"/api/proof/{TARGET}")
    assert answer.json()["proof"]["title"] == "shown"
    assert desk.orders.qsize() == OPEN
    assert desk.open[0] == TARGET


def test_a_side_is_a_picture_of_the_file_that_was_proven(root: Path) -> None:
    """There are no others, and none of a target that is not open."""
    desk = desk_of(root)
    assert ask_desk(desk, "GET", f"/side/1/{TARGET}").status_code == 404
    desk.proofs[TARGET] = round_of(desk.session, TARGET)
    answer = ask_desk(desk, "GET", f"/side/1/{TARGET}")
    assert answer.headers["content-type"] == "image/png"
    for number in (0, 99):
        assert ask_desk(desk, "GET", f"/side/{number}/{TARGET}").status_code == 404


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/", 200, "tiny"),
        ("/proof/ar/tiny.sheet.A4", 200, 'data-beside="en/tiny.sheet.A4"'),
        ("/proof/ar/none.sheet.A4", 404, "no such leaflet"),
        ("/api/proof/ar/none.sheet.A4", 404, "no such leaflet"),
        ("/static/proof.js", 200, "querySelector"),
        ("/static/proof.css", 200, f"--accent:{ACCENT.screen};"),
        ("/static/site.css", 200, "{"),
        ("/static/other.js", 404, "no such file"),
    ],
)
def test_pages_and_what_they_load(
    root: Path, path: str, status: int, words: str
) -> None:
    """The source's page stands beside a translation."""
    answer = ask_desk(desk_of(root), "GET", path)
    assert answer.status_code == status
    assert words in answer.text


def edit(**changes: str) -> dict[str, str]:
    """Type another promise, as the page would send it."""
    return {
        "locale": "ar",
        "context": "",
        "source": "What a test needs.",
        "translation": "ما يحتاجه اختبار.",
        "seen": "ما يحتاجه الاختبار.",
        **changes,
    }


def test_a_translation_is_saved_or_its_problems_are_sent(project: Path) -> None:
    """As diagnostics, in the form that the page's problems have."""
    desk = desk_of(project)
    refused = ask_desk(desk, "POST", "/message", json=edit(translation="{people}"))
    assert (refused.status_code, refused.json()["saved"]) == (409, False)
    for problem in refused.json()["problems"]:
        assert Diagnostic.from_json(problem).subject.locale == "ar"
        assert problem["place"].startswith(str(AR))
    saved = ask_desk(desk, "POST", "/message", json=edit())
    assert (saved.status_code, saved.json()["saved"]) == (200, True)
    assert "ما يحتاجه اختبار." in (project / AR).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[]", 400),
        (b"{}", 400),
        (json.dumps({"locale": "ar"}).encode(), 400),
        (b"[" * 20_000 + b"]" * 20_000, 400),
        (b'{"a":' * 16_000 + b"1" + b"}" * 16_000, 400),
        (b"\xff\xfe", 400),
        (json.dumps(edit(translation="\ud800")).encode(), 400),
        (json.dumps(edit(context="\udc00")).encode(), 400),
        (json.dumps(edit() | {"translation": 5}).encode(), 400),
        (json.dumps(edit() | {"translation": None}).encode(), 400),
        (json.dumps(dict.fromkeys(edit(), "xx")).encode(), 404),
    ],
)
def test_what_is_no_translation_is_refused(
    root: Path, body: bytes, status: int
) -> None:
    """Any program can send anything."""
    answer = ask_desk(desk_of(root), "POST", "/message", content=body)
    assert answer.status_code == status
    assert answer.json()["problem"]


def test_a_project_that_broke_meanwhile_is_told(project: Path) -> None:
    """The page says it, and nothing is written."""
    desk = desk_of(project)
    app = desk_app(desk)
    typed = edit()
    before = (project / AR).read_bytes()
    change(project / "pyproject.toml", "[tool.leaflets]", "[tool.leaflets")
    answer = ask(app, "POST", "/message", json=typed)
    assert answer.status_code == 409
    assert [problem["code"] for problem in answer.json()["problems"]] == [
        "project-file"
    ]
    assert (project / AR).read_bytes() == before


@pytest.mark.parametrize(
    "problem", [KeyError("x"), RecursionError(), TypeError("y"), MemoryError()]
)
def test_whatever_goes_wrong_while_saving_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    """As an answer that the page understands; what was typed is still there."""

    def broken(root: Path) -> None:
        raise problem

    desk = desk_of(project)
    app = desk_app(desk)
    before = (project / AR).read_bytes()
    monkeypatch.setattr(module, "read_without_catalogs", broken)
    answer = ask(app, "POST", "/message", json=edit())
    assert (answer.status_code, answer.json()["saved"]) == (409, False)
    (told,) = answer.json()["problems"]
    assert told["code"] == "desk-save"
    assert type(problem).__name__ in told["message"]
    assert (project / AR).read_bytes() == before


def test_a_text_that_changed_meanwhile_is_sent_back(project: Path) -> None:
    """With the words that stand there now."""
    desk = desk_of(project)
    answer = ask_desk(desk, "POST", "/message", json=edit(seen="ما كان."))
    assert answer.status_code == 409
    assert answer.json()["now"] == "ما يحتاجه الاختبار."
    assert ask_desk(desk, "POST", "/message", json=edit()).json()["now"] is None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", f"/api/proof/{TARGET}"),
        ("GET", f"/proof/{TARGET}"),
        ("GET", f"/side/1/{TARGET}"),
        ("GET", "/events"),
        ("GET", "/static/proof.js"),
        ("POST", "/message"),
    ],
)
@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_page_cannot_make_the_desk_work(
    root: Path, method: str, path: str, site: str
) -> None:
    """Not even by a picture or a frame; nothing is ordered."""
    desk = desk_of(root)
    answer = ask_desk(desk, method, path, headers={"sec-fetch-site": site})
    assert answer.status_code == 403
    assert (desk.open, desk.orders.qsize(), desk.listeners) == ([], 0, 0)


def test_a_link_leads_to_the_list(root: Path) -> None:
    """From any page, as a person follows it."""
    visit = {
        "sec-fetch-site": "cross-site",
        "sec-fetch-mode": "navigate",
        "sec-fetch-dest": "document",
    }
    assert ask_desk(desk_of(root), "GET", "/", headers=visit).status_code == 200


def test_the_number_of_listeners_is_bounded(root: Path) -> None:
    """And one that has left makes room."""
    desk = desk_of(root)
    desk.listeners = LISTENERS
    assert ask_desk(desk, "GET", "/events").status_code == 503

    left = asyncio.Event()
    heard: list[tuple[bytes, int]] = []

    async def receive() -> Message:
        await left.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        if body := message.get("body"):
            heard.append((body, desk.listeners))
            desk.rounds += 1
            if desk.rounds == 2:
                left.set()

    scope = {
        "type": "http",
        "method": "GET",
        "path": "/events",
        "query_string": b"",
        "headers": [(b"host", b"localhost")],
    }
    desk.listeners = LISTENERS - 1
    asyncio.run(desk_app(desk)(scope, receive, send))
    assert heard == [(b"data: 0\n\n", LISTENERS), (b"data: 1\n\n", LISTENERS)]
    assert desk.listeners == LISTENERS - 1


@pytest.mark.parametrize(
    "problem", [KeyError("x"), RecursionError(), SystemExit(1), ZeroDivisionError()]
)
def test_a_round_that_breaks_off_is_a_problem_and_the_next_one_is_made(
    root: Path, monkeypatch: pytest.MonkeyPatch, problem: BaseException
) -> None:
    """The builder goes on: what is mended is shown, as if nothing had been."""
    desk = desk_of(root)
    broken = [True]
    made = module.round_of

    def sometimes(session: Session, target: Target) -> Proof:
        if broken[0]:
            raise problem
        return made(session, target)

    monkeypatch.setattr(module, "round_of", sometimes)
    stop = Event()
    thread = Thread(target=keep_building, args=(desk, stop))
    desk.open = [TARGET]
    thread.start()
    try:
        for count, state in enumerate((False, True, False), 1):
            broken[0] = state
            desk.orders.put((str(AR),))
            deadline = monotonic() + PATIENCE
            while desk.rounds < count and monotonic() < deadline:
                sleep(0.01)
            proof = desk.proofs[TARGET]
            # What was shown before stays on the page.
            assert proof.sha256
            assert proof.texts
            assert proof.earlier is state
            codes = [told["code"] for told in proof.problems]
            assert codes == (["engine-crash"] if state else [])
    finally:
        stop.set()
        thread.join(timeout=PATIENCE)


@pytest.mark.parametrize(
    ("reason", "code"),
    [("time", "too-slow"), ("memory", "worker-died"), ("died", "worker-died")],
)
def test_a_round_that_ends_its_process_is_a_problem(
    root: Path, monkeypatch: pytest.MonkeyPatch, reason: str, code: str
) -> None:
    """As a figure without end does."""
    desk = desk_of(root)
    desk.worker = Worker()
    monkeypatch.setattr(module, "run_limited", lambda *_: Stopped(reason))
    (told,) = proof_now(desk, TARGET).problems
    assert (told["code"], told["subject"]["locale"]) == (code, "ar")
    assert Diagnostic.from_json(told).code == code


def test_a_round_is_made_in_a_process_of_its_own(root: Path) -> None:
    """With the same proof as in this one."""
    desk = desk_of(root)
    with open_workers(1) as (desk.worker,):
        assert desk.worker
        proof = proof_now(desk, TARGET)
        assert proof == round_of(desk.session, TARGET)


def test_a_watch_that_breaks_off_is_told_and_begun_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every page, until it sees again; then everything is built anew."""
    watches = iter([OSError("no watches left"), [(), (str(AR),)], KeyError("x")])
    desk = desk_of(root)
    desk.proofs[TARGET] = Proof(target=str(TARGET))
    faults: list[int] = []
    stop = Event()

    def changes(*_: object) -> Any:
        watch = next(watches)
        if isinstance(watch, list):
            yield from watch
            return
        faults.append(len(desk.fault))
        raise watch

    def wait(_: float) -> bool:
        told = ask_desk(desk, "GET", f"/api/proof/{TARGET}").json()["proof"]
        assert [problem["code"] for problem in told["problems"]] == ["engine-crash"]
        if len(faults) == 2:
            stop.set()
        return False

    monkeypatch.setattr(module, "changes", changes)
    monkeypatch.setattr(stop, "wait", wait)
    keep_watching(desk, stop)
    assert faults == [0, 0]
    orders = [desk.orders.get_nowait() for _ in range(desk.orders.qsize())]
    assert [order for order in orders if order] == [("",), (str(AR),)]
    assert is_touched(TARGET, {""})
