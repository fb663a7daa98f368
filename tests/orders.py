"""An order at the print desk, as the tests place it."""

from leaflets.web.order import Order

ORDER = Order(
    leaflet="tiny",
    first="en",
    second="",
    edition="sheet",
    paper="A4",
    fields=(("name", "Example Hospital"),),
    logo=b"",
    show=False,
)
