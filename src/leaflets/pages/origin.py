"""Origin: each word that a page draws comes from a text that people sign.

Words are marked where they are handed to a template, with two signs that draw nothing.
What is left of a page or stylesheet without marked words is the template's own: tags,
rules, and a few signs between words.  Any word in it is a finding at its line.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape

from leaflets.diagnostics import Diagnostic, Location, error
from leaflets.languages.locale import without_isolates
from leaflets.pages.html import Html, trusted

CODE = "unsigned-text"
BEGIN, END = "\ufdd0", "\ufdd1"
"""Signs that Unicode gives to programs for their own use."""
MARKED = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
FORGED = re.compile(f"[{BEGIN}{END}]|\\\\u(?:0000)?fdd[01]", re.IGNORECASE)
COUNTER = re.compile("\x01\\w+\x01")
COMMENT = re.compile("<!--.*?-->", re.DOTALL)
TAG = re.compile(r"<[^<>]*>")
NAME = re.compile(r"</?\s*([^\s/>]*)")
TAGS = frozenset(
    [
        "!doctype",
        "html",
        "head",
        "meta",
        "title",
        "body",
        "header",
        "footer",
        "main",
        "section",
        "div",
        "p",
        "span",
        "h1",
        "h2",
        "h3",
        "ul",
        "ol",
        "li",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "img",
        "strong",
        "a",
        "br",
    ]
)
"""Elements of pages; others draw of themselves, or hold styles and drawings."""
BETWEEN = re.compile(r"[\s\u00a0\u200b·/,.:;!\[\]()–-]*")
"""Signs that templates put between words: they say nothing by themselves."""
CITES = re.compile(r"\[[0-9]+(,[\s\u00a0][0-9]+)*\]")
"""Numbers of sources in brackets."""
FORMS = ("doi:",)
"""Words that stand before an address of a source in every language."""
DISC = re.compile(r'<span class="disc[^<>]*>|<div class="disc[^<>]*>')
"""Holds the number of a label that stands below its drawing."""

STRING = re.compile(
    r"""/\*.*?(?:\*/|\Z)|"(?:\\.|[^"\\])*(?:"|\Z)|'(?:\\.|[^'\\])*(?:'|\Z)""", re.DOTALL
)
ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
ENDS = re.compile("[;{}]")
NAMES_FONTS = re.compile(r"\s*font-family\s*:[^;{}]*")
MAKES_WORDS = tuple(
    map(
        re.compile,
        (
            r"attr\s*\(",
            r"@counter-style",
            r"symbols\s*\(",
            r"counters?\s*\([^()]*,",
            r"list-style(?:-type)?\s*:(?!\s*(?:none|disc|circle|square|decimal)\s*[;}])",
            r"counter-(?:reset|set|increment)\s*:[^;{}]*[0-9]",
            r"\\",
        ),
    )
)
"""What a stylesheet draws with beside strings, in small letters: the text of an
attribute, letters as numbers or marks of a list, numbers that begin elsewhere, and
escapes that hide one of these."""
NOTHING: Collection[str] = ()


def mark(html: Html) -> Html:
    """Mark markup whose words people sign; nothing stays nothing."""
    return trusted(f"{BEGIN}{html}{END}") if html else html


def mark_text(text: str) -> str:
    """Mark a text that a template escapes itself."""
    return f"{BEGIN}{text}{END}" if text else text


def without_marks(text: str) -> str:
    """Take the marks out again, before anything is set."""
    return text.replace(BEGIN, "").replace(END, "")


def is_marked(text: str) -> bool:
    """Ask whether all words of a text are marked; counters of pages are no words."""
    return not _words(COUNTER.sub("", MARKED.sub("", unescape(text))))


class Number(int):
    """A number that follows from the order of the texts; drawn, it is marked."""

    def __html__(self) -> str:
        """Write it as markup."""
        return f"{BEGIN}{int(self)}{END}"


def _words(text: str) -> str:
    """Return what draws words or numbers in a text; nothing where it only parts them."""
    plain = CITES.sub("", without_isolates(text))
    for form in FORMS:
        plain = plain.replace(form, "")
    return "" if BETWEEN.fullmatch(plain) else plain.strip()


def foreign_words(html: str, known: Collection[str] = NOTHING) -> Iterator[str]:
    """List the words of a filled page that are a template's own.

    `known` are names of languages and the address of the online copy, which stand alone.
    """
    left = MARKED.sub("", COMMENT.sub("", html))
    place, before = 0, ""
    for tag in TAG.finditer(left):
        yield from _foreign(left[place : tag.start()], before, known)
        before, place = tag[0], tag.end()
        match = NAME.match(before)
        if match and match[1].lower() not in TAGS:
            yield before
    yield from _foreign(left[place:], before, known)


