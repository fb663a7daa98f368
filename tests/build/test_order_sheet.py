"""Order sheets for print shops, and the room left in every panel."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner

from leaflets.build.fit import Fit, draw_fit, fit_of, format_fit
from leaflets.build.front import analyse
from leaflets.build.manifest import Entry
from leaflets.build.order_sheet import order_name, order_sheet
from leaflets.cli.main import main
from leaflets.digest import Fingerprint
from leaflets.pages.composition import Composition, Target
from leaflets.pdf.facts import LayoutFacts
from leaflets.sources.material import read_material

ROOT = Path(__file__).resolve().parents[2]
MATERIAL, _ = read_material(ROOT)


@pytest.fixture(scope="module")
def press() -> dict[tuple[str, str], Composition]:
    """Compose a leaflet for both shops, in two directions."""
    front = analyse(ROOT, ("trifold-press",))
    return {
        (one.target.locale, one.target.paper): one
        for one in front.compositions
        if one.target.edition == "trifold-press" and one.target.leaflet == "symptoms"
    }


def entry(made: Composition) -> Entry:
    """List a press file as a build would."""
    output = f"{made.target}.pdf"
    return Entry(made.target, output, "ab" * 32, 9, 2, Fingerprint(()), "draft", "ff")


def words(made: Composition) -> str:
    """Give all texts of a page."""
    return " ".join(one.text for one in made.passages)


def test_a_sheet_lies_beside_its_file() -> None:
    """The order sheet has the file's name and its own ending."""
    assert order_name("ar/a.trifold-press.A4.pdf") == "ar/a.trifold-press.A4.order.pdf"


@pytest.mark.parametrize(
    ("locale", "paper", "told"),
    [
        ("en", "A4", "97 + 100 + 100 mm"),
        ("ar", "A4", "100 + 100 + 97 mm"),
        ("en", "Letter", "(3.625 + 3.688 + 3.688 in)"),
    ],
)
def test_it_says_what_a_shop_asks(
    press: dict[tuple[str, str], Composition], locale: str, paper: str, told: str
) -> None:
    """Trim, fold, panels, stock, quantity, condition and the digest of the file."""
    made = press[locale, paper]
    text = words(order_sheet(MATERIAL, made, entry(made)))

    shop = made.shop
    assert shop
    for wanted in (told, shop.stock, shop.condition, "500 copies", "C-fold", "ab" * 16):
        assert wanted in text
    assert "This leaflet is a draft" in text


def test_a_fact_in_a_title_stands_on_the_sheet(
    press: dict[tuple[str, str], Composition],
) -> None:
    """In the text and in the title of the file."""
    made = press["en", "A4"]
    value = next(one for one in MATERIAL.evidence.values if one.form == "year")
    text = f"Symptoms {{{value.placeholder}}}"
    documents = tuple(
        replace(document, title=replace(document.title, text=text))
        for document in MATERIAL.documents
    )
    sheet = order_sheet(replace(MATERIAL, documents=documents), made, entry(made))
    assert f"Symptoms {value.value}" in words(sheet)
    assert sheet.title == f"Order: Symptoms {value.value}"


def test_an_approved_leaflet_is_not_stopped(
    press: dict[tuple[str, str], Composition],
) -> None:
    """Only what is not approved is called so on its order sheet."""
    made = press["en", "A4"]
    sheet = order_sheet(MATERIAL, made, replace(entry(made), standing="approved"))

    assert "Do not print" not in words(sheet)


@pytest.fixture
def shop(tiny: Path, with_fonts: Callable[[Path], None]) -> Path:
    """Build the tiny project in English, with a press edition."""
    root = tiny
    with_fonts(root)
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    start = project.index("[tool.leaflets.shop.europe]")
    table = project[start : project.index("[tool.leaflets.shop.america]")]
    edition = (
        '[tool.leaflets.edition.shop]\ntemplate = "sheet.html"\npapers = ["A4"]\n'
        'size = 12\nsmallest = 10\npages = 4\nmargin = 8\nshops = ["europe"]\n\n'
    )
    text = text.replace(
        "[tool.leaflets.clinic]", edition + table + "[tool.leaflets.clinic]"
    )
    (root / "pyproject.toml").write_text(text, encoding="utf-8")
    (root / "profiles").mkdir()
    profile = (ROOT / "profiles" / "fogra39.icc").read_bytes()
    (root / "profiles" / "fogra39.icc").write_bytes(profile)
    run(root, "build", "--locale", "en", "--workers", "1")
    return root


