"""The sample: tidy rows, published points and targets of two places, and what loads them."""
