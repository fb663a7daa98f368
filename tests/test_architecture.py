"""The house's rules, kept: floors, doors, one sentence, no ambient time."""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "src" / "leaflets"

#: From the ground up.  A module imports from floors below its own only.
FLOORS = (
    "diagnostics digest scripts pdf.bidi",
    """settings inline locales passages publish qr toolchain pofile numerals letters
    lexicon codes sources sheet colours pdf.facts pdf.shape pdf.rewrite pdf.inks pdf.outlines
    pdf.tints pdf.archive""",
    """blocks doubts readability figures facts project composition catalog fontset amounts
    reviews glossary watch clinics checks.pair pdf.drawing pdf.meanings pdf.impose pdf.press pdf.lines pdf.paint pdf.picture""",
    """frames content localize waivers manifest merge doctor termbase verdicts provenance checks.markup checks.script checks.typography
    checks.values checks.meaning checks.labels checks.layout checks.reading checks.scanning pdf.measure pdf.finish pdf.lettering pdf.logo
    pdf.inspect""",
    """short views pdf.render settled extract plan normalize pseudo targets checks.wording checks.messages
    checks.preflight checks.printing pdf.stamp""",
    "proof scale templating expected pairs translate execute result unite logos guard screen",
    "compose cluster filling",
    "material",
    "standing",
    "localepage front changes report fit",
    "release tracked sign order handouts shelf proofdesk board",
    "pipeline terminal verify",
    "renew",
    "preview printdesk",
    "serve",
    "cli_looks cli_pages cli_release cli_reviews cli_web cli_words",
    "cli",
    "__main__",
)

#: Where each third-party library comes in, and nowhere else.
DOORS = {
    "markdown_it": {"blocks", "inline"},
    "mdit_py_plugins": {"blocks"},
    "babel": {"locales", "catalog"},
    "pyphen": {"locales"},
    "jinja2": {"compose", "order", "serve", "shelf", "templating", "tracked"},
    "markupsafe": {"changes", "proof", "shelf", "templating", "views"},
    "segno": {"qr"},
    "weasyprint": {"pdf.render"},
    "pydyf": {"pdf.render"},
    "fontTools": {"pdf.shape"},
    "PIL": {"pdf.picture"},
    "pypdfium2": {"pdf.picture"},
    "zxingcpp": {"pdf.picture"},
    "watchfiles": {"watch"},
    "distributed": {"cluster"},
    "starlette": {"guard", "preview", "serve"},
    "uvicorn": {"cli_web"},
    "uharfbuzz": {"pdf.lines", "pdf.shape"},
    "pikepdf": {
        "pdf.archive",
        "pdf.drawing",
        "pdf.finish",
        "pdf.impose",
        "pdf.inks",
        "pdf.inspect",
        "pdf.meanings",
        "pdf.outlines",
        "pdf.paint",
        "pdf.lettering",
        "pdf.logo",
        "pdf.press",
        "pdf.rewrite",
        "pdf.stamp",
        "pdf.tints",
    },
    "click": {
        "cli",
        "cli_looks",
        "cli_pages",
        "cli_release",
        "cli_reviews",
        "cli_web",
        "cli_words",
        "terminal",
    },
    "rich": {"cli", "cli_looks", "terminal"},
}


def house() -> Iterator[tuple[str, Path]]:
    """Give every module that holds code, by its name inside the package."""
    for path in sorted(HOUSE.rglob("*.py")):
        if path.stem != "__init__":
            parts = path.relative_to(HOUSE).with_suffix("").parts
            yield ".".join(parts), path


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Give the line and name of every module that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}:{node.lineno}: imports are absolute"
            yield node.lineno, str(node.module)


def floor(name: str) -> int:
    """Find a module's floor."""
    found = [index for index, names in enumerate(FLOORS) if name in names.split()]
    assert len(found) == 1, f"{name} has no floor, or two; see ARCHITECTURE.md"
    return found[0]


def test_imports_only_go_down() -> None:
    """No module knows of its own floor or of those above."""
    for name, path in house():
        for line, target in imported(path):
            package, _, inner = target.partition(".")
            if package == "leaflets":
                assert inner, f"{path}:{line}: import from modules, not the package"
                assert floor(inner) < floor(name), f"{path}:{line}: {name} → {inner}"


def test_libraries_enter_at_their_doors() -> None:
    """A library is imported where the table says and nowhere else."""
    for name, path in house():
        for line, target in imported(path):
            package = target.partition(".")[0]
            if package == "leaflets" or package in sys.stdlib_module_names:
                continue
            doors = DOORS.get(package, set())
            assert name in doors, f"{path}:{line}: {package} has no door in {name}"


def test_every_floor_is_lived_on() -> None:
    """The table names no module that is gone."""
    names = {name for name, _ in house()}
    assert {one for names_ in FLOORS for one in names_.split()} == names


def test_files_stay_short() -> None:
    """A file that grows past 400 lines wants to be two."""
    for name, path in house():
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= 400, f"{name} has {lines} lines"


def test_packages_export_nothing() -> None:
    """An __init__ holds a docstring and at most the version."""
    for path in HOUSE.rglob("__init__.py"):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            assert isinstance(node, ast.Expr | ast.Assign), path


def test_only_sources_reads_the_clock() -> None:
    """Time is an input: it is read once, in `sources`, and handed on."""
    clock = re.compile(r"\b(?:now|today|utcnow|localtime|gmtime)\(|\btime\.time\(")
    for name, path in house():
        if name != "sources":
            for number, line in enumerate(path.read_text().splitlines(), 1):
                assert not clock.search(line), f"{path}:{number}: {line.strip()}"


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
    verbs = re.findall(r"\*\*(\w+)\*\*", sentence)
    progress = "".join(
        (HOUSE / f"{one}.py").read_text() for one in ("renew", "pipeline")
    )
    for word in (
        "project",
        "sources",
        "document",
        "localizes",
        "composes",
        "plans",
        "renders",
        "preflights",
        "manifest",
    ):
        assert word in verbs
        assert word in progress, f"no progress line says “{word}”"
