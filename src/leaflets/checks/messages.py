"""Checks of translations: what must be the same in every language.

Pure functions over a message's two texts.  A translation comes from outside and may
be wrong, careless or hostile; it fills a text and can do nothing else.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from leaflets.catalog import Catalog
from leaflets.diagnostics import Diagnostic, Location, error, note, warning
from leaflets.inline import Link, Span, Strong, Text, links, parse_inline, plain
from leaflets.letters import ending, hidden, last_sign, runs
from leaflets.locales import Locale, find_locale, format_value
from leaflets.numerals import han_numbers, native_digits, numbers

LONGEST = 2_000
"""Characters of one translation; a leaflet's paragraph has a few hundred."""
LONGEST_FACTOR = 4
"""How much longer than English: German and Russian need less than twice."""
SHORT = 60
"""A text below this may grow more: "MS" is "sclérose en plaques"."""

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")
FOREIGN_PLACEHOLDER = re.compile(r"%\(\w*\)|%[sd]\b|\$[A-Za-z_]")
LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
HTML = re.compile(
    r"<[A-Za-z/!?][^>]{0,60}>?|&(?:[A-Za-z]\w{1,30}|#x?[0-9A-Fa-f]{1,8});"
)
ADDRESS = re.compile(
    r"(?:https?|ftp|wss?)\s*:\s*//[^\s)\]]+"
    r"|(?:javascript|vbscript)\s*:"
    r"|(?:data|file|blob|asset|mailto|tel|sms)\s?:(?=[^\s])[^\s)\]]*"
    r"|\bwww\.[^\s)\]]+"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+",
    re.IGNORECASE,
)
BLOCK = re.compile(
    r"[ \t]*(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|[0-9]{1,9}[.)](?=\s|$)|:::|>|```|~~~|!\["
    r"|\|.*\||\{[^{}]*=|[-=_*]{3,}\s*$|\[[^\]]+\]:)"
    r"|[ ]{4}|\t"
)
LATIN_NAMES = """
    MS RRMS PPMS SPMS CIS MIST BEAT AHSCT HSCT JACIE EBMT ISSCR EHA ECTRIMS NHS NICE
    DMT MESEMS StarMS RAM FDA EMA WHO MSIF PML MRI CSF DNA ATG BEAM EDSS JC COVID
    Covid PDF QR AIMS NEDA Atlas Epstein Barr Karnofsky Noto Uhthoff Lhermitte
    alemtuzumab natalizumab ocrelizumab ofatumumab ublituximab rituximab cladribine
    fingolimod siponimod ozanimod ponesimod teriflunomide dimethyl diroximel fumarate
    interferon beta glatiramer acetate mitoxantrone cyclophosphamide
    methylprednisolone prednisolone baclofen tizanidine fampridine gabapentin
    amantadine modafinil Lemtrada Tysabri Ocrevus Kesimpta Mavenclad Gilenya Copaxone
    Aubagio Tecfidera doi http https www org com net
"""
NAMES = frozenset(LATIN_NAMES.split())
"""Words that stay in Latin letters in every language (docs/translators.md)."""

COMMON = "the and you your with this that have from they what which"
ENGLISH = frozenset(COMMON.split())
"""Words that every English text holds and no other language in use does."""

