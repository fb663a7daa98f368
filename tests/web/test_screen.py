"""A leaflet on screen holds the words that are printed, and nothing for paper only."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from leaflets.build.front import Front
from leaflets.pages.composition import Composition
from leaflets.pages.expected import read_back
from leaflets.web.screen import on_screen


def composed(front: Front, locale: str) -> Composition:
    """Pick the sheet of a language."""
    return next(one for one in front.compositions if one.target.locale == locale)


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_the_page_holds_the_printed_words(
    root: Path, front: Front, locale: str
) -> None:
    """Passage by passage, in order; a clinic's lines are for paper only."""
    composition = composed(front, locale)
    shown = read_back((root / f"build/site/{locale}/tiny.html").read_text())
    printed = list(read_back(composition.html).passages)
    kept = [one for one in printed if one in shown.passages]
    gone = [one.key for one in printed if one not in shown.passages]
    assert [one for one in shown.passages if one in printed] == kept
    assert all(key.startswith(("clinic-", "i-code")) for key in gone)
    assert {"title", "p1", "i-version", "i-review-by"} <= {one.key for one in kept}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('<p id="p1" data-passage>', '<p id="p1">'),
        ('<div class="running-head">', '<div class="head">'),
        ('<div class="clinic-place">', '<div class="place">'),
        ('src="asset:', 'src="asset:other/'),
    ],
)
def test_a_page_that_loses_anything_is_not_made(
    front: Front, old: str, new: str
) -> None:
    """A template that was changed is found out, not shown."""
    composition = composed(front, "en")
    assert old in composition.html
    broken = replace(composition, html=composition.html.replace(old, new, 1))
    if "data-passage" in old:
        # The words are then nobody's: the composition itself does not have them.
        assert "p1" not in on_screen(broken).passages
    else:
        with pytest.raises(ValueError, match="tiny"):
            on_screen(broken)


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_it_says_that_it_is_a_draft_in_its_language(front: Front, locale: str) -> None:
    """As on paper; a leaflet that is approved says nothing."""
    composition = composed(front, locale)
    standing = on_screen(composition).standing
    assert standing
    assert standing in composition.html
    approved = re.sub(r'<p class="standing">.*?</p>', "", composition.html)
    assert on_screen(replace(composition, html=approved)).standing == ""


def test_drawings_are_in_the_page_and_of_any_size(front: Front) -> None:
    """Their bytes, and labels at parts of them: nothing is asked of a server."""
    html = on_screen(composed(front, "ar")).html
    assert "asset:" not in html
    assert "data:image/svg+xml;base64," in html
    assert re.search('<div class="drawing"[^>]*>', html)
    assert not re.search('<div class="drawing"[^>]*style=', html)


def test_a_passage_that_is_cut_is_named(front: Front) -> None:
    """Whoever wrote the template finds it by its key."""
    composition = composed(front, "en")
    head = '<div class="running-head">'
    html = composition.html.replace(head, f'{head}<p id="p99" data-passage>Words</p>')
    with pytest.raises(ValueError, match=r"p99 of en/tiny\.sheet\.A4 is lost"):
        on_screen(replace(composition, html=html))


def test_the_code_of_the_online_copy_stays_on_paper(front: Front) -> None:
    """Who reads on screen is there already; nothing else of the page is lost."""
    composition = composed(front, "en")
    code = '<div class="online"><p id="i-online" data-passage>Read it online</p></div>'
    html = composition.html.replace("</main>", f"{code}</main>", 1)
    screen = on_screen(replace(composition, html=html))

    assert code in html
    assert "Read it online" not in screen.html
    assert screen.passages == on_screen(composition).passages
