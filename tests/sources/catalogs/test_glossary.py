"""The glossary: terms found in eight languages, and both of its files."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.diagnostics import Location, Severity
from leaflets.languages.locale import find_locale
from leaflets.sources.catalogs.catalog import read_catalog
from leaflets.sources.catalogs.glossary import (
    Glossary,
    Term,
    check_terms,
    exact_word,
    form_key,
    holds_name,
    same_word,
    words_of,
)
from leaflets.sources.catalogs.glossary_files import (
    MOST_BYTES,
    clean,
    has_word,
    read_glossary,
    read_tbx,
    text_problem,
    write_glossary,
    write_tbx,
)
from samples import translated

ROOT = Path(__file__).resolve().parents[3]
PATH = "locales/glossary.toml"
PLACE = Location("locales/xx/LC_MESSAGES/messages.po", 7)
LOCALES = translated()


def term(
    source: str,
    *forms: str,
    keep: bool = False,
    approved: dict[str, tuple[str, ...]] | None = None,
    forbidden: dict[str, tuple[str, ...]] | None = None,
) -> Term:
    """Make a term."""
    place = Location(PATH, 3)
    return Term(source, forms, "", keep, approved or {}, forbidden or {}, place)


def codes(terms: tuple[Term, ...], source: str, text: str, locale: str) -> list[str]:
    """Check one text and give the codes."""
    known = find_locale(locale)
    assert known
    found = check_terms(Glossary(terms), source, text, locale, known.script, PLACE)
    return [one.code for one in found]


RIGHT = [
    ("de", "Behandlung", "Ihr Behandlungsteam hilft."),
    ("de", "Stammzelle", "aus Blutstammzellen"),
    ("de", "Hirn", "eine schwere Hirninfektion"),
    ("de", "Arzt", "zwei Ärzte"),
    ("es", "médula espinal", "la **médula** ósea y espinal"),
    ("es", "lesión", "dos lesiones"),
    ("fr", "nerf", "les nerfs"),
    ("ru", "спинной мозг", "головного и спинного мозга"),
    ("ru", "живая вакцина", "живые вакцины"),
    ("ru", "очаг", "называются очагами"),
    ("ar", "لقاح", "وباللقاحات"),
    ("ar", "العلاجات المعدلة للمرض", "العلاجات المعدِّلة للمرض (DMT)"),
    ("ar", "ألياف عصبية", "غلاف الألياف العصبية"),
    ("he", "תא גזע", "בתאי הגזע שלכם"),
    ("he", "חוט השדרה", "מוח וְחוּט שדרה"),
    ("he", "אי-פוריות", "ואי־פוריות"),
    ("hi", "मूत्राशय का संक्रमण", "मूत्राशय (पेशाब की थैली) का संक्रमण"),
    ("hi", "इन्फ़्लेमेशन", "इन्फ्लेमेशन वाले"),
    ("hi", "संक्रमण", "सङ्क्रमण"),
    ("zh_Hans", "干细胞", "造血干 细胞移植"),
    ("zh_Hans", "DMT", "没有一种DMT适合所有人"),
]
WRONG = [
    ("de", "Infektion", "eine Infusion"),
    ("de", "Nebenwirkung", "eine Wirkung"),
    ("es", "médula espinal", "la médula. Un nervio espinal"),
    ("fr", "SEP", "septembre"),
    ("ru", "костный мозг", "головной мозг"),
    ("ru", "РС", "рсы"),
    ("ar", "لقاح", "علاج"),
    ("he", "תא גזע", "תאים"),
    ("hi", "आँत", "आँख"),
    ("zh_Hans", "干细胞", "细胞"),
    ("zh_Hans", "MS", "在StarMS中"),
]


@pytest.mark.parametrize(("locale", "word", "text"), RIGHT)
def test_inflected_term_is_found(locale: str, word: str, text: str) -> None:
    """A term is found however the language writes it."""
    entry = term("nerve", approved={locale: (word,)})
    assert codes((entry,), "The nerve.", text, locale) == []


@pytest.mark.parametrize(("locale", "word", "text"), WRONG)
def test_other_word_is_no_term(locale: str, word: str, text: str) -> None:
    """A word that only looks alike is not the term."""
    entry = term("nerve", approved={locale: (word,)})
    assert codes((entry,), "The nerve.", text, locale) == ["glossary-term"]


FORBIDDEN = [
    ("de", "Opfer", "den Opfern", True),
    ("de", "Opfer", "Opferbereitschaft", False),
    ("de", "Anfall", "am Anfang", False),
    ("es", "víctima", "las víctimas", True),
    ("ru", "жертва", "жертвы", True),
    ("ru", "инвалид", "инвалидность", False),
    ("ar", "جنون", "والجنون", True),
    ("ar", "ضحية", "تضحية", False),
    ("he", "קורבן", "הקורבן", True),
    ("he", "נס", "כנס", False),
    ("hi", "दौरा", "दौरा पड़े", True),
    ("hi", "विकलांग", "विकलांगता", True),
    ("zh_Hans", "受害者", "许多受害 者", True),
]


@pytest.mark.parametrize(("locale", "word", "text", "told"), FORBIDDEN)
def test_forbidden_word(locale: str, word: str, text: str, told: bool) -> None:
    """A forbidden word is told with an ending of two letters, and no other word is."""
    entry = term("victim", forbidden={locale: (word,)})
    wanted = ["glossary-forbidden"] if told else []
    assert codes((entry,), "Anything.", text, locale) == wanted


def test_forbidden_only_where_the_term_is_meant() -> None:
    """The wrong word for one thing may be the right word for another."""
    cord = term(
        "spinal cord",
        approved={"de": ("Rückenmark",)},
        forbidden={"de": ("Knochenmark",)},
    )
    assert codes((cord,), "Bone marrow.", "Knochenmark.", "de") == []
    found = codes((cord,), "The spinal cord.", "Das Knochenmark.", "de")
    assert found == ["glossary-term", "glossary-forbidden"]


def test_approved_word_holds_forbidden_one() -> None:
    """In Han a forbidden word inside an approved one is not told."""
    entry = term(
        "nerve", approved={"zh_Hans": ("神经病学",)}, forbidden={"zh_Hans": ("神经病",)}
    )
    assert codes((entry,), "A nerve.", "神经病学。", "zh_Hans") == []
    both = codes((entry,), "A nerve.", "神经病学和神经病。", "zh_Hans")
    assert both == ["glossary-forbidden"]


def test_names_are_kept() -> None:
    """A name stays in Latin letters, unless a language has its own."""
    study = term("MIST", keep=True)
    ahsct = term("AHSCT", keep=True, approved={"ru": ("АТГСК",)})
    assert codes((study,), "MIST was small.", "ה-MIST היה קטן.", "he") == []
    assert codes((study,), "MIST was small.", "מיסט", "he") == ["glossary-kept"]
    assert codes((study,), "In the mist.", "Im Nebel.", "de") == []
    assert codes((ahsct,), "AHSCT", "АТГСК", "ru") == []
    assert codes((ahsct,), "AHSCT", "Трансплантация", "ru") == ["glossary-term"]
    assert holds_name("StarMS وRAM\u2011MS", "RAM-MS")


def test_longest_term_wins() -> None:
    """What a longer term covers is no shorter one."""
    cell, graft = term("stem cell", "stem cells"), term("stem cell transplant")
    glossary = Glossary((cell, graft))
    assert list(glossary.terms_in("A stem-cell transplant.")) == [graft]
    assert list(glossary.terms_in("Stem cells, transplant")) == [cell]
    both = glossary.terms_in("Stem cells for a stem cell transplant; stem cells")
    assert list(both) == [cell, graft]


def test_findings_lead_to_both_places() -> None:
    """A finding stands at the translation, and names the term's own line."""
    entry = term("nerve", approved={"de": ("Nerv",)})
    found = list(
        check_terms(Glossary((entry,)), "A nerve.", "Eine Sehne.", "de", "Latn", PLACE)
    )
    assert [one.location for one in found] == [PLACE]
    assert found[0].related == (entry.location,)
    assert found[0].severity is Severity.WARNING
    assert '"Nerv"' in found[0].hint
    assert codes((entry,), "A nerve.", " ", "de") == []


