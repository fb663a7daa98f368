"""Catalogs: read, written, merged with the source, and put into words."""
