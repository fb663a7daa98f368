"""The house's rules, kept: one stair, doors, one sentence, no ambient time."""

import ast
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "leaflets"
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"][
    "importlinter"
]["contracts"]


def house() -> Iterator[tuple[str, Path]]:
    """Name every module that holds code, inside the package, with its file."""
    for path in sorted(HOUSE.rglob("*.py")):
        if path.stem != "__init__":
            parts = path.relative_to(HOUSE).with_suffix("").parts
            yield ".".join(parts), path


def libraries(path: Path) -> set[str]:
    """Name the third-party packages that a file imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: imports are absolute"
            assert node.module != "leaflets", f"{path}:{node.lineno}: import modules"
            names.add(str(node.module))
    tops = {name.partition(".")[0] for name in names}
    return tops - sys.stdlib_module_names - {"leaflets"}


def test_imports_go_down_and_libraries_enter_at_their_doors() -> None:
    """import-linter keeps every contract of pyproject.toml."""
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


def test_every_library_has_a_door_that_is_used() -> None:
    """No library comes in without a contract, and no contract names a room in vain."""
    doors = {
        contract["protected_modules"][0]: contract["allowed_importers"]
        for contract in CONTRACTS
        if contract["type"] == "protected"
    }
    imports = {f"leaflets.{name}": libraries(path) for name, path in house()}
    assert set(doors) == set().union(*imports.values())
    for library, rooms in doors.items():
        for room in rooms:
            inside = (
                name for name in imports if name == room or name.startswith(f"{room}.")
            )
            assert any(library in imports[name] for name in inside), (library, room)


def test_packages_export_nothing() -> None:
    """An __init__ holds a docstring and at most the version, and where it runs."""
    for path in HOUSE.rglob("__init__.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            # The package says at once where it cannot run.
            refusal = isinstance(node, ast.If) and "win32" in ast.unparse(node.test)
            kinds = (
                ast.Expr
                | ast.Assign
                | (ast.Import if path.parent == HOUSE else ast.Expr)
            )
            assert refusal or isinstance(node, kinds), path


def test_only_sources_reads_the_clock() -> None:
    """Time is an input: it is read once, in `sources.snapshot`, and handed on."""
    clock = re.compile(r"\b(?:now|today|utcnow|localtime|gmtime)\(|\btime\.time\(")
    for name, path in house():
        if name != "sources.snapshot":
            for number, line in enumerate(path.read_text().splitlines(), 1):
                assert not clock.search(line), f"{path}:{number}: {line.strip()}"


DISK = {
    *("read_bytes", "read_text", "write_bytes", "write_text", "open", "touch"),
    *("unlink", "rmdir", "rmtree", "mkdir", "rename", "symlink_to", "hardlink_to"),
    *("glob", "rglob", "iterdir", "scandir", "listdir", "exists", "is_file", "is_dir"),
    *("NamedTemporaryFile", "TemporaryDirectory", "copy", "copytree", "move"),
}
"""What reads, writes or deletes files and follows links."""
OWN_WAYS = {
    # The one that follows none.
    "files": {
        "is_dir",
        "mkdir",
        "open",
        "rename",
        "rmdir",
        "scandir",
        "listdir",
        "unlink",
    },
    # What the package itself brings, behind links or not.
    "build.cache": {"read_bytes", "rglob"},
    "build.toolchain": {"read_bytes", "rglob"},
    "checks.translation.letters": {"read_text"},
    "languages.tables": {"is_file", "iterdir", "read_text"},
    "pdf.write.pdfa": {"read_bytes"},
    "sources.fonts": {"is_file", "read_bytes"},
    "sources.stock": {"glob", "is_dir", "is_file", "read_bytes", "rglob"},
    "web.site": {"read_bytes"},
    # The fonts that were installed, of which a look at the project knows that they lie there.
    "pdf.engine.render": {"is_file"},
    "pdf.fonts.shape": {"glob", "read_text"},
    # What a user names on the command line, wherever it lies.
    "cli.catalogs": {"is_file", "read_bytes"},
    "cli.release": {"read_bytes"},
    "cli.start": {"exists", "mkdir"},
    "clinics.logo": {"read_bytes"},
    # Of this process, and of a worker on another machine.
    "build.workers": {"read_text"},
    "build.cluster": {
        "glob",
        "is_file",
        "mkdir",
        "read_bytes",
        "write_bytes",
        "write_text",
    },
    # A site that was just written, without links.
    "web.serve_app": {"is_file"},
    "build.watch": {"is_dir"},
    # A folder of its own, which ssh-keygen reads and nobody else.
    "sources.ssh": {"write_bytes"},
}
"""By module, and why."""


def test_only_one_module_touches_the_files_of_a_project() -> None:
    """Whoever followed a link would read, write or delete what is somebody else's."""
    for name, path in house():
        calls = {
            node.func.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        }
        assert OWN_WAYS.get(name, set()) <= calls, f"{name}: its ways have changed"
        own = (calls & DISK) - OWN_WAYS.get(name, set())
        # `Pdf.open` and a stream's `read_bytes` take bytes in memory.
        if name.startswith("pdf."):
            own -= {"open", "read_bytes"}
        assert not own, f"{name}: {sorted(own)}"


def test_no_test_is_failed_by_the_clock() -> None:
    """How long an example or a job takes is the machine's mood, and proves nothing."""
    assert settings.default is not None
    assert settings.default.deadline is None
    assert HealthCheck.too_slow in settings.default.suppress_health_check
    timed = re.compile(r"@settings\(.*deadline|assert.*(?:perf_counter|seconds) *[-<]")
    for path in sorted({*(ROOT / "tests").rglob("*.py")} - {Path(__file__)}):
        for number, line in enumerate(path.read_text().splitlines(), 1):
            assert not timed.search(line), f"{path.name}:{number}"


