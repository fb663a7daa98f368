"""A clinic's own lines, printed into what is published."""
