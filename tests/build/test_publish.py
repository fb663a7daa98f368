"""End to end: a project is built, changed, broken and built again."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from desk import PDF, ZH, change, digests, run
from leaflets.build.front import analyse
from leaflets.build.manifest import read_manifest
from leaflets.cli.main import main
from samples import PATIENCE
from tiny import line_of

AR = Path("locales/ar/LC_MESSAGES/messages.po")


def told(project: Path, *words: str) -> list[tuple[str, str, int]]:
    """Build, and list (code, path, line) of what keeps a target from print."""
    _, output = run(project, "build", "--format", "json", "--workers", "1", *words)
    diagnostics = json.loads(output)["findings"]["diagnostics"]
    return [
        (diagnostic["code"], diagnostic["path"], diagnostic["line"])
        for diagnostic in diagnostics
        if diagnostic["severity"] in ("error", "waiting")
    ]


def test_a_sound_project_has_nothing_to_mend(project: Path) -> None:
    """The front half composes every target and finds no fault."""
    front = analyse(project)
    assert [str(diagnostic) for diagnostic in front.diagnostics] == []
    assert len(front.compositions) == 3
    assert not front.blocked


def test_the_second_build_has_nothing_to_do(project: Path) -> None:
    """All is built once; then nothing is stale, and not a byte changes."""
    code, output = run(project, "build", "--workers", "1")
    assert (code, "3 to do" in output) == (0, True), output
    before = digests(project)
    manifest = (project / "build" / "manifest.json").read_bytes()
    assert len(before) == 3
    code, output = run(project, "build", "--workers", "1")
    assert (code, "0 to do, 3 up to date" in output) == (0, True), output
    assert digests(project) == before
    assert (project / "build" / "manifest.json").read_bytes() == manifest


def test_two_workers_write_the_same_bytes_as_one(project: Path) -> None:
    """The number of workers changes the time, never the files."""
    run(project, "build", "--workers", "1")
    before = digests(project)
    shutil.rmtree(project / "build" / ".facts")
    (project / "build" / "manifest.json").unlink()
    assert run(project, "build", "--workers", "2")[0] == 0
    assert digests(project) == before


def test_one_changed_word_builds_one_target(project: Path) -> None:
    """Only the target with the changed translation is stale, and it says why."""
    run(project, "build", "--workers", "1")
    before = digests(project)
    change(project / ZH, "已经知道很多。", "已经知道不少。")
    code, output = run(project, "build", "--workers", "1", "--explain")
    assert code == 0
    assert "zh_Hans/tiny.sheet.A4: page" in output
    assert "changed" in output
    assert "1 to do, 2 up to date" in output
    after = digests(project)
    assert [path for path in after if after[path] != before[path]] == [
        PDF.format("zh_Hans")
    ]


def test_only_what_is_asked_for_is_built(project: Path) -> None:
    """A build of one locale leaves the others alone."""
    code, _ = run(project, "build", "tiny", "--locale", "en", "--workers", "1")
    assert code == 0
    assert list(digests(project)) == [PDF.format("en")]


@pytest.mark.parametrize(
    "words",
    [
        ("build", "nothing"),
        ("build", "--locale", "xx"),
        ("build", "--paper", "A3"),
        ("build", "--workers", "0"),
        ("explain", "no-such-code"),
        ("fly",),
    ],
)
def test_wrong_use_is_exit_code_2(project: Path, words: tuple[str, ...]) -> None:
    """What was not understood is told with exit code 2, and nothing is done."""
    result = CliRunner().invoke(
        main, [*words, *(("--project", str(project)) if words[0] == "build" else ())]
    )
    assert result.exit_code == 2
    assert not digests(project)


LEAFLET = "content/tiny.md"
CHINESE = "大约有{people}人患有多发性硬化。请**询问**您的团队。"


@pytest.mark.parametrize(
    ("path", "old", "new", "code"),
    [
        (LEAFLET, "order = 1", "order = ", "front-matter"),
        (LEAFLET, "::: known", "::: rumours", "unknown-block"),
        (LEAFLET, "figures/box.svg", "figures/gone.svg", "missing-figure"),
        (LEAFLET, "Much is known.", "<b>Much</b> is known.", "inline-markup"),
        (LEAFLET, "{hours} hours", "24 hours", "number-without-source"),
        (LEAFLET, "{hours} hours", "{minutes} minutes", "unknown-placeholder"),
        (LEAFLET, 'src="atlas"', 'src="hearsay"', "unknown-source"),
        ("content/facts.toml", "value = 24", "value = ", "facts-file"),
        ("content/sources.toml", '"primary"', '"recalled"', "weak-source"),
        ("content/figures/box.svg", "</svg>", "", "broken-figure"),
        (
            "templates/sheet.html",
            "{% for block in blocks %}",
            "{% for %}",
            "broken-template",
        ),
        ("templates/sheet.html", "{{ promise }}", "{{ promises }}", "broken-template"),
        (
            "pyproject.toml",
            'source = "en"',
            'source = "en"\ncolour = "red"',
            "project-file",
        ),
        ("pyproject.toml", '"zh_Hans"]', '"klingon"]', "project-file"),
    ],
)
def test_a_broken_source_is_told_at_its_line(
    project: Path, path: str, old: str, new: str, code: str
) -> None:
    """Each fault is an error at the file it is in, and no PDF is published."""
    change(project / path, old, new)
    result = run(project, "build", "--workers", "1")
    assert result[0] == 1
    assert f"[{code}]" in result[1], result[1]
    assert "Traceback" not in result[1]
    assert not digests(project)


@pytest.mark.parametrize(
    ("new", "code"),
    [
        ("大约有人患有多发性硬化。请**询问**您的团队。", "placeholder-mismatch"),
        ("大约有{people}{people}人。请**询问**您的团队。", "placeholder-mismatch"),
        ("大约有{人们}人。请**询问**您的团队。", "placeholder-mismatch"),
        ("大约有{people}人。请**询问您的团队。", "markup-mismatch"),
        ("大约有{people}人。请[询问](https://evil.example)**您**。", "markup-mismatch"),
        ("大约有{people}人。<b>请</b>**询问**您的团队。", "html-in-translation"),
        ("大约有{people}人。<script>x</script>**询问**。", "html-in-translation"),
        (
            "大约有{people}人，七天。请**询问**file:///etc/passwd。",
            "url-in-translation",
        ),
        ("大约有{people.__class__}人。请**询问**您的团队。", "placeholder-mismatch"),
        ("大约有{people}人。\u202e请**询问**您的团队。", "control-character"),
        ("", "untranslated"),
    ],
)
def test_a_broken_translation_is_told_at_its_line(
    project: Path, new: str, code: str
) -> None:
    """A bad msgstr keeps its own PDF from print and no other."""
    change(project / ZH, CHINESE, new)
    line = line_of(project / ZH, "About {people} people live") + 1
    assert (code, ZH.as_posix(), line) in told(project)
    assert list(digests(project)) == [PDF.format("ar"), PDF.format("en")]


def test_a_fuzzy_translation_is_never_printed(project: Path) -> None:
    """A guessed match keeps its leaflet from print."""
    text = 'msgid "Much is known."'
    change(project / ZH, text, f"#, fuzzy\n{text}")
    line = line_of(project / ZH, text) + 1
    assert ("fuzzy", ZH.as_posix(), line) in told(project)
    assert PDF.format("zh_Hans") not in digests(project)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'msgid "a\nmsgstr ""\n', "po-syntax"),
        (
            'msgid ""\nmsgstr "Language: zh_Hans\\n"\n\nmsgid "x"\nmsgstr "ä"\n'.encode(
                "latin-1"
            ),
            "po-encoding",
        ),
        (b"\x00\x01\x02", "po-encoding"),
    ],
)
def test_a_broken_catalog_is_told(project: Path, data: bytes, code: str) -> None:
    """A catalog that cannot be read stops its language and no other."""
    (project / ZH).write_bytes(data)
    assert code in {row[0] for row in told(project)}
    assert list(digests(project)) == [PDF.format("ar"), PDF.format("en")]


def test_a_good_pdf_survives_a_bad_edit(project: Path) -> None:
    """What was built before stays until a better one takes its place."""
    run(project, "build", "--workers", "1")
    before = digests(project)
    change(project / ZH, CHINESE, "没有占位符。")
    assert run(project, "build", "--workers", "1")[0] == 1
    assert digests(project) == before
    manifest, _ = read_manifest(project / "build")
    earlier = {entry.output for entry in manifest.entries if entry.earlier}
    assert earlier == {"zh_Hans/tiny.sheet.A4.pdf"}


def test_a_missing_font_stops_the_build(project: Path) -> None:
    """Nothing is set in whatever font the machine may have."""
    shutil.rmtree(project / "build" / "fonts")
    code, output = run(project, "build", "--workers", "1")
    assert code == 1
    assert "[font-missing]" in output
    assert not digests(project)


def test_a_build_folder_that_cannot_be_written(project: Path) -> None:
    """A file in the place of a folder: told in plain words, other targets go on."""
    (project / "build" / "zh_Hans").write_text("in the way")
    assert ("cannot-write", "build/zh_Hans/tiny.sheet.A4.pdf", 0) in told(project)
    assert list(digests(project)) == [PDF.format("ar"), PDF.format("en")]


def test_an_expired_leaflet_says_so(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its review date every page says that it is out of date."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(2_000_000_000))
    front = analyse(project)
    assert {composition.standing for composition in front.compositions} == {"expired"}
    english = next(
        composition
        for composition in front.compositions
        if composition.target.locale == "en"
    )
    assert "OUT OF DATE – do not use." in english.furniture


def test_draft_in_the_readers_own_language(project: Path) -> None:
    """An unsigned translation says DRAFT in its own words on every page."""
    front = analyse(project)
    drafts = {
        composition.target.locale: composition.furniture[0]
        for composition in front.compositions
    }
    assert drafts["en"].startswith("DRAFT")
    assert drafts["zh_Hans"].startswith("草稿")
    assert "DRAFT" not in drafts["ar"]


def test_paragraph_numbers_are_the_same_in_every_language(project: Path) -> None:
    """Paragraph 3 is paragraph 3 in Arabic and Chinese."""
    front = analyse(project)
    numbers = {
        composition.target.locale: [
            (p.key, p.paragraph) for p in composition.passages if p.paragraph
        ]
        for composition in front.compositions
    }
    assert numbers["en"] == numbers["ar"] == numbers["zh_Hans"]


def test_an_interrupted_build_leaves_no_half_file(project: Path) -> None:
    """Ctrl-C ends with 130; what is under a final name is whole, the next build completes."""
    words = [sys.executable, "-u", "-m", "leaflets", "build", "--project", str(project)]
    with subprocess.Popen(
        [*words, "--workers", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
    ) as process:
        assert process.stdout is not None
        assert any(b"makes pdf" in line for line in process.stdout)
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
    assert process.returncode in (130, 0)
    for path in project.glob("build/*/*.pdf"):
        data = path.read_bytes()
        assert data.startswith(b"%PDF")
        assert b"%%EOF" in data[-32:]
    assert run(project, "build", "--workers", "1")[0] == 0
    assert len(digests(project)) == 3


def test_a_template_that_drops_a_text_is_told(project: Path) -> None:
    """A template that forgets the line below the title prints nothing."""
    change(
        project / "templates/sheet.html",
        '<p class="promise" id="promise" data-passage>{{ promise }}</p>',
        "",
    )
    code, output = run(project, "build", "--workers", "1")
    assert code == 1
    assert "[text-dropped-by-template]" in output
    assert not digests(project)


def test_a_locale_without_catalog_is_told(project: Path) -> None:
    """A language that is asked for but has no catalog stops nobody else."""
    (project / ZH).unlink()
    assert ("missing-catalog", ZH.as_posix(), 0) in told(project)
    assert list(digests(project)) == [PDF.format("ar"), PDF.format("en")]


def test_a_clinics_numbers_and_code(project: Path) -> None:
    """A clinic's phone keeps its order in Arabic; its address becomes a QR code."""
    change(
        project / "pyproject.toml",
        "[tool.leaflets.clinic]",
        '[tool.leaflets.clinic]\nonline = "https://example.org/{leaflet}/{locale}"',
    )
    assert run(project, "build", "--workers", "1")[0] == 0
    arabic = next(
        composition
        for composition in analyse(project).compositions
        if composition.target.locale == "ar"
    )
    texts = [passage.text for passage in arabic.passages]
    assert "\u2066+00\u00a030\u00a01234-567\u2069" in texts
    assert "https://example.org/tiny/ar" in texts
    assert "qr.svg" in [asset.name for asset in arabic.assets]


def test_an_empty_number_is_never_guessed(project: Path) -> None:
    """Where the clinic gave no number, the reader is told to ask for it."""
    english = next(
        composition
        for composition in analyse(project).compositions
        if composition.target.locale == "en"
    )
    texts = {passage.key: passage.text for passage in english.passages}
    empty = [key for key, text in texts.items() if "ask your team" in text]
    assert len(empty) == 2  # emergency and urgent; the MS team's is given


def test_a_stopped_build_is_told_to_programs_too(project: Path) -> None:
    """Even where nothing can be built, `--format json` answers in JSON."""
    change(project / "pyproject.toml", 'source = "en"', "source = ")
    code, output = run(project, "build", "--format", "json")
    assert code == 1
    diagnostics = json.loads(output)["diagnostics"]
    assert [diagnostic["code"] for diagnostic in diagnostics] == ["project-file"]
