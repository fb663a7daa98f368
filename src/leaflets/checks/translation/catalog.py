"""A catalog checked: what must be the same in every language.

Takes a catalog and the messages in use; runs the checks of markup, letters, numbers,
meaning and terms over each pair, at its line of the PO.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from leaflets.checks.translation.letters import CHECKS as SCRIPT
from leaflets.checks.translation.letters import control_characters
from leaflets.checks.translation.markup import CHECKS as MARKUP
from leaflets.checks.translation.markup import LONGEST, too_long
from leaflets.checks.translation.names import CHECKS as NAMED
from leaflets.checks.translation.negation import CHECKS as MEANING
from leaflets.checks.translation.numbers import CHECKS as VALUES
from leaflets.checks.translation.pair import Pair
from leaflets.checks.translation.punctuation import CHECKS as TYPOGRAPHY
from leaflets.checks.translation.sentence_parity import CHECKS as SENTENCES
from leaflets.checks.translation.terms import check_terms
from leaflets.checks.verdicts import NOTHING, Verdicts, key_of, terms_digest
from leaflets.diagnostics import Diagnostic, Location, Subject, about, warning
from leaflets.languages.locale import Locale, find_locale
from leaflets.languages.word_lists import has_lexicon
from leaflets.sources.catalogs.catalog import Catalog
from leaflets.sources.catalogs.glossary import Glossary
from leaflets.sources.catalogs.localize import gap_of
from leaflets.sources.content.names import NO_NAMES, Names

CHECKS = (*MARKUP, *SCRIPT, *TYPOGRAPHY, *VALUES, *MEANING, *SENTENCES, *NAMED)
"""Of texts of a sane length; what hides and what is too long comes first."""
NO_TERMS = Glossary(())
NOWHERE = Location("")


def check_pair(pair: Pair) -> Iterator[Diagnostic]:
    """Run all checks over one translation."""
    yield from control_characters(pair)
    yield from too_long(pair)
    if len(pair.translation) <= LONGEST:
        for check in CHECKS:
            yield from check(pair)


def check_catalog(
    catalog: Catalog,
    messages: Iterable[tuple[str, str]],
    source_locale: Locale,
    glossary: Glossary = NO_TERMS,
    names: Names = NO_NAMES,
    *,
    seen: Verdicts = NOTHING,
    memory: dict[str, tuple[Diagnostic, ...]] | None = None,
) -> Iterator[Diagnostic]:
    """Check the messages in use, each (context, text), at their lines of the PO.

    `source_locale` is what the messages are written in.  What is not printable,
    `localize` tells, so that the same gap is told once.  `seen` spares the work for
    pairs seen before; `memory` takes up all pairs in use.
    """
    diagnostics = _findings(
        catalog, messages, source_locale, glossary, names, seen, memory
    )
    yield from about(Subject(locale=catalog.locale), diagnostics)


def _findings(
    catalog: Catalog,
    messages: Iterable[tuple[str, str]],
    source_locale: Locale,
    glossary: Glossary,
    listed: Names,
    seen: Verdicts,
    memory: dict[str, tuple[Diagnostic, ...]] | None,
) -> Iterator[Diagnostic]:
    """Check each message, or tell again what was found before."""
    locale = find_locale(catalog.locale)
    if locale and not locale.pseudo and not has_lexicon(locale.name):
        lacks = f"there are no word lists for {locale.english_name}"
        hint = "negations, units and promises are not checked; see docs/languages.md"
        yield warning("no-word-lists", lacks, Location(catalog.path), hint)
    known = {} if memory is None else memory
    terms = terms_digest(glossary, listed)
    for context, text in dict.fromkeys(messages):
        if gap := gap_of(context, text, catalog):
            yield gap
            continue
        message = catalog.lookup(context, text)
        if message is None or locale is None:
            continue
        names = (source_locale.name, locale.name)
        key = key_of(text, message.translation, names, terms)
        if key not in known:
            pair = Pair(
                text, message.translation, locale, source_locale, NOWHERE, listed
            )
            before = seen.get(key)
            known[key] = tuple(_checked(pair, glossary)) if before is None else before
        place = Location(catalog.path, message.line)
        yield from (replace(diagnostic, location=place) for diagnostic in known[key])


def _checked(pair: Pair, glossary: Glossary) -> Iterator[Diagnostic]:
    """Run what applies: of a pseudo-locale only the markup can be wrong."""
    if pair.locale.pseudo:
        for check in MARKUP:
            yield from check(pair)
        return
    yield from check_pair(pair)
    yield from check_terms(glossary, pair)
