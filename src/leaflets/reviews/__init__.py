"""Who answers for a text, and what has changed since."""