def _foreign(text: str, before: str, known: Collection[str]) -> Iterator[str]:
    if not text or text.isspace():
        return
    words = _words(unescape(text))
    if not words or words.strip(" ·") in known:
        return
    if words.isdigit() and DISC.fullmatch(before):
        return
    yield words


def foreign_strings(css: str) -> Iterator[str]:
    """List what a filled stylesheet draws of itself: strings, attributes, letters."""
    left = MARKED.sub('""', css)
    rules, place, head = [], 0, ""
    for match in STRING.finditer(left):
        rule = left[place : match.start()]
        rules.append(rule)
        head = ENDS.split(head + rule)[-1]
        place = match.end()
        if match[0].startswith("/*"):
            continue
        rules.append('""')
        if _words(_decoded(match[0][1:-1])) and not NAMES_FONTS.fullmatch(head):
            yield match[0]
        head += '""'
    rules.append(left[place:])
    text = "".join(rules)
    small = text.lower()
    for pattern in MAKES_WORDS:
        for match in pattern.finditer(small):
            yield text[match.start() : match.end()].strip()


def drawn_strings(css: str) -> tuple[str, ...]:
    """List the marked texts that a filled stylesheet draws, as they are read."""
    return tuple(
        without_isolates(_decoded(string[0][1:-1]))
        for marked in MARKED.finditer(css)
        for string in STRING.finditer(marked[0])
        if not string[0].startswith("/*")
    )


def marked_texts(html: str) -> tuple[str, ...]:
    """List the marked words of a filled page, as they are read, without their markup."""
    return tuple(
        without_marks(unescape(TAG.sub("", marked[0])))
        for marked in MARKED.finditer(html)
    )


def _decoded(text: str) -> str:
    """Read the escapes of a CSS string."""

    def char(match: re.Match[str]) -> str:
        if match[1] is None:
            return "" if match[2] == "\n" else match[2]
        number = int(match[1], 16)
        return chr(number) if 0 < number <= 0x10FFFF else "\ufffd"

    return ESCAPE.sub(char, text)


def check_origin(
    templates: Mapping[str, str],
    template: str,
    html: str,
    stylesheets: Iterable[str],
    known: Collection[str] = NOTHING,
) -> Iterator[Diagnostic]:
    """Find each word that a template draws and nobody signs, at its line.

    `html` and `stylesheets` are filled, with their marks.
    """
    for place in _forged(tuple(sorted(templates.items()))):
        message = "the template writes a sign that marks signed words"
        yield error(CODE, message, place, "leave U+FDD0 and U+FDD1 out")
    for words in dict.fromkeys(foreign_words(html, known)):
        message = f'the template draws "{_shown(words)}" of its own'
        hint = 'ask for it as {{ _("…") }}, so that it is translated and signed'
        yield error(CODE, message, _place(templates, template, words, ".html"), hint)
    strings = dict.fromkeys(
        string for css in stylesheets for string in foreign_strings(css)
    )
    for string in strings:
        message = f"the stylesheet draws words or numbers of its own: {_shown(string)}"
        hint = 'strings are piped: content: {{ _("…")|content }}; numbers are counted'
        style = template.removesuffix(".html") + ".css"
        yield error(CODE, message, _place(templates, style, string, ".css"), hint)


@lru_cache(maxsize=4)
def _forged(templates: tuple[tuple[str, str], ...]) -> tuple[Location, ...]:
    """Find where templates write the marks themselves."""
    return tuple(
        Location(f"templates/{name}", text[: match.start()].count("\n") + 1)
        for name, text in templates
        for match in FORGED.finditer(text)
    )


def _shown(text: str) -> str:
    folded = " ".join(text.split())[:60]
    return "".join(char if char.isprintable() else "\ufffd" for char in folded)


def _place(
    templates: Mapping[str, str], template: str, words: str, ending: str
) -> Location:
    """Find where words stand: in the template itself, or in one that it may use."""
    names = [template, *(name for name in sorted(templates) if name != template)]
    names.sort(key=lambda name: (name != template, not name.endswith(ending)))
    wanted = [words, *sorted(re.findall(r"\w+", words), key=len, reverse=True)[:3]]
    for text in wanted:
        for name in names:
            for number, line in enumerate(templates.get(name, "").splitlines(), 1):
                if text in line:
                    return Location(f"templates/{name}", number)
    return Location(f"templates/{template}")
