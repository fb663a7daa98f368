"""Other ways to make the same pages, each as its users would call it."""

import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from leaflets.build.front import analyse

ROOT = Path(__file__).resolve().parents[2]
FONTS = ROOT / "build" / "fonts"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or ""


@dataclass(frozen=True, slots=True)
class Page:
    """One document: as HTML with its stylesheet, and in Typst's own language."""

    html: Path
    typst: Path


def write_pages(project: Path, folder: Path) -> list[Page]:
    """Write every composition as files that other programs read."""
    pages = []
    for number, one in enumerate(analyse(project).compositions):
        place = folder / str(number)
        place.mkdir(parents=True)
        for asset in one.assets:
            (place / asset.name).parent.mkdir(parents=True, exist_ok=True)
            (place / asset.name).write_bytes(asset.data)
        style = f"<style>{one.stylesheet}</style></head>"
        html = one.html.replace("</head>", style, 1).replace("asset:", "")
        (place / "page.html").write_text(html, encoding="utf-8")
        lines = [
            f'#set document(title: "{_quoted(one.title)}")',
            f'#set text(font: ({", ".join(f"{name!r}" for name in one.families)},), size: 12pt, lang: "{one.language.split("-")[0]}")'.replace(
                "'", '"'
            ),
            '#set page(paper: "a4", margin: 18mm, footer: context counter(page).display())',
            "#set par(leading: 0.8em)",
        ]
        for passage in one.passages:
            head = passage.key in ("title",) or passage.key.startswith("h-")
            text = f'#text("{_quoted(passage.text)}")'
            lines.append(f"= {text}" if head else text)
            lines.append("")
        for asset in one.assets:
            lines.append(
                f'#figure(image("{asset.name}", alt: "drawing", width: 120mm))'
            )
        (place / "page.typ").write_text("\n".join(lines), encoding="utf-8")
        pages.append(Page(place / "page.html", place / "page.typ"))
    return pages


def _quoted(text: str) -> str:
    plain = "".join(char for char in text if char not in "\u2066\u2067\u2068\u2069")
    return plain.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")


def _environment() -> dict[str, str]:
    return {**os.environ, "FONTCONFIG_FILE": str(ROOT / "build" / "fonts.conf")}


def engine_loop(pages: list[Page]) -> float:
    """Run the engine's command on one page after the other, as a script would."""
    command = str(Path(sys.executable).parent / "weasyprint")
    start = time.perf_counter()
    for page in pages:
        subprocess.run(
            [command, "--pdf-variant", "pdf/ua-1", page.html.name, "page.pdf"],
            cwd=page.html.parent,
            env=_environment(),
            stderr=subprocess.DEVNULL,
            check=True,
        )
    return time.perf_counter() - start


WARM = """
import sys
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
for path in sys.argv[1:]:
    page = HTML(filename=path)
    page.write_pdf(path + ".pdf", font_config=fonts, pdf_variant="pdf/ua-1")
"""


def engine_warm(pages: list[Page]) -> float:
    """Run the engine on all pages in one process."""
    paths = [str(page.html) for page in pages]
    start = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", WARM, *paths],
        env=_environment(),
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - start


TYPST = """
import sys
import typst
for path in sys.argv[2:]:
    typst.compile(
        path, output=path + ".pdf", font_paths=[sys.argv[1]], ignore_system_fonts=True
    )
"""


def typst_each(pages: list[Page]) -> float:
    """Run Typst on each page in a process of its own."""
    start = time.perf_counter()
    for page in pages:
        _typst([page])
    return time.perf_counter() - start


def typst_warm(pages: list[Page]) -> float:
    """Run Typst on all pages in one process."""
    start = time.perf_counter()
    _typst(pages)
    return time.perf_counter() - start


def _typst(pages: list[Page]) -> None:
    paths = [str(page.typst) for page in pages]
    subprocess.run([sys.executable, "-c", TYPST, str(FONTS), *paths], check=True)


def chromium(pages: list[Page]) -> float:
    """Let headless Chromium print each page, tagged."""
    start = time.perf_counter()
    for page in pages:
        subprocess.run(
            [
                *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu"),
                *("--no-pdf-header-footer", "--generate-pdf-document-outline"),
                f"--print-to-pdf={page.html.parent / 'chromium.pdf'}",
                page.html.as_uri(),
            ],
            env=_environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
            timeout=120,
        )
    return time.perf_counter() - start
