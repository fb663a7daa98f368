"""Fitting: the largest type that fits is chosen, and what does not fit is told.

Lines of planted texts have a fixed height and never wrap, so that counting says how
many a panel holds; what the house says is compared with the count.
"""

import re
from dataclasses import dataclass, replace
from functools import cache
from math import floor

import pytest

from leaflets.checks.page.layout import check_layout
from leaflets.checks.page.room import LINE
from leaflets.diagnostics import Diagnostic, Location, Severity
from leaflets.languages.locale import find_locale
from leaflets.pages.composition import Composition, Passage, Step, Target
from leaflets.paper.fold import FOLDS
from leaflets.paper.rectangle import Margins
from leaflets.pdf.engine.render import render, use_fonts
from leaflets.pdf.facts import LayoutFacts
from typesetting import ROOT

WORDS = {
    "en": "An office line",
    "de": "Größe und Fuß",
    "ru": "Объём и ёлка",
    "ar": "يُعالَج التصلب لا محالة",
    "he": "טרשת נפוצה ועוד",
    "zh_Hans": "多发性硬化",
    "hi": "क्या किस्त है",
}
"""One short line in each script; a number is added to each."""
HEIGHT = 18.5
"""Room for text on a panel of 40 × 40 mm."""
SIZES = tuple(round(8 - 0.3 * step, 2) for step in range(11))
"""Type of each step in pt, largest first."""
PITCHES = tuple(round(6 - 0.3 * step, 2) for step in range(11))
"""Distance of baselines of each step in mm; several steps hold equally many lines."""
THIRDS = (0, 5, 10)
"""The largest step, the first that holds a line more, and the smallest."""


def holds(step: int, pages: int) -> int:
    """Count the lines that pages hold at a step: whole lines only."""
    return pages * floor(HEIGHT / PITCHES[step])


@dataclass(frozen=True, slots=True)
class Planted:
    """A text that is known to fit or not."""

    locale: str
    fold: str
    pages: int
    lines: int

    @property
    def step(self) -> int:
        """Give the largest step that holds it; the smallest where none does."""
        for step in range(len(SIZES)):
            if holds(step, self.pages) >= self.lines:
                return step
        return len(SIZES) - 1

    @property
    def over(self) -> int:
        """Count the lines that are too many at the smallest step."""
        return max(self.lines - holds(len(SIZES) - 1, self.pages), 0)

    def __str__(self) -> str:
        return f"{self.locale}-{self.fold}-{self.pages}-{self.lines}"


def planted() -> list[Planted]:
    """Plant texts around what is just full, at three steps, in each script.

    One line under, full and one over; far over, at the smallest step only.
    """
    made = []
    sheets = [(name, "none", 2) for name in WORDS]
    sheets += [(name, "z", 6) for name in ("en", "ar")]
    for locale, fold, pages in sheets:
        counts = {holds(step, pages) + more for step in THIRDS for more in (-1, 0, 1)}
        counts |= {holds(THIRDS[-1], pages) + more for more in (4, 17)}
        made += [Planted(locale, fold, pages, one) for one in sorted(counts)]
    return made


PLANTED = planted()
NOTES = "".join(
    f'<section class="notes" id="notes-{one}"><p>Notes</p></section>'
    for one in range(1, 5)
)
"""Pages for notes, hidden until a sheet has room for them."""


def composed(
    body: str,
    passages: tuple[Passage, ...],
    *,
    locale: str = "en",
    fold: str = "none",
    pages: int = 9,
    css: str = "",
    steps: int = 0,
) -> Composition:
    """Compose panels of 40 × 40 mm; `steps` says how many times type may shrink."""
    found = find_locale(locale)
    assert found
    families = ", ".join(f'"{one}"' for one in found.setting.families)

    def style(step: int) -> str:
        return (
            "@page { size: 40mm 40mm; margin: 10.75mm 3mm }"
            f"html {{ font: {SIZES[step]}pt/{PITCHES[step]}mm {families} }}"
            "body, p, h2, div, section { margin: 0; padding: 0 }"
            "h2 { font-size: 100%; break-after: auto }"
            "p { white-space: nowrap } .page { break-before: page }"
            ".notes { display: none; break-before: page; break-after: page }" + css
        )

    return Composition(
        target=Target("a", locale, "panels", "A4"),
        language=found.tag,
        direction=found.direction,
        title="Panels",
        html=(
            f'<!DOCTYPE html><html lang="{found.tag}" dir="{found.direction}"><head>'
            f"<title>Panels</title></head><body>{body}</body></html>"
        ),
        stylesheet=style(0),
        assets=(),
        families=found.setting.families,
        passages=passages,
        furniture=(),
        boxes=(),
        page_size=(40.0, 40.0),
        margins=Margins.all_round(2.0),
        page_limit=pages,
        minimum_size=SIZES[steps],
        standing="approved",
        date="2026-01-01T00:00:00Z",
        location=Location("content/a.md", 1),
        fold=FOLDS[fold],
        steps=tuple(Step(SIZES[one], style(one)) for one in range(1, steps + 1)),
    )


