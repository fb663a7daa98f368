"""Line rules: where a line may not end, as the language and its script want it.

Takes a text that is ready to set and its locale; gives it with joiners, and with the
spaces that no line ends at.  Which rules hold says the data: `languages/data`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from leaflets.languages.language import Language, find_language
from leaflets.languages.locale import JOINER, NO_BREAK, Locale

NUMBER_THEN_WORD = re.compile(r"(\d[\u2069]?) (?=\w)")
UNIT_PER = re.compile("(\\d\u2069?[ \u00a0\u202f]\u2066?[^\\W\\d_]+/)(?=\\w)")
"""A unit by another behind its number, as mmol/mol: the engine would end a line in it."""
RANGE = re.compile(r"(?<=[\d\u2069])([–-])(?=[\d\u2066])")
HAN = "[\u3005\u3007\u3041-\u30ff\u3400-\u9fff]"
WESTERN = "[A-Za-z0-9À-ɏ%°+±]"
AFTER_HAN = re.compile(f"(?<={HAN}) ?(?={WESTERN})")
AFTER_WESTERN = re.compile(f"(?<=({WESTERN})) ?(?={HAN})")
SIXTH = "\u2006"
"""A sixth of an em: CSS Text 4 (text-autospace) sets an eighth between Han and other
letters, the Japanese rules (JLREQ 3.2.6) a quarter."""
NARROW = "\u202f"
"""As wide, but no line ends there: a number stays with what it counts."""
STRAIGHT = re.compile("(?<=[^\\W\\d_])'(?=[^\\W\\d_])")
"""A typewriter's apostrophe inside a word; any keyboard has it."""
SYLLABLES = re.compile(
    "(?<=[\\w\u2069)\\]”’%])(?=[\uac00-\ud7a3])|(?<=[\uac00-\ud7a3])(?=[\\w\u2066(])"
)
"""Where the engine would end a line inside a Korean word: beside each syllable."""


@dataclass(frozen=True, slots=True)
class LineRules:
    """The rules of one language, ready to be applied; none where it has no such."""

    narrow: re.Pattern[str] | None
    """Spaces that are narrow and end no line."""
    kept: re.Pattern[str] | None
    """Words that stay with the next one, and the space behind them."""


@lru_cache(maxsize=64)
def line_rules(locale: str) -> LineRules:
    """Return the rules of a locale's language."""
    language = find_language(locale)
    return LineRules(_narrow(language), _kept(language))


def _narrow(language: Language) -> re.Pattern[str] | None:
    before, after = map(re.escape, (language.narrow_before, language.narrow_after))
    places = []
    if before:
        places.append(f"(?<!^)[ {NO_BREAK}](?=[{before}])")
    if after:
        places.append(f"(?<=[{after}])[ {NO_BREAK}]")
    return re.compile("|".join(places)) if places else None


def _kept(language: Language) -> re.Pattern[str] | None:
    words = "|".join(map(re.escape, language.keep_with_next))
    return re.compile(rf"(?<!\w)({words}) (?=\S)", re.IGNORECASE) if words else None


def keep_together(text: str, locale: Locale) -> str:
    """Return a text with a number on the line of what it counts, and a range whole.

    Words part as the script parts them: Korean lines end between words, and Latin
    letters and digits keep a little room from Han signs, typed or not.
    """
    text = STRAIGHT.sub("’", text)
    text = RANGE.sub(rf"{JOINER}\1{JOINER}", text)
    text = UNIT_PER.sub(rf"\1{JOINER}", text)
    if not locale.setting.spaced:
        text = AFTER_HAN.sub(SIXTH, text)
        return AFTER_WESTERN.sub(
            lambda match: NARROW if match[1].isdigit() else SIXTH, text
        )
    if locale.setting.whole_words:
        text = SYLLABLES.sub(JOINER, text)
    rules = line_rules(locale.name)
    if rules.narrow:
        text = rules.narrow.sub(NARROW, text)
    if rules.kept:
        text = rules.kept.sub(rf"\1{NO_BREAK}", text)
    return NUMBER_THEN_WORD.sub(rf"\g<1>{NO_BREAK}", text)
