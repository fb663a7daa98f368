"""The source's language: what leaflets are written in, and whether that can be.

Any language can be written in whose file in `languages/data` has word lists and a
table [source]: the checks read both texts of a pair, and `leaflets update` must know
the words that turn a statement round.
"""

from leaflets.diagnostics import Diagnostic, error
from leaflets.languages.language import find_language
from leaflets.languages.locale import Locale, find_locale
from leaflets.sources.project import PATH, Project
from leaflets.sources.toml import read_settings

CODE = "source-language"
HINT = "docs/languages.md tells what a language needs, so that leaflets can be written in it"


def source_of(project: Project) -> Locale:
    """Return the locale that a project's leaflets are written in."""
    locale = find_locale(project.source_locale)
    assert locale is not None  # or the project file had been refused
    return locale


def unfit_source(locale: Locale) -> str:
    """Say why leaflets cannot be written in a language; empty where they can."""
    language = find_language(locale.name)
    if locale.pseudo:
        reason = "is a pseudo-locale"
    elif language.negation is None:
        reason = "has no word lists yet"
    elif language.source is None:
        reason = "has no [source] words in its language file yet"
    else:
        return ""
    return f"leaflets cannot be written in {locale.english_name}: it {reason}"


def refuse_source(project: Project, data: bytes) -> Diagnostic | None:
    """Tell why a project's source cannot be; none where it can.

    `data` is the project file, for the line.
    """
    message = unfit_source(source_of(project))
    if not message:
        return None
    settings, _ = read_settings(data, PATH, code=CODE)
    place = settings.place("tool", "leaflets", "source")
    return error(CODE, message, place, HINT)
