"""What the project's files hold: settings, content, catalogs, signatures."""
