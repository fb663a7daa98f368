"""From all sources to published files: what is stale is made, and recorded."""
