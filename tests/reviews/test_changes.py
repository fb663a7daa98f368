"""The reviewer's report: what changed since a signature, in plain words."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from leaflets.build.front import analyse
from leaflets.cli.main import main
from leaflets.reviews.changes import Change, _printed, changes_since, difference
from leaflets.reviews.parts import parts_of, shared_of, signed_by
from leaflets.sources.content.inline import parse_inline
from leaflets.sources.signatures import newest
from signing import EPOCH, approve, catalog, change


def changes(root: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Change, ...]:
    """List what changed in Arabic since the clinician signed."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)
    material = analyse(root).material
    review = material.reviews["ar", "tiny"]
    signature = newest(review, "clinician")
    assert signature
    parts = parts_of(material, material.documents[0], "ar", shared_of(material))
    texts = signed_by("clinician", parts)
    return changes_since(signature, review, texts, locale="ar", source_locale="en")


def test_nothing_changed(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Right after the signature there is nothing to tell."""
    approve(tiny, "ar")
    assert changes(tiny, monkeypatch) == ()


def test_each_kind_of_change_is_told(
    tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Words, facts, negations, new and gone texts, each in its own words."""
    approve(tiny, "ar")
    change(catalog(tiny), "لا تستطيع التنفس.", "تستطيع التنفس.")
    change(tiny / "content" / "facts.toml", "value = 24", "value = 48")
    change(catalog(tiny), "يُعرف الكثير.", "يُعرف كثير.")
    document = tiny / "content" / "tiny.md"
    change(document, "- What can I do?", "- May I drive?")
    every = changes(tiny, monkeypatch)
    told = {one.key: one for one in every if one.line}
    assert told["p2i1"].what == (
        "translation: a negation was taken out",
        "the translation changed",
    )
    assert told["p2i1"].grave
    assert told["p3"].what == ('the value of "hours" was 24 and is 48',)
    assert told["p5"].what == ("the translation changed",)
    assert not told["p5"].grave
    new = next(one for one in told.values() if one.what == ("new since the signature",))
    assert new.label == "¶ 7"
    gone = [one for one in every if not one.line]
    assert [one.what for one in gone] == [("gone since the signature",)]


def test_values_stand_in_the_texts(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both sides are as they were, and are, printed: no name of a fact in braces."""
    approve(tiny, "ar")
    change(tiny / "content" / "facts.toml", "value = 24", "value = 48")
    (changed,) = changes(tiny, monkeypatch)
    before, after = changed.source
    assert "<del><mark>24</mark></del> hours" in before
    assert "<ins><mark>48</mark></ins> hours" in after
    assert "2.8\u00a0million people" in after
    assert not any("{" in text for text in (*changed.source, *changed.words))


def test_a_value_that_was_not_signed_is_left_open() -> None:
    """A file of signatures may lack a fact, or hold one that cannot be read."""
    for facts in ((), ("x=number:many @a",), ("x=colour:red @a",), ("cites a",)):
        assert _printed("Take {x}.", facts, "en") == "Take …."
    for fact, written in (
        ("x=number:2.5 @a", "2.5"),
        ("x=compact:2800000 @a", "2.8\u00a0million"),
        ("x=year:2020 @a", "2020"),
        ("x=date:2026-11-22 @a", "22\u00a0November\u00a02026"),
    ):
        assert _printed("Take {x}.", (fact,), "en") == f"Take {written}."


def test_numbers_and_negations_are_marked() -> None:
    """What must not be overread in a changed piece is marked twice."""
    before, after = difference(
        "Take 2 tablets. Do not drive.", "Take 3 tablets. Do drive <b>.", "en"
    )
    assert before == (
        "Take <del><mark>2</mark></del> tablets. Do "
        "<del><mark>not</mark></del> <del>drive</del>."
    )
    assert "<ins><mark>3</mark></ins>" in after
    assert "&lt;" in after
    han, _ = difference("不要开车", "要开车", "zh_Hans")
    assert han == "<del><mark>不</mark></del>要开车"


@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(["en", "ar", "zh"]))
def test_a_difference_holds_both_texts(before: str, after: str, locale: str) -> None:
    """Without its marks each side is the text itself, whatever it holds."""
    sides = difference(before, after, locale)
    assert [one.striptags() for one in sides] == [
        " ".join(one.split()) if one.strip() else "" for one in (before, after)
    ] or all("<" in one or "&" in one for one in (before + after,))


LinkFonts = Callable[[Path], None]


def run(root: Path, *words: str) -> Result:
    command = ["changes", "tiny", "--locale", "ar", *words, "--project", str(root)]
    return CliRunner(env={"SOURCE_DATE_EPOCH": EPOCH}).invoke(main, command)


def test_the_report_is_a_page(tiny: Path, with_fonts: LinkFonts) -> None:
    """HTML for the screen and PDF for the desk, with before and after."""
    with_fonts(tiny)
    approve(tiny, "ar")
    change(catalog(tiny), "لا تستطيع التنفس.", "تستطيع <script>.")
    change(catalog(tiny), "<script>", "التنفس جيدًا")
    result = run(tiny, "--role", "clinician")
    assert result.exit_code == 0, result.output
    assert "¶ 2, line " in result.output
    page = (tiny / "build" / "changes" / "ar.tiny.html").read_text(encoding="utf-8")
    assert "<del><mark>لا</mark>" in page
    assert "Placeholder Clinician (test only) signed as clinician on 2026-01-03" in page
    assert (tiny / "build" / "changes" / "ar.tiny.pdf").read_bytes()[:5] == b"%PDF-"


def test_without_a_signature_all_is_to_be_read(tiny: Path) -> None:
    """There is nothing to compare with, and that is said."""
    result = run(tiny)
    assert result.exit_code == 0
    assert "nobody has signed yet" in result.output
    assert parse_inline("")[1] == ()
