"""Leaflets as their authors write them: Markdown, figures and evidence."""
