"""Checks of type: quotation marks, spaces and Han signs as the language prints them.

Pure functions over a message's two texts.  What looks foreign on a page is trusted
less, and a sign of a neighbour's script is another sign to a reader.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from leaflets.checks.translation.pair import Pair, bare
from leaflets.diagnostics import Diagnostic, error, warning
from leaflets.languages.language import find_language
from leaflets.languages.scripts import script_of, settings

ANY_QUOTE = re.compile("[«»‹›“”„‟‚‘‛「」『』〝〞〟]|(?<!\\w)[\"']|[\"'](?!\\w)")
APOSTROPHE = "’"
"""Closes a quotation in some languages, and is a letter's sign in any."""

SPACE = "[ \u00a0\u202f]"
BEFORE_SIGN = re.compile(rf"\w(?:\*\*)?({SPACE}+)[,.;:!?؟،؛](?!\w)")
DOUBLE = re.compile(rf"{SPACE}{{2,}}")


@lru_cache(maxsize=64)
def unparted(before: str, after: str) -> re.Pattern[str]:
    """Find signs that stand next to a word, where the language parts them from it.

    A colon may stand inside a time or an address, so only one at the end of a word
    counts.  `localize` makes any space there a narrow one that no line ends at.
    """
    signs, opening = re.escape(before.replace(":", "")), re.escape(after)
    places = [rf"[\w)](?:\*\*)?[{signs}](?!\w)"] if signs else []
    places += [r"[^\W\d_](?:\*\*)?:(?=\s|$)"] if ":" in before else []
    places += [rf"[{opening}]\w"] if opening else []
    return re.compile("|".join(places) or "(?!)")


def quotes(pair: Pair) -> Iterator[Diagnostic]:
    """Quotation marks are those of the language."""
    own = find_language(pair.locale.name).quotes
    if not own:
        return
    marks = dict.fromkeys(ANY_QUOTE.findall(bare(pair.translation)))
    foreign = [mark for mark in marks if mark not in own]
    if foreign:
        message = f"{' '.join(foreign)} is not how {pair.locale.english_name} quotes"
        hint = f"write {own[0]}…{own[1]}; an apostrophe is {APOSTROPHE}"
        yield warning("foreign-quotes", message, pair.place, hint)


def spaces(pair: Pair) -> Iterator[Diagnostic]:
    """No two spaces, and none before a sign; French has one before a high sign.

    Imprimerie nationale, Lexique des règles typographiques.
    """
    language = find_language(pair.locale.name)
    before, after = language.narrow_before, language.narrow_after
    if DOUBLE.search(pair.translation):
        yield warning("sign-space", "two spaces stand in a row", pair.place)
    if before or after:
        if match := unparted(before, after).search(bare(pair.translation)):
            message = f'"{match[0]}" without a space'
            places = [f"before {' '.join(before)}"] if before else []
            places += [f"after {' '.join(after)}"] if after else []
            hint = (
                f"{pair.locale.english_name} has a space {' and '.join(places)};"
                " any kind will do"
            )
            yield warning("sign-space", message, pair.place, hint)
    elif match := BEFORE_SIGN.search(pair.translation):
        message = f'a space before a sign: "{match[0]}"'
        yield warning("sign-space", message, pair.place, "delete the space")


def variants(pair: Pair) -> Iterator[Diagnostic]:
    """Han signs are those of the locale, not of a neighbour that writes them otherwise.

    Known by encodings made for one country each: a sign that the own one lacks and a
    neighbour's has (GB 2312, Big5, JIS X 0208 with extensions).
    """
    own = pair.locale.setting.encoding
    if not own:
        return
    others = {script.encoding for script in settings().values()} - {own, ""}
    for char in dict.fromkeys(pair.translation):
        if script_of(char) != "Hani" or _in(char, own):
            continue
        if any(_in(char, other) for other in others):
            message = f'"{char}" is not written so in {pair.locale.english_name}'
            yield error("wrong-variant", message, pair.place, "type the sign again")


def _in(char: str, encoding: str) -> bool:
    """Return whether an encoding has a character."""
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


CHECKS = (quotes, spaces, variants)
