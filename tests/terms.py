"""Glossaries drawn for property tests."""

from hypothesis import strategies as st

from leaflets.diagnostics import Location
from leaflets.sources.catalogs.glossary import Glossary, Term, form_key
from leaflets.sources.catalogs.glossary_files import clean, has_word, text_problem
from samples import translated

PATH = "locales/glossary.toml"
LOCALES = translated()

WORDS = (
    st.text(max_size=20)
    .map(clean)
    .filter(lambda text: has_word(text) and form_key(text) and not text_problem(text))
)
LISTS = st.lists(WORDS, min_size=1, max_size=3, unique=True).map(tuple)
TABLES = st.dictionaries(st.sampled_from(LOCALES), LISTS, max_size=3)


@st.composite
def glossaries(draw: st.DrawFn) -> Glossary:
    """Draw glossaries that a file can hold."""
    sources = draw(st.lists(LISTS, max_size=4))
    seen: set[tuple[str, ...]] = set()
    terms = []
    for forms in sources:
        kept = []
        for form in forms:
            if (key := form_key(form)) not in seen:
                seen.add(key)
                kept.append(form)
        if not kept:
            continue
        approved, forbidden = draw(TABLES), draw(TABLES)
        for locale in approved.keys() & forbidden.keys():
            left = set(forbidden[locale]) - set(approved[locale])
            forbidden[locale] = tuple(sorted(left))
        forbidden = {key: words for key, words in forbidden.items() if words}
        note = draw(st.sampled_from(["", "a < b & c ]]>", 'say "no"\\', "注"]))
        keep = draw(st.booleans())
        place = Location(PATH, 1)
        first, *others = kept
        terms.append(Term(first, tuple(others), note, keep, approved, forbidden, place))
    return Glossary(tuple(terms))
