"""Turn Markdown, templates and catalogs into leaflets ready for print.

`leaflets` reads a **project** and its **sources**, parses each **document**,
**localizes** it with a **catalog**, **composes** HTML for each **target**,
**plans** which targets are stale, **renders** those to PDF, **preflights** them
and records a **manifest**.
"""

__version__ = "0.1.0"
