"""What plfkit knows: kinds, parts, tables, organisations, declarations and results."""
