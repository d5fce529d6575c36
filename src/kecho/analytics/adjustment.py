"""Seasonal adjustment: X-13, and the method used where it cannot run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from math import exp, log

from kecho.analytics import x13
from kecho.analytics.adjusted import MONTHS, Adjustment, Diagnostics, check
from kecho.analytics.interventions import interventions
from kecho.kernel.errors import KechoError

CLASSICAL = "classical"
TINY = 1e-20  # differences of this share of the levels are rounding


def seasonally_adjust(
    values: Sequence[float | None], year: int, month: int, *, regressors: Mapping[str, Sequence[float]] | None = None
) -> Adjustment:
    """X-13 with automatic model and outliers, the months of social distancing and the regressors given.

    ``regressors`` cover the months of ``values`` and twelve more. Where the program cannot run, the classical method
    answers without them and carries the coded reason in ``why``. Raises KechoError ``analytics.short_series``,
    ``analytics.bad_values`` or ``analytics.constant_series`` for what no method can adjust.
    """
    check(values)
    known = interventions(year, month, len(values))
    try:
        return x13.adjust(values, year, month, x13.Spec(regressors=dict(regressors or {}), interventions=known))
    except KechoError as error:
        if error.code not in x13.CANNOT_RUN:
            raise
        return replace(classical(values), why=error)


def classical(values: Sequence[float | None]) -> Adjustment:
    """Ratio (difference, unless all are positive) to the centred 2×12 moving average, months' means as factors.

    Macaulay 1931, as in Shiskin's X-1; six months at each end have the trend of the nearest full year. Raises
    KechoError ``analytics.gaps`` where a month is missing.
    """
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        raise KechoError("analytics.gaps", count=len(values) - len(known))
    is_multiplicative = min(known) > 0
    trend = _trend(known)
    inner = range(6, len(known) - 6)
    raw: list[list[float]] = [[] for _ in range(MONTHS)]
    for at in inner:
        raw[at % MONTHS].append(known[at] / trend[at] if is_multiplicative else known[at] - trend[at])
    means = [sum(month) / len(month) for month in raw]
    level = sum(means) / MONTHS
    month_factors = [mean / level if is_multiplicative else mean - level for mean in means]
    factors = [month_factors[at % MONTHS] for at in range(len(known))]
    adjusted = [
        value / factor if is_multiplicative else value - factor for value, factor in zip(known, factors, strict=True)
    ]
    told = Diagnostics(
        m=(),
        q=None,
        q2=None,
        qs_original_p=qs_p_value(known, is_log=is_multiplicative),
        qs_adjusted_p=qs_p_value(adjusted, is_log=is_multiplicative),
        residual_f_p=None,
    )
    return Adjustment(
        method=CLASSICAL,
        original=tuple(known),
        adjusted=tuple(adjusted),
        trend=tuple(trend),
        factors=tuple(factors),
        is_multiplicative=is_multiplicative,
        diagnostics=told,
    )


def qs_p_value(values: Sequence[float], *, is_log: bool) -> float | None:
    """The p value of the QS test for seasonality, on second differences (of logs): low where there is a season.

    ``QS = n (n + 2) (r12^2 / (n - 12) + r24^2 / (n - 24))`` with negative autocorrelations taken as zero, and zero
    where ``r12`` is not positive; about chi-squared with two degrees of freedom (Maravall 2011). X-13 takes two
    differences for the airline model. None where the differences are constant.

    >>> season = [100 + 10 * (at % 12 == 3) + at % 5 for at in range(72)]
    >>> qs_p_value(season, is_log=True) < 0.01 < qs_p_value([100 + at % 5 for at in range(72)], is_log=True)
    True
    """
    levels = [log(value) for value in values] if is_log else list(values)
    first = [now - before for before, now in pairwise(levels)]
    moved = [now - before for before, now in pairwise(first)]
    mean = sum(moved) / len(moved)
    apart = [one - mean for one in moved]
    size = sum(one * one for one in apart)
    if size <= TINY * sum(one * one for one in levels):
        return None
    lags = (MONTHS, 2 * MONTHS)
    found = [sum(a * b for a, b in zip(apart, apart[lag:], strict=False)) / size for lag in lags]
    if found[0] <= 0:
        return 1.0
    count = len(apart)
    terms = [max(one, 0.0) ** 2 / (count - lag) for one, lag in zip(found, lags, strict=True)]
    return exp(-count * (count + 2) * sum(terms) / 2)


def _trend(values: Sequence[float]) -> list[float]:
    """Centred 2×12 moving average; its first and last full value stand for the ends."""
    weights = [0.5, *[1.0] * 11, 0.5]
    middle = [
        sum(weight * values[at + step] for weight, step in zip(weights, range(-6, 7), strict=True)) / MONTHS
        for at in range(6, len(values) - 6)
    ]
    return [middle[0]] * 6 + middle + [middle[-1]] * 6
