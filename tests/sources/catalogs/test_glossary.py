"""The glossary: terms found in a source text, the longest first."""

from leaflets.diagnostics import Location
from leaflets.sources.catalogs.glossary import Glossary, Term


def term(source: str, *forms: str) -> Term:
    """Make a term."""
    place = Location("locales/glossary.toml", 3)
    return Term(source, forms, "", False, {}, {}, place)


def test_longest_term_wins() -> None:
    """What a longer term covers is no shorter one."""
    cell, graft = term("stem cell", "stem cells"), term("stem cell transplant")
    glossary = Glossary((cell, graft))
    assert list(glossary.terms_in("A stem-cell transplant.")) == [graft]
    assert list(glossary.terms_in("Stem cells, transplant")) == [cell]
    both = glossary.terms_in("Stem cells for a stem cell transplant; stem cells")
    assert list(both) == [cell, graft]
