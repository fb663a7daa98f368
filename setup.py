"""Pack what every project needs into the wheel: its stock, `leaflets/stock`.

Templates, profiles, the list of fonts with its installer, the starter, and of every
catalog the words of the templates. The files stay where they are edited; there is no
second copy of them in the sources. All else stands in pyproject.toml.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
FOLDERS = ("templates", "profiles", "starter")
FONTS = (
    "OFL.txt",
    "fonts.toml",
    "install.py",
    "npm.lock.txt",
    "package.json",
    "package-lock.json",
)
CATALOGS = "locales/*/LC_MESSAGES/messages.po"
LEFT_OUT = shutil.ignore_patterns("__pycache__", "build", ".*", "*.sh")
TEMPLATES = "templates/"


def words_of_templates(catalog: str) -> str:
    """Keep of a catalog its header and the messages that a template asks for."""
    header, *messages = catalog.strip("\n").split("\n\n")
    kept = [
        message
        for message in messages
        if any(
            line.startswith("#:") and TEMPLATES in line for line in message.split("\n")
        )
    ]
    return "\n\n".join([header, *kept]) + "\n"


def pack(stock: Path) -> None:
    """Copy the stock into a folder of the wheel."""
    shutil.rmtree(stock, ignore_errors=True)
    for name in FOLDERS:
        shutil.copytree(ROOT / name, stock / name, ignore=LEFT_OUT)
    (stock / "fonts").mkdir()
    for name in FONTS:
        shutil.copy(ROOT / "fonts" / name, stock / "fonts" / name)
    for path in sorted(ROOT.glob(CATALOGS)):
        target = stock / path.relative_to(ROOT)
        target.parent.mkdir(parents=True)
        text = words_of_templates(path.read_text(encoding="utf-8"))
        target.write_text(text, encoding="utf-8")


class WithStock(build_py):
    """Build the package, and its stock beside it."""

    def run(self) -> None:
        super().run()
        if not self.editable_mode:
            pack(Path(self.build_lib) / "leaflets" / "stock")


if __name__ == "__main__":
    setup(cmdclass={"build_py": WithStock})