GOOD = '[[term]]\nsource = "nerve"\n[term.approved]\nde = ["Nerv"]\n'
BROKEN = [
    (b"\xff", 1, "not UTF-8"),
    (b"[[term]\n", 1, "not valid TOML"),
    (b"a = " + b"9" * 5000, 1, "not valid TOML"),
    (b"a = " + b"[" * 5000, 1, "not valid TOML"),
    (b'colour = "red"\n', 1, "does not know"),
    (b"[term]\n", 1, "not a list"),
    (b"term = [1]\n", 1, "not a table"),
    (GOOD.encode() + b"\n[[term]]\n", 6, 'no "source"'),
    (GOOD.encode() + b'\n[[term]]\nsource = "x"\ncolour = 1\n', 8, 'no "colour"'),
    (b'[[term]]\nsource = "x"\nkeep = "yes"\n', 3, "neither true nor false"),
    (b"[[term]]\nsource = 1\n", 2, "not a text"),
    (b'[[term]]\nsource = "..."\n', 2, "has no word"),
    (b'[[term]]\nsource = "a\\u0000b"\n', 2, "control character"),
    (b'[[term]]\nsource = "' + b"a" * 501 + b'"\n', 2, "longer"),
    (b'[[term]]\nsource = "x"\nforms = "y"\n', 3, "not a list"),
    (b'[[term]]\nsource = "x"\nforms = ["X"]\n', 2, "stands twice"),
    (GOOD.encode() + b'[[term]]\nsource = "Nerve"\n', 6, "stands twice"),
    (b'[[term]]\nsource = "x"\napproved = 1\n', 3, "table of locales"),
    (GOOD.encode() + b"fr = 1\n", 5, "not a list"),
    (GOOD.encode() + b"fr = []\n", 5, "names no words"),
    (GOOD.encode() + b'fr = ["{n}"]\n', 5, "without a word"),
    (GOOD.encode() + b'fr = ["a", "a"]\n', 5, "twice"),
    (GOOD.encode() + b'xx_No = ["a"]\n', 5, "no locale"),
    (GOOD.encode() + b'en = ["a"]\n', 5, "no locale"),
    (GOOD.encode() + b'[term.forbidden]\nde = ["Nerv"]\n', 6, "both approved"),
]


