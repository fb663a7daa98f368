"""Amounts: the numbers of a text in their order, with what they count.

Takes a text and its language's lexicon; gives digits, placeholders and spelled-out
numbers alike, each with its unit, so that "12 hours", "{hours} hours" and "twelve
hours" can be compared across languages.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from leaflets.languages.numbers import Multipliers, han_places, latin, places
from leaflets.languages.word_lists import INSIDE, Lexicon, Phrases, fold
from leaflets.sources.content.inline import LINK_TARGET, PLACEHOLDER

LONGEST = 5_000
"""Characters of one text that are read (untrusted input)."""

PHONE = re.compile(
    r"(?<![0-9A-Za-z.,{])(?:\+|\()?[0-9][0-9 ()./\-–]{2,28}[0-9](?![0-9A-Za-z}])"
)
YEARS = re.compile(r"[0-9]{4} ?[-–/] ?[0-9]{4}")
THOUSANDS = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
FEWEST_DIGITS = 7
"""Of a telephone number that has neither + nor 0 before it."""
MARKUP = re.compile(r"[*\[\]]|\]\([^()\s]*\)")

WORD = f"[{INSIDE}'-]+"
NEAR = re.compile(r"[ \-]*")
GAP = re.compile(rf"[ \-]*(?:({WORD}) +)?")
CLOSE = re.compile(r"[ \-]*[个多余來来名几整]?")


@dataclass(frozen=True, slots=True)
class Amount:
    """One number in a text."""

    key: str
    """Its value ("2.8"), or its placeholder ("{hours}")."""
    sure: bool
    """Whether it surely is a number: "one" and "both" may not be."""
    start: int
    end: int
    spelled: bool = False
    """Whether it is written in words."""
    units: frozenset[str] = frozenset()
    """What it counts, where that can be told; a word may stand for several."""
    also: tuple[str, ...] = ()
    """Other ways to say the same: 4 p.m. is 16:00 on other clocks."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """What numbers a text holds, and how they stand to each other."""

    every: tuple[Amount, ...]
    """In their order."""
    phones: tuple[str, ...]
    """Telephone numbers, digits only, a + kept."""
    ratios: frozenset[tuple[str, str]]
    """(part, whole) of each "1 in 3,000"."""
    ranges: tuple[tuple[str, str], ...]
    """(low, high) as written."""
    text: str
    """As it was searched."""


@lru_cache(maxsize=20_000)
def read_amounts(text: str, lexicon: Lexicon, decimal: str) -> Amounts:
    """Read all numbers of a text; `decimal` is the language's sign for decimals."""
    bare = MARKUP.sub("", LINK_TARGET.sub("]", text[:LONGEST]))
    folded = fold(latin(bare))
    phones = tuple(_phones(folded))
    folded = _without_phones(folded)
    parts = _distinct(
        [
            *_clock(folded),
            *_written(folded, decimal, lexicon.multipliers),
            *_spelled(folded, lexicon),
        ]
    )
    whole = _combined(parts, folded, lexicon)
    every = tuple(
        replace(amount, units=_units(amount, folded, lexicon)) for amount in whole
    )
    sure = tuple(amount for amount in every if amount.sure)
    frames = ((_framed(folded, sure), sure), (_framed(folded, every), every))
    ratios = (pair for frame in frames for pair in _ratios(*frame, lexicon))
    ranges = (pair for frame in frames for pair in _pairs(*frame, lexicon.ranges))
    return Amounts(
        every, phones, frozenset(ratios), tuple(dict.fromkeys(ranges)), folded
    )


def names(amounts: Amounts, units: frozenset[str], lexicon: Lexicon) -> bool:
    """Return whether a text names a unit anywhere, with a number or without.

    Of a language without a list of units nothing is known, so it may.
    """
    if not lexicon.units:
        return True
    lists = (lexicon.units, lexicon.before)
    return any(
        words.count(amounts.text)
        for kinds in lists
        for name, words in kinds.items()
        if name in units
    )


def _phones(text: str) -> Iterator[str]:
    for match in PHONE.finditer(text):
        if _is_phone(match[0]):
            plus = "+" if match[0].startswith("+") else ""
            yield plus + re.sub("[^0-9]", "", match[0])


def _without_phones(text: str) -> str:
    return PHONE.sub(lambda m: " ☎ " if _is_phone(m[0]) else m[0], text)


