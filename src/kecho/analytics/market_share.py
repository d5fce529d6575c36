"""Constant market share: why a share of a market rose or fell, exactly and in parts that add up.

Cells are products × markets. ``own`` is the exporter's exports, ``world`` the imports of all origins (or all exports),
at two times, in one unit of money. Cells that are new or dead have no growth rate; they stand in a term of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class ShareEffects:
    """Change of the aggregate market share in fractions of one: the five sum to ``change``.

    ``share``: gains within each product and market. ``product_mix``, ``market_mix``: demand moved towards (away from)
    where the exporter was strong. ``product_adaptation``, ``market_adaptation``: the exporter moved with demand.
    """

    change: float
    share: float
    product_mix: float
    market_mix: float
    product_adaptation: float
    market_adaptation: float


@dataclass(frozen=True, slots=True)
class GrowthEffects:
    """Growth of exports above the world's, in fractions of one: ``share + product + market + mixed + entry`` = ``gap``.

    ``entry`` is what new cells brought less what dead world cells took.
    """

    gap: float
    share: float
    product: float
    market: float
    mixed: float
    entry: float


@dataclass(frozen=True, slots=True)
class LevelEffects:
    """Change of exports in money (Leamer & Stern 1970): the four sum to ``change``; ``residual`` is competitiveness.

    The order matters here: product before market (Richardson 1971).
    """

    change: float
    world: float
    product: float
    market: float
    residual: float


def fagerberg_sollie(own0: Matrix, world0: Matrix, own1: Matrix, world1: Matrix) -> ShareEffects:
    """Fagerberg & Sollie (1987), Laspeyres weights, no residual.

    KechoError ``analytics.bad_shapes``, ``analytics.no_flows`` (an empty market), ``analytics.more_than_all`` (exports
    above the imports of all origins).
    """
    a0, b0, c0 = _layers(own0, world0)
    a1, b1, c1 = _layers(own1, world1)
    da, db, dc = a1 - a0, b1 - b0, c1 - c0
    s0, s1 = (b0 * a0).sum(axis=0), (b1 * a1).sum(axis=0)
    return ShareEffects(
        change=float(c1 @ s1 - c0 @ s0),
        share=float(c0 @ (b0 * da).sum(axis=0)),
        product_mix=float(c0 @ (db * a0).sum(axis=0)),
        market_mix=float(dc @ s0),
        product_adaptation=float(c0 @ (db * da).sum(axis=0)),
        market_adaptation=float(dc @ (s1 - s0)),
    )


def nyssens_poullet(own0: Matrix, world0: Matrix, own1: Matrix, world1: Matrix) -> GrowthEffects:
    """Nyssens & Poullet (1990), as ECB Occasional Paper 30 (2005): share effect, and structure in three parts.

    Cells without exports at the start (or without world trade) have no growth: what they brought is ``entry``.
    KechoError as ``fagerberg_sollie``.
    """
    import numpy as np

    _same_shape(own0, world0, own1, world1)
    total, world_total = _positive(own0), _positive(world0)
    theta, star = own0 / total, world0 / world_total
    world_growth = np.divide(world1 - world0, world0, out=np.zeros_like(world0), where=world0 > 0)
    growth = np.divide(own1 - own0, own0, out=np.zeros_like(own0), where=own0 > 0)
    gap = float(own1.sum() / total - world1.sum() / world_total)
    # a cell the exporter was not in contributes nothing here: θ is 0 there
    share = float((theta * (growth - world_growth)).sum())
    by_product, star_product = theta.sum(axis=1), star.sum(axis=1)
    by_market, star_market = theta.sum(axis=0), star.sum(axis=0)
    product_growth = _mean_growth(star, world_growth, axis=1)
    market_growth = _mean_growth(star, world_growth, axis=0)
    product = float((by_product - star_product) @ product_growth)
    market = float((by_market - star_market) @ market_growth)
    structure = float(((theta - star) * world_growth).sum())
    entry = float(own1[own0 == 0].sum() / total - world1[world0 == 0].sum() / world_total)
    return GrowthEffects(gap, share, product, market, structure - product - market, entry)


def leamer_stern(own0: Matrix, world0: Matrix, own1: Matrix, world1: Matrix) -> LevelEffects:
    """Leamer & Stern (1970): world growth, product, market, and the residual that is called competitiveness."""
    import numpy as np

    _same_shape(own0, world0, own1, world1)
    world = float(world1.sum() / _positive(world0) - 1)
    before, after = world0.sum(axis=1), world1.sum(axis=1)
    of_product = np.divide(after, before, out=np.ones_like(before), where=before > 0) - 1
    of_cell = np.divide(world1, world0, out=np.ones_like(world0), where=world0 > 0) - 1
    exports = own0.sum(axis=1)
    change = float(own1.sum() - own0.sum())
    growth = float(world * own0.sum())
    product = float(((of_product - world) * exports).sum())
    market = float(((of_cell - of_product[:, None]) * own0).sum())
    return LevelEffects(change, growth, product, market, change - growth - product - market)


def _layers(own: Matrix, world: Matrix) -> tuple[Matrix, Matrix, Matrix]:
    """Micro shares a, product weights within markets b, market weights c."""
    import numpy as np

    _same_shape(own, world)
    total = _positive(world)
    if (own > world * (1 + 1e-12)).any():
        raise KechoError("analytics.more_than_all")
    of_market = world.sum(axis=0)
    shares = np.divide(own, world, out=np.zeros_like(world), where=world > 0)
    weights = np.divide(world, of_market, out=np.zeros_like(world), where=of_market > 0)
    return shares, weights, of_market / total


def _mean_growth(star: Matrix, growth: Matrix, axis: int) -> Matrix:
    import numpy as np

    weight = star.sum(axis=axis)
    mean: Matrix = np.divide((star * growth).sum(axis=axis), weight, out=np.zeros_like(weight), where=weight > 0)
    return mean


def _same_shape(*tables: Matrix) -> None:
    shapes = {table.shape for table in tables}
    if len(shapes) > 1 or any((table < 0).any() for table in tables):
        raise KechoError("analytics.bad_shapes", shapes=", ".join(sorted(str(shape) for shape in shapes)))


def _positive(values: Matrix) -> float:
    total = float(values.sum())
    if total <= 0:
        raise KechoError("analytics.no_flows")
    return total
