"""Answers as JSON and back, exactly as they were."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kecho.analytics.adjusted import Adjustment, Coefficient, Diagnostics
from kecho.analytics.forecast import Backtest, Forecast, Origin
from kecho.kernel.errors import KechoError
from kecho.outlook.making import Made


def write(answer: Made) -> dict[str, Any]:
    """JSON-ready."""
    return {
        "adjustment": _adjustment_out(answer.adjustment),
        "no_adjustment": _error_out(answer.no_adjustment),
        "forecast": _forecast_out(answer.forecast),
        "no_forecast": _error_out(answer.no_forecast),
        "is_tet_aware": answer.is_tet_aware,
        "plain_mase": answer.plain_mase,
        "moved_pct": answer.moved_pct,
        "no_reconciling": _error_out(answer.no_reconciling),
    }


def read(stored: dict[str, Any]) -> Made:
    """What `write` wrote."""
    return Made(
        _adjustment_in(stored["adjustment"]),
        _error_in(stored["no_adjustment"]),
        _forecast_in(stored["forecast"]),
        _error_in(stored["no_forecast"]),
        stored["is_tet_aware"],
        stored["plain_mase"],
        stored["moved_pct"],
        _error_in(stored["no_reconciling"]),
    )


def _error_out(error: KechoError | None) -> dict[str, Any] | None:
    return None if error is None else {"code": error.code, "params": error.params}


def _error_in(stored: dict[str, Any] | None) -> KechoError | None:
    return None if stored is None else KechoError(stored["code"], **stored["params"])


def _adjustment_out(found: Adjustment | None) -> dict[str, Any] | None:
    if found is None:
        return None
    plain = {name: getattr(found, name) for name in found.__slots__ if name not in ("coefficients", "diagnostics")}
    return {
        **plain,
        "why": _error_out(found.why),
        "coefficients": [asdict(one) for one in found.coefficients],
        "diagnostics": asdict(found.diagnostics) if found.diagnostics else None,
    }


def _adjustment_in(stored: dict[str, Any] | None) -> Adjustment | None:
    if stored is None:
        return None
    lists = _tuples(stored)
    diagnostics = stored["diagnostics"]
    return Adjustment(
        **{
            **lists,
            "why": _error_in(stored["why"]),
            "coefficients": tuple(Coefficient(**one) for one in stored["coefficients"]),
            "diagnostics": Diagnostics(**{**diagnostics, "m": tuple(diagnostics["m"])}) if diagnostics else None,
        }
    )


def _forecast_out(found: Forecast | None) -> dict[str, Any] | None:
    if found is None:
        return None
    plain = asdict(found)
    return {**plain, "intervals": {str(level): pairs for level, pairs in found.intervals.items()}}


def _forecast_in(stored: dict[str, Any] | None) -> Forecast | None:
    if stored is None:
        return None
    lists = _tuples(stored)
    intervals = {int(level): tuple((low, high) for low, high in pairs) for level, pairs in stored["intervals"].items()}
    origins = tuple(Origin(**_tuples(one)) for one in stored["origins"])
    backtest = Backtest(**stored["backtest"])
    return Forecast(**{**lists, "backtest": backtest, "intervals": intervals, "origins": origins})


def _tuples(stored: dict[str, Any]) -> dict[str, Any]:
    """JSON's lists as the tuples that they were."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()}
