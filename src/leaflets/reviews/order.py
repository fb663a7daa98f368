"""Order: what of a signed page is not as it was signed.

Takes the parts that a person signed, in their order, and those of now; gives what is
new, changed, moved, put elsewhere or taken out, each with the place to look at.
Nothing is open only where the whole is the same, part by part.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from leaflets.reviews.parts import Text
from leaflets.sources.signatures import (
    FURNITURE,
    LAYOUT,
    PAGE,
    SECTION,
    Signature,
    SignedText,
    digest_of_all,
)

Entry = TypeVar("Entry")
LONGEST = 40
"""Letters of a text that is told again."""
BESIDE = (FURNITURE, PAGE, LAYOUT)
"""How the keys of what stands in no section begin."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A section: its own part first, and the texts in it, by digest."""

    digests: tuple[str, ...]
    head: Text | None = None
    """Its part as it is now; none of a section that was signed."""


def opened(
    signature: Signature, texts: tuple[Text, ...], known: Mapping[str, SignedText]
) -> tuple[Text, ...]:
    """List the parts that a signature does not cover any more, in their order.

    `texts` are all that the role signs, as they are now; `known` are the signed texts by
    digest.  A text that moved opens its box or section, and so does one that is gone.
    """
    pairs = [(text, text.signed.digest) for text in texts]
    if digest_of_all(digest for _, digest in pairs) == signature.whole:
        return ()
    before, now = signature.digests, {digest for _, digest in pairs}
    changed = [text for text, digest in pairs if digest not in before]
    moved = list(_moved(signature, pairs, now))
    keys = {text.key for text in changed}
    left = [text for text in moved if text.key not in keys]
    gone = list(_gone(signature, texts, now, known, keys))
    order = {text.key: place for place, text in enumerate(texts)}
    every = sorted((*changed, *left), key=lambda text: order[text.key])
    if not every and not gone:
        return (replace(texts[0], label="the order of the page"),)
    return (*every, *gone)


def _moved(
    signature: Signature, pairs: Iterable[tuple[Text, str]], now: set[str]
) -> Iterator[Text]:
    """Find sections whose texts stand otherwise, or that stand elsewhere themselves."""
    signed = [
        _Run(tuple(digest for _, digest in run))
        for run in _runs(list(signature.texts), lambda pair: pair[0])
    ]
    current = [
        _Run(tuple(digest for _, digest in run), run[0][0])
        for run in _runs(list(pairs), lambda pair: pair[0].key)
    ]
    before = signature.digests
    free = list(range(len(signed)))
    last = -1
    for run in current:
        assert run.head is not None
        digests = set(run.digests)
        match = max(
            free,
            key=lambda index: (len(digests & set(signed[index].digests)), -index),
            default=-1,
        )
        if match < 0 or not digests & set(signed[match].digests):
            yield run.head
            continue
        free.remove(match)
        stay = [digest for digest in signed[match].digests if digest in now]
        there = [digest for digest in run.digests if digest in before]
        shorter = len(run.digests) != len(signed[match].digests)
        if stay != there or shorter or match < last:
            yield run.head
        last = max(last, match)
    if free and current and current[0].head:
        yield replace(current[0].head, label="a section was taken out")


def _runs(
    entries: list[Entry], key_of: Callable[[Entry], str]
) -> Iterator[list[Entry]]:
    """Part the words of a page into sections; what stands beside them is left out."""
    run: list[Entry] = []
    for entry in entries:
        key = key_of(entry)
        if key.startswith(BESIDE):
            continue
        if key.startswith(SECTION) and run:
            yield run
            run = []
        run.append(entry)
    if run:
        yield run


def _gone(
    signature: Signature,
    texts: tuple[Text, ...],
    now: set[str],
    known: Mapping[str, SignedText],
    changed: set[str],
) -> Iterator[Text]:
    """Name what stood beside the words and does no more, where nothing took its place."""
    there = {text.key for text in texts}
    for key, digest in signature.texts:
        if key.startswith(BESIDE) and digest not in now and key not in there | changed:
            signed = known.get(digest, SignedText("§gone", key, ""))
            name = next(iter(signed.facts), key)
            if key.startswith(FURNITURE):
                name = signed.source[:LONGEST]
            yield Text(key, f"no longer there: {name}", signed, texts[0].place)
