"""What is settled is told again, and anything that changes is looked at again."""

import json
from pathlib import Path

import pytest

from desk import PDF, ZH, change, digests, run
from leaflets.build.cache import PARTS, Part, read_parts, write_parts
from leaflets.diagnostics import Location, warning
from leaflets.pages.composition import Target


@pytest.fixture
def built(project: Path) -> Path:
    """A project that was built whole."""
    assert run(project, "build", "--workers", "1")[0] == 0
    return project


def looks(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """Count the looks from now on: what was settled in each."""
    import leaflets.build.front

    seen: list[frozenset[str]] = []
    real = leaflets.build.front.analyse

    def analyse(*args, fresh=(), **options):  # type: ignore[no-untyped-def]
        seen.append(frozenset(fresh))
        return real(*args, fresh=fresh, **options)

    monkeypatch.setattr(leaflets.build.front, "analyse", analyse)
    return seen


def targets(project: Path, *words: str) -> dict[str, str]:
    """Build, and give the state of each target by its locale."""
    _, output = run(project, "build", "--workers", "1", "--format", "json", *words)
    return {row["locale"]: row["state"] for row in json.loads(output)["targets"]}


def test_nothing_changed_is_not_looked_at(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second build tells what the first one said, without a look at a catalog."""
    seen = looks(monkeypatch)
    assert targets(built) == dict.fromkeys(("ar", "en", "zh_Hans"), "kept")
    assert targets(built, "--locale", "ar") == {"ar": "kept"}
    assert seen == []


def test_a_changed_catalog_is_looked_at_alone(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other languages stay settled, their PDFs published and listed."""
    seen = looks(monkeypatch)
    before = digests(built)
    change(built / ZH, "已经知道很多。", "已经知道不少。")
    built_targets = targets(built)
    assert built_targets == {"ar": "kept", "en": "kept", "zh_Hans": "built"}
    assert seen == [frozenset({"ar", "en"})]
    after = digests(built)
    assert {path for path in before if before[path] != after[path]} == {
        PDF.format("zh_Hans")
    }
    assert targets(built) == dict.fromkeys(("ar", "en", "zh_Hans"), "kept")
    assert len(seen) == 1


@pytest.mark.parametrize(
    "path", ["templates/sheet.css", "content/tiny.md", "pyproject.toml"]
)
def test_what_all_share_unsettles_all(
    built: Path, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A template, the content or the project counts for every language."""
    seen = looks(monkeypatch)
    with (built / path).open("a", encoding="utf-8") as file:
        file.write("\n")
    targets(built)
    assert seen == [frozenset()]


def test_a_lost_or_changed_pdf_is_made_again(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Settled means that the very bytes are there."""
    seen = looks(monkeypatch)
    before = digests(built)
    (built / PDF.format("ar")).unlink()
    (built / PDF.format("en")).write_bytes(b"%PDF-1.7 something else")
    assert targets(built) == {"ar": "built", "en": "built", "zh_Hans": "kept"}
    assert seen == [frozenset({"zh_Hans"})]
    assert digests(built) == before


def test_a_lost_record_is_made_again(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was measured is a part of what is published."""
    seen = looks(monkeypatch)
    path = next((built / "build/.facts").glob("*.json"))
    path.write_bytes(path.read_bytes()[:-9])
    assert sorted(targets(built).values()) == ["built", "kept", "kept"]
    assert len(seen) == 1
    assert len(seen[0]) == 2


def test_some_targets_are_not_built_beside_a_damaged_manifest(built: Path) -> None:
    """It would list them alone; a whole build mends it, and one of a former version goes."""
    manifest, sums = (
        built / "build" / name for name in ("manifest.json", "SHA256SUMS")
    )
    before = sums.read_bytes()
    manifest.write_bytes(manifest.read_bytes().replace(b'"pages": 2', b'"pages": 3', 1))
    code, output = run(built, "build", "--workers", "1", "--locale", "en")
    assert (code, "[manifest-unreadable]" in output) == (1, True), output
    assert sums.read_bytes() == before
    assert run(built, "build", "--workers", "1")[0] == 0
    assert sums.read_bytes() == before
    manifest.write_bytes(b'{"version": 1}')
    assert run(built, "build", "--workers", "1", "--locale", "en")[0] == 0


def test_a_pair_stays_listed_when_it_is_not_named(built: Path) -> None:
    """A build of one leaflet takes none out of the checksums that it does not name."""
    edition = (
        '[tool.leaflets.edition.bilingual]\ntemplate = "bilingual.html"\n'
        'papers = ["A4"]\nsize = 12\nsmallest = 10\npages = 8\nmargin = 8\n'
        'beside = ["en"]\non_request = true\n'
    )
    head = "[tool.leaflets.clinic]\n"
    change(built / "pyproject.toml", head, f"{edition}\n{head}")
    pair = ("--edition", "bilingual", "--locale", "zh_Hans+ar")
    assert set(targets(built, *pair).values()) == {"built"}
    sums = built / "build" / "SHA256SUMS"
    name = "zh_Hans+ar/tiny.bilingual.A4.pdf"
    assert name in sums.read_text()
    assert targets(built, "--locale", "en", "--edition", "sheet", "--paper", "A4")
    assert name in sums.read_text()
    assert run(built, "verify", "--quick")[0] == 0


def test_a_part_built_in_between_is_looked_at_again(built: Path) -> None:
    """A build of one language, and its words changed back: the PDF is not of them."""
    before = digests(built)
    change(built / ZH, "已经知道很多。", "已经知道不少。")
    assert targets(built, "--locale", "zh_Hans") == {"zh_Hans": "built"}
    change(built / ZH, "已经知道不少。", "已经知道很多。")
    assert targets(built)["zh_Hans"] == "built"
    assert digests(built) == before


def test_what_was_not_asked_for_stays_as_it_is_listed(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Building one language neither looks at the others nor calls them earlier."""
    listed = (built / "build" / "SHA256SUMS").read_text()
    seen = looks(monkeypatch)
    change(built / ZH, "已经知道很多。", "已经知道不少。")
    change(built / "content" / "tiny.md", "Much is known.", "Much is known. ")
    assert targets(built, "--locale", "ar") == {"ar": "kept"}
    assert seen == [frozenset()]
    assert (built / "build" / "SHA256SUMS").read_text() == listed


def test_a_torn_memory_is_no_memory(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a file of what is settled is looked at again, and nothing is lost."""
    seen = looks(monkeypatch)
    path = built / "build" / PARTS
    path.write_bytes(path.read_bytes()[:-7])
    assert set(targets(built).values()) == {"kept"}
    assert seen == [frozenset()]


def test_another_day_is_looked_at_again(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signatures and waivers end with a day, so a settled part holds for one."""
    seen = looks(monkeypatch)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1800000000")
    targets(built)
    assert seen == [frozenset()]


def test_a_failing_language_is_never_settled(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What keeps a target from print, wrong or waiting, is told by every build."""
    change(built / ZH, "已经知道很多。", "")
    seen = looks(monkeypatch)
    for _ in range(2):
        code, output = run(built, "build", "--workers", "1")
        assert code == 0, output
        assert "untranslated" in output
        assert "1 of 3 waiting" in output
    assert seen == [frozenset({"ar", "en"})] * 2


def test_a_name_that_is_not_there_is_told(built: Path) -> None:
    """Asking for what the project lacks is a mistake, settled or not."""
    assert run(built, "build", "--locale", "xx")[0] == 2


def test_notes_are_told_again(tmp_path: Path) -> None:
    """Findings come back as they were, places and all."""
    target = Target("a", "ar", "sheet", "A4")
    finding = warning("c", "m", Location("locales/ar/x.po", 3, 2, 1), "h")
    parts = {"ar": Part("k", {target: (finding,)}, ("a.html",), (finding, finding))}
    assert write_parts(tmp_path, parts) is None
    assert read_parts(tmp_path) == parts
