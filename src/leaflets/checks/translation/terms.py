"""Terms: whether a translation uses the glossary's words.

Takes terms and a text with its translation; finds terms that are missing, forbidden
words, and names that were translated.  Words of a translation are compared with those
of a term by script, for most languages inflect them; how, `languages/data` says.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from math import ceil

from leaflets.checks.translation.pair import Pair
from leaflets.diagnostics import Diagnostic, error, warning
from leaflets.languages.language import Inflection, find_language
from leaflets.languages.scripts import all_scripts, script_of, settings
from leaflets.sources.catalogs.glossary import (
    IGNORED,
    PLACEHOLDER,
    Glossary,
    Term,
    words_of,
)
from leaflets.sources.content.inline import parse_inline, plain

MOST_BETWEEN = 2
"""Words that may stand between two words of a term."""
LEAST_STEM = 4
"""Letters that two forms of one word share; shorter words must be the same."""
LEAST_PART = 4
"""Letters of a term that may be part of a compound."""
TIGHT = {(0, 1), (0, 2)}
HYPHENS = dict.fromkeys((0x2010, 0x2011), "-")
BRACKETED = re.compile(r"[(（][^()（）]*[)）]")


def check_terms(glossary: Glossary, pair: Pair) -> Iterator[Diagnostic]:
    """Terms are those of the glossary, in any form that the language gives them."""
    if not pair.translation.strip():
        return
    locale = pair.locale.name
    text = plain(parse_inline(pair.translation)[0])
    wording = Wording(text, locale, pair.locale.script)
    here = tuple(glossary.terms_in(plain(parse_inline(pair.source)[0])))
    for term in here:
        yield from _missing(term, wording, pair)
    for term in glossary.terms:
        if term in here or term.banned:
            yield from _forbidden(term, wording, pair)


def _missing(term: Term, wording: "Wording", pair: Pair) -> Iterator[Diagnostic]:
    """Find a term of the source that the translation does not use."""
    approved = term.approved.get(wording.locale, ())
    if term.keep and not approved:
        if not holds_name(wording.text, term.source):
            message = f'"{term.source}" is a name and is missing here'
            language = pair.source_locale.english_name
            hint = f"write it in Latin letters, as in the {language} text"
            yield _about(term, error("glossary-kept", message, pair.place, hint))
    elif approved and not any(map(wording.holds, approved)):
        message = f'"{term.source}" is not translated by a term of the glossary'
        listed = ", ".join(f'"{word}"' for word in approved)
        hint = f"write {listed}; or add your word to locales/glossary.toml"
        yield _about(term, warning("glossary-term", message, pair.place, hint))


def _forbidden(term: Term, wording: "Wording", pair: Pair) -> Iterator[Diagnostic]:
    """Find the words of a translation that must not stand for a term."""
    approved = term.approved.get(wording.locale, ())
    for word in term.forbidden.get(wording.locale, ()):
        if wording.accuses(word, approved):
            message = f'"{word}" must not be used for "{term.source}"'
            if term.banned:
                message = f'"{word}" must not be used in a leaflet'
            hint = f'write "{approved[0]}"' if approved else term.note
            yield _about(term, error("glossary-forbidden", message, pair.place, hint))


def _about(term: Term, diagnostic: Diagnostic) -> Diagnostic:
    """Lead from a finding to the term's own place."""
    return replace(diagnostic, related=(term.location,))


@lru_cache(maxsize=16384)
def fold(word: str, script: str) -> str:
    """Return a word so that spellings which mean the same compare equal.

    >>> fold("Ärzte", "Latn"), fold("أَدْوِيَة", "Arab"), fold("हाँ", "Deva")
    ('arzte', 'ادويه', 'हां')
    """
    plain_word = unicodedata.normalize("NFKD", word).casefold()
    plain_word = plain_word.translate(_same_letters())
    setting = settings()[script]
    for written, compared in setting.rewrites:
        plain_word = re.sub(written, compared, plain_word)
    if setting.vowel_signs:
        return plain_word
    return "".join(char for char in plain_word if unicodedata.category(char) != "Mn")


@lru_cache(maxsize=1)
def _same_letters() -> dict[int, str]:
    return str.maketrans(dict(all_scripts().same_in_terms))


