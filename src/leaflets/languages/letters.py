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
    "\ufffc": "the sign for an object",
    "\u034f": "a grapheme joiner",
    "\u115f": "a filler",
    "\u1160": "a filler",
    "\u2800": "an empty Braille pattern",
    "\u3164": "a filler",
    "\uffa0": "a filler",
}
MARKS = "\u061c\u200e\u200f"
JOINERS = "\u200c\u200d"
OVERLAY = re.compile("[\u0334-\u0338\u20d0-\u20f0\ufe00-\ufe0f]")
"""Strokes over letters, signs around them, and other forms of them: no language is
written with them."""
HEAPED = re.compile(
    "[\u0300-\u036f]{3}|[\u0591-\u05c7]{4}|[\u064b-\u065f\u0670\u06d6-\u06ed]{4}"
)
"""More marks on one letter than any language in print here writes: a column of them
runs over the lines above."""

SENTENCE = re.compile(
    r"(?:(?<=[.!?؟۔])|(?<=[\u0370-\u03ff\u1f00-\u1fff][;\u037e]))"
    r"(?=[\s*”»\"')\]]+\S)|(?<=[。！？।])"
)
"""Greek asks with a semicolon."""
WORD_SIGN = "\\w\u0300-\u036f\u0591-\u05c7\u064b-\u0670\u0900-\u0dff’'"
LETTER = r"[^\W\d_\u3040-\u9fff\uac00-\ud7af]"
"""Of an alphabet: where a sign is a syllable, one of them may be a word."""
ABBREVIATION = re.compile(
    rf"(?<![{WORD_SIGN}])(?:{LETTER}\.[ \u00a0\u202f]?)?{LETTER}\.$"
)
"""A letter with a full stop ("z. B."); marks and endings make it a word ("DMT’s.")."""
NAMED_BY_LETTER = re.compile(r"[^\W\d_]{3,} [^\W\d_]\.$")
"""A word and a capital after it end a sentence: "Vitamin D."."""

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
    if HEAPED.search(text):
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


def strikes(text: str) -> bool:
    """Ask whether marks of a text are drawn over others: heaps of them, and strokes."""
    return bool(HEAPED.search(text) or OVERLAY.search(text))


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
    if OVERLAY.fullmatch(char):
        return f"the character U+{ord(char):04X}, which changes how a letter looks"
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
LOST = re.compile(r"[^\W\d_][?][^\W\d_]")
"""A question mark in a word: what a program writes for a letter that it does not know."""
BEFORE_FIGURE = re.compile(
    f"(?<=[\u0621-\u063a\u0641-\u064a]){KASHIDA}(?![\u0621-\u065f])"
)
"""Arabic joins a preposition to a figure with one: "بـ30"."""
DIGIT_LETTER = re.compile(
    r"(?:(?<=[0-9])[OoIl|](?=[0-9.,\s%]|$)|(?<![^\W\d_])[OIl](?=[0-9]))"
)


def look_alikes(text: str, language: str) -> Iterator[tuple[str, str]]:
    """List words with signs that look like others, and what they are.

    >>> list(look_alikes("مـــرض", "ar"))
    [('مـــرض', 'kashida, which only stretches it')]
    >>> list(look_alikes("1O mg Ａ", "de"))
    [('1O', 'a letter that looks like a digit'), ('Ａ', 'a letter in another form')]
    >>> list(look_alikes("بـ30 دقيقة", "ar"))
    []
    """
    foreign = find_language(language).foreign_letters
    for word in BEFORE_FIGURE.sub("", text).split():
        if KASHIDA in word.strip(KASHIDA) or word.count(KASHIDA) > 1:
            yield word, "kashida, which only stretches it"
        elif DIGIT_LETTER.search(word):
            yield word, "a letter that looks like a digit"
        elif LOST.search(word):
            yield word, "a question mark in a word, where a letter was lost"
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
    >>> sentences("Zum Beispiel, z. B. Vitamin D. Dann nicht. Fünf DMT’s. Ja.")
    ('Zum Beispiel, z. B. Vitamin D.', 'Dann nicht.', 'Fünf DMT’s.', 'Ja.')
    """
    parts: list[str] = []
    for part in SENTENCE.split(text.strip()):
        if parts and _goes_on(parts[-1]):
            parts[-1] += part
        elif part.strip():
            parts.append(part)
    return tuple(part.strip() for part in parts)


def _goes_on(text: str) -> bool:
    """Return whether the full stop at the end of a text is that of a short form."""
    word = text[:-1].split()[-1:] if text.endswith(".") else []
    if word and word[0].lstrip("(*“„«\"'") in all_scripts().short_forms:
        return True
    if not ABBREVIATION.search(text):
        return False
    return not (NAMED_BY_LETTER.search(text) and text[-2].isupper())
