"""A report on its way to the signature, pure: kept whole, with an officer's text between its computed sentences."""
