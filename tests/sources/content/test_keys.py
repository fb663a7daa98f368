"""Keys: every text of a leaflet has a name, and no other has it."""

from hypothesis import given
from hypothesis import strategies as st

from leaflets.sources.content.keys import (
    LABEL,
    PROMISE,
    TITLE,
    figure_key,
    heading_key,
    item_key,
    label_key,
    paragraph_key,
)

numbers = st.integers(1, 40)


@given(numbers, numbers, numbers)
def test_no_two_texts_share_a_key(first: int, second: int, place: int) -> None:
    """Whatever their numbers, texts of two kinds are told apart."""
    keys = [
        TITLE,
        PROMISE,
        heading_key(first),
        paragraph_key(first),
        item_key(first, place),
        item_key(second, place + 1),
        figure_key(first, "caption"),
        figure_key(first, "alt text"),
        label_key("content/figures/a.svg", f"b{first}"),
    ]
    assert len(set(keys)) == len(keys)


def test_a_label_is_named_by_its_drawing() -> None:
    """Not by its folder, and not by the ending of its file."""
    assert label_key("content/figures/nerve.svg", "axon") == f"{LABEL}nerve-axon"
    assert label_key("nerve.svg", "axon") == label_key("figures/nerve.svg", "axon")
