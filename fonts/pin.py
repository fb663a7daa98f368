"""Pin a font package: write its files into fonts.toml, package.json and the lock.

    .venv/bin/python fonts/pin.py noto-sans-thai Thai
    .venv/bin/python fonts/pin.py noto-sans Latn Cyrl Grek --italic

Names the owner in OFL.txt, which goes with every copy of the fonts.
Takes the weights 400, 600 and 700 as far as the package has them. Pinning a
package again replaces its entries, with the newest release of the package.
"""

import argparse
import subprocess
import tempfile
from pathlib import Path

from fontTools.ttLib import TTFont

from install import HERE, SCOPE, npm_command
from leaflets.digest import digest_bytes
from leaflets.files import put

NOTICES = HERE / "OFL.txt"
WEIGHTS = {400, 600, 700}
ENTRY = """\
[[font]]
file = "{file}"
package = "{package}"
family = "{family}"
weight = {weight}
style = "{style}"
scripts = [{scripts}]
licence = "OFL-1.1"
sha256 = "{sha256}"
"""


def entries(folder: Path, scripts: list[str], italic: bool) -> list[str]:
    """Describe the package's files that have a wanted weight and style."""
    found = []
    for path in sorted(folder.glob("*/*.ttf")):
        font = TTFont(path)
        weight, names = font["OS/2"].usWeightClass, font["name"]
        slanted = bool(font["OS/2"].fsSelection & 1)
        if weight not in WEIGHTS or (slanted and not italic):
            continue
        found.append(
            ENTRY.format(
                file=path.name,
                package=folder.name,
                family=names.getDebugName(16) or names.getDebugName(1),
                weight=weight,
                style="italic" if slanted else "normal",
                scripts=", ".join(f'"{script}"' for script in scripts),
                sha256=digest_bytes(path.read_bytes()),
            )
        )
    return found


def with_notice(text: str, package: str, notice: str) -> bytes:
    """Name the owner of a package's fonts above the licence, in the place of its name."""
    owners, blank, licence = text.partition("\n\n")
    kept = [line for line in owners.split("\n") if not line.startswith(f"{package}: ")]
    lines = sorted([*kept, f"{package}: {notice}"])
    return ("\n".join(lines) + blank + licence).encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("package", help="name below @expo-google-fonts/")
    parser.add_argument("scripts", nargs="+", help="ISO 15924 codes, such as Thai")
    parser.add_argument("--italic", action="store_true", help="take italics as well")
    options = parser.parse_args()

    name = f"@expo-google-fonts/{options.package}"
    install = [*npm_command(), "install", "--save-exact", "--loglevel=error"]
    lock_only = ["--package-lock-only", "--omit-lockfile-registry-resolved"]
    subprocess.run([*install, *lock_only, f"{name}@latest"], cwd=HERE, check=True)
    with tempfile.TemporaryDirectory() as folder:
        packed = [*install, "--no-save", "--prefix", folder, f"{name}@latest"]
        subprocess.run([*packed, "--ignore-scripts"], cwd=folder, check=True)
        package = Path(folder, SCOPE, options.package)
        added = entries(package, options.scripts, options.italic)
        notice = (package / "LICENSE_FONT").read_text("utf-8").split("\n")[0].strip()

    manifest = HERE / "fonts.toml"
    head, *old = manifest.read_text("utf-8").split("[[font]]\n")
    kept = [
        f"[[font]]\n{entry.rstrip()}\n"
        for entry in old
        if f'package = "{options.package}"\n' not in entry
    ]
    text = "\n".join([head.rstrip() + "\n", *sorted(kept + added)])
    put(text.encode(), HERE, "fonts.toml")
    named = with_notice(NOTICES.read_text("utf-8"), options.package, notice)
    put(named, HERE, NOTICES.name)
    print(f"{options.package}: {len(added)} files pinned in fonts.toml")


if __name__ == "__main__":
    main()
