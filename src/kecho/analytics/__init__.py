"""Methods as pure functions: decimals in, decimals out, each with its source. No Django, no clock, no files."""
