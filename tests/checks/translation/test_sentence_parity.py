"""Checks of sentences: none is lost, none stands twice."""

import pytest

from checking import codes_of, diagnostics_of


@pytest.mark.parametrize(
    ("source", "translation", "name", "codes"),
    [
        # sentence-parity
        ("Rest. Call us.", "Ruhen Sie. Rufen Sie uns an.", "de", []),
        ("Rest. Call us.", "Ruhen Sie.", "de", ["sentence-parity"]),
        ("Rest. Call us.", "Ruhen Sie und rufen Sie an.", "de", ["sentence-parity"]),
        ("Rest and call us.", "Ruhen Sie. Rufen Sie uns an.", "de", []),
        ("Rest. Call us.", "استرح. اتصل بنا.", "ar", []),
        ("Rest. Call us.", "استرح شهرًا. اتصل بنا.", "ar", []),
        ("Rest. Call us.", "استرح شهرًا.", "ar", ["sentence-parity"]),
        ("Why? Call us.", "Γιατί; Καλέστε μας.", "el", []),
        ("Rest. Call us.", "休息。请打电话。", "zh_Hans", []),
        ("Rest. Call us.", "休息。", "zh_Hans", ["sentence-parity"]),
        ("Three cards. Call us.", "카드 세 장. 전화하세요.", "ko", []),
        ("Rest. Call us.", "आराम करें। हमें फ़ोन करें।", "hi", []),
        ("Rest. Call us.", "आराम करें।", "hi", ["sentence-parity"]),
        ("Take vitamin D. Rest.", "Nehmen Sie Vitamin D. Ruhen Sie.", "de", []),
        ("Take five. Rest.", "Neem vijf DMT’s. Rust.", "nl", []),
        ("Take some, e.g. two.", "Nehmen Sie etwas, z. B. zwei.", "de", []),
        # sentence-repeated
        ("Rest. Call us.", "Ruhen Sie. Ruhen Sie.", "de", ["sentence-repeated"]),
        ("Rest.", "Ruhen Sie. Ruhen Sie.", "de", ["sentence-repeated"]),
        ("Rest. Rest.", "Ruhen Sie. Ruhen Sie.", "de", []),
        ("Rest.", "休息。休息。", "zh_Hans", ["sentence-repeated"]),
    ],
)
def test_each_mistake_has_its_code(
    source: str, translation: str, name: str, codes: list[str]
) -> None:
    """What is right beside a mistake has no finding."""
    assert codes_of(source, translation, name) == codes


def test_it_says_how_many_there_are() -> None:
    """One sentence is no plural, and the last of the source is named."""
    (finding,) = diagnostics_of("Rest. Sleep. Call us.", "Ruhen Sie.", "de")
    assert finding.message == "1 sentence for 3 in the source"
    assert 'begins "Call us."' in finding.hint
