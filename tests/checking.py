"""What the checks say of one translation."""

from leaflets.checks.translation.catalog import check_pair
from leaflets.checks.translation.pair import Pair
from leaflets.diagnostics import Diagnostic, Location, Severity
from leaflets.languages.locale import Locale, find_locale
from leaflets.sources.content.names_file import PATH, read_names
from tiny import ROOT

NAMES, _ = read_names((ROOT / PATH).read_bytes(), PATH)
PLACE = Location("locales/xx/LC_MESSAGES/messages.po", 7)


def locale_of(name: str) -> Locale:
    """Return a locale that is known."""
    locale = find_locale(name)
    assert locale
    return locale


def pair_of(source: str, translation: str, name: str, written_in: str = "en") -> Pair:
    """Make a pair of texts."""
    return Pair(
        source, translation, locale_of(name), locale_of(written_in), PLACE, NAMES
    )


def diagnostics_of(source: str, translation: str, name: str) -> tuple[Diagnostic, ...]:
    """Check one translation; every finding stands at its line."""
    diagnostics = tuple(check_pair(pair_of(source, translation, name)))
    assert {diagnostic.location for diagnostic in diagnostics} <= {PLACE}
    return diagnostics


def codes_of(source: str, translation: str, name: str) -> list[str]:
    """Check one translation; the codes of errors and warnings, sorted."""
    diagnostics = diagnostics_of(source, translation, name)
    return sorted({one.code for one in diagnostics if one.severity > Severity.NOTE})
