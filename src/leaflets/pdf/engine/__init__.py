"""The typesetter (door to WeasyPrint), and what it laid out."""
