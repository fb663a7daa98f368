"""Version: words that a clinician signed under a version stay the words of it."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from leaflets.build.front import analyse
from leaflets.cli.main import main
from leaflets.diagnostics import Diagnostic, Subject
from leaflets.reviews.version import CODE
from leaflets.sources.signatures import Signature, read_review
from signing import EPOCH, approve, catalog, change, sign
from tiny import line_of

DAY_AFTER = str(int(EPOCH) + 24 * 60 * 60)
SWALLOW = "لا تستطيع البلع."


def told(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[Diagnostic]:
    """List what is told of versions."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return [found for found in analyse(root).diagnostics if found.code == CODE]


def leaflet(root: Path) -> Path:
    return root / "content" / "tiny.md"


def signatures(root: Path, locale: str) -> tuple[Signature, ...]:
    path = f"reviews/{locale}/tiny.toml"
    return read_review((root / path).read_bytes(), path)[0].signatures


@pytest.mark.parametrize(
    ("before", "after", "label"),
    [
        ("You cannot swallow.", "You cannot swallow well.", "¶ 2"),
        ("value = 24", "value = 48", "¶ 3"),
        (
            '{src="atlas"}\nA relapse',
            "A relapse",
            'section "How it shows", ¶ 3',
        ),
        ("- You cannot swallow.\n", "", 'box "emergency"'),
        (
            "- You cannot breathe.\n- You cannot swallow.\n",
            "- You cannot swallow.\n- You cannot breathe.\n",
            "texts were moved or taken out",
        ),
    ],
)
def test_other_words_need_another_version(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, label: str
) -> None:
    """A change of the source is told once, at the version, with the next one."""
    approve(tiny, "en", "ar")
    assert told(tiny, monkeypatch) == []
    for path in (leaflet(tiny), tiny / "content" / "facts.toml"):
        path.write_text(path.read_text("utf-8").replace(before, after), "utf-8")
    (found,) = told(tiny, monkeypatch)
    assert found.message == (
        "version 0.1.0 was signed in English on 2026-01-03 with other words: " + label
    )
    assert found.location.line == line_of(leaflet(tiny), 'version = "0.1.0"')
    assert 'write version = "0.1.1"' in found.hint
    assert found.subject == Subject(leaflet="tiny")
    change(leaflet(tiny), "0.1.0", "0.1.1")
    assert told(tiny, monkeypatch) == []


def test_a_translation_has_its_words_too(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mended translation is another text; the other languages have nothing to do."""
    approve(tiny, "en", "ar")
    change(catalog(tiny), SWALLOW, "لا يمكنك البلع.")
    (found,) = told(tiny, monkeypatch)
    assert "signed in Arabic on 2026-01-03 with other words: ¶ 2" in found.message
    assert found.location.path == "content/tiny.md"
    assert found.subject == Subject(leaflet="tiny", locale="ar")


def test_words_are_free_until_a_clinician_signs(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Translator and reviser work on a version as long as they like."""
    for role in ("translator", "reviser", "layout"):
        sign(tiny, "ar", role)
    change(catalog(tiny), SWALLOW, "لا يمكنك البلع.")
    assert told(tiny, monkeypatch) == []
    assert sign(tiny, "ar", "reviser").exit_code == 0


def test_only_what_is_printed_counts(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new word on a web page needs no new version; one of the sheet does."""
    approve(tiny, "en")
    page = tiny / "templates" / "web-status.html"
    page.write_text(page.read_text("utf-8") + '{{ _("A word on screen") }}', "utf-8")
    assert told(tiny, monkeypatch) == []
    page = tiny / "templates" / "blocks.html"
    page.write_text(page.read_text("utf-8") + '{{ _("A word on paper") }}', "utf-8")
    (found,) = told(tiny, monkeypatch)
    assert found.message.endswith("with other words: page furniture")


def test_a_version_is_never_taken_back(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under an older version other words may have gone out, though nobody kept them."""
    change(leaflet(tiny), "0.1.0", "0.10")
    approve(tiny, "en")
    change(leaflet(tiny), "0.10", "0.9")
    (found,) = told(tiny, monkeypatch)
    assert "version 0.10 was signed in English" in found.message
    assert 'write version = "0.11"' in found.hint
    change(leaflet(tiny), 'version = "0.9"', 'version = "0.11"')
    assert told(tiny, monkeypatch) == []


def test_nobody_signs_other_words_under_a_signed_version(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """First the version is raised; then who signed what did not change need not sign."""
    approve(tiny, "en", "ar")
    change(catalog(tiny), SWALLOW, "لا يمكنك البلع.")
    for role in ("reviser", "clinician"):
        refused = sign(tiny, "ar", role, name="PLACEHOLDER reviewer")
        assert refused.exit_code == 1
        assert f"[{CODE}]" in refused.output
    change(leaflet(tiny), "0.1.0", "0.1.1")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY_AFTER)
    name = "PLACEHOLDER reviewer"
    assert sign(tiny, "ar", "clinician", DAY_AFTER, name=name).exit_code == 0
    versions = {
        (signature.role, signature.name, signature.version)
        for signature in signatures(tiny, "ar")
        if signature.role == "clinician"
    }
    assert versions == {
        ("clinician", "Placeholder Clinician", "0.1.0"),
        ("clinician", "PLACEHOLDER reviewer", "0.1.1"),
    }
    standings = analyse(tiny).standings
    # Nothing changed there but the number that is printed on every page.
    in_english = {
        held.signature.role: [text.label for text in held.open]
        for held in standings["en", "tiny"].held
    }
    assert in_english == {
        role: ["version and dates"] for role in ("clinician", "layout")
    }
    open_again = {
        held.signature.role: [text.label for text in held.open]
        for held in standings["ar", "tiny"].held
    }
    assert open_again["reviser"] == ["¶ 2"]
    assert open_again["clinician"] == []


def test_check_and_build_tell_it_and_drafts_are_printed(
    project: Path,
) -> None:
    """The new words can be proofread on paper before their version is raised."""
    approve(project, "en")
    change(leaflet(project), "Much is known.", "A lot is known.")
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH})
    place = ["--project", str(project)]
    result = runner.invoke(main, ["check", *place])
    assert result.exit_code == 1
    assert f"[{CODE}]" in result.output
    result = runner.invoke(main, ["build", "--locale", "en", "--workers", "1", *place])
    assert result.exit_code == 1
    assert f"[{CODE}]" in result.output
    assert "build/en/tiny.sheet.A4.pdf" in result.output
