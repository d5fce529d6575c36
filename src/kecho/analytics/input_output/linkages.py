"""Which branches pull and push others: Rasmussen-Hirschman indices, and what is lost where a branch falls away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kecho.analytics.input_output.multipliers import coefficients, ghosh, leontief
from kecho.analytics.input_output.table import Table
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kecho.analytics.input_output.table import Vector


@dataclass(frozen=True, slots=True)
class Linkages:
    """Indices with mean 1. ``backward``: column sums of Leontief's inverse. ``forward``: row sums of Ghosh's inverse
    (row sums of Leontief's differ a lot; they are ``forward_leontief``). Above 1 in both: a key branch."""

    backward: Vector
    forward: Vector
    forward_leontief: Vector

    @property
    def is_key(self) -> NDArray[np.bool]:
        """Backward and forward (Ghosh) both above 1."""
        return (self.backward > 1) & (self.forward > 1)


def linkages(table: Table) -> Linkages:
    """Rasmussen (1956), Hirschman (1958); forward by Ghosh as Jones (1976) advises."""
    inverse = leontief(table)
    columns, rows, pushes = inverse.sum(axis=0), inverse.sum(axis=1), ghosh(table).sum(axis=1)
    return Linkages(columns / columns.mean(), pushes / pushes.mean(), rows / rows.mean())


def extraction_loss(table: Table, branch: str) -> float:
    """Share of all output (0 to 1) that is lost when the branch neither buys, sells nor serves final demand.

    Total hypothetical extraction: row, column and final demand of the branch become zero (Dietzenbacher & Lahr 2013).
    Final demand is what the table's output leaves. KechoError ``analytics.unknown_name``.
    """
    import numpy as np

    if branch not in table.branches:
        raise KechoError("analytics.unknown_name", name=branch)
    at = table.branches.index(branch)
    shares = coefficients(table)
    demand = table.output - table.flows.sum(axis=1)
    shares[at, :], shares[:, at], demand[at] = 0, 0, 0
    left = np.linalg.solve(np.eye(len(demand)) - shares, demand)
    return float(1 - left.sum() / table.output.sum())
