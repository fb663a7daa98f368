"""Glossary: which words the translations use for our terms, and which they must not.

Takes terms and a text with its translation; tells terms that are missing, forbidden
words, and names that were translated.  Words of a translation are compared with those
of a term by script, for most languages inflect them; the files of the terms are read
and written in `leaflets.sources.catalogs.glossary_files`.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from math import ceil

from leaflets.diagnostics import Diagnostic, Location, error, warning
from leaflets.languages.scripts import INDIC, UNITED, script_of
from leaflets.sources.content.inline import parse_inline, plain

MOST_BETWEEN = 2
"""Words that may stand between two words of a term."""
LEAST_STEM = 4
"""Letters that two forms of one word share; shorter words must be the same."""
LEAST_PART = 4
"""Letters of a term that may be part of a compound."""
COMPOUNDING = {"de", "nl", "sv", "da", "nb", "nn", "fi"}
TIGHT = {(0, 1), (0, 2)}

IGNORED = re.compile("[\u00ad\u0640\u200b-\u200f\u2060\u2066-\u2069\u061c\ufeff]")
"""Signs that change how a word looks and not which it is."""
PLACEHOLDER = re.compile(r"\{\w+\}")
SENTENCE_END = ".!?;:。！？；：।؟؛۔…"
MARKS = "\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u0670\u0900-\u0963\u0970-\u0dff"
WORD = re.compile(rf"[^\W_](?:[^\W_]|[{MARKS}])*|[{re.escape(SENTENCE_END)}]")
HYPHENS = dict.fromkeys((0x2010, 0x2011), "-")
FOLDED = str.maketrans(
    {
        "ى": "ي",
        "ٱ": "ا",
        "ة": "ه",
        "\u093c": "",
        "ँ": "ं",
        **dict(zip("ךםןףץ", "כמנפצ", strict=True)),
    }
)
ANUSVARA = re.compile("[ङञणनम]\u094d(?=[क-भ])")
"""A nasal before its own row of letters, which is also written as a dot."""
BRACKETED = re.compile(r"[(（][^()（）]*[)）]")
RUSSIAN = re.compile("(?:ая|яя|ое|ее|ыи|ии|ои|ые|ие|[аеиоуыэюяь])$")
"""Endings of nouns and adjectives, as folded: й is written и."""
VOWELS = "aeiouyаеиоуыэюяαεηιουω"
CLITICS = {
    "ar": re.compile("[وف]?[بلكس]?(?:ال|ل)?"),
    "he": re.compile("[והבלמשכ]{0,3}"),
}
ARABIC_ARTICLE = re.compile("^[وف]?[بك]?ال(?=...)")
FEMININE = {"ar": "هاي", "he": "הת"}

Words = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Term:
    """One thing, and what it is called in each language."""

    source: str
    """In English."""
    forms: tuple[str, ...]
    """Other English forms, such as the plural."""
    note: str
    keep: bool
    """Not translated: it stays in Latin letters as it is."""
    approved: Words
    """By locale, the best one first."""
    forbidden: Words
    location: Location = field(compare=False)

    @property
    def banned(self) -> bool:
        """Tell a term that only names words which no translation may hold."""
        return not self.keep and not self.approved


@dataclass(frozen=True, slots=True)
class Glossary:
    """All terms, and where each English form leads."""

    terms: tuple[Term, ...]
    _forms: Mapping[tuple[str, ...], tuple[tuple[str, Term], ...]] = field(
        init=False, repr=False, compare=False
    )
    _longest: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        forms: dict[tuple[str, ...], tuple[tuple[str, Term], ...]] = {}
        for term in self.terms:
            for form in (term.source, *term.forms):
                key = form_key(form)
                forms[key] = (*forms.get(key, ()), (form, term))
        object.__setattr__(self, "_forms", forms)
        object.__setattr__(self, "_longest", max(map(len, forms), default=0))

    def terms_in(self, text: str) -> Iterator[Term]:
        """Give each term that stands in an English text, the longest match first.

        What a longer term covers is no shorter term: "stem cell transplant" is not
        also "stem cell".
        """
        words = source_words(text)
        lower = [one.casefold() for one in words]
        given: list[Term] = []
        start = 0
        while start < len(words):
            size = 1
            for length in range(min(self._longest, len(words) - start), 0, -1):
                part = words[start : start + length]
                found = self._forms.get(tuple(lower[start : start + length]), ())
                fitting = [term for form, term in found if _same_case(form, part)]
                if fitting:
                    given += [one for one in fitting if one not in given]
                    size = length
                    break
            start += size
        yield from given


def form_key(form: str) -> tuple[str, ...]:
    """Give the words of an English form, ready to be looked up."""
    return tuple(word.casefold() for word in source_words(form))


def _same_case(form: str, words: Sequence[str]) -> bool:
    """Tell whether capitals fit: MIST is a study, mist is weather."""
    return all(
        mine == theirs or not mine.isupper()
        for mine, theirs in zip(source_words(form), words, strict=True)
    )


def check_terms(
    glossary: Glossary,
    source: str,
    translation: str,
    locale: str,
    script: str,
    place: Location,
) -> Iterator[Diagnostic]:
    """Tell the terms of a text that its translation misses, and forbidden words."""
    if not translation.strip():
        return
    text = plain(parse_inline(translation)[0])
    wording = Wording(text, locale, script)
    here = tuple(glossary.terms_in(plain(parse_inline(source)[0])))
    for term in here:
        approved = term.approved.get(locale, ())
        if term.keep and not approved:
            if not holds_name(text, term.source):
                message = f'"{term.source}" is a name and is missing here'
                hint = "write it in Latin letters, as in the English text"
                yield _about(term, error("glossary-kept", message, place, hint))
        elif approved and not any(map(wording.holds, approved)):
            message = f'"{term.source}" is not translated by a term of the glossary'
            listed = ", ".join(f'"{one}"' for one in approved)
            hint = f"write {listed}; or add your word to locales/glossary.toml"
            yield _about(term, warning("glossary-term", message, place, hint))
    for term in glossary.terms:
        if term not in here and not term.banned:
            continue
        for word in term.forbidden.get(locale, ()):
            if wording.accuses(word, term.approved.get(locale, ())):
                message = f'"{word}" must not be used for "{term.source}"'
                if term.banned:
                    message = f'"{word}" must not be used in a leaflet'
                hint = term.note
                if best := term.approved.get(locale):
                    hint = f'write "{best[0]}"'
                yield _about(term, error("glossary-forbidden", message, place, hint))


def _about(term: Term, finding: Diagnostic) -> Diagnostic:
    """Lead from a finding to the term's own place."""
    return replace(finding, related=(term.location,))


