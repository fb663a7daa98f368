"""What a build folder says of itself is computed anew, and what differs is told."""

import io
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pikepdf
import pytest

from desk import ZH, change, link_fonts, run
from leaflets.build.cache import CHECKED, read_texts, write_texts
from leaflets.build.front import analyse
from leaflets.build.manifest import (
    Entry,
    Manifest,
    Record,
    format_manifest,
    order_name,
    read_manifest,
    read_record,
    write_manifest,
    write_record,
)
from leaflets.digest import digest_bytes
from leaflets.files import format_list, read_list
from leaflets.pdf.read.inspect import inspect
from samples import ROOT
from tiny import write_project

PDF = "en/tiny.sheet.A4.pdf"
PRESS = "en/tiny.press.A4.pdf"
ORDER = "en/tiny.press.A4.order.pdf"
EDITION = """
[tool.leaflets.edition.press]
template = "sheet.html"
papers = ["A4"]
size = 12
smallest = 10
pages = 4
margin = 8
shops = ["europe"]
"""
SHOP = "[tool.leaflets.shop.europe]"
CLINICS = "id,name,phone,hours,address,interpreter,url,language,territory,locales\n"
CLINICS += "royal,Royal,1,,,,,en,GB,en\n"
BUILD = ("build", "--workers", "1")


