"""Letters: scripts, hidden characters, and how a text ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.languages.letters import (
    ending,
    hidden,
    last_sign,
    look_alikes,
    runs,
    sentences,
)


@given(st.text(max_size=40))
def test_letters_take_any_text(text: str) -> None:
    """Words, endings and hidden characters are told of any text."""
    assert all(kind and word in text for kind, word in runs(text))
    ending(text)
    list(hidden(text, "Latn", right_to_left=False))


@pytest.mark.parametrize(
    ("text", "script", "right_to_left", "count"),
    [
        ("a\u200fb", "Latn", False, 1),
        ("a\u200fb", "Hebr", True, 0),
        ("a\u200db", "Latn", False, 1),
        ("a\u200db", "Deva", False, 0),
        ("\u2066a\u2069", "Hebr", True, 0),
        ("\u2066a", "Hebr", True, 1),
        ("a\u2069", "Hebr", True, 1),
        ("u\u0301\u0301", "Latn", False, 0),
        ("u\u0301\u0301\u0301", "Latn", False, 1),
        ("\x00\x00", "Latn", False, 1),
    ],
)
def test_hidden_characters(
    text: str, script: str, right_to_left: bool, count: int
) -> None:
    """Each kind once, and only where the script does not need it."""
    assert len(list(hidden(text, script, right_to_left=right_to_left))) == count


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Yes.", "full stop"),
        ("是。", "full stop"),
        ("हाँ।", "full stop"),
        ("ہاں۔", "full stop"),
        ("Why?", "question mark"),
        ("لماذا؟", "question mark"),
        ("Stop!", "exclamation mark"),
        ("So:", "colon"),
        ("So...", "ellipsis"),
        ("So…”", "ellipsis"),
        ("So", ""),
        ("", ""),
    ],
)
def test_how_a_text_ends(text: str, kind: str) -> None:
    """By the signs of all scripts; quotation marks may stand behind."""
    assert ending(text) == kind


def test_the_last_sign_is_that_before_markup() -> None:
    """Addresses, stress and quotation marks stand behind a sentence."""
    assert last_sign("See [this.](https://example.org)") == "."
    assert last_sign("**Why?**") == "?"
    assert last_sign("") == " "


@pytest.mark.parametrize(
    ("text", "language", "count"),
    [
        ("ک", "ar", 1),
        ("ک", "fa", 0),
        ("ك", "fa", 1),
        ("ك", "ar", 0),
        ("ـمرض", "ar", 0),  # one at the end may be typed for looks
        ("مـرض", "ar", 1),
        ("।।", "hi", 1),
        ("।", "hi", 0),
        ("1O mg", "de", 1),
        ("10 mg", "de", 0),
        ("O2", "de", 1),
        ("CO2", "de", 0),
        ("①", "de", 1),
    ],
)
def test_look_alikes(text: str, language: str, count: int) -> None:
    """What a neighbour writes is told in one language and not in the other."""
    assert len(list(look_alikes(text, language))) == count


def test_sentences_end_as_scripts_end_them() -> None:
    """With a space behind, or without one in Han and Hindi; not in abbreviations."""
    assert sentences("休息。走路。") == ("休息。", "走路。")
    assert sentences("Rest, e.g. now. Go.") == ("Rest, e.g. now.", "Go.")
    assert sentences("2.5 hours") == ("2.5 hours",)
    assert sentences(" ") == ()
