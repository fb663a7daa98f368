"""Fonts: what each glyph says, and how a line is shaped."""
