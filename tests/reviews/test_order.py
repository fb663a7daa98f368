"""Order: the same parts in the same order are signed, and nothing else is."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.diagnostics import Location
from leaflets.reviews.order import opened
from leaflets.reviews.parts import Text
from leaflets.sources.signatures import Signature, SignedText

LINE = "section-0 a b section-1 c d section-2 e page-x layout-y"


def texts_of(line: str) -> tuple[Text, ...]:
    """Write parts as words: a part is signed as its word without what follows a colon."""
    return tuple(
        Text(word, word, _signed(word), Location("content/tiny.md", place))
        for place, word in enumerate(line.split(), 1)
    )


def _signed(word: str) -> SignedText:
    return SignedText("", word, "")


def signature_of(texts: tuple[Text, ...]) -> Signature:
    """Sign parts, as nobody."""
    day = date(2026, 1, 3)
    pairs = tuple((text.key, text.signed.digest) for text in texts)
    place = Location("reviews/en/tiny.toml")
    return Signature("layout", "P", "c", "", day, "1", day, pairs, place)


def labels(before: str, after: str) -> list[str]:
    """Name what is open when parts that were signed stand otherwise."""
    signed = texts_of(before)
    known = {text.signed.digest: text.signed for text in signed}
    return [text.label for text in opened(signature_of(signed), texts_of(after), known)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (LINE, []),
        (LINE.replace(" b ", " z "), ["z"]),
        (LINE.replace("a b", "b a"), ["section-0"]),
        (LINE.replace(" b", ""), ["section-0"]),
        (LINE.replace("a b", "a b a"), ["section-0"]),
        (LINE.replace("a b", "a z b"), ["section-0", "z"]),
        (LINE.replace("b section-1", "section-1 b"), ["section-0", "section-1"]),
        (LINE.replace(" b ", " d "), ["section-0"]),
        (LINE.replace(" section-2 e", ""), ["a section was taken out"]),
        (LINE + " section-3 f", ["section-3", "f"]),
        (
            "section-0 a b section-2 e section-1 c d page-x layout-y",
            ["section-1"],
        ),
        (LINE.replace(" page-x", ""), ["no longer there: page-x"]),
        (LINE.replace("page-x", "page-z"), ["page-z", "no longer there: page-x"]),
        (
            "section-0 a b section-1 c d section-2 e layout-y page-x",
            ["the order of the page"],
        ),
    ],
)
def test_what_is_not_as_it_was_signed_is_named(after: str, expected: list[str]) -> None:
    """A changed part opens itself; order, a deletion and a move open their section."""
    assert labels(LINE, after) == expected


PARTS = st.lists(
    st.sampled_from(["a", "b", "c", "d", "section-0", "section-1", "t-x", "page-x"]),
    min_size=1,
)


@given(PARTS, PARTS)
def test_nothing_is_open_only_where_all_is_the_same(
    before: list[str], after: list[str]
) -> None:
    """Whatever was moved, put in or taken out is seen, however often parts stand there."""
    same = before == after
    assert (labels(" ".join(before), " ".join(after)) == []) == same
