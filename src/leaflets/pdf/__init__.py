"""What is measured in a PDF and how it gets made."""