@pytest.fixture(scope="module", name="whole")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an office file and a press file with its order sheet, a site and a clinic."""
    root = tmp_path_factory.mktemp("verify") / "project"
    write_project(root)
    link_fonts(root)
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    shop = settings[settings.index(SHOP) :].split("\n\n")[0]
    path = root / "pyproject.toml"
    change(path, 'locales = ["en", "ar", "zh_Hans"]', 'locales = ["en"]')
    change(
        path, "[tool.leaflets.clinic]", f"{EDITION}\n{shop}\n\n[tool.leaflets.clinic]"
    )
    (root / "clinics.csv").write_text(CLINICS, "utf-8")
    for command in (
        BUILD,
        ("clinics", str(root / "clinics.csv"), "--workers", "1"),
        ("site",),
    ):
        code, output = run(root, *command)
        assert code == 0, output
    return root


@pytest.fixture
def root(whole: Path, tmp_path: Path) -> Path:
    """Give a copy of its own to harm, without the site."""
    copy = tmp_path / "project"
    shutil.copytree(whole, copy, ignore=shutil.ignore_patterns("fonts", "site"))
    link_fonts(copy)
    return copy


def findings(root: Path, *words: str) -> list[tuple[str, str]]:
    """Verify; (place, message) of each error. No traceback, ever."""
    code, output = run(root, "verify", "--workers", "1", "--format", "json", *words)
    rows = json.loads(output)["diagnostics"]
    errors = [row for row in rows if row["severity"] == "error"]
    assert code == (1 if errors else 0), output
    return [(row["path"], row["message"]) for row in errors]


def flip(path: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_a_fresh_build_is_what_it_says(whole: Path) -> None:
    """Every digest, page, order sheet and page on screen comes out the same again."""
    code, output = run(whole, "verify", "--workers", "1")
    assert code == 0, output
    assert "2 files are what the manifest says (laid out again)" in output
    assert "only digests were compared: the list of clinics" in output
    assert "it is not signed" in output
    code, output = run(whole, "verify", "--quick")
    assert code == 0, output
    assert "(digests only, nothing was laid out again)" in output


# Ways to forge, by the tool's own functions: whoever can write into the folder has them.


def listed(root: Path, name: str) -> Entry:
    """Return the entry of a file."""
    manifest, _ = read_manifest(root / "build")
    return next(entry for entry in manifest.entries if entry.output == name)


def relist(root: Path, *entries: Entry, **head: str) -> None:
    """Write manifest and checksums with other entries, or with another head."""
    manifest, _ = read_manifest(root / "build")
    known = {entry.output: entry for entry in manifest.entries}
    known |= {entry.output: entry for entry in entries}
    changed: Manifest = replace(manifest, entries=tuple(known.values()), **head)
    assert write_manifest(root / "build", changed) == ()


def forge(root: Path, data: bytes, *, facts: bool) -> None:
    """Put another PDF in the place of a built one, and list it; measured, with `facts`."""
    entry = listed(root, PDF)
    (root / "build" / PDF).write_bytes(data)
    entry = replace(entry, sha256=digest_bytes(data), size=len(data))
    if facts:
        page = next(
            page for page in analyse(root).compositions if page.target == entry.target
        )
        record = read_record(root / "build", entry.fingerprint, page)
        assert record
        measured: Record = replace(record, pdf=inspect(data, record.layout, page))
        write_record(root / "build", entry.fingerprint, measured)
        entry = replace(entry, facts=measured.digest)
    relist(root, entry)


def drawn(root: Path, operators: bytes) -> bytes:
    """Draw something over the first page of the built file."""
    with pikepdf.open(root / "build" / PDF) as pdf:
        pdf.pages[0].contents_add(pikepdf.Stream(pdf, operators))
        return saved(pdf)


def saved(pdf: pikepdf.Pdf) -> bytes:
    stream = io.BytesIO()
    pdf.save(stream)
    return stream.getvalue()


def script(root: Path) -> None:
    """1: JavaScript that runs when the file is opened."""
    with pikepdf.open(root / "build" / PDF) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(
            S=pikepdf.Name.JavaScript, JS="app.alert(1)"
        )
        data = saved(pdf)
    forge(root, data, facts=False)


def attachment(root: Path) -> None:
    """2: a program in the file."""
    with pikepdf.open(root / "build" / PDF) as pdf:
        pdf.attachments["evil.exe"] = b"MZ"
        data = saved(pdf)
    forge(root, data, facts=False)


def overlay(root: Path) -> None:
    """3: white over the text."""
    forge(root, drawn(root, b"1 g 0 0 600 900 re f"), facts=True)


def box(root: Path) -> None:
    """4: a red box."""
    forge(root, drawn(root, b"1 0 0 rg 50 50 99 99 re f"), facts=True)


def stroke(root: Path) -> None:
    """5: one line more, as if it were a letter."""
    forge(root, drawn(root, b"0 G 100 100 m 100 110 l S"), facts=True)


def unmeasured(root: Path) -> None:
    """14: an overlay, listed, but not in the record of what was measured."""
    forge(root, drawn(root, b"1 g 0 0 600 900 re f"), facts=False)


def stray(name: str) -> Callable[[Path], None]:
    """6-10, 16: a file that nobody built."""

    def put(root: Path) -> None:
        path = root / "build" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-1.7")

    return put


def linked(name: str) -> Callable[[Path], None]:
    """12, 31: a link to the very bytes, in another place."""

    def put(root: Path) -> None:
        path = root / "build" / name
        away = root.parent / "away"
        path.rename(away)
        path.symlink_to(away)

    return put


def harmed(name: str, harm: Callable[[Path], object] = flip) -> Callable[[Path], None]:
    """13, 15, 17, 20: one byte, or the whole file."""

    def put(root: Path) -> None:
        harm(root / "build" / name)

    return put


def locale(root: Path) -> None:
    """19: a name in the manifest that leads out of the folder."""
    entry = listed(root, PDF)
    target = replace(entry.target, locale="../..")
    manifest, _ = read_manifest(root / "build")
    bad = replace(
        manifest, entries=(replace(entry, target=target, output=f"{target}.pdf"),)
    )
    (root / "build" / "manifest.json").write_bytes(format_manifest(bad))


def unknown_locale(root: Path) -> None:
    """33: a language that the project does not have."""
    entry = listed(root, PDF)
    target = replace(entry.target, locale="xx_YY")
    (root / "build" / "xx_YY").mkdir()
    shutil.copy(root / "build" / PDF, root / "build" / f"{target}.pdf")
    relist(root, replace(entry, target=target, output=f"{target}.pdf"))


def forged_order(root: Path) -> None:
    """22: another order sheet, listed."""
    entry = listed(root, PRESS)
    (root / "build" / ORDER).write_bytes(b"%PDF-1.7 ten thousand")
    relist(root, replace(entry, order=digest_bytes(b"%PDF-1.7 ten thousand")))


def forged_entry(**changes: object) -> Callable[[Path], None]:
    """24-26: what the manifest says of a file."""

    def put(root: Path) -> None:
        relist(root, replace(listed(root, PDF), **changes))  # type: ignore[arg-type]

    return put


def forged_bill(root: Path) -> None:
    """27: a bill of materials without a library, with its digest in the manifest."""
    path = root / "build" / "sbom.cdx.json"
    value = json.loads(path.read_text())
    value["components"].pop()
    path.write_text(json.dumps(value))
    relist(root, sbom=digest_bytes(path.read_bytes()))


def other_font(root: Path) -> None:
    """28: a font of the same name."""
    path = root / "build" / "fonts" / "NotoSans_400Regular.ttf"
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data + b"\0")


def record(root: Path) -> None:
    """29: what was measured, rewritten to nothing unusual, with its digest."""
    entry = listed(root, PDF)
    page = next(
        page for page in analyse(root).compositions if page.target == entry.target
    )
    stored = read_record(root / "build", entry.fingerprint, page)
    assert stored
    quiet = replace(
        stored, layout=replace(stored.layout, pages=stored.layout.pages + 1)
    )
    write_record(root / "build", entry.fingerprint, quiet)
    relist(root, replace(entry, facts=quiet.digest))


def clinic(root: Path) -> None:
    """30: another file for a clinic, with the list of its folder."""
    folder = root / "build" / "clinics"
    name = f"royal/{PDF}"
    (folder / name).write_bytes(b"%PDF-1.7")
    digests = read_list(folder, "SHA256SUMS") | {name: digest_bytes(b"%PDF-1.7")}
    (folder / "SHA256SUMS").write_bytes(format_list(digests))


@dataclass(frozen=True)
class Tampering:
    """What somebody did, where it is told, and what it takes to see it."""

    number: int
    harm: Callable[[Path], None]
    place: str
    """Below build/; empty where it is not seen, and said that it cannot be."""
    quick: bool = True
    """Whether digests alone show it."""


TAMPERINGS = (
    Tampering(1, script, PDF, quick=False),
    Tampering(2, attachment, PDF, quick=False),
    Tampering(3, overlay, PDF, quick=False),
    Tampering(4, box, PDF, quick=False),
    Tampering(5, stroke, PDF, quick=False),
    Tampering(6, stray("release/evil.pdf"), "release/evil.pdf"),
    Tampering(7, stray("en/sub/evil.pdf"), "en/sub/evil.pdf"),
    Tampering(8, stray("clinics/evil.pdf"), "clinics/evil.pdf"),
    Tampering(9, stray("en/tiny.html"), "en/tiny.html"),
    Tampering(10, stray(order_name(PDF)), order_name(PDF)),
    Tampering(
        11, lambda root: relist(root, commit="a" * 40), "manifest.json", quick=False
    ),
    Tampering(12, linked(PDF), PDF),
    Tampering(13, harmed(PDF), PDF),
    Tampering(14, unmeasured, PDF, quick=False),
    Tampering(15, harmed(PDF, Path.unlink), PDF),
    Tampering(16, stray("en/more.sheet.A4.pdf"), "en/more.sheet.A4.pdf"),
    Tampering(17, harmed("SHA256SUMS"), "SHA256SUMS"),
    Tampering(18, harmed("SHA256SUMS", Path.unlink), "SHA256SUMS"),
    Tampering(19, locale, "manifest.json"),
    Tampering(20, harmed("manifest.json"), "manifest.json"),
    Tampering(21, harmed(ORDER), ORDER),
    Tampering(22, forged_order, ORDER, quick=False),
    Tampering(23, harmed(f"clinics/royal/{PDF}"), f"clinics/royal/{PDF}"),
    Tampering(24, forged_entry(standing="approved"), PDF, quick=False),
    Tampering(25, forged_entry(pages=1), PDF, quick=False),
    Tampering(26, forged_entry(earlier=True), PDF, quick=False),
    Tampering(27, forged_bill, "sbom.cdx.json", quick=False),
    Tampering(28, other_font, "fonts/NotoSans_400Regular.ttf", quick=False),
    Tampering(29, record, PDF, quick=False),
    Tampering(30, clinic, "", quick=False),
    Tampering(31, linked("en"), "en"),
    Tampering(32, stray("en/.hidden.pdf"), "en/.hidden.pdf"),
    Tampering(33, unknown_locale, "xx_YY/tiny.sheet.A4.pdf", quick=False),
    Tampering(34, stray("wheels/evil.pdf"), "wheels/evil.pdf"),
    Tampering(35, harmed("sbom.cdx.json"), "sbom.cdx.json"),
)


@pytest.mark.parametrize("row", TAMPERINGS, ids=lambda row: str(row.number))
def test_every_tampering_is_told(root: Path, row: Tampering) -> None:
    """At its place: by digests where they show it, else because all is made again."""
    row.harm(root)
    place = f"build/{row.place}"
    quick = {path for path, _ in findings(root, "--quick")}
    assert (place in quick) is row.quick, quick
    if not row.quick:
        assert not quick
        found = {path for path, _ in findings(root)}
        assert found == ({place} if row.place else set())


def test_a_forged_verdict_changes_nothing(project: Path) -> None:
    """An invented number in a translation is refused, whatever the cache says of it."""
    change(project / ZH, "已经知道很多。", "已经知道77种。")
    run(project, "check")
    folder = project / "build"
    known = read_texts(folder)
    assert any(known.values())
    write_texts(folder, dict.fromkeys(known, ()))
    (folder / CHECKED).unlink()
    assert run(project, *BUILD, "--locale", "zh_Hans")[0] == 0
    places = [place for place, _ in findings(project)]
    assert places == ["build/zh_Hans/tiny.sheet.A4.pdf"]


def with_site(whole: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "project"
    shutil.copytree(whole, copy, ignore=shutil.ignore_patterns("fonts"))
    link_fonts(copy)
    if not (copy / "build/site/fonts").exists():
        shutil.copytree(whole / "build/site/fonts", copy / "build/site/fonts")
    return copy


def test_pages_on_screen_are_made_again(whole: Path, tmp_path: Path) -> None:
    """One changed by hand is told by its digest, one that is listed so all the same."""
    root = with_site(whole, tmp_path)
    site = root / "build" / "site"
    page = site / "en" / "tiny.html"
    page.write_text(page.read_text("utf-8").replace("Much", "All"), "utf-8")
    (site / "evil.html").write_text("x")
    assert [place for place, _ in findings(root, "--quick")] == [
        "build/site/en/tiny.html",
        "build/site/evil.html",
    ]
    (site / "evil.html").unlink()
    digests = read_list(site) | {"en/tiny.html": digest_bytes(page.read_bytes())}
    (site / ".files").write_bytes(format_list(digests))
    assert findings(root, "--quick") == []
    assert findings(root) == [
        (
            "build/site/en/tiny.html",
            "made again, it is not the page that was written",
        )
    ]


@pytest.mark.parametrize(
    "name",
    ["SHA256SUMS", "sbom.cdx.json", "manifest.json", ".facts", PDF, ORDER],
)
@pytest.mark.parametrize("harm", [flip, Path.unlink])
def test_the_next_build_mends_it(
    root: Path, name: str, harm: Callable[[Path], object]
) -> None:
    """One byte, or the whole file: `build` and `verify` do not send each other round."""
    path = root / "build" / name
    if path.is_dir():
        path = next(path.glob("*.json"))
    before = path.read_bytes()
    harm(path)
    assert run(root, *BUILD)[0] == 0
    if name != ".facts":  # it holds how long it took
        assert path.read_bytes() == before
    assert findings(root, "--quick") == []
    code, output = run(root, *BUILD)
    assert (code, "0 to do, 2 up to date" in output) == (0, True), output


def test_other_sources_are_told(root: Path) -> None:
    """A PDF that the sources would make otherwise now is told, and why."""
    change(root / "content/tiny.md", "Much is known.", "Little is known.")
    places = dict(findings(root))
    assert set(places) == {f"build/{PDF}", f"build/{PRESS}"}
    assert places[f"build/{PDF}"].startswith("the sources give another one now: page")


def test_other_tools_are_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another release of a library is named."""
    import leaflets.build.session

    real = leaflets.build.session.toolchain()
    other = tuple((name, "0" if name == "pango" else text) for name, text in real)
    monkeypatch.setattr(leaflets.build.session, "toolchain", lambda: other)
    assert (
        "build/manifest.json",
        "other tools are here now: pango",
    ) in findings(root)


def test_what_cannot_be_proven_is_said(root: Path) -> None:
    """Folders without a list, and a release inside of it, are named in notes."""
    for name in ("changes/ar.tiny.html", "wheels/leaflets-1.whl"):
        stray(name)(root)
    shutil.copytree(root / "build/en", root / "build/release/en")
    for name in ("manifest.json", "SHA256SUMS", "sbom.cdx.json"):
        shutil.copy(root / "build" / name, root / "build/release")
    code, output = run(root, "verify", "--quick")
    assert code == 0, output
    assert output.count("[not-verified]") == 4
    assert "build/changes: note: no list names its files" in output
    assert "build/release: note: only its digests were compared" in output
    (root / "build/release" / PDF).unlink()
    assert findings(root, "--quick") == [
        (f"build/release/{PDF}", "it is listed, but not there")
    ]
