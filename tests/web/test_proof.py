"""The proof desk shows each text where it stands, and saves a translation or says why not."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest

from desk import AR
from leaflets.build.front import Front
from leaflets.build.manifest import read_manifest, read_record
from leaflets.diagnostics import Diagnostic, Location, Subject, error, warning
from leaflets.digest import digest_bytes
from leaflets.pages.composition import Target
from leaflets.sources.catalogs.catalog import read_catalog
from leaflets.sources.material import Material, read_without_catalogs
from leaflets.web import proof as module
from leaflets.web.proof import (
    LONGEST,
    TRIES,
    Edit,
    Proof,
    Saved,
    composition_of,
    problem_of,
    proof_of,
    save,
)
from samples import PATIENCE

TARGET = Target("tiny", "ar", "sheet", "A4")
PROMISE = "What a test needs."


def proof(root: Path, front: Front, *diagnostics: Diagnostic) -> Proof:
    """Gather the proof of the Arabic sheet."""
    entry = read_manifest(root / "build")[0].entry(TARGET)
    composition = composition_of(front, TARGET)
    assert entry
    assert composition
    record = read_record(root / "build", entry.fingerprint, composition)
    assert record
    return proof_of(front, TARGET, entry, record, diagnostics)


def test_a_proof_names_its_file(root: Path, front: Front) -> None:
    """The bytes that are shown, their pages, and the language they are in."""
    shown = proof(root, front)
    data = (root / "build" / shown.output).read_bytes()
    assert (shown.sha256, shown.earlier) == (digest_bytes(data), False)
    assert (shown.language, shown.direction) == ("ar", "rtl")
    assert shown.title == "نشرة صغيرة"
    assert shown.sides > 0
    assert shown.ratio == round(297 / 210, 4)
    assert json.loads(json.dumps(shown.to_json()))["target"] == str(TARGET)


def test_every_passage_has_its_frame(root: Path, front: Front) -> None:
    """On the side where it stands, inside of it."""
    composition = composition_of(front, TARGET)
    assert composition
    places = proof(root, front).places
    assert {passage.key for passage in composition.passages} <= {
        place.key for place in places
    }
    for place in places:
        assert 0 <= place.left <= place.left + place.width <= 100
        assert 0 <= place.top <= place.top + place.height <= 100


def test_each_message_stands_once_with_what_shows_it(root: Path, front: Front) -> None:
    """In reading order, with its line, its notes and the room that is left."""
    texts = proof(root, front).texts
    assert [text.source for text in texts[:2]] == ["A tiny leaflet", PROMISE]
    assert len({(text.context, text.source) for text in texts}) == len(texts)
    promise = texts[1]
    assert (promise.translation, promise.state) == ("ما يحتاجه الاختبار.", "translated")
    assert promise.keys == ("promise",)
    line = (root / AR).read_text().splitlines()[promise.line - 1]
    assert line == 'msgstr "ما يحتاجه الاختبار."'
    assert promise.room.startswith("page 1: ")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"fuzzy": True}, "fuzzy"),
        ({"translation": ""}, "untranslated"),
        ({"translation": "", "fuzzy": True}, "untranslated"),
        ({"text": "Another."}, "untranslated"),
    ],
)
def test_the_state_of_a_message_is_told(
    root: Path, front: Front, change: dict[str, object], state: str
) -> None:
    """Fuzzy, empty, or not in the catalog at all."""
    material = front.material
    catalog = material.catalogs["ar"]
    messages = tuple(
        replace(one, **change) if one.text == PROMISE else one
        for one in catalog.messages
    )
    catalogs = {**material.catalogs, "ar": replace(catalog, messages=messages)}
    changed = replace(front, material=replace(material, catalogs=catalogs))
    texts = {text.source: text.state for text in proof(root, changed).texts}
    assert texts[PROMISE] == state
    assert set(texts.values()) == {"translated", state}


def test_the_source_has_nothing_to_translate(front: Front) -> None:
    """Its texts lead to the leaflet's own lines."""
    shown = proof_of(front, replace(TARGET, locale="en"), None, None, ())
    assert {text.state for text in shown.texts} == {"source"}
    assert {text.path for text in shown.texts} == {"content/tiny.md"}
    assert (shown.sides, shown.sha256) == (0, "")


