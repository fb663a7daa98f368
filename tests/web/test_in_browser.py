"""The shelf, the proof desk and the print desk, in a real browser."""

import io
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pikepdf
import pytest
from playwright.sync_api import Browser, Page, expect

from browser import app, broken_rules, open_browser, shoot
from desk import AR, ROOT, change, link_fonts, run, validate
from images import png
from leaflets.pdf.read.raster import codes_seen
from leaflets.sources.catalogs.catalog import read_catalog
from samples import PATIENCE
from tiny import write_project

WANTED = ("trifold", "bilingual")


def editions() -> str:
    """Give the settings of two more editions, as this project has them."""
    text = (ROOT / "pyproject.toml").read_text()
    parts = re.split(r"(?m)^(?=\[)", text)
    heads = tuple(f"[tool.leaflets.edition.{name}]" for name in WANTED)
    return "\n" + "\n".join(one for one in parts if one.startswith(heads))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the tiny project with three editions."""
    root = tmp_path_factory.mktemp("screen") / "project"
    write_project(root)
    link_fonts(root)
    head = "\n[tool.leaflets.clinic]\n"
    change(root / "pyproject.toml", head, editions() + head)
    code, output = run(root, "build", "--workers", "1")
    assert code == 0, output
    assert run(root, "site")[0] == 0
    return root


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start one browser for all."""
    with open_browser() as made:
        yield made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Open an empty page that tells of errors."""
    made = browser.new_page(viewport={"width": 1400, "height": 900})
    errors: list[str] = []
    made.on("pageerror", lambda error: errors.append(str(error)))
    yield made
    made.close()
    assert errors == []


@pytest.fixture(scope="module")
def served(root: Path) -> Iterator[str]:
    """Serve shelf and print desk."""
    with app(root, "serve", "--drafts", "--workers", "2") as address:
        yield address


@pytest.fixture(scope="module")
def previewed(root: Path) -> Iterator[str]:
    """Run the proof desk."""
    with app(root, "preview") as address:
        yield address


PAGES = (
    "/index.html",
    "/ar/index.html",
    "/zh_Hans/index.html",
    "/en/tiny.html",
    "/ar/tiny.html",
    "/zh_Hans/tiny.html",
    "/ar/tiny.current.html",
    "/status.html",
    "/desk/en",
    "/desk/ar",
    "/desk/zh_Hans",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [360, 1400])
def test_every_page_can_be_used_by_all(
    served: str, page: Page, path: str, width: int
) -> None:
    """Axe finds nothing, on a telephone and on a desk; nothing is cut off sideways."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(served + path)
    for details in page.query_selector_all("details"):
        details.evaluate("one => { one.open = true }")
    shoot(page, f"{path.strip('/').replace('/', '-')}-{width}")
    assert broken_rules(page) == []
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width


@pytest.mark.parametrize("path", ["/index.html", "/ar/tiny.html", "/zh_Hans/tiny.html"])
def test_a_page_is_light_and_asks_nobody_else(
    served: str, page: Page, path: str
) -> None:
    """Less than 200 kB without fonts, and every request goes to the site itself."""
    asked: list[str] = []
    weight: list[int] = []
    page.on("request", lambda one: asked.append(one.url))

    def weigh(response: object) -> None:
        if not str(response.url).endswith(".ttf"):  # type: ignore[attr-defined]
            weight.append(len(response.body()))  # type: ignore[attr-defined]

    page.on("response", weigh)
    page.goto(served + path, wait_until="networkidle")
    assert sum(weight) < 200_000
    assert all(one.startswith((served, "data:")) for one in asked)


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_the_site_works_from_a_folder(root: Path, page: Page, locale: str) -> None:
    """Offline, opened as a file: own fonts, own direction, search as well."""
    place = root / "build/site" / locale / "index.html"
    page.goto(place.as_uri())
    assert page.evaluate("document.fonts.ready.then(fonts => fonts.size)") > 0
    direction = "rtl" if locale == "ar" else "ltr"
    assert page.evaluate("getComputedStyle(document.body).direction") == direction
    page.fill("#search", "tiny")
    expect(page.locator(".results li")).to_have_count(3)


