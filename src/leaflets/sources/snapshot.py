"""Sources: the only reader of input files, and the only look at the clock.

Takes a project's root and gives a snapshot: the bytes of every file that the
leaflets are made from, and the build's date.  All later stages are functions
of this value.  What the project does not hold itself comes from the stock, file by
file.
"""

import errno
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.files import find, linked, read
from leaflets.sources.stock import stock_files

PATTERNS = (
    "pyproject.toml",
    "content/*.md",
    "content/*.toml",
    "content/figures/*.svg",
    "locales/*/LC_MESSAGES/messages.po",
    "locales/*/doubts.toml",
    "locales/glossary.toml",
    "templates/*.html",
    "templates/*.css",
    "reviews/*/*.toml",
    "reviews/*/*.sig",
    "reviews/allowed_signers",
    "profiles/*.icc",
)
LARGEST = 32 * 2**20
"""Bytes of one source; more is not read."""


@dataclass(frozen=True, slots=True)
class Sources:
    """One look at all input files."""

    root: Path
    files: Mapping[str, bytes]
    """By POSIX path below the root, sorted."""
    today: date
    """SOURCE_DATE_EPOCH if set, else the machine's date (UTC)."""
    clock: date = date.max
    """The machine's date (UTC), whatever SOURCE_DATE_EPOCH says: on it nothing depends
    but whether a release is out of date."""

    def below(self, folder: str, ending: str) -> Iterator[tuple[str, bytes]]:
        """Give the files of a folder with a name that ends so, sorted by path."""
        for path, data in self.files.items():
            if path.startswith(folder) and path.endswith(ending):
                yield path, data


def read_sources(root: Path) -> tuple[Sources, tuple[Diagnostic, ...]]:
    """Read every input file of a project; what cannot be read is told.

    A file of the project stands for the stock's of the same path, even where it cannot
    be read.  No link is followed.
    """
    files = dict(stock_files())
    found = []
    for name in sorted({name for part in PATTERNS for name in find(root, part)}):
        # A link may stand in the place of a folder.
        for path in [path for path in files if f"{path}/".startswith(f"{name}/")]:
            del files[path]
        try:
            files[name] = read(root, name, LARGEST)
        except OSError as problem:
            if problem.errno == errno.ELOOP:
                found.append(linked(name))
                continue
            why = problem.strerror or str(problem)
            found.append(error("unreadable", f"cannot be read: {why}", Location(name)))
    today, problems = read_today()
    ordered = MappingProxyType(dict(sorted(files.items())))
    return Sources(root, ordered, today, read_clock()), (*found, *problems)


def read_today() -> tuple[date, tuple[Diagnostic, ...]]:
    """Take the date from SOURCE_DATE_EPOCH (reproducible-builds.org) or the clock."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = read_clock()
    if not given:
        return now, ()
    try:
        return datetime.fromtimestamp(int(given), UTC).date(), ()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is no number of seconds: {given[:40]}"
        place = Location("environment")
        return now, (error("source-date", message, place),)


def read_clock() -> date:
    """Read the machine's date (UTC)."""
    return datetime.now(UTC).date()
