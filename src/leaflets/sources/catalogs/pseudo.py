"""Pseudo-locales: translations that no one reads, to see how pages stretch and turn.

Takes the source catalog; gives a catalog with accents and 40 % more length (`en_XA`),
in Arabic letters from right to left (`ar_XB`), or in Han signs without spaces
(`zh_XC`).  Placeholders, stress and addresses stay, as in any good translation.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from leaflets.languages.locale import PSEUDO
from leaflets.sources.catalogs.catalog import Catalog, new_catalog
from leaflets.sources.catalogs.merge import update
from leaflets.sources.catalogs.po import Message

LONGER = 1.4
"""German and Russian need 30 % more than English, short labels more still."""
KEPT = re.compile(r"(\{\w+\}|\*\*|\]\([^()\s]*\)|\[|\])")
LETTERS = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = "åƀçđéƒĝĥîĵķļɱñöþǫŕšŧûṽŵẋýž"
ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
UNWRITTEN = "e"
"""Arabic leaves out short vowels, and is as long as English without one in eight."""
HAN = "的一是了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
SIGNS = {".": "。", ",": "，", "?": "？", "!": "！", ":": "：", ";": "；"}
ARABIC_SIGNS = {",": "،", ";": "؛", "?": "؟"}
PADDING = "öñé ŧŵö ŧĥŕéé ƒöûŕ ƒîṽé"


def pseudo_catalog(
    name: str, path: str, source: Catalog, source_locale: str
) -> Catalog:
    """Make the catalog of a pseudo-locale from the source catalog."""
    change = CHANGES[name]
    messages = tuple(
        replace(one, translation=pseudo(one, change), line=0)
        for one in source.messages
        if not one.obsolete
    )
    empty = new_catalog(name, path)
    header = tuple(
        (key, "pseudo" if key == "X-Translation-Method" else value)
        for key, value in empty.header
    )
    filled = replace(empty, messages=messages, header=header)
    return update(filled, source, source_locale)


def pseudo(message: Message, change: Callable[[str], str]) -> str:
    """Change the words of a message, and nothing else of it."""
    parts = KEPT.split(message.text)
    made = [part if index % 2 else change(part) for index, part in enumerate(parts)]
    text = "".join(made)
    return _lengthened(text, message.text) if change is _accented else text


def _accented(text: str) -> str:
    table = str.maketrans(LETTERS + LETTERS.upper(), ACCENTED + ACCENTED.upper())
    return unicodedata.normalize("NFC", text.translate(table))


def _lengthened(text: str, source: str) -> str:
    """Add words before the last sign, until the text is long enough."""
    body = text.rstrip(".?!:*")
    end = text[len(body) :]
    missing = round(len(source) * LONGER) - len(text)
    words: list[str] = []
    for index in range(missing):
        if sum(map(len, words)) + len(words) >= missing:
            break
        words.append(PADDING.split()[index % 5])
    return " ".join([body, *words]) + end


def _arabic(text: str) -> str:
    made = []
    for char in text:
        if char in UNWRITTEN:
            continue
        place = LETTERS.find(char.lower())
        made.append(ARABIC[place] if place >= 0 else ARABIC_SIGNS.get(char, char))
    return "".join(made)


def _han(text: str) -> str:
    """Write two signs for each word; a word is told by its letters, always alike."""

    def signs(match: re.Match[str]) -> str:
        value = sum(place * ord(char) for place, char in enumerate(match[0], 1))
        return HAN[value % len(HAN)] + HAN[value // 7 % len(HAN)]

    words = re.sub(r"[^\W\d_]+", signs, text)
    bare = re.sub(r"(?<=\W)\s+|\s+(?=\W)|(?<=[^\x00-\x7f])\s+", "", words)
    return "".join(SIGNS.get(char, char) for char in bare.strip())


CHANGES: dict[str, Callable[[str], str]] = {
    "en_XA": _accented,
    "ar_XB": _arabic,
    "zh_XC": _han,
}
assert set(CHANGES) == set(PSEUDO)
