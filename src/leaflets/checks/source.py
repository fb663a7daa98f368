"""Checks of the source text: what a leaflet must hold, and how it says it.

Pure functions over a document, the evidence and the family.  Each takes its reason from a
standard of patient information, named in its docstring.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from leaflets.diagnostics import Diagnostic, Location, Subject, about, error, warning
from leaflets.sources.content.document import Document
from leaflets.sources.content.evidence import Evidence, Unit, Value
from leaflets.sources.content.family import PATH as FAMILY
from leaflets.sources.content.family import Family
from leaflets.sources.content.markdown import Block, walk
from leaflets.sources.content.names import NO_NAMES, Names, without_names
from leaflets.sources.project import Clinic
from leaflets.sources.schema import nearest, shown
from leaflets.sources.signatures import YEARS, years_later

STATED = ("paragraph", "list", "steps", "table", "terms")
"""Blocks that state something, which rests on a source."""
LONGEST_LIST = 7
LONGEST_SUMMARY = 60
LONGEST_SENTENCE = 25
PLACEHOLDER = re.compile(r"\{(\w+)\}")
NUMBER = re.compile(r"\d(?:[\d.,]*\d)?")


def required_blocks(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """Every leaflet opens with its summary, and has the boxes of its kind.

    Summaries and action blocks are what leaflets most often lack (AHRQ PEMAT-P
    items 11 and 20; CDC Clear Communication Index items 2, 11 and 14).
    """
    names = [block.name for block in document.blocks if block.kind == "box"]
    first = document.blocks[0] if document.blocks else None
    if first is None or first.name != "summary":
        yield error(
            "required-block",
            "the leaflet does not begin with its summary box",
            first.location if first else Location(document.path, 1),
        )
    kind = family.kind_of(document.meta.kind)
    for name in kind.boxes:
        if name not in names:
            message = f"the leaflet has no {name} box"
            yield error("required-block", message, Location(document.path, 1))


def known_kind(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """The kind of a leaflet, and whom its boxes call, are the family's.

    A draft has no kind: its front matter is told of for itself.
    """
    kind = document.meta.kind
    if kind and family.kinds and kind not in family.kinds:
        message = f'the family has no kind of leaflet "{shown(kind)}"'
        hint = nearest(kind, tuple(family.kinds))
        yield error("family-unknown", message, Location(document.path, 1), hint)
    contacts = tuple(contact.id for contact in family.contacts)
    for block in walk(document.blocks):
        for name in block.contacts:
            if family.contact(name) is None:
                message = f'the family has no contact "{shown(name)}"'
                hint = nearest(name, contacts) or f"add it to {FAMILY}"
                yield error("family-unknown", message, block.location, hint)


def required_tags(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """A leaflet has the tags of its kind, such as what DISCERN asks of treatments.

    Presence is checked here; truth is the clinician's.
    """
    kind = family.kind_of(document.meta.kind)
    there = {tag for block in walk(document.blocks) for tag in block.tags}
    for tag in kind.tags:
        if tag not in there:
            message = f'no block is tagged "{tag}"'
            hint = f"{FAMILY} asks for it in leaflets of this kind"
            yield error("required-tag", message, Location(document.path, 1), hint)


def benefit_with_harm(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """What must be read together, such as benefit and harm, stands in one box.

    The same balance box holds all of it, so that it shares a page.
    """
    kind = family.kind_of(document.meta.kind)
    for block in document.blocks:
        if block.kind != "box" or block.name != "balance":
            continue
        tags = {tag for child in walk((block,)) for tag in child.tags}
        for tag, others in kind.together.items():
            for other in others if tag in tags else ():
                if other not in tags:
                    message = f'the balance box tells of "{tag}" without "{other}"'
                    yield error("benefit-without-harm", message, block.location)


def short_lists(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """A list has seven items at the most (CDC Clear Communication Index, item 8)."""
    for block in walk(document.blocks):
        if block.kind in ("list", "steps") and len(block.children) > LONGEST_LIST:
            message = f"the list has {len(block.children)} items"
            hint = f"part it: {LONGEST_LIST} at the most"
            yield error("long-list", message, block.location, hint)


def numbers_are_facts(document: Document, names: Names) -> Iterator[Diagnostic]:
    """Every number in the text is a fact with a source.

    So it is written once, formatted for each locale, and cannot differ between
    leaflets or languages.  Digits of a listed name ("type 2") are no number.
    """
    for segment in document.segments:
        bare = PLACEHOLDER.sub("", without_names(names, segment.text))
        bare = re.sub(r"\]\([^)]*\)", "]", bare)
        for number in dict.fromkeys(NUMBER.findall(bare)):
            yield error(
                "number-without-source",
                f'the number "{number}" stands in the text',
                segment.location,
                "make it a fact in content/facts.toml and write its {placeholder}; a "
                'name such as "type 2" goes into content/names.toml',
            )


def known_facts(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """Every placeholder stands for a fact, every source named is in the list."""
    values, references = evidence.by_placeholder(), evidence.by_id()
    for segment in document.segments:
        for name in PLACEHOLDER.findall(segment.text):
            if name not in values:
                message = f"{{{name}}} stands for no fact"
                hint = "content/facts.toml has them; docs/content.md says how"
                yield error("unknown-placeholder", message, segment.location, hint)
    for block in walk(document.blocks):
        for name in block.sources:
            if name not in references:
                message = f'the source "{name}" is not in content/sources.toml'
                yield error("unknown-source", message, block.location)


def plain_words(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """Sentences are short, and a summary is read at one glance.

    Twenty words a sentence and sixty a summary (Plain language; UKAAF G003); five
    more words a sentence are borne before it is a finding.
    """
    for segment in document.segments:
        for sentence in re.split(r"(?<=[.!?:])\s+", segment.text):
            words = len(sentence.split())
            if words > LONGEST_SENTENCE:
                start = " ".join(sentence.split()[:6])
                message = f'a sentence of {words} words: "{start}…"'
                yield warning("long-sentence", message, segment.location)
    for block in document.blocks:
        if block.name == "summary":
            words = sum(
                len(child.segment.text.split())
                for child in walk(block.children)
                if child.segment and child.kind != "heading"
            )
            if words > LONGEST_SUMMARY:
                message = f"the summary has {words} words"
                hint = f"{LONGEST_SUMMARY} at the most"
                yield warning("long-summary", message, block.location, hint)


def no_false_promise(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """A leaflet promises nothing that no study shows, and blames nobody.

    Which words those are is the family's to say, and where they may stand after all.
    """
    claims = [(claim, claim_pattern(claim.words)) for claim in family.claims]
    for block in walk(document.blocks):
        for claim, pattern in claims:
            if block.segment is None or set(claim.unless) & set(block.tags):
                continue
            for match in pattern.finditer(block.segment.text):
                message = f'"{match[0]}" is never said in a leaflet'
                yield error("forbidden-claim", message, block.location, claim.reason)


@cache
def claim_pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Make the pattern of forbidden words; spaces and hyphens stand for each other.

    >>> bool(claim_pattern(("risk-free", "miracle*")).search("It is risk free."))
    True
    >>> bool(claim_pattern(("cure",)).search("Nobody is cured."))
    False
    """
    phrases = []
    for phrase in words:
        parts = [re.escape(part) for part in re.split(r"[\s-]+", phrase.rstrip("*"))]
        phrases.append(r"[\s-]+".join(parts) + (r"\w*" if phrase.endswith("*") else ""))
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)


