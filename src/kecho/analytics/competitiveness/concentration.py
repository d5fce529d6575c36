"""How concentrated exports are, and how alike those of two places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Theil:
    """Theil's index and its exact split: ``between`` what is exported and what is not (the extensive margin), and
    ``within`` what is exported (the intensive one); Cadot, Carrère & Strauss-Kahn 2011."""

    index: float
    between: float
    within: float


def herfindahl(values: Vector, *, is_normalised: bool = False) -> float:
    """Sum of squared shares, 1/n to 1; normalised ``(H − 1/n)/(1 − 1/n)``, 0 to 1.

    >>> import numpy as np
    >>> herfindahl(np.array([1.0, 1.0, 2.0])), herfindahl(np.array([1.0, 1.0]), is_normalised=True)
    (0.375, 0.0)
    """
    total = _total(values)
    index, even = float(((values / total) ** 2).sum()), 1 / len(values)
    if not is_normalised:
        return index
    return (index - even) / (1 - even) if len(values) > 1 else 1.0


def theil(values: Vector) -> Theil:
    """Of a place's exports over all products, the zeros included."""
    import numpy as np

    total, count = _total(values), len(values)
    traded = values[values > 0]
    share = traded / (total / count)
    index = float((share * np.log(share)).sum() / count)
    between = float(np.log(count / len(traded)))
    return Theil(index, between, index - between)


def similarity(one: Vector, other: Vector) -> float:
    """Finger & Kreinin (1979): the part of two structures that is common, 0 to 1.

    >>> import numpy as np
    >>> similarity(np.array([1.0, 1.0]), np.array([3.0, 1.0]))
    0.75
    """
    import numpy as np

    return float(np.minimum(one / _total(one), other / _total(other)).sum())


def _total(values: Vector) -> float:
    total = float(values.sum())
    if total <= 0:
        raise KechoError("analytics.no_flows")
    return total
