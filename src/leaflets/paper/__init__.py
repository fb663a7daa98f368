"""What the program knows of paper: sheets, panels, folds, and the few colours."""
