"""The PDF half: what is set is measured, finished, inspected and judged."""

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from leaflets.diagnostics import LeafletsError, Location
from leaflets.pages.composition import Passage
from leaflets.pdf.engine.render import use_fonts
from leaflets.pdf.facts import LayoutFacts, PdfFacts
from leaflets.pdf.read.inspect import inspect
from typesetting import (
    LOREM,
    TEXTS,
    codes,
    findings,
    page,
    typeset,
    with_image,
    with_label,
)

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9"/></svg>'


@pytest.mark.parametrize("name", TEXTS)
def test_a_sound_page_has_no_findings(name: str) -> None:
    """Text in every script is found again, word by word and glyph by glyph."""
    assert [str(one) for one in findings(page(name))] == []


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_that_is_not_laid_out_is_told(name: str) -> None:
    """A passage whose last words are missing from the page is lost text, at its line."""
    made = page(name)
    longer = made.passages[0].text + " " + TEXTS[name].format(n=7)
    made = replace(made, passages=(replace(made.passages[0], text=longer),))
    (one,) = findings(made)
    assert (one.code, one.location.path, one.location.line) == (
        "text-lost",
        "locales/x.po",
        7,
    )


def changed(data: bytes) -> bytes:
    """Draw another glyph of the same text in place of the first."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        stream = pikepdf.parse_content_stream(pdf.pages[0])
        best = max(
            (i for i, (_, operator) in enumerate(stream) if str(operator) == "TJ"),
            key=lambda i: sum(
                len(bytes(part))
                for part in stream[i][0][0]
                if isinstance(part, pikepdf.String)
            ),
        )
        parts = list(stream[best][0][0])
        places = [i for i, part in enumerate(parts) if isinstance(part, pikepdf.String)]
        glyphs = b"".join(bytes(parts[i]) for i in places)
        other = next(
            glyphs[at : at + 2]
            for at in range(2, len(glyphs), 2)
            if glyphs[at : at + 2] not in (glyphs[:2], b"\0\3", b"\0j")
        )
        parts[places[0]] = pikepdf.String(other + bytes(parts[places[0]])[2:])
        stream[best] = ([pikepdf.Array(parts)], pikepdf.Operator("TJ"))
        pdf.pages[0].Contents = pdf.make_stream(pikepdf.unparse_content_stream(stream))
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize("name", TEXTS)
def test_a_glyph_changed_in_the_file_is_found(name: str) -> None:
    """One wrong letter in the finished file is enough, in every script."""
    made = page(name)
    _, data = typeset(made)
    found = codes(made, changed(data))
    assert "text-missing-in-pdf" in found
    assert "text-unexplained" in found


def test_text_dropped_by_a_box_of_fixed_height_is_told() -> None:
    """The engine drops what does not fit; the page count says nothing."""
    text = LOREM * 30
    style = "height: 40mm; overflow: hidden"
    made = page(text=text, body=f'<div style="{style}"><p id="p1">{text}</p></div>')
    assert "text-lost" in codes(made)


def test_hidden_text_is_told() -> None:
    """What is composed but not displayed is lost."""
    assert codes(page(css="#p1 { display: none }"))[0] == "text-lost"


def test_refused_files_are_told() -> None:
    """A page that asks for a file outside of it gets nothing, and says so."""
    for source in ("file:///etc/passwd", "https://example.org/a.png", "asset:b.svg"):
        assert "refused-file" in codes(with_image(source))
    assert codes(with_image("asset:a.svg", SVG)) == []


def test_a_broken_image_is_told() -> None:
    """An image that cannot be read leaves a hole; it is an error."""
    assert "broken-image" in codes(with_image("asset:a.svg", b"no image"))


def test_a_missing_glyph_is_told_at_its_text() -> None:
    """A letter that no font has is told where it was typed."""
    found = findings(page("en", "A rare letter: ཀ."))
    one = next(one for one in found if one.code == "missing-glyph")
    assert one.location == Location("locales/x.po", 7)


def test_what_the_engine_says_is_told() -> None:
    """An unknown property is a record of the engine's, and an error of ours."""
    assert codes(page(css="p { colour-of-hope: green }")) == ["engine-message"]


