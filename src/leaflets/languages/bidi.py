"""In which order a line is seen: the Unicode bidirectional algorithm.

Takes the text of one line and the direction of its paragraph; gives embedding
levels and the order on paper (https://www.unicode.org/reports/tr9/, rules W, N, I
and L).  Isolates are known; the older embeddings (U+202A-202E) are not, and are
not let into any text (`leaflets.languages.letters`).
"""

import re
import unicodedata
from itertools import groupby
from operator import itemgetter

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
STRONG = {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}
"""What a kind counts as for its neighbours: numbers count as right-to-left (N1)."""
NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI", "BN"})
PAIRS = "() [] {} （） 「」 『』 【】 《》 〈〉"
BRACKETS = {pair[0]: pair[1] for pair in PAIRS.split()}
RIGHT = re.compile(
    "[\u0590-\u08ff\u200f\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Without any of these a line that begins at the left has no other level."""
DEPTH = 125
"""Deepest level (BD2)."""


def levels(text: str, direction: str) -> list[int]:
    """Return the embedding level of each character; odd ones run from the right.

    >>> levels("ab \u05d0", "ltr")
    [0, 0, 0, 1]
    """
    base = int(direction == "rtl")
    if not base and not RIGHT.search(text):
        return [0] * len(text)
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    embedding, partners = _explicit(text, kinds, base)
    for sequence in _sequences(text, embedding, partners):
        _resolve(text, kinds, embedding, sequence, base)
    for index in range(len(text) - 1, -1, -1):  # L1
        if kinds[index] not in ("WS", "S", "B", "LRI", "RLI", "FSI", "PDI", "BN"):
            break
        embedding[index] = base
    return embedding


def visual(text: str, direction: str) -> list[int]:
    """Return the indices of the characters from left to right on paper (L2).

    >>> visual("ab \u05d0\u05d1", "ltr")
    [0, 1, 2, 4, 3]
    """
    return seen(levels(text, direction))


def seen(embedding: list[int]) -> list[int]:
    """Return the indices of characters or runs from left to right, by their levels."""
    order = list(range(len(embedding)))
    for level in range(max(embedding, default=0), 0, -1):
        turned: list[int] = []
        marked = [(embedding[index] >= level, index) for index in order]
        for high, group in groupby(marked, itemgetter(0)):
            run = [index for _, index in group]
            turned.extend(reversed(run) if high else run)
        order = turned
    return order


def _explicit(
    text: str, kinds: list[str], base: int
) -> tuple[list[int], dict[int, int]]:
    """Give every character the level of its isolate (X1 to X8), and pair isolates."""
    embedding: list[int] = []
    stack: list[tuple[int, int]] = []
    partners: dict[int, int] = {}
    level = base
    for index, kind in enumerate(kinds):
        if kind in ("LRI", "RLI", "FSI"):
            embedding.append(level)
            stack.append((level, index))
            right = kind == "RLI" or (kind == "FSI" and _starts_right(text, index))
            deeper = level + 1 if (level + 1) % 2 == right else level + 2
            level = deeper if deeper <= DEPTH else level
        elif kind == "PDI" and stack:
            level, opened = stack.pop()
            partners[opened] = index
            embedding.append(level)
        else:
            embedding.append(level)
    return embedding, partners


def _starts_right(text: str, index: int) -> bool:
    """Return whether what follows FSI begins with a right-to-left letter (X5c)."""
    depth = 0
    for char in text[index + 1 :]:
        kind = unicodedata.bidirectional(char)
        if kind == "PDI" and not depth:
            return False
        depth += {"LRI": 1, "RLI": 1, "FSI": 1, "PDI": -1}.get(kind, 0)
        if not depth and kind in ("L", "R", "AL"):
            return kind != "L"
    return False


def _sequences(
    text: str, embedding: list[int], partners: dict[int, int]
) -> list[list[int]]:
    """List the isolating run sequences (BD13): runs joined over what is isolated."""
    runs = [
        [index for index, _ in group]
        for _, group in groupby(enumerate(embedding), lambda pair: pair[1])
    ]
    # A run also ends where an isolate closes and another opens on the same level.
    parts: list[list[int]] = []
    for run in runs:
        parts.append([])
        for index in run:
            parts[-1].append(index)
            if index in partners and partners[index] != index + 1:
                parts.append([])
        if not parts[-1]:
            parts.pop()
    begins = {part[0]: part for part in parts}
    closing = set(partners.values())
    sequences = []
    for part in parts:
        if part[0] in closing and _opens_elsewhere(part[0], partners):
            continue
        whole = list(part)
        while whole[-1] in partners and partners[whole[-1]] in begins:
            whole.extend(begins[partners[whole[-1]]])
        sequences.append(whole)
    return sequences


def _opens_elsewhere(index: int, partners: dict[int, int]) -> bool:
    """Return whether a closing sign follows something, so that its run is no start."""
    return any(end == index and end != start + 1 for start, end in partners.items())


def _resolve(
    text: str, kinds: list[str], embedding: list[int], sequence: list[int], base: int
) -> None:
    """Resolve the kinds of one sequence (W, N) and set its levels (I)."""
    level = embedding[sequence[0]]
    before = embedding[sequence[0] - 1] if sequence[0] else base
    last = sequence[-1]
    open_end = kinds[last] in ("LRI", "RLI", "FSI")
    after = embedding[last + 1] if last + 1 < len(embedding) and not open_end else base
    start = "R" if max(level, before) % 2 else "L"
    end = "R" if max(level, after) % 2 else "L"
    own = "R" if level % 2 else "L"
    plain = [kinds[index] for index in sequence]
    resolved = _weak(plain, start)
    for opening, closing in _pairs([text[index] for index in sequence], resolved):
        kind = _bracketed(resolved, opening, closing, start, own)
        for index in (opening, closing) if kind else ():
            resolved[index] = kind
            while plain[index + 1 : index + 2] in (["NSM"], ["BN"]):
                index += 1
                resolved[index] = kind
    index = 0
    while index < len(resolved):
        if resolved[index] not in NEUTRAL:
            index += 1
            continue
        stop = index
        while stop < len(resolved) and resolved[stop] in NEUTRAL:
            stop += 1
        left = STRONG[resolved[index - 1]] if index else start
        right = STRONG[resolved[stop]] if stop < len(resolved) else end
        resolved[index:stop] = [left if left == right else own] * (stop - index)
        index = stop
    for place, kind in zip(sequence, resolved, strict=True):
        if level % 2:
            embedding[place] += kind in ("L", "EN", "AN")
        else:
            embedding[place] += {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)


def _weak(kinds: list[str], start: str) -> list[str]:
    """Resolve numbers and what belongs to them (W1 to W7)."""
    resolved = _separators(_marks(kinds, start))
    strong = start
    for index, kind in enumerate(resolved):
        if kind in ("L", "R"):
            strong = kind
        elif kind == "EN" and strong == "L":
            resolved[index] = "L"  # W7
    return resolved


def _marks(kinds: list[str], start: str) -> list[str]:
    """Let marks take the kind of their letter, and numbers that of Arabic (W1 to W3)."""
    resolved = list(kinds)
    for index, kind in enumerate(resolved):
        if kind in ("NSM", "BN"):
            before = resolved[index - 1] if index else start
            isolate = before in ("LRI", "RLI", "FSI", "PDI")
            resolved[index] = "ON" if isolate else before
    strong = start
    for index, kind in enumerate(resolved):
        if kind in ("L", "R", "AL"):
            strong = kind
        elif kind == "EN" and strong == "AL":
            resolved[index] = "AN"
    return ["R" if kind == "AL" else kind for kind in resolved]


def _separators(kinds: list[str]) -> list[str]:
    """Let signs between and around numbers belong to them, or to nothing (W4 to W6)."""
    resolved = list(kinds)
    for index in range(1, len(resolved) - 1):
        around = resolved[index - 1], resolved[index + 1]
        if resolved[index] == "ES" and around == ("EN", "EN"):
            resolved[index] = "EN"
        elif resolved[index] == "CS" and around in (("EN", "EN"), ("AN", "AN")):
            resolved[index] = around[0]
    index = 0
    while index < len(resolved):
        stop = index
        while stop < len(resolved) and resolved[stop] == "ET":
            stop += 1
        if stop > index:
            beside = resolved[index - 1 : index] + resolved[stop : stop + 1]
            numbers = beside.count("EN")
            resolved[index:stop] = ["EN" if numbers else "ON"] * (stop - index)
        index = max(stop, index + 1)
    return ["ON" if kind in ("ES", "CS") else kind for kind in resolved]


def _pairs(chars: list[str], kinds: list[str]) -> list[tuple[int, int]]:
    """List the pairs of brackets, outer before inner (BD16)."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for index, char in enumerate(chars):
        if kinds[index] != "ON":
            continue
        if char in BRACKETS:
            stack.append((BRACKETS[char], index))
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == char:
                pairs.append((stack[depth][1], index))
                del stack[depth:]
                break
    return sorted(pairs)


def _bracketed(
    kinds: list[str], opening: int, closing: int, start: str, own: str
) -> str:
    """Choose one direction for a pair of brackets (N0); empty where N1 decides."""
    inside = {STRONG.get(kind, "") for kind in kinds[opening + 1 : closing]} - {""}
    if not inside or own in inside:
        return own if inside else ""
    earlier = [STRONG[kind] for kind in kinds[:opening] if kind in STRONG]
    return earlier[-1] if earlier else start
