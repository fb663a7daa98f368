"""Numerals: the numbers in a text by their value, whatever they are written with.

Takes a text in any language and gives values, so that 2,800,000 and ٢٫٨ مليون and
280万 can be told to be the same.  A number of which the value is not sure is left
out, or given apart, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from leaflets.languages.language import find_language
from leaflets.languages.scripts import script_of

LONGEST = 5_000
"""Characters of one text that are read (untrusted input)."""

GROUP_SPACES = "\u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True, eq=False)
class Multipliers:
    """The words of one language that make a number before them larger."""

    powers: Mapping[str, int]
    """The power of ten of each word."""
    number: re.Pattern[str]
    """A number in digits, and what may stand behind it."""


@lru_cache(maxsize=64)
def multipliers(locale: str) -> Multipliers:
    """Return the words of a locale's language, as its data has them."""
    powers = {
        word: power
        for power, words in find_language(locale).multipliers.items()
        for word in words
    }
    # Of two words that begin alike the longer is tried first.
    longest = sorted(powers, key=len, reverse=True)
    joined = "|".join(word for word in longest if script_of(word[0]) in JOINED)
    apart = "|".join(word for word in longest if script_of(word[0]) not in JOINED)
    nothing = "(?!)"
    return Multipliers(
        powers,
        re.compile(
            r"(?P<sign>(?:(?<=\s)|(?<=^)|(?<=\())[-−])?"
            rf"(?P<digits>[0-9]+(?:[.,٫٬'’{GROUP_SPACES}][0-9]+"
            r"|\ [0-9]{3}(?![0-9]))*)"
            rf"(?:[ {GROUP_SPACES}]?(?P<joined>{joined or nothing})"
            rf"|[ {GROUP_SPACES}](?P<word>{apart or nothing})(?!\w))?",
            re.IGNORECASE,
        ),
    )


JOINED = frozenset({"Hani", "Hang"})
"""Scripts that write such a word next to its number, and other words next to it."""
HAN_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "两": 2,
    "兩": 2,
}
HAN_UNITS = {"十": 10, "百": 100, "千": 1000}
HAN = re.compile("[〇零一二两兩三四五六七八九十百千万萬亿億]+")


def native_digits(text: str) -> str:
    """Return the digits of a text that are not 0 to 9, in order.

    >>> native_digits("12 ١٢ mg")
    '١٢'
    """
    return "".join(char for char in text if char.isdecimal() and not char.isascii())


def numbers(text: str, locale: str, decimal: str = ".") -> tuple[Decimal, ...]:
    """List the values of all numbers written in digits, in order.

    `decimal` is the sign that the language puts before decimals; the other of
    point and comma then groups thousands.

    >>> [str(value) for value in numbers("1,200 men, 2.5 years, -3", "en")]
    ['1200', '2.5', '-3']
    >>> [str(value) for value in numbers("1.200 Männer, 2,5 Jahre", "de", ",")]
    ['1200', '2.5']
    >>> numbers("2.8 million", "en") == numbers("280万", "ja")
    True
    >>> numbers("٢٫٨ مليون", "ar") == numbers("2,8 Millionen", "de", ",")
    True
    """
    words = multipliers(locale)
    values = places(latin(text[:LONGEST]), decimal, words)
    return tuple(value for _, _, value in values)


def places(
    text: str, decimal: str, words: Multipliers
) -> Iterator[tuple[int, int, Decimal]]:
    """List the values of numbers with their places, as (start, end, value).

    The text has 0 to 9 only: see `latin`.
    """
    for match in words.number.finditer(text):
        power = words.powers.get((match["joined"] or match["word"] or "").lower(), 0)
        for value in _values(match["digits"], decimal):
            signed = value.copy_negate() if match["sign"] else value
            yield (
                match.start(),
                match.end(),
                signed.scaleb(power) if power else signed,
            )


def latin(text: str) -> str:
    """Write all decimal digits as 0 to 9 and fractions out, for reading only."""
    written = []
    for char in text:
        if char.isascii():
            written.append(char)
        elif char.isdecimal():
            written.append(str(unicodedata.decimal(char)))
        elif unicodedata.category(char) == "No":
            value = unicodedata.numeric(char)
            # Thirds have no end; such a sign stands for itself and nothing else.
            written.append(f" {value:.4f} ".replace(".0000", ""))
        else:
            written.append(char)
    return "".join(written)


def _values(digits: str, decimal: str) -> list[Decimal]:
    """Read one written number; several where its signs part it, as in a date."""
    digits = digits.replace("٫", "," if decimal == "," else ".")
    bare = re.sub(f"[٬'’ {GROUP_SPACES}]", "", digits)
    group = "." if decimal == "," else ","
    whole, sign, fraction = bare.partition(decimal if decimal in ".," else ".")
    parts = whole.split(group)
    grouped = len(parts) > 1 and _are_groups(parts)
    try:
        if not fraction.isdigit() and sign:
            raise InvalidOperation
        if len(parts) == 1 or grouped:
            return [Decimal("".join(parts) + (f".{fraction}" if sign else ""))]
        if len(parts) == 2 and not sign:
            # A translator wrote the other language's sign: the value is clear.
            return [Decimal(".".join(parts))]
    except InvalidOperation:
        pass
    return [Decimal(part) for part in re.findall("[0-9]+", bare)]


def _are_groups(parts: list[str]) -> bool:
    """Return whether parts are groups of digits: threes, or twos as in India."""
    first, *middle, last = parts
    inner = {len(part) for part in middle}
    return (
        len(last) == 3
        and first.strip("0") != ""
        and ((inner <= {3} and len(first) <= 3) or (inner <= {2} and len(first) <= 2))
    )


def han_numbers(text: str) -> tuple[Decimal, ...]:
    """List the values of numbers written in Han signs.

    They may be parts of words, so they prove a number and never accuse one.

    >>> [str(value) for value in han_numbers("三个部分，十二小时，二百零五")]
    ['3', '12', '205']
    """
    return tuple(value for _, _, value in han_places(text[:LONGEST]))


def han_places(text: str) -> Iterator[tuple[int, int, Decimal]]:
    """List the values of numbers in Han signs, as (start, end, value)."""
    for match in HAN.finditer(text):
        yield match.start(), match.end(), Decimal(_han(match[0]))


def _han(signs: str) -> int:
    """Read one number in Han signs: units within tens of thousands."""
    if not any(sign in "十百千万萬亿億" for sign in signs):
        return int("".join(str(HAN_DIGITS[sign]) for sign in signs[:20]))
    total = section = digit = 0
    for sign in signs:
        if sign in HAN_DIGITS:
            digit = HAN_DIGITS[sign]
        elif sign in HAN_UNITS:
            section += (digit or 1) * HAN_UNITS[sign]
            digit = 0
        else:
            total = (total + section + digit) * (10_000 if sign in "万萬" else 10**8)
            section = digit = 0
    return total + section + digit
