"""Build the wheels into build/wheels: leaflets, and leaflets-fonts with the pinned fonts.

    python .ci/wheels.py [leaflets | fonts]

leaflets-fonts is data only: the files that fonts/fonts.toml names, for machines
without npm.  It has the version of leaflets, whose installer checks each file's digest.
"""

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from leaflets.files import below, publish, read

ROOT = Path(__file__).resolve().parent.parent
WHEELS = below(ROOT, "build", "wheels")
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
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([*PIP, *OPTIONS, folder, str(source)], check=True)
        for path in Path(folder).glob("*.whl"):
            if problem := publish(path.read_bytes(), WHEELS, path.name):
                sys.exit(str(problem))
            print(f"build/wheels/{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def leaflets_wheel(folder: Path) -> None:
    """Build the package with its stock; `folder` is for the copy of its sources."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, listed):
        if name.partition("/")[0] in ("tests", "docs", "reviews"):
            continue
        try:
            data = read(ROOT, name)
        except FileNotFoundError:
            continue
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    wheel(folder)


def fonts_wheel(folder: Path) -> None:
    """Build the data package of the fonts that are installed here."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pins = tomllib.loads((ROOT / "fonts" / "fonts.toml").read_text("utf-8"))["font"]
    package = folder / "leaflets_fonts"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('"""Font files, and no code."""\n', "utf-8")
    for pin in pins:
        data = read(ROOT, f"build/fonts/{pin['file']}")
        (package / pin["file"]).write_bytes(data)
    for licence in (ROOT / "fonts").glob("*.txt"):
        if licence.name != "npm.lock.txt":
            shutil.copy(licence, package)
    text = FONTS.format(version=project["version"])
    (folder / "pyproject.toml").write_text(text, "utf-8")
    wheel(folder)


if __name__ == "__main__":
    wanted = sys.argv[1:] or ["leaflets", "fonts"]
    for word, build in (("leaflets", leaflets_wheel), ("fonts", fonts_wheel)):
        if word in wanted:
            with tempfile.TemporaryDirectory() as name:
                build(Path(name))