def words_of(text: str) -> tuple[str, ...]:
    """Part a text into words; "." stands where a sentence ends.

    Placeholders are no words, and hyphens part words as spaces do.

    >>> words_of("Die MS-Ärztin. {n} mal तंत्रिका")
    ('Die', 'MS', 'Ärztin', '.', 'mal', 'तंत्रिका')
    """
    bare = IGNORED.sub("", PLACEHOLDER.sub(" ", unicodedata.normalize("NFC", text)))
    return tuple("." if one[0] in SENTENCE_END else one for one in WORD.findall(bare))


def source_words(text: str) -> tuple[str, ...]:
    """Part an English text into words; a comma parts terms as a full stop does."""
    return words_of(re.sub("[,()]", ".", text))


@lru_cache(maxsize=16384)
def fold(word: str, script: str) -> str:
    """Write a word so that spellings which mean the same compare equal.

    >>> fold("Ärzte", "Latn"), fold("أَدْوِيَة", "Arab"), fold("हाँ", "Deva")
    ('arzte', 'ادويه', 'हां')
    """
    plain_word = unicodedata.normalize("NFKD", word).casefold()
    if script in INDIC:
        return ANUSVARA.sub("ं", plain_word.translate(FOLDED))
    return "".join(
        char
        for char in plain_word.translate(FOLDED)
        if unicodedata.category(char) != "Mn"
    )


@lru_cache(maxsize=65536)
def same_word(term: str, word: str, locale: str, script: str) -> bool:
    """Tell whether a word of a text is a word of a term, however it is inflected.

    >>> same_word("Behandlung", "Behandlungsteam", "de", "Latn")
    True
    >>> same_word("Infektion", "Infusion", "de", "Latn")
    False
    >>> same_word("مرض", "وبالمرض", "ar", "Arab"), same_word("תא", "התאים", "he", "Hebr")
    (True, True)
    >>> same_word("обострение", "обострений", "ru", "Cyrl")
    True
    """
    mine, theirs = fold(term, script), fold(word, script)
    if mine == theirs:
        return True
    language = locale.partition("_")[0]
    if language in CLITICS and script_of(term[0]) == script:
        bare = [_bare_ending(one, language) for one in _articles(mine, language)]
        bases = _bases(theirs, language)
        return any(_has_ending(stem, one) for stem in bare for one in bases)
    shared = _shared(mine, theirs)
    if script in INDIC:
        return shared >= max(3, ceil(0.6 * max(len(mine), len(theirs))))
    if min(len(mine), len(theirs)) < LEAST_STEM:
        return False
    if shared >= max(LEAST_STEM, ceil(0.6 * max(len(mine), len(theirs)))):
        return True
    stem = RUSSIAN.sub("", mine) if script == "Cyrl" else mine
    if _has_ending(stem if len(stem) > 2 else mine, theirs):
        return True
    compound = language in COMPOUNDING and len(mine) >= LEAST_PART
    if len(mine) > LEAST_STEM + 1:
        stem = re.sub("(e|en|n)$", "", mine)
    return compound and (
        theirs.startswith(stem)
        or any(theirs.endswith(stem + end) for end in ("", "e", "en", "n", "s", "es"))
    )


