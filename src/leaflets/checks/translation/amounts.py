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

from leaflets.languages.numbers import han_places, latin, places
from leaflets.languages.word_lists import INSIDE, UNSPACED, Lexicon, Phrases, fold
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
NO_UNIT_ACROSS = frozenset(
    fold(
        """
    a an per each every in of out to and or by for from with at on the than people
    je pro und oder in von bis mit alle jede jeden jedes aus am im
    par chaque et ou dans de sur à en pour toutes tous les
    por cada y o en de a para
    в на из и или за каждые каждый от до по с
    من كل في او و الي إلي على لكل
    מתוך כל ב או ל עד של לכל
    में से और या प्रति हर प्रत्येक के की पर
    """
    ).split()
)
"""Words that part a number from the unit of something else."""


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
    found = _distinct(
        [*_clock(folded), *_written(folded, decimal), *_spelled(folded, lexicon)]
    )
    found = _combined(found, folded, lexicon)
    every = tuple(replace(one, units=_units(one, folded, lexicon)) for one in found)
    sure = tuple(one for one in every if one.sure)
    framed = ((_framed(folded, sure), sure), (_framed(folded, every), every))
    return Amounts(
        every,
        phones,
        frozenset(pair for one in framed for pair in _ratios(*one, lexicon)),
        tuple(
            dict.fromkeys(
                pair for one in framed for pair in _pairs(*one, lexicon.ranges)
            )
        ),
        folded,
    )


def names(amounts: Amounts, units: frozenset[str], lexicon: Lexicon) -> bool:
    """Tell whether a text names a unit anywhere, with a number or without.

    Of a language without a list of units nothing can be told, so it may.
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
    """Tell a telephone number from years, ranges and grouped thousands."""
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


def _written(text: str, decimal: str) -> Iterator[Amount]:
    """Give placeholders, and numbers in digits outside of them."""
    for match in PLACEHOLDER.finditer(text):
        yield Amount(match[0], True, match.start(), match.end())
    blank = PLACEHOLDER.sub(lambda match: "§" * len(match[0]), text)
    for start, end, value in places(blank, decimal):
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
    """Give times of day that are written with minutes, or with a.m. and p.m."""
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
        forms = [f"{one}:{int(minute):02}" for one in sorted(hours)]
        if minute == "00":
            forms += map(str, sorted(hours))
        yield Amount(forms[0], True, match.start(), match.end(), also=tuple(forms[1:]))


FRACTIONS = {"1/2": "0.5", "1/4": "0.25", "3/4": "0.75"}


def _spelled(text: str, lexicon: Lexicon) -> Iterator[Amount]:
    """Give numbers in words; Han signs may be parts of words and are never sure."""
    blank = PLACEHOLDER.sub(lambda match: "§" * len(match[0]), text)
    for match in lexicon.numbers.finditer(blank) if lexicon.numbers else ():
        key, sure = lexicon.values[int(str(match.lastgroup)[1:])]
        yield Amount(FRACTIONS.get(key, key), sure, match.start(), match.end(), True)
    if lexicon.language in UNSPACED:
        for start, end, value in han_places(blank):
            yield Amount(_key(value), False, start, end, True)


def _distinct(found: list[Amount]) -> list[Amount]:
    """Sort by place; of two on one place the longer stays."""
    kept: list[Amount] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _combined(found: list[Amount], text: str, lexicon: Lexicon) -> list[Amount]:
    """Join the words of one number: "two hundred and five"."""
    made: list[Amount] = []
    for one in found:
        last = made[-1] if made else None
        gap = text[last.end : one.start] if last else ""
        word = text[one.start : one.end]
        # In Arabic and Hebrew "and" is written together with what follows.
        gap += next((j for j in lexicon.joins if word.startswith(j) and j != word), "")
        joined = last and _joined(last, one, gap, lexicon)
        if joined:
            made[-1] = joined
        else:
            made.append(one)
    return made


def _joined(one: Amount, other: Amount, gap: str, lexicon: Lexicon) -> Amount | None:
    """Add or multiply two words that make one number, or give nothing."""
    between = gap.strip(" -")
    if between and between not in lexicon.joins:
        return None
    if not (one.spelled and other.spelled):
        return None
    if not (one.key.isdigit() and other.key.isdigit()):
        return None
    first, second = int(one.key), int(other.key)
    wide = Amount("", True, one.start, other.end, True)
    if second in (100, 1000, 1_000_000) and 0 < first < second and not between:
        # "Once again a hundred" is sure only where one of its words is.
        sure = one.sure or other.sure
        return replace(wide, key=str(first * second), sure=sure)
    tens = range(20, 100, 10)
    if first in tens and 0 < second < 10 and (one.sure or other.sure):
        return replace(wide, key=str(first + second))
    if between and second in tens and 0 < first < 10 and lexicon.language == "ar":
        return replace(wide, key=str(first + second))
    if first >= 100 and first % 100 == 0 and 0 < second < 100 and one.sure:
        inside = first % 1000 or second < 1000
        return replace(wide, key=str(first + second)) if inside and between else None
    return None


def _units(one: Amount, text: str, lexicon: Lexicon) -> frozenset[str]:
    """Find what a number counts: in its own word, behind it, or before it."""
    own = text[one.start : one.end]
    if not own.startswith("{"):
        inside = {name for name, words in lexicon.units.items() if _whole(words, own)}
        if inside:
            return frozenset(inside)
    if lexicon.language in UNSPACED:
        gap = CLOSE.match(text, one.end)
        starts = [gap.end()] if gap else []
        starts = [one.end, *starts]
    else:
        starts = _starts(text, one.end)
    for start in starts:
        best: dict[str, int] = {}
        for name, words in lexicon.units.items():
            # Cut off, so that a digit before it ("5mg", "48시간") ends no word.
            match = words.found.match(text[start:]) if words.found else None
            if match and match.end():
                best[name] = match.end()
        if best:
            longest = max(best.values())
            return frozenset(name for name, end in best.items() if end == longest)
    for name, words in lexicon.before.items():
        if any(0 <= one.start - match.end() < 2 for match in words.places(text)):
            return frozenset({name})
    return frozenset()


def _whole(words: Phrases, text: str) -> bool:
    return bool(words.found and words.found.fullmatch(text))


def _starts(text: str, end: int) -> list[int]:
    """Give the places behind a number where its unit may stand."""
    near = NEAR.match(text, end)
    starts = [near.end()] if near else [end]
    gap = GAP.match(text, end)
    if gap and gap[1] and gap[1] not in NO_UNIT_ACROSS and not gap[1].isdigit():
        starts.append(gap.end())
    return starts


def _framed(text: str, every: tuple[Amount, ...]) -> str:
    """Write each number as #index#, for patterns that stand around numbers."""
    parts, last = [], 0
    for index, one in enumerate(every):
        parts += [text[last : one.start], f"#{index}#"]
        last = one.end
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
    if all(one.sure for one in every):
        yield from _pairs(framed, every, lexicon.loosely)
