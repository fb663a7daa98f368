"""Turn Markdown, templates and catalogs into leaflets ready for print.

`leaflets` reads a project's **sources** with what it knows of **languages** and
**paper**, composes **pages** from them, makes **pdf** of what is stale, **checks** both,
asks **reviews** who answers for them, and **builds** the record of it all; **clinics**
are printed into it, and **web** and **cli** show it.
"""

__version__ = "0.1.0"
