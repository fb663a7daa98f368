"""Screen: a leaflet as an HTML page, from the very composition that is printed.

Takes a composition; gives the words of its page without what is for paper only, and
proves that every passage of it is there, in order.
"""

import base64
import re
from dataclasses import dataclass

from leaflets.pages.composition import Composition
from leaflets.pages.contract import (
    ASSET,
    CLINIC_PLACE,
    DRAWING,
    FURNITURE,
    NOTES,
    ONLINE_PLACE,
    RUNNING_HEAD,
    Role,
    is_for_paper,
)
from leaflets.pages.expected import read_back

HEAD = re.compile(
    rf'.*?<div class="{RUNNING_HEAD}">.*?</div>\s*(?=<header>)', re.DOTALL
)
CLINIC = re.compile(
    rf'<div class="{CLINIC_PLACE}">.*?(?=</section>\s*</body>)', re.DOTALL
)
ONLINE = re.compile(rf'<div class="{ONLINE_PLACE}">.*?</div>', re.DOTALL)
NOTES_PAGE = re.compile(rf'<section class="[^"]*\b{NOTES}\b.*?</section>', re.DOTALL)
STANDING = re.compile(rf'<span {FURNITURE}="{Role.STANDING}">(.*?)</span>')
FIGURE = re.compile(
    rf'(<div class="{DRAWING}"[^>]*?)style="width: ([\d.]+)mm; height: ([\d.]+)mm"'
    r"(.*?)(?=</div>\s*<(?:ol|p)\b)",
    re.DOTALL,
)
DISC = re.compile(r"left: ([\d.]+)mm; top: ([\d.]+)mm")
WIDE = re.compile(r'style="width: [\d.]+mm"')


@dataclass(frozen=True, slots=True)
class Screen:
    """A leaflet's words for a page on screen."""

    html: str
    """What stands in its main part; safe, for it was composed."""
    standing: str
    """That it is a draft, or out of date, in its language; empty where it is approved."""
    passages: dict[str, str]
    """The passages that are in it, as plain text by key."""


def on_screen(composition: Composition) -> Screen:
    """Turn a composition into a page; ValueError where a passage is not in it."""
    whole = composition.html
    standing = STANDING.search(whole)
    text, cut = HEAD.subn("", whole, count=1)
    text, ends = CLINIC.subn("", text, count=1)
    if not (cut and ends):
        raise ValueError(f"{composition.target} has no place to cut for the screen")
    text = ONLINE.sub("", text)
    text = text.replace("</section></body>", "</section>").replace("</html>", "")
    text = NOTES_PAGE.sub("", text.replace("</body>", ""))
    text = text.replace("<main>", '<div class="text">').replace("</main>", "</div>")
    text = FIGURE.sub(_drawing, text)
    text = WIDE.sub("", text)
    for asset in composition.assets:
        data = base64.b64encode(asset.data).decode("ascii")
        text = text.replace(
            f'src="{ASSET}{asset.name}"',
            f'src="data:{asset.media_type};base64,{data}" loading="lazy"',
        )
    shown = read_back(text).passages
    wanted = [
        passage
        for passage in read_back(ONLINE.sub("", whole)).passages
        if not is_for_paper(passage.key)
    ]
    if list(shown) != wanted:
        key = next((passage.key for passage in wanted if passage not in shown), "")
        raise ValueError(f"{key or 'the order'} of {composition.target} is lost")
    if ASSET in text:
        raise ValueError(f"{composition.target} asks for what its page does not have")
    return Screen(
        text.strip(),
        standing[1] if standing else "",
        {passage.key: passage.text for passage in shown},
    )


def _drawing(match: re.Match[str]) -> str:
    """Write places on a drawing as parts of it, so that it can be of any size."""
    width, height = float(match[2]), float(match[3])

    def place(disc: re.Match[str]) -> str:
        left, top = float(disc[1]) / width, float(disc[2]) / height
        return f"left: {left:.2%}; top: {top:.2%}"

    return match[1] + DISC.sub(place, match[4])
