"""Pairs: a source text beside its translation."""

import pytest

from leaflets.checks.translation.pair import ADDRESS, bare, folded, short


def test_a_bare_text_has_no_digits_of_others() -> None:
    """Placeholders and addresses are taken out."""
    text = "See {n2} [here](https://a.org/3), www.b.org/4 or ana5@c.org."
    assert not any(char.isdigit() for char in bare(text))
    assert "See" in bare(text)


def test_a_long_text_is_quoted_by_its_beginning() -> None:
    """Sixty characters are whole, one more is cut."""
    assert short("a" * 60) == "a" * 60
    assert short("a" * 61) == "a" * 57 + "…"


def test_case_and_spaces_make_no_other_text() -> None:
    """Other words do."""
    assert folded(" Rest\n Well") == folded("rest well")
    assert folded("Rest") != folded("Rests")


def test_what_is_an_address() -> None:
    """Schemes begin a word; a colon alone makes none."""
    for text in ("https://a.org", "HTTP : //a", "tel:1", "www.a.org", "a@b.org"):
        assert ADDRESS.search(text), text
    for text in ("Herstel:zie", "data: see", "a @ b", "3:4"):
        assert not ADDRESS.search(text), text


@pytest.mark.parametrize("part", ["a.", "a", "_", "a-", "a@", "-", "1."])
def test_a_text_of_a_thousand_labels_is_searched(part: str) -> None:
    """Its time grows with its length: with its cube, it would be hours."""
    assert not ADDRESS.search(part * 20_000)
    assert ADDRESS.search(part * 20_000 + " www.a.org")


def test_a_long_name_is_an_address() -> None:
    """Of seven parts, and the end of one that has more."""
    assert ADDRESS.fullmatch("a." * 7 + "org")
    assert ADDRESS.search("a." * 30 + "org")
    assert ADDRESS.fullmatch("a" * 63 + ".org")
    assert ADDRESS.search("a" * 90 + "@b.example")
