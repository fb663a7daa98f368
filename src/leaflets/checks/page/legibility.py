"""Checks of reading: lines, letters and numbers that eyes can follow on paper.

Pure functions over what was laid out and measured in the published bytes.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from leaflets.checks.page.lines import (
    HYPHEN,
    ROUNDING,
    SAME,
    UNSEEN,
    by_key,
    lines_of,
    normal,
    on_page,
    passages_of,
    place_of,
    quoted,
)
from leaflets.diagnostics import Diagnostic, error
from leaflets.pages.composition import Composition
from leaflets.pages.contract import is_display, second
from leaflets.pdf.facts import Fragment, LayoutFacts, PdfFacts

MM = 25.4 / 72
"""Millimetres in a point."""
PITCH = 3.0
"""Least distance of baselines in mm (EU guideline on readability, 2009, A.1)."""
LEADING, HEADING = 1.15, 1.0
"""Least distance of baselines, as a part of the type's size; titles and headings are
large, bold and of few words, and stand together better when set close."""
FOLD = 5.0
"""Millimetres from a fold that stay free where no shop says: office folding errs."""

HAN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
WORD = rf"(?:[^\s\u200b{HAN}]+|[{HAN}])"
"""What stands between two places where a line may be broken."""
TEAR = 0.5
"""Millimetres that measuring a word anew may err: the engine and we differ by 0.03."""
PARTED = re.compile("[ \u200b]")
"""Where a line may end."""
EAST = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
NOT_FIRST = "、。，．・：；？！」』）】〉》〕］｝〗’”…々,.;:!?)]}"
NOT_LAST = "「『（【〈《〔［｛〖‘“([{"
JOINED = re.compile(rf"{WORD}(?:[\u00a0\u202f]{WORD})+")
ISOLATED = re.compile("[\u2066-\u2068][^\u2066-\u2069]*[0-9][^\u2066-\u2069]*\u2069")
WIDEST = 24
"""Characters of the longest token: a phone number, a dose, a date.  What is longer
is a title or an address and may be parted."""


def line_pitch(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Lines are 3 mm apart and more, and 1.15 times as far as their type is large.

    The EU's guideline on the readability of leaflets (2009, A.1) gives the first; the
    second keeps larger type from touching.
    """
    passages = passages_of(composition)
    for key, fragments in by_key(layout).items():
        lines = list(lines_of(fragments)) if key in passages else []
        for above, below in pairwise(lines):
            pitch = below[0].baseline - above[0].baseline
            size = max(fragment.size for fragment in (*above, *below))
            head = is_display(key)
            least = max(PITCH, (HEADING if head else LEADING) * size * MM)
            same = above[0].page == below[0].page
            if same and 0 < pitch < least - ROUNDING:
                message = f"lines are {pitch:.1f} mm apart in {size:g} pt type"
                hint = f"at least {least:.1f} mm"
                place = on_page(passages[key], below[0].page)
                yield error("line-pitch", message, place, hint)
                break


