"""Stable digests of values, and fingerprints that can say what changed."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass


def digest_bytes(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def digest_parts(parts: Iterable[str | bytes]) -> str:
    """Return the SHA-256 of a sequence of parts, each prefixed with its length.

    The prefixes keep ("ab", "c") and ("a", "bc") apart.
    """
    state = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(f"{len(data)}:".encode())
        state.update(data)
    return state.hexdigest()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Named digests of all that a target is made from.

    Comparing two of them decides whether a target is stale, and says why.
    """

    parts: tuple[tuple[str, str], ...]

    @property
    def digest(self) -> str:
        """Return one digest over all parts."""
        return digest_parts(text for part in self.parts for text in part)

    def changed_since(self, other: "Fingerprint") -> tuple[str, ...]:
        """Name the parts that differ, in the order of this fingerprint."""
        mine, theirs = dict(self.parts), dict(other.parts)
        names = (*mine, *(name for name in theirs if name not in mine))
        return tuple(name for name in names if mine.get(name) != theirs.get(name))
