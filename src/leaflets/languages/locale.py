"""Facts about a locale, and numbers and dates as it writes them (door to CLDR).

Takes a locale's name (`zh_Hans`) and gives what type and layout need to know.
The locale is always an argument: nothing here reads or sets an ambient one.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

import pyphen
from babel import Locale as CldrLocale
from babel import UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_compact_decimal, format_decimal

from leaflets.languages.language import find_language
from leaflets.languages.scripts import Script, find_setting

LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
ISOLATES = LRI + RLI + FSI + PDI
NO_ISOLATES = dict.fromkeys(map(ord, ISOLATES))
NO_BREAK = "\u00a0"
JOINER = "\u2060"
"""Forbids a line break (Unicode's word joiner); draws nothing."""


@dataclass(frozen=True, slots=True)
class Locale:
    """What layout and checks need to know of one locale."""

    name: str
    """As Babel and gettext write it: `zh_Hans`."""
    tag: str
    """BCP 47, as HTML and PDF write it: `zh-Hans`."""
    script: str
    """ISO 15924 code."""
    direction: str
    endonym: str
    english_name: str
    setting: Script
    pseudo: bool = False
    """Whether it is no language but a test of how pages stretch and turn."""

    @property
    def right_to_left(self) -> bool:
        """Return whether lines run from the right."""
        return self.direction == "rtl"


NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of CLDR that are unions, tests and the unknown."""
PSEUDO = {"en_XA": "en", "ar_XB": "ar", "zh_XC": "zh_Hans"}
"""Pseudo-locales, and the one whose script, fonts and forms of numbers they have."""


def find_locale(name: str) -> Locale | None:
    """Return a locale as CLDR knows it; none if unknown or in a script we cannot set."""
    if name in PSEUDO:
        model = find_locale(PSEUDO[name])
        return model and replace(
            model,
            name=name,
            tag=f"{model.tag}-{name.partition('_')[2]}",
            english_name=f"pseudo-{model.english_name}",
            pseudo=True,
        )
    try:
        cldr = CldrLocale.parse(name)
        likely = CldrLocale.parse(name, resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError, TypeError):
        return None
    script = cldr.script or likely.script or _likely_script(name) or "Latn"
    known = find_setting(name.partition("_")[0], script)
    if known is None:
        return None
    script, setting = known
    # Readers know where they are; "Português" leaves more room in the head.
    endonym = cldr.get_language_name(name) if not cldr.script else None
    endonym = endonym or cldr.get_display_name(name) or name
    return Locale(
        name=name,
        tag=name.replace("_", "-"),
        script=script,
        direction=cldr.text_direction,
        endonym=endonym[0].upper() + endonym[1:] if setting.cased else endonym,
        english_name=cldr.get_display_name("en") or name,
        setting=setting,
    )


def is_territory(code: str) -> bool:
    """Return whether CLDR knows a territory by this code (ISO 3166-1 alpha-2).

    >>> is_territory("EG"), is_territory("EU"), is_territory("eg")
    (True, False, False)
    """
    english = CldrLocale.parse("en").territories
    return (
        len(code) == 2
        and code.isascii()
        and code.isupper()
        and code in english
        and code not in NO_COUNTRIES
    )


def _likely_script(name: str) -> str | None:
    """Ask CLDR's likely subtags for the script of a bare language."""
    from babel.core import get_global

    subtags = get_global("likely_subtags").get(name.split("_")[0], "")
    parts = str(subtags).split("_")
    return parts[1] if len(parts) > 1 else None


def format_value(value: float | date, form: str, locale: Locale) -> str:
    """Write a value as the locale does, in Latin digits, never split over lines.

    Latin digits everywhere, so that a nurse and a patient can point at the same
    figure (docs/decisions/0004-digits.md).
    """
    name = PSEUDO.get(locale.name, locale.name)
    language = find_language(name)
    cldr = CldrLocale.parse(language.formatted_as.get(name, name))
    if isinstance(value, date):
        text = format_date(value, "long", locale=cldr)
        if language.date_signs:
            text = _date_places(language.date_signs).sub(JOINER, text)
    elif form == "compact":
        long = "long" in cldr.compact_decimal_formats
        text = format_compact_decimal(
            value,
            format_type="long" if long else "short",
            locale=cldr,
            fraction_digits=1,
        )
    elif form == "year":
        text = str(value)
    else:
        text = format_decimal(value, locale=cldr)
    text = "".join(map(_latin_digit, text))
    return text.replace(" ", NO_BREAK).strip("\u200e\u200f")


def hyphenation(locale: Locale) -> str:
    """Name the patterns that could part this locale's words; empty for none."""
    return pyphen.language_fallback(locale.name) or ""


@lru_cache(maxsize=256)
def decimal_sign(locale: Locale) -> str:
    """Return the sign that a locale puts before decimals.

    >>> locales = map(find_locale, ("en", "de", "ar"))
    >>> [decimal_sign(locale) for locale in locales if locale]
    ['.', ',', '.']
    """
    return format_value(1.5, "number", locale)[1:2]


@lru_cache(maxsize=8)
def _date_places(signs: str) -> re.Pattern[str]:
    """Find where a line could end inside a date that is written without spaces."""
    return re.compile(rf"(?<=\d)(?=[{signs}])|(?<=[{signs}])(?=\d)")


def _latin_digit(char: str) -> str:
    return str(unicodedata.decimal(char)) if char.isdecimal() else char


RTL_LETTER = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
WHOLE = 0xE100
"""The first of the private signs that stand for names while isolates are set."""
MOST_WHOLE = 0x1700
LATIN = rf"A-Za-zÀ-ɏ0-9{chr(WHOLE)}-{chr(WHOLE + MOST_WHOLE - 1)}"
LATIN_RUN = re.compile(rf"[{LATIN}](?:[{LATIN} .,:/+\-–%°\u00a0]*[{LATIN}%°])?")


def isolate(text: str, locale: Locale) -> str:
    """Wrap a value in a direction isolate where lines run from the right.

    The engine ignores `unicode-bidi`, so the isolates stand in the text.
    """
    if not locale.right_to_left:
        return text
    return (RLI if RTL_LETTER.search(text) else LRI) + text + PDI


def without_isolates(text: str) -> str:
    """Drop the signs that isolate parts of a line from each other."""
    return text.translate(NO_ISOLATES)


def isolate_foreign(text: str, locale: Locale) -> str:
    """Wrap Latin names and numbers inside right-to-left text in isolates.

    A private sign (`WHOLE`) stands for a name that a run must not part.
    """
    if not locale.right_to_left:
        return text
    parts = re.split(f"([{LRI}{RLI}{FSI}][^{PDI}]*{PDI})", text)
    return "".join(
        part
        if part[:1] in (LRI, RLI, FSI)
        else LATIN_RUN.sub(lambda run: LRI + run[0] + PDI, part)
        for part in parts
    )
