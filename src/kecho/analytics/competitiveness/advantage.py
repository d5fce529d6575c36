"""Revealed comparative advantage in its forms. All return places × products; without flows a place or product has 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kecho.analytics.competitiveness.flows import Matrix


def balassa(values: Matrix) -> Matrix:
    """RCA = (X_cp/X_c)/(X_p/X): how many times its usual share a product has in a place (Balassa 1965).

    >>> import numpy as np
    >>> balassa(np.array([[3.0, 1.0], [1.0, 3.0]])).tolist()
    [[1.5, 0.5], [0.5, 1.5]]
    """
    import numpy as np

    of_place, of_product = values.sum(axis=1, keepdims=True), values.sum(axis=0, keepdims=True)
    usual = of_place * of_product / values.sum()
    rca: Matrix = np.divide(values, usual, out=np.zeros_like(values, dtype=float), where=usual > 0)
    return rca


def symmetric(rca: Matrix) -> Matrix:
    """RSCA = (RCA − 1)/(RCA + 1), from −1 to 1 (Dalum, Laursen & Villumsen 1998)."""
    return (rca - 1) / (rca + 1)


def normalised(values: Matrix) -> Matrix:
    """NRCA = X_cp/X − X_c X_p/X²: sums to zero over places and over products (Yu, Cai & Leung 2009)."""
    total = values.sum()
    advantage: Matrix = (
        values / total - values.sum(axis=1, keepdims=True) * values.sum(axis=0, keepdims=True) / total**2
    )
    return advantage


def presence(rca: Matrix, least: float = 1.0) -> Matrix:
    """M = [RCA ≥ least] as 0 and 1."""
    return (rca >= least).astype(float)
