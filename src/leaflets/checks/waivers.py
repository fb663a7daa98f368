"""Waivers: findings that somebody answers for, with a reason and an end."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from leaflets.diagnostics import Diagnostic, Severity, error
from leaflets.sources.project import Waiver

NEVER = {
    "waiver-expired",
    "placeholder-mismatch",
    "html-in-translation",
    "foreign-link",
    "phone-parity",
    "review-file",
    "signature-date",
    "signature-key",
    "not-approved",
    "version-unchanged",
    "imprint-unnamed",
    "block-order",
    "fuzzy",
    "untranslated",
    "text-missing-in-pdf",
    "text-lost",
    "text-unexplained",
    "unsigned-text",
    "text-order",
    "text-unseen",
    "order-scrambled",
}
"""Codes that no waiver lifts: they would print a wrong or broken leaflet."""


def apply_waivers(
    diagnostics: Iterable[Diagnostic], waivers: tuple[Waiver, ...], today: date
) -> Iterator[Diagnostic]:
    """Turn waived findings into notes that give the reason; end what has ended.

    A waiver names a code and the beginning of a place, such as
    `locales/es/` or `content/symptoms.md:41`.
    """
    ended = set()
    for diagnostic in diagnostics:
        match = next((w for w in waivers if _covers(w, diagnostic)), None)
        if match is None or diagnostic.severity < Severity.WARNING:
            yield diagnostic
        elif today > match.until:
            ended.add(match)
            yield diagnostic
        else:
            reason = (
                f"{diagnostic.message} (waived until {match.until}: {match.reason})"
            )
            yield replace(diagnostic, severity=Severity.NOTE, message=reason)
    for waiver in sorted(ended, key=str):
        message = f"the waiver of {waiver.code} at {waiver.where} has ended"
        hint = "mend what it waives, or give it a new date and reason"
        yield error("waiver-expired", message, waiver.location, hint)


def _covers(waiver: Waiver, diagnostic: Diagnostic) -> bool:
    """Return whether a waiver speaks of a finding."""
    return (
        waiver.code == diagnostic.code
        and waiver.code not in NEVER
        and str(diagnostic.location).startswith(waiver.where)
    )
