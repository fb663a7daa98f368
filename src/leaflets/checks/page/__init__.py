"""Checks of a finished page, over the facts measured in it."""
