"""The sandbox: a template reads what it is given, and neither runs code nor works on
without end."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import pytest

from leaflets.diagnostics import Diagnostic, LeafletsError
from leaflets.pages import sandbox
from leaflets.pages.contract import JINJA_FILTERS, JINJA_TESTS, LOOP, METHODS
from leaflets.pages.html import trusted
from leaflets.pages.sandbox import TemplateLimitError, counted
from leaflets.pages.templates import Translator, render
from leaflets.pages.views import View
from templates_that_break_out import BREAKING_OUT, WORKING_WITHOUT_END


@dataclass(frozen=True, slots=True)
class Inner:
    """A value of a value."""

    name: str = "inner"


@dataclass(frozen=True, slots=True)
class Data:
    """A value that a template is given."""

    name: str = "a <name>"
    day: date = date(2026, 1, 2)
    inner: Inner = field(default_factory=Inner)

    @property
    def twice(self) -> str:
        """Say it twice."""
        return self.name * 2

    def loud(self) -> str:
        """Say it loudly, for code and not for templates."""
        return self.name.upper()


MANY = ["a", "b"]
TABLE: Mapping[str, object] = {"a": 1, "items of it": 2}


def say(value: object) -> str:
    """Say a value."""
    return f"<{value}>"


VARIABLES = {
    "data": Data(),
    "say": say,
    "part": partial(say, "x"),
    "many": MANY,
    "table": TABLE,
    "_": Translator(None, []),  # type: ignore[arg-type]
    "view": View("heading", "h1", trusted("<b>x</b>"), 0, 2, "", (), (), None, ()),
    "x": "x",
}


def filled(text: str) -> str:
    """Fill a template, beside one of another name."""
    return render({"page.html": text, "a.html": "a"}, "page.html", VARIABLES)


def broken(text: str) -> Diagnostic:
    """Fill a template that is refused."""
    with pytest.raises(LeafletsError) as caught:
        filled(text)
    (diagnostic,) = caught.value.diagnostics
    assert diagnostic.code == "broken-template"
    return diagnostic


@pytest.mark.parametrize("number", range(len(BREAKING_OUT)))
def test_no_template_breaks_out(number: int) -> None:
    """Each of them is told at its file and line, and nothing that is given changes."""
    finding = broken("\n" + BREAKING_OUT[number])
    assert str(finding.location) == "templates/page.html:2", finding
    assert MANY == ["a", "b"]
    assert TABLE == {"a": 1, "items of it": 2}


@pytest.mark.parametrize("number", range(len(WORKING_WITHOUT_END)))
def test_no_template_works_without_end(number: int) -> None:
    """Each of them ends with a finding at its file."""
    finding = broken(WORKING_WITHOUT_END[number])
    assert finding.location.path == "templates/page.html"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{{ data.name }} {{ data.inner.name }}", "a &lt;name&gt; inner"),
        ("{{ data.twice }}", "a &lt;name&gt;a &lt;name&gt;"),
        ("{{ data.day.year }}-{{ data.day.month }}-{{ data.day.day }}", "2026-1-2"),
        ("{{ data['name'] }}", "a &lt;name&gt;"),
        ("{{ say(1) }} {{ part() }}", "&lt;1&gt; &lt;x&gt;"),
        ("{{ 'a b'.split()|join('-') }}", "a-b"),
        ("{% for a, b in table.items() %}{{ a }}{{ b }}{% endfor %}", "a1items of it2"),
        ("{{ table.a }}{{ table['a'] }}{{ table.get('z', 3) }}", "113"),
        ("{% for a in many %}{{ loop.index }}{{ a }}{% endfor %}", "1a2b"),
        ("{% macro m(a) %}<{{ a }}>{% endmacro %}{{ m('&') }}", "<&amp;>"),
        (
            "{% macro m() %}{{ caller() }}{% endmacro %}{% call m() %}x{% endcall %}",
            "x",
        ),
        ("{% block b %}x{% endblock %}{{ self.b() }}", "xx"),
        ("{% include 'a.html' %}{% include ['z.html', 'a.html'] %}", "aa"),
        (
            "{% for a in [[1]] recursive %}{{ loop(a) if a is sequence }}.{% endfor %}",
            "..",
        ),
        ("{{ Role.STANDING }} {{ blank('a', 2) }}", "standing a-2"),
        ("{{ view.html }}{{ view.shares(1, 1)|length }}", "<b>x</b>0"),
        ("{{ [data]|map(attribute='name')|first }}", "a &lt;name&gt;"),
        ("{{ [2, 1]|sort|join(' ') }}{{ 'a' ~ 1 ~ none }}", "1 2a1None"),
        (
            "{{ 6 * 7 }} {{ 7 // 2 }} {{ 7 % 2 }} {{ -(1 - 3) }} {{ 1 / 4 }}",
            "42 3 1 2 0.25",
        ),
        ("{{ 'ab' * 2 }}{{ ([1] + [2, 3])|length }}", "abab3"),
        ("{{ 1.234|round(2) }}", "1.23"),
        ("{{ 'aXa'|replace('a', 'b') }}", "bXb"),
        ("{{ x is defined }} {{ z is defined }}", "True False"),
    ],
)
def test_what_the_contract_lists_is_there(text: str, words: str) -> None:
    """Data, its methods and functions, macros, parts, loops and numbers."""
    assert filled(text) == words


def test_every_name_of_the_contract_is_one_of_jinja() -> None:
    """And nothing of Jinja is there beside them but what counts."""
    environment = sandbox.sandbox({}, {}, ())
    counters = {sandbox.PASSES, sandbox.WRITTEN}
    assert set(environment.filters) - counters == set(JINJA_FILTERS)
    assert set(environment.tests) == set(JINJA_TESTS)
    assert set(METHODS) == set(sandbox.MANY)
    for name in LOOP:
        filled("{% for a in many %}{{ loop." + name + " is defined }}{% endfor %}")


def test_a_class_is_never_called() -> None:
    """Only what the caller lets be called: functions, methods, macros."""
    environment = sandbox.sandbox({}, {}, ())
    assert not environment.is_safe_callable(Data)
    assert not environment.is_safe_callable(VARIABLES["_"])
    assert sandbox.sandbox({}, {}, (Translator,)).is_safe_callable(VARIABLES["_"])


def items(count: int) -> Iterator[int]:
    """Give items whose number is not known before."""
    yield from range(count)


@pytest.mark.parametrize("values", [range, items])
def test_the_passes_of_loops_have_a_limit(
    values: Callable[[int], Iterable[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as the limit says, and not one more; the page counts too."""
    monkeypatch.setattr(sandbox, "PART_STEPS", 1)
    monkeypatch.setattr(sandbox, "MOST_STEPS", 10)
    templates = {"a.html": "{% for a in many %}x{% endfor %}"}
    assert render(templates, "a.html", {"many": values(9)}) == "x" * 9
    with pytest.raises(LeafletsError, match="more than 10 passes"):
        render(templates, "a.html", {"many": values(10)})


