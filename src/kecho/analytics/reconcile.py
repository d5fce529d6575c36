"""Forecasts of parts and totals made to add up.

Forecasts made one by one do not add up. Among all sets that do, `Method.OLS`, `WLS` and `SHRINK` take the nearest one,
by a distance that trusts a series the more the smaller its errors were: ``y = x - W C' (C W C')^-1 C x`` with the
identities ``C y = 0`` (MinT, Wickramasuriya, Athanasopoulos & Hyndman 2019, in the form of Di Fonzo & Girolimetto 2023,
which lets one total have two lists of parts: by sector and by commodity). ``W`` is 1, the variances, or the covariance
of the errors shrunk towards the variances (Schäfer & Strimmer 2005). `BOTTOM_UP` adds the parts and forgets the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from kecho.analytics.forecast import Forecast, Origin, measured
from kecho.analytics.paths import NORMAL, Paths
from kecho.kernel.errors import KechoError

if TYPE_CHECKING:
    from kecho.analytics.forecast_models import Array

LEAST_ERRORS = 12  # a year of errors, to weigh series by them
MOST_ROUNDS = 60
TOLERANCE = 1e-12  # of the largest value: what is below zero by less is rounding
HALF = 0.5


class Method(StrEnum):
    """How forecasts are moved until they add up."""

    BOTTOM_UP = "bottom_up"
    OLS = "ols"
    WLS = "wls"
    SHRINK = "shrink"


@dataclass(frozen=True, slots=True)
class Structure:
    """Which series is the sum of which: ``(total, parts)``; a total may stand twice, with two lists of parts.

    KechoError ``analytics.no_parts`` and ``analytics.bad_structure`` (a series is its own part, directly or not, or
    stands twice in a list).
    """

    sums: tuple[tuple[str, tuple[str, ...]], ...]

    def __post_init__(self) -> None:
        if not self.sums:
            raise KechoError("analytics.no_parts", name="")
        for total, parts in self.sums:
            if not parts:
                raise KechoError("analytics.no_parts", name=total)
            if len(set(parts)) < len(parts) or total in self.below(total):
                raise KechoError("analytics.bad_structure", name=total)

    @property
    def names(self) -> tuple[str, ...]:
        """Every series, totals first, in the order of mention."""
        totals = dict.fromkeys(total for total, _ in self.sums)
        return tuple(totals | dict.fromkeys(part for _, parts in self.sums for part in parts))

    def below(self, total: str) -> set[str]:
        """All parts of a total, and theirs."""
        found: set[str] = set()
        rest = [total]
        while rest:
            name = rest.pop()
            new = {part for one, parts in self.sums if one == name for part in parts} - found
            found |= new
            rest += sorted(new)
        return found

    def identities(self) -> Array:
        """``C``: a row a sum, 1 for the total and -1 for its parts; columns as `names`."""
        import numpy as np

        at = {name: column for column, name in enumerate(self.names)}
        rows = np.zeros((len(self.sums), len(at)))
        for row, (total, parts) in zip(rows, self.sums, strict=True):
            row[at[total]] = 1
            row[[at[part] for part in parts]] = -1
        return rows


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Forecasts, and paths where paths were given, that add up. ``method`` names how.

    ``moved_pct`` is by how much each series' total over the months ahead moved, in percent; None where it was zero.
    """

    method: str
    forecasts: Mapping[str, Forecast]
    paths: Mapping[str, Paths]
    moved_pct: Mapping[str, float | None]


def reconcile(
    paths: Mapping[str, Paths], structure: Structure, method: Method = Method.SHRINK, *, is_non_negative: bool = False
) -> Reconciled:
    """Every simulated world made to add up, and with it the forecasts, their intervals and their backtests.

    Worlds are moved by the same rule as the forecast (Panagiotelis et al. 2023), so each adds up; their quantiles are
    the new intervals. The backtest is that of the moved forecasts; the weights were learned from the same errors.
    ``is_non_negative`` keeps every series from 0 up where moving would take it below. Raises KechoError
    ``analytics.series_missing``, ``analytics.bad_paths``, ``analytics.few_errors``, ``analytics.singular_weights``,
    ``analytics.bad_structure`` (bottom-up with two lists of parts), ``analytics.reconcile_failed``.
    """
    import numpy as np

    given = [paths[name] for name in _present(structure, paths)]
    if len({(one.first, one.values.shape) for one in given}) != 1:
        raise KechoError("analytics.bad_paths", count=len(given), most=len(given))
    told = {name: paths[name].forecast for name in structure.names}
    mover = Mover(structure, method, None if method in UNWEIGHTED else aligned_errors(told))
    middle = mover.move(np.array([one.middle for one in given]), is_non_negative=is_non_negative)
    worlds = mover.move(np.array([one.values for one in given]), is_non_negative=is_non_negative)
    label = f"{method}{', non-negative' if is_non_negative else ''}"
    forecasts = _forecasts(told, mover, middle, worlds, label)
    found = {
        name: replace(one, values=worlds[at], middle=tuple(middle[at].tolist()), forecast=forecasts[name])
        for at, (name, one) in enumerate(zip(structure.names, given, strict=True))
    }
    before, after = [sum(one.middle) for one in given], middle.sum(axis=1).tolist()
    moved = {
        name: (new / old - 1) * 100 if old else None
        for name, old, new in zip(structure.names, before, after, strict=True)
    }
    return Reconciled(label, forecasts, found, moved)


