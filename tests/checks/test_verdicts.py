"""A verdict is known again for the same texts, languages and terms, and no others."""

import pytest

from leaflets.checks.verdicts import key_of, terms_digest
from leaflets.diagnostics import Location
from leaflets.sources.catalogs.glossary import Glossary, Term

RELAPSE = Term(
    source="relapse",
    forms=(),
    note="",
    keep=False,
    approved={"de": ("Schub",)},
    forbidden={},
    location=Location(""),
)
TERMS = terms_digest(Glossary(()))


@pytest.mark.parametrize(
    ("text", "translation", "locales", "terms"),
    [
        ("Three", "Drei", ("en", "de"), TERMS),
        ("Two", "Zwei ", ("en", "de"), TERMS),
        ("Two", "Zwei", ("en", "nl"), TERMS),
        ("Two", "Zwei", ("fr", "de"), TERMS),
        ("TwoZ", "wei", ("en", "de"), TERMS),
        ("Two", "Zwei", ("en", "de"), "other terms"),
    ],
)
def test_another_pair_has_another_key(
    text: str, translation: str, locales: tuple[str, str], terms: str
) -> None:
    """Each part counts, and so does where it ends."""
    key = key_of("Two", "Zwei", ("en", "de"), TERMS)
    assert key == key_of("Two", "Zwei", ("en", "de"), TERMS)
    assert key != key_of(text, translation, locales, terms)


def test_other_terms_have_another_digest() -> None:
    """A term that is added may make a translation wrong."""
    assert terms_digest(Glossary(())) == TERMS
    assert terms_digest(Glossary((RELAPSE,))) != TERMS
