"""Levels from growth rates: monthly indices against the same month of last year and against the month before.

Offices print the index of industrial production as two rates and no level, so there is nothing to forecast or to hold
against a target. Rates on the same month tie each month to one month of every other year exactly, and leave twelve
chains that know nothing of each other; rates on the month before tie the chains, but contradict the former within
rounding and revisions, and some are missing. Here every rate on the same month is kept exactly, and the heights of
the chains are the least squares fit to the logs of all rates on the month before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, isfinite, log

from kecho.kernel.errors import KechoError

YEAR = 12
Pairs = list[tuple[int, int, float]]


@dataclass(frozen=True, slots=True)
class Chained:
    """Levels by month, the mean of ``base_year`` (the first whole year, else all months) being 100.

    ``on_year`` and ``on_month`` count the rates used. ``gap_pct`` is the largest difference, in percent, between a
    published rate on the month before and the one the levels give.
    """

    levels: Mapping[int, float]
    base_year: int | None
    on_year: int
    on_month: int
    gap_pct: float


def chain(on_year: Mapping[int, float], on_month: Mapping[int, float]) -> Chained:
    """Levels from indices (100 = no change) by month, counted as ``year * 12 + month - 1``.

    Months that no rate ties to the rest are left out: the largest connected stretch is kept. Raises KechoError
    ``analytics.bad_values`` for an index that is not finite and positive, ``analytics.no_rates`` where there is none.

    >>> found = chain({12: 110.0, 13: 120.0}, {1: 150.0, 13: 163.63636363636363})
    >>> [round(found.levels[month] / found.levels[0], 2) for month in (0, 1, 12, 13)]
    [1.0, 1.5, 1.1, 1.8]
    """
    if not all(isfinite(index) and index > 0 for side in (on_year, on_month) for index in side.values()):
        raise KechoError("analytics.bad_values")
    years: Pairs = [(month - YEAR, month, log(index / 100)) for month, index in sorted(on_year.items())]
    months: Pairs = [(month - 1, month, log(index / 100)) for month, index in sorted(on_month.items())]
    if not years and not months:
        raise KechoError("analytics.no_rates")
    chain_of, height = _chains(years, months)
    lift = _lifts(months, chain_of, height)
    kept = _largest(chain_of, months)
    logs = {month: height[month] + lift[chain_of[month]] for month in sorted(chain_of) if chain_of[month] in kept}
    base_year, mean = _base({month: exp(level) for month, level in logs.items()})
    levels = {month: exp(level) / mean * 100 for month, level in logs.items()}
    gaps = [abs(exp(logs[b] - logs[a] - rate) - 1) * 100 for a, b, rate in months if a in logs and b in logs]
    return Chained(
        levels,
        base_year,
        sum(a in logs and b in logs for a, b, _ in years),
        len(gaps),
        max(gaps, default=0.0),
    )


def _chains(years: Pairs, months: Pairs) -> tuple[dict[int, int], dict[int, float]]:
    """Which chain each month belongs to (named by its first month), and its log level above the chain's first."""
    known = sorted({month for a, b, _ in (*years, *months) for month in (a, b)})
    rate_of = {b: rate for _, b, rate in years}
    chain_of: dict[int, int] = {}
    height: dict[int, float] = {}
    for month in known:
        before = month - YEAR
        if month in rate_of and before in chain_of:
            chain_of[month], height[month] = chain_of[before], height[before] + rate_of[month]
        else:
            chain_of[month], height[month] = month, 0.0
    return chain_of, height


def _lifts(months: Pairs, chain_of: Mapping[int, int], height: Mapping[int, float]) -> dict[int, float]:
    """The height of each chain: least squares over the rates on the month before."""
    import numpy as np

    chains = sorted(set(chain_of.values()))
    place = {chain: at for at, chain in enumerate(chains)}
    if not months:
        return dict.fromkeys(chains, 0.0)
    matrix, right = np.zeros((len(months), len(chains))), np.zeros(len(months))
    for row, (a, b, rate) in enumerate(months):
        matrix[row, place[chain_of[b]]] += 1
        matrix[row, place[chain_of[a]]] -= 1
        right[row] = rate - (height[b] - height[a])
    found = np.linalg.lstsq(matrix, right, rcond=None)[0]
    return {chain: float(found[place[chain]]) for chain in chains}


def _largest(chain_of: Mapping[int, int], months: Pairs) -> set[int]:
    """The chains that hang together and hold the most months."""
    group = {chain: chain for chain in set(chain_of.values())}

    def root(chain: int) -> int:
        while group[chain] != chain:
            chain = group[chain]
        return chain

    for a, b, _ in months:
        group[root(chain_of[a])] = root(chain_of[b])
    sizes: dict[int, int] = {}
    for chain in chain_of.values():
        sizes[root(chain)] = sizes.get(root(chain), 0) + 1
    best = max(sizes, key=lambda one: (sizes[one], -one))
    return {chain for chain in group if root(chain) == best}


def _base(levels: Mapping[int, float]) -> tuple[int | None, float]:
    """The first year that has all its months, and the mean of it; of everything where there is none."""
    for year in sorted({month // YEAR for month in levels}):
        whole = [levels[month] for month in range(year * YEAR, year * YEAR + YEAR) if month in levels]
        if len(whole) == YEAR:
            return year, sum(whole) / YEAR
    return None, sum(levels.values()) / len(levels)
