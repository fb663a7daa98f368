"""Lexicons: the words of a language that carry numbers, units and negation.

Takes a language's code and gives its word lists, ready to be searched.  The lists
are data, in `languages/*.toml`, so that a speaker can mend them without reading code
(docs/languages.md).
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

INSIDE = r"\w\u0300-\u036f\u0900-\u0963\u0966-\u0dff\u200c\u200d"
"""What belongs to a word: Python's own class leaves out the vowel signs of India."""
EDGED = re.compile(f"[{INSIDE}]")
MOST_BETWEEN = 3
"""Words that may stand where a pattern has "…"."""
UNSPACED = {"zh", "ja"}
"""Languages without spaces: a pattern may stand inside a word."""

FOLDED = str.maketrans(
    {
        # Not إ: إلا is "except" and ألا "not".
        **dict.fromkeys("أآٱ", "ا"),
        "ى": "ي",
        "ـ": "",
        "’": "'",
        "ʼ": "'",
        "\u2010": "-",
        "\u2011": "-",
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "％": "%",
        "ё": "е",
        # Turkish I and İ, which Python writes small as i and i with a dot.
        "ı": "i",
        "\u0307": "",
        **dict.fromkeys("\u2066\u2067\u2068\u2069\u200e\u200f\u2060\u061c", ""),
    }
)
MARKS = re.compile("[\u0591-\u05c7\u064b-\u065f\u0670]")
"""Vowel points of Hebrew and Arabic, which are written or left out at will."""


def fold(text: str) -> str:
    """Write a text so that spellings which mean the same compare equal.

    >>> fold("Ein\\u00a0Arzt’s"), fold("أَحَد")
    ("ein arzt's", 'احد')
    """
    lower = unicodedata.normalize("NFC", text).lower()
    return MARKS.sub("", lower.translate(FOLDED))


@dataclass(frozen=True, slots=True)
class Phrases:
    """Patterns of one kind, in one expression; without any, nothing is found."""

    found: re.Pattern[str] | None

    def count(self, text: str) -> int:
        """Count places where one of them stands."""
        return sum(1 for _ in self.places(text))

    def places(self, text: str) -> Iterator[re.Match[str]]:
        """Find them in a folded text."""
        if self.found:
            yield from self.found.finditer(text)

    def without(self, text: str) -> str:
        """Take them out of a folded text."""
        return self.found.sub(" · ", text) if self.found else text


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The word lists of one language."""

    language: str
    concord: bool
    """Whether several words make one negation ("ne … jamais")."""
    negations: Phrases
    perhaps: Phrases
    """Words that another language may say with a negation."""
    void: Phrases
    """Words that only look like one of the former ("under")."""
    idioms: Phrases
    """Phrases with a negation that deny nothing ("not only")."""
    numbers: re.Pattern[str] | None
    values: tuple[tuple[str, bool], ...]
    """What the groups of `numbers` stand for, and whether that is sure."""
    joins: tuple[str, ...]
    units: Mapping[str, Phrases]
    before: Mapping[str, Phrases]
    """Units that stand before their number."""
    part_first: tuple[re.Pattern[str], ...]
    """Ways to say "1 in 3,000"; numbers are written "#" in the text searched."""
    loosely: tuple[re.Pattern[str], ...]
    """The same with words behind the part, for numbers that surely are some."""
    whole_first: tuple[re.Pattern[str], ...]
    ranges: tuple[re.Pattern[str], ...]
    claims: Mapping[str, Phrases]


@lru_cache(maxsize=64)
def find_lexicon(locale: str) -> Lexicon | None:
    """Give the word lists of a locale's language; none where nobody wrote them."""
    name, text = _source(locale)
    if not name:
        return None
    return _lexicon(name.partition("_")[0], tomllib.loads(text))


def has_lexicon(locale: str) -> bool:
    """Tell whether a locale's language has word lists, without reading them whole."""
    return bool(_source(locale)[0])


@lru_cache(maxsize=64)
def _source(locale: str) -> tuple[str, str]:
    """Find the name and text of a language's lists: `pt_BR` before `pt`."""
    parts = locale.split("_")
    for end in range(len(parts), 0, -1):
        name = "_".join(parts[:end])
        source = files("leaflets.languages") / "data" / f"{name}.toml"
        if source.is_file():
            return name, source.read_text(encoding="utf-8")
    return "", ""


