"""Pages on screen: the site, the print desk and the proof desk."""