@lru_cache(maxsize=65536)
def same_word(term: str, word: str, locale: str, script: str) -> bool:
    """Return whether a word of a text is a word of a term, however it is inflected.

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
    inflection = find_language(locale).inflection
    if inflection.clitics and script_of(term[0]) == script:
        bare = [_bare_ending(form, inflection) for form in _articles(mine, inflection)]
        bases = _bases(theirs, inflection)
        return any(_has_ending(stem, base) for stem in bare for base in bases)
    shared, longest = _shared(mine, theirs), max(len(mine), len(theirs))
    setting = settings()[script]
    if setting.vowel_signs:
        return shared >= max(3, ceil(0.6 * longest))
    if min(len(mine), len(theirs)) < LEAST_STEM:
        return False
    if shared >= max(LEAST_STEM, ceil(0.6 * longest)):
        return True
    stem = _without_ending(mine, setting.endings)
    if _has_ending(stem if len(stem) > 2 else mine, theirs):
        return True
    return len(mine) >= LEAST_PART and _in_compound(mine, theirs, inflection)


def _without_ending(word: str, endings: tuple[str, ...]) -> str:
    """Take off the longest of some endings."""
    fitting = [ending for ending in endings if word.endswith(ending)]
    return word.removesuffix(max(fitting, key=len, default=""))


def _in_compound(term: str, word: str, inflection: Inflection) -> bool:
    """Return whether a word begins or ends with a term, as a compound does."""
    if not inflection.compound_ends:
        return False
    stem = term
    if len(term) > LEAST_STEM + 1:
        stem = _without_ending(term, inflection.compound_drops)
    return word.startswith(stem) or any(
        word.endswith(stem + ending) for ending in ("", *inflection.compound_ends)
    )


@lru_cache(maxsize=65536)
def exact_word(term: str, word: str, locale: str, script: str) -> bool:
    """Return whether it is a forbidden word, but for an ending of two letters at most.

    >>> exact_word("Opfer", "Opfern", "de", "Latn")
    True
    >>> exact_word("Anfall", "Anfang", "de", "Latn")
    False
    """
    mine, theirs = fold(term, script), fold(word, script)
    inflection = find_language(locale).inflection
    if inflection.clitics and script_of(term[0]) == script:
        # A clitic may be a letter of the word itself, so short words keep theirs.
        rests = [theirs, _bare_article(theirs, inflection)]
        if len(mine) >= LEAST_STEM:
            rests += _bases(theirs, inflection)
        return any(
            rest == bare or (len(bare) >= LEAST_STEM and _tails(bare, rest) in TIGHT)
            for bare in _articles(mine, inflection)
            for rest in rests
        )
    if mine == theirs:
        return True
    kept, added = _tails(mine, theirs)
    vowels = settings()[script].vowels
    vowel = kept == 1 and unicodedata.normalize("NFD", mine[-1])[0] in vowels
    return len(mine) >= LEAST_STEM and added <= 2 and (kept == 0 or vowel)


def _shared(word: str, other: str) -> int:
    """Count the letters that two words begin with."""
    return next(
        (at for at, (a, b) in enumerate(zip(word, other, strict=False)) if a != b),
        min(len(word), len(other)),
    )


def _tails(term: str, word: str) -> tuple[int, int]:
    """Count the letters of each after what both begin with."""
    shared = _shared(term, word)
    return len(term) - shared, len(word) - shared


def _articles(term: str, inflection: Inflection) -> tuple[str, ...]:
    """Return a term with and without its article: both are one term."""
    article = inflection.article
    if article and term.startswith(article) and len(term) > LEAST_STEM:
        return term, term[len(article) :]
    return (term,)


def _bare_article(word: str, inflection: Inflection) -> str:
    """Take off the article and what is written before it, if three letters stay."""
    joined = inflection.joined_article
    match = joined.match(word) if joined else None
    rest = word[match.end() :] if match else word
    return rest if len(rest) >= 3 else word


def _bare_ending(term: str, inflection: Inflection) -> str:
    """Take off the feminine ending, which changes before others."""
    return term[:-1] if len(term) > 3 and term[-1] in inflection.feminine else term


def _has_ending(term: str, word: str) -> bool:
    """Return whether a word is a term with at most three letters after it."""
    return word.startswith(term) and len(word) - len(term) <= 3


def _bases(word: str, inflection: Inflection) -> tuple[str, ...]:
    """List what a word may be without the small words written onto its front."""
    match = inflection.clitics.match(word) if inflection.clitics else None
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
        """Return whether a term stands in the text, inflected, words between or not."""
        if settings()[self.script].united:
            return holds_name(self.text, term) if term.isascii() else self.within(term)
        parts = words_of(term)
        return any(self.follow(parts, words) for words in self.readings)

    def within(self, term: str) -> bool:
        """Return whether a term stands in a text that is written without spaces."""
        return _solid(term) in self.solid

    def follow(self, parts: tuple[str, ...], words: tuple[str, ...]) -> bool:
        """Return whether the words of a term follow each other, others between."""
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
        """Return whether a forbidden term stands in the text and in no approved one."""
        if settings()[self.script].united:
            text = self.solid
            for word in sorted(map(_solid, approved), key=len, reverse=True):
                text = text.replace(word, " ")
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
    """List the places shortly after a word, up to the end of its sentence."""
    for at in range(end + 1, min(end + MOST_BETWEEN + 2, len(words))):
        if words[at] == ".":
            return
        yield at


def _solid(text: str) -> str:
    """Return a text without spaces and capitals, as Han is compared."""
    return "".join(IGNORED.sub("", PLACEHOLDER.sub("\0", text)).casefold().split())


def holds_name(text: str, name: str) -> bool:
    """Return whether a name stands in a text, letter by letter.

    >>> holds_name("ב-MIST", "MIST"), holds_name("MISTER", "MIST")
    (True, False)
    """
    bare = IGNORED.sub("", text).translate(HYPHENS)
    latin = "[A-Za-zÀ-ɏ0-9]"
    return bool(re.search(f"(?<!{latin}){re.escape(name)}(?!{latin})", bare))