@lru_cache(maxsize=65536)
def exact_word(term: str, word: str, locale: str, script: str) -> bool:
    """Tell a forbidden word: the same but for an ending of at most two letters.

    >>> exact_word("Opfer", "Opfern", "de", "Latn")
    True
    >>> exact_word("Anfall", "Anfang", "de", "Latn")
    False
    """
    mine, theirs = fold(term, script), fold(word, script)
    language = locale.partition("_")[0]
    if language in CLITICS and script_of(term[0]) == script:
        # A clitic may be a letter of the word itself, so short words keep theirs.
        rests = [theirs, ARABIC_ARTICLE.sub("", theirs)]
        if len(mine) >= LEAST_STEM:
            rests += _bases(theirs, language)
        return any(
            one == bare or (len(bare) >= LEAST_STEM and _tails(bare, one) in TIGHT)
            for bare in _articles(mine, language)
            for one in rests
        )
    if mine == theirs:
        return True
    kept, added = _tails(mine, theirs)
    vowel = kept == 1 and unicodedata.normalize("NFD", mine[-1])[0] in VOWELS
    return len(mine) >= LEAST_STEM and added <= 2 and (kept == 0 or vowel)


def _shared(one: str, other: str) -> int:
    """Count the letters that two words begin with."""
    return next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b),
        min(len(one), len(other)),
    )


def _tails(term: str, word: str) -> tuple[int, int]:
    """Count the letters of each after what both begin with."""
    shared = _shared(term, word)
    return len(term) - shared, len(word) - shared


def _articles(term: str, language: str) -> tuple[str, ...]:
    """Give a term with and without its article: both are one term."""
    article = "ال" if language == "ar" else "ה"
    if term.startswith(article) and len(term) > LEAST_STEM:
        return term, term[len(article) :]
    return (term,)


def _bare_ending(term: str, language: str) -> str:
    """Take off the feminine ending, which changes before others."""
    return term[:-1] if len(term) > 3 and term[-1] in FEMININE[language] else term


def _has_ending(term: str, word: str) -> bool:
    """Tell whether a word is a term with at most three letters after it."""
    return word.startswith(term) and len(word) - len(term) <= 3


def _bases(word: str, language: str) -> tuple[str, ...]:
    """Give what a word may be without the small words written onto its front."""
    match = CLITICS[language].match(word)
    most = match.end() if match else 0
    return tuple(word[cut:] for cut in range(min(most, len(word) - 2) + 1))


class Wording:
    """A translation, parted into words once, and asked for many terms."""

    def __init__(self, text: str, locale: str, script: str) -> None:
        self.locale = locale
        self.script = script
        self.text = text
        self.words = words_of(text)
        # What stands in brackets may stand between the words of a term.
        self.readings = {self.words, words_of(BRACKETED.sub(" ", text))}
        self.solid = _solid(text)

    def holds(self, term: str) -> bool:
        """Tell whether a term stands in the text, inflected, words between or not."""
        if self.script in UNITED:
            return holds_name(self.text, term) if term.isascii() else self.within(term)
        parts = words_of(term)
        return any(self.follow(parts, words) for words in self.readings)

    def within(self, term: str) -> bool:
        """Tell whether a term stands in a text that is written without spaces."""
        return _solid(term) in self.solid

    def follow(self, parts: tuple[str, ...], words: tuple[str, ...]) -> bool:
        """Tell whether the words of a term follow each other, others between."""
        ends: set[int] = set()
        for number, part in enumerate(parts):
            near = {at for end in ends for at in _near(words, end)}
            ends = {
                at
                for at in (near if number else range(len(words)))
                if words[at] != "."
                and same_word(part, words[at], self.locale, self.script)
            }
        return bool(ends)

    def accuses(self, term: str, approved: tuple[str, ...]) -> bool:
        """Tell whether a forbidden term stands in the text and in no approved one."""
        if self.script in UNITED:
            text = self.solid
            for one in sorted(map(_solid, approved), key=len, reverse=True):
                text = text.replace(one, " ")
            return _solid(term) in text
        parts = words_of(term)
        return bool(parts) and any(
            all(
                exact_word(part, word, self.locale, self.script)
                for part, word in zip(parts, self.words[start:], strict=False)
            )
            for start in range(len(self.words) - len(parts) + 1)
        )


def _near(words: tuple[str, ...], end: int) -> Iterator[int]:
    """Give the places shortly after a word, up to the end of its sentence."""
    for at in range(end + 1, min(end + MOST_BETWEEN + 2, len(words))):
        if words[at] == ".":
            return
        yield at


def _solid(text: str) -> str:
    """Write a text without spaces and capitals, as Han is compared."""
    return "".join(IGNORED.sub("", PLACEHOLDER.sub("\0", text)).casefold().split())


def holds_name(text: str, name: str) -> bool:
    """Tell whether a name stands in a text, letter by letter.

    >>> holds_name("ב-MIST", "MIST"), holds_name("MISTER", "MIST")
    (True, False)
    """
    bare = IGNORED.sub("", text).translate(HYPHENS)
    latin = "[A-Za-zÀ-ɏ0-9]"
    return bool(re.search(f"(?<!{latin}){re.escape(name)}(?!{latin})", bare))
