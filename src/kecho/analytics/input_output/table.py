"""A symmetric input-output table, and whether it agrees with itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix = NDArray[np.floating[Any]]
    Vector = NDArray[np.floating[Any]]

TOLERANCE = 5e-3  # of a branch's output: printed tables are rounded, and statistical offices state differences


@dataclass(frozen=True, slots=True)
class Table:
    """Deliveries ``flows[i, j]`` of branch i to branch j, ``output`` of each branch, all in one unit of money.

    ``final`` (final uses, a column) and ``primary`` (value added and imports, a row) where known; ``inputs`` are
    further rows by name, such as value added or persons employed.

    KechoError ``analytics.bad_shapes``, ``analytics.no_output`` (a branch without output; named); ``check`` raises
    ``analytics.imbalance``.
    """

    branches: tuple[str, ...]
    flows: Matrix
    output: Vector
    final: Vector | None = None
    primary: Vector | None = None
    inputs: dict[str, Vector] = field(default_factory=dict)

    def __post_init__(self) -> None:
        count = len(self.branches)
        vectors = [one for one in (self.output, self.final, self.primary, *self.inputs.values()) if one is not None]
        if self.flows.shape != (count, count) or any(one.shape != (count,) for one in vectors):
            raise KechoError("analytics.bad_shapes", shapes=f"{count}, {self.flows.shape}")
        for at, value in enumerate(self.output):
            if not value > 0:
                raise KechoError("analytics.no_output", branch=self.branches[at])

    def check(self, tolerance: float = TOLERANCE) -> None:
        """Refuse a table that does not agree with itself, naming the branch that is furthest off."""
        found = imbalances(self, tolerance)
        if found:
            worst = max(found, key=lambda one: abs(one.gap) / one.output)
            raise KechoError(
                "analytics.imbalance", branch=worst.branch, side=worst.side, total=worst.total, output=worst.output
            )


@dataclass(frozen=True, slots=True)
class Imbalance:
    """A row or column whose parts do not make the branch's output."""

    branch: str
    side: str
    total: float
    output: float

    @property
    def gap(self) -> float:
        """Parts less output."""
        return self.total - self.output


def imbalances(table: Table, tolerance: float = TOLERANCE) -> list[Imbalance]:
    """Every row (deliveries, final uses) and column (purchases, primary inputs) off by more than ``tolerance``."""
    found = []
    for side, rest, axis in (("row", table.final, 1), ("column", table.primary, 0)):
        if rest is None:
            continue
        for branch, total, output in zip(table.branches, table.flows.sum(axis=axis) + rest, table.output, strict=True):
            if abs(total - output) > tolerance * output:
                found.append(Imbalance(branch, side, float(total), float(output)))
    return found
