"""How a break spreads: inoperability, at rest and over time (Haimes & Santos)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecho.analytics.input_output.multipliers import coefficients
from kecho.analytics.input_output.table import Table
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    from kecho.analytics.input_output.table import Matrix, Vector


def inoperability(table: Table, loss: Vector) -> Vector:
    """Share of each branch's output that fails in the end, when final demand falls by ``loss`` (shares of output).

    ``q = A* q + c*`` with ``A* = x̂⁻¹ A x̂`` (Santos & Haimes 2004). KechoError ``analytics.bad_loss`` outside 0 to 1.
    """
    import numpy as np

    _check(loss)
    return np.linalg.solve(np.eye(len(loss)) - _interdependency(table), loss)


def recovery(table: Table, start: Vector, resilience: Vector, loss: Vector, periods: int) -> Matrix:
    """Inoperability period by period, (periods + 1) × branches, from ``start``.

    ``q(t+1) = q(t) + K [A* q(t) + c* − q(t)]``: ``resilience`` is K's diagonal, 0 (never moves) to 1 (at once).
    """
    import numpy as np

    for shares in (start, loss, resilience):
        _check(shares)
    matrix, path = _interdependency(table), np.zeros((periods + 1, len(start)))
    path[0] = start
    for at in range(periods):
        path[at + 1] = path[at] + resilience * (matrix @ path[at] + loss - path[at])
    return path


def _interdependency(table: Table) -> Matrix:
    return coefficients(table) * table.output[None, :] / table.output[:, None]


def _check(shares: Vector) -> None:
    if ((shares < 0) | (shares > 1)).any():
        raise KechoError("analytics.bad_loss")