@pytest.mark.parametrize(
    ("typed", "language"),
    [("نشرة", "ar"), ("نشره", ""), ("小", "zh-Hans"), ("TINY leaf", "en"), ("zzz", "")],
)
def test_search_finds_every_script(
    served: str, page: Page, typed: str, language: str
) -> None:
    """Words of any language find the leaflet in that language; nothing is told so."""
    page.goto(served + "/index.html")
    page.fill("#search", typed)
    if language:
        expect(page.locator(f'.results a[lang="{language}"]')).to_have_count(1)
        shoot(page, f"search-{language}")
    else:
        expect(page.locator(".none")).to_have_text("No leaflet was found.")


def ask(page: Page, server: str, locale: str, /, **values: str) -> None:
    """Fill the form of the print desk in."""
    page.goto(f"{server}/desk/{locale}")
    for name, value in values.items():
        field = page.locator(f"#{name}")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)


def downloaded(page: Page) -> bytes:
    """Press the button, and take what comes."""
    with page.expect_download(timeout=60_000) as waiting:
        page.click('button[value="pdf"]')
    return Path(waiting.value.path()).read_bytes()


def test_a_clinic_makes_a_folded_sheet(served: str, page: Page, tmp_path: Path) -> None:
    """A Letter trifold with name, telephone, logo and code; it passes veraPDF."""
    ask(
        page,
        served,
        "ar",
        first="ar",
        edition="trifold",
        paper="Letter",
        name="مستشفى المثال",
        phone="+20 2 0000 0000",
        url="https://example.org/ms",
    )
    page.set_input_files(
        "#logo", {"name": "logo.png", "mimeType": "image/png", "buffer": png()}
    )
    page.click('button[value="show"]')
    expect(page.locator(".made img")).to_have_count(2, timeout=60_000)
    shoot(page, "desk-made-ar")
    assert broken_rules(page) == []
    data = downloaded(page)
    path = tmp_path / "made.pdf"
    path.write_bytes(data)
    assert validate([path])["failed"] == {}
    assert validate([path], "PDFA-2A")["failed"] == {}
    with pikepdf.open(io.BytesIO(data)) as pdf:
        width, height = (float(one) for one in pdf.pages[0].trimbox[2:])
        assert (round(width), round(height)) == (792, 612)
        assert "/ClinicLogo" in str(
            [page.obj.Resources.get("/XObject", {}) for page in pdf.pages]
        )
    assert "https://example.org/ms" in [one.text for one in codes_seen(data)]


def test_a_clinic_makes_a_leaflet_in_two_languages(
    served: str, page: Page, tmp_path: Path
) -> None:
    """Arabic beside English on A4, built at the desk for it was not there before."""
    ask(page, served, "en", first="ar", second="en", paper="A4", name="Example")
    path = tmp_path / "made.pdf"
    path.write_bytes(downloaded(page))
    assert validate([path])["failed"] == {}
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        languages = {
            str(one.Lang)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and "/Lang" in one
        }
    assert {"ar", "en"} <= languages


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "مستشفى" * 30, "هذا أطول من سطره: عيادتك"),
        ("phone", "call us", "صحّح هذا من فضلك: الهاتف"),
        ("url", "http://example.org", "https://"),
        ("address", "𐎠𐎡𐎢", "لا يمكن طباعة هذه الحروف"),
    ],
)
def test_what_cannot_be_printed_is_told_in_the_readers_language(
    served: str, page: Page, field: str, value: str, words: str
) -> None:
    """The form stays filled in, and names what to mend."""
    values = {"first": "ar", "name": "مستشفى"} | {field: value}
    ask(page, served, "ar", **values)
    # The browser's own check of addresses would speak first.
    page.locator("form[method=post]").evaluate("one => { one.noValidate = true }")
    page.click('button[value="pdf"]')
    expect(page.locator(".problems")).to_contain_text(words, timeout=60_000)
    expect(page.locator(f"#{field}")).to_have_value(value)
    shoot(page, f"desk-wrong-{field}")
    assert broken_rules(page) == []


def form(name: str = "Example", **more: str) -> dict[str, str]:
    """Give a form that is right."""
    return {
        "leaflet": "tiny",
        "first": "en",
        "second": "",
        "edition": "sheet",
        "paper": "A4",
        "name": name,
        "do": "pdf",
        **more,
    }


