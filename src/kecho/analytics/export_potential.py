"""The export potential indicator: what an exporter could sell of a product in a market, and what is still open.

The structure of Decreux & Spies (2016 and later): ``EPI_ijk = S_ik · E_ij · D_jk`` with the supplier's projected share
of the product in the world, the ease of trading with the market (actual over hypothetical trade, before projection),
and the market's projected demand. Arrays are exporters i ×
markets j × products k, values in one unit of money. Dollar values are a benchmark, not a ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.floating[Any]]

WEIGHTS = (0.2, 0.4, 0.6, 0.8, 1.0)  # of five years, the latest most (open scripts of Santa Catarina state, Brazil)


@dataclass(frozen=True, slots=True)
class Potential:
    """``potential`` i × j × k; ``open`` is what actual trade leaves of it, never negative; ``ease`` i × j."""

    potential: Array
    open: Array
    ease: Array

    @property
    def unrealised(self) -> Array:
        """Share of the potential that is open, i × j; 0 where there is none."""
        import numpy as np

        whole = self.potential.sum(axis=2)
        rest: Array = np.divide(self.open.sum(axis=2), whole, out=np.zeros_like(whole), where=whole > 0)
        return rest


def weighted_mean(years: Array, weights: tuple[float, ...] = WEIGHTS) -> Array:
    """Mean of yearly flows (years first, the latest last), weighted; as many weights as years."""
    import numpy as np

    if len(years) != len(weights):
        raise KechoError("analytics.bad_shapes", shapes=f"{len(years)} ≠ {len(weights)}")
    mean: Array = np.tensordot(np.array(weights) / sum(weights), years, axes=1)
    return mean


def export_potential(
    trade: Array,
    *,
    supply_growth: Array | None = None,
    demand_growth: Array | None = None,
    tariff_advantage: Array | None = None,
) -> Potential:
    """From trade i × j × k.

    ``supply_growth`` (i): factor of projected growth of the exporter; ``demand_growth`` (j × k): of imports;
    ``tariff_advantage`` (i × j × k): ``((1 + mean tariff)/(1 + own tariff))^σ``. Left out they are 1, and then the
    potential of every exporter in every market adds to its actual trade (the test of the method).
    KechoError ``analytics.bad_shapes``, ``analytics.no_flows``.
    """
    import numpy as np

    if trade.ndim != 3 or (trade < 0).any():
        raise KechoError("analytics.bad_shapes", shapes=str(trade.shape))
    if trade.sum() <= 0:
        raise KechoError("analytics.no_flows")
    supplied, demand = trade.sum(axis=1), trade.sum(axis=0)
    hypothetical = _expected(supplied, demand).sum(axis=2)
    ease = np.divide(trade.sum(axis=2), hypothetical, out=np.zeros_like(hypothetical), where=hypothetical > 0)
    if supply_growth is not None:
        supplied = supplied * supply_growth[:, None]
    if demand_growth is not None:
        demand = demand * demand_growth
    expected = _expected(supplied, demand)
    if tariff_advantage is not None:
        expected = expected * tariff_advantage
    potential = expected * ease[:, :, None]
    return Potential(potential, np.maximum(potential - trade, 0), ease)


def _expected(supplied: Array, demand: Array) -> Array:
    """``S_ik · D_jk``: the supplier's share of the world times the market's demand."""
    import numpy as np

    world = supplied.sum(axis=0)
    share = np.divide(supplied, world, out=np.zeros_like(supplied), where=world > 0)
    expected: Array = share[:, None, :] * demand[None, :, :]
    return expected