def _lexicon(language: str, data: Mapping[str, Any]) -> Lexicon:
    """Compile one language's lists."""
    write = _Writer(language, tuple(data.get("prefixes", ())))
    negation = data["negation"]
    entries = [
        (pattern, key, sure)
        for kind, sure in (("sure", True), ("perhaps", False))
        for key, patterns in data["numbers"][kind].items()
        for pattern in patterns
    ]
    entries.extend(_compounds(data))
    # The longest first: "half an hour" before "half".
    entries.sort(key=lambda one: -len(one[0]))
    # The empty group stands last: a branch that begins with a letter fails at once.
    groups = "|".join(
        f"{write.words(pattern)}(?P<n{index}>)"
        for index, (pattern, _, _) in enumerate(entries)
    )
    return Lexicon(
        language=language,
        concord=bool(negation["concord"]),
        negations=write.phrases(negation["sure"]),
        perhaps=write.phrases(negation["perhaps"]),
        void=write.phrases(negation.get("void", ())),
        idioms=write.phrases(negation["ignore"]),
        numbers=re.compile(write.edged(groups)) if entries else None,
        values=tuple((key, sure) for _, key, sure in entries),
        joins=tuple(fold(one) for one in data.get("joins", ())),
        units={unit: write.phrases(words) for unit, words in data["units"].items()},
        before={
            unit: write.phrases(words) for unit, words in data.get("before", {}).items()
        },
        part_first=tuple(write.frames(data.get("ratio", ()))),
        loosely=tuple(write.frames(_with_nouns(data.get("ratio", ())))),
        whole_first=tuple(write.frames(data.get("whole_first", ()))),
        ranges=tuple(write.frames(data.get("range", ()))),
        claims={kind: write.phrases(words) for kind, words in data["claims"].items()},
    )


def _with_nouns(patterns: Iterable[str]) -> Iterator[str]:
    """Let what is counted stand behind the part: "72 of our patients in 90"."""
    for pattern in patterns:
        if pattern.startswith("# ") and "…" not in pattern:
            yield pattern.replace("# ", "# … ", 1)


def _compounds(data: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Spell numbers that are one word of two ("fünfundzwanzig")."""
    shape = data.get("compound")
    sure = data["numbers"]["sure"]
    for ten in range(20, 100, 10) if shape else ():
        for unit in range(1, 10):
            word = "ein" if unit == 1 else sure[str(unit)][0]
            text = str(shape).format(unit=word, ten=sure[str(ten)][0])
            yield text, str(ten + unit), True


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes patterns of the lists as expressions; lives only in `_lexicon`."""

    language: str
    prefixes: tuple[str, ...]

    def edged(self, inner: str) -> str:
        """Let an expression begin and end where a word does."""
        if self.language in UNSPACED:
            return f"(?:{inner})"
        many = "|".join(re.escape(fold(one)) for one in self.prefixes)
        # The bare word is tried first: a day's name may begin like a prefix.
        prefix = f"(?:{many})??" if many else ""
        return f"(?:(?<![{INSIDE}]){prefix}|(?=[^{INSIDE}]))(?:{inner})"

    def words(self, pattern: str) -> str:
        """Write one pattern: "~" is any ending, "…" a few words."""
        parts = []
        for part in fold(pattern).split():
            if part == "…":
                parts.append(rf"(?:\S+\s+){{0,{MOST_BETWEEN}}}?")
                continue
            word = re.escape(part).replace("\\~", "~")
            if self.language in UNSPACED:
                word = word.replace("…", r"[^\s.!?;:。]{0,12}?")
            ending = f"[{INSIDE}'-]*"
            parts.append(word.replace("~", ending) + self._end(part) + self._space())
        return "".join(parts).removesuffix(self._space())

    def _space(self) -> str:
        return r"\s*" if self.language in UNSPACED else r"\s+"

    def _end(self, part: str) -> str:
        """Keep a pattern from ending inside a word."""
        last = part[-1]
        if not (EDGED.match(last) or last in "'~"):
            return ""
        if self.language in UNSPACED:
            return "(?![a-z])" if last.isascii() else ""
        return f"(?![{INSIDE}])"

    def phrases(self, patterns: Iterable[str]) -> Phrases:
        """Join patterns, the longest first."""
        ordered = sorted(patterns, key=len, reverse=True)
        inner = "|".join(map(self.words, ordered))
        return Phrases(re.compile(self.edged(inner)) if inner else None)

    def frames(self, patterns: Iterable[str]) -> Iterator[re.Pattern[str]]:
        """Write patterns in which "#" stands for a number."""
        for pattern in sorted(patterns, key=len, reverse=True):
            inner = self.words(pattern).replace("\\#", "#")
            yield re.compile(inner.replace("#", "#([0-9]+)#"))


EMPTY = Lexicon(
    language="",
    concord=False,
    negations=Phrases(None),
    perhaps=Phrases(None),
    void=Phrases(None),
    idioms=Phrases(None),
    numbers=None,
    values=(),
    joins=(),
    units={},
    before={},
    part_first=(),
    loosely=(),
    whole_first=(),
    ranges=(),
    claims={},
)
"""Of a language that nobody wrote word lists for: digits are read all the same."""
