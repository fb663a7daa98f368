"""Scripts: how each is set, and which letters belong to it.

Takes an ISO 15924 code or a letter.  All that depends on a script alone stands in
this one table; a script that is not here cannot be set.  Scripts without spaces
whose lines only a dictionary can break (Thai, Lao, Khmer, Burmese) are left out.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Script:
    """How a script is set."""

    families: tuple[str, ...]
    """Font families in order of preference, all from one collection of packages."""
    size: float
    """Factor on the type size, so that small letters look as large as Latin ones."""
    pitch: float
    """Distance of baselines in mm for 12 pt text; 3 mm is the least the EU's
    readability guideline (2009) allows."""
    letter: float
    """Mean width of a letter in em, spaces among them, measured with these fonts."""
    letters: frozenset[str]
    """The scripts of Unicode that it is written with: Japanese has three."""
    spaced: bool = True
    """Whether words are parted by spaces."""
    joiners: bool = False
    """Whether zero-width joiners are part of the spelling."""
    signs: tuple[tuple[str, str], ...] = ()
    """Signs at the end of a sentence that it writes in a way of its own."""
    encoding: str = ""
    """An encoding that holds its own Han signs and not those of its neighbours."""


LATIN = "Noto Sans"
WIDE = (("?", "？"), (".", "。"), ("!", "！"), (":", "："))


def _of(
    family: str,
    size: float,
    pitch: float,
    letter: float,
    script: str,
    joiners: bool = False,
) -> Script:
    families = (LATIN,) if family == LATIN else (family, LATIN)
    return Script(families, size, pitch, letter, frozenset({script}), joiners=joiners)


def _han(family: str, size: float, letter: float, encoding: str, *more: str) -> Script:
    letters = frozenset({"Hani", *more})
    return Script(
        (family, LATIN),
        size,
        6.4,
        letter,
        letters,
        spaced=False,
        signs=WIDE,
        encoding=encoding,
    )


def _arabic(
    family: str, size: float, pitch: float, letter: float, *more: tuple[str, str]
) -> Script:
    return Script(
        (family, LATIN),
        size,
        pitch,
        letter,
        frozenset({"Arab"}),
        joiners=True,
        signs=(("?", "؟"), *more),
    )


SCRIPTS = {
    "Latn": _of(LATIN, 1.0, 5.6, 0.48, "Latn"),
    "Cyrl": _of(LATIN, 1.0, 5.6, 0.53, "Cyrl"),
    "Grek": _of(LATIN, 1.0, 5.6, 0.5, "Grek"),
    "Armn": _of("Noto Sans Armenian", 1.06, 5.8, 0.53, "Armn"),
    "Geor": _of("Noto Sans Georgian", 1.0, 5.8, 0.53, "Geor"),
    "Arab": _arabic("Noto Sans Arabic", 1.14, 6.6, 0.43),
    "Aran": _arabic("Noto Nastaliq Urdu", 1.0, 7.8, 0.38, (".", "۔")),
    "Hebr": _of("Noto Sans Hebrew", 1.06, 5.8, 0.47, "Hebr"),
    "Ethi": _of("Noto Sans Ethiopic", 1.0, 6.4, 0.66, "Ethi"),
    "Deva": _of("Noto Sans Devanagari", 1.0, 6.6, 0.39, "Deva", True),
    "Beng": _of("Noto Sans Bengali", 1.0, 6.6, 0.44, "Beng", True),
    "Gujr": _of("Noto Sans Gujarati", 1.0, 6.6, 0.42, "Gujr", True),
    "Guru": _of("Noto Sans Gurmukhi", 1.0, 6.6, 0.42, "Guru", True),
    "Taml": _of("Noto Sans Tamil", 1.0, 6.4, 0.58, "Taml", True),
    "Telu": _of("Noto Sans Telugu", 1.0, 7.2, 0.48, "Telu", True),
    "Knda": _of("Noto Sans Kannada", 1.0, 7.2, 0.5, "Knda", True),
    "Mlym": _of("Noto Sans Malayalam", 1.0, 6.6, 0.58, "Mlym", True),
    "Sinh": _of("Noto Sans Sinhala", 1.0, 6.6, 0.48, "Sinh", True),
    "Hans": _han("Noto Sans SC", 1.02, 0.95, "gb2312"),
    "Hant": _han("Noto Sans TC", 1.02, 0.95, "big5"),
    "Jpan": _han("Noto Sans JP", 1.02, 0.95, "cp932", "Hira", "Kana"),
    "Kore": _of("Noto Sans KR", 1.0, 6.2, 0.73, "Hang"),
}

OWN = {
    # Persian reads best in a naskh of its own; Urdu is read in nastaliq.
    "fa": ("Arab", _arabic("Vazirmatn", 1.14, 6.6, 0.43)),
    "ur": ("Aran", SCRIPTS["Aran"]),
    # Two accents on one letter keep clear of the line above.
    "vi": ("Latn", _of(LATIN, 1.0, 6.2, 0.48, "Latn")),
}
"""Languages that are set otherwise than their script, by language."""

CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})
"""Scripts that have small letters."""
INDIC = frozenset(
    {"Deva", "Beng", "Gujr", "Guru", "Taml", "Telu", "Knda", "Mlym", "Sinh"}
)
"""Scripts whose vowel signs stand around the letter."""
UNITED = frozenset({"Hans", "Hant", "Jpan", "Kore"})
"""Scripts in which a term may stand inside what is written as one word."""

NAMES = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "GREEK": "Grek",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "ARABIC": "Arab",
    "HEBREW": "Hebr",
    "ETHIOPIC": "Ethi",
    "DEVANAGARI": "Deva",
    "BENGALI": "Beng",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "KANNADA": "Knda",
    "MALAYALAM": "Mlym",
    "SINHALA": "Sinh",
    "CJK": "Hani",
    "IDEOGRAPHIC": "Hani",
    "HIRAGANA": "Hira",
    "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
    "HANGUL": "Hang",
}
"""First words of Unicode names; Babel has no table of scripts, nor has Python."""


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """Give the script of a letter, as ISO 15924; empty for all that is no letter.

    >>> [script_of(one) for one in "aжא漢あ한1"]
    ['Latn', 'Cyrl', 'Hebr', 'Hani', 'Hira', 'Hang', '']
    """
    if unicodedata.category(char)[0] != "L":
        return ""
    # The units µ and ª º are letters to Unicode, but of no script of their own.
    if char in "µªºʹʼʾʿˈ":
        return ""
    words = unicodedata.name(char, "UNKNOWN").split()
    first = words[1] if words[0] in ("FULLWIDTH", "MODIFIER") else words[0]
    return NAMES.get(first, first.title())
