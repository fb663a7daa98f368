"""Signatures: written and read back, and worth nothing where a line was changed."""

import tomllib
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.diagnostics import Location
from leaflets.sources.people import name_problem
from leaflets.sources.signatures import (
    Review,
    Signature,
    SignedText,
    read_review,
    seal_of,
    signature_problem,
    signed,
    write_review,
    years_later,
)
from signing import NAMES

PATH = "reviews/en/tiny.toml"
TEXT = SignedText("", "You cannot swallow.", "…", ("x=number:1 @a",))
SIGNATURE = Signature(
    "clinician",
    NAMES["clinician"],
    "test only",
    "",
    date(2026, 1, 3),
    "0.1.0",
    date(2026, 1, 2),
    (("p1", TEXT.digest),),
    Location(PATH, 6),
)
GOOD = write_review(Review("en", "tiny", (SIGNATURE,), {TEXT.digest: TEXT})).decode()


def line_of(text: str) -> int:
    """Find a line of the good file."""
    return next(n for n, line in enumerate(GOOD.split("\n"), 1) if text in line)


@pytest.mark.parametrize(
    ("before", "after", "at"),
    [
        ("version = 2", "version = 3", "version = 2"),
        ("version = 2", "version = 1", "version = 2"),
        ("version = 2", "", ""),
        ("version = 2", "extra = 1\nversion = 2", "version = 2"),
        ('role = "clinician"', 'role = "owner"', "[[signature]]"),
        ('role = "clinician"', "role = 1", "role ="),
        ('credentials = "test only"', 'credentials = ""', "[[signature]]"),
        ("date = 2026-01-03", 'date = "yesterday"', "date ="),
        ("date = 2026-01-03", "date = 9999-12-31", "date ="),
        ("date = 2026-01-03", "", "[[signature]]"),
        ("date = 2026-01-03", "mood = 1\ndate = 2026-01-03", "date ="),
        (f'"{TEXT.digest} p1"', f'"{"0" * 32} p1"', "texts = ["),
        ("written = 2026-01-02", "written = 2026-01-01", "[[signature]]"),
        ("written = 2026-01-02", "", "[[signature]]"),
        ("date = 2026-01-03", "date = 2099-01-01", "[[signature]]"),
        ('role = "clinician"', 'role = "reviser"', "[[signature]]"),
        (NAMES["clinician"], "Placeholder Somebody", "[[signature]]"),
        ('credentials = "test only"', 'credentials = "other"', "[[signature]]"),
        ('leaflet_version = "0.1.0"', 'leaflet_version = "0.2"', "[[signature]]"),
        ("whole = ", "hole = ", "whole = "),
        ("seal = ", "steal = ", "seal = "),
        (SIGNATURE.whole, "0" * 64, "[[signature]]"),
        (seal_of(SIGNATURE, "en", "tiny"), "0" * 64, "[[signature]]"),
        (f'"{TEXT.digest} p1"', f'"{TEXT.digest} p2"', "[[signature]]"),
        (f'"{TEXT.digest} p1"', "5", "texts = ["),
        ("texts = [", "texts = 1\nothers = [", "texts = ["),
        (f"[text.{TEXT.digest}]", f"[text.{'1' * 32}]", "[text."),
        (f"[text.{TEXT.digest}]", "[other]", "[text."),
        ('facts = ["x=number:1 @a"]', "facts = 1", "facts ="),
        ('facts = ["x=number:1 @a"]', "feet = 1", "facts ="),
        ("[[signature]]", "[signature]", "[[signature]]"),
        ('role = "clinician"', 'role = "clinician', "role ="),
    ],
)
def test_broken_reviews_are_told(before: str, after: str, at: str) -> None:
    """Whatever is wrong in the file, it signs nothing and says where."""
    assert before in GOOD
    review, found = read_review(GOOD.replace(before, after).encode(), PATH)
    assert review.signatures == ()
    assert review.texts == {}
    assert {one.code for one in found} == {"review-file"}
    line = line_of(at) if at else 1
    assert line in {one.location.line for one in found}, found
    broken = "not valid TOML" in found[0].message
    assert all("leaflets sign" in one.hint for one in found) or broken


def test_a_good_review_is_read() -> None:
    """What was written comes back, the place of each signature with it."""
    review, found = read_review(GOOD.encode(), PATH)
    assert not found
    assert review.signatures == (SIGNATURE,)
    assert review.texts == {TEXT.digest: TEXT}
    assert review.path == PATH