def test_a_problem_leads_to_the_passage_on_its_line(root: Path, front: Front) -> None:
    """In the catalog or in the source; all else is about the whole."""
    promise = proof(root, front).texts[1]
    composition = composition_of(front, TARGET)
    assert composition
    source = next(one.source for one in composition.passages if one.key == "p1")
    shown = proof(
        root,
        front,
        warning("a", "words", Location(promise.path, promise.line, 4)),
        error("b", "words", source),
        error("c", "words", Location("pyproject.toml", 1)),
    )
    assert [problem["key"] for problem in shown.problems] == ["promise", "p1", ""]
    findings = {text.source: text.findings for text in shown.texts}
    assert findings[PROMISE] == ("warning: words [a]",)
    assert sum(map(len, findings.values())) == 1


def test_a_problem_is_a_diagnostic_as_programs_read_it() -> None:
    """The same keys as in the JSON of the commands, with place and passage."""
    diagnostic = error("a", "words", Location("x.po", 3, page=2), "hint")
    diagnostic = replace(diagnostic, subject=Subject(locale="ar"))
    problem = problem_of(diagnostic, "p1")
    assert Diagnostic.from_json(problem) == diagnostic
    assert (problem["place"], problem["key"]) == ("x.po:3 page 2", "p1")


def material(root: Path) -> Material:
    """Read all but the catalogs, as the desk does."""
    return read_without_catalogs(root)[0]


SEEN = "ما يحتاجه الاختبار."


def edit(**changes: str) -> Edit:
    """Type another promise, over the one that stands there."""
    return replace(Edit("ar", "", PROMISE, "ما يحتاجه اختبار.", SEEN), **changes)


def test_a_translation_is_saved(tiny: Path) -> None:
    """In its message and no other, without the fuzzy mark."""
    saved = save(tiny, edit(translation=" ما يحتاجه. "), material(tiny))
    assert saved == Saved(())
    catalog, diagnostics = read_catalog((tiny / AR).read_bytes(), str(AR), "ar")
    assert diagnostics == ()
    message = catalog.lookup("", PROMISE)
    assert message
    assert (message.translation, message.fuzzy) == ("ما يحتاجه.", False)
    title = catalog.lookup("", "A tiny leaflet")
    assert title
    assert title.translation == "نشرة صغيرة"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"seen": "ما كان."}, "desk-save"),
        ({"locale": "xx"}, "desk-save"),
        ({"source": "Not there."}, "desk-save"),
        ({"translation": "x" * (LONGEST + 1)}, "desk-save"),
        ({"translation": "{people} شخص"}, "placeholder-mismatch"),
        ({"translation": "<b>ما</b>"}, "html-in-translation"),
        ({"translation": ""}, "untranslated"),
    ],
)
def test_what_cannot_be_saved_is_told_of_its_language(
    tiny: Path, change: dict[str, str], code: str
) -> None:
    """And the catalog is as it was."""
    before = (tiny / AR).read_bytes()
    diagnostics = save(tiny, edit(**change), material(tiny)).diagnostics
    assert code in [diagnostic.code for diagnostic in diagnostics]
    locale = change.get("locale", "ar")
    assert {diagnostic.subject for diagnostic in diagnostics} == {
        Subject(locale=locale)
    }
    assert (tiny / AR).read_bytes() == before


def test_a_catalog_that_cannot_be_read_is_not_written(tiny: Path) -> None:
    """Or what could not be read would be lost."""
    path = tiny / AR
    path.write_text(path.read_text() + "\nmsgid broken\n", encoding="utf-8")
    before = path.read_bytes()
    diagnostics = save(tiny, edit(), material(tiny)).diagnostics
    assert {diagnostic.code for diagnostic in diagnostics} == {"po-syntax"}
    assert path.read_bytes() == before


