"""Checks of numbers: the same values, units and order in every language.

Pure functions over a message's two texts.  A changed dose, time or telephone number is
the worst that a translation can do, so values are compared, not digits: "2.8 million",
"2,8 Millionen" and "280万" are the same; "12 hours" and "12 days" are not.
"""

from collections import Counter
from collections.abc import Iterator

from leaflets.checks.translation.amounts import Amount, Amounts, names, read_amounts
from leaflets.checks.translation.pair import SOURCE_LANGUAGE, Pair, bare, short
from leaflets.diagnostics import Diagnostic, error
from leaflets.languages.letters import sentences
from leaflets.languages.locale import decimal_sign
from leaflets.languages.numbers import native_digits
from leaflets.languages.word_lists import EMPTY, find_lexicon
from leaflets.sources.content.inline import PLACEHOLDER

MEASURES = frozenset(
    [
        "second",
        "minute",
        "hour",
        "day",
        "week",
        "month",
        "year",
        "microgram",
        "milligram",
        "gram",
        "kilogram",
        "millilitre",
        "litre",
        "millimetre",
        "centimetre",
        "metre",
        "kilometre",
        "degree",
        "percent",
    ]
)
"""Units that a translation may not leave out."""
FORMS = frozenset(["tablet", "capsule", "drop"])
"""Units that a translation may write otherwise, but not as another of these."""


def amounts_of(pair: Pair) -> tuple[Amounts, Amounts]:
    """Read the numbers of both texts."""
    source = find_lexicon(SOURCE_LANGUAGE) or EMPTY
    lexicon = find_lexicon(pair.locale.name) or EMPTY
    return (
        read_amounts(pair.source, source, "."),
        read_amounts(pair.translation, lexicon, decimal_sign(pair.locale)),
    )


def number_parity(pair: Pair) -> Iterator[Diagnostic]:
    """The same numbers, by value, in whatever digits or words they are written.

    Native digits are refused: patient and nurse point at the same figure
    (docs/decisions/0004-digits.md).
    """
    source, made = amounts_of(pair)
    hint = f'the source says "{short(pair.source)}"'
    if not find_lexicon(pair.locale.name):
        hint += "; no word list tells numbers in this language, so write figures"
    for key in _unmatched(source, made):
        message = f'"{key}" is missing from the translation'
        yield error("number-parity", message, pair.place, hint)
    for key in _unmatched(made, source):
        message = f'the number "{key}" is not in the source'
        yield error("number-parity", message, pair.place, hint)
    if digits := native_digits(bare(pair.translation)):
        message = f'"{digits}" is written in native digits'
        hint = "write 0 to 9, so that everybody can point at the same figure"
        yield error("number-parity", message, pair.place, hint)


def _unmatched(some: Amounts, others: Amounts) -> Iterator[str]:
    """Give the values that surely stand in one text and not in the other.

    Placeholders are left out, for they have a check of their own.
    """
    left = [one for one in others.every if not one.key.startswith("{")]
    left.sort(key=lambda other: not other.sure)
    for one in some.every:
        if not one.sure or one.key.startswith("{"):
            continue
        same = next((other for other in left if _same(one, other)), None)
        if same:
            left.remove(same)
        else:
            yield one.key


def _same(one: Amount, other: Amount) -> bool:
    return bool({one.key, *one.also} & {other.key, *other.also})


def phone_parity(pair: Pair) -> Iterator[Diagnostic]:
    """The same telephone numbers, digit by digit."""
    source, made = amounts_of(pair)
    wanted, there = Counter(source.phones), Counter(made.phones)
    for number in wanted - there:
        message = f"the telephone number {number} is missing or changed"
        hint = "copy it from the source just as it stands"
        yield error("phone-parity", message, pair.place, hint)
    for number in there - wanted:
        message = f"the telephone number {number} is not in the source"
        yield error("phone-parity", message, pair.place)


