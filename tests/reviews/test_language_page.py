"""Locale pages: what they count, and that ours are as the tool makes them."""

from leaflets.build.front import analyse
from leaflets.pdf.engine.render import use_fonts
from leaflets.reviews.language_page import LOCALE_PAGES, locale_pages
from samples import ROOT, translated


def test_our_pages_are_as_the_tool_makes_them() -> None:
    """How each language is set is told as it is, and its doubts stand on its page.

    Counts are not compared: a translator's change of a word breaks no build.
    """
    use_fonts(ROOT / "build" / "fonts.conf")
    front = analyse(ROOT)
    made = locale_pages(front.material, front.diagnostics)
    folder = ROOT / LOCALE_PAGES
    there = {one.name: one.read_text(encoding="utf-8") for one in folder.glob("*.md")}
    assert set(made) == set(there)
    for name, text in made.items():
        if name != "README.md":
            setting, whole, _ = text.partition("## How whole it is")
            assert whole
            assert there[name].startswith(setting), name
    assert set(front.material.doubts) == set(translated())
    for name in translated():
        assert len(front.material.doubts[name]) >= 3, name
        for doubt in front.material.doubts[name]:
            assert f"| {doubt.source} | {doubt.used} | " in made[f"{name}.md"]


def test_every_catalog_is_whole() -> None:
    """All messages translated, none fuzzy, and the method told, with no human in it."""
    front = analyse(ROOT)
    for name, catalog in front.material.catalogs.items():
        messages = [one for one in catalog.messages if not one.obsolete]
        assert all(one.translation.strip() for one in messages), name
        assert not any(one.fuzzy for one in messages), name
        method = dict(catalog.header)["X-Translation-Method"]
        assert method.startswith("machine draft; second machine pass"), name
        assert method.endswith("no human yet"), name
    words = [one for one in front.material.glossary.terms if one.approved]
    for name in translated():
        missing = [
            one.source for one in words if not one.keep and name not in one.approved
        ]
        assert missing == [], name
