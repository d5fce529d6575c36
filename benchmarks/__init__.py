"""Measurements: ``make bench`` runs them and writes docs/reference/benchmarks.md. No test claims a speed."""
