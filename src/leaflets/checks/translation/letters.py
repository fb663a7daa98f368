"""Checks of letters: a translation is written in its language's own script and signs.

Pure functions over a message's two texts.
"""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files

from leaflets.checks.translation.pair import Pair, bare, folded, without_names
from leaflets.diagnostics import Diagnostic, error, note, warning
from leaflets.languages.language import find_language
from leaflets.languages.letters import ending, hidden, last_sign, look_alikes, runs

NAMES = "names.toml"
IN_A_ROW = 5
"""Words of the source that no translation repeats by chance."""


@lru_cache(maxsize=1)
def latin_names() -> frozenset[str]:
    """Return the words of any project that stay in Latin letters everywhere."""
    text = (files("leaflets.checks.translation") / NAMES).read_text(encoding="utf-8")
    return frozenset(" ".join(tomllib.loads(text).values()).split())


def control_characters(pair: Pair) -> Iterator[Diagnostic]:
    """No character that nobody sees: it can hide, reverse or break what is printed.

    See "Trojan Source" (CVE-2021-42574) and Unicode Technical Report 36.
    """
    rtl = pair.locale.right_to_left
    for name in hidden(pair.translation, pair.locale.script, right_to_left=rtl):
        hint = "delete it and type the words around it again"
        message = f"the translation holds {name}"
        yield error("control-character", message, pair.place, hint)


def script(pair: Pair) -> Iterator[Diagnostic]:
    """The translation is written in its language's script.

    Letters of a third script look alike and are read out wrongly; Latin words are
    names, or were left in the source's language.
    """
    pair = without_names(pair, " ")
    own = pair.locale.setting.letters
    words = _words(pair.translation)
    if not words and _words(pair.source):
        yield error("wrong-script", "it holds no words", pair.place, "translate it")
    foreign = [word for kind, word in words if kind not in (*own, "Latn", "Grek")]
    for word in dict.fromkeys(foreign):
        message = f'"{word}" is not written in the script of {pair.locale.english_name}'
        yield error("wrong-script", message, pair.place, "type the word again")
    for word in _mixed(pair.translation):
        message = f'"{word}" mixes letters that look alike from two scripts'
        yield error("wrong-script", message, pair.place, "type the word again")
    if "Latn" not in own:
        yield from _left_in_latin(pair, words)


def _left_in_latin(
    pair: Pair, words: tuple[tuple[str, str], ...]
) -> Iterator[Diagnostic]:
    """Latin words of another script's text are names, and fewer than its own."""
    own = pair.locale.setting.letters
    latin = [
        word for kind, word in words if kind == "Latn" and not _is_name(word, pair)
    ]
    # A Han sign says as much as three letters.
    size = 3 if "Hani" in own else 1
    written = sum(len(word) for kind, word in words if kind in own) * size
    if sum(map(len, latin)) > written:
        message = f"most of it is not in {pair.locale.english_name}"
        yield error("wrong-script", message, pair.place, "translate all of it")
        return
    for word in dict.fromkeys(latin):
        if re.search(rf"\b{re.escape(word)}\b", bare(pair.source)):
            message = f'"{word}" was left in {pair.source_locale.english_name}'
            hint = "translate it; names of studies and medicines may stay"
            yield warning("wrong-script", message, pair.place, hint)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[tuple[str, str], ...]:
    """Part a text into words, each with its script."""
    return tuple(runs(bare(text)))


def _mixed(text: str) -> Iterator[str]:
    """List the words that hold Latin beside Cyrillic or Greek letters."""
    for word in re.findall(r"[^\W\d_]+", bare(text)):
        if len({kind for kind, _ in runs(word)} & {"Latn", "Cyrl", "Grek"}) > 1:
            yield word


def _is_name(word: str, pair: Pair) -> bool:
    """Return whether a word in Latin letters may stand in any language."""
    if len(word) == 1:
        return True
    return any(
        form in names
        for names in (latin_names(), pair.names.latin)
        for form in (word, word.lower())
    )


def unchanged(pair: Pair) -> Iterator[Diagnostic]:
    """A translation that is still the source's text is none.

    Single words may be alike by chance ("Hospital"), so those are a note only.
    """
    pair = without_names(pair, " ")
    words = [word for _, word in _words(pair.translation) if not _is_name(word, pair)]
    same = folded(pair.source) == folded(pair.translation)
    source = find_language(pair.source_locale.name).source
    hits = sum(word.lower() in source.common for word in words) if source else 0
    language = pair.source_locale.english_name
    if same and len(words) > 2:
        message = f"the translation is the {language} text"
        yield error("unchanged", message, pair.place, "translate it")
    elif same and words:
        message = f"the translation is the same as the {language} text"
        yield note("unchanged", message, pair.place)
    elif hits > 2 or (hits == 2 and len(words) <= 10) or _copied(pair):
        message = f"a part of the translation is in {language}"
        yield error("unchanged", message, pair.place, "translate it")


def _copied(pair: Pair) -> bool:
    """Return whether words in a row are those of the source, names aside."""
    source = [word.casefold() for _, word in _words(pair.source)]
    scripts = pair.source_locale.setting.letters
    copied = [word for kind, word in _words(pair.translation) if kind in scripts]
    rows = {tuple(source[at : at + IN_A_ROW]) for at in range(len(source))}
    for at in range(len(copied) - IN_A_ROW + 1):
        row = copied[at : at + IN_A_ROW]
        alike = tuple(word.casefold() for word in row) in rows
        if alike and sum(_is_name(word, pair) for word in row) < 2:
            return True
    return False


def end_punctuation(pair: Pair) -> Iterator[Diagnostic]:
    """The translation ends as the source does, with the signs of its own script.

    A question that became a statement, or a sentence cut off, shows at its end.
    """
    wanted, there = ending(pair.source), ending(pair.translation)
    if wanted != there:
        message = f"the source ends with {_article(wanted)}, the translation with "
        yield warning("end-punctuation", message + _article(there), pair.place)
        return
    sign = last_sign(pair.translation)
    own = dict(pair.locale.setting.signs).get(sign)
    if own and there:
        message = f'it ends with "{sign}"; {pair.locale.english_name} writes "{own}"'
        yield warning("end-punctuation", message, pair.place)
    opening = find_language(pair.locale.name).opening_question
    opened = not opening or (
        pair.translation.count(opening) >= pair.translation.count("?")
    )
    if there and not opened:
        message = f'a question without "{opening}" at its beginning'
        yield warning("end-punctuation", message, pair.place)


def _article(name: str) -> str:
    if not name:
        return "no sign"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def look_alike(pair: Pair) -> Iterator[Diagnostic]:
    """No letter stands where another one that looks like it belongs.

    Search, speech and the next translator take it for what it is, not for what it
    looks like (Unicode Technical Standard 39); kashida only stretches a line.
    """
    language = pair.locale.name.partition("_")[0]
    for word, what in look_alikes(bare(pair.translation), language):
        message = f'"{word}" holds {what}'
        yield error("look-alike", message, pair.place, "type the word again")


CHECKS = (script, unchanged, end_punctuation, look_alike)
