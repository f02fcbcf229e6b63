"""Communities: those of schools and those above them, with their members and focuses."""
