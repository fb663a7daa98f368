"""What the checks said before is said again, or found anew; never lost."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from leaflets.build.cache import (
    TEXTS,
    Part,
    digest_published,
    fresh_parts,
    keys_of,
    page_key,
    read_pages,
    read_texts,
    rules_of,
    write_pages,
    write_texts,
)
from leaflets.build.front import analyse
from leaflets.build.manifest import Entry, Manifest, Record, write_record
from leaflets.diagnostics import Location, error
from leaflets.digest import Fingerprint
from leaflets.pages.composition import Target
from leaflets.pdf.facts import LayoutFacts, PdfFacts
from leaflets.sources.snapshot import Sources
from signing import catalog, change
from tiny import line_of

FOUND = {"ab": (error("unchanged", "it is", Location(""), "do"),), "cd": ()}


def test_verdicts_are_read_back(tmp_path: Path) -> None:
    """What was written is read, related places too."""
    known = dict(FOUND)
    known["ef"] = (FOUND["ab"][0].at(Location("")),)
    assert write_texts(tmp_path, known) is None
    assert read_texts(tmp_path) == known


@pytest.mark.parametrize("data", [b"", b"x", b"\n{}", b"\xff\n{}", b"{}\n[1]"])
def test_what_is_not_whole_is_forgotten(tmp_path: Path, data: bytes) -> None:
    """A cut or foreign file is no memory at all."""
    (tmp_path / TEXTS).parent.mkdir()
    (tmp_path / TEXTS).write_bytes(data)
    assert read_texts(tmp_path) == {}


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    """A finding cannot be taken out of the file unnoticed."""
    write_texts(tmp_path, FOUND)
    data = (tmp_path / TEXTS).read_bytes()
    (tmp_path / TEXTS).write_bytes(data.replace(b'"it is"', b'"it iz"'))
    assert read_texts(tmp_path) == {}


def test_findings_move_with_their_line(tiny: Path) -> None:
    """The same words at another line are told there, without being checked again."""
    change(catalog(tiny), "لا تستطيع البلع.", "تستطيع البلع.")
    first = analyse(tiny)
    assert [
        diagnostic.code for diagnostic in first.diagnostics if diagnostic.severity > 0
    ] == ["negation-parity"]
    path = catalog(tiny)
    path.write_text("# moved\n\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    second = analyse(tiny, known=first.verdicts)
    (finding,) = [
        diagnostic for diagnostic in second.diagnostics if diagnostic.severity > 0
    ]
    assert finding.location.line == line_of(path, "تستطيع البلع.")
    assert second.verdicts == first.verdicts


def test_what_is_no_longer_in_use_is_forgotten(tiny: Path) -> None:
    """The memory holds the texts of today, however many there were before."""
    first = analyse(tiny)
    change(catalog(tiny), "لا تستطيع التنفس.", "لا يمكنك التنفس.")
    second = analyse(tiny, known={**first.verdicts, "gone": ()})
    assert len(second.verdicts) == len(first.verdicts)
    assert "gone" not in second.verdicts


FILES = {
    "pyproject.toml": b"[tool.leaflets]",
    "content/a.md": b"words",
    "content/facts.toml": b"facts",
    "content/sources.toml": b"sources",
    "content/figures/f.svg": b"<svg/>",
    "templates/sheet.html": b"page",
    "templates/sheet.css": b"style",
    "profiles/fogra39.icc": b"inks",
    "reviews/ar/a.toml": b"signed",
    "locales/glossary.toml": b"terms",
    "locales/ar/LC_MESSAGES/messages.po": b"arabic",
    "locales/fr/LC_MESSAGES/messages.po": b"french",
    "locales/ar/doubts.toml": b"doubts",
}
NAMES = ("", "ar", "fr", "ar+fr")


def keys(
    files: dict[str, bytes] = FILES,
    day: date = date(2026, 1, 1),
    asked: tuple[str, ...] = (),
    tools: tuple[tuple[str, str], ...] = (("pango", "1.56"),),
    fonts: tuple[tuple[str, str], ...] = (("Noto", "ab"),),
) -> dict[str, str]:
    """Digest what the parts of a project of two languages are made from."""
    sources = Sources(Path("/nowhere"), files, day)
    return keys_of(sources, NAMES, asked=asked, tools=tools, fonts=fonts)


def changed(other: dict[str, str]) -> set[str]:
    """Name the parts whose keys are no longer what they were."""
    before = keys()
    return {name for name in NAMES if other[name] != before[name]}


@pytest.mark.parametrize("path", FILES)
def test_every_source_counts_for_the_parts_that_are_made_of_it(path: str) -> None:
    """A catalog and its doubts count for their language; all else counts for all."""
    own = path.startswith(("locales/ar/", "locales/fr/"))
    locale = path.split("/")[1] if own else ""
    expected = (
        {name for name in NAMES if locale in name.split("+")} if own else set(NAMES)
    )
    assert changed(keys({**FILES, path: b"other"})) == expected
    without = {name: data for name, data in FILES.items() if name != path}
    assert changed(keys(without)) == expected


def test_a_new_file_counts() -> None:
    """A second leaflet, or a catalog of a third language, is no part of the old keys."""
    assert changed(keys({**FILES, "content/b.md": b"more"})) == set(NAMES)
    more = {**FILES, "locales/de/LC_MESSAGES/messages.po": b"german"}
    assert changed(keys(more)) == set()


def test_the_day_the_tools_and_the_fonts_count_for_all() -> None:
    """Reviews end with a day; another engine or font sets other pages."""
    assert changed(keys(day=date(2026, 1, 2))) == set(NAMES)
    assert changed(keys(asked=("proof",))) == set(NAMES)
    assert changed(keys(tools=(("pango", "1.57"),))) == set(NAMES)
    assert changed(keys(fonts=(("Noto", "ac"),))) == set(NAMES)
    assert changed(keys()) == set()


def test_the_rules_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other checks or word lists may say something else of the same files."""
    before = keys()
    monkeypatch.setattr("leaflets.build.cache.rules", lambda: "other rules")
    other = keys()
    assert all(other[name] != before[name] for name in NAMES)