def test_a_bad_logo_is_told(served: str) -> None:
    """A picture that is none is told in the reader's language."""
    files = {"logo": ("logo.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")}
    sent = httpx.post(
        f"{served}/desk/zh_Hans",
        data=form(),
        files=files,
        headers={"origin": served},
        timeout=60,
    )
    assert sent.status_code == 422
    assert "标志不能打印" in sent.text


def test_many_at_once_are_all_served(served: str) -> None:
    """200 requests of 50 visitors at the same time: none is lost, each has its own name."""

    def one(number: int) -> tuple[int, bool]:
        name = f"Clinic {number}"
        # As the web server in front of it tells whom it asks for.
        visitor = f"192.0.2.{number % 50}"
        made = httpx.post(
            f"{served}/desk/en",
            data=form(name),
            headers={"origin": served, "x-forwarded-for": visitor},
            timeout=120,
        )
        with pikepdf.open(io.BytesIO(made.content)) as pdf:
            drawn = b"".join(
                part.read_bytes() for page in pdf.pages for part in page.obj.Contents
            )
        return made.status_code, f"({name})".encode() in drawn

    with ThreadPoolExecutor(200) as pool:
        results = list(pool.map(one, range(200)))
    assert results == [(200, True)] * 200
    assert httpx.get(f"{served}/line/none").json() == {"place": 0}


def test_nothing_typed_is_kept(served: str, root: Path) -> None:
    """No file of the project holds the name that was typed, in any form."""
    secret = "Zyzzogeton Clinic"
    made = httpx.post(
        f"{served}/desk/en", data=form(secret), headers={"origin": served}, timeout=60
    )
    assert made.status_code == 200
    for path in root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            assert secret.encode() not in path.read_bytes(), path


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"host": "evil.example"}, 400),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({}, 403),
    ],
)
@pytest.mark.parametrize("path", ["/desk/en", "/message"])
def test_other_sites_cannot_post(
    request: pytest.FixtureRequest, path: str, headers: dict[str, str], status: int
) -> None:
    """Neither app takes anything from a page of somebody else's."""
    address = request.getfixturevalue("served" if "desk" in path else "previewed")
    assert (
        httpx.post(address + path, data=form(), headers=headers).status_code == status
    )


@pytest.mark.parametrize(
    "path",
    [
        "/../../pyproject.toml",
        "/%2e%2e/%2e%2e/pyproject.toml",
        "/en/%2e%2e/%2e%2e/manifest.json",
        "/.lock",
        "/files/none.pdf",
    ],
)
def test_nothing_outside_the_site_is_served(served: str, path: str) -> None:
    """Paths that climb lead nowhere."""
    assert httpx.get(served + path).status_code == 404


def test_a_body_without_end_is_refused(served: str) -> None:
    """Too much is told by its length, and cut off where no length is given."""
    much = b"x" * 9_000_000
    headers = {"origin": served, "content-type": "multipart/form-data; boundary=x"}
    try:
        told = httpx.post(f"{served}/desk/en", content=much, headers=headers)
        assert told.status_code == 413
    except httpx.TransportError:
        pass  # closed while it was still being sent
    assert httpx.get(f"{served}/index.html").status_code == 200


def test_pages_load_nothing_from_elsewhere(served: str, previewed: str) -> None:
    """The policy is sent with every page of both apps."""
    for address in (served, f"{served}/desk/en", previewed):
        sent = httpx.get(address).headers
        assert "default-src 'none'" in sent["content-security-policy"]
        assert sent["x-content-type-options"] == "nosniff"


def open_proof(page: Page, address: str, target: str = "ar/tiny.sheet.A4") -> None:
    """Open a target at the proof desk and wait for its pages."""
    page.goto(f"{address}/proof/{target}")
    page.wait_for_selector("#own .side[data-shown]", timeout=60_000)


def test_the_proof_desk_can_be_used_by_all(previewed: str, page: Page) -> None:
    """Axe finds nothing on its list and on its pages."""
    page.goto(previewed)
    assert broken_rules(page) == []
    shoot(page, "preview-list")
    open_proof(page, previewed)
    page.click('#own .spot[data-key="p1"]')
    shoot(page, "preview-proof")
    assert broken_rules(page) == []


