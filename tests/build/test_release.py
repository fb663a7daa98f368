"""Releases: what people approved and nothing else, apart from drafts."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from leaflets.build.front import analyse
from leaflets.cli.main import main
from leaflets.pages.composition import Composition
from leaflets.sources import snapshot
from signing import EPOCH, NAMES, approve, catalog, change, sign
from tiny import line_of

LinkFonts = Callable[[Path], None]


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the machine's clock, so that what is approved here never ages."""
    monkeypatch.setattr(snapshot, "read_clock", lambda: date(2026, 1, 3))


def release(root: Path, *words: str) -> Result:
    """Run the command that CI runs on a tag."""
    command = ["build", "--release", "--workers", "1", "--project", str(root), *words]
    return CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH}).invoke(main, command)


def pdfs(root: Path) -> list[str]:
    """List what lies in the release folder."""
    folder = root / "build" / "release"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf"))


def composed(root: Path) -> Composition:
    """Compose the Arabic sheet as it stands now."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        (arabic,) = [
            composition
            for composition in analyse(root).compositions
            if composition.target.locale == "ar"
        ]
    return arabic


@pytest.fixture
def ready(tiny: Path, with_fonts: LinkFonts) -> Path:
    with_fonts(tiny)
    path = tiny / "pyproject.toml"
    change(path, 'publisher = ""', 'publisher = "PLACEHOLDER publisher"')
    change(path, 'funding = ""', 'funding = "PLACEHOLDER funding"')
    return tiny


def rows(result: Result) -> dict[str, str]:
    """Read what became of each language's sheet from a build's JSON."""
    return {row["locale"]: row["state"] for row in json.loads(result.stdout)["targets"]}


def codes(result: Result) -> list[tuple[str, str]]:
    """Read code and severity of each finding from a build's JSON."""
    findings = json.loads(result.stdout)["findings"]["diagnostics"]
    return [(found["code"], found["severity"]) for found in findings]


def test_nothing_approved_is_nothing_released(ready: Path) -> None:
    """Each language that is lost is named, with the reason; the exit code is 1."""
    result = release(ready)
    assert result.exit_code == 1
    assert pdfs(ready) == []
    for name, language in (("en", "English"), ("ar", "Arabic")):
        place = f"reviews/{name}/tiny.toml: waiting"
        assert f'{place}: "tiny" in {language} is not released: no ' in result.output
    assert "[not-approved]" in result.output
    assert "3 of 3 waiting" in result.output
    assert "there is nothing else" in result.output


def test_only_what_is_approved_is_released(ready: Path) -> None:
    """The approved language without a DRAFT line and with its names; drafts wait."""
    approve(ready, "en", "ar")
    result = release(ready)
    assert pdfs(ready) == ["ar/tiny.sheet.A4.pdf", "en/tiny.sheet.A4.pdf"]
    assert result.exit_code == 0, result.output
    assert "1 of 3 waiting" in result.output
    assert "Chinese (Simplified) is not released" in result.output
    assert "Arabic is not released" not in result.output
    asked = release(ready, "--locale", "ar", "--locale", "en")
    assert asked.exit_code == 0, asked.output
    assert (
        release(ready, "--locale", "zh_Hans").exit_code == 1
    )  # nothing of it is there
    manifest = json.loads((ready / "build/release/manifest.json").read_text())
    assert {entry["standing"] for entry in manifest["entries"]} == {"approved"}


def test_an_approved_page_names_who_answers_for_it(ready: Path) -> None:
    """The imprint carries names and credentials of every role, and no DRAFT line stands."""
    approve(ready, "en", "ar")
    sign(ready, "ar", "translator", method="machine draft revised")
    arabic = composed(ready)
    texts = {passage.key: passage.text for passage in arabic.passages}
    for key, role in (
        ("i-clinician", "Clinician"),
        ("i-method", "Translator"),
        ("i-reviser", "Reviser"),
        ("i-layout", "Layout"),
    ):
        assert f"Placeholder {role}" in texts[key]
        assert "test only" in texts[key]
    for role, name in NAMES.items():
        assert any(name in text for text in texts.values()), role
    assert "الآلية" in texts["i-method"]
    assert not any("DRAFT" in text or "مسودة" in text for text in arabic.furniture)


def test_a_revised_page_is_still_a_draft(ready: Path) -> None:
    """Two linguists do not replace the clinician; the page no longer says machine."""
    sign(ready, "ar", "translator")
    sign(ready, "ar", "reviser")
    arabic = composed(ready)
    assert arabic.standing == "revised"
    assert any("مسودة" in text and "آلية" not in text for text in arabic.furniture)


