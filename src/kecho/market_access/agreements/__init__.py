"""The agreements as dated data: one TOML file each, read once into frozen values."""

from kecho.market_access.agreements.model import Agreement, Category, Member, Notes, Proof
from kecho.market_access.agreements.reading import agreement, agreements, between, market_names

__all__ = ["Agreement", "Category", "Member", "Notes", "Proof", "agreement", "agreements", "between", "market_names"]
