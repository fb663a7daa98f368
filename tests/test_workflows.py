"""The workflows are what their schema says, and nothing in them is careless.

actionlint's package downloads a program while it is installed, which an offline mirror
does not have; schema and audit tell the same classes of mistakes.
"""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
BIN = Path(sys.executable).parent


def test_there_are_workflows() -> None:
    """One for changes, one for releases."""
    assert [one.stem for one in WORKFLOWS] == ["check", "release"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda one: one.stem)
def test_a_workflow_keeps_its_schema(path: Path) -> None:
    """Every key and value is one that GitHub knows."""
    schema = ("--builtin-schema", "vendor.github-workflows")
    done = subprocess.run(
        [BIN / "check-jsonschema", *schema, path], capture_output=True, check=False
    )
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize(
    ("schema", "name"),
    [
        ("dependabot", "dependabot.yml"),
        ("github-issue-config", "ISSUE_TEMPLATE/config.yml"),
        ("github-issue-forms", "ISSUE_TEMPLATE/leaflet.yml"),
        ("github-issue-forms", "ISSUE_TEMPLATE/program.yml"),
        ("github-issue-forms", "ISSUE_TEMPLATE/translation.yml"),
    ],
)
def test_settings_of_the_forge_keep_their_schema(schema: str, name: str) -> None:
    """Forms and dependabot are what GitHub reads; one with a slip it leaves out."""
    path = ROOT / ".github" / name
    command = [BIN / "check-jsonschema", "--builtin-schema", f"vendor.{schema}", path]
    done = subprocess.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout.decode()


def test_the_audit_finds_nothing() -> None:
    """No loose permission, no action by a movable name, no text run as a command."""
    done = subprocess.run(
        [
            BIN / "zizmor",
            "--offline",
            "--no-progress",
            "--persona",
            "regular",
            *WORKFLOWS,
            ROOT / ".github" / "dependabot.yml",
        ],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout.decode()


def test_the_audit_can_fail(tmp_path: Path) -> None:
    """An action by a movable name is found."""
    text = WORKFLOWS[0].read_text(encoding="utf-8")
    path = tmp_path / ".github" / "workflows" / "check.yml"
    path.parent.mkdir(parents=True)
    path.write_text(re.sub(r"checkout@\S+ # \S+", "checkout@main", text))
    done = subprocess.run(
        [BIN / "zizmor", "--offline", "--no-progress", path],
        capture_output=True,
        check=False,
    )
    assert done.returncode != 0


def careless_jobs(text: str) -> list[str]:
    """Name the jobs that may change or be something, and run what a project brings."""
    jobs = re.split(
        r"^  ([a-z]+):\n", text[text.index("\njobs:") :], flags=re.MULTILINE
    )[1:]
    return [
        name
        for name, job in zip(jobs[::2], jobs[1::2], strict=True)
        if re.search(r": write\b", job)
        and re.search(r"actions/checkout|\.venv|\.ci/|\bmake\b|\bpython", job)
    ]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda one: one.stem)
def test_what_a_project_brings_runs_without_rights(path: Path) -> None:
    """Templates are filled in jobs that can neither write nor sign."""
    assert careless_jobs(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("right", ["contents", "id-token", "attestations"])
def test_a_job_with_rights_that_runs_the_project_is_named(right: str) -> None:
    """The one that fills templates, if it had one right more."""
    text = (ROOT / ".github" / "workflows" / "release.yml").read_text(encoding="utf-8")
    head, tail = text.split("  assemble:\n")
    careless = tail.replace("contents: read", f"{right}: write", 1)
    assert careless_jobs(f"{head}  assemble:\n{careless}") == ["assemble"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda one: one.stem)
def test_every_command_is_one_of_ours(path: Path) -> None:
    """A workflow calls what the project has: commands, options, scripts."""
    from leaflets.cli.main import COMMANDS

    text = path.read_text(encoding="utf-8")
    called = set(re.findall(r"\.venv/bin/leaflets (\w+)", text))
    assert called <= {*COMMANDS, "build"}
    for script in re.findall(r"\.ci/[\w.]+", text):
        assert (ROOT / script).is_file(), script