def test_a_doubt_keeps_a_leaflet_from_release(ready: Path) -> None:
    """An open warning is mended or waived first, even if all have signed."""
    change(catalog(ready), "ما هو معروف", "ما هو معروف؟")
    approve(ready, "en", "ar")
    result = release(ready, "--locale", "ar")
    assert result.exit_code == 1
    assert "1 warning is open, at locales/ar/" in result.output
    assert pdfs(ready) == []
    path = ready / "pyproject.toml"
    waiver = (
        '[[tool.leaflets.waiver]]\ncode = "end-punctuation"\nwhere = "locales/ar/"\n'
        'reason = "a test"\nuntil = 2027-01-01\n'
    )
    path.write_text(path.read_text(encoding="utf-8") + waiver, encoding="utf-8")
    approve(ready, "en", "ar")  # who signs answers for what is waived, too
    assert release(ready, "--locale", "ar").exit_code == 0
    assert pdfs(ready) == ["ar/tiny.sheet.A4.pdf"]


def test_a_draft_claims_no_clinician(ready: Path) -> None:
    """A clinician who signed before the others is not named under a DRAFT line."""
    sign(ready, "ar", "clinician")
    sign(ready, "ar", "layout")
    arabic = composed(ready)
    assert arabic.standing == "draft"
    assert not any("Placeholder" in passage.text for passage in arabic.passages)


def test_what_loses_its_approval_leaves_the_release(ready: Path) -> None:
    """A word changed after the signature: the file goes, and it is said why."""
    approve(ready, "en", "ar")
    release(ready)
    change(catalog(ready), "لا تستطيع البلع.", "لا يمكنك البلع.")
    result = release(ready, "--locale", "en")
    assert result.exit_code == 0, result.output
    assert pdfs(ready) == ["en/tiny.sheet.A4.pdf"]
    outcome = release(ready, "--locale", "ar")
    assert outcome.exit_code == 1
    assert "1 part is not as the clinician signed on 2026-01-03" in outcome.output
    line = line_of(catalog(ready), "لا يمكنك البلع.")
    assert f"¶ 2 (locales/ar/LC_MESSAGES/messages.po:{line})" in outcome.output


def test_an_error_does_not_take_a_released_file(ready: Path) -> None:
    """What is broken keeps the new file from print; the released one stays."""
    approve(ready, "en")
    release(ready, "--locale", "en")
    path = ready / "pyproject.toml"
    change(path, 'funding = "PLACEHOLDER funding"', 'funding = ""')
    approve(ready, "en")
    result = release(ready, "--locale", "en")
    assert result.exit_code == 1
    assert "imprint-unnamed" in result.output
    assert pdfs(ready) == ["en/tiny.sheet.A4.pdf"]


def test_proofs_are_made_on_request(ready: Path) -> None:
    """A build makes no proofs; asked for, they stay until asked for again."""
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH})
    project = (ready / "pyproject.toml").read_text(encoding="utf-8")
    table = (
        '[tool.leaflets.edition.proof]\ntemplate = "proof.html"\npapers = ["A4"]\n'
        "size = 11\nsmallest = 9\npages = 60\nmargin = 8\non_request = true\n"
    )
    (ready / "pyproject.toml").write_text(project + table, encoding="utf-8")
    base = ["build", "--workers", "1", "--project", str(ready), "--locale", "ar"]
    outcome = runner.invoke(main, [*base, "--edition", "proof"])
    assert outcome.exit_code == 0, outcome.output
    proof = ready / "build" / "ar" / "tiny.proof.A4.pdf"
    assert proof.is_file()
    again = runner.invoke(main, base)
    assert again.exit_code == 0, again.output
    assert "proof" not in again.output
    assert proof.is_file()
    approve(ready, "en", "ar")
    release(ready, "--edition", "proof")
    assert pdfs(ready) == []


def test_programs_are_told_what_waits_and_why(ready: Path) -> None:
    """Each target has its state, each leaflet and language its reason."""
    approve(ready, "en", "ar")
    result = release(ready, "--format", "json")
    assert rows(result) == {"en": "built", "ar": "built", "zh_Hans": "waiting"}
    (waits,) = json.loads(result.stdout)["findings"]["diagnostics"]
    assert waits["severity"] == "waiting"
    assert waits["subject"] == {"leaflet": "tiny", "locale": "zh_Hans"}
    assert "no translator has signed" in waits["message"]


def test_a_fault_in_a_draft_is_no_fault_of_the_release(ready: Path) -> None:
    """`leaflets check` tells it; the release holds what is approved, and succeeds."""
    approve(ready, "en")
    change(catalog(ready, "zh_Hans"), "还有更多不知道。", "还有{more}不知道。")
    result = release(ready, "--format", "json")
    assert result.exit_code == 0, result.output
    assert rows(result) == {"en": "built", "ar": "waiting", "zh_Hans": "waiting"}
    assert codes(result) == [("not-approved", "waiting")] * 2


