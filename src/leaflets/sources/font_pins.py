"""What a list of fonts must hold, for the list in which something is wrong."""

from leaflets.diagnostics import Diagnostic, gather
from leaflets.sources.fonts import CODE, Pin
from leaflets.sources.schema import Items, Table, Texts, validate
from leaflets.sources.toml import Settings


class _PinsFile(Table):
    font: Items = ()


class _PinTable(Table):
    file: str
    package: str
    family: str
    weight: int
    style: str
    scripts: Texts
    licence: str
    sha256: str


def validate_pins(
    settings: Settings,
) -> tuple[tuple[Pin, ...], tuple[Diagnostic, ...]]:
    """Read the pins that are whole, and tell what is wrong with the others."""
    file, faults = validate(
        _PinsFile, settings.values, settings, code=CODE, what="the list of fonts"
    )
    found, pins = list(faults), []
    for index, table in enumerate(file.font if file else ()):
        keys = ("font", index)
        values, faults = validate(
            _PinTable, table, settings, *keys, code=CODE, what="a font"
        )
        found.extend(faults)
        if values and not faults:
            pins.append(Pin(**dict(values)))
    return tuple(pins), gather(found)