def test_all_that_is_wrong_is_told_at_once() -> None:
    """A fault in a signature does not hide one in a text."""
    text = GOOD.replace("role =", "rule =").replace("swallow", "follow")
    _, found = read_review(text.encode(), PATH)
    assert {one.location.line for one in found} >= {
        line_of("role ="),
        line_of("[text."),
    }
    assert any('did you mean "role"?' in one.hint for one in found)


def test_each_of_two_signatures_has_its_place() -> None:
    """Tables of one name have lines of their own."""
    second = GOOD[GOOD.index("[[signature]]") : GOOD.index("[text.")]
    other = replace(SIGNATURE, name="Another Name")
    second = second.replace(NAMES["clinician"], "Another Name")
    second = second.replace(
        seal_of(SIGNATURE, "en", "tiny"), seal_of(other, "en", "tiny")
    )
    text = GOOD.replace("[text.", second + "[text.", 1)
    review, found = read_review(text.encode(), PATH)
    assert not found
    lines = [one.location.line for one in review.signatures]
    heads = [
        number
        for number, line in enumerate(text.split("\n"), 1)
        if line == "[[signature]]"
    ]
    assert lines == heads


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=0, max_size=30)
NAME = st.from_regex(r"[^\W\d_]{1,9}( [^\W\d_]{1,9})?", fullmatch=True).filter(
    lambda name: name.isprintable() and not name_problem(name, "test")
)


@given(
    st.lists(st.builds(SignedText, WORDS, WORDS, WORDS, st.tuples(WORDS)), max_size=4),
    NAME,
)
def test_reviews_are_written_and_read_back(texts: list[SignedText], name: str) -> None:
    """Same content, same bytes, whatever words were signed."""
    known = {one.digest: one for one in texts}
    signature = Signature(
        "layout",
        " ".join(name.split()),
        "test",
        "",
        date(2026, 1, 3),
        "1",
        date(2026, 1, 2),
        tuple((f"p{index}", digest) for index, digest in enumerate(known)),
        Location(PATH),
    )
    review = signed(Review("en", "tiny"), signature, known)
    data = write_review(review)
    tomllib.loads(data.decode())
    again, found = read_review(data, PATH)
    assert found == ()
    assert again.texts == known
    assert again.signatures[0].texts == signature.texts
    assert write_review(again) == data


@given(st.binary(max_size=80))
def test_any_bytes_are_read_as_a_review(data: bytes) -> None:
    """A broken file signs nothing, and is no crash."""
    review, _ = read_review(b"version = 2\n[[signature]]\n" + data, PATH)
    assert review.signatures == ()


def test_a_second_signature_replaces_the_first() -> None:
    """One person has one signature in a role; what nobody signed any more goes."""
    newer = Signature(
        "clinician",
        NAMES["clinician"].upper(),
        "c",
        "",
        date(2026, 2, 1),
        "1",
        date(2026, 1, 2),
        (),
        Location("x"),
    )
    review = signed(Review("en", "tiny", (SIGNATURE,), {TEXT.digest: TEXT}), newer, {})
    assert review.signatures == (newer,)
    assert review.texts == {}


@pytest.mark.parametrize(
    ("role", "name", "credentials", "method", "words"),
    [
        ("clinician", "A", "b", "", ""),
        ("translator", "A", "b", "human", ""),
        ("translator", "A", "b", "", "says how"),
        ("clinician", "A", "b", "human", "only a translator"),
        ("owner", "A", "b", "", "is no role"),
        ("clinician", " ", "b", "", "needs a name"),
        ("clinician", "A", "", "", "needs a credentials"),
        ("clinician", "a\nb", "b", "", "not one line"),
        ("clinician", "a" * 121, "b", "", "not one line"),
    ],
)
def test_what_keeps_words_from_being_a_signature(
    role: str, name: str, credentials: str, method: str, words: str
) -> None:
    """Who, by what right, and how: all are asked for, and told when missing."""
    problem = signature_problem(role, name, credentials, method)
    assert bool(problem) == bool(words)
    assert words in problem


@pytest.mark.parametrize(
    ("day", "later"),
    [
        (date(2024, 2, 29), date(2027, 2, 28)),
        (date(2025, 2, 28), date(2028, 2, 28)),
        (date(9999, 12, 31), date(9999, 12, 31)),
        (date(9998, 1, 1), date(9999, 1, 1)),
    ],
)
def test_years_end_where_the_calendar_does(day: date, later: date) -> None:
    """29 February becomes 28; after the last year there is no other."""
    assert years_later(day, 3) == later