@pytest.mark.parametrize("name", ["checks/source.py", "languages/data/pl.toml"])
def test_rules_are_code_and_word_lists(tmp_path: Path, name: str) -> None:
    """A changed, a new and a lost file make other rules, as do other versions."""
    path = tmp_path / name
    path.parent.mkdir(parents=True)
    seen = [rules_of(tmp_path, ("3.11", "2.17"))]
    for data in (b"a", b"b"):
        path.write_bytes(data)
        seen.append(rules_of(tmp_path, ("3.11", "2.17")))
    path.rename(path.with_name("moved" + path.suffix))
    seen.append(rules_of(tmp_path, ("3.11", "2.17")))
    seen.append(rules_of(tmp_path, ("3.12", "2.17")))
    seen.append(rules_of(tmp_path, ("3.11", "2.18")))
    assert len(set(seen)) == len(seen)


def test_texts_and_pages_are_forgotten_under_other_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an older check said of a text or a page is not taken for today's word."""
    write_texts(tmp_path, FOUND)
    write_pages(tmp_path, ["a page"])
    assert read_pages(tmp_path) == {"a page"}
    monkeypatch.setattr("leaflets.build.cache.rules", lambda: "other rules")
    assert read_texts(tmp_path) == {}
    assert read_pages(tmp_path) == frozenset()


def test_a_page_is_known_by_what_it_is_made_from_and_what_was_measured(
    tmp_path: Path,
) -> None:
    """Other facts of the same page, or another page, have another key."""
    page, other = Fingerprint((("page", "1"),)), Fingerprint((("page", "2"),))
    unmeasured = page_key(tmp_path, page)
    record = Record(LayoutFacts(1), PdfFacts(), (), "", 0.0)
    assert write_record(tmp_path, page, record) is None
    measured = page_key(tmp_path, page)
    assert measured == page_key(tmp_path, page)
    assert len({unmeasured, measured, page_key(tmp_path, other)}) == 3


def test_a_part_is_fresh_only_with_all_its_files(tmp_path: Path) -> None:
    """Key, manifest, bytes and what lies beside: each of them can spoil it."""
    target = Target("a", "ar", "sheet", "A4")
    fingerprint = Fingerprint((("page", "1"),))
    entry = Entry(target, "ar/a.sheet.A4.pdf", "ab", 1, 1, fingerprint, "draft", "f")
    published = digest_published([target], {target: entry}, tmp_path)
    parts = {"ar": Part("key", {target: ()}, ("ar/order.html",), (), published)}
    sheet = tmp_path / "ar" / "order.html"
    sheet.parent.mkdir()
    sheet.write_bytes(b"order")
    whole = Manifest((entry,), (), (), "", "")
    there = {"ar": "key"}, tmp_path, whole, {entry.output: "ab"}

    assert fresh_parts(parts, *there) == {"ar"}
    for edit in ({"sha256": "cd"}, {"order": "ef"}):
        changed = {target: replace(entry, **edit)}
        digest = digest_published([target], changed, tmp_path)
        other = {"ar": replace(parts["ar"], published=digest)}
        assert not fresh_parts(other, *there)
    ordered = replace(entry, order="ef")
    digest = digest_published([target], {target: ordered}, tmp_path)
    with_order = {"ar": replace(parts["ar"], published=digest)}
    listed = Manifest((ordered,), (), (), "", "")
    there_too = {entry.output: "ab", "ar/a.sheet.A4.order.pdf": "ef"}
    assert fresh_parts(with_order, *there[:2], listed, there_too) == {"ar"}
    assert not fresh_parts(with_order, *there[:2], listed, {entry.output: "ab"})
    assert fresh_parts(parts, {"ar": "other"}, *there[1:]) == set()
    old = Manifest((replace(entry, earlier=True),), (), (), "", "")
    assert fresh_parts(parts, *there[:2], old, there[3]) == set()
    assert fresh_parts(parts, *there[:3], {entry.output: "ac"}) == set()
    sheet.unlink()
    assert fresh_parts(parts, *there) == set()