def unit_parity(pair: Pair) -> Iterator[Diagnostic]:
    """Each number counts the same thing: 12 hours are not 12 days.

    Told where a number stands beside another unit, or where a measure is gone.
    """
    source, made = amounts_of(pair)
    lexicon = find_lexicon(pair.locale.name) or EMPTY
    for one in source.every:
        others = [other for other in made.every if other.key == one.key]
        if not (one.sure and one.units and others) or any(
            o.units & one.units for o in others
        ):
            continue
        foreign = next((o for o in others if _contradicts(one, o)), None)
        unit = min(one.units)
        if foreign:
            message = f"{one.key} counts {min(foreign.units)}s instead of {unit}s"
            yield error("unit-parity", message, pair.place)
        elif thief := next((o for o in made.every if _took(one, o, source)), None):
            message = f"{thief.key} counts {unit}s instead of {one.key}"
            yield error("unit-parity", message, pair.place)
        elif one.units <= MEASURES and not names(made, one.units, lexicon):
            message = f'the unit of {one.key} ("{unit}") is missing'
            yield error("unit-parity", message, pair.place)


def _contradicts(one: Amount, other: Amount) -> bool:
    """Tell whether two numbers of the same value count different things."""
    strict = MEASURES | FORMS
    if not other.units or one.units & other.units:
        return False
    return bool(one.units <= MEASURES or other.units <= MEASURES) or bool(
        one.units <= strict and other.units <= strict
    )


def _took(one: Amount, other: Amount, source: Amounts) -> bool:
    """Tell whether another number has a unit that the source gives to this one."""
    shared = one.units & other.units & MEASURES
    own = [o.units for o in source.every if o.key == other.key]
    if {one.key, other.key} in map(set, source.ranges):
        return False  # "5 to 10 days": the last of them has the unit
    return bool(shared and other.sure and own) and not any(o & shared for o in own)


def order(pair: Pair) -> Iterator[Diagnostic]:
    """Where the order of numbers carries meaning, it stays: 1 in 3,000, 5 to 10.

    A language may name the whole before the part; its word list knows how.
    """
    source, made = amounts_of(pair)
    yield from _sentences(pair)
    yield from _same_unit(pair, source, made)
    for part, whole in sorted(source.ratios):
        if (part, whole) in made.ratios or part == whole:
            continue
        others = sorted(other for other in made.ratios if part in other)
        if others and others != [(whole, part)] and _one_of(source, part, whole):
            first, second = others[0]
            message = f"{part} in {whole} became {first} in {second}"
            yield error("number-order", message, pair.place)
        elif (whole, part) in made.ratios:
            message = f"{part} in {whole} became {whole} in {part}"
            yield error("number-order", message, pair.place)
    places = {one.key: one.start for one in reversed(made.every)}
    last = {one.key: one.start for one in made.every}
    for low, high in source.ranges:
        if low in places and high in last and places[low] > last[high]:
            message = f"the range {low} to {high} became {high} to {low}"
            yield error("number-order", message, pair.place)


def _one_of(amounts: Amounts, *keys: str) -> bool:
    """Tell whether values stand once only, and surely: then they are partners."""
    return all(
        [one.sure for one in amounts.every if one.key == key] == [True] for key in keys
    )


def _same_unit(pair: Pair, source: Amounts, made: Amounts) -> Iterator[Diagnostic]:
    """Placeholders that count the same keep their order: 2 weeks, then 4 weeks.

    Which of them belongs to what only their order tells.
    """
    found = [one.key for one in made.every]
    for unit in sorted({unit for one in source.every for unit in one.units}):
        keys = [one.key for one in source.every if unit in one.units]
        keys = [one for one in keys if one.startswith("{") and one in found]
        placed = sorted(keys, key=found.index)
        if len(set(keys)) == len(keys) and placed != keys:
            message = f"{', '.join(keys)} became {', '.join(placed)}"
            hint = f"all of them count {unit}s, so their order says which is which"
            yield error("number-order", message, pair.place, hint)


def _sentences(pair: Pair) -> Iterator[Diagnostic]:
    """A placeholder stays in its sentence, where both texts have as many of them.

    Two that change places between sentences are both there, and both wrong.
    """
    parts, made = sentences(pair.source), sentences(pair.translation)
    if len(parts) != len(made) or len(parts) < 2:
        return
    for before, after in zip(parts, made, strict=True):
        wanted, there = (Counter(PLACEHOLDER.findall(one)) for one in (before, after))
        for name in there - wanted:
            message = f'"{{{name}}}" stands in another sentence than in the source'
            hint = f'the source has it not in "{short(before)}"'
            yield error("number-order", message, pair.place, hint)


CHECKS = (number_parity, phone_parity, unit_parity, order)
