"""What the program knows of languages: scripts, letters, numbers, and words as data."""
