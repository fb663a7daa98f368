"""Build twice under other conditions, and compare every byte.

The second build has another clone path, hash seed, time zone, locale, umask, home and
number of workers.  Takes what `leaflets build` takes; without arguments one leaflet in
three scripts and every edition, for the office and for the press.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INPUTS = (
    "content",
    "fonts",
    "locales",
    "profiles",
    "pyproject.toml",
    "templates",
)
WORDS = (
    "treatments",
    *("--locale", "en", "--locale", "ar", "--locale", "zh_Hans"),
    *("--edition", "all", "--paper", "A4"),
)
ONE = {
    "PYTHONHASHSEED": "1",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
}
TWO = {
    "PYTHONHASHSEED": "4242",
    "TZ": "America/St_Johns",
    "LC_ALL": "C",
    "LANG": "tr_TR.UTF-8",
    "LANGUAGE": "tr",
    "COLUMNS": "40",
}
EPOCH = "1790000000"


def clone(folder: Path) -> Path:
    """Copy the sources and fonts to a folder of another name."""
    folder.mkdir(parents=True)
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(source, folder / name, ignore=ignored)
        else:
            shutil.copy(source, folder / name)
    (folder / "build").mkdir()
    shutil.copytree(ROOT / "build" / "fonts", folder / "build" / "fonts")
    shutil.copy(ROOT / "build" / "fonts.conf", folder / "build")
    return folder


def build(project: Path, words: list[str], workers: int, more: dict[str, str]) -> None:
    """Build in a process of its own; its words are shown when it fails."""
    home = project.parent / "home"
    home.mkdir(exist_ok=True)
    kept = {"PATH": os.environ["PATH"], "HOME": str(home), "SOURCE_DATE_EPOCH": EPOCH}
    kept |= {
        name: os.environ[name]
        for name in ("DYLD_FALLBACK_LIBRARY_PATH",)
        if name in os.environ
    }
    done = subprocess.run(
        [
            *(sys.executable, "-m", "leaflets", "build", *words),
            *("--workers", str(workers), "--project", str(project)),
        ],
        env=kept | more,
        capture_output=True,
        check=False,
        umask=0o077 if workers == 1 else 0o022,
    )
    if done.returncode:
        sys.exit(done.stderr.decode() + done.stdout.decode())


def digests(project: Path) -> dict[str, str]:
    """Digest every file that a release would hold."""
    folder = project / "build"
    wanted = (*folder.glob("*/*.pdf"), *folder.glob("SHA256SUMS"))
    wanted += (*folder.glob("manifest.json"), *folder.glob("sbom.cdx.json"))
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
        for path in wanted
    }


def main(words: list[str]) -> int:
    """Compare; 1 where any byte differs."""
    with tempfile.TemporaryDirectory() as name:
        one = clone(Path(name) / "one")
        two = clone(Path(name) / "another place, with spaces" / "zwei")
        build(one, words, 2, ONE)
        build(two, words, 1, TWO)
        first, second = digests(one), digests(two)
    other = sorted(
        name for name in first | second if first.get(name) != second.get(name)
    )
    kinds: dict[str, list[bool]] = {}
    for path in first | second:
        parts = path.split("/")[-1].split(".")
        kind = parts[1] if path.endswith(".pdf") else path
        kinds.setdefault(kind, []).append(path not in other)
    for kind, same in sorted(kinds.items()):
        print(f"{kind:18} {sum(same):4} of {len(same):4} the same")
    for path in other:
        print(f"differs: {path}")
    print(f"{len(first) - len(other)} of {len(first | second)} files are the same")
    return 1 if other or not first else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(WORDS)))
