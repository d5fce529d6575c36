"""The room over the command line."""
