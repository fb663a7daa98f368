"""Checks: pure functions from values to diagnostics."""
