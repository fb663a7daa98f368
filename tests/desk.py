"""A desk to build at: run a command, change a file, digest what was published."""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from hashlib import sha256
from pathlib import Path

from click.testing import CliRunner

from leaflets.cli.main import main

ROOT = Path(__file__).resolve().parent.parent
AR = Path("locales/ar/LC_MESSAGES/messages.po")
ZH = Path("locales/zh_Hans/LC_MESSAGES/messages.po")
PDF = "build/{}/tiny.sheet.A4.pdf"


def run(project: Path, *words: str) -> tuple[int, str]:
    """Run a command of leaflets in this process; exit code and all it says."""
    result = CliRunner().invoke(main, [*words, "--project", str(project)])
    assert result.exception is None or isinstance(result.exception, SystemExit), (
        result.exception
    )
    return result.exit_code, result.output


def change(path: Path, old: str, new: str) -> None:
    """Change a text file; the old text must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def digests(project: Path) -> dict[str, str]:
    """Digest every published PDF."""
    return {
        path.relative_to(project).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(project.glob("build/*/*.pdf"))
    }


@cache
def fonts_near(root: Path) -> Path:
    """Return the installed fonts, copied if they lie on another disk than a project."""
    fonts = ROOT / "build" / "fonts"
    if fonts.stat().st_dev == root.stat().st_dev:
        return fonts
    return copied_fonts(root.stat().st_dev)


@cache
def copied_fonts(disk: int) -> Path:
    """Copy the installed fonts to where the tests write, once."""
    folder = Path(tempfile.mkdtemp(prefix="leaflets-test-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    assert folder.stat().st_dev == disk
    shutil.copytree(ROOT / "build" / "fonts", folder, dirs_exist_ok=True)
    return folder


def link_fonts(root: Path) -> None:
    """Give a project the fonts that `make setup` installed here."""
    (root / "build").mkdir(exist_ok=True)
    (root / "fonts").mkdir(exist_ok=True)
    shutil.copytree(fonts_near(root), root / "build" / "fonts", copy_function=os.link)
    shutil.copy(ROOT / "build" / "fonts.conf", root / "build" / "fonts.conf")
    for name in ("fonts.toml", "OFL.txt"):
        shutil.copy(ROOT / "fonts" / name, root / "fonts" / name)


def validate(paths: list[Path], norm: str = "PDFUA-1") -> dict[str, object]:
    """Run the validator in a process of its own."""
    done = subprocess.run(
        [
            sys.executable,
            str(ROOT / "tests" / "verapdf.py"),
            "--profile",
            norm,
            *map(str, paths),
        ],
        capture_output=True,
        check=True,
        text=True,
    )
    told = json.loads(done.stdout.splitlines()[-1])
    assert isinstance(told, dict)
    return told
