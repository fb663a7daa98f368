"""The glossary: terms as values, and where they stand in a source text."""

from leaflets.diagnostics import Location
from leaflets.sources.catalogs.glossary import Glossary, Term, form_key, words_of


def term(source: str, *forms: str, keep: bool = False) -> Term:
    """Make a term."""
    place = Location("locales/glossary.toml", 3)
    return Term(source, forms, "", keep, {}, {}, place)


def test_longest_term_wins() -> None:
    """What a longer term covers is no shorter one."""
    cell, graft = term("stem cell", "stem cells"), term("stem cell transplant")
    glossary = Glossary((cell, graft))
    assert list(glossary.terms_in("A stem-cell transplant.")) == [graft]
    assert list(glossary.terms_in("Stem cells, transplant")) == [cell]
    both = glossary.terms_in("Stem cells for a stem cell transplant; stem cells")
    assert list(both) == [cell, graft]


def test_capitals_decide_for_names() -> None:
    """MIST is a study, mist is weather; a plain word is the same in capitals."""
    study, nerve = term("MIST", keep=True), term("nerve", "nerves")
    glossary = Glossary((study, nerve))
    assert list(glossary.terms_in("The MIST study")) == [study]
    assert list(glossary.terms_in("In the mist")) == []
    assert list(glossary.terms_in("NERVES and nerve")) == [nerve]


def test_words_of_a_text() -> None:
    """Hyphens part words, placeholders are none, and a comma parts terms."""
    assert words_of("MS-team. {n} days") == ("MS", "team", ".", "days")
    assert form_key("Stem-Cell, graft") == ("stem", "cell", ".", "graft")
