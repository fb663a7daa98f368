"""Provenance: from which commit, with which tools and fonts (CycloneDX 1.6).

Takes the project's root, the toolchain and the pins of the fonts; gives a commit and a
bill of materials.  No clock and no random number is in it: equal tools give equal
bytes.
"""

import json
import re
import subprocess
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from leaflets.digest import digest_bytes
from leaflets.sources.fonts import PINS
from leaflets.sources.snapshot import Sources
from leaflets.sources.toml import read_settings

INPUTS = ("content", "fonts", "locales", "profiles", "pyproject.toml", "reviews")
"""What a commit must hold unchanged to be the source of a build, with the code."""
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def commit_of(root: Path) -> str:
    """Name the commit that the sources are at; "-changed" where they differ from it.

    Empty where the project is in no git repository.
    """

    def git(*words: str) -> str:
        command = ["git", "-C", str(root), *words]
        done = subprocess.run(command, capture_output=True, check=True, timeout=30)
        return done.stdout.decode("ascii", "replace").strip()

    try:
        commit = git("rev-parse", "HEAD")
        changed = git("status", "--porcelain", "--", *INPUTS, "src", "templates")
    except (OSError, subprocess.SubprocessError):
        return ""
    return f"{commit}-changed" if changed else commit


def bill_of_materials(
    tools: tuple[tuple[str, str], ...], pins: bytes, sources: Sources
) -> bytes:
    """List every program, font and colour profile that the PDFs are made with."""
    components = [dict(_package(*one)) for one in sorted(_packages())]
    known = {one["name"] for one in components}
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
        "components": sorted(components, key=lambda one: str(one["bom-ref"])),
    }
    text = json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{text}\n".encode()


@cache
def _packages() -> set[tuple[str, str]]:
    """List name and version of every Python package that is needed to run."""
    wanted, seen = ["leaflets"], set[str]()
    found: set[tuple[str, str]] = set()
    while wanted:
        name = re.sub(r"[-_.]+", "-", wanted.pop()).lower()
        if name in seen:
            continue
        seen.add(name)
        try:
            there = distribution(name)
        except PackageNotFoundError:
            # Needed on other platforms or by older Pythons.
            continue
        if name != "leaflets":
            found.add((name, there.version))
        for need in there.requires or ():
            match = NAME.match(need)
            if match and "extra ==" not in need:
                wanted.append(match[0])
    return found


@cache
def _package(name: str, version: str) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library",
        "bom-ref": f"pkg:pypi/{name}@{version}",
        "name": name,
        "version": version,
        "purl": f"pkg:pypi/{name}@{version}",
    }
    licence = distribution(name).metadata.json.get("license_expression")
    return made | ({"licenses": [{"expression": licence}]} if licence else {})


def _file(name: str, sha256: str, licence: str = "") -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "file",
        "bom-ref": f"file:{name}",
        "name": name,
        "hashes": [{"alg": "SHA-256", "content": sha256}],
    }
    return made | ({"licenses": [{"expression": licence}]} if licence else {})


def _version(name: str) -> str:
    try:
        return distribution(name).version
    except PackageNotFoundError:
        return "unknown"