def _is_phone(text: str) -> bool:
    """Return whether it is a telephone number, not years, a range or thousands."""
    digits = re.sub("[^0-9]", "", text)
    groups = re.findall("[0-9]+", text)
    if YEARS.fullmatch(text) or THOUSANDS.fullmatch(text):
        return False
    if text.startswith("+") or (digits.startswith("0") and len(groups) > 1):
        return len(digits) >= FEWEST_DIGITS - 1 and "." not in text
    return (
        len(digits) >= FEWEST_DIGITS
        and len(groups) > 1
        and not re.search(r"\s[-–/]\s", text)
    ) or (len(groups) > 2 and len(digits) > 5 and "." not in text and "/" not in text)


def _written(text: str, decimal: str, larger: Multipliers) -> Iterator[Amount]:
    """List placeholders, and numbers in digits outside of them."""
    for match in PLACEHOLDER.finditer(text):
        yield Amount(match[0], True, match.start(), match.end())
    blank = PLACEHOLDER.sub(lambda match: "§" * len(match[0]), text)
    for start, end, value in places(blank, decimal, larger):
        yield Amount(_key(value), True, start, end)


def _key(value: Decimal) -> str:
    return f"{value.normalize():f}"[:40]


CLOCK = re.compile(
    r"(?<![0-9.,:])(?P<hour>[01]?[0-9]|2[0-4])"
    r"(?: ?[:h] ?(?P<minute>[0-5][0-9])(?![0-9])"
    r"|[点點時时](?P<sign>[0-5]?[0-9])?分?)?"
    r"(?: ?(?P<noon>[ap])\.? ?m\b\.?)?"
)


def _clock(text: str) -> Iterator[Amount]:
    """List times of day that are written with minutes, or with a.m. and p.m."""
    for match in CLOCK.finditer(text):
        minute = match["minute"] or match["sign"] or "00"
        if match[0] == match["hour"]:
            continue
        hour = int(match["hour"])
        hours = {hour}
        if match["noon"] == "p" and hour < 12:
            hours.add(hour + 12)
        elif match["noon"] is None and hour > 12:
            hours.add(hour - 12)
        forms = [f"{name}:{int(minute):02}" for name in sorted(hours)]
        if minute == "00":
            forms += map(str, sorted(hours))
        yield Amount(forms[0], True, match.start(), match.end(), also=tuple(forms[1:]))


FRACTIONS = {"1/2": "0.5", "1/4": "0.25", "3/4": "0.75"}


def _spelled(text: str, lexicon: Lexicon) -> Iterator[Amount]:
    """List numbers in words; Han signs may be parts of words and are never sure."""
    blank = PLACEHOLDER.sub(lambda match: "§" * len(match[0]), text)
    for match in lexicon.numbers.finditer(blank) if lexicon.numbers else ():
        key, sure = lexicon.values[int(str(match.lastgroup)[1:])]
        yield Amount(FRACTIONS.get(key, key), sure, match.start(), match.end(), True)
    if not lexicon.spaced:
        for start, end, value in han_places(blank):
            yield Amount(_key(value), False, start, end, True)


def _distinct(amounts: list[Amount]) -> list[Amount]:
    """Sort by place; of two on one place the longer stays."""
    kept: list[Amount] = []
    for amount in sorted(amounts, key=lambda amount: (amount.start, -amount.end)):
        if not kept or amount.start >= kept[-1].end:
            kept.append(amount)
    return kept


def _combined(parts: list[Amount], text: str, lexicon: Lexicon) -> list[Amount]:
    """Join the words of one number: "two hundred and five"."""
    whole: list[Amount] = []
    for part in parts:
        last = whole[-1] if whole else None
        gap = text[last.end : part.start] if last else ""
        word = text[part.start : part.end]
        # In Arabic and Hebrew "and" is written together with what follows.
        gap += next((j for j in lexicon.joins if word.startswith(j) and j != word), "")
        joined = last and _joined(last, part, gap, lexicon)
        if joined:
            whole[-1] = joined
        else:
            whole.append(part)
    return whole


