"""Write THIRD-PARTY.md: every package of requirements.lock, with its licence.

What a package says of itself is copied, from the metadata that pip installed.
"""

import re
from collections.abc import Iterator
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path

from leaflets.files import put

ROOT = Path(__file__).resolve().parent.parent
PAGE = "THIRD-PARTY.md"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
LONGEST = 60
"""Letters of a licence's name; more is its whole text."""
HEAD = """\
<!-- Made by `make docs` from what the packages say of themselves. -->

# Packages of others

None is copied into this repository: `make setup` installs them as requirements.lock pins them.
Fonts and colour profiles are in [NOTICE](NOTICE).

| package | version | licence | where |
|---|---|---|---|
"""


def licence_of(package: PackageMetadata) -> str:
    """Return the licence that a package states: expression, classifiers or name."""
    if expression := package.get("License-Expression"):
        return str(expression)
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in package.get_all("Classifier") or ()
        if line.startswith("License :: ") and line.count(" :: ") > 1
    ]
    name = str(package.get("License") or "").strip()
    if name and "\n" not in name and len(name) <= LONGEST:
        return name
    return ", ".join(classifiers) or "not stated"


def home_of(package: PackageMetadata) -> str:
    """Return the address of a package's home page, or of its source."""
    pairs = [line.partition(", ") for line in package.get_all("Project-URL") or ()]
    known = {label.casefold(): address for label, _, address in pairs}
    for label in ("homepage", "home", "source", "repository", "source code", "github"):
        if label in known:
            return known[label].strip()
    first = pairs[0][2] if pairs else ""
    return str(package.get("Home-page") or first).strip()


def rows(lock: str) -> Iterator[str]:
    """Write a row for each package that a lock pins; one not installed is named bare."""
    for name, version in PIN.findall(lock):
        try:
            package = metadata(name)
        except PackageNotFoundError:
            yield f"| {name} | {version} | not installed here | |"
            continue
        yield f"| {name} | {version} | {licence_of(package)} | {home_of(package)} |"


def page() -> str:
    """Write the page."""
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    return HEAD + "\n".join(rows(lock)) + "\n"


if __name__ == "__main__":
    put(page().encode(), ROOT, PAGE)
