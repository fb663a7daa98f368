"""The bill of materials lists all that a PDF is made with; the commit is recorded."""

import json
import subprocess
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from desk import ZH, change, run
from leaflets.build.manifest import read_manifest
from leaflets.build.sbom import is_commit_of


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


def test_a_commit_holds_the_sources_or_not(project: Path) -> None:
    """The newest one, an older one with the same inputs; no other, and none invented."""

    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org"]
        done = subprocess.run(
            [*command, "-C", str(project), *words], capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    assert is_commit_of(project, "")
    assert not is_commit_of(project, "a" * 40)
    git("init", "-q")
    git("add", "content", "locales", "templates", "pyproject.toml", "fonts")
    git("commit", "-qm", "x")
    first = git("rev-parse", "HEAD")
    (project / "notes.txt").write_text("no source")
    git("add", "notes.txt")
    git("commit", "-qm", "y")
    assert is_commit_of(project, first)
    assert is_commit_of(project, git("rev-parse", "HEAD"))
    for name in ("", "a" * 40, "HEAD", "--output=x", f"{first}-changed"):
        assert not is_commit_of(project, name)
    change(project / ZH, "已经知道很多。", "已经知道不少。")
    assert not is_commit_of(project, first)
    second = git("rev-parse", "HEAD")
    assert is_commit_of(project, f"{second}-changed")
    git("commit", "-qam", "z")
    assert not is_commit_of(project, first)
