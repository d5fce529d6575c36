"""What a seasonal adjustment answers, and what no method can adjust.

An answer always names its method; where it is the fallback it says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite

from kecho.kernel.errors import KechoError

MONTHS = 12
LEAST_MONTHS = 36  # X-13's own limit for its moving averages, three years


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A regressor's estimate (in logs where the model is multiplicative) and its t value."""

    name: str
    estimate: float
    t_value: float


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """What an adjustment says of itself: all of it from X-13, the two QS tests also from the classical method.

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


def check(values: Sequence[float | None]) -> None:
    """Refuse what cannot be adjusted; gaps are allowed."""
    known = [value for value in values if value is not None]
    if not all(isfinite(value) for value in known):
        raise KechoError("analytics.bad_values")
    if len(known) < LEAST_MONTHS:
        raise KechoError("analytics.short_series", found=len(known), needed=LEAST_MONTHS)
    if min(known) == max(known):
        raise KechoError("analytics.constant_series", value=known[0])
