"""What a repository needs that others may use: licences, notices, a version."""

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from leaflets.sources.fonts import read_pins

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_newest_section_of_the_changes_is_the_version() -> None:
    """What pip calls it, what the tag says and what changed have one number."""
    sections = re.findall(r"^## (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert sections[0] == "Unreleased"
    version, _, day = sections[1].partition(" - ")
    assert version == PROJECT["version"]
    assert date.fromisoformat(day)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("LICENSE", "TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION"),
        ("LICENSES/Apache-2.0.txt", "9. Accepting Warranty or Additional Liability."),
        ("LICENSES/CC-BY-4.0.txt", "Section 8 -- Interpretation."),
        ("content/LICENSE", "Attribution 4.0 International"),
        ("LICENSES/OFL-1.1.txt", "SIL OPEN FONT LICENSE Version 1.1"),
        ("fonts/OFL.txt", "OTHER DEALINGS IN THE FONT SOFTWARE."),
    ],
)
def test_licences_are_there_in_full(name: str, words: str) -> None:
    """The text itself, not a link to it."""
    assert words in read(name)


def test_every_licence_that_is_named_is_there() -> None:
    """REUSE.toml and the package name licences whose texts are in LICENSES."""
    named = {
        name
        for table in tomllib.loads(read("REUSE.toml"))["annotations"]
        for name in table["SPDX-License-Identifier"].split(" OR ")
    }
    assert named == {path.stem for path in (ROOT / "LICENSES").iterdir()}
    assert PROJECT["license"] in named
    for name in PROJECT["license-files"]:
        assert (ROOT / name).is_file(), name


def test_every_font_has_its_owner_named() -> None:
    """No font goes out whose copyright notice does not."""
    pins, faults = read_pins((ROOT / "fonts" / "fonts.toml").read_bytes())
    assert faults == ()
    owners = dict(
        line.split(": ", 1)
        for line in read("fonts/OFL.txt").partition("\n\n")[0].splitlines()
    )
    assert owners.keys() == {pin.package for pin in pins}
    assert all("Copyright" in owner for owner in owners.values())


def test_every_package_has_its_licence_listed() -> None:
    """THIRD-PARTY.md is about the very versions that are pinned (`make docs`)."""
    pinned = re.findall(
        r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", read("requirements.lock"), re.MULTILINE
    )
    rows = [
        tuple(cell.strip() for cell in line.strip("|").split("|"))
        for line in read("THIRD-PARTY.md").splitlines()
        if line.startswith("| ")
    ][1:]
    assert [(row[0], row[1]) for row in rows] == pinned
    assert "not stated" not in {row[2] for row in rows}


def test_profiles_are_named_with_their_terms() -> None:
    """Each colour profile stands in a notice."""
    notice = read("NOTICE") + read("profiles/README.md")
    profiles = [*(ROOT / "profiles").glob("*.icc"), *(ROOT / "src").rglob("*.icc")]
    assert len(profiles) == 4
    for path in profiles:
        assert path.name in notice, path


def test_signatures_have_owners() -> None:
    """Reviews are the first that nobody changes alone."""
    owned = {
        line.split()[0]: line.split()[1:]
        for line in read(".github/CODEOWNERS").splitlines()
        if line and not line.startswith("#")
    }
    assert owned["/reviews/"] == ["@ORG/clinicians"]
    # Neither is there before somebody signs.
    for path in owned.keys() - {"/reviews/", "/reviews/allowed_signers"}:
        kind = Path.is_dir if path.endswith("/") else Path.is_file
        assert kind(ROOT / path.strip("/")), path
