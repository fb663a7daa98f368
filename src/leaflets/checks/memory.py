"""Verdicts: what the checks said of texts they have seen before.

Takes and gives findings by the digest of what they are about: a pair of texts, or the
facts measured in a page.  Reading is forgiving: what is not sure to be whole and of
these very rules is checked again.
"""

import json
import platform
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType

from leaflets.diagnostics import Diagnostic, Location
from leaflets.digest import digest_bytes, digest_parts
from leaflets.files import publish

TEXTS = ".verdicts.json"
PAGES = ".clean.json"
"""Measured pages in which nothing was found."""
NOWHERE = Location("")

Verdicts = Mapping[str, tuple[Diagnostic, ...]]
"""Findings without their place, for a text may move."""
NOTHING: Verdicts = MappingProxyType({})


@lru_cache(maxsize=1)
def rules() -> str:
    """Digest all that a verdict depends on beside the texts: code and word lists."""
    house = Path(__file__).parent.parent
    paths = sorted((*house.rglob("*.py"), *house.rglob("*.toml")))
    parts = [
        part
        for one in paths
        for part in (one.relative_to(house).as_posix(), one.read_bytes())
    ]
    return digest_parts((platform.python_version(), version("babel"), *parts))


def read_verdicts(folder: Path, name: str = TEXTS) -> dict[str, tuple[Diagnostic, ...]]:
    """Read what is known; nothing where the file is not whole, or of other rules."""
    try:
        mark, _, body = (folder / name).read_bytes().partition(b"\n")
        if mark.decode() != _mark(body):
            return {}
        return {
            key: tuple(Diagnostic.from_json(one) for one in found)
            for key, found in json.loads(body).items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write_verdicts(
    folder: Path, verdicts: Verdicts, name: str = TEXTS
) -> Diagnostic | None:
    """Write what is known, with a mark that tells whether it is whole."""
    value = {
        key: [one.to_json() for one in found] for key, found in sorted(verdicts.items())
    }
    body = json.dumps(value, ensure_ascii=False).encode()
    return publish(_mark(body).encode() + b"\n" + body, folder, name)


def _mark(body: bytes) -> str:
    return digest_parts((rules(), digest_bytes(body)))
