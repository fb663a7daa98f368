"""Sign the tiny leaflet, as nobody: placeholders that look like placeholders."""

from pathlib import Path

from click.testing import CliRunner, Result

from leaflets.cli.main import main
from leaflets.sources.signatures import ROLES

#: Nobody: a placeholder that looks like one.
NAMES = {role: f"Placeholder {role.title()}" for role in ROLES}
EPOCH = "1767400000"  # 3 January 2026


def sign(root: Path, locale: str, role: str, epoch: str = EPOCH, **more: str) -> Result:
    """Sign the tiny leaflet as a placeholder, by the command itself."""
    options = {
        "locale": locale,
        "role": role,
        "name": NAMES[role],
        "credentials": "test only",
        "project": str(root),
        **({"method": "human"} if role == "translator" else {}),
        **more,
    }
    words = [word for key, value in options.items() for word in (f"--{key}", value)]
    return CliRunner(env={"SOURCE_DATE_EPOCH": epoch}).invoke(
        main, ["sign", "tiny", *words], catch_exceptions=False
    )


def approve(root: Path, *locales: str) -> None:
    """Sign in every role that a language needs."""
    for locale in locales:
        for role in ROLES if locale != "en" else ("clinician", "layout"):
            result = sign(root, locale, role)
            assert result.exit_code == 0, result.output


def change(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def catalog(root: Path, locale: str = "ar") -> Path:
    return root / "locales" / locale / "LC_MESSAGES" / "messages.po"
