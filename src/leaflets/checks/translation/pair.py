"""A source text beside its translation, and how the checks speak of them."""

import re
from dataclasses import dataclass, replace

from leaflets.diagnostics import Location
from leaflets.languages.locale import Locale
from leaflets.sources.content.inline import LINK_TARGET, PLACEHOLDER
from leaflets.sources.content.names import NO_NAMES, Names
from leaflets.sources.content.names import without_names as blanked

ADDRESS = re.compile(
    r"(?:https?|ftp|wss?)\s*:\s*//[^\s)\]]+"
    r"|(?<!\w)(?:javascript|vbscript)\s*:"
    r"|(?<!\w)(?:data|file|blob|asset|mailto|tel|sms)\s?:(?=[^\s])[^\s)\]]*"
    r"|\bwww\.[^\s)\]]+"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]++\.[\w.-]+"
    r"|hxxps?\b[^\s)\]]*|\b[\w.-]{1,64} ?[(\[]at[)\]] ?[\w.-]+"
    # A bare domain: of a kind that is common, for "…z.b." and "end.the" are none.
    # Names are short (RFC 1035, 2.3.4), and so is the search at each letter.
    r"|\b[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,6}\.(?:com|org|net|info|biz|eu|de|at|ch|fr|es"
    r"|it|nl|be|pl|se|uk|ie|us|ca|br|pt|ru|ua|gr|ro|tr|vn|kr|jp|cn|tw|hk|ir|pk|bd|il"
    r"|io|app|online|site|shop|health|care|clinic|med|pro|xyz|top)\b(?!\.?\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and its translation."""

    source: str
    translation: str
    locale: Locale
    """Of the translation."""
    source_locale: Locale
    place: Location
    names: Names = NO_NAMES


def without_names(pair: Pair, blank: str) -> Pair:
    """Blank the names out of both texts: their letters and digits are no others."""
    if not pair.names.listed:
        return pair
    return replace(
        pair,
        source=blanked(pair.names, pair.source, blank=blank),
        translation=blanked(
            pair.names, pair.translation, pair.locale.name, blank=blank
        ),
    )


def bare(text: str) -> str:
    """Take out placeholders and addresses: their digits are no numbers of the text."""
    return ADDRESS.sub(" ", LINK_TARGET.sub("]", PLACEHOLDER.sub(" ", text)))


def short(text: str) -> str:
    """Quote the beginning of a text."""
    return text if len(text) <= 60 else text[:57] + "…"


def folded(text: str) -> str:
    """Write a text without what case and white space make of it."""
    return " ".join(text.split()).casefold()