class Mover:
    """Moves sets of values, series first, until the identities of the structure hold.

    ``errors`` has a row an observation and a column a series, in the order of ``structure.names``.
    """

    def __init__(self, structure: Structure, method: Method, errors: Array | None = None) -> None:
        import numpy as np

        self.identities = structure.identities()
        count = self.identities.shape[1]
        self.weights = np.eye(count) if errors is None else _weights(errors, method, structure.names)
        self.matrix = _bottom_up(structure) if method is Method.BOTTOM_UP else self._projection(self.identities)

    def _projection(self, rows: Array) -> Array:
        import numpy as np

        spread = rows @ self.weights @ rows.T
        found: Array = np.eye(rows.shape[1]) - self.weights @ rows.T @ np.linalg.pinv(spread, hermitian=True) @ rows
        return found

    def move(self, values: Array, *, is_non_negative: bool = False) -> Array:
        """``values[series, ...]`` moved."""
        import numpy as np

        flat = values.reshape(len(values), -1)
        moved: Array = self.matrix @ flat
        if is_non_negative:
            small = -TOLERANCE * np.abs(flat).max(axis=0, initial=0)
            for at in np.flatnonzero((moved < small).any(axis=0)):
                moved[:, at] = self._from_zero_up(flat[:, at])
            moved = np.maximum(moved, 0)
        return moved.reshape(values.shape)

    def _from_zero_up(self, values: Array) -> Array:
        """The nearest set that adds up with nothing below zero: active sets (Hintermüller, Ito & Kunisch 2003)."""
        import numpy as np

        count, scale = len(values), float(np.abs(values).max())
        at_zero: set[int] = set()
        for _ in range(MOST_ROUNDS):
            rows = np.vstack([self.identities, np.eye(count)[sorted(at_zero)]])
            pull = np.linalg.pinv(rows @ self.weights @ rows.T, hermitian=True) @ rows @ values
            found: Array = values - self.weights @ rows.T @ pull
            held = dict(zip(sorted(at_zero), -pull[len(self.identities) :], strict=True))
            below = {at for at in range(count) if at not in at_zero and found[at] < -TOLERANCE * scale}
            kept = {at for at in at_zero if held[at] > -TOLERANCE * scale}
            if not below and kept == at_zero:
                found[sorted(at_zero)] = 0
                return found
            at_zero = below | kept
        raise KechoError("analytics.reconcile_failed")


UNWEIGHTED = (Method.BOTTOM_UP, Method.OLS)


def aligned_errors(forecasts: Mapping[str, Forecast]) -> Array:
    """Errors of the backtests, a row a month that all series were tested on, a column a series, in its units.

    Raises KechoError ``analytics.few_errors`` below a year of them.
    """
    import numpy as np

    columns = [_by_month(one.origins) for one in forecasts.values()]
    shared = sorted(set.intersection(*(set(column) for column in columns)))
    if len(shared) < LEAST_ERRORS:
        raise KechoError("analytics.few_errors", found=len(shared), needed=LEAST_ERRORS)
    return np.array([[column[month] for column in columns] for month in shared])


def error_correlation(forecasts: Mapping[str, Forecast]) -> list[list[float]]:
    """Correlation between the series' errors, shrunk; for `paths.simulate_many`, in the order of ``forecasts``.

    A series without any error is taken as independent. Raises KechoError ``analytics.few_errors``.
    """
    matrix: list[list[float]] = _shrunk_correlation(aligned_errors(forecasts)).tolist()
    return matrix


