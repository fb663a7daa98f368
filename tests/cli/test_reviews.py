"""Signing looks at what is signed, and at all of that."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import leaflets.build.front
from desk import AR, change, run
from leaflets.build.front import analyse, obstacles_of
from leaflets.cli.main import main
from leaflets.diagnostics import Diagnostic
from leaflets.pages.composition import Target
from signing import sign


@pytest.fixture
def two_leaflets(tiny: Path) -> Path:
    """Give the tiny project a second leaflet, of the same words."""
    path = tiny / "content" / "tiny.md"
    other = path.read_text(encoding="utf-8").replace('id = "tiny"', 'id = "other"')
    (tiny / "content" / "other.md").write_text(
        other.replace("order = 1", "order = 2"), encoding="utf-8"
    )
    return tiny


@pytest.fixture
def composed(monkeypatch: pytest.MonkeyPatch) -> list[Target]:
    """List the targets that are composed from now on."""
    targets: list[Target] = []
    real = leaflets.build.front.compose

    def compose(localized, edition, paper, inputs, *, second=None):  # type: ignore[no-untyped-def]
        composition, problems = real(localized, edition, paper, inputs, second=second)
        targets.append(composition.target)
        return composition, problems

    monkeypatch.setattr(leaflets.build.front, "compose", compose)
    return targets


def test_signing_composes_what_is_signed(
    two_leaflets: Path, composed: list[Target]
) -> None:
    """One leaflet in one language, once in each edition and paper, and no other."""
    assert sign(two_leaflets, "ar", "layout").exit_code == 0
    assert composed == [Target("tiny", "ar", "sheet", "A4")]
    analyse(two_leaflets)
    assert len(composed) == 1 + 2 * 3


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (str(AR), "لا تستطيع البلع.", "تستطيع البلع."),
        (str(AR), "يُعرف الكثير.", ""),
        (str(AR), "DRAFT", "DRAFTED"),
        ("content/tiny.md", "Much is known.", "Much is known in 17 ways."),
        ("content/other.md", "Much is known.", "Much is known in 17 ways."),
        ("content/facts.toml", "value = 24", "value = many"),
        ("content/figures/box.svg", "#dcebed", "#dcebee"),
        ("templates/sheet.html", "{{ title }}", ""),
        ("templates/text.css", "g > 12", "g >"),
    ],
)
def test_signing_is_refused_for_what_a_whole_check_finds(
    two_leaflets: Path, locale: str, path: str, old: str, new: str
) -> None:
    """The obstacles are those of the whole project's analysis, in words and place."""
    change(two_leaflets / path, old, new)
    obstacles = obstacles_of(analyse(two_leaflets), "tiny", locale)
    result = sign(two_leaflets, locale, "clinician")
    assert (result.exit_code == 1) == bool(obstacles), result.output
    assert codes(result.output) == sorted({named(entry) for entry in obstacles})


def named(diagnostic: Diagnostic) -> str:
    """Name a finding as its line does: place and code."""
    return f"{diagnostic.location} [{diagnostic.code}]"


KEPT = re.compile(": (?:error|waiting): ")
"""What keeps something from print."""


def codes(output: str) -> list[str]:
    """List what keeps from print and was told, by place and code."""
    lines = [line for line in output.splitlines() if KEPT.search(line)]
    return sorted(
        {f"{KEPT.split(line)[0]} [{line.rpartition('[')[2]}" for line in lines}
    )


def test_an_unknown_leaflet_or_locale_is_a_mistake_of_use(tiny: Path) -> None:
    """With the names that there are."""
    who = ["--role", "layout", "--name", "Placeholder", "--credentials", "test only"]
    for words in (["none", "--locale", "ar"], ["tiny", "--locale", "xx"]):
        outcome = CliRunner().invoke(main, ["sign", *words, *who, "--project", tiny])
        assert outcome.exit_code == 2
        assert "there is" in outcome.output
    assert not (tiny / "reviews").exists()


def test_changes_compose_nothing(tiny: Path, composed: list[Target]) -> None:
    """What changed since a signature stands in sources and reviews."""
    assert "nobody has signed" in run(tiny, "changes", "tiny", "--locale", "ar")[1]
    assert composed == []


def test_the_standing_is_judged_without_a_composition(
    two_leaflets: Path, composed: list[Target]
) -> None:
    """`status` reads and translates; an error in a template does not keep it."""
    change(two_leaflets / "templates" / "text.css", "g > 12", "g >")
    code, output = run(two_leaflets, "status")
    assert (code, composed) == (0, [])
    assert output.count("draft") == 2 * 3
