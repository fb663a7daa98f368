"""Sign-off: bound to the words, re-opened by their change, bent by nothing."""

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from leaflets.build.front import Front, analyse
from leaflets.cli.main import main
from leaflets.reviews.standing import DATES, day_problem
from leaflets.sources.signatures import (
    signature_problem,
)
from signing import EPOCH, approve, catalog, change, sign
from tiny import line_of


def standing(root: Path, monkeypatch: pytest.MonkeyPatch, locale: str = "ar") -> str:
    return seen(root, monkeypatch).standings[locale, "tiny"].name


def seen(root: Path, monkeypatch: pytest.MonkeyPatch) -> Front:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    return analyse(root)


def test_nobody_has_signed(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without signatures all is draft, and it is said who is missing."""
    found = seen(tiny, monkeypatch).standings["ar", "tiny"]
    assert found.name == "draft"
    assert found.reasons == (
        "no translator has signed",
        "no reviser has signed",
        "no clinician has signed",
        "nobody has signed the layout",
        "the leaflet is not approved in its source language",
    )


def test_four_people_approve(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Translator, reviser, clinician and layout, after the source: approved."""
    sign(tiny, "ar", "translator")
    assert standing(tiny, monkeypatch) == "draft"
    sign(tiny, "ar", "reviser")
    assert standing(tiny, monkeypatch) == "revised"
    sign(tiny, "ar", "clinician")
    sign(tiny, "ar", "layout")
    assert standing(tiny, monkeypatch) == "revised"
    approve(tiny, "en")
    assert standing(tiny, monkeypatch, "en") == "approved"
    assert standing(tiny, monkeypatch) == "approved"
    assert seen(tiny, monkeypatch).standings["ar", "tiny"].reasons == ()
    assert standing(tiny, monkeypatch, "zh_Hans") == "draft"


@pytest.mark.parametrize(
    ("before", "after", "labels"),
    [
        ("لا تستطيع البلع.", "لا يمكنك البلع.", ["¶ 2"]),
        ("You cannot swallow.", "You cannot swallow well.", ["¶ 2"]),
        ("value = 24", "value = 48", ["¶ 3"]),
        (
            '{src="atlas"}\nA relapse',
            "A relapse",
            ['section "How it shows"', "¶ 3"],
        ),
    ],
)
def test_a_change_reopens_what_it_touches(
    tiny: Path,
    monkeypatch: pytest.MonkeyPatch,
    before: str,
    after: str,
    labels: list[str],
) -> None:
    """What it touches is open again, and nothing else; nothing is approved any more."""
    approve(tiny, "en", "ar")
    for path in (
        catalog(tiny),
        tiny / "content" / "tiny.md",
        tiny / "content" / "facts.toml",
    ):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(before, after), encoding="utf-8")
    found = seen(tiny, monkeypatch).standings["ar", "tiny"]
    assert found.name == "draft"
    assert [one.label for one in found.open] == labels
    (told,) = (reason for reason in found.reasons if "the reviser" in reason)
    count = f"{len(labels)} part{'s are' if len(labels) > 1 else ' is'}"
    assert told.startswith(
        f"{count} not as the reviser signed on 2026-01-03 for version 0.1.0: {labels[0]} ("
    )