def test_calls_and_parts_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page is a part, as is each that it includes; each call is one step."""
    monkeypatch.setattr(sandbox, "PART_STEPS", 2)
    monkeypatch.setattr(sandbox, "MOST_STEPS", 7)
    parts = {"b.html": "b"}
    three = {"a.html": "{{ say() }}" + '{% include "b.html" %}' * 2, **parts}
    assert render(three, "a.html", {"say": lambda: "a"}) == "abb"
    four = {"a.html": "{{ say() }}" + '{% include "b.html" %}' * 3, **parts}
    with pytest.raises(LeafletsError, match="more than 7 passes"):
        render(four, "a.html", {"say": lambda: "a"})


def test_what_is_written_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """In letters of the page."""
    monkeypatch.setattr(sandbox, "MOST_LETTERS", 10)
    assert render({"a.html": "x" * 10}, "a.html", {}) == "x" * 10
    with pytest.raises(LeafletsError, match="more than 10 letters"):
        render({"a.html": "x" * 11}, "a.html", {})


def test_a_number_has_a_limit() -> None:
    """Large enough for everything on paper."""
    assert filled("{{ 1000000000 * 1000000000 }}") == "1" + "0" * 18
    assert "too large" in broken("{{ 1000000000 * 1000000001 }}").message
    assert filled("{{ 1.5|round(15) }}") == "1.5"
    assert "15 digits" in broken("{{ 1.5|round(16) }}").message


def test_each_filling_is_counted_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one page has used is there for the next; outside nothing is counted."""
    monkeypatch.setattr(sandbox, "PART_STEPS", 1)
    monkeypatch.setattr(sandbox, "MOST_STEPS", 3)
    for _ in range(3):
        assert filled("{{ say(1) }}{{ say(2) }}")
    with counted():
        sandbox._step(3)
        with pytest.raises(TemplateLimitError):
            sandbox._step()
    sandbox._step(4)
