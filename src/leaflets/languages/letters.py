"""Letters: what characters a text is made of, whatever its language.

Takes a text and finds its scripts, the hidden characters in it and how it ends.
Bidirectional controls follow Unicode Standard Annex 9 and Technical Report 36.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from leaflets.languages.language import find_language
from leaflets.languages.scripts import all_scripts, script_of, settings

NAMED = {
    "\u00ad": "a soft hyphen",
    "\u061c": "an Arabic letter mark",
    "\u200b": "a zero-width space",
    "\u200e": "a left-to-right mark",
    "\u200f": "a right-to-left mark",
    "\u2028": "a line separator",
    "\u2029": "a paragraph separator",
    "\u202a": "a left-to-right embedding",
    "\u202b": "a right-to-left embedding",
    "\u202c": "an end of a direction",
    "\u202d": "a left-to-right override",
    "\u202e": "a right-to-left override",
    "\u2060": "a word joiner",
    "\ufeff": "a zero-width no-break space",
    "\ufffd": "the sign for a lost character",
}
MARKS = "\u061c\u200e\u200f"
JOINERS = "\u200c\u200d"
HEAPED = "[\u0300-\u036f]{3}"
"""More accents on one letter than any language in print here writes."""

SENTENCE = re.compile(r"(?<=[.!?؟۔])(?=[\s*”»\"')\]]+\S)|(?<=[。！？।])")
ABBREVIATION = re.compile(r"\b(?:\w\.)?\w\.$")

OPENING = "\u2066\u2067\u2068"
CLOSING = "\u2069"

CLOSERS = "\"'”’»›“‘)]）】」』*_ \u00a0\u2066\u2067\u2068\u2069\u200e\u200f"
"""What may stand after the sign that ends a sentence."""


def hidden(text: str, script: str, *, right_to_left: bool) -> Iterator[str]:
    """Name the characters that nobody sees but that change a text.

    Isolates are fine when each is closed; marks where lines run from the right;
    joiners where they are part of the spelling.

    >>> list(hidden("a\\u202eb\\x00", "Latn", right_to_left=False))
    ['a right-to-left override', 'the control character U+0000']
    """
    named: set[str] = set()
    for char in text:
        name = _hidden(char, script, right_to_left=right_to_left)
        if name and name not in named:
            named.add(name)
            yield name
    if re.search(HEAPED, text):
        yield "a heap of accents"
    depth = 0
    for char in text:
        if char in OPENING:
            depth += 1
        elif char == CLOSING:
            depth -= 1
        if depth < 0:
            break
    if depth:
        yield "an isolate that is opened or closed only"


def _hidden(char: str, script: str, *, right_to_left: bool) -> str:
    """Name one character if it should not be there."""
    category = unicodedata.category(char)
    if category == "Cc":
        return f"the control character U+{ord(char):04X}"
    if char in MARKS:
        return "" if right_to_left else NAMED[char]
    if char in JOINERS:
        return "" if settings()[script].joiners else f"the joiner U+{ord(char):04X}"
    if char in NAMED:
        return NAMED[char]
    if char in OPENING + CLOSING:
        return ""
    if category in ("Cf", "Co", "Cn", "Cs"):
        return f"the character U+{ord(char):04X}, which no font shows"
    return ""


def runs(text: str) -> Iterator[tuple[str, str]]:
    """Part a text into words of one script each, as (script, word).

    >>> list(runs("ב-MIST и т.д."))
    [('Hebr', 'ב'), ('Latn', 'MIST'), ('Cyrl', 'и'), ('Cyrl', 'т'), ('Cyrl', 'д')]
    """
    script = word = ""
    for char in f"{text}\0":
        now = script_of(char)
        # Marks, joiners and inner signs belong to the letters around them.
        inside = script and (
            unicodedata.category(char)[0] == "M"
            or char in JOINERS
            or (char in "'’" and script == "Latn")
        )
        if inside or (now and now == script):
            word += char
            continue
        if script:
            yield script, word.rstrip("'’")
        script, word = now, char if now else ""


def ending(text: str) -> str:
    """Name the kind of sign that a text ends with; empty for none.

    >>> [ending(text) for text in ("Yes.", "是的。", "**لماذا؟**", "Why?”", "Why")]
    ['full stop', 'full stop', 'question mark', 'question mark', '']
    """
    sign = last_sign(text)
    kinds = all_scripts().endings
    return next((name for name, signs in kinds.items() if sign in signs), "")


def last_sign(text: str) -> str:
    """Return the sign itself that a text ends with; a space for an empty text."""
    bare = re.sub(r"\]\([^()\s]*\)", "", text).rstrip(CLOSERS + "\n\r\t")
    return "…" if bare.endswith("...") else bare[-1:] or " "


KASHIDA = "\u0640"
DIGIT_LETTER = re.compile(
    r"(?:(?<=[0-9])[OoIl|](?=[0-9.,\s%]|$)|(?<![^\W\d_])[OIl](?=[0-9]))"
)


def look_alikes(text: str, language: str) -> Iterator[tuple[str, str]]:
    """List words with signs that look like others, and what they are.

    >>> list(look_alikes("مـــرض", "ar"))
    [('مـــرض', 'kashida, which only stretches it')]
    >>> list(look_alikes("1O mg Ａ", "de"))
    [('1O', 'a letter that looks like a digit'), ('Ａ', 'a letter in another form')]
    """
    foreign = find_language(language).foreign_letters
    for word in text.split():
        if KASHIDA in word.strip(KASHIDA) or word.count(KASHIDA) > 1:
            yield word, "kashida, which only stretches it"
        elif DIGIT_LETTER.search(word):
            yield word, "a letter that looks like a digit"
        elif any(_other_form(char) for char in word):
            yield word, "a letter in another form"
        else:
            for sign, name in foreign.items():
                if sign in word:
                    yield word, name
                    break


def _other_form(char: str) -> bool:
    """Return whether Unicode keeps a sign only for old encodings or formulas."""
    if char.isascii() or unicodedata.category(char)[0] not in "LN":
        return False
    kind = unicodedata.decomposition(char).partition(" ")[0]
    return kind in (
        "<font>",
        "<wide>",
        "<narrow>",
        "<initial>",
        "<medial>",
        "<final>",
        "<isolated>",
        "<circle>",
        "<square>",
    )


@lru_cache(maxsize=20_000)
def sentences(text: str) -> tuple[str, ...]:
    """Part a text into sentences.

    >>> sentences("Rest. Do not drive, e.g. a car! Ok")
    ('Rest.', 'Do not drive, e.g. a car!', 'Ok')
    """
    parts: list[str] = []
    for part in SENTENCE.split(text.strip()):
        if parts and ABBREVIATION.search(parts[-1]):
            parts[-1] += part
        elif part.strip():
            parts.append(part)
    return tuple(part.strip() for part in parts)
