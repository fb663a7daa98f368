"""From a composition to PDF, and from a PDF to the facts measured in it."""