def test_what_is_approved_and_cannot_be_built_fails_the_release(ready: Path) -> None:
    """It was promised: that its pages do not fit is an error, and does not wait."""
    change(ready / "pyproject.toml", "pages = 4", "pages = 1")
    approve(ready, "en")
    result = release(ready, "--format", "json")
    assert result.exit_code == 1
    assert rows(result) == {"en": "failed", "ar": "waiting", "zh_Hans": "waiting"}
    assert ("page-limit", "error") in codes(result)


def test_a_broken_file_of_signatures_fails_the_release(ready: Path) -> None:
    """Somebody approved it, and nobody can read it: that is wrong, and does not wait."""
    approve(ready, "en", "ar")
    path = ready / "reviews" / "ar" / "tiny.toml"
    change(path, 'name = "Placeholder Reviser"', "name = 5")
    result = release(ready, "--format", "json")
    assert result.exit_code == 1
    assert rows(result) == {"en": "built", "ar": "waiting", "zh_Hans": "waiting"}
    assert ("review-file", "error") in codes(result)


@pytest.mark.parametrize("key", ["publisher", "funding"])
def test_a_release_names_publisher_and_funding(ready: Path, key: str) -> None:
    """No page that says "to be named before release" is released."""
    path = ready / "pyproject.toml"
    change(path, f'{key} = "PLACEHOLDER {key}"', f'{key} = " "')
    approve(ready, "en")
    result = release(ready, "--locale", "en", "--format", "json")
    assert result.exit_code == 1
    assert pdfs(ready) == []
    assert rows(result) == {"en": "blocked"}
    (found,) = json.loads(result.stdout)["findings"]["diagnostics"]
    assert (found["code"], found["path"]) == ("imprint-unnamed", "pyproject.toml")
    assert found["line"] == line_of(path, f'{key} = " "')
    change(path, f'{key} = " "', f'{key} = "PLACEHOLDER {key}"')
    approve(ready, "en")
    assert release(ready, "--locale", "en").exit_code == 0
    assert pdfs(ready) == ["en/tiny.sheet.A4.pdf"]


def test_a_draft_names_no_publisher_and_is_built(tiny: Path) -> None:
    """Until a release, the page itself says that it is to be named."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", EPOCH)
        assert analyse(tiny).diagnostics == ()


def test_other_words_under_a_signed_version_fail_the_release(ready: Path) -> None:
    """They are told as an error; under the next version they wait for signatures."""
    approve(ready, "en", "ar")
    change(ready / "content/tiny.md", "Much is known.", "A lot is known.")
    result = release(ready, "--format", "json")
    assert result.exit_code == 1
    assert ("version-unchanged", "error") in codes(result)
    change(ready / "content/tiny.md", "0.1.0", "0.1.1")
    assert [code for code, _ in codes(release(ready, "--format", "json"))] == [
        "not-approved"
    ] * 3
    for role in ("clinician", "layout"):
        assert sign(ready, "en", role).exit_code == 0
    result = release(ready, "--format", "json")
    assert result.exit_code == 0, result.output
    assert rows(result) == {"en": "built", "ar": "waiting", "zh_Hans": "waiting"}


@pytest.mark.parametrize(
    ("day", "released"), [(date(2028, 1, 2), True), (date(2028, 1, 3), False)]
)
def test_no_build_of_an_earlier_day_revives_a_leaflet(
    ready: Path, monkeypatch: pytest.MonkeyPatch, day: date, released: bool
) -> None:
    """The clock says whether it is out of date, whatever SOURCE_DATE_EPOCH says."""
    approve(ready, "en")
    assert release(ready, "--locale", "en").exit_code == 0
    monkeypatch.setattr(snapshot, "read_clock", lambda: day)
    result = release(ready, "--locale", "en")
    assert (result.exit_code == 0) == released, result.output
    assert ("it was to be reviewed by 2028-01-02" in result.output) != released
    assert pdfs(ready) == (["en/tiny.sheet.A4.pdf"] if released else [])


def test_a_signature_of_a_day_that_cannot_be_fails_the_release(ready: Path) -> None:
    """It was given for what was not there, or is to hold too long."""
    approve(ready, "en")
    sign(ready, "en", "clinician", "1767486400")  # 4 January 2026, the day to come
    result = release(ready, "--locale", "en", "--format", "json")
    assert result.exit_code == 1
    assert ("signature-date", "error") in codes(result)
    assert rows(result) == {"en": "waiting"}