def test_a_click_shows_the_message_behind_a_text(previewed: str, page: Page) -> None:
    """Source, translation, its line in the catalog, and the room that is left."""
    open_proof(page, previewed)
    page.wait_for_selector('#beside .spot[data-key="p1"]', timeout=60_000)
    page.click('#own .spot[data-key="p1"]')
    message = page.locator("#message")
    expect(message.locator(".source")).to_contain_text("About {people} people")
    expect(message.locator("textarea")).to_have_value(re.compile("يعيش نحو"))
    expect(message.locator(".place")).to_contain_text(f"{AR.as_posix()}:")
    expect(message.locator(".notes")).to_contain_text("mm left")
    expect(page.locator('#beside .spot[data-key="p1"]')).to_have_class(
        re.compile("picked")
    )
    page.hover('#own .spot[data-key="title"]')
    expect(page.locator('#beside .spot[data-key="title"]')).to_have_class(
        re.compile("over")
    )


def shown(page: Page) -> str:
    """Give the digest of the PDF that is on screen."""
    return str(page.locator("#own .side").first.get_attribute("data-shown"))


def wait_for_news(page: Page, before: str) -> None:
    """Wait until another PDF is on screen."""
    page.wait_for_function(
        "was => document.querySelector('#own .side').dataset.shown !== was",
        arg=before,
        timeout=60_000,
    )


def test_a_saved_catalog_is_on_screen_at_once(
    previewed: str, page: Page, root: Path
) -> None:
    """The translator's editor saves; the page changes and stays where it was."""
    open_proof(page, previewed)
    page.evaluate("document.getElementById('own').scrollTop = 120")
    words, seconds = ["فريقك اليوم.", "فريقك غدًا.", "فريقك دائمًا.", "فريقك."], []
    for old, new in zip(["فريقك.", *words], words, strict=False):
        before = shown(page)
        start = time.perf_counter()
        change(root / AR, f"**اسأل** {old}", f"**اسأل** {new}")
        wait_for_news(page, before)
        seconds.append(time.perf_counter() - start)
    assert page.evaluate("document.getElementById('own').scrollTop") == 120
    print(f"save to page: {[round(one, 2) for one in seconds]}")


def test_a_translation_is_saved_from_the_desk(
    previewed: str, page: Page, root: Path
) -> None:
    """Checked, written as the house writes catalogs, and on screen."""
    open_proof(page, previewed)
    before, was = (root / AR).read_bytes(), shown(page)
    page.click('#own .spot[data-key="promise"]')
    page.fill("#words", "ما يحتاجه أي اختبار.")
    page.click("#message form button")
    expect(page.locator(".saved")).to_contain_text("saved")
    wait_for_news(page, was)
    old, new = (
        {
            one.text: one.translation
            for one in read_catalog(data, "ar", "ar")[0].messages
        }
        for data in (before, (root / AR).read_bytes())
    )
    assert {text for text in old if old[text] != new[text]} == {"What a test needs."}
    assert new["What a test needs."] == "ما يحتاجه أي اختبار."


def test_what_is_wrong_is_not_saved(previewed: str, page: Page, root: Path) -> None:
    """A lost placeholder is told, and the file is as it was."""
    open_proof(page, previewed)
    before = (root / AR).read_bytes()
    page.click('#own .spot[data-key="p1"]')
    page.fill("#words", "يعيش كثير من الناس مع التصلب المتعدد. **اسأل** فريقك.")
    page.click("#message form button")
    expect(page.locator(".saved")).to_contain_text("not saved")
    expect(page.locator(".saved")).to_contain_text("people")
    assert (root / AR).read_bytes() == before
    # What was typed is there again when the text is.
    typed = page.locator("#words").input_value()
    page.click('#own .spot[data-key="title"]')
    expect(page.locator("#words")).not_to_have_value(typed)
    page.click('#own .spot[data-key="p1"]')
    expect(page.locator("#words")).to_have_value(typed)


