"""Lexicons: the words of a language that carry numbers, units and negation.

Takes a locale's name and gives its word lists, ready to be searched.  The lists
are data, in `languages/data/*.toml`, so that a speaker can mend them without reading code
(docs/languages.md).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from operator import itemgetter

from leaflets.languages.language import Language, NegationWords, find_language
from leaflets.languages.numbers import Multipliers, multipliers
from leaflets.languages.opposite_words import kinds_of
from leaflets.languages.scripts import all_scripts

INSIDE = r"\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
"""What belongs to a word: Python's own class leaves out the vowel signs of India."""
LATIN = r"a-z0-9_\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff\u200c\u200d"
"""What goes on a word of Latin letters, folded."""
EDGED = re.compile(f"[{INSIDE}]")
NUMBER = "[0-9][0-9.,]*"
MOST_BETWEEN = 3
"""Words that may stand where a pattern has "…"."""
HASH = "\\#"
"""The sign for a number as `re.escape` writes it."""
LONGEST = 100
"""Letters of a word or ending that patterns look at: without an end, the time for a
text without spaces would grow with the square of its length."""
FEW_WORDS = rf"(?:\S{{1,{LONGEST}}}\s+){{0,{MOST_BETWEEN}}}?"
SAME_SIGNS = {
    "’": "'",
    "ʼ": "'",
    "\u2010": "-",
    "\u2011": "-",
    "\u00a0": " ",
    "\u202f": " ",
    "\u2009": " ",
    "％": "%",
    **dict.fromkeys("\u2066\u2067\u2068\u2069\u200e\u200f\u2060\u061c", ""),
}
"""Signs that say the same in any language; letters that do stand in the data."""
MARKS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670]")
"""Vowel points of Hebrew and Arabic, which are written or left out at will."""


@lru_cache(maxsize=1)
def _folded() -> dict[int, str]:
    """Make the table of what `fold` writes otherwise."""
    return str.maketrans({**all_scripts().same, **SAME_SIGNS})


def fold(text: str) -> str:
    """Return a text so that spellings which mean the same compare equal.

    >>> fold("Ein\\u00a0Arzt’s"), fold("أَحَد")
    ("ein arzt's", 'احد')
    """
    lower = unicodedata.normalize("NFC", text).lower()
    return MARKS.sub("", lower.translate(_folded()))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns of one kind, in one expression; without any, nothing is found."""

    pattern: re.Pattern[str] | None

    def count(self, text: str) -> int:
        """Count places where one of them stands."""
        return sum(1 for _ in self.places(text))

    def places(self, text: str) -> Iterator[re.Match[str]]:
        """Find them in a folded text."""
        if self.pattern:
            yield from self.pattern.finditer(text)

    def without(self, text: str) -> str:
        """Take them out of a folded text."""
        return self.pattern.sub(" · ", text) if self.pattern else text


NO_PHRASES = Phrases(None)


@dataclass(frozen=True, slots=True)
class Sides:
    """Patterns of two opposite sides, in one expression."""

    pattern: re.Pattern[str]
    sides: tuple[str, ...]
    """The side of each group n0, n1, …; empty where a phrase is of neither."""

    def said(self, text: str) -> dict[str, str]:
        """Return the sides that a folded text has words of, each with the first ones.

        Of two patterns that begin at one place the longer counts.
        """
        words: dict[str, str] = {}
        for match in self.pattern.finditer(text):
            side = self.sides[int(str(match.lastgroup)[1:])]
            if side:
                words.setdefault(side, match[0].strip())
        return words


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Lexicon:
    """The word lists of one language, ready to be searched."""

    spaced: bool = True
    """Whether words are parted by spaces; else a pattern may stand inside a word."""
    multipliers: Multipliers
    no_unit_across: frozenset[str] = frozenset()
    """Words that part a number from the unit of something else."""
    unit_before_ten: bool = False
    """Whether "five and twenty" is 25."""
    concord: bool = False
    """Whether several words make one negation ("ne … jamais")."""
    negations: Phrases = NO_PHRASES
    perhaps: Phrases = NO_PHRASES
    """Words that another language may say with a negation."""
    void: Phrases = NO_PHRASES
    """Words that only look like one of the former ("under")."""
    idioms: Phrases = NO_PHRASES
    """Phrases with a negation that deny nothing ("not only")."""
    numbers: re.Pattern[str] | None = None
    values: tuple[tuple[str, bool], ...] = ()
    """What the groups of `numbers` stand for, and whether that is sure."""
    joins: tuple[str, ...] = ()
    units: Mapping[str, Phrases] = field(default_factory=dict)
    before: Mapping[str, Phrases] = field(default_factory=dict)
    """Units that stand before their number."""
    part_first: tuple[re.Pattern[str], ...] = ()
    """Ways to say "1 in 3,000"; numbers are written "#" in the text searched."""
    loosely: tuple[re.Pattern[str], ...] = ()
    """The same with words behind the part, for numbers that surely are some."""
    whole_first: tuple[re.Pattern[str], ...] = ()
    ranges: tuple[re.Pattern[str], ...] = ()
    claims: Mapping[str, Phrases] = field(default_factory=dict)
    opposites: Mapping[str, Sides] = field(default_factory=dict)
    """By kind."""


@lru_cache(maxsize=64)
def find_lexicon(locale: str) -> Lexicon | None:
    """Return the word lists of a locale's language; none where nobody wrote them."""
    language = find_language(locale)
    if language.negation is None:
        return None
    return _lexicon(language, language.negation, multipliers(locale))


