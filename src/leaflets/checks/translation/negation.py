"""Checks of meaning: what a lost word turns round, and what no leaflet may promise.

Pure functions over a message's two texts, with the word lists of both languages.
They see words, not sense: a reviewer reads every text all the same.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from leaflets.checks.translation.pair import Pair, bare
from leaflets.diagnostics import Diagnostic, error, warning
from leaflets.languages.letters import sentences
from leaflets.languages.word_lists import NO_PHRASES, Lexicon, find_lexicon, fold

CLAUSE = re.compile(r"[,;:()—–·。，；：、！？،؛.!?।]")


def negation_parity(pair: Pair) -> Iterator[Diagnostic]:
    """A text that denies something denies it in every language.

    "Do not take" without its "not" is an order to take. Sentences are compared one by
    one where both texts have as many.
    """
    source = find_lexicon(pair.source_locale.name)
    lexicon = find_lexicon(pair.locale.name)
    if source is None or lexicon is None:
        return
    parts = sentences(bare(pair.source))
    translated = sentences(bare(pair.translation))
    if len(parts) != len(translated):
        parts, translated = (" ".join(parts),), (" ".join(translated),)
    for before, after in zip(parts, translated, strict=True):
        wanted, there = negations(before, source), negations(after, lexicon)
        # What may deny in the source is translated by what may deny, and so
        # excuses nothing.
        rest = there.most + max(there.perhaps - wanted.perhaps, 0)
        excuses = wanted.perhaps + wanted.idioms
        if wanted.least > rest:
            # Two that became one may be grammar ("neither … nor"); none is not.
            finding = warning if rest else error
            message = "a negation of the source is missing from the translation"
            hint = f'the source says "{_around(before, source)}"'
            yield finding("negation-parity", message, pair.place, hint)
        elif there.least and not wanted.most and excuses <= there.perhaps:
            message = "the translation denies what the source does not"
            hint = f'it says "{_around(after, lexicon)}"'
            yield error("negation-parity", message, pair.place, hint)


@dataclass(frozen=True, slots=True)
class Negations:
    """How often a text denies."""

    least: int
    """Where several words deny at once, a clause counts once."""
    most: int
    perhaps: int
    """Words that deny in one language and not in another ("unless", "stop")."""
    idioms: int
    """Phrases with a negation that deny nothing ("not only")."""


@lru_cache(maxsize=20_000)
def negations(text: str, lexicon: Lexicon) -> Negations:
    """Count what denies in a text, and what may."""
    folded = fold(text)
    least = most = perhaps = 0
    for clause in CLAUSE.split(lexicon.idioms.without(lexicon.void.without(folded))):
        count = lexicon.negations.count(clause)
        least += min(count, 1) if lexicon.concord else count
        most += count
        perhaps += lexicon.perhaps.count(lexicon.negations.without(clause))
    return Negations(least, most, perhaps, lexicon.idioms.count(folded))


def _around(text: str, lexicon: Lexicon) -> str:
    """Quote the words round the first negation."""
    match = next(lexicon.negations.places(fold(text)), None)
    start = max(match.start() - 25, 0) if match else 0
    return " ".join(text[start : start + 60].split())


def claims(pair: Pair) -> Iterator[Diagnostic]:
    """A translation promises nothing that the source does not speak of.

    Cures, guarantees and freedom from risk are the marks of bad offers (ISSCR).
    """
    source = find_lexicon(pair.source_locale.name)
    lexicon = find_lexicon(pair.locale.name)
    if source is None or lexicon is None:
        return
    text, translation = fold(bare(pair.source)), fold(bare(pair.translation))
    for kind, words in lexicon.claims.items():
        match = next(words.places(translation), None)
        if match and not source.claims.get(kind, NO_PHRASES).count(text):
            message = f'"{match[0].strip()}" promises what the source does not'
            hint = "see the forbidden claims in content/EDITORIAL.md"
            yield error("forbidden-claim", message, pair.place, hint)


CHECKS = (negation_parity, claims)
