"""Words of opposite sides: what a language's file may say of them."""

import pytest

from leaflets.diagnostics import LeafletsError
from leaflets.languages import scripts, tables
from leaflets.languages.language import Language, find_language
from leaflets.languages.opposite_words import Opposites, Side, kinds_of

RIGHT = '[opposites.side]\nleft = ["links"]\nright = ["rechts"]\n'


def test_a_table_gives_both_sides() -> None:
    """A kind that is left out is none."""
    opposites = tables.read_table(Language, RIGHT, "xx").opposites
    assert opposites == Opposites(side=Side(left=("links",), right=("rechts",)))
    assert [kind for kind, _ in kinds_of(opposites)] == ["side"]
    assert list(kinds_of(Opposites())) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        (RIGHT + '[opposites.sides]\nleft = ["x"]\n', 4, '"opposites.sides" is no key'),
        (RIGHT + 'middle = ["x"]\n', 4, '"opposites.side.middle" is no key'),
        (
            '[opposites.side]\nleft = ["links"]\n',
            1,
            '"opposites.side.right" is missing',
        ),
        (RIGHT + "neither = 3\n", 4, '"opposites.side.neither"'),
    ],
)
def test_a_slip_is_told_at_its_line(text: str, line: int, words: str) -> None:
    """A kind that is not known, a third side, and one side only."""
    with pytest.raises(LeafletsError) as caught:
        tables.read_table(Language, text, "xx")
    (found,) = caught.value.diagnostics
    assert (found.code, found.location.line) == ("language-data", line)
    assert words in found.message


@pytest.mark.parametrize("name", sorted({*tables.names()} - {scripts.NAME}))
def test_no_phrase_is_of_two_sides(name: str) -> None:
    """Which of them counts would be chance."""
    for kind, sides in kinds_of(find_language(name).opposites):
        phrases = [phrase for texts in sides.values() for phrase in texts]
        assert sorted(set(phrases)) == sorted(phrases), kind
