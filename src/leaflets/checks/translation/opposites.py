"""Checks of opposites: a word of one side must not become a word of the other.

Pure functions over a message's two texts, with the word lists of both languages.
Silence is the rule in doubt: a text with words of both sides, or of none, says nothing.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from leaflets.checks.translation.pair import Pair, bare
from leaflets.diagnostics import Diagnostic, error
from leaflets.languages.letters import sentences
from leaflets.languages.word_lists import Lexicon, find_lexicon, fold
from leaflets.sources.content.inline import PLACEHOLDER


def opposite(pair: Pair) -> Iterator[Diagnostic]:
    """A translation does not say the opposite: after for before, lower for raise.

    Sentences are compared one by one where both texts have as many.
    """
    source = find_lexicon(pair.source_locale.name)
    lexicon = find_lexicon(pair.locale.name)
    if source is None or lexicon is None or not lexicon.opposites:
        return
    parts = _sentences(pair.source)
    if not any(_one_sided(part, source) for part in parts):
        return
    translated = _sentences(pair.translation)
    if len(parts) != len(translated):
        parts, translated = (" ".join(parts),), (" ".join(translated),)
    for before, after in zip(parts, translated, strict=True):
        yield from _compared(pair, _one_sided(before, source), fold(after), lexicon)


def _compared(
    pair: Pair,
    wanted: Mapping[str, tuple[str, str]],
    translation: str,
    lexicon: Lexicon,
) -> Iterator[Diagnostic]:
    """Tell each kind of which a folded sentence has the other side only."""
    for kind, (side, words) in wanted.items():
        sides = lexicon.opposites.get(kind)
        there = sides.said(translation) if sides else {}
        if there and side not in there:
            (other,) = there.values()
            message = (
                f'the source says "{words}", the translation "{other}": the opposite'
            )
            hint = f'look for "{other}" in the translation; write what "{words}" means'
            yield error("opposite", message, pair.place, hint)


@lru_cache(maxsize=20_000)
def _sentences(text: str) -> tuple[str, ...]:
    """Part a text into sentences, with a digit for each number that is filled in."""
    return sentences(bare(PLACEHOLDER.sub("0", text)))


@lru_cache(maxsize=20_000)
def _one_sided(text: str, lexicon: Lexicon) -> Mapping[str, tuple[str, str]]:
    """Return the kinds of which a text has one side only, with the side and words."""
    folded = fold(text)
    said = {kind: sides.said(folded) for kind, sides in lexicon.opposites.items()}
    return {
        kind: next(iter(words.items()))
        for kind, words in said.items()
        if len(words) == 1
    }


CHECKS = (opposite,)
