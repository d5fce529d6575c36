"""Economic complexity of places and products, by the second eigenvector and by fitness.

The two can tell very different stories of one place (on the world's exports of 1998-2000 Viet Nam is 175th of 226 by
one and 71st by the other), so whoever shows one shows both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kecho.analytics.competitiveness.flows import Matrix

    Vector = NDArray[np.floating[Any]]

CONNECTED = 1 - 1e-9  # a second eigenvalue of one: places and products fall into groups that nothing joins


@dataclass(frozen=True, slots=True)
class Complexity:
    """ECI of places and PCI of products, both standardised by ECI's mean and deviation, so that the ECI of a place is
    the mean PCI of its products. ``second`` and ``third`` are the eigenvalues: near each other, the order is shaky."""

    places: Vector
    products: Vector
    second: float
    third: float


@dataclass(frozen=True, slots=True)
class Fitness:
    """Fitness of places and complexity of products, each with mean 1, after ``steps`` rounds; ``change`` is the largest
    relative change of the last round."""

    places: Vector
    products: Vector
    steps: int
    change: float


def complexity(present: Matrix) -> Complexity:
    """ECI and PCI of a 0/1 matrix, places × products (Hidalgo & Hausmann 2009), by the symmetric matrix.

    With D the diversities and U the ubiquities, ``S = D^-1/2 M U^-1/2`` gives the second vector of ``D^-1 M U^-1 M'``
    and can be solved exactly and fast. The sign makes ECI rise with diversity.

    KechoError ``analytics.empty_row`` (a place or product without a 1), ``analytics.too_small`` (fewer than three
    places or products), ``analytics.not_connected``.
    """
    import numpy as np

    _check(present)
    diversity, ubiquity = present.sum(axis=1), present.sum(axis=0)
    scaled = present / np.sqrt(np.outer(diversity, ubiquity))
    is_tall = scaled.shape[0] > scaled.shape[1]
    values, vectors = np.linalg.eigh(scaled.T @ scaled if is_tall else scaled @ scaled.T)
    second, third = float(values[-2]), float(values[-3])
    if second > CONNECTED:
        raise KechoError("analytics.not_connected")
    vector = scaled @ vectors[:, -2] / np.sqrt(second) if is_tall else vectors[:, -2]
    places = vector / np.sqrt(diversity)
    if np.corrcoef(places, diversity)[0, 1] < 0:
        places = -places
    products = present.T @ places / ubiquity
    # The mean PCI of a place's products is second * ECI; scaling PCI by 1/second makes it ECI itself.
    products = products / second
    mean, deviation = places.mean(), places.std()
    return Complexity((places - mean) / deviation, (products - mean) / deviation, second, third)


def fitness(present: Matrix, *, steps: int = 200, tolerance: float = 0.0) -> Fitness:
    """Fitness-complexity (Tacchella, Cristelli, Caldarelli, Gabrielli & Pietronero 2012).

    ``F ← Σ M Q``, ``Q ← 1 / Σ M/F``, each divided by its mean every round. For some shapes of M values go to zero
    (Pugliese, Zaccaria & Pietronero 2016): they are left there, not repaired. KechoError as ``complexity``.
    """
    import numpy as np

    _check(present)
    places, products = np.ones(present.shape[0]), np.ones(present.shape[1])
    change, done = float("inf"), 0
    while done < steps and change > tolerance:
        done += 1
        stronger = present @ products
        with np.errstate(divide="ignore"):
            rarer = 1 / (present.T @ (1 / places))
        stronger, rarer = stronger / stronger.mean(), rarer / rarer.mean()
        change = float(np.max(np.abs(stronger - places) / np.maximum(stronger, np.finfo(float).tiny)))
        places, products = stronger, rarer
    return Fitness(places, products, done, change)


def _check(present: Matrix) -> None:
    import numpy as np

    if min(present.shape) < 3:
        raise KechoError("analytics.too_small", places=present.shape[0], products=present.shape[1])
    for axis, kind in ((1, "place"), (0, "product")):
        empty = np.flatnonzero(present.sum(axis=axis) == 0)
        if len(empty):
            raise KechoError("analytics.empty_row", kind=kind, at=int(empty[0]) + 1, count=len(empty))
