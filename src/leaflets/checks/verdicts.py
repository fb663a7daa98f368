"""Verdicts: what the checks said of a pair of texts, wherever the pair stands.

Keys are digests of the pair, its locale and the terms; a text may move, so that what
was found has no place.  `leaflets.build.cache` keeps them between builds.
"""

from collections.abc import Mapping
from types import MappingProxyType

from leaflets.diagnostics import Diagnostic
from leaflets.digest import digest_parts
from leaflets.sources.catalogs.glossary import Glossary
from leaflets.sources.content.names import NO_NAMES, Names

Verdicts = Mapping[str, tuple[Diagnostic, ...]]
NOTHING: Verdicts = MappingProxyType({})
"""Of no text anything is known."""


def terms_digest(glossary: Glossary, names: Names = NO_NAMES) -> str:
    """Return the digest of all terms and names; each key holds it: it is made once."""
    kinds = (
        repr([(name.text, name.forms) for name in kind])
        for kind in (names.listed, names.apart)
    )
    return digest_parts((repr(glossary.terms), *kinds, *sorted(names.latin)))


def key_of(text: str, translation: str, locales: tuple[str, str], terms: str) -> str:
    """Return the key of a pair of texts.

    `locales` names the source's and the translation's; `terms` is a `terms_digest`.
    """
    return digest_parts((*locales, text, translation, terms))
