"""Checks of numbers: the same values, units and order in every language.

Pure functions over a message's two texts.  A changed dose, time or telephone number is
the worst that a translation can do, so values are compared, not digits: "2.8 million",
"2,8 Millionen" and "280万" are the same; "12 hours" and "12 days" are not.
"""

from collections import Counter
from collections.abc import Iterator

from leaflets.checks.translation.amounts import Amount, Amounts, names, read_amounts
from leaflets.checks.translation.pair import Pair, bare, short, without_names
from leaflets.diagnostics import Diagnostic, error
from leaflets.languages.letters import sentences
from leaflets.languages.locale import decimal_sign
from leaflets.languages.numbers import native_digits
from leaflets.languages.word_lists import has_lexicon, lexicon_of
from leaflets.sources.content.inline import PLACEHOLDER
from leaflets.sources.content.names import BLANK

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
    pair = without_names(pair, BLANK)
    source, own = pair.source_locale, pair.locale
    return (
        read_amounts(pair.source, lexicon_of(source.name), decimal_sign(source)),
        read_amounts(pair.translation, lexicon_of(own.name), decimal_sign(own)),
    )


def number_parity(pair: Pair) -> Iterator[Diagnostic]:
    """The same numbers, by value, in whatever digits or words they are written.

    Native digits are refused: patient and nurse point at the same figure
    (docs/decisions/0004-digits.md).
    """
    source, translation = amounts_of(pair)
    hint = f'the source says "{short(pair.source)}"'
    if not has_lexicon(pair.locale.name):
        hint += "; no word list tells numbers in this language, so write figures"
    for key in _unmatched(source, translation):
        message = f'"{key}" is missing from the translation'
        yield error("number-parity", message, pair.place, hint)
    for key in _unmatched(translation, source):
        message = f'the number "{key}" is not in the source'
        yield error("number-parity", message, pair.place, hint)
    if digits := native_digits(bare(pair.translation)):
        message = f'"{digits}" is written in native digits'
        hint = "write 0 to 9, so that everybody can point at the same figure"
        yield error("number-parity", message, pair.place, hint)


def _unmatched(some: Amounts, others: Amounts) -> Iterator[str]:
    """List the values that surely stand in one text and not in the other.

    Placeholders are left out, for they have a check of their own.
    """
    left = [other for other in others.every if not other.key.startswith("{")]
    left.sort(key=lambda other: not other.sure)
    for amount in some.every:
        if not amount.sure or amount.key.startswith("{"):
            continue
        same = next((other for other in left if _same(amount, other)), None)
        if same:
            left.remove(same)
        else:
            yield amount.key


def _same(amount: Amount, other: Amount) -> bool:
    return bool({amount.key, *amount.also} & {other.key, *other.also})


def phone_parity(pair: Pair) -> Iterator[Diagnostic]:
    """The same telephone numbers, digit by digit."""
    source, translation = amounts_of(pair)
    wanted, there = Counter(source.phones), Counter(translation.phones)
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
    source, translation = amounts_of(pair)
    lexicon = lexicon_of(pair.locale.name)
    for amount in source.every:
        others = [other for other in translation.every if other.key == amount.key]
        agree = any(other.units & amount.units for other in others)
        if not (amount.sure and amount.units and others) or agree:
            continue
        foreign = next((o for o in others if _contradicts(amount, o)), None)
        thief = next((o for o in translation.every if _took(amount, o, source)), None)
        unit = min(amount.units)
        if foreign:
            message = f"{amount.key} counts {min(foreign.units)}s instead of {unit}s"
            yield error("unit-parity", message, pair.place)
        elif thief:
            message = f"{thief.key} counts {unit}s instead of {amount.key}"
            yield error("unit-parity", message, pair.place)
        elif amount.units <= MEASURES and not names(translation, amount.units, lexicon):
            message = f'the unit of {amount.key} ("{unit}") is missing'
            yield error("unit-parity", message, pair.place)


def _contradicts(amount: Amount, other: Amount) -> bool:
    """Return whether two numbers of the same value count different things."""
    strict = MEASURES | FORMS
    if not other.units or amount.units & other.units:
        return False
    return bool(amount.units <= MEASURES or other.units <= MEASURES) or bool(
        amount.units <= strict and other.units <= strict
    )


def _took(amount: Amount, other: Amount, source: Amounts) -> bool:
    """Return whether another number has a unit that the source gives to this one."""
    shared = amount.units & other.units & MEASURES
    own = [o.units for o in source.every if o.key == other.key]
    if {amount.key, other.key} in map(set, source.ranges):
        return False  # "5 to 10 days": the last of them has the unit
    return bool(shared and other.sure and own) and not any(o & shared for o in own)


def order(pair: Pair) -> Iterator[Diagnostic]:
    """Where the order of numbers carries meaning, it stays: 1 in 3,000, 5 to 10.

    A language may name the whole before the part; its word list knows how.
    """
    source, translation = amounts_of(pair)
    yield from _sentences(pair)
    yield from _same_unit(pair, source, translation)
    for part, whole in sorted(source.ratios):
        if (part, whole) in translation.ratios or part == whole:
            continue
        others = sorted(other for other in translation.ratios if part in other)
        if others and others != [(whole, part)] and _stand_once(source, part, whole):
            first, second = others[0]
            message = f"{part} in {whole} became {first} in {second}"
            yield error("number-order", message, pair.place)
        elif (whole, part) in translation.ratios:
            message = f"{part} in {whole} became {whole} in {part}"
            yield error("number-order", message, pair.place)
    first_at = {amount.key: amount.start for amount in reversed(translation.every)}
    last_at = {amount.key: amount.start for amount in translation.every}
    for low, high in source.ranges:
        if low in first_at and high in last_at and first_at[low] > last_at[high]:
            message = f"the range {low} to {high} became {high} to {low}"
            yield error("number-order", message, pair.place)


def _stand_once(amounts: Amounts, *keys: str) -> bool:
    """Return whether values stand once only, and surely: then they are partners."""
    return all(
        [amount.sure for amount in amounts.every if amount.key == key] == [True]
        for key in keys
    )


def _same_unit(
    pair: Pair, source: Amounts, translation: Amounts
) -> Iterator[Diagnostic]:
    """Placeholders that count the same keep their order: 2 weeks, then 4 weeks.

    Which of them belongs to what only their order tells.
    """
    there = [amount.key for amount in translation.every]
    units = {unit for amount in source.every for unit in amount.units}
    for unit in sorted(units):
        keys = [amount.key for amount in source.every if unit in amount.units]
        keys = [key for key in keys if key.startswith("{") and key in there]
        placed = sorted(keys, key=there.index)
        if len(set(keys)) == len(keys) and placed != keys:
            message = f"{', '.join(keys)} became {', '.join(placed)}"
            hint = f"all of them count {unit}s, so their order says which is which"
            yield error("number-order", message, pair.place, hint)


def _sentences(pair: Pair) -> Iterator[Diagnostic]:
    """A placeholder stays in its sentence, where both texts have as many of them.

    Two that change places between sentences are both there, and both wrong.
    """
    parts, translated = sentences(pair.source), sentences(pair.translation)
    if len(parts) != len(translated) or len(parts) < 2:
        return
    for before, after in zip(parts, translated, strict=True):
        wanted = Counter(PLACEHOLDER.findall(before))
        for name in Counter(PLACEHOLDER.findall(after)) - wanted:
            message = f'"{{{name}}}" stands in another sentence than in the source'
            hint = f'the source has it not in "{short(before)}"'
            yield error("number-order", message, pair.place, hint)


CHECKS = (number_parity, phone_parity, unit_parity, order)
