"""Reading a finished file: what it draws, in which inks, and where."""
