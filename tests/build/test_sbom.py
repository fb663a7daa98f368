"""The bill of materials lists all that a PDF is made with; the commit is recorded."""

import json
import subprocess
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from desk import ZH, change, run
from leaflets.build.manifest import read_manifest


@pytest.fixture
def built(project: Path) -> Path:
    """A project that was built whole."""
    assert run(project, "build", "--workers", "1")[0] == 0
    return project


def test_the_bill_of_materials_is_sound(built: Path) -> None:
    """It is CycloneDX 1.6, and lists engine, fonts and every package once."""
    text = (built / "build/sbom.cdx.json").read_text(encoding="utf-8")
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    components = json.loads(text)["components"]
    names = [component["name"] for component in components]
    assert len(names) == len(set(names))
    assert {"weasyprint", "babel", "pango", "NotoSansArabic_400Regular.ttf"} <= set(
        names
    )
    fonts = [
        component for component in components if component["name"].endswith(".ttf")
    ]
    assert all(font["licenses"] and font["hashes"] for font in fonts)


def test_the_commit_is_recorded(project: Path) -> None:
    """The manifest names the commit, and says when the files are not at it."""

    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            [*command, "-C", str(project), *words], capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    git("init", "-q")
    git("add", "content", "locales", "templates", "pyproject.toml", "fonts")
    git("commit", "-qm", "x")
    run(project, "build", "--workers", "1", "--locale", "en")
    commit = git("rev-parse", "HEAD")
    assert read_manifest(project / "build")[0].commit == commit
    change(project / ZH, "已经知道很多。", "已经知道不少。")
    run(project, "build", "--workers", "1", "--locale", "zh_Hans")
    assert read_manifest(project / "build")[0].commit == f"{commit}-changed"
