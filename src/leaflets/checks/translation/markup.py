"""Checks of markup: a translation fills a text and can change nothing around it.

Pure functions over a message's two texts.  A translation comes from outside and may
be careless or hostile.
"""

import re
from collections import Counter
from collections.abc import Iterator

from leaflets.checks.translation.pair import ADDRESS, Pair, folded
from leaflets.diagnostics import Diagnostic, error
from leaflets.sources.content.inline import (
    PLACEHOLDER,
    Link,
    Span,
    Strong,
    Text,
    links,
    parse_inline,
    plain,
)

LONGEST = 2_000
"""Characters of one translation; a leaflet's paragraph has a few hundred."""
LONGEST_FACTOR = 4
"""How much longer than English: German and Russian need less than twice."""
SHORT = 60
"""A text below this may grow more: "flu" is "grippe saisonnière"."""

FOREIGN_PLACEHOLDER = re.compile(r"%\(\w*\)|%[sd]\b|\$[A-Za-z_]")
HTML = re.compile(
    r"<[A-Za-z/!?][^>]{0,60}>?|&(?:[A-Za-z]\w{1,30}|#x?[0-9A-Fa-f]{1,8});"
)
BLOCK = re.compile(
    r"[ \t]*(?:#{1,6}(?=\s|$)|[-+*](?=\s|$)|[0-9]{1,9}[.)](?=\s|$)|:::|>|```|~~~|!\["
    r"|\|.*\||\{[^{}]*=|[-=_*]{3,}\s*$|\[[^\]]+\]:)"
    r"|[ ]{4}|\t"
)


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
    linked = Counter(links(spans))
    if linked != Counter(links(source)):
        other = next(iter(linked - Counter(links(source))), "")
        lost = next(iter(Counter(links(source)) - linked), "")
        message = f'a link to "{other}" instead of "{lost}"'
        hint = "links have the address of the source: [words](address)"
        yield error("markup-mismatch", message, pair.place, hint)
    for sign in ("**", "__", "`", "]("):
        if plain(spans).count(sign) != plain(source).count(sign):
            message = f'"{sign}" would be printed as it stands'
            hint = "markup needs its other half, and no space inside"
            yield error("markup-mismatch", message, pair.place, hint)
    if any(not plain(inner).strip() for inner in _marked(spans)):
        message = "a strong text or a link without words"
        yield error("markup-mismatch", message, pair.place)


def _marked(spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    """List what stands inside each strong text and link."""
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


def addresses(pair: Pair) -> Iterator[Diagnostic]:
    """A translation names no address that the source does not.

    Patients trust what is printed; an address also could make a program open things.
    """
    known = set(map(folded, ADDRESS.findall(pair.source)))
    known |= {address.rstrip(".") for address in known}
    for address in dict.fromkeys(ADDRESS.findall(pair.translation)):
        if folded(address).rstrip(".,;:!?") not in known:
            message = f'the address "{address[:60]}" is not in the source'
            yield error("url-in-translation", message, pair.place, "take it out")


CHECKS = (placeholders, markup, html, block_markup, addresses)
"""Of texts of a sane length; `too_long` tells the others."""
