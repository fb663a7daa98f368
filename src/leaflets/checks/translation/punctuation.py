"""Checks of type: quotation marks, spaces and Han signs as the language prints them.

Pure functions over a message's two texts.  What looks foreign on a page is trusted
less, and a sign of a neighbour's script is another sign to a reader.
"""

import re
from collections.abc import Iterator

from leaflets.checks.translation.pair import Pair, bare
from leaflets.diagnostics import Diagnostic, error, warning
from leaflets.languages.scripts import SCRIPTS, script_of

QUOTES = {
    "ar": "«»“”",
    "bn": "“”‘’",
    "de": "„“‚‘",
    "el": "«»“”",
    "en": "“”‘’",
    "es": "«»“”‘’",
    "fa": "«»‹›",
    "fr": "«»“”",
    "he": "”“״׳",
    "hi": "“”‘’",
    "it": "«»“”",
    "ja": "「」『』",
    "ko": "‘’“”",
    "nl": "‘’“”",
    "pl": "„”«»",
    "pt": "“”‘’",
    "ro": "„”«»",
    "ru": "«»„“",
    "sv": "”’",
    "tr": "“”‘’",
    "uk": "«»„“”",
    "ur": "“”‘’",
    "vi": "“”‘’",
    "zh_Hans": "“”‘’",
    "zh_Hant": "「」『』",
}
"""Quotation marks of each language: the first ones, then those inside, as in CLDR's
delimiters; others that its press uses as well stand behind."""
ANY_QUOTE = re.compile("[«»‹›“”„‟‚‘‛「」『』〝〞〟]|(?<!\\w)[\"']|[\"'](?!\\w)")
APOSTROPHE = "’"
"""Closes a quotation in some languages, and is a letter's sign in any."""

SPACE = "[ \u00a0\u202f]"
BEFORE_SIGN = re.compile(rf"\w(?:\*\*)?({SPACE}+)[,.;:!?؟،؛](?!\w)")
PARTING = {"fr"}
"""Languages that part a high sign from its word (Imprimerie nationale, Lexique des
règles typographiques); `localize` makes any space there a narrow no-break one."""
HIGH = re.compile(r"[\w)](?:\*\*)?[;!?»](?!\w)|[^\W\d_](?:\*\*)?:(?=\s|$)|«\w")
DOUBLE = re.compile(rf"{SPACE}{{2,}}")


def quotes(pair: Pair) -> Iterator[Diagnostic]:
    """Quotation marks are those of the language."""
    name = pair.locale.name
    own = QUOTES.get(name) or QUOTES.get(name.partition("_")[0], "")
    if not own:
        return
    found = dict.fromkeys(ANY_QUOTE.findall(bare(pair.translation)))
    foreign = [one for one in found if one not in own]
    if foreign:
        message = f"{' '.join(foreign)} is not how {pair.locale.english_name} quotes"
        hint = f"write {own[0]}…{own[1]}; an apostrophe is {APOSTROPHE}"
        yield warning("foreign-quotes", message, pair.place, hint)


def spaces(pair: Pair) -> Iterator[Diagnostic]:
    """No two spaces, and none before a sign; French has one before a high sign."""
    text = bare(pair.translation)
    if DOUBLE.search(pair.translation):
        yield warning("sign-space", "two spaces stand in a row", pair.place)
    if pair.locale.name.partition("_")[0] in PARTING:
        if match := HIGH.search(text):
            message = f'"{match[0]}" without a space'
            hint = "French has a space before ; ! ? : » and after «; any kind will do"
            yield warning("sign-space", message, pair.place, hint)
    elif match := BEFORE_SIGN.search(pair.translation):
        message = f'a space before a sign: "{match[0]}"'
        yield warning("sign-space", message, pair.place, "delete the space")


def variants(pair: Pair) -> Iterator[Diagnostic]:
    """Han signs are those of the locale, not of a neighbour that writes them otherwise.

    Told by encodings made for one country each: a sign that the own one lacks and a
    neighbour's has (GB 2312, Big5, JIS X 0208 with extensions).
    """
    own = pair.locale.setting.encoding
    if not own:
        return
    others = {one.encoding for one in SCRIPTS.values()} - {own, ""}
    for char in dict.fromkeys(pair.translation):
        if script_of(char) != "Hani" or _in(char, own):
            continue
        if any(_in(char, other) for other in others):
            message = f'"{char}" is not written so in {pair.locale.english_name}'
            yield error("wrong-variant", message, pair.place, "type the sign again")


def _in(char: str, encoding: str) -> bool:
    """Tell whether an encoding has a character."""
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


CHECKS = (quotes, spaces, variants)
