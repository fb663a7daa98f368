"""Every limit of what eyes can follow, from both sides: nothing is typeset here."""

from dataclasses import replace

import pytest

from laid import (
    OFFICE_FILE,
    OFFICE_SIDE,
    codes_of,
    folded,
    laid,
    line,
    office,
    passage,
    printed_codes,
)
from leaflets.checks.page.legibility import (
    CHECKS,
    fold_zone,
    line_edges,
    line_pitch,
    numbers_incomplete,
    pairs_apart,
    token_split,
    torn_lines,
    x_height,
)
from leaflets.pages.composition import Composition
from leaflets.pdf.facts import Fragment, LayoutFacts, Small
from samples import SHOP
from typesetting import TEXTS, page, typeset

MM = 25.4 / 72
WITHIN, BEYOND = 0.09, 0.11
"""Millimetres just below and just above what rounding may cost."""
BOTH = pytest.mark.parametrize(("over", "found"), [(WITHIN, False), (BEYOND, True)])


def test_every_check_says_why() -> None:
    """The docstring of a rule is its reason."""
    assert all((check.__doc__ or "").strip() for check in CHECKS)


# --- Lines -----------------------------------------------------------------------


@BOTH
@pytest.mark.parametrize(
    ("key", "size", "least"),
    [
        ("p1", 12.0, 1.15 * 12.0 * MM),
        ("h1", 12.0, 12.0 * MM),
        ("x-title", 20.0, 20.0 * MM),
        # In small type the guideline's 3 mm are more than 1.15 times the type.
        ("p1", 7.0, 3.0),
        ("h1", 7.0, 3.0),
    ],
)
def test_lines_are_apart(
    key: str, size: float, least: float, over: float, found: bool
) -> None:
    """3 mm, and for larger type 1.15 times its size; headings may stand closer."""
    lines = (
        line(key=key, size=size),
        line(baseline=50.0 + least - over, key=key, size=size),
    )
    codes = codes_of(line_pitch(OFFICE_FILE, laid(*lines), office(passage(key=key))))
    assert codes == ["line-pitch"] * found


def test_the_largest_type_of_two_lines_counts() -> None:
    """A line of small type below one of large type keeps the distance of the large."""
    for first, second in ((12.0, 7.0), (7.0, 12.0)):
        lines = line(size=first), line(baseline=54.0, size=second)
        codes = codes_of(line_pitch(OFFICE_FILE, laid(*lines), office()))
        assert codes == ["line-pitch"]


@pytest.mark.parametrize(
    ("text", "first", "found"),
    [
        ("12345\u00a0678901234567890123", "12345\u00a0", True),
        ("12345\u00a0678901234567890123456", "12345\u00a0", False),
        ("words\u00a0joined", "words\u00a0", False),
    ],
)
def test_a_number_of_24_characters_stays_whole(
    text: str, first: str, found: bool
) -> None:
    """Longer ones are titles or addresses, and words without a digit are no amount."""
    lines = line(first), line(text.removeprefix(first), 57.0)
    codes = codes_of(token_split(OFFICE_FILE, laid(*lines), office(text)))
    assert codes == ["token-split"] * found


@pytest.mark.parametrize("sign", ["。", "」", "!"])
def test_a_line_does_not_begin_with_what_closes(sign: str) -> None:
    """The first line of a text may: there is nothing before it."""
    lines = line("多发性"), line(f"{sign}硬化", 57.0)
    made = office(f"多发性{sign}硬化")
    assert codes_of(line_edges(OFFICE_FILE, laid(*lines), made)) == ["line-edge"]
    assert codes_of(line_edges(OFFICE_FILE, laid(lines[1]), made)) == []


@pytest.mark.parametrize("sign", ["「", "（", "“"])
def test_a_line_does_not_end_with_what_opens(sign: str) -> None:
    """The last line of a text may: nothing comes after it."""
    lines = line(f"多发性{sign}"), line("硬化", 57.0)
    made = office(f"多发性{sign}硬化")
    assert codes_of(line_edges(OFFICE_FILE, laid(*lines), made)) == ["line-edge"]
    assert codes_of(line_edges(OFFICE_FILE, laid(lines[0]), made)) == []


def test_a_line_that_fills_its_measure_is_not_torn() -> None:
    """The longest line of a text gives its measure."""
    full, short = line("One two three", width=80.0), line("four five", 57.0, width=78.0)
    made = office("One two three four five")
    assert codes_of(torn_lines(OFFICE_FILE, laid(full, short), made)) == []