def test_a_label_too_long_for_its_box() -> None:
    """A label is measured against the box that its figure gives it."""
    assert codes(with_label("Short", 40, 8)) == []
    found = findings(with_label(LOREM, 40, 8))
    one = next(one for one in found if one.code == "box-overflow")
    assert one.location.line == 9
    assert "mm too long" in one.message


def test_a_word_too_wide_for_its_box() -> None:
    """A long word that cannot break sticks out at the side."""
    found = findings(with_label("Donaudampfschifffahrtsgesellschaft", 20, 30))
    assert any("mm too wide" in one.message for one in found)


def test_text_too_near_the_edge() -> None:
    """Text in the margin that printers leave white is told."""
    assert "outside-margins" in codes(page(css="#p1 { margin-left: -15mm }"))


def test_more_pages_than_the_edition_holds() -> None:
    """A text that needs three pages does not fit an edition of two."""
    made = page(text=LOREM * 60)
    assert codes(made) == ["page-limit"]
    assert codes(replace(made, page_limit=9)) == []


def test_a_heading_alone_at_the_foot() -> None:
    """A heading whose text went to the next page is told."""
    body = (
        '<div style="height: 245mm"></div><h2 id="h1" data-passage>Alone</h2>'
        '<p id="p1" data-passage style="break-before: page">Words</p>'
    )
    made = page(text="Words", body=body, css="h2 { margin: 0; font-size: 12pt }")
    heading = Passage("h1", "Alone", Location("content/a.md", 9))
    made = replace(made, passages=(heading, made.passages[0]))
    assert codes(made) == ["heading-alone"]


def balance(split: bool) -> list[str]:
    """Typeset benefit and harm, on one page or on two."""
    rule = "break-before: page" if split else ""
    tags = ("benefits", "death", "limits", "fertility")
    body = "".join(
        f'<p id="q{i}" data-passage style="{rule if i else ""}">{tag}</p>'
        for i, tag in enumerate(tags)
    )
    made = page(text="x", body=body)
    passages = tuple(
        Passage(f"q{i}", tag, Location("content/a.md", i + 1), tags=(tag,))
        for i, tag in enumerate(tags)
    )
    return codes(replace(made, passages=passages, page_limit=9))


def test_benefit_and_harm_share_a_page() -> None:
    """Benefit on a page without death, limits and fertility is told."""
    assert balance(split=False) == []
    assert "benefit-alone" in balance(split=True)


def test_type_below_the_edition_is_told() -> None:
    """Nine points are too small where ten are the least."""
    assert codes(page(size=9)) == ["type-too-small"]


def test_furniture_missing_from_a_page() -> None:
    """What must stand on every page is looked for on every page."""
    made = replace(page(), furniture=("DRAFT", "What is MS?"))
    assert codes(made) == ["furniture-missing"]


def test_a_font_of_another_locale_is_told() -> None:
    """Text set in a family that the locale does not name is an error."""
    assert "foreign-font" in codes(page("en", "Peace: שלום"))


