"""Turn Markdown, templates and catalogs into leaflets ready for print.

`leaflets` reads a project's **sources** with what it knows of **languages** and
**paper**, composes **pages** from them, makes **pdf** of what is stale, **checks** both,
asks **reviews** who answers for them, and **builds** the record of it all; **clinics**
are printed into it, and **web** and **cli** show it.
"""

import sys

if sys.platform == "win32":
    # Locks and limits of workers are those of Unix; half a tool would print half a truth.
    raise ImportError(
        "leaflets runs on Linux and macOS; on Windows, install and run it in WSL"
    )

__version__ = "0.1.0"
