"""The texts that templates ask for, as `pybabel` finds them (door to Jinja's extractor)."""

import io
from collections.abc import Iterator, Mapping
from functools import lru_cache

from jinja2.ext import babel_extract

from leaflets.diagnostics import Location


def template_messages(
    templates: Mapping[str, str],
) -> tuple[tuple[str, Location], ...]:
    """List the texts that the templates ask for, each with its first place.

    Read with the extractor that `pybabel` uses, so that both know the same.
    """
    return _messages(tuple(sorted(templates.items())))


@lru_cache(maxsize=4)
def _messages(
    templates: tuple[tuple[str, str], ...],
) -> tuple[tuple[str, Location], ...]:
    made: dict[str, Location] = {}
    for name, source in templates:
        for text, line in _texts(source):
            made.setdefault(text, Location(f"templates/{name}", line))
    return tuple(made.items())


def _texts(source: str) -> Iterator[tuple[str, int]]:
    """List the texts of one template; none where it cannot be read.

    That is told where it is filled.
    """
    stream = io.BytesIO(source.encode())
    options = {"encoding": "utf-8", "silent": "true"}
    try:
        found = tuple(babel_extract(stream, ("_",), (), options))
    except RecursionError:
        return
    for line, _, text, _ in found:
        first = text[0] if isinstance(text, tuple) else text
        if first:
            yield first, line
