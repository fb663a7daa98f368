"""Faster: functions of the engine that most of its time goes to, for their usual values.

Each hands on to the engine's own function whatever is not usual, so that what is laid
out and written is the same to the byte.  They are put in place for the versions they
were written for and no others; with others the engine is slower, and as right.
"""

from typing import Any

STYLES_OF = ("70.",)
"""Versions of the engine whose styles are known."""
STREAMS_OF = ("0.13.",)
"""Versions of its PDF writer."""


def make_faster(css: Any, pydyf: Any, version: str) -> tuple[str, ...]:
    """Put the faster functions in place; the names of those that were.

    `css` is the engine's module of styles and `version` the engine's.
    """
    replaced = []
    if version.startswith(STYLES_OF):
        css.ComputedStyle.__missing__ = _missing(css)
        replaced.append("styles")
    if pydyf.__version__.startswith(STREAMS_OF):
        pydyf._to_bytes = _to_bytes(pydyf._to_bytes)
        replaced.append("streams")
    return tuple(replaced)


def _missing(css: Any) -> Any:
    """Look a value up in a style that does not give it.

    Most are neither given nor special: they are the parent's or the initial ones, which
    need no computing.  A seventh of a layout was the long way to them.
    """
    slow = css.ComputedStyle.__missing__
    special = {"page", "position", "float", "display"}
    plain = {
        key: value
        for key, value in css.INITIAL_VALUES.items()
        if key not in special
        and not key.startswith(("__", "text_decoration_"))
        and not css.check_math(value)
    }
    inherited = css.INHERITED & plain.keys()
    initial = {
        key: value
        for key, value in plain.items()
        if key not in css.INHERITED
        and key not in css.INITIAL_NOT_COMPUTED
        and value not in ("initial", "inherit")
    }
    logical = {
        key: tuple(function(block="ttb", inline=inline) for inline in ("ltr", "rtl"))
        for key, function in css.PHYSICAL_FUNCTIONS.items()
    }
    """What may be given in the place of a side: `margin_inline_start` for a left one."""

    def missing(style: Any, key: str) -> Any:
        given = style.cascaded
        if key in given or any(name in given for name in logical.get(key, ())):
            return slow(style, key)
        if key in initial:
            value = style[key] = initial[key]
            return value
        if key in inherited and style.parent_style is not None:
            value = style.parent_style[key]
            if not css.check_math(value):
                style[key] = value
                return value
        return slow(style, key)

    return missing


def _to_bytes(slow: Any) -> Any:
    """Write a part of a content stream, bytes and texts first: they are most of it."""

    def to_bytes(part: Any) -> bytes:
        kind = type(part)
        if kind is bytes:
            written: bytes = part
        elif kind is str:
            written = part.encode("ascii")
        elif kind is int:
            written = b"%d" % part
        else:
            written = slow(part)
        return written

    return to_bytes