def sourced(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """A section that states evidence names where it comes from (PIF TICK, DISCERN 4).

    Boxes of advice and questions may stand without; a section of text may not.
    """
    values = evidence.by_placeholder()
    heading: Block | None = None
    cited = paragraphs = False
    for block in (*document.blocks, None):
        if block is None or block.kind == "heading":
            if heading and paragraphs and not cited:
                message = "the section names no source"
                yield error("section-without-source", message, heading.location)
            if block is None:
                break
            if block.level == 2 or heading is None:
                heading, cited, paragraphs = block, bool(block.sources), False
            continue
        paragraphs = paragraphs or block.kind in STATED
        for part in walk((block,)):
            text = part.segment.text if part.segment else ""
            facts = any(name in values for name in PLACEHOLDER.findall(text))
            cited = cited or bool(part.sources) or facts


def dates_in_order(
    document: Document, evidence: Evidence, family: Family
) -> Iterator[Diagnostic]:
    """A leaflet is looked at again within three years (PIF TICK)."""
    meta = document.meta
    begin = meta.written
    latest = years_later(begin, YEARS)
    place = Location(document.path, 1)
    if meta.review_by > latest:
        message = f"review_by is later than {latest}, three years after {begin}"
        yield error("review-date", message, place)
    if meta.review_by <= begin or meta.evidence > meta.review_by:
        yield error("review-date", "the dates are not in order", place)


CHECKS = (
    known_kind,
    required_blocks,
    required_tags,
    benefit_with_harm,
    short_lists,
    known_facts,
    plain_words,
    no_false_promise,
    sourced,
    dates_in_order,
)


def check_wording(
    document: Document, evidence: Evidence, family: Family, names: Names = NO_NAMES
) -> Iterator[Diagnostic]:
    """Run all checks of this module over one document."""
    subject = Subject(leaflet=document.meta.id)
    yield from about(subject, numbers_are_facts(document, names))
    for check in CHECKS:
        yield from about(subject, check(document, evidence, family))


def check_clinic(clinic: Clinic, family: Family) -> Iterator[Diagnostic]:
    """A number that the clinic gives is one that leaflets may ask for."""
    known = tuple(contact.id for contact in family.contacts)
    for name in clinic.contacts:
        if known and name not in known:
            message = f'the family has no contact "{shown(name)}"'
            yield error(
                "family-unknown", message, clinic.places[name], nearest(name, known)
            )


def check_facts_used(
    documents: tuple[Document, ...], evidence: Evidence
) -> Iterator[Diagnostic]:
    """Facts and sources are used, and with their units, by some leaflet."""
    yield from _unused(documents, evidence)
    yield from _units(documents, evidence)


def _unused(
    documents: tuple[Document, ...], evidence: Evidence
) -> Iterator[Diagnostic]:
    """A fact or source that no leaflet uses will not be kept up."""
    texts = [segment.text for document in documents for segment in document.segments]
    used = {name for text in texts for name in PLACEHOLDER.findall(text)}
    facts = {value.fact for value in evidence.values if value.placeholder in used}
    cited = {
        name
        for document in documents
        for block in walk(document.blocks)
        for name in block.sources
    }
    for value in evidence.values:
        if value.fact in facts:
            cited.update(value.sources)
    for name, value in {value.fact: value for value in evidence.values}.items():
        if name not in facts:
            message = f'no leaflet uses the fact "{name}"'
            yield warning("unused-fact", message, value.location)
    for reference in evidence.references:
        if reference.id not in cited:
            message = f'no leaflet cites the source "{reference.id}"'
            yield warning("unused-source", message, reference.location)


WORD = re.compile(r"[^\W\d_]+|[%‰°€$£]")
SENTENCE_END = re.compile(r"[.!?:;](?=\s|$)")
BEFORE, AFTER = 4, 6
"""Words on either side of a number among which its unit may stand; more than most
languages need, so that no right text is accused."""
ONE_OF_MANY = {
    "people": "person",
    "women": "woman",
    "men": "man",
    "children": "child",
    "feet": "foot",
}


@dataclass(frozen=True, slots=True)
class _Use:
    """One placeholder in a text, with the words of its sentence."""

    placeholder: str
    before: tuple[str, ...]
    """The nearest last."""
    after: tuple[str, ...]
    quote: str
    location: Location

    def says(self, unit: tuple[str, ...]) -> bool:
        """Return whether a unit stands beside the number."""
        return _holds(self.before[-BEFORE:], unit) or _holds(self.after[:AFTER], unit)


def _units(documents: tuple[Document, ...], evidence: Evidence) -> Iterator[Diagnostic]:
    """The unit of a fact is the one that the texts say beside its number.

    A unit that no text says is wrong where it is written down; a text that says the
    unit of another fact is wrong itself.  A text that names no unit is right: "in 34
    of 55 it got worse".
    """
    uses: dict[str, list[_Use]] = {}
    values = evidence.by_placeholder()
    for use in _uses(documents):
        if value := values.get(use.placeholder):
            uses.setdefault(value.fact, []).append(use)
    facts = {value.fact: value for value in evidence.values}
    units = {name: fact.unit for name, fact in facts.items() if fact.unit}
    for name, unit in units.items():
        words = _words(unit.words)
        here = uses.get(name, [])
        if here and not any(use.says(words) for use in here):
            yield _unsaid(facts[name], unit, here)
            continue
        others = [_words(other.words) for other in units.values()]
        for use in here:
            other = next((words for words in others if _begins(use.after, words)), ())
            if other and not use.says(words):
                message = (
                    f"{{{use.placeholder}}} stands for {unit.words}, and the text"
                    f' says "{" ".join(other)}"'
                )
                hint = f'the fact "{name}" has the unit; one of them is wrong'
                diagnostic = error("fact-unit", message, use.location, hint)
                yield replace(diagnostic, related=(unit.location,))


def _unsaid(fact: Value, unit: Unit, uses: list[_Use]) -> Diagnostic:
    """Make a finding of a unit that stands beside the number in no text, and what does."""
    diagnostic = error(
        "fact-unit",
        f'no text says "{unit.words}" beside the fact "{fact.fact}"',
        unit.location,
        f'{uses[0].location} says "{uses[0].quote}"; correct the unit, or leave it out where'
        " the text names none",
    )
    return replace(diagnostic, related=tuple(use.location for use in uses))


def _uses(documents: tuple[Document, ...]) -> Iterator[_Use]:
    """Find every placeholder, in all texts."""
    for document in documents:
        for segment in document.segments:
            for sentence in SENTENCE_END.split(segment.text):
                for match in PLACEHOLDER.finditer(sentence):
                    before, after = (
                        sentence[: match.start()],
                        sentence[match.end() :],
                    )
                    quote = f"{' '.join(before.split()[-2:])} {match[0]}{after}"
                    yield _Use(
                        match[1],
                        _words(before),
                        _words(after),
                        " ".join(quote.split()[:7]),
                        segment.location,
                    )


def _words(text: str) -> tuple[str, ...]:
    """List the words of a text; other placeholders are none."""
    return tuple(WORD.findall(PLACEHOLDER.sub(" ", text).casefold()))


def _holds(words: tuple[str, ...], unit: tuple[str, ...]) -> bool:
    return any(_begins(words[at:], unit) for at in range(len(words)))


def _begins(words: tuple[str, ...], unit: tuple[str, ...]) -> bool:
    return len(words) >= len(unit) and all(map(_is_same, words, unit))


def _is_same(word: str, other: str) -> bool:
    """Return whether two words are one, perhaps one of them in the plural.

    >>> _is_same("hours", "hour"), _is_same("mg", "mmol"), _is_same("person", "people")
    (True, False, True)
    """
    short, long = sorted(
        (ONE_OF_MANY.get(word, word), ONE_OF_MANY.get(other, other)), key=len
    )
    ending = 2 if len(short) > MOST_SHORT else 1
    return long.startswith(short) and len(long) - len(short) <= ending


MOST_SHORT = 3
"""Letters of a word to which no more than one may come: "mg" is not "mmol"."""
