"""Readability: how long sentences and words are, by formulas of each language's own.

Takes running text; gives counts and scores.  A score compares drafts of one language,
or shows a translation beside its source; it judges nobody and gates nothing.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from leaflets.languages.letters import sentences
from leaflets.languages.scripts import is_cased

LONG = 6
"""Letters that a word may have before LIX calls it long (Björnsson 1968)."""
VOWELS = frozenset("aeıioöuüâîû")
"""Each makes one syllable of a Turkish word."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was counted in running text."""

    sentences: int
    words: int
    """Parted by spaces; none in scripts without spaces."""
    long: int
    """Words of more than six letters."""
    letters: int
    syllables: int
    """Of Turkish; other languages do not spell one by each vowel."""
    longest: int
    """Words of the longest sentence, or its letters in scripts without spaces."""

    @property
    def pace(self) -> float:
        """Return the mean length of a sentence, in words (or letters)."""
        return (self.words or self.letters) / max(1, self.sentences)


def measure(texts: Iterable[str], *, spaced: bool) -> Reading:
    """Count sentences, words and letters; texts without an end count as one."""
    total = {"sentences": 0, "words": 0, "long": 0, "letters": 0, "syllables": 0}
    longest = 0
    for text in texts:
        for sentence in sentences(text):
            words = [word for word in sentence.split() if _letters(word)]
            letters = sum(map(_letters, words))
            if not letters:
                continue
            total["sentences"] += 1
            total["letters"] += letters
            total["words"] += len(words) if spaced else 0
            total["long"] += (
                sum(_letters(word) > LONG for word in words) if spaced else 0
            )
            total["syllables"] += sum(
                max(1, sum(char in VOWELS for char in word.lower())) for word in words
            )
            longest = max(longest, len(words) if spaced else letters)
    return Reading(**total, longest=longest)


def _letters(word: str) -> int:
    """Count letters and digits; accents and vowel signs go with their letter."""
    return sum(unicodedata.category(char)[0] in "LN" for char in word)


def scores(reading: Reading, language: str, script: str) -> dict[str, float]:
    """Return the scores that hold for a language; none for scripts without an alphabet.

    LIX: words a sentence + 100 × long words ÷ words (Björnsson 1968), for languages
    that write words with letters. Gulpease for Italian: 89 + (300 × sentences − 10 ×
    letters) ÷ words (Lucisano and Piemontese 1988). Ateşman for Turkish: 198.825 −
    40.175 × syllables ÷ words − 2.610 × words ÷ sentences (Ateşman 1997).
    """
    words, parts = reading.words, reading.sentences
    if not is_cased(script) or not words or not parts:
        return {}
    values = {"LIX": words / parts + 100 * reading.long / words}
    if language == "it":
        values["Gulpease"] = 89 + (300 * parts - 10 * reading.letters) / words
    if language == "tr":
        values["Ateşman"] = (
            198.825 - 40.175 * reading.syllables / words - 2.610 * words / parts
        )
    return values
