"""Checks of names: what is named keeps its name in every language.

Pure functions over a message's two texts; which names there are says
`content/names.toml`.
"""

from collections.abc import Iterator

from leaflets.checks.translation.pair import Pair
from leaflets.diagnostics import Diagnostic, error
from leaflets.sources.content.names import Name, kept_apart, places


def names_kept(pair: Pair) -> Iterator[Diagnostic]:
    """A translation names what the source names, as it is or as the project lists it.

    "Type 1" and "type 2" are two diseases.  Once is enough, for a language may say
    "it" where another repeats the name.
    """
    locale = pair.locale.name
    wanted = dict.fromkeys(name for _, _, name in places(pair.names, pair.source))
    there = dict.fromkeys(
        name for _, _, name in places(pair.names, pair.translation, locale)
    )
    yield from _compared(pair, tuple(wanted), tuple(there))


def names_apart(pair: Pair) -> Iterator[Diagnostic]:
    """A translation names the same medicines as its source, no other and no fewer.

    Which names are kept apart, the project lists.
    """
    there = kept_apart(pair.names, pair.translation, pair.locale.name)
    yield from _compared(pair, kept_apart(pair.names, pair.source), there)


def _compared(
    pair: Pair, wanted: tuple[Name, ...], there: tuple[Name, ...]
) -> Iterator[Diagnostic]:
    """Tell what is named in one text and not in the other."""
    locale = pair.locale.name
    for name in wanted:
        if name not in there:
            forms = " or ".join(
                f'"{text}"' for text in dict.fromkeys(name.said(locale))
            )
            message = f'the name "{name.text}" is missing from the translation'
            hint = f"write {forms}; content/names.toml lists what it is called"
            yield error("name-parity", message, pair.place, hint)
    for name in there:
        if name not in wanted:
            message = f'the name "{name.text}" is not in the source'
            yield error("name-parity", message, pair.place)


CHECKS = (names_kept, names_apart)
