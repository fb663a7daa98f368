"""PO files: text to messages with the line of each, and back to the same bytes.

Takes and gives what gettext calls a PO file
(https://www.gnu.org/software/gettext/manual/html_node/PO-Files.html).  Babel's
own reader tells the line of the msgid only, forgets the previous msgid and merges
duplicates without a word; a translator needs all three told.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leaflets.diagnostics import Diagnostic, Location, error

WIDEST = 79
"""Bytes of a line of references, as gettext fills them."""
MOST_ERRORS = 50
"""Findings of one file; after that it is no PO file and nobody reads on."""

STRING = re.compile(r'"([^"\\]*+(?:\\.[^"\\]*+)*+)"\s*\Z')
KEYWORD = re.compile(r'(msg[a-z_]*(?:\[\d*\])?)\s*(?=")')
ESCAPE = re.compile(r"\\(x[0-9A-Fa-f]{1,2}|[0-7]{1,3}|.)")
LINE_NUMBER = re.compile(r"(?::[0-9]+)+\Z")
UNESCAPED = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    '"': '"',
    "\\": "\\",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
}
ESCAPED = str.maketrans(
    {"\0": "\\000"} | {value: "\\" + key for key, value in UNESCAPED.items()}
)
QUOTED = re.compile(r'"(?:\\.|[^"\\])*+"')
FLAG_ENDS = re.compile("[,\n\r]")
COMMENT_END = re.compile(r"[\s\\]+\Z")
LINE_ENDS = re.compile("[\n\r]+")


@dataclass(frozen=True, slots=True)
class Message:
    """One text to translate, its translation, and what is noted beside it."""

    context: str
    """The msgctxt; empty for none."""
    text: str
    """The msgid."""
    translation: str = ""
    """The msgstr."""
    fuzzy: bool = False
    obsolete: bool = False
    flags: tuple[str, ...] = ()
    """All flags but fuzzy."""
    comments: tuple[str, ...] = ()
    """Extracted from the source, for the translator."""
    translator_comments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    """Paths without lines."""
    previous: tuple[str, ...] = ()
    """Context and text that a fuzzy translation was made for, or nothing."""
    line: int = 0
    """Of the msgstr, 1-based; 0 when it was not read from a file."""

    @property
    def key(self) -> tuple[str, str]:
        """Give what tells this message from all others."""
        return self.context, self.text


def read_messages(
    text: str, path: str
) -> tuple[tuple[Message, ...], tuple[Diagnostic, ...]]:
    """Read a PO file's text: its messages in order, the header among them.

    An entry that cannot be read is told and left out; reading goes on after it.
    """
    reader = _Reader(path)
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(line.strip(" \t\r"), number)
        if len(reader.found) > MOST_ERRORS:
            place = Location(path, number)
            message = f"more than {MOST_ERRORS} errors; the rest was not read"
            reader.found.append(error("po-syntax", message, place))
            break
    reader.finish()
    return tuple(reader.messages), tuple(reader.found)


class _Reader:
    """Gathers the lines of one entry after the other; lives in `read_messages`."""

    def __init__(self, path: str) -> None:
        self.path = path
        self.found: list[Diagnostic] = []
        self.messages: list[Message] = []
        self.skipping = False
        self.clear()

    def clear(self) -> None:
        """Begin an entry."""
        self.notes: dict[str, list[str]] = {kind: [] for kind in "#.:,|"}
        self.parts: dict[str, list[str]] = {}
        self.lines: dict[str, int] = {}
        self.last = ""
        self.obsolete = False

    def problem(self, message: str, number: int, hint: str = "") -> None:
        """Tell what is wrong and leave the entry out."""
        place = Location(self.path, number)
        self.found.append(error("po-syntax", message, place, hint))
        self.skipping = True
        self.clear()

    def take(self, line: str, number: int) -> None:
        """Take one line, white space at its ends removed."""
        if not line:
            self.skipping = False
            if "msgstr" in self.parts:
                self.finish()
        elif line.startswith("#~"):
            rest = line[2:].lstrip(" \t")
            if rest.startswith("|"):
                self.comment("|", rest[1:].strip())
            elif rest:
                self.content(rest, number, obsolete=True)
        elif line.startswith("#"):
            kind = line[1:2]
            if kind in (".", ":", ",", "|", "="):
                rest = line[2:].removeprefix(" ").rstrip()
                self.comment("," if kind == "=" else kind, rest)
            else:
                self.comment("#", line[1:].removeprefix(" ").rstrip())
        else:
            self.content(line, number, obsolete=False)

    def comment(self, kind: str, text: str) -> None:
        """Take a comment: it belongs to the entry that follows."""
        self.skipping = False
        if self.parts:
            self.finish()
        self.notes[kind].append(text)

    def content(self, line: str, number: int, *, obsolete: bool) -> None:
        """Take a keyword with its string, or a string that goes on."""
        keyword = KEYWORD.match(line)
        if self.skipping and not (keyword and keyword[1] in ("msgid", "msgctxt")):
            return
        self.skipping = False
        name = keyword[1] if keyword else self.last
        string = STRING.match(line, keyword.end() if keyword else 0)
        if string is None or not name:
            hint = 'a line holds a keyword and a text between " signs'
            self.problem(f"cannot be read: {_short(line)}", number, hint)
            return
        if keyword and not self.expected(name, number):
            return
        try:
            text = ESCAPE.sub(_unescape, string[1])
        except ValueError:
            hint = "write the letter itself"
            self.problem(f"an unknown escape in {_short(line)}", number, hint)
            return
        if self.parts and obsolete is not self.obsolete:
            self.problem("one entry is partly obsolete", number)
            return
        self.parts.setdefault(name, []).append(text)
        self.lines.setdefault(name, number)
        self.last = name
        self.obsolete = obsolete

    def expected(self, name: str, number: int) -> bool:
        """Tell whether a keyword may stand here; close the entry before it."""
        if name not in ("msgctxt", "msgid", "msgstr"):
            hint = "numbers are placeholders, so no message has plural forms"
            self.problem(f"{name} has no place in a catalog", number, hint)
            return False
        if name in ("msgctxt", "msgid") and "msgid" in self.parts:
            self.finish()
        if name in self.parts or (name == "msgstr" and "msgid" not in self.parts):
            self.problem(f"{name} does not stand where it should", number)
            return False
        return True

    def finish(self) -> None:
        """Close the entry that was gathered."""
        if not self.parts:
            return
        if "msgstr" not in self.parts or "msgid" not in self.parts:
            missing = "msgstr" if "msgid" in self.parts else "msgid"
            number = next(iter(self.lines.values()))
            self.problem(f"the entry has no {missing}", number)
            self.skipping = False
            return
        context, text, translation = (
            "".join(self.parts.get(name, ())) for name in ("msgctxt", "msgid", "msgstr")
        )
        flags = _flags(self.notes[","])
        self.messages.append(
            Message(
                context,
                text,
                translation,
                fuzzy="fuzzy" in flags,
                obsolete=self.obsolete,
                flags=tuple(one for one in flags if one != "fuzzy"),
                comments=tuple(self.notes["."]),
                translator_comments=tuple(self.notes["#"]),
                references=tuple(_references(self.notes[":"])),
                previous=_previous(self.notes["|"]),
                line=self.lines["msgstr"],
            )
        )
        self.clear()


def _short(line: str) -> str:
    """Quote the beginning of a line, without what would spoil a terminal."""
    return "".join(char if char.isprintable() else "�" for char in line[:40])


def _unescape(match: re.Match[str]) -> str:
    """Give what an escape stands for; ValueError where that is not sure."""
    code = match[1]
    if code in UNESCAPED:
        return UNESCAPED[code]
    value = int(code[1:], 16) if code[0] == "x" else int(code, 8)
    if value > 0x7F:
        raise ValueError(code)  # a byte of an encoding that only gettext knows
    return chr(value)


def _flags(lines: Iterable[str]) -> list[str]:
    """Give the flags that stand between commas, each once, sorted."""
    parts = (one.strip() for line in lines for one in _parts(line))
    return sorted({one for one in parts if one})


def _parts(line: str) -> Iterator[str]:
    """Part a line of flags at its commas, but for those that stand in quotation marks.

    Behind marks that are not closed none are, so that each letter is looked at once.
    """
    part: list[str] = []
    at = 0
    while at < len(line):
        start = line.find('"', at)
        quoted = QUOTED.match(line, start) if start >= 0 else None
        first, *others = FLAG_ENDS.split(line[at : quoted.start() if quoted else None])
        part.append(first)
        for other in others:
            yield "".join(part)
            part = [other]
        if quoted is None:
            break
        part.append(quoted[0])
        at = quoted.end()
    yield "".join(part)


def _references(lines: Iterable[str]) -> Iterator[str]:
    """Give the paths of reference lines; isolates hold paths with spaces."""
    for line in lines:
        for path in re.findall("\u2068[^\u2069]*\u2069?(?::\\d+)?|[^ \t]+", line):
            if bare := _without_line(path):
                yield bare


def _without_line(reference: str) -> str:
    """Give a reference's path alone, without line numbers and isolates."""
    bare = re.sub("[\u2068\u2069]", "", LINE_ENDS.sub(" ", reference)).strip()
    return LINE_NUMBER.sub("", bare).strip()