@pytest.mark.parametrize(("data", "line", "words"), BROKEN)
def test_mistakes_are_told_at_their_line(data: bytes, line: int, words: str) -> None:
    """Every mistake is a finding at its line, never a traceback."""
    _, found = read_glossary(data, PATH)
    assert any(words in one.message for one in found), found
    assert {one.code for one in found} == {"glossary-file"}
    assert line in {one.location.line for one in found}, found


def test_good_terms_survive_broken_ones() -> None:
    """A term that cannot be read is left out, the others are kept."""
    glossary, found = read_glossary(GOOD.encode() + b"[[term]]\nsource = 1\n", PATH)
    assert [one.source for one in glossary.terms] == ["nerve"]
    assert glossary.terms[0].location == Location(PATH, 1)
    assert found


TBX = write_tbx(read_glossary(GOOD.encode(), PATH)[0], ["de"])
HOSTILE = [
    b"",
    b"<tbx>",
    b"<tbx/>",
    b"\xff\xfe<\x00",
    b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
    TBX.replace(b'"dct"', b'"dca"'),
    TBX.replace(b"<tbx ", b'<!DOCTYPE tbx SYSTEM "file:///etc/passwd"><tbx '),
    TBX.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    TBX.replace(b"<term>nerve</term>", b""),
    TBX.replace(b'"de"', b'"xx"'),
    TBX.replace(b' xml:lang="de"', b""),
    TBX.replace(b"<term>nerve", b"<term>&#x110000;nerve"),
    b"<a>" * 200_000,
    b" " * (MOST_BYTES + 1),
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_tbx(data: bytes) -> None:
    """What is no TBX, or tries to be more, is told and not read."""
    glossary, found = read_tbx(data, "terms.tbx")
    assert glossary.terms == ()
    assert {one.code for one in found} == {"glossary-file"}


def test_tbx_of_other_tools() -> None:
    """Order, missing states, superseded words and unknown fields are all understood."""
    data = TBX.replace(
        b"</langSec>\n</conceptEntry>",
        b"<termSec><term>alt</term><min:administrativeStatus>supersededTerm-admn-sts"
        b"</min:administrativeStatus></termSec><termSec><term>neu</term>"
        b"<min:partOfSpeech>noun</min:partOfSpeech></termSec>\n"
        b"</langSec>\n</conceptEntry>",
    )
    glossary, found = read_tbx(data, "terms.tbx")
    assert not found
    assert glossary.terms[0].approved == {"de": ("Nerv", "neu")}
    assert glossary.terms[0].forbidden == {"de": ("alt",)}


def test_tbx_holds_chosen_locales() -> None:
    """Only the languages asked for are written."""
    glossary, _ = read_glossary(GOOD.encode() + b'fr = ["nerf"]\n', PATH)
    assert b"nerf" not in write_tbx(glossary, ["de"])
    assert b'type="TBX-Basic" style="dct"' in write_tbx(glossary, [])


def test_house_glossary() -> None:
    """Our own file is right, canonical, and goes through TBX unchanged."""
    data = (ROOT / PATH).read_bytes()
    glossary, found = read_glossary(data, PATH)
    assert not found
    assert 45 <= len(glossary.terms) <= 60
    assert write_glossary(glossary).encode() == data
    again, found = read_tbx(write_tbx(glossary, LOCALES), "terms.tbx")
    assert not found
    assert write_glossary(again).encode() == data


@pytest.mark.parametrize("name", LOCALES)
def test_catalogs_keep_to_the_glossary(name: str) -> None:
    """Every translation of ours uses our terms."""
    glossary, _ = read_glossary((ROOT / PATH).read_bytes(), PATH)
    path = f"locales/{name}/LC_MESSAGES/messages.po"
    catalog, _ = read_catalog((ROOT / path).read_bytes(), path, name)
    known = find_locale(name)
    assert known
    found = [
        str(finding)
        for one in catalog.messages
        if one.text and not one.obsolete
        for finding in check_terms(
            glossary, one.text, one.translation, name, known.script, PLACE
        )
    ]
    assert found == []


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


@given(glossaries())
def test_toml_round_trip(glossary: Glossary) -> None:
    """What is written is read again."""
    text = write_glossary(glossary)
    again, found = read_glossary(text.encode(), PATH)
    assert not found
    assert again == glossary
    assert write_glossary(again) == text


@given(glossaries())
def test_tbx_round_trip(glossary: Glossary) -> None:
    """TBX brings back the same glossary."""
    again, found = read_tbx(write_tbx(glossary, LOCALES), "terms.tbx")
    assert not found
    assert again == glossary


@given(glossaries(), st.text(), st.text(), st.sampled_from(LOCALES))
def test_any_text_is_checked(
    glossary: Glossary, source: str, text: str, name: str
) -> None:
    """No text stops the check, and its codes are the known three."""
    found = codes(glossary.terms, source, text, name)
    assert set(found) <= {"glossary-term", "glossary-forbidden", "glossary-kept"}


@given(st.binary(max_size=200))
def test_any_bytes_are_read(data: bytes) -> None:
    """No file stops the readers."""
    read_glossary(data, PATH)
    assert read_tbx(data, "terms.tbx")[1]


@given(WORDS, st.sampled_from(LOCALES))
def test_a_word_is_its_own_form(text: str, name: str) -> None:
    """Every word is the same as itself, loosely and tightly."""
    known = find_locale(name)
    assert known
    for word in words_of(text):
        assert same_word(word, word, name, known.script)
        assert exact_word(word, word, known.name, known.script)