OWN_SIGNS = {
    "Arab": {"?": "؟"},
    "Hans": {"?": "？", ".": "。", "!": "！", ":": "："},
}


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and its translation."""

    source: str
    translation: str
    locale: Locale
    place: Location


def placeholders(pair: Pair) -> Iterator[Diagnostic]:
    """Every placeholder of the source stands in the translation, as often.

    Each is a number from a fact. A missing one is a missing number on paper; a
    renamed or broken one would be printed in braces.
    """
    wanted = Counter(PLACEHOLDER.findall(pair.source))
    there = Counter(PLACEHOLDER.findall(pair.translation))
    for name in wanted - there:
        hint = "copy it from the source just as it stands"
        message = f'"{{{name}}}" is missing from the translation'
        yield error("placeholder-mismatch", message, pair.place, hint)
    for name in there - wanted:
        message = f'"{{{name}}}" is not in the source, or not as often'
        yield error("placeholder-mismatch", message, pair.place)
    rest = PLACEHOLDER.sub("", pair.translation)
    if match := re.search(r"[^\s{}｛｝]{0,20}[{}｛｝][^\s{}]{0,20}", rest):
        message = f'a brace that belongs to no placeholder: "{match[0]}"'
        hint = "a placeholder is written {name}, without spaces or signs inside"
        yield error("placeholder-mismatch", message, pair.place, hint)
    if (match := FOREIGN_PLACEHOLDER.search(rest)) and match[0] not in pair.source:
        message = f'"{match[0]}" is a placeholder of another kind'
        yield error("placeholder-mismatch", message, pair.place, "write {name}")


def markup(pair: Pair) -> Iterator[Diagnostic]:
    """The translation stresses as many words and leads to the same addresses.

    What is strong in the source is what must not be overread; another address could
    lead patients anywhere. The order is free, for languages differ.
    """
    source, _ = parse_inline(pair.source)
    spans, problems = parse_inline(pair.translation)
    for problem in problems:
        if problem != "HTML":  # which has a check of its own
            message = f"the text holds {problem}"
            yield error("inline-markup", message, pair.place)
    if problems:
        return
    strong, wanted = _strong(spans), _strong(source)
    if strong != wanted:
        message = f"{strong} strong texts instead of {wanted}"
        hint = "put ** on both sides of the words that carry the stress"
        yield error("markup-mismatch", message, pair.place, hint)
    addresses = Counter(links(spans))
    if addresses != Counter(links(source)):
        other = next(iter(addresses - Counter(links(source))), "")
        lost = next(iter(Counter(links(source)) - addresses), "")
        message = f'a link to "{other}" instead of "{lost}"'
        hint = "links have the address of the source: [words](address)"
        yield error("markup-mismatch", message, pair.place, hint)
    for sign in ("**", "__", "`", "]("):
        if plain(spans).count(sign) != plain(source).count(sign):
            message = f'"{sign}" would be printed as it stands'
            hint = "markup needs its other half, and no space inside"
            yield error("markup-mismatch", message, pair.place, hint)
    if any(not plain(one).strip() for one in _marked(spans)):
        message = "a strong text or a link without words"
        yield error("markup-mismatch", message, pair.place)


def _marked(spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """Give what stands inside each strong text and link."""
    for span in spans:
        if not isinstance(span, Text):
            yield span.spans
            yield from _marked(span.spans)


def _strong(spans: tuple[Span, ...]) -> int:
    """Count strong texts, those inside links too."""
    total = 0
    for span in spans:
        if isinstance(span, Strong | Link):
            total += isinstance(span, Strong) + _strong(span.spans)
    return total


def html(pair: Pair) -> Iterator[Diagnostic]:
    """A translation holds no HTML: it could change the page, or load things into it."""
    for match in HTML.finditer(pair.translation):
        if match[0] not in pair.source:
            message = f'"{match[0]}" is HTML'
            yield error("html-in-translation", message, pair.place, "take it out")


def number_parity(pair: Pair) -> Iterator[Diagnostic]:
    """The same numbers, by value, whatever digits and separators they are written in.

    A changed dose, time or telephone number is the worst that a translation can do.
    Native digits are refused: patient and nurse point at the same figure
    (docs/decisions/0004-digits.md).
    """
    sign = format_value(1.5, "number", pair.locale)[1:2]
    text = _bare(pair.translation)
    wanted = Counter(numbers(_bare(pair.source)))
    there = Counter(numbers(text, sign))
    missing, extra = wanted - there, there - wanted
    if pair.locale.script == "Hans":
        missing -= Counter(han_numbers(text))
    for value in missing:
        message = f'"{_written(value)}" is missing from the translation'
        hint = f'the source says "{_short(pair.source)}"'
        yield error("number-parity", message, pair.place, hint)
    for value in extra:
        message = f'the number "{_written(value)}" is not in the source'
        hint = "numbers are placeholders; write words for what is only counted"
        yield error("number-parity", message, pair.place, hint)
    if digits := native_digits(text):
        message = f'"{digits}" is written in native digits'
        hint = "write 0 to 9, so that everybody can point at the same figure"
        yield error("number-parity", message, pair.place, hint)


def _bare(text: str) -> str:
    """Take out placeholders and addresses: their digits are no numbers of the text."""
    return ADDRESS.sub(" ", LINK_TARGET.sub("]", PLACEHOLDER.sub(" ", text)))


def _written(value: Decimal) -> str:
    return f"{value:f}"[:40]


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"


def control_characters(pair: Pair) -> Iterator[Diagnostic]:
    """No character that nobody sees: it can hide, reverse or break what is printed.

    See "Trojan Source" (CVE-2021-42574) and Unicode Technical Report 36.
    """
    rtl = pair.locale.right_to_left
    for name in hidden(pair.translation, pair.locale.script, right_to_left=rtl):
        hint = "delete it and type the words around it again"
        message = f"the translation holds {name}"
        yield error("control-character", message, pair.place, hint)


def script(pair: Pair) -> Iterator[Diagnostic]:
    """The translation is written in its language's script.

    Letters of a third script look alike and are read out wrongly; Latin words are
    names, or were left in English.
    """
    own = pair.locale.script
    found = list(runs(_bare(pair.translation)))
    if not found and list(runs(_bare(pair.source))):
        yield error("wrong-script", "it holds no words", pair.place, "translate it")
    foreign = [word for kind, word in found if kind not in (own, "Latn", "Grek")]
    for word in dict.fromkeys(foreign):
        message = f'"{word}" is not written in the script of {pair.locale.english_name}'
        yield error("wrong-script", message, pair.place, "type the word again")
    for word in _mixed(pair.translation):
        message = f'"{word}" mixes letters that look alike from two scripts'
        yield error("wrong-script", message, pair.place, "type the word again")
    if own == "Latn":
        return
    english = [word for kind, word in found if kind == "Latn" and not _is_name(word)]
    # A Han sign says as much as three letters.
    size = 3 if own == "Hans" else 1
    written = sum(len(word) for kind, word in found if kind == own) * size
    if sum(map(len, english)) > written:
        message = f"most of it is not in {pair.locale.english_name}"
        yield error("wrong-script", message, pair.place, "translate all of it")
        return
    for word in dict.fromkeys(english):
        if re.search(rf"\b{re.escape(word)}\b", _bare(pair.source)):
            message = f'"{word}" was left in English'
            hint = "translate it; names of studies and medicines may stay"
            yield warning("wrong-script", message, pair.place, hint)


def _mixed(text: str) -> Iterator[str]:
    """Give the words that hold Latin beside Cyrillic or Greek letters."""
    for word in re.findall(r"[^\W\d_]+", _bare(text)):
        if len({kind for kind, _ in runs(word)} & {"Latn", "Cyrl", "Grek"}) > 1:
            yield word


def _is_name(word: str) -> bool:
    """Tell whether a word in Latin letters may stand in any language."""
    return len(word) == 1 or word in NAMES or word.lower() in NAMES


def unchanged(pair: Pair) -> Iterator[Diagnostic]:
    """A translation that is still the English text is none.

    Single words may be alike by chance ("Hospital"), so those are only told.
    """
    words = [word for _, word in runs(_bare(pair.translation)) if not _is_name(word)]
    same = _folded(pair.source) == _folded(pair.translation)
    hits = sum(word.lower() in ENGLISH for word in words)
    if same and len(words) > 2:
        message = "the translation is the English text"
        yield error("unchanged", message, pair.place, "translate it")
    elif same and words:
        message = "the translation is the same as the English text"
        yield note("unchanged", message, pair.place)
    elif hits > 2 or (hits == 2 and len(words) <= 10):
        message = "a part of the translation is in English"
        yield error("unchanged", message, pair.place, "translate it")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def end_punctuation(pair: Pair) -> Iterator[Diagnostic]:
    """The translation ends as the source does, with the signs of its own script.

    A question that became a statement, or a sentence cut off, shows at its end.
    """
    wanted, there = ending(pair.source), ending(pair.translation)
    if wanted != there:
        message = f"the source ends with {_article(wanted)}, the translation with "
        yield warning("end-punctuation", message + _article(there), pair.place)
        return
    sign = last_sign(pair.translation)
    own = OWN_SIGNS.get(pair.locale.script, {}).get(sign)
    if own and there:
        message = f'it ends with "{sign}"; {pair.locale.english_name} writes "{own}"'
        yield warning("end-punctuation", message, pair.place)
    opened = pair.translation.count("¿") >= pair.translation.count("?")
    if pair.locale.name.partition("_")[0] == "es" and there and not opened:
        message = 'a question without "¿" at its beginning'
        yield warning("end-punctuation", message, pair.place)


def _article(name: str) -> str:
    if not name:
        return "no sign"
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def block_markup(pair: Pair) -> Iterator[Diagnostic]:
    """A translation does not begin a heading, list, box or quotation.

    The structure comes from the source; such a beginning would be printed as signs,
    or change the page if anything read it as Markdown again.
    """
    if match := BLOCK.match(pair.translation):
        message = f'it begins with "{match[0].strip()[:20]}", which is Markdown'
        hint = "begin with a word"
        yield error("block-markup", message, pair.place, hint)
    if re.search("[\n\r\v\f\x85\u2028\u2029]", pair.translation.strip()):
        hint = "write it as one line; the page breaks lines by itself"
        yield error("block-markup", "it holds a line break", pair.place, hint)


def too_long(pair: Pair) -> Iterator[Diagnostic]:
    """A translation that is many times longer says something else."""
    length, limit = len(pair.translation), len(pair.source) * LONGEST_FACTOR
    if length > LONGEST or length > max(limit, SHORT):
        message = f"{length} characters for {len(pair.source)} in the source"
        hint = "translate this text only; notes go into a comment"
        yield error("too-long", message, pair.place, hint)


def address(pair: Pair) -> Iterator[Diagnostic]:
    """A translation names no address that the source does not.

    Patients trust what is printed; an address also could make a program open things.
    """
    known = {_folded(one) for one in ADDRESS.findall(pair.source)}
    for one in dict.fromkeys(ADDRESS.findall(pair.translation)):
        if _folded(one).rstrip(".,;:!?") not in known | {k.rstrip(".") for k in known}:
            message = f'the address "{one[:60]}" is not in the source'
            yield error("url-in-translation", message, pair.place, "take it out")


CHECKS = (
    placeholders,
    markup,
    html,
    number_parity,
    script,
    unchanged,
    end_punctuation,
    block_markup,
    address,
)
"""Of texts of a sane length; the others come first and see everything."""


def check_pair(pair: Pair) -> Iterator[Diagnostic]:
    """Run all checks over one translation."""
    yield from control_characters(pair)
    if len(pair.translation) > LONGEST:
        yield from too_long(pair)
        return
    for check in (*CHECKS, too_long):
        yield from check(pair)


def check_catalog(
    catalog: Catalog, messages: Iterable[tuple[str, str]]
) -> Iterator[Diagnostic]:
    """Check the messages in use, each (context, text), at their lines of the PO.

    What is not printable is told in the words of `localize`, so that the same gap
    is told once.
    """
    locale = find_locale(catalog.locale)
    for context, text in dict.fromkeys(messages):
        message = catalog.lookup(context, text)
        short = _short(text)
        if message is None:
            hint = "run `leaflets update`, then translate the new message"
            place = Location(catalog.path)
            yield error("untranslated", f'"{short}" is missing', place, hint)
            continue
        place = Location(catalog.path, message.line)
        if message.fuzzy:
            hint = "check it against the source and clear the fuzzy mark"
            yield error("fuzzy", f'"{short}" is marked fuzzy', place, hint)
        elif not message.translation.strip():
            yield error("untranslated", f'"{short}" is not translated', place)
        elif locale is not None:
            yield from check_pair(Pair(text, message.translation, locale, place))
