"""What is laid out is measured where the typesetter put it."""

from dataclasses import replace

import pytest

from leaflets.pdf.facts import Fragment
from typesetting import TEXTS, codes, page, typeset


def test_a_word_is_as_wide_as_it_is_set() -> None:
    """The measured width is that of the engine, in every script that we ship."""
    for name, text in TEXTS.items():
        word = text.replace("{n}", "24").split(" ")[0]
        body = f'<p id="p1">{word}</p><p>{word} {word}</p>'
        made = page(name, word, body=body, css="p { white-space: nowrap }")
        lines: dict[float, list[Fragment]] = {}
        for part in typeset(made)[0].layout.fragments:
            if part.text != "DRAFT":
                lines.setdefault(part.baseline, []).append(part)
        one, two = lines.values()
        space = extent(two) - 2 * extent(one)
        assert one[0].word == pytest.approx(extent(one) + 2 * space, abs=0.05), name


def test_each_piece_is_of_its_own_language() -> None:
    """A font for Chinese has another dash for it, which was taken for a fault."""
    text = "草稿——机器翻译"
    body = f'<p id="p1" lang="zh-Hans" dir="ltr" class="zh" data-passage>{text}</p>'
    composed = replace(
        page("ar", text, body=body, css='.zh { font-family: "Noto Sans SC" }'),
        families=("Noto Sans Arabic", "Noto Sans SC", "Noto Sans"),
    )
    fragments = typeset(composed)[0].layout.fragments
    languages = {part.text: part.language for part in fragments}

    assert languages == {"DRAFT": "ar", text: "zh-Hans"}
    assert codes(composed) == []


def extent(parts: list[Fragment]) -> float:
    """Measure a line from its left edge to its right one, in mm."""
    return max(part.right for part in parts) - min(part.left for part in parts)
