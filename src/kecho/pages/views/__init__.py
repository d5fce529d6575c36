"""Pages that belong to no room alone."""