def edited(data: bytes, change: str) -> bytes:
    """Spoil one fact of a finished file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        match change:
            case "title":
                pdf.docinfo.Title = "Other"
            case "language":
                pdf.Root.Lang = pikepdf.String("xx")
            case "tags":
                del pdf.Root.StructTreeRoot
            case "size":
                pdf.pages[0].trimbox = [0, 0, 300, 300]
            case "count":
                pdf.pages.append(pdf.pages[0])
            case "font":
                fonts = pdf.pages[0].resources.Font
                inner = next(iter(fonts.values())).DescendantFonts[0]
                for end in ("", "2", "3"):
                    if f"/FontFile{end}" in inner.FontDescriptor:
                        del inner.FontDescriptor[f"/FontFile{end}"]
            case "direction":
                pdf.Root.ViewerPreferences.Direction = pikepdf.Name("/R2L")
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("title", "no-title"),
        ("language", "no-language"),
        ("tags", "not-tagged"),
        ("size", "wrong-page-size"),
        ("count", "wrong-page-count"),
        ("font", "font-not-embedded"),
        ("direction", "wrong-direction"),
    ],
)
def test_a_spoilt_file_is_found(change: str, code: str) -> None:
    """Each fact of the finished file is looked at, not taken for granted."""
    made = page()
    _, data = typeset(made)
    assert code in codes(made, edited(data, change))


def test_a_page_without_text_is_told() -> None:
    """A page that holds no text of the leaflet is wasted paper, or lost text."""
    body = '<p id="p1" data-passage>Words</p><div style="break-before: page">x</div>'
    made = page(text="Words", body=body)
    assert codes(made) == ["empty-page"]


def test_an_image_without_alt_text_is_told() -> None:
    """A figure that says nothing to those who do not see it is an error."""
    made = with_image("asset:a.svg", SVG)
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    assert (facts.figures, facts.alternates) == (1, 1)
    spoilt = replace(facts, alternates=0)
    from leaflets.checks.page.preflight import check_pdf

    found = [one.code for one in check_pdf(spoilt, rendered.layout, made)]
    assert found == ["no-alt-text"]


def test_empty_boxes_for_characters_are_counted() -> None:
    """Glyph 0 in the file is told even if the engine was silent."""
    made = page()
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    spoilt = replace(facts, pages=(replace(facts.pages[0], notdef=2),))
    from leaflets.checks.page.preflight import check_pdf

    found = [one.code for one in check_pdf(spoilt, rendered.layout, made)]
    assert found == ["notdef-glyph"]


def test_facts_survive_their_journey_to_json() -> None:
    """What is stored beside the PDF is what was measured."""
    made = page("hi")
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    assert PdfFacts.from_json(facts.to_json()) == facts
    assert LayoutFacts.from_json(rendered.layout.to_json()) == rendered.layout
    for broken in ({}, [], None, {"pages": "x"}, facts.to_json() | {"more": 1}):
        with pytest.raises((ValueError, TypeError)):
            PdfFacts.from_json(broken)


def test_viewers_are_told_how_to_print() -> None:
    """Size, duplex edge and reading direction are preset."""
    made = page("he")
    rendered, data = typeset(made)
    facts = inspect(data, rendered.layout, made)
    assert (facts.scaling, facts.duplex, facts.direction) == (
        "None",
        "DuplexFlipLongEdge",
        "R2L",
    )
    assert facts.conformance == "PDF/UA-1"


SCRIPT = """
import hashlib, sys
sys.path[:0] = [{src!r}, {tests!r}]
from typesetting import page, typeset
for name in ("en", "ar", "hi"):
    print(hashlib.sha256(typeset(page(name))[1]).hexdigest())
"""


def test_the_same_page_gives_the_same_bytes() -> None:
    """Two processes with other hash seeds and time zones write equal files."""
    here = Path(__file__).resolve().parents[2]
    code = SCRIPT.format(src=str(here.parent / "src"), tests=str(here))
    made = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PATH": "/usr/bin:/bin"},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert made[0] == made[1]
    assert len(set(made[0].split())) == 3


def test_missing_fonts_are_told(tmp_path: Path) -> None:
    """Without the fonts nothing is set in whatever the machine has."""
    with pytest.raises(LeafletsError) as caught:
        use_fonts(tmp_path / "fonts.conf")
    assert caught.value.diagnostics[0].code == "font-missing"


def test_a_missing_library_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without HarfBuzz-Subset the engine would be 60 times slower; we stop."""
    monkeypatch.setattr("ctypes.util.find_library", lambda name: None)
    monkeypatch.setattr(sys, "platform", "linux")
    root = Path(__file__).resolve().parents[3]
    with pytest.raises(LeafletsError) as caught:
        use_fonts(root / "build" / "fonts.conf")
    assert caught.value.diagnostics[0].code == "library-missing"
    assert "apt-get" in caught.value.diagnostics[0].hint
