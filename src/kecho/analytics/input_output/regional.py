"""A region's table from the nation's, by Flegg's location quotients, as a band: nobody knows a region's exponent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecho.analytics.input_output.multipliers import inverse_of
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.floating[Any]]
    Vector = NDArray[np.floating[Any]]

DELTAS = (0.1, 0.2, 0.3, 0.4)  # Finland about 0.25-0.3 (Flegg & Tohmo 2013); others were found higher


@dataclass(frozen=True, slots=True)
class Band:
    """Regional output multipliers by branch over the exponents tried: a greater exponent leaves more to imports."""

    deltas: tuple[float, ...]
    low: Vector
    high: Vector


def flq(national: Matrix, region: Vector, nation: Vector, delta: float) -> Matrix:
    """Regional coefficients ``a_ij · min(1, FLQ_ij)`` from national coefficients ``national``.

    ``region`` and ``nation`` are jobs (or output) by branch. ``SLQ_i = (e_i/e)/(E_i/E)``, ``CILQ_ij = SLQ_i/SLQ_j``,
    ``λ = log2(1 + e/E)^δ``; off the diagonal ``FLQ = CILQ λ``, on it ``SLQ λ`` (Flegg & Webber 1997).
    KechoError ``analytics.bad_shapes``, ``analytics.bad_delta`` outside 0 ≤ δ < 1, ``analytics.more_than_all`` where
    the region has more than the nation.
    """
    import numpy as np

    if national.shape != (len(region), len(region)) or region.shape != nation.shape or (nation <= 0).any():
        raise KechoError("analytics.bad_shapes", shapes=f"{national.shape}, {region.shape}, {nation.shape}")
    if not 0 <= delta < 1:
        raise KechoError("analytics.bad_delta", value=delta)
    if (region > nation).any() or (region < 0).any() or region.sum() <= 0:
        raise KechoError("analytics.more_than_all")
    size = float(region.sum() / nation.sum())
    quotient = (region / region.sum()) / (nation / nation.sum())
    crossed = np.divide(quotient[:, None], quotient[None, :], out=np.full(national.shape, np.inf), where=quotient > 0)
    np.fill_diagonal(crossed, quotient)
    weight = np.log2(1 + size) ** delta
    ours: Matrix = national * np.minimum(1, crossed * weight)
    return ours


def regional_band(national: Matrix, region: Vector, nation: Vector, deltas: tuple[float, ...] = DELTAS) -> Band:
    """Output multipliers of the region for each exponent, as the lowest and the highest."""
    import numpy as np

    found = np.array([inverse_of(flq(national, region, nation, delta)).sum(axis=0) for delta in deltas])
    return Band(deltas, found.min(axis=0), found.max(axis=0))
