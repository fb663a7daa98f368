"""People: the same person is found again, and names that are none are refused."""

import pytest

from leaflets.sources.people import fold_name, name_problem


@pytest.mark.parametrize(
    "other",
    [
        "jane  DOE",
        "Jane Doe.",
        "Jane, Doe",
        "Ｊane Doe",
        "J\u00e1ne Doe",
        "Ja\u0301ne Doe",
        "J\u0430ne Doe",
        "Jane\u200b Doe",
        "Jane \u3164Doe",
        "Jane-Doe".replace("-", " - "),
    ],
)
def test_one_person_is_one_however_the_name_is_typed(other: str) -> None:
    """Case, width, accents, punctuation, look-alikes and unseen signs do not count."""
    assert fold_name(other) == fold_name("Jane Doe")


@pytest.mark.parametrize("other", ["John Doe", "Jane Roe", "Jane A. Doe", "Анна Доу"])
def test_other_names_are_other_people(other: str) -> None:
    """Two names that are read otherwise stay two."""
    assert fold_name(other) != fold_name("Jane Doe")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Jane Doe", ""),
        ("Анна Иванова", ""),
        ("Ελένη Παππά", ""),
        ("山田 たろう", ""),
        ("김 민수", ""),
        ("سارة علي", ""),
        ("Anna Иванова", ""),
        ("O’Neill-Smith, J. R.", ""),
        (".", "has no letter"),
        ("1234", "has no letter"),
        ("\u3164", "nobody can see"),
        ("\u2800", "nobody can see"),
        ("Jane\u3164 Doe", "nobody can see"),
        ("J\u0430ne Doe", "Cyrillic and Latin"),
        ("J\u03b1ne Doe", "Greek and Latin"),
    ],
)
def test_names_that_nobody_can_read_are_refused(name: str, words: str) -> None:
    """Unseen letters, letters of two scripts in a word, and no letter at all."""
    problem = name_problem(name, "test only")
    assert bool(problem) == bool(words)
    assert words in problem


def test_credentials_are_read_as_well() -> None:
    """What is printed beside a name is no empty place."""
    assert "the credentials" in name_problem("Jane Doe", "\u2800")
    assert "the credentials" in name_problem("Jane Doe", "...")
