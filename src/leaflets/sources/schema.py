"""Schemas: what the tables of a project's TOML files must hold (door to pydantic).

A reader writes its keys down as a `Table`; `validate` gives the table read, or says
in plain words, at the line of each key, what is expected there.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, NoReturn, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    Strict,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from leaflets.diagnostics import Diagnostic, error, gather
from leaflets.sources.toml import Settings

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Days outside are typing slips, and not all can be reckoned with."""
MOST = 10**15
"""The largest number that is printed; no locale has words for much more."""
LONGEST = 60
"""Letters of a key that are told again."""
MOST_KNOWN = 20
"""Names that a hint lists."""


class Table(BaseModel):
    """One table of a TOML file: no key but these, each of its own type."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, allow_inf_nan=False
    )


Model = TypeVar("Model", bound=Table)


def validate(
    model: type[Model],
    table: object,
    settings: Settings,
    *keys: str | int,
    code: str,
    what: str,
) -> tuple[Model | None, tuple[Diagnostic, ...]]:
    """Read one table, which stands in the file at `keys`; tell all that is wrong.

    `what` names the table in messages ("a term").  A table that has keys too many and
    is right otherwise is given as well, so that nothing else is called missing.
    """
    try:
        return model.model_validate(table), ()
    except ValidationError as problem:
        faults = problem.errors(include_url=False, include_input=False)
    diagnostics = gather(
        _diagnostic(fault, model, settings, keys, code, what) for fault in faults
    )
    if isinstance(table, Mapping) and all(_is_unknown(fault) for fault in faults):
        known = {key: table[key] for key in table if key in model.model_fields}
        return model.model_validate(known), diagnostics
    return None, diagnostics


def _is_unknown(fault: ErrorDetails) -> bool:
    return fault["type"] == "extra_forbidden"


def _diagnostic(
    fault: ErrorDetails,
    model: type[Table],
    settings: Settings,
    keys: tuple[str | int, ...],
    code: str,
    what: str,
) -> Diagnostic:
    """Word one fault for people, and place it."""
    place = settings.place(*keys, *fault["loc"])
    names = [part for part in fault["loc"] if isinstance(part, str)]
    if not names:
        return error(code, f"{what} {_words(fault)}", place)
    name = shown(names[-1])
    if _is_unknown(fault):
        known = tuple(model.model_fields)
        message = f'unknown key: {what} has no "{name}"'
        return error(code, message, place, nearest(names[-1], known))
    context = fault.get("ctx", {})
    if fault["type"] == "whole":
        return error(code, context["words"], place, context["hint"])
    subject = f'"{name}"' if fault["loc"][-1] == names[-1] else f'an item of "{name}"'
    hint = context.get("hint") or HINTS.get(fault["type"], "")
    return error(code, f"{subject} {_words(fault)}", place, hint)


WORDS = {
    "missing": "is missing",
    "string_type": "is not a text",
    "int_type": "is not a whole number",
    "float_type": "is not a number",
    "finite_number": "is not a finite number",
    "bool_type": "is neither true nor false",
    "date_type": "is not a date",
    "tuple_type": "is not a list",
    "dict_type": "is not a table",
    "model_type": "is not a table",
    "string_too_short": "is empty",
    "too_short": "is empty",
    "string_too_long": "is longer than {max_length} letters",
    "greater_than": "should be more than {gt}",
    "greater_than_equal": "should not be less than {ge}",
    "less_than_equal": "should not be more than {le}",
    "plain": "{words}",
}
HINTS = {
    "string_type": "write it between quotation marks",
    "int_type": "write digits alone, without quotation marks",
    "float_type": "write digits, without quotation marks",
    "bool_type": "write true or false, without quotation marks",
    "date_type": "write year, month and day without quotation marks: 2026-11-22",
    "tuple_type": "write it between square brackets",
}


def _words(fault: ErrorDetails) -> str:
    """Say what is wrong with a value, to follow its name."""
    context = {
        name: f"{value:g}" if isinstance(value, float) else value
        for name, value in fault.get("ctx", {}).items()
    }
    # A later pydantic may know more faults; its own words are better than none.
    words = WORDS.get(fault["type"], "cannot be used: " + fault["msg"].replace("{", ""))
    return words.format_map(context)


def tables_at(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return what stands at a key if it is a table; elsewhere it is told if not."""
    tables = table.get(key)
    return tables if isinstance(tables, Mapping) else {}


