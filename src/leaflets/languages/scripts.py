"""Scripts: how each is set, and which letters belong to it.

Takes an ISO 15924 code or a letter.  All that depends on a script alone stands in
`languages/data/scripts.toml`; a script that is not there cannot be set.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from fontTools import unicodedata as script_data

from leaflets.languages import tables

NAME = "scripts"
LATIN = "Noto Sans"
"""The family that stands in where another has no sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """How a script is set."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    families: tuple[str, ...]
    """Font families in order of preference, all from one collection of packages."""
    size: float
    """Factor on the type size, so that small letters look as large as Latin ones."""
    pitch: float
    """Distance of baselines in mm for 12 pt text; 3 mm is the least the EU's
    readability guideline (2009) allows."""
    letter: float
    """Mean width of a letter in em, spaces among them, measured with these fonts."""
    letters: tuple[str, ...]
    """The scripts of Unicode that it is written with: Japanese has three."""
    spaced: bool = True
    """Whether words are parted by spaces."""
    joiners: bool = False
    """Whether zero-width joiners are part of the spelling."""
    signs: tuple[tuple[str, str], ...] = ()
    """Signs at the end of a sentence that it writes in a way of its own."""
    encoding: str = ""
    """An encoding that holds its own Han signs and not those of its neighbours."""
    cased: bool = False
    """Whether it has small letters."""
    vowel_signs: bool = False
    """Whether vowel signs stand around the letter, as in India."""
    united: bool = False
    """Whether a term may stand inside what is written as one word."""
    whole_words: bool = False
    """Whether lines end between words only, where the engine would part syllables."""
    endings: tuple[str, ...] = ()
    """Endings of nouns and adjectives, as terms are compared."""
    vowels: str = ""
    """Last letters that an ending replaces, as terms are compared."""
    rewrites: tuple[tuple[str, str], ...] = ()
    """Expressions for spellings that say the same, and how terms are compared."""
    habits: str = ""
    """What its readers expect of type, for people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a language sets otherwise than its script; 0 and empty change nothing."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    script: str
    families: tuple[str, ...] = ()
    size: float = 0.0
    pitch: float = 0.0
    letter: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A letter to measure in place of an x, and how much of its height counts."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    letter: str
    part: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Scripts:
    """The file on scripts."""

    __pydantic_config__: ClassVar[Mapping[str, object]] = tables.STRICT

    script: Mapping[str, Script]
    language: Mapping[str, Own] = field(default_factory=dict)
    bodies: Mapping[str, Body] = field(default_factory=dict)
    """By script of Unicode."""
    endings: Mapping[str, str] = field(default_factory=dict)
    """Signs that end a sentence, by their kind."""
    short_forms: tuple[str, ...] = ()
    """Words whose full stop ends no sentence, for a name or number follows."""
    symbols: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Symbols of units that every language writes, by unit."""
    same: Mapping[str, str] = field(default_factory=dict)
    """Letters that spell the same word, as the word lists compare them."""
    same_in_terms: Mapping[str, str] = field(default_factory=dict)
    """The same as the glossary's terms compare them."""


@lru_cache(maxsize=1)
def all_scripts() -> Scripts:
    """Return the file on scripts; LeafletsError where it is broken.

    Each run needs it, so it is read without pydantic; what does not fit is read again
    with it, which tells the line.
    """
    text = tables.find_text(NAME) or ""
    values = tables.parse(text, NAME)
    try:
        rows = {
            "script": _each(Script, values["script"]),
            "language": _each(Own, values.get("language", {})),
            "bodies": _each(Body, values.get("bodies", {})),
        }
        symbols = values.get("symbols", {})
        rows["symbols"] = {unit: tuple(signs) for unit, signs in symbols.items()}
        rows["short_forms"] = tuple(values.get("short_forms", ()))
        return Scripts(**{**values, **rows})
    except (TypeError, KeyError, AttributeError):
        return check_scripts()


@lru_cache(maxsize=1)
def check_scripts() -> Scripts:
    """Read the file on scripts strictly; LeafletsError where it is broken."""
    return tables.read_table(Scripts, tables.find_text(NAME) or "", NAME)


Row = TypeVar("Row")


def _each(shape: type[Row], rows: Mapping[str, Mapping[str, Any]]) -> dict[str, Row]:
    """Make a value of each row; TypeError for an unknown key or a missing one."""
    return {
        name: shape(**{key: _tuples(value) for key, value in row.items()})
        for name, row in rows.items()
    }


def _tuples(value: Any) -> Any:
    """Write arrays as tuples."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def settings() -> Mapping[str, Script]:
    """Return how each script is set, by ISO 15924 code."""
    return all_scripts().script


def find_setting(language: str, script: str) -> tuple[str, Script] | None:
    """Return a language's script and how it is set; none for one that cannot be.

    >>> found = find_setting("ur", "Arab")
    >>> found and (found[0], found[1].families[0])
    ('Aran', 'Noto Nastaliq Urdu')
    """
    known = settings()
    own = all_scripts().language.get(language)
    if own and own.script in (script, "Aran"):
        usual = known[own.script]
        changed = {
            name: value
            for name in ("families", "size", "pitch", "letter")
            if (value := getattr(own, name))
        }
        return own.script, replace(usual, **changed)
    return (script, known[script]) if script in known else None


def is_cased(script: str) -> bool:
    """Return whether a script, by its code in Unicode, has small letters."""
    setting = settings().get(script)
    return setting is not None and setting.cased


NO_LETTERS = frozenset("ªºʹʼʾʿˈ")
"""Signs that are letters to Unicode and belong to no script as it is read."""


@lru_cache(maxsize=8192)
def script_of(char: str) -> str:
    """Return the script of a letter, as ISO 15924; empty for all that is no letter.

    A letter of several scripts belongs to the last of those that can be set: kashida
    is Arabic, and the sign for a long vowel katakana.

    >>> [script_of(char) for char in "aжא漢あーㅎ한1ـ"]
    ['Latn', 'Cyrl', 'Hebr', 'Hani', 'Hira', 'Kana', 'Hang', 'Hang', '', 'Arab']
    """
    if unicodedata.category(char)[0] != "L" or char in NO_LETTERS:
        return ""
    code = str(script_data.script(char))
    if code not in ("Zyyy", "Zinh"):
        return code
    known = {code for script in settings().values() for code in script.letters}
    return max(known & script_data.script_extension(char), default="")