def line(key: str, text: str, number: int, **more: object) -> Passage:
    """Make the passage of one line of text."""
    source = Location("content/a.md", number)
    return replace(Passage(key, text, source), **more)  # type: ignore[arg-type]


def compose(case: Planted) -> Composition:
    """Compose a planted text, a passage for each line."""
    texts = [f"{WORDS[case.locale]} {one}" for one in range(1, case.lines + 1)]
    passages = tuple(line(f"p{at}", text, at) for at, text in enumerate(texts, 1))
    body = "".join(f'<p id="{one.key}" data-passage>{one.text}</p>' for one in passages)
    return composed(
        body + NOTES,
        passages,
        locale=case.locale,
        fold=case.fold,
        pages=case.pages,
        steps=len(SIZES) - 1,
    )


def judged(made: Composition) -> tuple[LayoutFacts, list[Diagnostic]]:
    """Lay a composition out and judge the layout."""
    use_fonts(ROOT / "build" / "fonts.conf")
    rendered = render(made)
    assert rendered.diagnostics == ()
    return rendered.layout, list(check_layout(rendered.layout, made))


@cache
def fitted(case: Planted) -> tuple[LayoutFacts, tuple[Diagnostic, ...]]:
    """Lay a planted text out, once for all tests."""
    layout, found = judged(compose(case))
    return layout, tuple(found)


def codes(made: Composition) -> list[str]:
    """List what is said of a layout."""
    return [one.code for one in judged(made)[1]]


def test_enough_is_planted() -> None:
    """Every script has texts that fit at each third of the ladder, and that do not."""
    assert len(PLANTED) >= 60
    for locale in WORDS:
        own = [one for one in PLANTED if one.locale == locale]
        assert {one.step for one in own} >= set(THIRDS)
        assert {min(one.over, 2) for one in own} == {0, 1, 2}


def test_no_false_alarm_and_none_missed() -> None:
    """What fits is never told, what is one line too long always is, and no more."""
    alarms, missed, other = [], [], []
    for case in PLANTED:
        told = [one.code for one in fitted(case)[1]]
        other += [f"{case}: {one}" for one in told if one != "page-limit"]
        if case.over == 0 and "page-limit" in told:
            alarms.append(str(case))
        if case.over and told.count("page-limit") != 1:
            missed.append(str(case))
    assert (alarms, missed, other) == ([], [], [])


@pytest.mark.parametrize("case", PLANTED, ids=str)
def test_the_largest_type_that_holds_is_chosen(case: Planted) -> None:
    """No step before the chosen one holds the text; its size is told in pt."""
    layout, _ = fitted(case)
    assert layout.step == case.step
    assert layout.size == (SIZES[case.step] if case.step else 0.0)
    assert (layout.pages > case.pages) == bool(case.over)


def test_the_floor_is_never_broken() -> None:
    """All type is of the chosen step, and none is smaller than the smallest."""
    for case in PLANTED:
        layout, _ = fitted(case)
        sizes = {one.size for one in layout.fragments}
        assert len(layout.fragments) >= case.lines
        assert min(sizes) >= SIZES[-1] - 0.05
        assert max(sizes) - min(sizes) < 0.02
        assert min(sizes) == pytest.approx(SIZES[case.step], abs=0.02)


