"""Language pages: for each locale, how it is set, how whole it is, and what to doubt.

Takes what the project holds of a locale; gives Markdown for docs/locales.  A native
reviewer reads it first; nothing in it gates a build.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from leaflets.diagnostics import Diagnostic, Severity, distinct
from leaflets.languages.language import all_quotes, find_language
from leaflets.languages.letters import ending
from leaflets.languages.locale import (
    JOINER,
    Locale,
    format_value,
    hyphenation,
    without_isolates,
)
from leaflets.languages.readability import Reading, measure, scores
from leaflets.languages.scripts import settings
from leaflets.languages.word_lists import has_lexicon
from leaflets.pdf.fonts.shape import x_heights
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.glossary import Glossary
from leaflets.sources.catalogs.localize import localize
from leaflets.sources.content.document import Document
from leaflets.sources.content.markdown import Segment
from leaflets.sources.doubts import Doubt
from leaflets.sources.material import Material

MADE = (
    "<!-- Made by `leaflets locales`; change what it is made from, not this page. -->\n"
)
LOCALE_PAGES = "docs/locales"
POINT = 25.4 / 72
"""One point in mm."""
DAY = date(2026, 3, 9)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What stands on the page of a locale."""

    locale: Locale
    messages: int
    translated: int
    fuzzy: int
    words: int
    """Of all translations; letters in scripts without spaces."""
    terms: int
    """Of the glossary, with words in this language."""
    all_terms: int
    findings: tuple[int, int, int]
    """Errors, warnings, notes."""
    method: str
    signed: int
    """Leaflets with a signature in this language."""
    quotes: str
    """Marks that the translations hold, the language's own ones first."""
    reading: Reading
    doubts: tuple[Doubt, ...]


def locale_pages(material: Material, findings: Sequence[Diagnostic]) -> dict[str, str]:
    """Write every locale's page and the table of all, by file name.

    The project's fonts must be in force: the height of small letters is measured.
    """
    locales = [locale for locale in material.project.locales if not locale.pseudo]
    pages = [gather_page(material, locale, findings) for locale in locales]
    source = next(
        page for page in pages if page.locale.name == material.project.source_locale
    )
    files = {"README.md": format_index(pages)}
    for page in pages:
        setting = page.locale.setting
        sample = "".join(running(material, page.locale))
        heights = x_heights(sample, setting.families, 400)
        own = [measured for measured in heights if measured[0] in setting.letters]
        files[f"{page.locale.name}.md"] = format_page(page, source, own)
    return files


def gather_page(
    material: Material,
    locale: Locale,
    findings: Iterable[Diagnostic],
) -> Page:
    """Count what the project holds of a locale."""
    catalog = material.catalogs.get(locale.name)
    messages = (
        [message for message in catalog.messages if not message.obsolete]
        if catalog
        else []
    )
    texts = [message.translation for message in messages]
    if catalog is None:
        texts = [
            segment.text
            for document in material.documents
            for segment in document.segments
        ]
    count = Counter(
        diagnostic.severity
        for diagnostic in distinct(findings)
        if diagnostic.subject.locale == locale.name
    )
    whole = measure(texts, spaced=locale.setting.spaced)
    signs = {char for text in texts for char in text}
    own = find_language(locale.name).quotes
    marks = dict.fromkeys((*own, *all_quotes()))
    terms, all_terms = _terms(material.glossary, locale)
    return Page(
        locale=locale,
        messages=len(messages),
        translated=sum(
            bool(message.translation.strip()) and not message.fuzzy
            for message in messages
        ),
        fuzzy=sum(message.fuzzy for message in messages),
        words=whole.words or whole.letters,
        terms=terms,
        all_terms=all_terms,
        findings=(count[Severity.ERROR], count[Severity.WARNING], count[Severity.NOTE]),
        method=_method(catalog),
        signed=sum(name == locale.name for name, _ in material.reviews),
        quotes="".join(mark for mark in marks if mark in signs),
        reading=measure(running(material, locale), spaced=locale.setting.spaced),
        doubts=material.doubts.get(locale.name, ()),
    )


def _method(catalog: Catalog | None) -> str:
    """Say how the translation was made; "source" of the source language."""
    if catalog is None:
        return "source"
    return dict(catalog.header).get("X-Translation-Method", "")


def _terms(glossary: Glossary, locale: Locale) -> tuple[int, int]:
    """Count the terms with words in a locale, and all there are."""
    known = [term for term in glossary.terms if term.approved and not term.keep]
    return sum(locale.name in term.approved for term in known), len(known)


def running(material: Material, locale: Locale) -> tuple[str, ...]:
    """List all sentences of the leaflets in a locale, as they are printed.

    Headings and labels, which the source writes without an end, are left out.
    """
    values = material.evidence.by_placeholder()
    catalog = material.catalogs.get(locale.name)
    sentences = []
    for document in material.documents:
        for segment in _sentences(document):
            words, _ = localize(segment, catalog, locale, values, material.names)
            if words:
                sentences.append(without_isolates(words.text).replace(JOINER, ""))
    return tuple(sentences)


def _sentences(document: Document) -> Iterable[Segment]:
    return (segment for segment in document.segments if ending(segment.text))