def _joined(before: Amount, after: Amount, gap: str, lexicon: Lexicon) -> Amount | None:
    """Add or multiply two words that make one number; none where they do not."""
    between = gap.strip(" -")
    if between and between not in lexicon.joins:
        return None
    if not (before.spelled and after.spelled):
        return None
    if not (before.key.isdigit() and after.key.isdigit()):
        return None
    # "Once again a hundred" is sure only where one of its words is.
    sure = before.sure or after.sure
    value = _product(int(before.key), int(after.key)) if not between else 0
    if not value:
        value = _sum(before, after, bool(between), lexicon)
        sure = True
    if not value:
        return None
    return Amount(str(value), sure, before.start, after.end, spelled=True)


def _product(first: int, second: int) -> int:
    """Multiply "two hundred"; 0 where two words are no product."""
    larger = second in (100, 1000, 1_000_000) and 0 < first < second
    return first * second if larger else 0


def _sum(before: Amount, after: Amount, between: bool, lexicon: Lexicon) -> int:
    """Add "twenty-five" and "two hundred and five"; 0 where two words are no sum."""
    first, second = int(before.key), int(after.key)
    tens = range(20, 100, 10)
    if first in tens and 0 < second < 10 and (before.sure or after.sure):
        return first + second
    if lexicon.unit_before_ten and between and second in tens and 0 < first < 10:
        return first + second
    hundreds = first >= 100 and first % 100 == 0 and before.sure
    if hundreds and between and 0 < second < 100:
        return first + second
    return 0


def _units(amount: Amount, text: str, lexicon: Lexicon) -> frozenset[str]:
    """Find what a number counts: in its own word, behind it, or before it."""
    own = text[amount.start : amount.end]
    if not own.startswith("{"):
        inside = {name for name, words in lexicon.units.items() if _whole(words, own)}
        if inside:
            return frozenset(inside)
    for start in _starts(text, amount.end, lexicon):
        if names := _longest_unit(text, start, lexicon):
            return names
    for name, words in lexicon.before.items():
        if any(0 <= amount.start - match.end() < 2 for match in words.places(text)):
            return frozenset({name})
    return frozenset()


def _longest_unit(text: str, start: int, lexicon: Lexicon) -> frozenset[str]:
    """Find the units whose longest word begins at a place."""
    ends: dict[str, int] = {}
    for name, words in lexicon.units.items():
        # Cut off, so that a digit before it ("5mg", "48시간") ends no word.
        match = words.pattern.match(text[start:]) if words.pattern else None
        if match and match.end():
            ends[name] = match.end()
    longest = max(ends.values(), default=0)
    return frozenset(name for name, end in ends.items() if end == longest)


def _whole(words: Phrases, text: str) -> bool:
    return bool(words.pattern and words.pattern.fullmatch(text))


def _starts(text: str, end: int, lexicon: Lexicon) -> list[int]:
    """List the places behind a number where its unit may stand."""
    if not lexicon.spaced:
        close = CLOSE.match(text, end)
        return [end, close.end()] if close else [end]
    near = NEAR.match(text, end)
    starts = [near.end()] if near else [end]
    gap = GAP.match(text, end)
    if gap and gap[1] and gap[1] not in lexicon.no_unit_across and not gap[1].isdigit():
        starts.append(gap.end())
    return starts


def _framed(text: str, every: tuple[Amount, ...]) -> str:
    """Write each number as #index#, for patterns that stand around numbers."""
    parts, last = [], 0
    for index, amount in enumerate(every):
        parts += [text[last : amount.start], f"#{index}#"]
        last = amount.end
    return "".join((*parts, text[last:]))


def _pairs(
    framed: str, every: tuple[Amount, ...], patterns: tuple[re.Pattern[str], ...]
) -> Iterator[tuple[str, str]]:
    """Find pairs of numbers in their frames, the most telling frame first."""
    taken: set[int] = set()
    for pattern in patterns:
        for match in pattern.finditer(framed):
            first, second = int(match[1]), int(match[2])
            if second != first + 1 or {first, second} & taken:
                continue
            taken |= {first, second}
            yield every[first].key, every[second].key


def _ratios(
    framed: str, every: tuple[Amount, ...], lexicon: Lexicon
) -> Iterator[tuple[str, str]]:
    """Find (part, whole) pairs, however the language orders them."""
    for whole, part in _pairs(framed, every, lexicon.whole_first):
        yield part, whole
    yield from _pairs(framed, every, lexicon.part_first)
    if all(amount.sure for amount in every):
        yield from _pairs(framed, every, lexicon.loosely)
