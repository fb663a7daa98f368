"""Two languages side by side: pairs, sides, standings and what is asked for."""

from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner

from leaflets.build.front import Front, analyse
from leaflets.cli.main import main
from leaflets.pages.composition import Choice, Composition, Target
from leaflets.pages.targets import targets_of
from leaflets.pdf.facts import LayoutFacts
from typesetting import findings, typeset

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def front() -> Front:
    """Compose all bilingual leaflets, and one pair that nobody listed."""
    return analyse(ROOT, ("bilingual", "ar+fr"))


def pair(front: Front, locale: str, leaflet: str = "what-is-ms") -> Composition:
    """Find a bilingual composition."""
    wanted = Target(leaflet, locale, "bilingual", "A4")
    return next(one for one in front.compositions if one.target == wanted)


def left_of(layout: LayoutFacts, key: str) -> float:
    return min(one.left for one in layout.fragments if one.key == key)


def test_any_two_locales_can_be_asked_for(front: Front) -> None:
    """Pairs named in the project are there, and those asked for; no locale with itself."""
    pairs = {
        one.target.locale
        for one in front.compositions
        if one.target.edition == "bilingual"
    }

    assert {"ar+en", "zh_Hans+en", "ar+fr"} <= pairs
    assert "en+en" not in pairs
    assert "fr+ar" not in pairs


def test_a_pair_of_unknown_locales_is_no_target(front: Front) -> None:
    """A name that the project does not have makes no pair."""
    project = front.material.project
    made = targets_of(project, ("a",), ("bilingual", "ar+xx", "ar+ar"))

    assert not {"ar+xx", "ar+ar"} & {target.locale for target, _ in made}


def test_the_first_language_chooses() -> None:
    """`--locale ar` takes what is Arabic first, alone or beside another."""
    choice = Choice(locales=("ar",))

    assert choice.takes(Target("a", "ar+en", "bilingual", "A4"))
    assert not choice.takes(Target("a", "fr+ar", "bilingual", "A4"))
    assert Choice(locales=("fr+ar",)).takes(Target("a", "fr+ar", "bilingual", "A4"))


@pytest.mark.parametrize("locale", ["ar+en", "zh_Hans+en", "ar+fr", "he+en", "hi+en"])
def test_pairs_stand_in_rows(front: Front, locale: str) -> None:
    """Nothing is found: rows are whole, both numbers stand, every word is there."""
    assert findings(pair(front, locale)) == []


@pytest.mark.parametrize(
    ("locale", "first_left"), [("ar+en", False), ("zh_Hans+en", True), ("de+en", True)]
)
def test_each_language_stands_on_its_side(
    front: Front, locale: str, first_left: bool
) -> None:
    """A language that runs from the right stands on the right, else the reader's left."""
    rendered, _ = typeset(pair(front, locale))

    first, second = (left_of(rendered.layout, key) for key in ("p1", "x-p1"))
    assert (first < second) is first_left


def test_mirrored_drawings_keep_to_their_language(front: Front) -> None:
    """The Arabic column has the mirrored drawing, the English one its own."""
    made = pair(front, "ar+en", "treatments")
    drawings = {
        one.name: one.data
        for one in made.assets
        if one.name.endswith("three-parts.svg")
    }

    assert len(drawings) == 2
    mirrored = {name: b"scale(-1" in data for name, data in drawings.items()}
    assert mirrored == {name: not name.startswith("x-") for name in drawings}


def test_passages_know_their_language(front: Front) -> None:
    """What stands in the second column is shaped and read in that language."""
    made = pair(front, "ar+en")
    languages = {one.key: one.language for one in made.passages}

    assert languages["p1"] == ""
    assert languages["x-p1"] == "en"
    assert made.language == "ar"


def test_tags_say_their_language(front: Front) -> None:
    """A voice reads each text as its own language (ISO 14289-1, 7.2)."""
    _, data = typeset(pair(front, "ar+en"))
    with pikepdf.open(BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == "ar"
        told = Counter(spoken(pdf.Root.StructTreeRoot.K))
    rows = sum(
        one.language == "en" and one.key.removeprefix("x-p").isdecimal()
        for one in pair(front, "ar+en").passages
    )
    assert set(told) == {"ar", "en"}
    assert rows > 20
    assert min(told.values()) >= rows


def spoken(part: Any) -> Iterator[str]:
    """Give what the tags at and below a part say of their language."""
    if isinstance(part, pikepdf.Array):
        for one in part:
            yield from spoken(one)
    elif isinstance(part, pikepdf.Dictionary):
        if "/Lang" in part:
            yield str(part.Lang)
        if "/K" in part:
            yield from spoken(part.K)


def test_a_wrong_pair_is_a_usage_error() -> None:
    """The command says which locales there are."""
    run = ["build", "--edition", "bilingual", "--locale", "ar+xx"]
    told = CliRunner().invoke(main, [*run, "--project", str(ROOT)])

    assert told.exit_code == 2
    assert 'no locale is called "ar+xx"' in told.output