def run(root: Path, *command: str) -> str:
    """Run a command that finds nothing; give what it prints."""
    told = CliRunner().invoke(main, [*command, "--project", str(root)])
    assert told.exit_code == 0, told.output
    return told.output


def test_a_build_writes_it_and_takes_it_away(shop: Path) -> None:
    """The order sheet is made with the press file, again when lost, and goes with it."""
    sheet = shop / "build" / "en" / "tiny.shop.A4.order.pdf"
    with pikepdf.open(sheet) as pdf:
        assert len(pdf.pages) == 1
    sheet.unlink()
    run(shop, "build", "--locale", "en", "--workers", "1")
    assert sheet.is_file()
    project = shop / "pyproject.toml"
    text = project.read_text(encoding="utf-8")
    start = text.index("[tool.leaflets.edition.shop]")
    end = text.index("[tool.leaflets.shop.europe]")
    project.write_text(text[:start] + text[end:], encoding="utf-8")
    run(shop, "build", "--workers", "1")
    assert not sheet.exists()


def fit(locale: str, rooms: tuple[float, ...], *, pages: int = 6) -> Fit:
    """Measure a folded sheet."""
    target = Target("a", locale, "trifold", "A4")
    return Fit(target, 6, True, pages, 11.5, rooms, (5,))


def test_a_table_tells_room_and_what_is_too_long() -> None:
    """Panels down, locales across; notes and overflow are marked."""
    text = format_fit(
        [fit("de", (1.0,) * 7, pages=7), fit("en", (40.4, 2.0, 3.0, 4.0, 150.0, 5.0))]
    )

    lines = [one.split() for one in text.splitlines()]
    assert lines[0] == ["a", "trifold", "A4"]
    assert lines[1] == ["de", "en"]
    assert lines[2] == ["panel", "1", "1", "40"]
    assert lines[6] == ["panel", "5", "1n", "150n"]
    assert lines[8] == ["panel", "7", "!", "·"]
    assert lines[9] == ["type", "11.5", "pt", "11.5", "pt"]


def test_a_heat_map_is_darkest_where_it_is_full() -> None:
    """Every panel is drawn once, in the shade of its room, with its number."""
    drawing = draw_fit([fit("en", (1.0, 5.0, 20.0, 50.0, 100.0, 100.0))]).decode()

    shades = ("#0b5563", "#558d96", "#9fc5ca", "#dcebed", "#ffffff", "#ffffff")
    found = [f'fill="{shade}" stroke' for shade in shades]
    places = [drawing.index(one) for one in found[:5]]
    assert places == sorted(places)
    assert drawing.count("stroke-width") == 6


def test_a_layout_gives_its_fit(press: dict[tuple[str, str], Composition]) -> None:
    """Where type did not shrink its size is the edition's."""
    layout = LayoutFacts(6, rooms=(1.0,) * 6)

    assert fit_of(press["en", "A4"], layout, 13.0).size == 13.0
    assert fit_of(press["en", "A4"], replace(layout, size=11.0), 13.0).size == 11.0
    assert fit_of(press["en", "A4"], layout, 13.0).fits
    assert not fit_of(press["en", "A4"], replace(layout, pages=7), 13.0).fits


def test_the_command_reads_the_last_build(shop: Path) -> None:
    """`leaflets fit` tells pages, and draws the map."""
    told = run(shop, "fit")

    assert "tiny  sheet  A4" in told
    assert (shop / "build" / "fit.svg").read_bytes().startswith(b"<svg")
