"""An outlook as JSON (both languages) and as CSV (one row a month)."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from typing import Any, TextIO

from kecho.analytics.target_chance import Chance, Scenario
from kecho.kernel.errors import KechoError
from kecho.observatory import queries as observatory
from kecho.outlook.answers import LEVELS, MonthAhead, Outlook, YearEnd, missing_months
from kecho.outlook.current import Current
from kecho.outlook.drivers import Drivers
from kecho.outlook.queries import TargetOutlook
from kecho.outlook.required import Required
from kecho.outlook.shown import Shown

CSV_COLUMNS = ("month", "kind", "value", "naive", "low_80", "high_80", "low_95", "high_95", "growth_pct", "unit")
DIGITS = 8  # of a number that a model made: more are noise


def as_dict(shown: Shown) -> dict[str, Any]:
    """JSON-ready; numbers that models made have eight digits, published ones are exact text."""
    outlook = shown.outlook
    known, made = outlook.known, outlook.made
    return {
        "indicator": known.key.indicator,
        **_both("name", observatory.indicator(known.key.indicator).name),
        "locality": known.key.locality,
        "breakdown": known.key.breakdown,
        "as_of": known.as_of.isoformat() if known.as_of else None,
        "unit": known.unit,
        "basis": known.basis.value,
        "first_month": known.first.code,
        "last_month": known.last.code,
        "months": known.count,
        "missing_months": missing_months(known.months),
        "benchmarked_at_most_pct": round(float(known.most_scaled_pct), 4),
        "link_factor": format(known.link_factor, ".6f"),
        "is_fictional": known.is_fictional,
        "forecast": _forecast(outlook),
        "nowcast": _current(shown.current),
        "year": _year(shown.year_end),
        "no_year": _error(shown.no_year),
        "targets": [_target(one) for one in shown.targets],
        "scenarios": [_scenario(one) for one in shown.scenarios],
        "drivers": [_drivers(one) for one in shown.drivers],
        "seasonal": _seasonal(outlook) if made.adjustment else {"refused": _error(made.no_adjustment)},
        "revisions": {
            "months": len(shown.revisions.rows),
            "mean_pct": _exact(shown.revisions.mean_pct),
            "mean_size_pct": _exact(shown.revisions.mean_size_pct),
        },
    }


def write_json(shown: Shown, stream: TextIO) -> None:
    """Indented UTF-8 with a line end; never NaN."""
    json.dump(as_dict(shown), stream, ensure_ascii=False, indent=2, allow_nan=False)
    stream.write("\n")


def write_csv(shown: Shown, stream: TextIO) -> None:
    """Known months, then the months to come."""
    writer = csv.DictWriter(stream, CSV_COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(month_records(shown.outlook))


def month_records(outlook: Outlook) -> list[dict[str, Any]]:
    """One record a month under `CSV_COLUMNS`: ``known`` or ``forecast``."""
    known = outlook.known
    records = []
    for at, value in enumerate(known.months.values):
        if value is not None:
            month = known.months.first + at
            code = f"{month // 12:04d}-{month % 12 + 1:02d}"
            records.append({"month": code, "kind": "known", "value": digits(value), "unit": known.unit})
    for one in outlook.ahead:
        told = _ahead(one)
        told["value"] = told.pop("median")
        records.append({"kind": "forecast", "unit": known.unit, **told})
    return [{name: record.get(name) for name in CSV_COLUMNS} for record in records]


def digits(value: float | None) -> float | None:
    """The value with eight significant digits."""
    return None if value is None else float(f"{value:.{DIGITS}g}")


def _exact(value: Decimal | None) -> str | None:
    return None if value is None else format(round(value, 6), "f")


def _both(name: str, text: Any) -> dict[str, str]:
    return {f"{name}_{lang}": text(lang) for lang in ("vi", "en")}


def _error(error: KechoError | None) -> dict[str, Any] | None:
    if error is None:
        return None
    return {"code": error.code, **_both("what", error.what), **_both("do", error.do)}


def _ahead(one: MonthAhead) -> dict[str, Any]:
    ends = {
        f"{end}_{level}": digits(value)
        for level in LEVELS
        for end, value in zip(("low", "high"), one.intervals[level], strict=True)
    }
    return {
        "month": one.period.code,
        "median": digits(one.median),
        "naive": digits(one.naive),
        **ends,
        "growth_pct": digits(one.growth_pct),
    }


def _forecast(outlook: Outlook) -> dict[str, Any]:
    made = outlook.made
    if made.forecast is None:
        return {"refused": _error(made.no_forecast)}
    told = made.forecast
    return {
        "method": told.method,
        "months_used": told.months,
        "months_filled": told.filled,
        "models_failed": list(told.failed),
        "is_tet_aware": made.is_tet_aware,
        "moved_by_reconciling_pct": digits(made.moved_pct),
        "not_reconciled": _error(made.no_reconciling),
        "backtest": {name: digits(getattr(told.backtest, name)) for name in told.backtest.__slots__},
        "months": [_ahead(one) for one in outlook.ahead],
    }


def _current(found: Current | None) -> dict[str, Any] | None:
    """The nowcast, its terms (points of growth in 100 logs) and what the latest release moved."""
    if found is None:
        return None
    told = found.told
    return {
        "month": told.month,
        "value": digits(told.value),
        "growth_pct": digits(told.growth_pct),
        "intervals": {str(level): list(map(digits, ends)) for level, ends in told.intervals.items()},
        "method": told.method,
        "months_used": told.months,
        "mape_pct": digits(told.backtest.mape_pct),
        "naive_mape_pct": digits(told.backtest.naive_mape_pct),
        "steady_mape_pct": digits(told.backtest.steady_mape_pct),
        "indicators": [
            {"name": one.name, "growth_pct": digits(one.growth_pct), "points": digits(one.points)}
            for one in told.drivers
        ],
        "before": digits(found.before),
        "release_day": found.release_day.isoformat() if found.release_day else None,
        "news": [
            {
                "series": one.series,
                "expected_pct": digits(one.expected_pct),
                "actual_pct": digits(one.actual_pct),
                "moved": digits(one.moved),
            }
            for one in found.news
        ],
    }


def _year(end: YearEnd | None) -> dict[str, Any] | None:
    if end is None:
        return None
    return {
        "year": end.year,
        "how": end.how.value,
        "months_known": end.months_known,
        "to_date": digits(end.to_date),
        "median": digits(end.median),
        "intervals": {str(level): list(map(digits, ends)) for level, ends in end.intervals.items()},
        "growth_pct": digits(end.growth_pct),
        "growth_intervals": {str(level): list(map(digits, ends)) for level, ends in end.growth_intervals.items()},
    }


def _target(one: TargetOutlook) -> dict[str, Any]:
    held, spec = one.row.assessment, one.row.target.spec
    return {
        "code": spec.code,
        **_both("name", one.row.target.name),
        **_both("target", held.target_text),
        **_both("status", held.status_text),
        "is_over": one.is_over,
        "chance": _chance(one.chance),
        "no_chance": _error(one.no_chance),
        "required": _required(one.required),
    }


def _chance(told: Chance | None) -> dict[str, Any] | None:
    if told is None:
        return None
    return {
        "below": told.below,
        "inside": told.inside,
        "above": told.above,
        "median": digits(told.median),
        "measure": told.measure.value,
        "intervals": {str(level): list(map(digits, ends)) for level, ends in told.intervals.items()},
        "method": told.method,
        "paths": told.count,
        "months_known": told.months_known,
        "months_simulated": told.months_simulated,
    }


def _required(needed: Required | None) -> dict[str, Any] | None:
    if needed is None:
        return None
    return {
        "growth_pct": digits(needed.growth_pct),
        "is_limit": needed.is_limit,
        "best_pct": digits(needed.best_pct),
        "best_year": needed.best_year,
        "is_beyond_best": needed.is_beyond_best,
        "months": [
            {
                "month": one.period.code,
                "base": digits(one.base),
                "needed": digits(one.needed),
                "best_pct": digits(one.best_pct),
                "best_year": one.best_year,
                "expected": digits(one.expected),
                "expected_pct": digits(one.expected_pct),
            }
            for one in needed.months
        ],
    }


def _scenario(one: Scenario) -> dict[str, Any]:
    return {
        "name": one.name,
        "quantile": one.quantile,
        "year": digits(one.year),
        "growth_pct": digits(one.growth_pct),
        "rest_growth_pct": digits(one.rest_growth_pct),
        "month_growth_pct": None if one.month_growth_pct is None else list(map(digits, one.month_growth_pct)),
        "months": {month: digits(value) for month, value in one.months.items()},
    }


def _drivers(one: Drivers) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "period": one.period.code,
        "unit": one.unit,
        "now": format(one.now, "f"),
        "base": format(one.base, "f"),
        "growth_pct": _exact(one.growth_pct),
        "published_pct": _exact(one.published_pct),
        "remainder_points": _exact(one.remainder),
        "parts": [
            {
                "key": row.key,
                **_both("name", row.name),
                "now": format(row.now, "f"),
                "base": format(row.base, "f"),
                "growth_pct": _exact(row.growth_pct),
                "points": _exact(row.points),
            }
            for row in one.rows
        ],
    }


def _seasonal(outlook: Outlook) -> dict[str, Any]:
    found = outlook.made.adjustment
    assert found is not None  # asked before
    diagnostics = found.diagnostics
    return {
        "method": found.method,
        "model": found.model,
        "why_fallback": _error(found.why),
        "is_multiplicative": found.is_multiplicative,
        "outliers": list(found.outliers),
        "coefficients": [
            {"name": one.name, "estimate": digits(one.estimate), "t_value": digits(one.t_value)}
            for one in found.coefficients
        ],
        "q": None if diagnostics is None else diagnostics.q,
        "is_acceptable": None if diagnostics is None else diagnostics.is_acceptable,
        "adjusted": [digits(value) for value in found.adjusted[-12:]],
    }
