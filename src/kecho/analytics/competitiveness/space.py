"""The product space: which products go together, how near a place is to those it lacks, what is within its reach.

``present`` is places × products, 0 and 1; ``phi`` products × products; ``pci`` one number a product.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kecho.analytics.competitiveness.flows import Matrix

    Vector = NDArray[np.floating[Any]]

BLOCK = 512  # rows at a time: the table of larger ubiquities is never whole in memory


def proximity(present: Matrix) -> Matrix:
    """The smaller of the two conditional probabilities of exporting one given the other (Hidalgo et al. 2007).

    Symmetric, 1 on the diagonal of products that somebody exports.
    """
    import numpy as np

    phi = present.T @ present
    ubiquity = present.sum(axis=0)
    for start in range(0, len(ubiquity), BLOCK):
        rows = slice(start, start + BLOCK)
        larger = np.maximum(ubiquity[rows, None], ubiquity[None, :])
        np.divide(phi[rows], larger, out=phi[rows], where=larger > 0)
    return phi


def density(present: Matrix, phi: Matrix) -> Matrix:
    """Share of a product's proximities that lie at products the place has: places × products, 0 to 1."""
    import numpy as np

    whole = phi.sum(axis=0)
    near: Matrix = np.divide(present @ phi, whole, out=np.zeros_like(present), where=whole > 0)
    return near


def opportunity_value(present: Matrix, near: Matrix, pci: Vector) -> Vector:
    """COI of each place: the complexity of what it lacks, weighted by nearness (Hausmann et al. 2014)."""
    return ((1 - present) * near) @ pci


def opportunity_gain(present: Matrix, phi: Matrix, near: Matrix, pci: Vector) -> Matrix:
    """COG: what entering a product would add to what is within reach; 0 for products the place has."""
    import numpy as np

    whole = phi.sum(axis=0)
    towards = np.divide(phi, whole[None, :], out=np.zeros_like(phi), where=whole[None, :] > 0)
    opened = ((1 - present) * pci) @ towards.T
    gain: Matrix = (1 - present) * (opened - near * pci)
    return gain