# --- Letters ---------------------------------------------------------------------


@pytest.mark.parametrize("for_patients", [True, False])
def test_small_letters_are_told_where_patients_read(for_patients: bool) -> None:
    """Papers for reviewers may have smaller notes; each text is told once."""
    layout = laid(line(), line(baseline=57.0), line("7", key=""))
    side = replace(OFFICE_SIDE, small=(Small(0, 1.2), Small(1, 1.2), Small(2, 1.2)))
    facts = replace(OFFICE_FILE, pages=(side,))
    codes = codes_of(x_height(facts, layout, office(for_patients=for_patients)))
    assert codes == ["x-height"] * (2 if for_patients else 0)


# --- Folds -----------------------------------------------------------------------


def beside_fold(at: float, on: int) -> LayoutFacts:
    """Lay out six panels, and a word on one of them that begins so far from its left."""
    return laid(line(on=on, at=at), pages=6)


@BOTH
@pytest.mark.parametrize("side", ["left of it", "right of it"])
@pytest.mark.parametrize("safe", [5.0, 8.0])
def test_text_keeps_away_from_a_fold(
    side: str, safe: float, over: float, found: bool
) -> None:
    """5 mm on both sides for an office, and as much as it asks for a shop."""
    made = folded("z", shop=None if safe == 5.0 else replace(SHOP, safe=safe))
    # The cover is the right panel of the front, and page 6 is left of it.
    layout = (
        beside_fold(safe - over, 1)
        if side == "right of it"
        else beside_fold(99.0 - safe - 30 + over, 6)
    )
    codes = codes_of(fold_zone(OFFICE_FILE, layout, made))
    assert codes == ["fold-zone"] * found


@pytest.mark.parametrize("fold", ["z", "c"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_front_and_back_are_folded_at_their_own_places(
    fold: str, direction: str
) -> None:
    """Every panel has its folds at its own edges, and none within.

    The flap of a C-fold is narrower, so that the folds of the back are not those of
    the front; a panel of one side that is judged by the other's is judged wrongly by
    3 mm.
    """
    made = folded(fold, direction=direction)
    for panel in made.places(6):
        ends = {
            "left": panel.left,
            "right": panel.left + panel.width,
        }
        creased = {end for end, at in ends.items() if 1 < at < 296}
        for end in ends:
            for away, near in ((5.0 - BEYOND, True), (5.0 - WITHIN, False)):
                at = away if end == "left" else panel.width - 30 - away
                layout = beside_fold(at, panel.page)
                codes = codes_of(fold_zone(OFFICE_FILE, layout, made))
                assert codes == ["fold-zone"] * (near and end in creased), panel


def test_what_lies_across_a_fold_is_told() -> None:
    """A word on a fold has no distance to tell."""
    (diagnostic,) = fold_zone(OFFICE_FILE, beside_fold(-10.0, 1), folded("z"))
    assert "stands on a fold" in diagnostic.message


@pytest.mark.parametrize("fold", ["none", "booklet"])
def test_other_sheets_have_no_fold_in_the_text(fold: str) -> None:
    """A booklet's fold lies between its pages, which have margins of their own."""
    made = folded(fold, imposed=fold == "booklet")
    layout = laid(line(at=0.5), pages=4)
    assert codes_of(fold_zone(OFFICE_FILE, layout, made)) == []


# --- Numbers and pairs -----------------------------------------------------------


@pytest.mark.parametrize(("away", "found"), [(0.99, False), (1.01, True)])
def test_a_number_stands_on_the_first_line(away: float, found: bool) -> None:
    """Its baseline may be a millimetre off, above or below."""
    made = office(passage(paragraph=7))
    for baseline in (50.0 - away, 50.0 + away):
        number = line("7", baseline, key="", at=10.0)
        codes = codes_of(numbers_incomplete(OFFICE_FILE, laid(number, line()), made))
        assert codes == ["numbers-incomplete"] * found


@pytest.mark.parametrize(("away", "found"), [(0.99, False), (1.01, True)])
def test_two_languages_begin_beside_each_other(away: float, found: bool) -> None:
    """A millimetre higher or lower is still beside."""
    made = office(passage(paragraph=7), passage(key="x-p1", paragraph=7))
    for baseline in (50.0 - away, 50.0 + away):
        other = line(baseline=baseline, key="x-p1", at=100.0)
        codes = codes_of(pairs_apart(OFFICE_FILE, laid(line(), other), made))
        assert codes == ["pairs-apart"] * found


def test_papers_for_reviewers_have_no_numbers() -> None:
    """Nobody points at a paragraph there."""
    made = office(passage(paragraph=7), for_patients=False)
    assert codes_of(numbers_incomplete(OFFICE_FILE, laid(line()), made)) == []


@pytest.mark.parametrize(
    ("lines", "codes"),
    [
        (("多发性", "硬化。"), []),
        (("多发性硬化", "。然后"), ["line-edge"]),
        (("多发性（", "硬化）然后"), ["line-edge"]),
        (("다발성", ")경화증"), ["line-edge"]),
        (("One", ", two"), []),
    ],
)
def test_a_line_of_han_signs_begins_and_ends_well(
    lines: tuple[str, str], codes: list[str]
) -> None:
    """What closes stays with what is before it, what opens with what comes."""
    layout = laid(line(lines[0], 50.0), line(lines[1], 57.0))
    assert printed_codes(office("".join(lines)), OFFICE_SIDE, layout) == codes


@pytest.mark.parametrize(
    "second", [line("two", 54.9), line("two", 50.6), line("two", 20.0, on=2)]
)
def test_other_lines_are_not_close(second: Fragment) -> None:
    """Lines that are apart, pieces of one line, and lines of two pages pass."""
    assert (
        printed_codes(office("One two"), OFFICE_SIDE, laid(line("One"), second)) == []
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("take 20\u00a0mg now", ("take 20\u00a0", "mg now")),
        ("call \u2066030 123\u2069 now", ("call \u2066030 ", "123\u2069 now")),
        ("约 5\u202f天左右", ("约 5\u202f", "天左右")),
    ],
)
def test_parted_tokens_are_found(text: str, lines: tuple[str, str]) -> None:
    """A dose and a phone number on two lines are found, in every script."""
    layout = laid(line(lines[0]), line(lines[1], 56.0))

    assert printed_codes(office(text), OFFICE_SIDE, layout) == ["token-split"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("take 20\u00a0mg now", ("take 20\u00a0mg ", "now")),
        ("for re\u00adla\u00adtives", ("for re\u00ad\u2010", "la\u00adtives")),
        (
            "«\u00a0la remyé\u00adli\u00a0»",
            ("«\u00a0la remyé\u00ad\u2010", "li\u00a0»"),
        ),
        ("约 5\u202f天左右", ("约 5\u202f天左", "右")),
    ],
)
def test_other_line_ends_part_no_token(text: str, lines: tuple[str, str]) -> None:
    """Lines end between words, within hyphenated ones, and between Han characters."""
    layout = laid(line(lines[0]), line(lines[1], 56.0))

    assert printed_codes(office(text), OFFICE_SIDE, layout) == []


