"""Leontief's and Ghosh's inverses and the multipliers read from them (Miller & Blair 2009, chapters 2, 6 and 12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kecho.analytics.input_output.table import Table
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    from kecho.analytics.input_output.table import Matrix, Vector


def coefficients(table: Table) -> Matrix:
    """``A = Z x̂⁻¹``: what each branch buys for one unit of its output."""
    return table.flows / table.output[None, :]


def leontief(table: Table) -> Matrix:
    """``L = (I − A)⁻¹``: output of i needed for one unit of final demand for j.

    >>> import numpy as np
    >>> book = Table(("1", "2"), np.array([[150.0, 500.0], [200.0, 100.0]]), np.array([1000.0, 2000.0]))
    >>> leontief(book).round(7).tolist()
    [[1.2541254, 0.330033], [0.2640264, 1.1221122]]
    """
    return inverse_of(coefficients(table))


def ghosh(table: Table) -> Matrix:
    """``G = (I − B)⁻¹`` with ``B = x̂⁻¹ Z``: where one unit of primary input of i ends up (rows are sellers)."""
    return inverse_of(table.flows / table.output[:, None])


def multipliers(table: Table, name: str = "") -> Vector:
    """By branch, for one unit of final demand: total output, or of the row ``name`` of ``inputs`` (value added, jobs).

    KechoError ``analytics.unknown_name``.
    """
    inverse = leontief(table)
    if not name:
        total: Vector = inverse.sum(axis=0)
        return total
    if name not in table.inputs:
        raise KechoError("analytics.unknown_name", name=name)
    return (table.inputs[name] / table.output) @ inverse


def type_one(table: Table, name: str) -> Vector:
    """Total effect on the row ``name`` for one unit of it in the branch itself: 2 means as much again elsewhere.

    KechoError ``analytics.unknown_name``, ``analytics.no_output`` where a branch has none of it.
    """
    effect, direct = multipliers(table, name), table.inputs[name] / table.output
    for branch, share in zip(table.branches, direct, strict=True):
        if not share > 0:
            raise KechoError("analytics.no_output", branch=branch)
    return effect / direct


def output_for(table: Table, demand: Vector) -> Vector:
    """Output of every branch that meets a final demand (a change of it gives a change of output)."""
    return leontief(table) @ demand


def type_two(table: Table, wages: Vector, consumption: Vector) -> Vector:
    """Output multipliers with households inside: ``wages`` paid by branch, ``consumption`` bought from each branch.

    Only the branches' output counts, not the households' (Miller & Blair's truncated multipliers). Households spend
    what they earn: ``consumption`` is divided by all wages.
    """
    import numpy as np

    count = len(table.branches)
    closed = np.zeros((count + 1, count + 1))
    closed[:count, :count] = coefficients(table)
    closed[count, :count] = wages / table.output
    closed[:count, count] = consumption / wages.sum()
    total: Vector = inverse_of(closed)[:count, :count].sum(axis=0)
    return total


def inverse_of(shares: Matrix) -> Matrix:
    """``(I − shares)⁻¹``. KechoError ``analytics.not_productive`` where it does not exist or has negative entries."""
    import numpy as np

    try:
        inverse = np.linalg.inv(np.eye(len(shares)) - shares)
    except np.linalg.LinAlgError:
        raise KechoError("analytics.not_productive") from None
    if (inverse < -1e-9).any() or not np.isfinite(inverse).all():
        raise KechoError("analytics.not_productive")
    return inverse