def format_page(page: Page, source: Page, heights: Sequence[tuple[str, float]]) -> str:
    """Write the page of one locale, beside the source's.

    `heights`: of small letters in em, by script, in the locale's own font.
    """
    locale = page.locale
    title = f"# {locale.english_name} ({locale.endonym}), `{locale.name}`\n"
    parts = [MADE, title, *_setting(page, heights), *_wholeness(page)]
    parts.extend(_readability(page, source))
    parts.extend(_doubts(page))
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _setting(page: Page, heights: Sequence[tuple[str, float]]) -> Iterator[str]:
    locale = page.locale
    setting, latin = locale.setting, settings()["Latn"]
    way = "right to left" if locale.right_to_left else "left to right"
    patterns = hyphenation(locale)
    there = f"patterns `{patterns}` are there" if patterns else "there are no patterns"
    small = ", ".join(
        f"{script} {12 * setting.size * height * POINT:.2f} mm"
        for script, height in heights
    )
    numbers = (
        format_value(2800.5, "number", locale),
        format_value(2_800_000, "compact", locale),
        format_value(DAY, "date", locale),
    )
    habits = filter(None, (setting.habits, find_language(locale.name).habits))
    yield "## How it is set\n"
    yield _table(
        ("what", "how"),
        (
            ("script", f"{locale.script}, {way}"),
            ("fonts", " before ".join(setting.families) + "; 400, 600 and 700"),
            ("size", f"{setting.size:.0%} of Latin type"),
            ("small letters at 12 pt", small or "not measured"),
            ("lines at 12 pt", f"{setting.pitch:g} mm apart; Latin {latin.pitch:g} mm"),
            ("digits", "0 to 9, as on the clinic's telephone (docs/decisions/0004)"),
            ("numbers and dates", ", ".join(f"“{number}”" for number in numbers)),
            ("hyphenation", f"off, as tired eyes need it; {there}"),
            ("lines", "ragged, never justified"),
            ("quotation marks in the catalog", " ".join(page.quotes) or "none"),
            ("rules of its own", " ".join(habits) or "none"),
        ),
    )


def _language(locale: Locale) -> str:
    return locale.name.partition("_")[0]


def _wholeness(page: Page) -> Iterator[str]:
    errors, warnings, notes = page.findings
    unit = "words" if page.locale.setting.spaced else "letters"
    lists = "there" if has_lexicon(page.locale.name) else "none yet"
    yield "## How whole it is\n"
    yield _table(
        ("what", "how much"),
        (
            ("messages", f"{page.translated} of {page.messages}, {page.fuzzy} fuzzy"),
            (unit, f"{page.words}"),
            ("terms of the glossary", f"{page.terms} of {page.all_terms}"),
            ("word lists", lists),
            ("findings", f"{errors} errors, {warnings} warnings, {notes} notes"),
            ("leaflets with a signature", f"{page.signed}"),
            ("made by", page.method or "not told"),
        ),
    )


def _readability(page: Page, source: Page) -> Iterator[str]:
    own, theirs = page.reading, source.reading
    unit = "words" if page.locale.setting.spaced else "letters"
    rows = [
        ("sentences", f"{own.sentences}", f"{theirs.sentences}"),
        (f"{unit} in a sentence", f"{own.pace:.1f}", f"{theirs.pace:.1f} words"),
        (f"{unit} in the longest", f"{own.longest}", f"{theirs.longest} words"),
    ]
    known = scores(theirs, _language(source.locale), source.locale.script)
    for name, value in scores(own, _language(page.locale), page.locale.script).items():
        other = f"{known[name]:.0f}" if name in known else "–"
        rows.append((name, f"{value:.0f}", other))
    yield "## How it reads\n"
    yield _table(("running text", page.locale.english_name, "source"), rows)
    yield (
        "Scores of two languages do not compare: words are longer in one than in the"
        " other. LIX\nand Ateşman or Gulpease tell drafts of one language apart; no"
        " score gates a build.\n"
    )


def _doubts(page: Page) -> Iterator[str]:
    yield "## Doubts for a native reviewer\n"
    if not page.doubts:
        yield "None is written down. That is no proof: nobody has read it yet.\n"
        return
    yield _table(
        ("English", "now", "why it is doubtful"),
        ((doubt.source, doubt.used, doubt.why) for doubt in page.doubts),
    )


def format_index(pages: Sequence[Page]) -> str:
    """Write the table of all locales."""
    rows = []
    for page in pages:
        errors, warnings, _ = page.findings
        own = scores(page.reading, _language(page.locale), page.locale.script)
        unit = "" if page.locale.setting.spaced else " letters"
        name = page.locale.name
        rows.append(
            (
                f"[{page.locale.english_name}]({name}.md)",
                f"{page.locale.script}",
                f"{page.translated} of {page.messages}" if page.messages else "source",
                f"{page.words}{unit}",
                f"{page.terms} of {page.all_terms}" if page.messages else "source",
                f"{errors}, {warnings}",
                f"{page.reading.pace:.1f}{unit}",
                f"{own['LIX']:.0f}" if "LIX" in own else "–",
                f"{len(page.doubts)}",
            )
        )
    head = (
        *("language", "script", "messages", "words", "terms"),
        *("errors, warnings", "words a sentence", "LIX", "doubts"),
    )
    return "\n".join((MADE, "# Languages\n", _table(head, rows)))
