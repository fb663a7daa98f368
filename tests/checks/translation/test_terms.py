"""Terms: words of the glossary found in translations, however they are inflected."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import PLACE, locale_of, pair_of
from leaflets.checks.translation.terms import (
    check_terms,
    exact_word,
    holds_name,
    same_word,
)
from leaflets.diagnostics import Location, Severity
from leaflets.sources.catalogs.catalog import read_catalog
from leaflets.sources.catalogs.glossary import Glossary, Term, words_of
from leaflets.sources.catalogs.glossary_files import read_glossary
from samples import translated

ROOT = Path(__file__).resolve().parents[3]
PATH = "locales/glossary.toml"
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
    found = check_terms(Glossary(terms), pair_of(source, text, locale))
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


def test_findings_lead_to_both_places() -> None:
    """A finding stands at the translation, and names the term's own line."""
    entry = term("nerve", approved={"de": ("Nerv",)})
    found = list(
        check_terms(Glossary((entry,)), pair_of("A nerve.", "Eine Sehne.", "de"))
    )
    assert [one.location for one in found] == [PLACE]
    assert found[0].related == (entry.location,)
    assert found[0].severity is Severity.WARNING
    assert '"Nerv"' in found[0].hint
    assert codes((entry,), "A nerve.", " ", "de") == []


@pytest.mark.parametrize("name", LOCALES)
def test_catalogs_keep_to_the_glossary(name: str) -> None:
    """Every translation of ours uses our terms."""
    glossary, _ = read_glossary((ROOT / PATH).read_bytes(), PATH)
    path = f"locales/{name}/LC_MESSAGES/messages.po"
    catalog, _ = read_catalog((ROOT / path).read_bytes(), path, name)
    found = [
        str(finding)
        for one in catalog.messages
        if one.text and not one.obsolete
        for finding in check_terms(glossary, pair_of(one.text, one.translation, name))
    ]
    assert found == []


@given(st.text(), st.text(), st.text(max_size=20), st.sampled_from(LOCALES))
def test_any_text_is_checked(source: str, text: str, word: str, name: str) -> None:
    """No text stops the check, and its codes are the known three."""
    words = {name: (word or "a",)}
    entry = term(source or "a", approved=words, forbidden=words)
    found = codes((entry, term("nerve", keep=True)), source, text, name)
    assert set(found) <= {"glossary-term", "glossary-forbidden", "glossary-kept"}


@given(st.text(max_size=20), st.sampled_from(LOCALES))
def test_a_word_is_its_own_form(text: str, name: str) -> None:
    """Every word is the same as itself, loosely and tightly."""
    script = locale_of(name).script
    for word in words_of(text):
        if word != ".":
            assert same_word(word, word, name, script)
            assert exact_word(word, word, name, script)


@pytest.mark.parametrize(
    ("term", "word", "locale", "same"),
    [
        # Four letters in common, and six of ten of the longer word.
        ("Nerv", "Nerven", "de", True),
        ("Nerv", "Nervensystem", "de", True),
        ("nerf", "nerfs", "fr", True),
        ("nerf", "nerveux", "fr", False),
        ("Herz", "Herzog", "fr", True),
        ("rest", "restaurant", "fr", False),
        # Shorter words must be the same.
        ("dos", "dosis", "es", False),
        ("dos", "dos", "es", True),
        # Compounds are of some languages only.
        ("Schub", "Schubtherapie", "de", True),
        ("Therapie", "Schubtherapien", "de", True),
        ("atak", "atakowany", "pl", False),
        # A clitic of three letters at the most, and three letters behind.
        ("מוח", "ובמוח", "he", True),
        ("مرض", "المرضى", "ar", True),
        # A feminine ending changes before another.
        ("خلية", "خليتان", "ar", True),
        # A nasal may be written as a dot.
        ("तन्त्रिका", "तंत्रिका", "hi", True),
    ],
)
def test_the_limits_of_likeness(term: str, word: str, locale: str, same: bool) -> None:
    """Both sides of each."""
    assert same_word(term, word, locale, locale_of(locale).script) is same


@pytest.mark.parametrize(
    ("term", "word", "locale", "same"),
    [
        ("Opfer", "Opfern", "de", True),
        ("Opfer", "Opferns", "de", True),
        ("Opfer", "Opfernsx", "de", False),
        ("жертва", "жертвы", "ru", True),
        ("жертва", "жертвенно", "ru", False),
        ("ضحية", "والضحية", "ar", True),
    ],
)
def test_forbidden_words_are_tighter(
    term: str, word: str, locale: str, same: bool
) -> None:
    """Two letters more at the most, for one vowel at the most."""
    assert exact_word(term, word, locale, locale_of(locale).script) is same
