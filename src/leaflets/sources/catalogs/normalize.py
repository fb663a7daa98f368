"""Normalize: keep translations when the rules of segmentation change.

Takes a catalog and the source catalog; moves translations to texts that say the same
but are cut or written otherwise.  What is joined from whole texts stays translated;
what is cut out of a longer one is fuzzy, for only a person sees whether it was cut
where it should be.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from leaflets.languages.letters import sentences
from leaflets.languages.locale import find_locale
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.merge import update
from leaflets.sources.catalogs.po import Message

ALIKE = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " "}
)
"""Signs that writers change without changing what is said."""


def normalize(
    catalog: Catalog, source: Catalog, source_locale: str
) -> tuple[Catalog, int]:
    """Return the catalog with what could be moved, and how many messages that were."""
    known = {
        plain_form(one.text): one
        for one in catalog.messages
        if one.translation.strip() and not one.fuzzy
    }
    locale = find_locale(catalog.locale)
    space = " " if locale is None or locale.setting.spaced else ""
    moved = []
    for message in source.messages:
        there = catalog.lookup(*message.key)
        if message.obsolete or (there and there.translation.strip()):
            continue
        if made := _moved(message, known, space):
            moved.append(made)
    keys = {one.key for one in moved}
    kept = [one for one in catalog.messages if one.key not in keys]
    whole = replace(catalog, messages=(*kept, *moved))
    return update(whole, source, source_locale), len(moved)


def plain_form(text: str) -> str:
    """Write a text without what segmentation and typing make of it.

    >>> plain_form("It’s\\u00a0a  \\\\*star") == plain_form("It's a *star")
    True
    """
    folded = text.translate(ALIKE).replace("\\", "")
    return " ".join(folded.split())


def _moved(
    message: Message, known: Mapping[str, Message], space: str
) -> Message | None:
    """Find the words of a text among those of others, known by their plain form."""
    wanted = plain_form(message.text)
    same = known.get(wanted)
    if same and _same_marks(same.text, message.text):
        return replace(message, translation=same.translation, line=0)
    if parts := _joined(wanted, known):
        words = space.join(one.translation for one in parts)
        return replace(message, translation=words, line=0)
    for text, one in known.items():
        if words := _cut(wanted, text, one.translation, space):
            return replace(
                message,
                translation=words,
                fuzzy=True,
                previous=(one.context, one.text),
                line=0,
            )
    return None


def _same_marks(first: str, second: str) -> bool:
    """Tell whether two texts have the same stress and links, if written otherwise."""
    return all(first.count(sign) == second.count(sign) for sign in ("**", "](", "{"))


def _joined(wanted: str, known: Mapping[str, Message]) -> tuple[Message, ...]:
    """Part a text into whole known texts, at least two; nothing if that fails."""

    def parts(rest: str, depth: int) -> Iterator[tuple[Message, ...]]:
        if not rest:
            yield ()
        for text in _beginnings(rest, known) if rest and depth < 12 else ():
            for more in parts(rest[len(text) :].lstrip(), depth + 1):
                yield (known[text], *more)

    return next((made for made in parts(wanted, 0) if len(made) > 1), ())


def _beginnings(rest: str, known: Iterable[str]) -> list[str]:
    """List the known texts that a text begins with, the longest first."""
    found = [
        one
        for one in known
        if one and rest.startswith(one) and rest[len(one) : len(one) + 1] in ("", " ")
    ]
    return sorted(found, key=len, reverse=True)


def _cut(wanted: str, text: str, translation: str, space: str) -> str:
    """Take the sentences of a text out of the translation of a longer one."""
    before, after = sentences(text), sentences(translation)
    mine = sentences(wanted)
    if len(before) != len(after) or len(mine) >= len(before):
        return ""
    for start in range(len(before) - len(mine) + 1):
        if before[start : start + len(mine)] == mine:
            return space.join(after[start : start + len(mine)])
    return ""