def nearest(key: str, known: Collection[str]) -> str:
    """Name the key that was probably meant, and all that there are."""
    every = f"known: {', '.join(known)}" if len(known) <= MOST_KNOWN else ""
    near = get_close_matches(key[:LONGEST], known, 1)
    return f'did you mean "{near[0]}"? {every}'.strip() if near else every


def shown(text: str) -> str:
    """Shorten a text of the file, and hide what a terminal would obey.

    >>> shown("a\\nb")
    'a�b'
    """
    text = f"{text[:LONGEST]}…" if len(text) > LONGEST else text
    return "".join(char if char.isprintable() else "\ufffd" for char in text)


def reject(words: str, hint: str = "") -> NoReturn:
    """Refuse a value; `words` follow the name of its key."""
    raise PydanticCustomError("plain", "{words}", {"words": words, "hint": hint})


def refuse(message: str, hint: str = "") -> NoReturn:
    """Refuse a value with a message that is whole."""
    raise PydanticCustomError("whole", "{words}", {"words": message, "hint": hint})


def checked(check: Callable[[Any], Any]) -> Any:
    """Let a function look at a value that has the right type."""
    return AfterValidator(check)


def taken(read: Callable[[object], Any]) -> Any:
    """Let a function alone decide about a value of any type."""
    return PlainValidator(read)


def first(check: Callable[[object], object]) -> Any:
    """Let a function look at a value before its type is."""
    return BeforeValidator(check)


def between(low: float, high: float) -> Any:
    """Bound a number, or the days of a date, both ends included."""
    return Field(ge=low, le=high)


def above(low: float, high: float) -> Any:
    """Bound a number that must be more than `low`, and `high` at the most."""
    return Field(gt=low, le=high)


def one_of(known: Collection[str], noun: str) -> Any:
    """Allow some texts only; `noun` says what they are."""

    def check(value: str) -> str:
        if value not in known:
            hint = nearest(value, known)
            refuse(f'"{shown(value)}" is no {noun}', hint)
        return value

    return AfterValidator(check)


def _said(value: str) -> str:
    if not value.strip():
        reject("is empty")
    return value


def _one_line(value: str) -> str:
    if any(ord(char) < 32 for char in value):
        reject("is not one line of text")
    return value


def _number(value: object) -> int | float:
    # The type itself: true is an integer of Python.
    if type(value) is not int and type(value) is not float:
        reject("is not a number", HINTS["float_type"])
    if not -MOST <= value <= MOST:
        reject("is not a number that can be printed", f"at most {MOST:,}")
    return value


def day_or_year(value: object) -> date | int:
    """Check a day, or a year alone, of our time."""
    if type(value) is date and FIRST_DAY <= value <= LAST_DAY:
        return value
    if type(value) is int and FIRST_DAY.year <= value <= LAST_DAY.year:
        return value
    between_years = f"between {FIRST_DAY.year} and {LAST_DAY.year}"
    reject(f"is not a date or year {between_years}", "write 2026-11-22 or 2026")


LIST = Strict(False)
"""A list of TOML is read as a tuple."""
SOME: Any = Field(min_length=1)
"""A list that holds something."""
Text = Annotated[str, AfterValidator(_said)]
"""Not empty."""
Line = Annotated[str, AfterValidator(_one_line)]
Texts = Annotated[tuple[str, ...], LIST]
Items = Annotated[tuple[Any, ...], LIST]
"""A list whose items are read one by one."""
NO_TABLES: Any = Field(default_factory=dict)
"""What a key for tables is where it is left out."""
Tables = Annotated[dict[str, Any], NO_TABLES]
"""Tables by name, which are read one by one; none where the key is left out."""
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
Number = Annotated[int | float, PlainValidator(_number)]
DayOrYear = Annotated[date | int, PlainValidator(day_or_year)]
