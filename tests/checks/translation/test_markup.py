"""Checks of markup: placeholders, stress, links, HTML, blocks and length."""

import pytest

from checking import codes_of, pair_of
from leaflets.checks.translation.markup import too_long

SOURCE = "Rest **well** for {low} to {high} hours."
LINK = "Look at [this page](https://example.org/a) now."


@pytest.mark.parametrize(
    ("source", "translation", "name", "codes"),
    [
        # placeholder-mismatch
        (SOURCE, "Ruhen Sie {low} bis {high} Stunden **gut**.", "de", []),
        (SOURCE, "Ruhen Sie {low} Stunden **gut**.", "de", ["placeholder-mismatch"]),
        (
            SOURCE,
            "Ruhen Sie {low} bis {low} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie {low} bis {high} {high} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie { low} bis {high} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie {low bis {high} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie {{low}} bis {high} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "Ruhen Sie {low!r} bis {high.a} Stunden **gut**.",
            "de",
            ["placeholder-mismatch"],
        ),
        (
            SOURCE,
            "**好好**休息｛low｝到{high}小时。",
            "zh_Hans",
            ["placeholder-mismatch"],
        ),
        # markup-mismatch
        (LINK, "Siehe jetzt [diese Seite](https://example.org/a).", "de", []),
        (
            LINK,
            "Siehe jetzt [diese Seite](https://example.org/b).",
            "de",
            ["markup-mismatch", "url-in-translation"],
        ),
        (LINK, "Siehe jetzt diese Seite.", "de", ["markup-mismatch"]),
        (
            LINK,
            "Siehe jetzt [diese Seite] (https://example.org/a).",
            "de",
            ["markup-mismatch"],
        ),
        (LINK, "Siehe jetzt [](https://example.org/a).", "de", ["markup-mismatch"]),
        ("Rest **well**.", "Ruhen Sie gut.", "de", ["markup-mismatch"]),
        ("Rest **well**.", "Ruhen **Sie** **gut**.", "de", ["markup-mismatch"]),
        ("Rest **well**.", "Ruhen Sie **gut.", "de", ["markup-mismatch"]),
        ("Rest well.", "Ruhen ** Sie gut.", "de", ["markup-mismatch"]),
        # html-in-translation
        ("Rest if a < b.", "Ruhen Sie, wenn a < b.", "de", []),
        ("Rest well.", "Ruhen <b>Sie</b> gut.", "de", ["html-in-translation"]),
        ("Rest well.", "Ruhen <!-- Sie --> gut.", "de", ["html-in-translation"]),
        ("Rest well.", "Ruhen&nbsp;Sie gut.", "de", ["html-in-translation"]),
        (
            "Rest well.",
            "Ruhen <img src=x onerror=y",
            "de",
            ["end-punctuation", "html-in-translation"],
        ),
        ("Rest well.", "Ruhen $sie gut.", "de", ["placeholder-mismatch"]),
        ("Rest well.", "Ruhen *Sie* `gut`.", "de", ["inline-markup"]),
        # block-markup
        ("Rest well.", "- Ruhen Sie.", "de", ["block-markup"]),
        ("Rest well.", "# Ruhen Sie.", "de", ["block-markup"]),
        ("Rest well.", "> Ruhen Sie.", "de", ["block-markup"]),
        ("Rest well.", "::: call Ruhen.", "de", ["block-markup"]),
        ("Rest well.", "* Ruhen Sie.", "de", ["block-markup"]),
        ("**Rest** well.", "**Ruhen** Sie.", "de", []),
        ("1 way.", "1. Weg.", "de", ["block-markup"]),
        ("1 way.", "1 Weg.", "de", []),
        ("Rest well.", "Ruhen\nSie.", "de", ["block-markup", "control-character"]),
        ("Rest well.", "Ruhen\u2028Sie.", "de", ["block-markup", "control-character"]),
        ("Rest well.", "```Ruhen Sie.", "de", ["block-markup", "markup-mismatch"]),
        # too-long
        ("MS", "Esclerosis múltiple", "es", []),
        ("Rest well, for it helps you.", "Ruhe " * 40 + "aus.", "de", ["too-long"]),
        ("Rest. " * 800, "Ruhe. " * 800, "de", ["too-long"]),
        # url-in-translation
        ("See https://a.org/b.", "Siehe https://a.org/b.", "de", []),
        ("See this.", "Siehe https://a.org/b.", "de", ["url-in-translation"]),
        ("See this.", "Siehe www.a.org/b.", "de", ["url-in-translation"]),
        ("See this.", "Siehe file:///etc/passwd.", "de", ["url-in-translation"]),
        (
            "See this.",
            "Siehe [hier](javascript:alert).",
            "de",
            ["markup-mismatch", "url-in-translation"],
        ),
        ("See this.", "Siehe ana@a.org.", "de", ["url-in-translation"]),
        ("My data: see this.", "Meine Data: siehe das.", "de", []),
        # A scheme begins a word: the Dutch word for recovery ends like one.
        ("Recovery: see this.", "Herstel:zie dit.", "nl", []),
        ("See this.", "Zie dit: tel:a.", "nl", ["url-in-translation"]),
    ],
)
def test_each_mistake_has_its_code(
    source: str, translation: str, name: str, codes: list[str]
) -> None:
    """What is right beside a mistake has no finding."""
    assert codes_of(source, translation, name) == codes


@pytest.mark.parametrize(
    ("source", "length", "codes"),
    [
        (10, 60, []),
        (10, 61, ["too-long"]),
        (20, 80, []),
        (20, 81, ["too-long"]),
        (1000, 2000, []),
        (1000, 2001, ["too-long"]),
    ],
)
def test_the_limits_of_length(source: int, length: int, codes: list[str]) -> None:
    """Sixty characters, four times the source, and two thousand at the most."""
    found = too_long(pair_of("a" * source, "b" * length, "de"))
    assert [one.code for one in found] == codes
