"""XML: read with lines, and what works for ever or reaches out is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflets.sources.xml import MOST_BYTES, MOST_DEPTH, Xml, XmlFault, read_xml


def test_elements_have_lines() -> None:
    """Each element knows the line on which it begins."""
    xml = read_xml(b"\xef\xbb\xbf<a>\n <b/>\n\n <b\n c='d'>x</b></a>")
    assert isinstance(xml, Xml)
    assert [(one.tag, xml.lines[one]) for one in xml.root.iter()] == [
        ("a", 1),
        ("b", 2),
        ("b", 4),
    ]


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"", 1, "no element"),
        (b"<a>\n</b>", 2, "mismatched tag"),
        (b"<a>\n\n\xe9</a>", 3, "not UTF-8"),
        ("<a/>".encode("utf-16"), 1, "not UTF-8"),
        (b"<!DOCTYPE a><a/>", 1, "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 1, "document type"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 1, "document type"),
        (b"<a>&b;</a>", 1, "undefined entity"),
        (b"<a>" * (MOST_DEPTH + 1), 1, "deep"),
        (b"<a>\n" * 200_000, MOST_DEPTH + 1, "deep"),
        (b" " * (MOST_BYTES + 1), 1, "larger than 5 MB"),
        (b"<a>&#x110000;</a>", 1, "invalid character"),
    ],
)
def test_what_is_refused_has_a_line(data: bytes, line: int, words: str) -> None:
    """No file is opened, nothing is expanded, and no depth is too great."""
    fault = read_xml(data)
    assert isinstance(fault, XmlFault)
    assert fault.line == line
    assert words in fault.reason


def test_the_deepest_that_is_read() -> None:
    """Forty levels are enough for every drawing, and are read."""
    data = b"<a>" * MOST_DEPTH + b"</a>" * MOST_DEPTH
    assert isinstance(read_xml(data), Xml)


@given(st.binary(max_size=60) | st.text(alphabet="<>/a='& !?-[]", max_size=60))
def test_any_bytes_are_read(data: bytes | str) -> None:
    """Nothing stops the reader."""
    bytes_of = data.encode() if isinstance(data, str) else data
    assert isinstance(read_xml(bytes_of), Xml | XmlFault)