@pytest.mark.parametrize("case", [one for one in PLANTED if one.over], ids=str)
def test_what_is_too_long_is_told_in_millimetres(case: Planted) -> None:
    """The millimetres told are those of the lines that are too many, within one line."""
    (one,) = fitted(case)[1]
    told = re.search(r"is (\d+) mm \(about (\d+) words\) too long in 5 pt", one.message)
    assert told
    pitch = PITCHES[-1]
    assert abs(int(told[1]) - case.over * pitch) <= max(pitch, LINE)
    words = len(f"{WORDS[case.locale]} 1".split())
    assert abs(int(told[2]) - case.over * words) <= words + 1
    assert one.message.startswith("panel 6" if case.fold == "z" else "page 2")


FULL = Planted("en", "none", 2, holds(0, 2))
"""Fills two pages in the largest type: half a millimetre is left."""


@pytest.mark.parametrize(
    ("slack", "step"),
    # Rooms left: 0.5 mm at the largest step, 1.4 mm at the next, then 2.3 mm.
    [(0.0, 0), (0.45, 0), (0.55, 1), (1.35, 1), (1.45, 2), (2.25, 2)],
)
def test_type_shrinks_until_there_is_slack(slack: float, step: int) -> None:
    """A last page that has less than its slack is set a little smaller."""
    layout, found = judged(replace(compose(FULL), slack=slack))
    assert (layout.pages, layout.step, found) == (2, step, [])
    assert layout.rooms[-1] >= slack


@pytest.mark.parametrize(("slack", "told"), [(0.55, False), (0.65, True)])
@pytest.mark.parametrize("fold", ["none", "z"])
def test_a_page_without_slack_is_told_at_the_floor(
    fold: str, slack: float, told: bool
) -> None:
    """What fits in the smallest type only is printed, and told to be full."""
    pages = 6 if fold == "z" else 2
    case = Planted("en", fold, pages, holds(10, pages))
    layout, found = judged(replace(compose(case), slack=slack))
    assert (layout.pages, layout.step) == (pages, 10)
    assert layout.rooms[-1] == pytest.approx(0.5, abs=0.05)
    assert [(one.code, one.severity) for one in found] == (
        [("page-full", Severity.WARNING)] if told else []
    )


def test_a_page_to_spare_is_slack_enough() -> None:
    """Where the edition holds a page more, the last one may be full."""
    made = replace(compose(FULL), slack=5.0)
    layout, found = judged(replace(made, page_limit=3))
    assert (layout.pages, layout.step, found) == (2, 0, [])


def test_a_line_more_than_the_floor_holds_is_too_long() -> None:
    """Slack never prints what does not fit: the limit stays an error."""
    case = Planted("en", "none", 2, holds(10, 2) + 1)
    assert codes(replace(compose(case), slack=0.65)) == ["page-limit"]


def with_reserve(lines: int, slack: float) -> Composition:
    """Compose lines for two pages, with a reserve that holds seven on each."""
    made = compose(Planted("en", "none", 2, lines))
    last = made.steps[-1]
    reserve = replace(
        last, stylesheet=f"{last.stylesheet} html {{ line-height: 2.6mm }}"
    )
    return replace(made, reserve=reserve, slack=slack)


@pytest.mark.parametrize(
    ("lines", "slack", "step"),
    # Six lines on each page leave 0.5 mm in the smallest type, seven 0.3 in the reserve.
    [(12, 0.45, 10), (12, 0.65, 11), (13, 0.0, 11), (14, 0.25, 11)],
)
def test_the_reserve_is_used_last(lines: int, slack: float, step: int) -> None:
    """It is for what the smallest type does not hold, or holds without slack."""
    layout, found = judged(with_reserve(lines, slack))
    assert (layout.pages, layout.step, layout.size) == (2, step, SIZES[-1])
    assert found == []


@pytest.mark.parametrize(
    ("lines", "slack", "code"), [(14, 0.45, "page-full"), (15, 0.0, "page-limit")]
)
def test_what_the_reserve_does_not_hold_is_told(
    lines: int, slack: float, code: str
) -> None:
    """The reserve keeps slack as well, and is no way around the limit."""
    layout, found = judged(with_reserve(lines, slack))
    assert layout.step == 11
    assert [one.code for one in found] == [code]


