"""What a build of hundreds of targets shows: counts, and what needs attention."""

import pytest

from leaflets.build.plan import Plan
from leaflets.build.result import Result, TargetResult
from leaflets.cli.main import show_result
from leaflets.cli.summary import HEADS, SHORT, held_back, summarize
from leaflets.pages.composition import Target


def row(
    locale: str, state: str, edition: str = "sheet", leaflet: str = "a"
) -> TargetResult:
    """Make what became of a target."""
    output = f"build/{locale}/{leaflet}.pdf" if state in ("built", "kept") else ""
    target = Target(leaflet, locale, edition, "A4")
    return TargetResult(target, state, 2, "draft", 1.0, output)


ROWS = (
    row("ar", "built"),
    row("de", "kept"),
    row("es", "kept"),
    row("fr", "failed"),
    row("hi", "blocked"),
    row("ka", "waiting"),
    row("ar", "built", "booklet"),
)


def test_each_language_is_counted_once() -> None:
    """By edition, leaflet and paper; the counts of a row are its languages."""
    assert summarize(ROWS) == [
        ("booklet", "a", "A4", "1", "1", "", "", ""),
        ("sheet", "a", "A4", "6", "1", "2", "1", "2"),
    ]
    assert all(len(cells) == len(HEADS) for cells in summarize(ROWS))


def test_what_is_kept_from_print_needs_attention() -> None:
    """Neither what is published nor what waits for somebody else."""
    assert [entry.target.locale for entry in held_back(ROWS)] == ["fr", "hi"]


def shown(count: int, capsys: pytest.CaptureFixture[str], *, every: bool) -> str:
    """Show a build of so many targets, the first of which failed."""
    rows = [row(f"l{number:03}", "kept") for number in range(count - 1)]
    result = Result(
        (row("bad", "failed"), *rows), Plan((), (), (), (), ()), (), memory=0
    )
    show_result(result, "text", every=every)
    return capsys.readouterr().out


def test_a_small_build_lists_every_target(capsys: pytest.CaptureFixture[str]) -> None:
    """Up to `SHORT` of them, and one more is a summary."""
    small = shown(SHORT, capsys, every=False)
    assert small.count("build/l") == SHORT - 1
    large = shown(SHORT + 1, capsys, every=False)
    assert "build/l" not in large
    assert str(SHORT + 1) in large
    assert "bad" in large


def test_every_target_is_listed_on_request(capsys: pytest.CaptureFixture[str]) -> None:
    """However many there are."""
    assert shown(SHORT + 30, capsys, every=True).count("build/l") == SHORT + 29
