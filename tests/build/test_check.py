"""What `leaflets check` tells, whole and of a part, anew and again."""

from collections.abc import Callable
from pathlib import Path

import pytest

import leaflets.build.check
from desk import AR, ZH, change
from leaflets.build.cache import CHECKED
from leaflets.build.check import check_project
from leaflets.build.front import analyse
from leaflets.build.options import NotInProjectError
from leaflets.build.result import concerns
from leaflets.pages.composition import Choice
from leaflets.sources.snapshot import LARGEST


@pytest.fixture
def fresh_parts(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """List the fresh parts of each analysis from now on."""
    analyses: list[frozenset[str]] = []
    real: Callable[..., object] = leaflets.build.check.analyse

    def analyse(*args, fresh=(), **options):  # type: ignore[no-untyped-def]
        analyses.append(frozenset(fresh))
        return real(*args, fresh=fresh, **options)

    monkeypatch.setattr(leaflets.build.check, "analyse", analyse)
    return analyses


def spoil(tiny: Path) -> None:
    """Make errors and warnings about everything, a leaflet, a locale, and both."""
    change(tiny / AR, "لا تستطيع البلع.", "تستطيع البلع.")
    change(tiny / ZH, "已经知道很多。", "")
    change(tiny / "content" / "tiny.md", "Much is known.", "Much is known in 17 ways.")
    change(tiny / "content" / "facts.toml", "value = 24", "value = 25")
    (tiny / "reviews" / "ar").mkdir(parents=True)
    (tiny / "reviews" / "ar" / "tiny.toml").write_text("not TOML")
    (tiny / "reviews" / "xx").mkdir(parents=True)
    (tiny / "reviews" / "xx" / "gone.toml").write_text("")
    (tiny / "templates" / "bilingual.html").write_bytes(b"\xff")


def test_a_check_tells_what_the_front_half_finds(tiny: Path) -> None:
    """All of it, and again from what was stored."""
    assert check_project(tiny) == ()
    spoil(tiny)
    findings = analyse(tiny).diagnostics
    assert {"negation-parity", "untranslated", "review-orphan", "encoding"} <= {
        finding.code for finding in findings
    }
    assert check_project(tiny) == findings
    assert check_project(tiny) == findings


def test_what_has_not_changed_is_not_checked_again(
    tiny: Path, fresh_parts: list[frozenset[str]]
) -> None:
    """A changed catalog is checked alone, and everything is told."""
    change(tiny / AR, "لا تستطيع البلع.", "تستطيع البلع.")
    check_project(tiny)
    check_project(tiny)
    assert fresh_parts == [frozenset()]
    change(tiny / ZH, "已经知道很多。", "")
    findings = check_project(tiny)
    assert fresh_parts[1:] == [frozenset({"en", "ar"})]
    assert findings == analyse(tiny).diagnostics
    change(tiny / "content" / "tiny.md", "Much is known.", "Much is known now.")
    assert check_project(tiny) == analyse(tiny).diagnostics
    assert fresh_parts[2:] == [frozenset()]


def test_a_torn_cache_is_no_cache(
    tiny: Path, fresh_parts: list[frozenset[str]]
) -> None:
    """Half a file of findings is as good as none."""
    check_project(tiny)
    path = tiny / "build" / CHECKED
    path.write_bytes(path.read_bytes()[:-7])
    check_project(tiny)
    assert fresh_parts == [frozenset()] * 2


def test_what_cannot_be_read_is_told_each_time(
    tiny: Path, fresh_parts: list[frozenset[str]]
) -> None:
    """A file that was not read cannot be compared with what it was."""
    with (tiny / "content" / "large.md").open("wb") as file:
        file.truncate(LARGEST + 1)
    for _ in range(2):
        assert "unreadable" in {finding.code for finding in check_project(tiny)}
    assert fresh_parts == [frozenset()] * 2


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_a_part_is_told_what_the_whole_is(tiny: Path, locale: str) -> None:
    """Nothing about a leaflet in a locale is lost where only that is checked."""
    spoil(tiny)
    choice = Choice(("tiny",), (locale,))
    findings = analyse(tiny).diagnostics
    own = tuple(finding for finding in findings if concerns(finding, choice))
    assert own
    assert check_project(tiny, choice) == own


def test_a_name_that_is_not_there_is_told(tiny: Path) -> None:
    """An unknown leaflet is not a leaflet without findings."""
    with pytest.raises(NotInProjectError, match="tiny"):
        check_project(tiny, Choice(leaflets=("none",)))