def framed(padding: float) -> Composition:
    """Compose three lines in a frame; its white is in mm."""
    made = compose(Planted("en", "none", 1, 3))
    frame = f'<div style="border-bottom: 0.5mm solid; padding-bottom: {padding}mm">'
    html = made.html.replace("<body>", f"<body>{frame}").replace(
        NOTES, f"</div>{NOTES}"
    )
    return replace(made, html=html)


def test_type_shrinks_until_a_frame_is_on_its_page() -> None:
    """Three lines of 6 mm and a frame of 2.5 mm are too much for 18.5 mm."""
    layout, found = judged(framed(2.0))
    assert (layout.step, layout.pages, found) == (3, 1, [])
    assert layout.rooms[0] >= 0


@pytest.mark.parametrize(("padding", "told"), [(0.0, False), (2.0, True)])
def test_a_frame_that_reaches_into_the_foot_is_told(padding: float, told: bool) -> None:
    """Where type may not shrink, the frame over the page number is told."""
    found = codes(replace(framed(padding), steps=(), minimum_size=SIZES[0]))
    assert found == (["frame-in-foot"] if told else [])


def test_a_text_that_may_not_shrink_is_told_at_its_own_size() -> None:
    """Without steps one line over is told, and no size is blamed."""
    full = replace(compose(Planted("en", "none", 2, holds(0, 2))), steps=())
    assert codes(replace(full, minimum_size=SIZES[0])) == []
    over = replace(compose(Planted("en", "none", 2, holds(0, 2) + 1)), steps=())
    _, (one,) = judged(replace(over, minimum_size=SIZES[0]))
    assert one.code == "page-limit"
    assert "pt type" not in one.message


def test_the_line_that_has_grown_most_is_named() -> None:
    """Too long a translation is told at the line that grew most, then the next two."""
    made = compose(Planted("de", "z", 6, holds(10, 6) + 1))
    grown = {"p3": 9.0, "p7": 4.5, "p20": 30.0, "p21": 2.0}
    passages = tuple(
        replace(
            one,
            grown=grown.get(one.key, -1.0),
            translation=Location("locales/de.po", 100 + int(one.key[1:])),
        )
        for one in made.passages
    )
    _, (one,) = judged(replace(made, passages=passages))
    assert (one.code, one.location.path, one.location.line) == (
        "page-limit",
        "locales/de.po",
        120,
    )
    assert one.hint.endswith("then line 103, line 107")


def test_where_nothing_has_grown_the_leaflet_is_named() -> None:
    """A source that is too long is told at the leaflet, not at a translation."""
    _, (one,) = judged(compose(Planted("en", "z", 6, holds(10, 6) + 1)))
    assert one.location == Location("content/a.md", 1)
    assert one.hint == "shorten the text, or give the edition more pages"


def paged(
    pages: int, *, fold: str = "none", notes: bool = False, back: bool = False
) -> Composition:
    """Compose one line on each page; pages for notes are shown where they are asked."""
    keys = [f"p{one}" for one in range(1, pages + 1)]
    passages = [line(key, f"Line {key}", at) for at, key in enumerate(keys, 1)]
    body = "".join(
        f'<p class="{"page" if at else ""}" id="{one.key}">{one.text}</p>'
        for at, one in enumerate(passages)
    )
    body += NOTES if notes else ""
    if back:
        passages.append(line("back", "The back", pages + 1))
        body += '<section class="back"><p id="back">The back</p></section>'
    return composed(body, tuple(passages), fold=fold, pages=32)


@pytest.mark.parametrize("pages", range(1, 10))
def test_notes_fill_a_booklet(pages: int) -> None:
    """A booklet gets as many pages for notes as make a multiple of four, no more."""
    layout, found = judged(paged(pages, fold="booklet", notes=True))
    whole = FOLDS["booklet"].padded(pages)
    assert whole % 4 == 0
    assert (layout.pages, layout.notes) == (whole, tuple(range(pages + 1, whole + 1)))
    assert found == []


@pytest.mark.parametrize("fold", ["z", "c"])
@pytest.mark.parametrize("pages", range(2, 7))
def test_notes_fill_a_folded_sheet(fold: str, pages: int) -> None:
    """A sheet folded twice has six panels, however short its text is."""
    layout, found = judged(paged(pages, fold=fold, notes=True))
    assert (layout.pages, layout.notes) == (6, tuple(range(pages + 1, 7)))
    assert found == []