def _previous(lines: Iterable[str]) -> tuple[str, ...]:
    """Read the former msgid; what cannot be read is left out, for it is a note."""
    parts: dict[str, str] = {}
    last = ""
    for line in lines:
        keyword = KEYWORD.match(line)
        last = keyword[1] if keyword else last
        string = STRING.match(line, keyword.end() if keyword else 0)
        if string is None or last not in ("msgctxt", "msgid"):
            return ()
        try:
            parts[last] = parts.get(last, "") + ESCAPE.sub(_unescape, string[1])
        except ValueError:
            return ()
    text = parts.get("msgid", "")
    return (parts.get("msgctxt", ""), text) if text else ()


def write_messages(messages: Iterable[Message]) -> str:
    """Write messages as `msgcat --no-wrap` does.

    Reading the text gives the same messages back, lines aside.
    """
    return "\n".join("".join(_entry(one)) for one in messages)


def _entry(message: Message) -> Iterator[str]:
    """Write the lines of one entry, in gettext's order."""
    for line in _comment_lines(message.translator_comments):
        yield f"# {line}".rstrip() + "\n"
    if not message.obsolete:
        for line in _comment_lines(message.comments):
            yield f"#. {line}".rstrip() + "\n"
        yield from _places(message.references)
    flags = ["fuzzy"] if message.fuzzy else []
    flags += [one for one in _flags(message.flags) if one != "fuzzy"]
    if flags:
        yield f"#, {', '.join(flags)}\n"
    mark = "#~ " if message.obsolete else ""
    context, text = message.previous or ("", "")
    if text:
        if context:
            yield from _string("#~| " if mark else "#| ", "msgctxt", context)
        yield from _string("#~| " if mark else "#| ", "msgid", text)
    if message.context:
        yield from _string(mark, "msgctxt", message.context)
    yield from _string(mark, "msgid", message.text)
    yield from _string(mark, "msgstr", message.translation)


def _places(references: Iterable[str]) -> Iterator[str]:
    """Fill lines with references, sorted, as gettext does even with `--no-wrap`."""
    line = ""
    for path in sorted({_without_line(one) for one in references} - {""}):
        spaced = any(char.isspace() for char in path)
        piece = f" \u2068{path}\u2069" if spaced else f" {path}"
        if line and len(f"#:{line}{piece}".encode()) > WIDEST:
            yield f"#:{line}\n"
            line = ""
        line += piece
    if line:
        yield f"#:{line}\n"


def _comment_lines(comments: Iterable[str]) -> Iterator[str]:
    """Give comments line by line; what would end a line does end it."""
    for comment in comments:
        for line in LINE_ENDS.split(comment):
            # gettext takes a backslash at the end for a line that goes on.
            yield COMMENT_END.sub("", line)


def _string(mark: str, keyword: str, text: str) -> Iterator[str]:
    """Write a keyword and its string; it is broken after line ends only."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)
    if len(lines) > 1:
        yield f'{mark}{keyword} ""\n'
        yield from (f'{mark}"{line.translate(ESCAPED)}"\n' for line in lines)
    else:
        yield f'{mark}{keyword} "{text.translate(ESCAPED)}"\n'
