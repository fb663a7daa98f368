"""The proof desk shows each text where it stands, and saves a translation or says why not."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from desk import AR
from leaflets.build.front import Front
from leaflets.build.manifest import read_manifest, read_record
from leaflets.diagnostics import Diagnostic, Location, Subject, error, warning
from leaflets.digest import digest_bytes
from leaflets.pages.composition import Target
from leaflets.sources.catalogs.catalog import read_catalog
from leaflets.sources.material import Material, read_without_catalogs
from leaflets.web.proof import (
    LONGEST,
    Edit,
    Proof,
    composition_of,
    problem_of,
    proof_of,
    save,
)

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
    assert shown.digest == digest_bytes((root / AR).read_bytes())
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
    assert (shown.sides, shown.sha256, shown.digest) == (0, "", "")


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


def edit(root: Path, **changes: str) -> Edit:
    """Type another promise, over the catalog as it is."""
    digest = digest_bytes((root / AR).read_bytes())
    typed = Edit("ar", "", PROMISE, "ما يحتاجه اختبار.", digest)
    return replace(typed, **changes)


def test_a_translation_is_saved(tiny: Path) -> None:
    """In its message and no other, without the fuzzy mark."""
    assert save(tiny, edit(tiny, translation=" ما يحتاجه. "), material(tiny)) == ()
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
        ({"digest": "0" * 64}, "desk-save"),
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
    diagnostics = save(tiny, edit(tiny, **change), material(tiny))
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
    diagnostics = save(tiny, edit(tiny), material(tiny))
    assert {diagnostic.code for diagnostic in diagnostics} == {"po-syntax"}
    assert path.read_bytes() == before
