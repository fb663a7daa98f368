"""Build the wheels into build/wheels: leaflets, and leaflets-fonts with the pinned fonts.

    python .ci/wheels.py [leaflets | fonts]

leaflets-fonts is data only: the files that fonts/fonts.toml names, for machines
without npm.  It has the version of leaflets, whose installer checks each file's digest.
"""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
WHEELS = ROOT / "build" / "wheels"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet"]
OPTIONS = ["--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir"]

FONTS = """\
[build-system]
requires = ["setuptools>=80"]
build-backend = "setuptools.build_meta"

[project]
name = "leaflets-fonts"
version = "{version}"
description = "The fonts that leaflets sets its pages in"
license = "OFL-1.1"
requires-python = ">=3.11"

[tool.setuptools]
packages = ["leaflets_fonts"]

[tool.setuptools.package-data]
leaflets_fonts = ["*.ttf", "*.txt"]
"""


def wheel(source: Path) -> None:
    """Build one wheel, from a copy: setuptools leaves its own build folder behind."""
    WHEELS.mkdir(parents=True, exist_ok=True)
    subprocess.run([*PIP, *OPTIONS, str(WHEELS), str(source)], check=True)


def copied(names: list[str], target: Path) -> Path:
    """Copy some files and folders of the project."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for name in names:
        source = ROOT / name
        if source.is_dir():
            leave = shutil.ignore_patterns("__pycache__", "node_modules", "*.egg-info")
            shutil.copytree(source, target / name, ignore=leave)
        else:
            shutil.copy(source, target / name)
    return target


def leaflets_wheel() -> None:
    """Build the package with its stock."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    names = sorted({name.partition("/")[0] for name in listed if name})
    needed = [name for name in names if name not in ("tests", "docs", "reviews")]
    wheel(copied(needed, WHEELS / "leaflets-source"))


def fonts_wheel() -> None:
    """Build the data package of the fonts that are installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = tomllib.loads((ROOT / "fonts" / "fonts.toml").read_text("utf-8"))["font"]
    folder = WHEELS / "fonts-source"
    shutil.rmtree(folder, ignore_errors=True)
    package = folder / "leaflets_fonts"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Font files, and no code."""\n', "utf-8")
    for pin in pins:
        shutil.copy(ROOT / "build" / "fonts" / pin["file"], package)
    for licence in (ROOT / "fonts").glob("*.txt"):
        if licence.name != "npm.lock.txt":
            shutil.copy(licence, package)
    text = FONTS.format(version=project["version"])
    (folder / "pyproject.toml").write_text(text, "utf-8")
    wheel(folder)


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["leaflets", "fonts"]
    if "leaflets" in wanted:
        leaflets_wheel()
    if "fonts" in wanted:
        fonts_wheel()
    for path in sorted(WHEELS.glob("*.whl")):
        print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
