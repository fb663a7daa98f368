"""Verdicts: what the checks said of a pair of texts, wherever the pair stands.

Keys are digests of the pair, its locale and the terms; a text may move, so that what
was found has no place.  `leaflets.build.cache` keeps them between builds.
"""

from collections.abc import Mapping
from types import MappingProxyType

from leaflets.diagnostics import Diagnostic

Verdicts = Mapping[str, tuple[Diagnostic, ...]]
NOTHING: Verdicts = MappingProxyType({})
"""Of no text anything is known."""
