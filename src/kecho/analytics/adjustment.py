"""Seasonal adjustment: the answer's type, the method used where X-13 cannot run, and the choice between the two.

An answer always names its method; where it is the fallback it says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite

from kecho.kernel.errors import KechoError

MONTHS = 12
LEAST_MONTHS = 36  # X-13's own limit for its moving averages, three years
CLASSICAL = "classical"
X13 = "X-13ARIMA-SEATS"


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A regressor's estimate (in logs where the model is multiplicative) and its t value."""

    name: str
    estimate: float
    t_value: float


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What X-13 says of its adjustment.

    ``m`` holds M1 to M11, each 0 to 3 and acceptable up to 1; ``q`` their weighted mean, ``q2`` the same without M2.
    ``qs_*_p`` is the p value of the QS test for seasonality: low in the original, high in the adjusted series.
    ``residual_f_p`` is the p value of the F test for seasonality left in the whole adjusted series.
    """

    m: tuple[float, ...]
    q: float | None
    q2: float | None
    qs_original_p: float | None
    qs_adjusted_p: float | None
    residual_f_p: float | None

    @property
    def has_residual_seasonality(self) -> bool:
        """Whether either test finds seasonality left at 1 %."""
        return any(p is not None and p < 0.01 for p in (self.qs_adjusted_p, self.residual_f_p))

    @property
    def is_acceptable(self) -> bool:
        """X-11's rule: Q up to 1, and nothing seasonal left."""
        return (self.q is None or self.q <= 1) and not self.has_residual_seasonality


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A monthly series split up. ``original = adjusted * factors`` where multiplicative, ``+`` where additive.

    ``factors`` are the combined seasonal, trading-day and holiday factors; ``is_multiplicative`` says how they join.
    ``why`` tells why a fallback answered; it is empty otherwise. Model fields are empty where there is no model.
    """

    method: str
    original: tuple[float, ...]
    adjusted: tuple[float, ...]
    trend: tuple[float, ...]
    factors: tuple[float, ...]
    is_multiplicative: bool
    model: str = ""
    aicc: float | None = None
    residual_variance: float | None = None
    outliers: tuple[str, ...] = ()
    coefficients: tuple[Coefficient, ...] = ()
    diagnostics: Diagnostics | None = None
    forecast: tuple[float, ...] = ()
    why: KechoError | None = field(default=None, compare=False)


def seasonally_adjust(
    values: Sequence[float | None], year: int, month: int, *, regressors: Mapping[str, Sequence[float]] | None = None
) -> Adjustment:
    """X-13 with automatic model and outliers and the regressors given; the classical method where it cannot run.

    ``regressors`` cover the months of ``values`` and twelve more. The fallback leaves them out and carries the coded
    reason in ``why``. Raises KechoError ``analytics.short_series``, ``analytics.bad_values`` or
    ``analytics.constant_series`` for what no method can adjust.
    """
    from kecho.analytics import x13

    check(values)
    try:
        return x13.adjust(values, year, month, x13.Spec(regressors=dict(regressors or {})))
    except KechoError as error:
        if error.code not in x13.CANNOT_RUN:
            raise
        return replace(classical(values), why=error)


def check(values: Sequence[float | None]) -> None:
    """Refuse what cannot be adjusted; gaps are allowed."""
    known = [value for value in values if value is not None]
    if not all(isfinite(value) for value in known):
        raise KechoError("analytics.bad_values")
    if len(known) < LEAST_MONTHS:
        raise KechoError("analytics.short_series", found=len(known), needed=LEAST_MONTHS)
    if min(known) == max(known):
        raise KechoError("analytics.constant_series", value=known[0])


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
    return Adjustment(CLASSICAL, tuple(known), tuple(adjusted), tuple(trend), tuple(factors), is_multiplicative)


def _trend(values: Sequence[float]) -> list[float]:
    """Centred 2×12 moving average; its first and last full value stand for the ends."""
    weights = [0.5, *[1.0] * 11, 0.5]
    middle = [
        sum(weight * values[at + step] for weight, step in zip(weights, range(-6, 7), strict=True)) / MONTHS
        for at in range(6, len(values) - 6)
    ]
    return [middle[0]] * 6 + middle + [middle[-1]] * 6