def has_lexicon(locale: str) -> bool:
    """Return whether somebody wrote word lists for a locale's language."""
    return find_language(locale).negation is not None


def _lexicon(
    language: Language, negation: NegationWords, larger: Multipliers
) -> Lexicon:
    """Compile one language's lists."""
    write = _Writer(language.spaced, language.prefixes)
    entries = tuple(_number_words(language))
    numbers = write.numbered(pattern for pattern, _, _ in entries)
    return Lexicon(
        spaced=language.spaced,
        multipliers=larger,
        no_unit_across=frozenset(map(fold, language.no_unit_across)),
        unit_before_ten=language.unit_before_ten,
        concord=negation.concord,
        negations=write.phrases(negation.sure),
        perhaps=write.phrases(negation.perhaps),
        void=write.phrases(negation.void),
        idioms=write.phrases(negation.ignore),
        numbers=re.compile(write.edged(numbers)) if entries else None,
        values=tuple((key, sure) for _, key, sure in entries),
        joins=tuple(map(fold, language.joins)),
        units=write.kinds(_with_symbols(language.units)),
        before=write.kinds(language.before),
        part_first=tuple(write.frames(language.ratio)),
        loosely=tuple(write.frames(_with_nouns(language.ratio))),
        whole_first=tuple(write.frames(language.whole_first)),
        ranges=tuple(write.frames(language.range)),
        claims=write.kinds(language.claims),
        opposites={
            kind: write.sides(words) for kind, words in kinds_of(language.opposites)
        },
    )