@pytest.mark.parametrize("pages", range(1, 9))
def test_the_back_stays_last(pages: int) -> None:
    """Notes stand before the back, which takes a page of its own where there is room."""
    layout, found = judged(paged(pages, fold="booklet", notes=True, back=True))
    assert layout.pages == FOLDS["booklet"].padded(pages)
    (back,) = [one for one in layout.fragments if one.key == "back"]
    (last,) = [one for one in layout.fragments if one.key == f"p{pages}"]
    assert back.page == layout.pages
    assert layout.notes == tuple(range(last.page + 1, max(back.page, last.page + 1)))
    assert found == []


def test_a_sheet_that_is_not_folded_has_no_notes() -> None:
    """Loose pages are as many as the text needs."""
    layout, found = judged(paged(3, notes=True))
    assert (layout.pages, layout.notes, found) == (3, (), [])


@pytest.mark.parametrize(("fold", "pages"), [("booklet", 5), ("z", 4), ("c", 5)])
def test_blank_pages_are_told(fold: str, pages: int) -> None:
    """Where no notes fill a sheet up its blank pages are told; a full one is not."""
    assert codes(paged(pages, fold=fold)) == ["blank-page"]
    assert codes(paged(FOLDS[fold].padded(pages), fold=fold)) == []


def kept(name: str, pages: tuple[int, int], fold: str = "none") -> Composition:
    """Compose eight pages, on two of which parts of one whole stand."""
    made = paged(8, fold=fold)
    html = made.html
    for page in pages:
        html = html.replace(f'id="p{page}"', f'id="p{page}" data-keep="{name}"')
    return replace(made, html=html)


def test_what_is_kept_together_is_told_when_split() -> None:
    """A box on one page is whole; on two it is told at its text, with its page."""
    assert codes(kept("p3", (3, 3))) == []
    _, (one,) = judged(kept("p3", (3, 4)))
    assert (one.code, one.location.line) == ("split-box", 3)
    assert one.location.page == 3


@pytest.mark.parametrize(
    ("pages", "told"),
    [((2, 3), False), ((6, 7), False), ((1, 2), True), ((3, 4), True), ((2, 4), True)],
)
def test_a_spread_holds_on_facing_pages(pages: tuple[int, int], told: bool) -> None:
    """Pages 2 and 3 of a booklet face each other; 3 and 4 are one leaf."""
    found = codes(kept("spread-p3", pages, "booklet"))
    assert found == (["split-box"] if told else [])


def test_type_shrinks_until_a_box_is_whole() -> None:
    """A box that is split in large type is set in the largest that keeps it whole."""
    made = compose(Planted("en", "none", 2, 5))
    body = made.html.replace("<body>", '<body><div data-keep="p1">').replace(
        "</body>", "</div></body>"
    )
    layout, found = judged(replace(made, html=body))
    wanted = next(step for step in range(11) if holds(step, 1) >= 5)
    assert (layout.step, layout.pages, layout.split, found) == (wanted, 1, (), [])


def test_a_spread_is_pushed_to_facing_pages() -> None:
    """What would begin on a right page begins on the next, so that both parts face."""
    start = 'class="spread-start" '
    made = kept("spread-p2", (2, 3), "booklet")
    html = made.html.replace('<p class="page" id="p4"', "<p id='p4'")
    html = html.replace('class="page" id="p2"', f'{start}id="p2"')
    pushed = replace(made, html=html)
    layout, found = judged(pushed)
    (first,) = [one.page for one in layout.fragments if one.key == "p2"]
    assert (first, layout.split) == (2, ())
    without = replace(pushed, html=html.replace("spread-start", "other"))
    assert "split-box" in codes(without)
    assert "split-box" not in [one.code for one in found]


def headed(rule: str) -> Composition:
    """Compose a heading and its text, which a rule may part."""
    body = (
        '<p id="p1">Text before</p><h2 id="h1">A heading</h2>'
        f'<p id="p2" style="{rule}">Text below</p>'
    )
    passages = (
        line("p1", "Text before", 3),
        line("h1", "A heading", 5),
        line("p2", "Text below", 7),
    )
    return composed(body, passages)


