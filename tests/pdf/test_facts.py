"""Facts go to JSON and come back as they were, and nothing else does."""

import json
from dataclasses import replace
from typing import Any

import pytest

from laid import OFFICE_FILE, OFFICE_SIDE, PRESS_SIDE, laid, line
from leaflets.pdf.facts import (
    Blank,
    BoxFit,
    Code,
    FontFacts,
    LayoutFacts,
    PdfFacts,
    Small,
    Unseen,
)

FILE = replace(
    OFFICE_FILE,
    pages=(
        replace(OFFICE_SIDE, unseen=(Unseen(1, "faint", 3.2),), small=(Small(2, 1.3),)),
        replace(PRESS_SIDE, undrawn=(1, 2), crop=None),
    ),
    fonts=(FontFacts("Noto-Sans", True),),
    codes=(Code(1, "https://example.org", 30.0, 0.9, 4.0, True, False),),
)
LAYOUT = laid(
    line(),
    line("כן", on=2, direction="rtl"),
    boxes=(BoxFit("l-a", 1, 3.0, 20.0),),
    blanks=(Blank("name-1", 2, 1.0, 2.0, 3.0, 4.0),),
    rooms=(1.0, 2.0),
    split=("p2",),
)


def test_facts_survive_their_journey() -> None:
    """Through text, with every kind of value inside."""
    for facts in (FILE, LAYOUT):
        assert type(facts).from_json(json.loads(json.dumps(facts.to_json()))) == facts


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        "x",
        {},
        FILE.to_json() | {"more": 1},
        {key: value for key, value in FILE.to_json().items() if key != "title"},
        FILE.to_json() | {"title": 1},
        FILE.to_json() | {"tagged": 1},
        FILE.to_json() | {"figures": True},
        FILE.to_json() | {"pages": "x"},
        FILE.to_json() | {"pages": [1]},
    ],
)
def test_other_values_are_no_facts(value: Any) -> None:
    """A record that is damaged, older or newer is measured again, not guessed at."""
    with pytest.raises((ValueError, TypeError)):
        PdfFacts.from_json(value)


def test_whole_numbers_are_lengths() -> None:
    """JSON writers drop the point of 210.0."""
    value = LAYOUT.to_json() | {"size": 11}
    assert LayoutFacts.from_json(value).size == 11.0
