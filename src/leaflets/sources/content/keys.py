"""Keys: the name of every text of a leaflet, as catalogs' readers and pages use it.

Numbers are 1-based and count in reading order.
"""

TITLE = "title"
PROMISE = "promise"
LABEL = "l-"
"""How the keys of a drawing's labels begin."""


def heading_key(number: int) -> str:
    """Name a heading.

    >>> heading_key(3)
    'h3'
    """
    return f"h{number}"


def paragraph_key(number: int) -> str:
    """Name a paragraph, or a list, by the number that is printed beside it."""
    return f"p{number}"


def item_key(number: int, place: int) -> str:
    """Name an item by the number of its list and its place in it.

    >>> item_key(7, 2)
    'p7i2'
    """
    return f"{paragraph_key(number)}i{place}"


def cell_key(number: int, row: int, column: int) -> str:
    """Name a cell by the number of its table; row 1 holds the headings.

    >>> cell_key(7, 1, 3)
    'p7r1c3'
    """
    return f"{paragraph_key(number)}r{row}c{column}"


def term_key(number: int, place: int) -> str:
    """Name a term by the number of its list and its place in it.

    >>> term_key(7, 2)
    'p7t2'
    """
    return f"{paragraph_key(number)}t{place}"


def definition_key(number: int, place: int, which: int) -> str:
    """Name one of the definitions of a term.

    >>> definition_key(7, 2, 1)
    'p7t2d1'
    """
    return f"{term_key(number, place)}d{which}"


def figure_key(number: int, text: str) -> str:
    """Name a text of a figure: its caption or its alt text.

    >>> figure_key(1, "caption"), figure_key(1, "alt text")
    ('f1c', 'f1a')
    """
    return f"f{number}{text[0]}"


def label_key(figure: str, label: str) -> str:
    """Name a label by its drawing's path and its own id.

    >>> label_key("content/figures/nerve.svg", "axon")
    'l-nerve-axon'
    """
    name = figure.rpartition("/")[2].removesuffix(".svg")
    return f"{LABEL}{name}-{label}"