def numbered(*keys: str, paragraph: int = 7) -> Composition:
    """Compose texts that share a number."""
    return office(*(passage(key=key, paragraph=paragraph) for key in keys))


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([line("7", key="", at=10.0)], False),
        ([], True),
        ([line("8", key="", at=10.0)], True),
        ([line("7", 53.0, key="", at=10.0)], True),
        ([line("7", key="", at=10.0, on=2)], True),
        ([line("7", key="", at=10.0)] * 2, True),
    ],
)
def test_numbers_stand_beside_their_paragraphs(
    numbers: list[Fragment], found: bool
) -> None:
    """One number, the right one, on the first line: neither less nor more."""
    layout = laid(*numbers, line("Words"), line("Words", 60.0, key="p2"))

    codes = printed_codes(numbered("p1", "p2"), OFFICE_SIDE, layout)

    assert codes == ["numbers-incomplete"] * found


@pytest.mark.parametrize("count", [1, 2])
def test_two_languages_have_numbers_on_both_sides(count: int) -> None:
    """Beside two columns the number stands twice."""
    numbers = [line("7", key="", at=10.0)] * count
    layout = laid(*numbers, line("Words"), line("Words", key="x-p1", at=90.0))

    codes = printed_codes(numbered("p1", "x-p1"), OFFICE_SIDE, layout)

    assert codes == ["numbers-incomplete"] * (count == 1)


@pytest.mark.parametrize(
    ("other", "found"),
    [
        ([line("Words", 50.5, key="x-h1")], False),
        ([line("Words", 53.0, key="x-h1")], True),
        ([line("Words", key="x-h1", on=2)], True),
        ([line("Wo", key="x-h1"), line("rds", 20.0, key="x-h1", on=2)], True),
    ],
)
def test_pairs_stand_side_by_side(other: list[Fragment], found: bool) -> None:
    """Texts that begin apart, or of which one goes on alone, are found."""
    made = numbered("h1", "x-h1", paragraph=0)

    assert (
        printed_codes(made, OFFICE_SIDE, laid(line("Words", key="h1"), *other))
        == ["pairs-apart"] * found
    )