def test_two_editors_do_not_overwrite_each_other(previewed: str, root: Path) -> None:
    """Who typed over an older state of a text is told, and nothing is lost."""
    before = (root / AR).read_bytes()
    value = {
        "locale": "ar",
        "context": "",
        "source": "What a test needs.",
        "translation": "شيء آخر.",
        "seen": "ما كان.",
    }
    sent = httpx.post(
        f"{previewed}/message",
        json=value,
        headers={"origin": previewed},
        timeout=PATIENCE,
    )
    assert sent.status_code == 409
    (problem,) = sent.json()["problems"]
    assert "changed meanwhile" in problem["message"]
    assert problem["code"] == "desk-save"
    assert problem["subject"] == {"locale": "ar"}
    assert (root / AR).read_bytes() == before


def test_what_is_typed_does_not_replace_what_was_saved_meanwhile(
    previewed: str, page: Page, root: Path
) -> None:
    """Words stay in the field, the newer ones are shown, and the second push saves."""
    data = (root / AR).read_bytes()
    try:
        open_proof(page, previewed)
        page.click('#own .spot[data-key="promise"]')
        before = shown(page)
        page.fill("#words", "ما يحتاجه اختبار واحد.")
        old = message_of(root, "What a test needs.")
        change(root / AR, f'msgstr "{old}"', 'msgstr "ما يريده الاختبار."')
        wait_for_news(page, before)
        expect(page.locator("#words")).to_have_value("ما يحتاجه اختبار واحد.")
        expect(page.locator("#message .notes")).to_contain_text("ما يريده الاختبار.")
        page.click("#message form button")
        expect(page.locator(".saved")).to_contain_text("changed meanwhile")
        expect(page.locator(".saved")).to_contain_text("it is now: ما يريده الاختبار.")
        assert message_of(root, "What a test needs.") == "ما يريده الاختبار."
        page.click("#message form button")
        expect(page.locator(".saved")).to_have_text(re.compile("^saved"))
        assert message_of(root, "What a test needs.") == "ما يحتاجه اختبار واحد."
    finally:
        (root / AR).write_bytes(data)


def message_of(root: Path, text: str) -> str:
    """Read one Arabic translation from the disk."""
    catalog, _ = read_catalog((root / AR).read_bytes(), "ar", "ar")
    return next(one.translation for one in catalog.messages if one.text == text)


def test_both_languages_of_a_row_light_up(previewed: str, page: Page) -> None:
    """On a bilingual sheet the second column belongs to the same message."""
    open_proof(page, previewed, "ar+en/tiny.bilingual.A4")
    page.hover('#own .spot[data-key="x-p1"]')
    for key in ("p1", "x-p1"):
        spot = page.locator(f'#own .spot[data-key="{key}"]')
        expect(spot).to_have_class(re.compile("over"))
    page.click('#own .spot[data-key="x-p1"]')
    expect(page.locator("#message textarea")).to_have_value(re.compile("يعيش نحو"))
    shoot(page, "preview-bilingual")


def test_a_hostile_translation_stays_text(
    previewed: str, page: Page, root: Path
) -> None:
    """A catalog can put no element and no script on the desk's pages."""
    data = (root / AR).read_bytes()
    try:
        open_proof(page, previewed)
        change(root / AR, "ما يحتاجه", "<img src=x onerror=alert(1)> ما يحتاجه")
        problem = page.locator("#problems li").first
        expect(problem).to_be_visible(timeout=60_000)
        assert page.locator("aside img, aside script").count() == 0
        shoot(page, "preview-problem")
    finally:
        (root / AR).write_bytes(data)


def test_problems_lead_to_their_place(previewed: str, page: Page, root: Path) -> None:
    """An empty msgstr is listed, filtered, and told; the last good page stays."""
    data = (root / AR).read_bytes()
    try:
        open_proof(page, previewed)
        text = data.decode()
        start = text.index('msgid "What a test needs."')
        line = text.index("msgstr", start)
        end = text.index("\n", line)
        (root / AR).write_text(text[:line] + 'msgstr ""' + text[end:])
        expect(page.locator("#problems")).to_contain_text(
            "untranslated", timeout=60_000
        )
        expect(page.locator("#told")).to_contain_text("cannot be printed")
        page.click('[data-filter="untranslated"]')
        expect(page.locator("#texts li")).to_have_count(1)
        assert page.locator("#own .side img").count() > 0
    finally:
        (root / AR).write_bytes(data)