def _with_symbols(units: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Add the symbols that every language writes to a language's names of units."""
    symbols = all_scripts().symbols if units else {}
    kinds = dict.fromkeys((*units, *symbols))
    return {kind: (*units.get(kind, ()), *symbols.get(kind, ())) for kind in kinds}


def _number_words(language: Language) -> list[tuple[str, str, bool]]:
    """List numbers in words as (pattern, value, whether sure)."""
    tables = ((language.numbers.sure, True), (language.numbers.perhaps, False))
    entries = [
        (pattern, key, sure)
        for table, sure in tables
        for key, patterns in table.items()
        for pattern in patterns
    ]
    entries.extend(_compounds(language))
    return entries


def _with_nouns(patterns: Iterable[str]) -> Iterator[str]:
    """Let what is counted stand behind the part: "72 of our patients in 90"."""
    for pattern in patterns:
        if pattern.startswith("# ") and "…" not in pattern:
            yield pattern.replace("# ", "# … ", 1)


def _compounds(language: Language) -> Iterator[tuple[str, str, bool]]:
    """Spell numbers that are one word of two ("fünfundzwanzig")."""
    shape = language.compound
    sure = language.numbers.sure
    for ten in range(20, 100, 10) if shape else ():
        for unit in range(1, 10):
            word = sure[str(unit)][0] if unit > 1 else language.compound_one
            text = shape.format(unit=word, ten=sure[str(ten)][0])
            yield text, str(ten + unit), True


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes patterns of the lists as expressions; lives only in `_lexicon`."""

    spaced: bool
    prefixes: tuple[str, ...]

    def edged(self, inner: str) -> str:
        """Let an expression begin and end where a word does."""
        if not self.spaced:
            return f"(?:{inner})"
        many = "|".join(re.escape(fold(prefix)) for prefix in self.prefixes)
        # The bare word is tried first: a day's name may begin like a prefix.
        prefix = f"(?:{many})??" if many else ""
        return f"(?:(?<![{INSIDE}]){prefix}|(?=[^{INSIDE}]))(?:{inner})"

    def words(self, pattern: str) -> str:
        """Write one pattern: "~" is any ending, "…" a few words."""
        return "".join(self._parted(pattern))

    def _parted(self, pattern: str) -> tuple[str, str]:
        """Write one pattern in two parts: what it begins with, and how it ends."""
        *before, last = fold(pattern).split()
        head = "".join(
            FEW_WORDS if part == "…" else "".join(self._word(part)) + self._space()
            for part in before
        )
        if last == "…":
            return head + FEW_WORDS, ""
        word, tail = self._word(last)
        return head + word, tail

    def _word(self, part: str) -> tuple[str, str]:
        """Write one word of a pattern, and how it ends."""
        word, tail = re.escape(part).replace("\\~", "~"), self._end(part)
        if not self.spaced:
            word = word.replace("…", r"[^\s.!?;:。]{0,12}?")
        ending = f"[{INSIDE}'-]{{0,{LONGEST}}}"
        if word.endswith("~"):
            word, tail = word.removesuffix("~"), ending + tail
        return word.replace("~", ending), tail

    def _space(self) -> str:
        return r"\s+" if self.spaced else r"\s*"

    def _end(self, part: str) -> str:
        """Keep a pattern from ending inside a word."""
        last = part[-1]
        if not (EDGED.match(last) or last in "'~"):
            return ""
        if last.isascii() and last.isalpha():
            # A particle of another script may follow: "240mg을".
            return f"(?![{LATIN}])"
        return f"(?![{INSIDE}])" if self.spaced else ""

    def phrases(self, patterns: Iterable[str]) -> Phrases:
        """Join patterns, the longest first."""
        inner = self._joined((*self._parted(text), len(text)) for text in patterns)
        return Phrases(re.compile(self.edged(inner)) if inner else None)

    def numbered(self, patterns: Iterable[str]) -> str:
        """Join patterns, each with an empty group that has its number: n0, n1, …

        The group stands behind its words: a branch that begins with a letter fails at
        once.  "#" is any number in digits.
        """
        return self._joined(
            (f"{head.replace(HASH, NUMBER)}(?P<n{index}>)", tail, len(text))
            for index, text in enumerate(patterns)
            for head, tail in [self._parted(text)]
        )

    def _joined(self, written: Iterable[tuple[str, str, int]]) -> str:
        """Join patterns, the longest first: "half an hour" before "half".

        Those that end alike share their end: a class of letters takes longer to compile
        than all else of a pattern.
        """
        ordered = sorted(written, key=lambda pattern: (-pattern[2], pattern[1]))
        return "|".join(
            f"(?:{'|'.join(head for head, _, _ in alike)}){tail}"
            for (tail, _), alike in groupby(ordered, key=itemgetter(1, 2))
        )

    def kinds(self, words: Mapping[str, Iterable[str]]) -> dict[str, Phrases]:
        """Join the patterns of each kind."""
        return {kind: self.phrases(patterns) for kind, patterns in words.items()}

    def sides(self, words: Mapping[str, Iterable[str]]) -> Sides:
        """Join the patterns of all sides of a kind, the longest first."""
        entries = [(text, side) for side, texts in words.items() for text in texts]
        inner = self.numbered(text for text, _ in entries)
        names = tuple("" if side == "neither" else side for _, side in entries)
        return Sides(re.compile(self.edged(inner)), names)

    def frames(self, patterns: Iterable[str]) -> Iterator[re.Pattern[str]]:
        """Write patterns in which "#" stands for a number."""
        for pattern in sorted(patterns, key=len, reverse=True):
            inner = self.words(pattern).replace("\\#", "#")
            yield re.compile(inner.replace("#", "#([0-9]+)#"))


@lru_cache(maxsize=64)
def lexicon_of(locale: str) -> Lexicon:
    """Return a locale's word lists; empty ones where nobody wrote them.

    Digits are read all the same, in the language's own way.
    """
    return find_lexicon(locale) or Lexicon(multipliers=multipliers(locale))