TITLE = "A tiny leaflet"
TITLE_SEEN = "نشرة صغيرة"


def translations(root: Path) -> dict[str, str]:
    """Read the Arabic catalog from the disk."""
    catalog, diagnostics = read_catalog((root / AR).read_bytes(), str(AR), "ar")
    assert diagnostics == ()
    return {message.text: message.translation for message in catalog.messages}


def at_once(root: Path, edits: list[Edit]) -> list[Saved]:
    """Save several translations at the same moment, each in a thread of its own."""
    start = Barrier(len(edits))
    known = material(root)

    def one(edit: Edit) -> Saved:
        start.wait(PATIENCE)
        return save(root, edit, known)

    with ThreadPoolExecutor(len(edits)) as threads:
        return list(threads.map(one, edits))


def test_two_texts_that_are_saved_at_once_are_both_kept(tiny: Path) -> None:
    """Each is merged into the catalog as it is then."""
    other = Edit("ar", "", TITLE, "نشرة أصغر", TITLE_SEEN)
    for _ in range(4):
        before = (tiny / AR).read_bytes()
        assert at_once(tiny, [edit(), other]) == [Saved(()), Saved(())]
        now = translations(tiny)
        assert (now[PROMISE], now[TITLE]) == (edit().translation, other.translation)
        (tiny / AR).write_bytes(before)


def test_of_one_text_that_is_saved_twice_at_once_the_first_stays(tiny: Path) -> None:
    """The later is told what stands there, and may save over it knowingly."""
    edits = [edit(translation=f"ما يحتاجه {name}.") for name in ("سمير", "ليلى", "نور")]
    results = at_once(tiny, edits)
    stands = translations(tiny)[PROMISE]
    kept = [
        typed for typed, saved in zip(edits, results, strict=True) if saved.now is None
    ]
    assert [typed.translation for typed in kept] == [stands]
    refused = [saved for saved in results if saved.now is not None]
    assert [saved.now for saved in refused] == [stands, stands]
    for saved in refused:
        assert [finding.code for finding in saved.diagnostics] == ["desk-save"]
    again = replace(edits[0], translation="ما يحتاجه الجميع.", seen=stands)
    assert save(tiny, again, material(tiny)) == Saved(())
    assert translations(tiny)[PROMISE] == again.translation


def test_what_stands_there_already_is_saved(tiny: Path) -> None:
    """Two who mean the same do not stand in each other's way."""
    assert save(tiny, edit(translation=SEEN, seen="ما كان."), material(tiny)) == Saved(
        ()
    )


def writes_meanwhile(root: Path, times: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let another program change another text so many times, while one is checked."""
    check = module.check_catalog
    left = list(range(times))

    def meanwhile(*arguments: Any) -> Any:
        if left:
            number = left.pop()
            text = (root / AR).read_text(encoding="utf-8")
            old = translations(root)[TITLE]
            new = f"{TITLE_SEEN} {number}"
            (root / AR).write_text(text.replace(f'"{old}"', f'"{new}"'), "utf-8")
        return check(*arguments)

    monkeypatch.setattr(module, "check_catalog", meanwhile)


def test_what_another_program_writes_meanwhile_is_not_lost(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The save begins again with what is there then."""
    writes_meanwhile(tiny, TRIES - 1, monkeypatch)
    assert save(tiny, edit(), material(tiny)) == Saved(())
    now = translations(tiny)
    assert (now[PROMISE], now[TITLE]) == (edit().translation, f"{TITLE_SEEN} 0")


def test_a_catalog_that_is_written_all_the_time_is_told(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some day the save gives up, and writes nothing."""
    writes_meanwhile(tiny, TRIES, monkeypatch)
    (finding,) = save(tiny, edit(), material(tiny)).diagnostics
    assert (finding.code, finding.subject) == ("desk-save", Subject(locale="ar"))
    assert translations(tiny)[PROMISE] == SEEN
