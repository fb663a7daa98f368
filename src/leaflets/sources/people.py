"""People: names that are told apart, and names that are none.

Two signatures are one person's where their names are the same when read, however they
are typed.
"""

import unicodedata

INVISIBLE = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5\u034f")
"""Letters and signs that Unicode counts as visible, and that draw nothing."""
EAST = ("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO", "IDEOGRAPHIC")
"""Scripts that names are written in together."""
ALIKE = str.maketrans(
    "авекмнорстухіјѕԁԛԝһѵɡαβεζηικμνορτυχϲı",
    "abekmhopctyxijsdqwhvgabezhikmvoptyxci",
)
"""Small letters of Cyrillic and Greek that are drawn, small or large, as Latin ones."""


def fold_name(name: str) -> str:
    """Write a name so that the same person is found again, however it is typed.

    >>> fold_name("Dr.  Jane DOE") == fold_name("dr jane doe")
    True
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    apart = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", folded))
    letters = (
        char
        if unicodedata.category(char)[0] in "LN"
        else " "
        if unicodedata.category(char)[0] in "ZP" and char not in "'’.-"
        else ""
        for char in apart.translate(ALIKE)
        if char not in INVISIBLE
    )
    return " ".join("".join(letters).split())


def name_problem(name: str, credentials: str) -> str:
    """Say what keeps a name from being one that people can read; nothing if they can."""
    for what, text in (("name", name), ("credentials", credentials)):
        if any(char in INVISIBLE for char in text):
            return f"the {what} has a letter that nobody can see"
        if not any(char.isalpha() for char in text):
            return f"the {what} has no letter"
    for word in unicodedata.normalize("NFKC", name).split():
        scripts = sorted({script for char in word if (script := _script(char))})
        if len(scripts) > 1:
            mixed = " and ".join(script.title() for script in scripts)
            return f'"{word}" mixes letters that look alike: {mixed}'
    return ""


def _script(char: str) -> str:
    """Name the script of a letter by its Unicode name; nothing for what all share."""
    if not char.isalpha() or unicodedata.category(char) == "Lm":
        return ""
    script = unicodedata.name(char, "").partition(" ")[0].partition("-")[0]
    return "east" if script in EAST else script.lower()
