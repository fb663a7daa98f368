"""The build, measured in processes of its own, on copies of the project."""

import json
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from leaflets.build.options import Options
from leaflets.build.round import build_round
from leaflets.build.session import open_session
from leaflets.pages.composition import Choice

ROOT = Path(__file__).resolve().parents[2]
INPUTS = ("content", "fonts", "locales", "profiles", "templates", "pyproject.toml")
STATE: dict[str, Any] = {}
"""What the last cold build told: targets, pages, memory."""
MORE = [
    "de_AT",
    "de_CH",
    "de_LI",
    "de_LU",
    "en_AU",
    "en_BZ",
    "en_CA",
    "en_GB",
    "en_IE",
    "en_IN",
    "en_JM",
    "en_KE",
    "en_MT",
    "en_NG",
    "en_NZ",
    "en_PH",
    "en_SG",
    "en_TT",
    "en_US",
    "en_ZA",
    "es_AR",
    "es_BO",
    "es_CL",
    "es_CO",
    "es_CR",
    "es_CU",
    "es_DO",
    "es_EC",
    "es_GT",
    "es_HN",
    "es_MX",
    "es_NI",
    "es_PA",
    "es_PE",
    "es_PR",
    "es_PY",
    "es_SV",
    "es_US",
    "es_UY",
    "es_VE",
    "fr_BE",
    "fr_BF",
    "fr_BI",
    "fr_BJ",
    "fr_CA",
    "fr_CD",
    "fr_CF",
    "fr_CG",
    "fr_CH",
    "fr_CI",
    "fr_CM",
    "fr_DJ",
    "fr_DZ",
    "fr_GA",
    "fr_GN",
    "fr_HT",
    "fr_LU",
    "fr_MA",
    "fr_MC",
    "fr_MG",
    "fr_ML",
    "fr_MR",
    "fr_NE",
    "fr_RW",
    "fr_SN",
    "fr_TD",
    "fr_TG",
    "fr_TN",
    "it_CH",
    "it_SM",
    "nl_BE",
    "nl_SR",
    "pt_AO",
    "pt_MZ",
    "pt_PT",
]
"""Locales of the same languages, for growth: their catalogs are copies."""


def copy(folder: Path, locales: tuple[str, ...]) -> Path:
    """Copy the project with some languages, one edition and nothing built."""
    project = folder / "project"
    project.mkdir()
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("node_modules", "__pycache__")
            shutil.copytree(source, project / name, ignore=ignored)
        else:
            shutil.copy(source, project / name)
    (project / "build").mkdir()
    shutil.copytree(ROOT / "build" / "fonts", project / "build" / "fonts")
    shutil.copy(ROOT / "build" / "fonts.conf", project / "build")
    path = project / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^locales = .*$", f"locales = {json.dumps(locales)}", text)
    # One edition, which every way can set: nothing is fitted in it, nothing imposed.
    text = re.sub(
        r"(?ms)^\[tool\.leaflets\.edition\.(?!sheet\]).*?(?=^\[tool\.leaflets\.(?:edition\.sheet\]|shop|clinic))",
        "",
        text,
    )
    text = text.replace('papers = ["A4", "Letter"]', 'papers = ["A4"]', 1)
    path.write_text(text, encoding="utf-8")
    for place in (project / "locales").iterdir():
        if place.is_dir() and place.name not in locales:
            shutil.rmtree(place)
    return project


def build(project: Path) -> tuple[float, dict[str, Any]]:
    """Run `leaflets build` in a process of its own; seconds and what it tells."""
    words = ("-m", "leaflets", "build", "--format", "json", "--project", str(project))
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *words], capture_output=True, check=False)
    seconds = time.perf_counter() - start
    if done.returncode:
        sys.exit(done.stdout.decode()[-2000:] + done.stderr.decode()[-2000:])
    told = json.loads(done.stdout)
    return seconds, {
        "targets": len(told["targets"]),
        "pages": sum(one["pages"] for one in told["targets"]),
        "memory": told["memory"],
        "languages": len({one["locale"] for one in told["targets"]}),
    }


OF_ONE = re.compile(
    r'(#: content/symptoms\.md\n(?:#[.,].*\n)*(?:msgctxt .*\n)?msgid "[^{\n]{40,}"\nmsgstr ")'
    r"(?:الآن )*"
)
"""A translation that only one leaflet uses."""


def change_word(project: Path, number: int) -> None:
    """Change one translation of one leaflet."""
    path = project / "locales/ar/LC_MESSAGES/messages.po"
    text = path.read_text(encoding="utf-8")
    new, count = OF_ONE.subn(lambda one: one[1] + "الآن " * number, text, count=1)
    assert count, "there is no translation to change"
    path.write_text(new, encoding="utf-8")


def change_template(project: Path) -> None:
    """Change a rule that every page is set with."""
    path = project / "templates" / "sheet.css"
    text = path.read_text(encoding="utf-8")
    path.write_text(f"{text}\n.nobody {{ color: red }}\n", encoding="utf-8")


def add_language(project: Path) -> float:
    """Add a language and build; seconds."""
    shutil.copytree(ROOT / "locales" / "de", project / "locales" / "de")
    path = project / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('locales = ["en", ', 'locales = ["en", "de", ', 1),
        encoding="utf-8",
    )
    return build(project)[0]


def watch_one(project: Path) -> float:
    """Change a word of one leaflet while the process is warm; median seconds."""
    session = open_session(project)
    options = Options(asked=("ar", "sheet", "A4"))
    choice = Choice(("symptoms",), ("ar",), ("sheet",), ("A4",))

    def again() -> float:
        start = time.perf_counter()
        result = build_round(session, choice, options)
        assert [one.state for one in result.targets] == ["built"]
        return time.perf_counter() - start

    change_word(project, 2)
    again()
    found = []
    for number in range(3, 8):
        change_word(project, number)
        found.append(again())
    return sorted(found)[len(found) // 2]


def grow(folder: Path, count: int) -> dict[str, float]:
    """Build one leaflet in many languages, cold and again; seconds."""
    base = [one.name for one in (ROOT / "locales").iterdir() if one.is_dir()]
    locales = ("en", *sorted(base), *MORE)[:count]
    project = copy(folder, locales)
    for name in locales:
        place = project / "locales" / name
        if not place.exists() and name in MORE:
            source = ROOT / "locales" / ("pt_BR" if name.startswith("pt") else name[:2])
            if name[:2] == "en":
                source = ROOT / "locales" / "de"
            shutil.copytree(source, place)
            path = place / "LC_MESSAGES" / "messages.po"
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"Language: \w+", f"Language: {name}", text)
            path.write_text(text, encoding="utf-8")
    for path in (project / "content").glob("*.md"):
        if path.stem not in ("stem-cells", "EDITORIAL"):
            path.unlink()
    words = ("-m", "leaflets", "build", "--format", "json", "--project", str(project))
    start = time.perf_counter()
    done = subprocess.run([sys.executable, *words], capture_output=True, check=False)
    cold = time.perf_counter() - start
    made = len(list((project / "build").glob("*/*.pdf")))
    start = time.perf_counter()
    subprocess.run([sys.executable, *words], capture_output=True, check=False)
    again = time.perf_counter() - start
    memory = json.loads(done.stdout)["memory"] / 1024
    return {
        "languages": count,
        "files": made,
        "cold": cold,
        "again": again,
        "memory": memory,
    }
