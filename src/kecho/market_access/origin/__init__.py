"""Rules of origin as structure, sentences parsed into it, and the self-check of a bill of materials."""