def x_height(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Small letters are as high as those of 9 pt Times New Roman, and more.

    That is the least type of the EU's guideline on readability (2009, A.1); fonts
    differ in what they make of 9 pt, so the letters are measured, in every script.
    """
    passages = passages_of(composition)
    reported = set()
    for page in pdf.pages if composition.for_patients else ():
        for small in page.small:
            fragment = layout.fragments[small.fragment]
            if (fragment.key or fragment.text) in reported:
                continue
            reported.add(fragment.key or fragment.text)
            message = f'"{quoted(fragment)}" has small letters of {small.height:.2f} mm'
            hint = "set it larger, or leave it out"
            place = place_of(fragment, passages, composition)
            yield error("x-height", message, place, hint)


def fold_zone(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No text stands on a fold or close to it, for no sheet is folded exactly there.

    A shop says how close; for hands and office machines it is 5 mm.
    """
    if not composition.imposed or not composition.fold.opens_flat:
        return
    safe = composition.shop.safe if composition.shop else FOLD
    panels = {panel.page: panel for panel in composition.places(layout.pages)}
    passages = passages_of(composition)
    for fragment in layout.fragments:
        panel = panels[fragment.page]
        left = fragment.left + panel.left + panel.shift
        right = left + fragment.right - fragment.left
        for fold in composition.folds[(panel.side - 1) % 2]:
            away = max(left - fold, fold - right)
            if away < safe - ROUNDING:
                where = f"{away:.1f} mm from a fold" if away > 0 else "on a fold"
                hint = f"at least {safe:g} mm stay free on both sides"
                message = f'"{quoted(fragment)}" stands {where}'
                at = place_of(fragment, passages, composition)
                yield error("fold-zone", message, at, hint)


def token_split(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """A number stays on one line with its unit, as do a phone number and a date.

    Parted, "1 000 mg" is read as "1".  What belongs together is joined by no-break
    spaces or stands in an isolate (content/EDITORIAL.md).
    """
    laid = by_key(layout)
    for passage in composition.passages:
        lines = [
            (char, number)
            for number, line in enumerate(lines_of(laid.get(passage.key, ())))
            for fragment in line
            for char in normal(HYPHEN.sub("", fragment.text))
        ]
        text = unicodedata.normalize("NFC", passage.text)
        if normal(text) != "".join(char for char, _ in lines):
            continue  # text-lost tells of it
        for token in _tokens(text):
            first = len(normal(text[: token.start()]))
            last = first + len(normal(token[0]))
            there = {number for _, number in lines[first:last]}
            if len(there) > 1:
                page = laid[passage.key][0].page
                message = f'"{token[0].translate(UNSEEN)}" is parted at a line\'s end'
                hint = "its line is too narrow; shorten the text or widen the box"
                yield error("token-split", message, on_page(passage, page), hint)


def line_edges(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No line of Han signs, kana or Hangul begins with a sign that ends something.

    Nor does one end with a sign that opens (JLREQ 3.1.7 and 3.1.8, CLREQ 3.1.3).
    """
    laid = by_key(layout)
    for passage in composition.passages:
        lines = list(lines_of(laid.get(passage.key, ())))
        texts = [normal("".join(part.text for part in line)) for line in lines]
        for number, text in enumerate(texts):
            if not EAST.search(text):
                continue
            if number and text[0] in NOT_FIRST:
                message = f'a line begins with "{text[0]}"'
            elif number < len(texts) - 1 and text[-1] in NOT_LAST:
                message = f'a line ends with "{text[-1]}"'
            else:
                continue
            hint = "shorten the text, or widen its box"
            place = on_page(passage, lines[number][0].page)
            yield error("line-edge", message, place, hint)


def torn_lines(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """No line ends long before its measure, where the next word would fit.

    The engine tears lines so before an element that does not fit
    (docs/decisions/0009). The measure is that of the passage's longest line, and the
    word is measured with its own font: capitals and Latin names are far wider than
    the letters around them.
    """
    laid = by_key(layout)
    for passage in composition.passages:
        # In East Asian scripts a line may end beside nearly every sign.
        if EAST.search(passage.text):
            continue
        lines = lines_of(laid.get(passage.key, ()))
        for page, column in groupby(lines, key=lambda line: line[0].page):
            for last, word in _torn(list(column)):
                message = f'a line ends with "{last[-40:]}", and "{word}" would fit'
                hint = "write the sentence a little otherwise"
                yield error("torn-line", message, on_page(passage, page), hint)


def _torn(lines: Sequence[Sequence[Fragment]]) -> Iterator[tuple[str, str]]:
    """Find lines that end early, and the word after each.

    A line may begin behind a number or a label, so all are measured from where the
    foremost begins.
    """
    parts = [part for line in lines for part in line]
    near = (max if parts[0].direction == "rtl" else min)(map(_begin, parts))
    reach = [max(abs(_end(part) - near) for part in line) for line in lines]
    for (above, below), far in zip(pairwise(lines), reach, strict=False):
        first = min(below, key=lambda part: abs(_begin(part) - near))
        whole = _first_word(below[below.index(first) :])
        if max(reach) - far > sum(part.word for part in whole) + TEAR:
            text = "".join(part.text for part in whole).translate(UNSEEN).strip()
            word = text.split(" ")[0]
            yield "".join(part.text for part in above).translate(UNSEEN).strip(), word


def _first_word(parts: Sequence[Fragment]) -> Sequence[Fragment]:
    """List the pieces that the first word of a line stands in, bold ones and others."""
    for count, part in enumerate(parts, 1):
        text = part.text.lstrip(" \u200b")
        if PARTED.search(text):
            return parts[:count]
    return parts


def _begin(fragment: Fragment) -> float:
    return fragment.right if fragment.direction == "rtl" else fragment.left


def _end(fragment: Fragment) -> float:
    return fragment.left if fragment.direction == "rtl" else fragment.right


def numbers_incomplete(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """Every paragraph has its number beside its first line, once in each margin.

    By that number two people find the same sentence in two languages.
    """
    if not composition.for_patients:
        return
    laid = by_key(layout)
    keys = {passage.key for passage in composition.passages}
    # Two languages side by side have the number on both outer sides.
    wanted = 2 if any(second(key) in keys for key in keys) else 1
    begun = set()
    for passage in composition.passages:
        number = passage.paragraph
        if not number or number in begun:
            continue
        begun.add(number)
        if not laid.get(passage.key):
            continue  # text-lost tells of it
        first = laid[passage.key][0]
        count = sum(
            fragment.page == first.page
            and abs(fragment.baseline - first.baseline) <= SAME
            and fragment.text.strip() == str(number)
            for fragment in laid.get("", ())
        )
        if count != wanted:
            message = f"the number {number} is beside its paragraph {count} times"
            hint = f"it is printed {wanted} times; this is a fault of the template"
            place = on_page(passage, first.page)
            yield error("numbers-incomplete", message, place, hint)


def pairs_apart(
    pdf: PdfFacts, layout: LayoutFacts, composition: Composition
) -> Iterator[Diagnostic]:
    """In two languages each text begins beside its other, and goes on where it does.

    A nurse points at one column, the reader reads the other.
    """
    laid = by_key(layout)
    passages = passages_of(composition)
    for key, passage in passages.items():
        fragments, others = laid.get(key), laid.get(second(key))
        # Labels, contacts and the imprint are lists of their own inside a row.
        row = passage.paragraph or is_display(key)
        if second(key) not in passages or not row or not fragments or not others:
            continue
        if {part.page for part in fragments} != {part.page for part in others}:
            message = "the text and its other language stand on different pages"
        elif abs(fragments[0].baseline - others[0].baseline) > SAME:
            away = abs(fragments[0].baseline - others[0].baseline)
            message = f"the text begins {away:.1f} mm above or below its other language"
        else:
            continue
        yield error("pairs-apart", message, on_page(passage, fragments[0].page))


CHECKS = (
    line_pitch,
    x_height,
    fold_zone,
    token_split,
    line_edges,
    torn_lines,
    numbers_incomplete,
    pairs_apart,
)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    """Find what must not be parted: joined words with a digit, isolated numbers."""
    for pattern in (JOINED, ISOLATED):
        for match in pattern.finditer(text):
            if re.search("[0-9]", match[0]) and len(match[0]) <= WIDEST:
                yield match