def test_locale_is_never_ambient() -> None:
    """Nothing sets or asks for the process's locale."""
    for _, path in house():
        text = path.read_text(encoding="utf-8")
        assert "setlocale" not in text
        assert "getdefaultlocale" not in text


def test_the_sentence_is_told_in_the_same_words() -> None:
    """Package, ARCHITECTURE.md and progress lines say what leaflets does alike."""
    import leaflets

    def folded(text: str) -> str:
        return " ".join(text.replace("> ", " ").split())

    sentence = folded((leaflets.__doc__ or "").split("\n\n")[1])
    assert sentence in folded((ROOT / "ARCHITECTURE.md").read_text())
    files = (HOUSE / "build" / f"{name}.py" for name in ("round", "publish"))
    progress = folded("".join(file.read_text() for file in files))
    for words in (
        "reads the project's sources",
        "composes pages",
        "makes pdf of what is stale",
        "checks",
        "builds the record of it all",
    ):
        assert words in progress, f"no progress line says “{words}”"
        told = sentence.replace("**", "").replace("a project's", "the project's")
        told = told.replace("asks reviews who answers for them, and ", "")
        assert words in told, words


def test_every_step_of_the_journey_is_in_the_code() -> None:
    """ARCHITECTURE.md names functions that are there, with the types that they take."""
    page = (ROOT / "ARCHITECTURE.md").read_text()
    rows = re.findall(
        r"^\| [^|]+ \| `([\w.]+)` \| `(\w+)` \| `(\w+)` \|", page, re.MULTILINE
    )
    assert len(rows) >= 15
    for name, taken, given in rows:
        module, _, function = name.rpartition(".")
        signature = inspect.signature(
            getattr(import_module(f"leaflets.{module}"), function)
        )
        kinds = [str(one.annotation) for one in signature.parameters.values()]
        assert any(re.search(rf"\b{taken}\b", kind) for kind in kinds), (name, kinds)
        kind = str(signature.return_annotation)
        assert re.search(rf"\b{given}\b", kind), (name, kind)


def test_every_room_is_in_the_page_and_in_the_sentence() -> None:
    """Folders, the page's table and import-linter's layers name the same rooms."""
    page = (ROOT / "ARCHITECTURE.md").read_text()
    table = page[page.index("| room |") : page.index("Inside `pdf`")]
    rooms = re.findall(
        r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", table, re.MULTILINE))
    )
    stair = next(one for one in CONTRACTS if one["id"] == "stair")["layers"]
    layers = re.findall(r"\w+", " ".join(stair))
    assert rooms == [one for one in layers if one != "__main__"]
    folders = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists()}
    assert folders <= set(rooms)
    sentence = page[: page.index("That sentence")]
    for room in folders:
        assert f"**{room}" in sentence, room


def test_every_place_of_the_page_is_there() -> None:
    """What ARCHITECTURE.md sends a stranger to exists."""
    page = (ROOT / "ARCHITECTURE.md").read_text()
    paths = re.findall(r"`((?:[\w-]+/)+[\w-]+\.(?:py|toml|html|css|js))`", page)
    assert len(paths) > 40
    for path in paths:
        assert (HOUSE / path).exists() or (ROOT / path).exists(), path


#: Modules whose tests stand elsewhere, and where.
TESTED_ELSEWHERE = {
    "build/options.py": "values without behaviour; build/test_round.py uses each",
    "checks/page/room.py": "build/test_fit.py, over laid-out pages",
    "cli/pages.py": "build/test_fit.py and build/test_watch.py run its commands",
    "cli/release.py": "build/test_verify.py, build/test_merge.py and clinics/test_handouts.py",
    "reviews/changes_page.py": "reviews/test_changes.py",
    "reviews/sign.py": "reviews/test_standing.py",
    "sources/catalogs/merge.py": "sources/catalogs/test_catalog.py and test_po.py",
    "sources/content/markdown.py": "sources/content/test_document.py",
    "sources/content/names_file.py": "sources/content/test_names.py",
    "sources/font_pins.py": "sources/test_fonts.py",
}
#: Tests of what no single module does.
SCENARIOS = {
    "test_architecture.py",
    "test_bad_input.py",
    "test_deploy.py",
    "test_fuzz.py",
    "test_hostile.py",
    "test_licences.py",
    "test_commands.py",
    "test_links.py",
    "test_times.py",
    "test_workflows.py",
    "build/test_crash.py",
    "build/test_editions.py",
    "build/test_wheel.py",
    "checks/translation/test_planted.py",
    "pdf/test_verapdf.py",
    "pdf/read/test_ink_rendered.py",
    "web/test_in_browser.py",
}


def test_tests_lie_as_the_code_lies() -> None:
    """Each module has a test file of its name, or the reason why not is listed."""
    tests = ROOT / "tests"
    modules = {path.relative_to(HOUSE).as_posix() for _, path in house()} - {
        "__main__.py"
    }
    files = {path.relative_to(tests).as_posix() for path in tests.rglob("test_*.py")}
    named = {
        path.removesuffix(name) + name.removeprefix("test_")
        for path in files - SCENARIOS
        for name in [path.rpartition("/")[2]]
    }
    assert named - modules == set(), "tests named after no module"
    assert modules - named == set(TESTED_ELSEWHERE)
    assert files >= SCENARIOS
    for reason in TESTED_ELSEWHERE.values():
        for path in re.findall(r"[\w/]+/test_\w+\.py", reason):
            assert path in files, path
