"""Stock words: what the package's own templates say, in every language it knows.

Catalogs of a project hold all that it prints, so that it is reviewed and signed there;
what the stock has translated already is filled in, and only there where a translation
is missing.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from leaflets.sources.catalogs.catalog import Catalog, read_catalog
from leaflets.sources.catalogs.template_messages import template_messages
from leaflets.sources.stock import stock_catalog, stock_files

Words = Mapping[tuple[str, str], str]
"""Translations by context and text."""


@cache
def stock_words(locale: str) -> Words:
    """Return the translations of all texts of the stock's templates that there are."""
    templates = {
        path.removeprefix("templates/"): data.decode("utf-8")
        for path, data in stock_files().items()
        if path.startswith("templates/")
    }
    texts = {text for text, _ in template_messages(templates)}
    packed = stock_catalog(locale)
    if packed is None:
        return MappingProxyType({})
    path, data = packed
    catalog, _ = read_catalog(data, path, locale)
    words = words_of(catalog)
    return MappingProxyType({key: words[key] for key in words if key[1] in texts})


def words_of(catalog: Catalog) -> dict[tuple[str, str], str]:
    """List the finished translations of a catalog."""
    return {
        message.key: message.translation
        for message in catalog.messages
        if message.text
        and message.translation.strip()
        and not (message.fuzzy or message.obsolete)
    }


def fill(catalog: Catalog, words: Words) -> Catalog:
    """Fill in the translations that a catalog lacks; what it has stays, fuzzy or not."""
    messages = tuple(
        replace(message, translation=words[message.key])
        if message.key in words and not message.translation and not message.obsolete
        else message
        for message in catalog.messages
    )
    return replace(catalog, messages=messages)