def test_labels_are_lists_of_their_own() -> None:
    """Labels below a drawing run on in each column by themselves."""
    made = numbered("l-a", "x-l-a", paragraph=0)
    other = line("Words", 58.0, key="x-l-a")

    assert printed_codes(made, OFFICE_SIDE, laid(line("Words", key="l-a"), other)) == []


# --- Torn lines ------------------------------------------------------------------


def across(
    text: str, baseline: float, width: float, word: float, direction: str = "ltr"
) -> Fragment:
    """Lay out a line of 80 mm or less; its first word needs so much room."""
    left = 20.0 if direction == "ltr" else 100.0 - width
    made = line(text, baseline, at=left)
    return replace(made, right=left + width, word=word, direction=direction)


@pytest.mark.parametrize(
    ("first", "width", "second", "word", "codes"),
    [
        # 65 of 80 mm are left beside "AHSCT".
        ("AHSCT", 15.0, "è la sigla di un trapianto.", 3.1, ["torn-line"]),
        ("AHSCT", 77.0, "è la sigla di un trapianto.", 3.1, []),
        ("AHSCT", 15.0, "Magnetresonanztomografieverfahren,", 64.6, []),
        ("AHSCT", 15.0, "Magnetresonanztomografieverfahren,", 64.4, ["torn-line"]),
        ("他说", 15.0, "是一种移植。", 4.0, []),
    ],
)
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_torn_line_is_found(
    first: str,
    width: float,
    second: str,
    word: float,
    codes: list[str],
    direction: str,
) -> None:
    """A line that ends early is told, unless the next word is too long for it."""
    layout = laid(
        across(first, 50, width, 0, direction),
        across(second, 57, 80, word, direction),
        across("Fine.", 64, 20, 0, direction),
    )
    made = office(f"{first} {second} Fine.")
    assert printed_codes(made, OFFICE_SIDE, layout) == codes


@pytest.mark.parametrize(("word", "codes"), [(9.0, ["torn-line"]), (11.0, [])])
def test_a_word_in_two_pieces_is_measured_whole(word: float, codes: list[str]) -> None:
    """A bold name and what follows it without a space go to one line together."""
    bold = across("AHSCT", 57, 10, 10)
    rest = replace(across("-cells in", 57, 70, word), left=30.0, right=100.0)
    layout = laid(across("We call it", 50, 60, 0), bold, rest)
    assert (
        printed_codes(office("We call it AHSCT-cells in"), OFFICE_SIDE, layout) == codes
    )


def test_a_line_behind_a_label_is_not_torn() -> None:
    """A caption begins behind the number of its figure, which is no part of it."""
    first = replace(line("Myelin guards the nerve", 50, at=60), right=100.0)
    layout = laid(first, replace(line("fibres and helps messages.", 57), right=98.0))
    made = office("Myelin guards the nerve fibres and helps messages.")
    assert printed_codes(made, OFFICE_SIDE, layout) == []


def test_columns_are_measured_apart() -> None:
    """A passage that goes on to a panel with other margins is no torn line."""
    one = replace(line("Short words", 50, at=5), right=45.0)
    two = replace(line("go on here", 57, at=5), right=43.0)
    three = replace(line("and on", 20, at=60, on=2), right=120.0)
    made = office("Short words go on here and on")
    assert printed_codes(made, OFFICE_SIDE, laid(one, two, three)) == []


WIDE = "सबसे बड़ा अध्ययन है MESEMS जिसमें लोगों ने भाग लिया और AHSCT से बेहतर है"
"""Capitals half as wide again as the letters around them."""


@pytest.mark.parametrize("name", ["en", "hi", "ar", "ur", "ru", "bn", "el"])
@pytest.mark.parametrize("width", range(60, 76, 3))
def test_what_the_engine_sets_well_is_not_torn(name: str, width: int) -> None:
    """Words are measured as the engine measures them, so that no line is told for a
    name in capitals that does not fit.
    """
    text = WIDE if name == "hi" else f"{TEXTS[name].format(n=24)} MMWWMMWW"
    made = page(name, f"{text} {text}", css=f"p {{ width: {width}mm }}")
    layout = typeset(made)[0].layout
    assert len({part.baseline for part in layout.fragments if part.key}) > 2
    assert "torn-line" not in printed_codes(made, OFFICE_SIDE, layout)
