"""Writing a finished file: sheets, colours, archive and press."""