def _by_month(origins: Sequence[Origin]) -> dict[tuple[int, int], float]:
    """Error by origin and month, both counted back from the end of the series."""
    return {
        (one.before, step): true - path
        for one in origins
        for step, (true, path) in enumerate(zip(one.truth, one.path, strict=True))
    }


def _present(structure: Structure, given: Mapping[str, object]) -> tuple[str, ...]:
    missing = [name for name in structure.names if name not in given]
    if missing:
        raise KechoError("analytics.series_missing", names=", ".join(missing))
    return structure.names


def _weights(errors: Array, method: Method, names: Sequence[str]) -> Array:
    import numpy as np

    variances = (errors**2).mean(axis=0)
    if not (variances > 0).all():
        exact = ", ".join(name for name, variance in zip(names, variances, strict=True) if not variance > 0)
        raise KechoError("analytics.singular_weights", names=exact)
    variances = variances / variances.max()
    if method is Method.WLS:
        only: Array = np.diag(variances)
        return only
    deviations = np.sqrt(variances)
    found: Array = _shrunk_correlation(errors) * np.outer(deviations, deviations)
    return found


def _shrunk_correlation(errors: Array) -> Array:
    """Correlation of the errors (about zero) with its off-diagonal shrunk by Schäfer & Strimmer's estimate."""
    import numpy as np

    count = len(errors)
    size = np.sqrt((errors**2).mean(axis=0))
    scaled = errors / np.where(size > 0, size, 1)
    products = scaled[:, :, None] * scaled[:, None, :]
    correlation = products.mean(axis=0)
    variance = ((products - correlation) ** 2).sum(axis=0) / (count * (count - 1))
    off = ~np.eye(len(size), dtype=bool)
    squares = float((correlation[off] ** 2).sum())
    intensity = min(1.0, float(variance[off].sum()) / squares) if squares > 0 else 1.0
    shrunk: Array = (1 - intensity) * correlation
    np.fill_diagonal(shrunk, 1.0)
    return shrunk


def _bottom_up(structure: Structure) -> Array:
    """The matrix that takes the series without parts and adds them up."""
    import numpy as np

    names = structure.names
    totals = [total for total, _ in structure.sums]
    if len(set(totals)) < len(totals):
        double = next(total for total in totals if totals.count(total) > 1)
        raise KechoError("analytics.bad_structure", name=double)
    at = {name: column for column, name in enumerate(names)}
    parts = dict(structure.sums)
    rows = np.zeros((len(names), len(names)))

    def row(name: str) -> Array:
        if name in parts:
            return sum((row(part) for part in parts[name]), np.zeros(len(names)))
        unit: Array = np.eye(len(names))[at[name]]
        return unit

    for name in names:
        rows[at[name]] = row(name)
    return rows


def _forecasts(
    told: Mapping[str, Forecast], mover: Mover, middle: Array, worlds: Array, label: str
) -> dict[str, Forecast]:
    """The forecasts with moved paths, intervals from the moved worlds, and backtests of the moved forecasts."""
    import numpy as np

    origins = _moved_origins(told, mover)
    found = {}
    for at, (name, one) in enumerate(told.items()):
        intervals = {}
        for level in NORMAL:
            ends = np.quantile(worlds[at], (HALF - level / 200, HALF + level / 200), axis=0)
            low, high = np.minimum(ends[0], middle[at]), np.maximum(ends[1], middle[at])
            intervals[level] = tuple(zip(low.tolist(), high.tolist(), strict=True))
        kept = origins[name] or one.origins
        found[name] = replace(
            one,
            method=f"{one.method}, reconciled ({label})",
            path=tuple(middle[at].tolist()),
            intervals=intervals,
            origins=kept,
            backtest=measured(kept) if kept else one.backtest,
            is_never_negative=bool((worlds[at] >= 0).all()),
        )
    return found


def _moved_origins(told: Mapping[str, Forecast], mover: Mover) -> dict[str, tuple[Origin, ...]]:
    """Each origin that all series share, its forecasts moved as the forecast is; none where they share none."""
    import numpy as np

    shared = set.intersection(*({(o.before, len(o.truth)) for o in one.origins} for one in told.values()))
    found: dict[str, list[Origin]] = {name: [] for name in told}
    for key in sorted(shared):
        at = {name: next(o for o in one.origins if (o.before, len(o.truth)) == key) for name, one in told.items()}
        moved = mover.move(np.array([origin.path for origin in at.values()]))
        for (name, origin), path in zip(at.items(), moved.tolist(), strict=True):
            found[name].append(replace(origin, path=tuple(path)))
    return {name: tuple(origins) for name, origins in found.items()}
