"""Drawing a clinic's lines into a published file."""