def test_a_moved_text_stays_signed(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paragraph put in before others opens itself and its section, no other text."""
    approve(tiny, "en")
    change(
        tiny / "content" / "tiny.md",
        "## How it shows\n",
        "## How it shows\n\nNew one.\n",
    )
    found = seen(tiny, monkeypatch).standings["en", "tiny"]
    assert [one.label for one in found.open] == ['section "How it shows"', "¶ 3"]
    assert found.open[1].signed.source == "New one."


def test_layout_is_signed_with_its_templates(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another stylesheet opens the layout's signature, and no other."""
    approve(tiny, "en")
    change(tiny / "templates" / "base.css", "text-align: start", "text-align: left")
    found = seen(tiny, monkeypatch).standings["en", "tiny"]
    assert [one.key for one in found.open] == ["layout-base.css"]
    assert [one.role for one in found.printed] == ["clinician"]
    approve(tiny, "en")
    change(tiny / "templates" / "proof.css", "flex: none", "flex: auto")
    assert standing(tiny, monkeypatch, "en") == "approved"


def test_what_is_past_its_date_is_expired(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After review_by, or three years after the clinician: expired."""
    approve(tiny, "en")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1830384000")  # 2 January 2028
    assert analyse(tiny).standings["en", "tiny"].name == "approved"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1830470400")  # a day later
    late = analyse(tiny).standings["en", "tiny"]
    assert (late.name, late.reasons[0]) == (
        "expired",
        "it was to be reviewed by 2028-01-02",
    )
    change(tiny / "content" / "tiny.md", "2028-01-02", "2030-01-02")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1862179200")  # 4 January 2029
    late = analyse(tiny).standings["en", "tiny"]
    assert late.reasons[0] == "the clinician signed on 2026-01-03, over 3 years ago"


@pytest.mark.parametrize(
    ("locale", "role", "more", "why"),
    [
        ("ar", "reviser", {"name": "placeholder  TRANSLATOR"}, "two people"),
        ("en", "reviser", {}, "has no reviser"),
        ("ar", "clinician", {"name": " "}, "needs a name"),
        ("ar", "clinician", {"credentials": ""}, "needs a credentials"),
        ("ar", "clinician", {"name": "x" * 121}, "at most 120"),
        ("ar", "clinician", {"name": "a\nb"}, "not one line"),
        ("ar", "clinician", {"method": "human"}, "only a translator"),
    ],
)
def test_what_is_no_signature_is_refused(
    tiny: Path, locale: str, role: str, more: dict[str, str], why: str
) -> None:
    """Who, by what right and how must be told; a reviser is another person."""
    sign(tiny, "ar", "translator")
    before = (tiny / "reviews" / "ar" / "tiny.toml").read_bytes()
    result = sign(tiny, locale, role, **more)
    assert result.exit_code == 1
    assert "[signature-refused]" in result.output
    assert why in result.output
    assert (tiny / "reviews" / "ar" / "tiny.toml").read_bytes() == before


def test_a_translator_says_how(tiny: Path) -> None:
    """Without a method nobody signs as a translator."""
    assert "says how" in signature_problem("translator", "a", "b", "")
    assert signature_problem("translator", "a", "b", "human") == ""
    assert "no role" in signature_problem("owner", "a", "b", "")


def test_a_text_with_errors_is_not_signed(tiny: Path) -> None:
    """Who signs answers for what is printed, so it must be fit for print."""
    change(catalog(tiny), "لا تستطيع البلع.", "")
    result = sign(tiny, "ar", "translator")
    assert result.exit_code == 1
    assert "[untranslated]" in result.output
    assert not (tiny / "reviews").exists()


def test_a_leaflet_out_of_date_is_not_signed(tiny: Path) -> None:
    """First it gets new dates, then signatures."""
    result = sign(tiny, "en", "clinician", "1830470400")  # 3 January 2028
    assert "was to be reviewed by 2028-01-02" in result.output


@pytest.mark.parametrize("what", ["leaflet", "locale"])
def test_unknown_names_are_a_usage_error(tiny: Path, what: str) -> None:
    """A typing slip signs nothing."""
    words = {"leaflet": "tiny", "locale": "en"} | {what: "none"}
    command = ["sign", words["leaflet"], "--locale", words["locale"]]
    command += ["--role", "clinician", "--name", "n", "--credentials", "c"]
    result = CliRunner().invoke(main, [*command, "--project", str(tiny)])
    assert result.exit_code == 2
    assert 'called "none"' in result.output


def test_a_file_changed_by_hand_signs_nothing(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words changed beside their digest end the signatures, with the line told."""
    approve(tiny, "en")
    path = tiny / "reviews" / "en" / "tiny.toml"
    change(path, 'source = "You cannot breathe."', 'source = "You can breathe."')
    front = seen(tiny, monkeypatch)
    (found,) = [one for one in front.diagnostics if one.code == "review-file"]
    assert found.location.line in (line_of(path, "You can breathe.") - 1,)
    assert front.standings["en", "tiny"].name == "draft"


def test_signatures_without_a_leaflet_are_told(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A leaflet that was renamed has lost its signatures, and that is said."""
    approve(tiny, "en")
    codes = {one.code for one in seen(tiny, monkeypatch).diagnostics}
    assert "review-orphan" not in codes
    folder = tiny / "reviews" / "en"
    (folder / "tiny.toml").rename(folder / "gone.toml")
    codes = {one.code for one in seen(tiny, monkeypatch).diagnostics}
    assert "review-orphan" in codes


def test_status_shows_the_matrix(tiny: Path) -> None:
    """Languages by leaflets, with standings, for people and programs."""
    approve(tiny, "en")
    runner = CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH})
    told = runner.invoke(main, ["status", "--project", str(tiny)])
    assert re.search(r"en +English .*approved", told.output)
    assert re.search(r"ar +Arabic .*draft", told.output)
    value = json.loads(
        runner.invoke(
            main, ["status", "--format", "json", "--project", str(tiny)]
        ).output
    )
    assert value["locales"]["en"]["leaflets"] == {"tiny": "approved"}
    assert value["locales"]["ar"]["reasons"]["tiny"][0] == "no translator has signed"


def test_a_signature_dated_ahead_approves_nothing(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would hold longer than three years; on its day it counts."""
    sign(tiny, "en", "clinician", "1767486400")  # 4 January 2026
    sign(tiny, "en", "layout")
    found = seen(tiny, monkeypatch).standings["en", "tiny"]
    assert found.name == "draft"
    assert found.reasons == ("the clinician signed on 2026-01-04, which is to come",)
    path = tiny / "reviews" / "en" / "tiny.toml"
    told = [one for one in seen(tiny, monkeypatch).diagnostics if one.code == DATES]
    assert [one.location.line for one in told] == [line_of(path, "[[signature]]")]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767486400")
    front = analyse(tiny)
    assert front.standings["en", "tiny"].name == "approved"
    assert not [one for one in front.diagnostics if one.code == DATES]


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2026, 1, 1), "before version 0.1.0 was written on 2026-01-02"),
        (date(2026, 1, 2), ""),
        (date(2026, 1, 3), ""),
        (date(2026, 1, 4), "which is to come"),
    ],
)
def test_nobody_signs_before_a_text_is_written_or_later_than_today(
    tiny: Path, monkeypatch: pytest.MonkeyPatch, day: date, why: str
) -> None:
    """Both ends of the days on which somebody can have signed."""
    sign(tiny, "en", "clinician")
    material = seen(tiny, monkeypatch).material
    (signature,) = material.reviews["en", "tiny"].signatures
    (document,) = material.documents
    problem = day_problem(replace(signature, date=day), document, date(2026, 1, 3))
    assert bool(problem) == bool(why)
    assert why in problem


def test_a_leaflet_of_tomorrow_is_not_signed(tiny: Path) -> None:
    """Nobody has read what is written later."""
    result = sign(tiny, "en", "clinician", "1767200000")  # 31 December 2025
    assert result.exit_code == 1
    assert "the leaflet was written on 2026-01-02" in result.output


@pytest.mark.parametrize(
    ("locale", "first", "second"),
    [
        ("ar", "translator", "reviser"),
        ("ar", "translator", "clinician"),
        ("ar", "clinician", "layout"),
        ("en", "clinician", "layout"),
    ],
)
def test_each_role_is_another_person(
    tiny: Path, locale: str, first: str, second: str
) -> None:
    """However the name is typed; under another name it is another person's word."""
    assert sign(tiny, locale, first, name="Placeholder Person").exit_code == 0
    again = sign(tiny, locale, second, name="placeholder  PERSON.")
    assert again.exit_code == 1
    assert f"{second} and {first} are two people" in again.output
    assert sign(tiny, locale, second, name="Placeholder Other").exit_code == 0