def test_a_heading_that_ends_a_panel_is_told() -> None:
    """A heading is told where its text stands on the next panel, and only there."""
    assert codes(headed("")) == []
    _, (one,) = judged(headed("break-before: page"))
    assert (one.code, one.location.line) == ("heading-alone", 5)


TOGETHER = (("benefits", ("death", "limits", "fertility")),)
"""What the family of a leaflet puts together."""


def balanced(fold: str, benefit: int, harm: int) -> Composition:
    """Compose a benefit and its harms on two pages of a folded sheet."""
    made = paged(FOLDS[fold].padded(8), fold=fold)
    tags = {f"p{benefit}": ("benefits",)}
    harms = ("death", "limits", "fertility")
    tags[f"p{harm}"] = tags.get(f"p{harm}", ()) + harms
    passages = tuple(replace(one, tags=tags.get(one.key, ())) for one in made.passages)
    return replace(made, passages=passages, together=TOGETHER)


@pytest.mark.parametrize(
    ("fold", "fine", "apart"),
    [
        ("none", ((2, 2), (5, 5)), ((1, 2), (2, 3), (3, 4))),
        ("booklet", ((2, 3), (7, 6), (4, 4)), ((1, 2), (3, 4), (5, 6), (2, 8))),
    ],
)
def test_benefit_and_harm_are_seen_together(
    fold: str, fine: tuple[tuple[int, int], ...], apart: tuple[tuple[int, int], ...]
) -> None:
    """Benefit and harm stand on one page, or on pages of a booklet that face."""
    for pages in fine:
        assert codes(balanced(fold, *pages)) == []
    for pages in apart:
        assert codes(balanced(fold, *pages)) == ["benefit-alone"], pages


FRONTS = {"z": (1, 5, 6), "c": (1, 2, 6)}
"""The pages on the front of a sheet folded twice: what unfolds beside the cover."""


@pytest.mark.parametrize("fold", FRONTS)
def test_benefit_and_harm_share_a_side(fold: str) -> None:
    """On a folded sheet benefit and harm stand on one side, on whichever panels."""
    layout, _ = judged(folded(fold, 1, 1))
    for benefit in range(1, 7):
        for harm in range(1, 7):
            together = (benefit in FRONTS[fold]) == (harm in FRONTS[fold])
            found = check_layout(layout, folded(fold, benefit, harm))
            told = [one.code for one in found]
            assert told == ([] if together else ["benefit-alone"]), (benefit, harm)


def folded(fold: str, benefit: int, harm: int) -> Composition:
    """Compose six panels of a real sheet, with a benefit and its harms."""
    made = paged(6, fold=fold)
    tags: dict[str, tuple[str, ...]] = {f"p{benefit}": ("benefits",)}
    tags[f"p{harm}"] = (*tags.get(f"p{harm}", ()), "death", "limits", "fertility")
    passages = tuple(replace(one, tags=tags.get(one.key, ())) for one in made.passages)
    return replace(made, passages=passages, imposed=True, together=TOGETHER)


def test_type_below_the_least_is_told() -> None:
    """Type smaller than the edition allows is told once for each text."""
    made = paged(2)
    assert codes(made) == []
    style = made.stylesheet + "#p2 { font-size: 7.5pt }"
    _, (one,) = judged(replace(made, stylesheet=style))
    assert one.code == "type-too-small"
    assert "7.5 pt" in one.message


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_margins_are_those_of_each_panel(direction: str) -> None:
    """The panel that is folded in is 3 mm narrower, and so is the room on it."""
    # Each line ends 94 mm from the left: fine on 100 mm, not on 97.
    css = "@page { size: 100mm 210mm; margin: 6mm } p { text-align: right }"
    made = replace(paged(6, fold="c"), imposed=True, direction=direction)
    made = replace(
        made, stylesheet=made.stylesheet + css, margins=Margins.all_round(5.0)
    )
    _, found = judged(made)
    told = [(one.code, one.location.page) for one in found]
    assert told == [("outside-margins", 2), ("outside-margins", 5)]
    assert all("2.0 mm too near" in one.message for one in found)
