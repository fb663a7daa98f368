"""What is right or wrong with sources, translations and pages, and why."""
