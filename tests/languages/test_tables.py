"""Tables: data files read strictly, and where their keys stand."""

import subprocess
import sys

import pytest

from leaflets.diagnostics import LeafletsError
from leaflets.languages.tables import find_text, line_of, names, parse

TEXT = """a = 1
list = [
  "b = 2",
]
[table]
"key 2" = 3
[table.inner]  # a comment
c = 4
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        (("a",), 1),
        (("list", "0"), 2),
        (("table", "key 2"), 6),
        (("table", "inner", "c"), 8),
        (("table", "inner", "d"), 7),
        (("table", "e"), 5),
        (("f",), 1),
    ],
)
def test_the_line_of_a_key(keys: tuple[str, ...], line: int) -> None:
    """A key's own line, else that of the nearest table above it."""
    assert line_of(TEXT, keys) == line


def test_what_is_no_toml_is_told() -> None:
    """With the place that the parser names."""
    with pytest.raises(LeafletsError) as caught:
        parse("a = 1\nb = = 2\n", "xx")
    assert caught.value.diagnostics[0].location.line == 2
    assert parse("a = 1", "xx") == {"a": 1}


def test_a_file_that_is_not_there_is_none() -> None:
    """Of most languages nobody wrote anything down."""
    assert find_text("de")
    assert find_text("xx") is None


def test_locales_are_found_without_pydantic() -> None:
    """A build with nothing to do looks up locales, and loads no more than it needs."""
    code = (
        "import sys; from leaflets.languages.locale import find_locale;"
        " assert find_locale('ur'); print('pydantic' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"


def test_every_file_is_named() -> None:
    """In order, and without its ending."""
    assert {"ar", "scripts", "zh_Hant"} <= set(names())
    assert list(names()) == sorted(names())
    assert all(find_text(name) for name in names())
