"""Checks of sentences: what the source says in a sentence, the translation says too.

Pure functions over a message's two texts.  They count sentences and compare a text with
itself; what a sentence says, they do not see.
"""

from collections import Counter
from collections.abc import Iterator

from leaflets.checks.translation.pair import Pair, bare, folded, short
from leaflets.diagnostics import Diagnostic, error
from leaflets.languages.letters import sentences


def sentence_parity(pair: Pair) -> Iterator[Diagnostic]:
    """A translation has at least as many sentences as its source.

    A sentence left out is advice that nobody gets.  A long one may become two; two in
    one are told, for they cannot be told from one that is gone.
    """
    wanted, there = sentences(bare(pair.source)), sentences(bare(pair.translation))
    if len(there) < len(wanted):
        message = f"{_count(len(there))} for {len(wanted)} in the source"
        hint = f'is each said? the last begins "{short(wanted[-1])}"; keep them apart'
        yield error("sentence-parity", message, pair.place, hint)


def sentence_repeated(pair: Pair) -> Iterator[Diagnostic]:
    """No sentence stands twice in a translation and once in its source."""
    said = Counter(map(folded, sentences(bare(pair.translation))))
    wanted = Counter(map(folded, sentences(bare(pair.source))))
    allowed = max(wanted.values(), default=1)
    for sentence, count in said.items():
        if count > allowed and any(char.isalpha() for char in sentence):
            message = f'"{short(sentence)}" stands {count} times'
            yield error("sentence-repeated", message, pair.place, "once is enough")


def _count(number: int) -> str:
    return f"{number} sentence{'' if number == 1 else 's'}"


CHECKS = (sentence_parity, sentence_repeated)
