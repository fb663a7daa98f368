"""The provenance of a build: its commit, and its bill of materials (CycloneDX 1.6).

Takes the project's root, the toolchain and the pins of the fonts.  The bill holds no
time and no random number, so that equal tools give equal bytes.
"""

import json
import re
import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from leaflets.build.toolchain import requirements_of
from leaflets.digest import digest_bytes
from leaflets.sources.fonts import PINS
from leaflets.sources.snapshot import Sources
from leaflets.sources.toml import read_settings

INPUTS = ("content", "fonts", "locales", "profiles", "pyproject.toml", "reviews")
"""Inputs, beside the code, that must be as committed for a commit to name a build."""

CODE = ("src", "templates")
CHANGED = "-changed"
"""After a commit: what is here differs from it."""
COMMIT = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")


def commit_of(root: Path) -> str:
    """Return the commit of the sources, with "-changed" where they differ from it.

    Empty where the project is in no git repository.
    """

    try:
        commit = _git(root, "rev-parse", "HEAD")
        changed = _git(root, "status", "--porcelain", "--", *INPUTS, *CODE)
    except (OSError, subprocess.SubprocessError):
        return ""
    return f"{commit}{CHANGED}" if changed else commit


def is_commit_of(root: Path, commit: str) -> bool:
    """Say whether a commit, as `commit_of` names it, holds the sources that are here.

    Another commit than the newest one does, where all inputs are the same in both.
    """
    now = commit_of(root)
    if commit == now:
        return True
    if not now or now.endswith(CHANGED) or not COMMIT.fullmatch(commit):
        return False
    inputs = (*INPUTS, *CODE)
    try:
        # It fails where they differ, and where there is no such commit.
        _git(root, "diff", "--quiet", "--no-ext-diff", commit, now, "--", *inputs)
    except (OSError, subprocess.SubprocessError):
        return False
    return True


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    completed = subprocess.run(command, capture_output=True, check=True, timeout=30)
    return completed.stdout.decode("ascii", "replace").strip()


def bill_of_materials(
    tools: tuple[tuple[str, str], ...], pins: bytes, sources: Sources
) -> bytes:
    """List every program, font and colour profile that the PDFs are made with."""
    components = [dict(_package(*package)) for package in sorted(_packages())]
    known = {component["name"] for component in components}
    for name, version in tools:
        if name.lower() not in known:
            components.append(
                {
                    "type": "library",
                    "bom-ref": f"tool:{name}",
                    "name": name,
                    "version": version,
                }
            )
    settings, _ = read_settings(pins, PINS, code="font-missing")
    for font in settings.values.get("font", []):
        components.append(_file(font["file"], font["sha256"], font["licence"]))
        components[-1]["description"] = (
            f"{font['family']} {font['weight']}, from the npm package {font['package']}"
        )
    for path, data in sources.below("profiles/", ".icc"):
        components.append(_file(path, digest_bytes(data)))
    value = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": "leaflets",
                "name": "leaflets",
                "version": _version("leaflets"),
            }
        },
        "components": sorted(
            components, key=lambda component: str(component["bom-ref"])
        ),
    }
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


@cache
def _packages() -> set[tuple[str, str]]:
    """List the name and version of every Python package that leaflets needs to run."""
    wanted, seen = ["leaflets"], set[str]()
    packages: set[tuple[str, str]] = set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            wanted.extend(requirements_of(name))
        except PackageNotFoundError:
            # Needed on other platforms or by older Pythons.
            continue
        if name != "leaflets":
            packages.add((name, distribution(name).version))
    return packages


@cache
def _package(name: str, version: str) -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
    }
    licence = distribution(name).metadata.json.get("license_expression")
    return component | ({"licenses": [{"expression": licence}]} if licence else {})


def _file(name: str, sha256: str, licence: str = "") -> dict[str, Any]:
    component: dict[str, Any] = {
        "type": "file",
        "bom-ref": f"file:{name}",
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": sha256}],
    }
    return component | ({"licenses": [{"expression": licence}]} if licence else {})


def _version(name: str) -> str:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return "unknown"
