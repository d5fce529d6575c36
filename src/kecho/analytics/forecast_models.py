"""The models behind a forecast, each a function of an array of months and a horizon.

The dynamic optimised theta method (Fiorucci et al. 2016), complex exponential smoothing (Svetunkov et al. 2022) and
exponential smoothing in state-space form (Hyndman et al. 2008), all as `statsforecast` fits them; seasonal naive is
beside.

Exponential smoothing is an average of forms by their Akaike weights (Burnham & Anderson 2002, section 2.9). The forms
are fixed beforehand: trends are damped, and errors and seasons are of one kind, both additive or both multiplicative.
That choice, and averaging in place of picking, was made on hold-outs inside the training part of M3 (every fourth
series).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kecho.analytics.forecast_deviation import deviation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

SEASON = 12
BY_AICC = "Z"
# error, trend, season; d marks the damped trend
FORMS = ("ANN", "MNN", "AAdN", "MAdN", "ANA", "AAdA", "MNM", "MAdM")
LEAST_WEIGHT = 0.05  # forms below it are left out of refits at earlier origins, which keeps them fast


@dataclass(frozen=True, slots=True)
class Smoothing:
    """Exponential smoothing averaged over forms: the path, its standard deviation a step ahead, and the weights."""

    path: Array
    deviation: Array
    weights: dict[str, float]


def seasonal_naive(values: Array, horizon: int) -> Array:
    """The last year again."""
    import numpy as np

    return np.resize(values[-SEASON:], horizon)


def theta(values: Array, horizon: int) -> Array:
    """Dynamic optimised theta method."""
    from statsforecast.models import DynamicOptimizedTheta

    path: Array = _quietly(lambda: DynamicOptimizedTheta(season_length=SEASON).forecast(y=values, h=horizon)["mean"])
    return path


def complex_smoothing(values: Array, horizon: int, season: str = BY_AICC) -> tuple[Array, str]:
    """Complex exponential smoothing, and its seasonal form: the one given, or chosen by AICc."""
    import numpy as np
    from statsforecast.ces import auto_ces, forecast_ces

    if values.min() == values.max():
        return np.full(horizon, values[-1]), season
    fitted = _quietly(lambda: auto_ces(values, SEASON, model=season))
    path: Array = _quietly(lambda: forecast_ces(fitted, horizon))["mean"]
    return path, str(fitted["seasontype"])


def smoothing(values: Array, horizon: int, forms: Sequence[str] = FORMS) -> Smoothing:
    """Exponential smoothing averaged over the forms that can be fitted; ArithmeticError where none can."""
    import numpy as np

    fits: dict[str, tuple[float, Array, Array]] = {}
    for form in forms:
        if (fit := _fit(values, horizon, form)) is not None:
            fits[form] = fit
    if not fits:
        raise ArithmeticError("no form of exponential smoothing fits")
    least = min(aicc for aicc, _, _ in fits.values())
    raw = {form: float(np.exp(-(aicc - least) / 2)) for form, (aicc, _, _) in fits.items()}
    total = sum(raw.values())
    weights = {form: weight / total for form, weight in raw.items()}
    path = sum((weights[form] * fits[form][1] for form in fits), np.zeros(horizon))
    deviation = sum((weights[form] * fits[form][2] for form in fits), np.zeros(horizon))
    return Smoothing(path, deviation, weights)


def _fit(values: Array, horizon: int, form: str) -> tuple[float, Array, Array] | None:
    """AICc, path and deviation of one form; None where it cannot be fitted to these values."""
    import numpy as np
    from statsforecast.ets import ets_f, forecast_ets

    if form[0] == "M" and values.min() <= 0:
        return None
    try:
        model = _quietly(lambda: ets_f(values, SEASON, model=form.replace("d", ""), damped="d" in form))
        path = np.asarray(_quietly(lambda: forecast_ets(model, horizon))["mean"], dtype=float)
        spread = _quietly(lambda: deviation(model, path, SEASON))
    except (ArithmeticError, ValueError, NotImplementedError, np.linalg.LinAlgError):
        return None
    is_usable = np.isfinite(model["aicc"]) and np.isfinite(path).all() and np.isfinite(spread).all()
    return (float(model["aicc"]), path, spread) if is_usable else None


def _quietly(fit: Callable[[], Any]) -> Any:
    """The fit without the library's warnings of overflow and division: what came out is checked instead.

    ArithmeticError where the library says that nothing could be fitted, which it does with the bare `Exception`.
    """
    import numpy as np

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.filterwarnings("ignore", category=RuntimeWarning)
        try:
            return fit()
        except Exception as error:
            if type(error) is Exception:
                raise ArithmeticError(str(error)) from error
            raise
