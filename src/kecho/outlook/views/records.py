"""The tables of an outlook as records for downloads; codes stay codes, so that both languages give the same file."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from kecho.kernel.periods import Period
from kecho.outlook import output
from kecho.outlook.shown import Shown
from kecho.pages.downloads import Value


def records(shown: Shown, table: str) -> list[dict[str, Value]]:
    """A table's records; codes stay codes, so that both languages give the same file."""
    makers = {
        "months": lambda: output.month_records(shown.outlook),
        "required": lambda: _required_records(shown),
        "nowcast": lambda: _nowcast_records(shown),
        "scenarios": lambda: _scenario_records(shown),
        "drivers": lambda: _driver_records(shown),
        "seasonal": lambda: _seasonal_records(shown),
        "revisions": lambda: _revision_records(shown),
    }
    return [{name: _value(value) for name, value in record.items()} for record in makers[table]()]


def _required_records(shown: Shown) -> list[dict[str, Any]]:
    return [
        {
            "target": one.row.target.spec.code,
            "month": month.period.code,
            "base": output.digits(month.base),
            "needed": output.digits(month.needed),
            "required_growth_pct": output.digits(one.required.growth_pct),
            "best_pct": output.digits(month.best_pct),
            "best_year": month.best_year,
            "expected": output.digits(month.expected),
            "expected_pct": output.digits(month.expected_pct),
        }
        for one in shown.targets
        if one.required is not None
        for month in one.required.months
    ]


def _nowcast_records(shown: Shown) -> list[dict[str, Any]]:
    """What each series' new figures moved; the nowcast itself stands in the first row."""
    found = shown.current
    if found is None:
        return []
    told = {"month": found.told.month, "release_day": found.release_day}
    first = {**told, "series": "nowcast", "expected_pct": None, "actual_pct": output.digits(found.told.growth_pct)}
    rows = [{**first, "moved": None, "value": output.digits(found.told.value)}]
    for one in found.news:
        rates = {"expected_pct": output.digits(one.expected_pct), "actual_pct": output.digits(one.actual_pct)}
        rows.append({**told, "series": one.series, **rates, "moved": output.digits(one.moved), "value": None})
    return rows


def _scenario_records(shown: Shown) -> list[dict[str, Any]]:
    return [
        {
            "scenario": one.name,
            "quantile": one.quantile,
            "year": shown.year,
            "year_value": output.digits(one.year),
            "year_growth_pct": output.digits(one.growth_pct),
            "month": month,
            "value": output.digits(value),
        }
        for one in shown.scenarios
        for month, value in one.months.items()
    ]


def _driver_records(shown: Shown) -> list[dict[str, Any]]:
    found = []
    for one in shown.drivers:
        head = {"kind": one.kind, "period": one.period.code, "unit": one.unit}
        for row in one.rows:
            found.append({
                **head, "part": row.key, "name_vi": row.name_vi, "name_en": row.name_en, "now": row.now,
                "base": row.base, "growth_pct": _six(row.growth_pct), "points": _six(row.points),
                "fictional": row.is_fictional,
            })  # fmt: skip
        left = {"name_vi": "Phần còn lại", "name_en": "Remainder", "now": None, "base": None, "growth_pct": None}
        found.append({**head, "part": "remainder", **left, "points": _six(one.remainder), "fictional": False})
        found.append({
            **head, "part": "total", "name_vi": "Tổng số", "name_en": "Total", "now": one.now, "base": one.base,
            "growth_pct": _six(one.growth_pct), "points": _six(one.growth_pct), "fictional": one.is_fictional,
        })  # fmt: skip
    return found


def _seasonal_records(shown: Shown) -> list[dict[str, Any]]:
    found = shown.outlook.made.adjustment
    if found is None:
        return []
    first = shown.outlook.known.months.first
    columns = zip(found.original, found.adjusted, found.trend, found.factors, strict=True)
    return [
        {
            "month": Period(first + at, first + at + 1).code,
            **dict(zip(("original", "adjusted", "trend", "factor"), map(output.digits, row), strict=True)),
        }
        for at, row in enumerate(columns)
    ]


def _revision_records(shown: Shown) -> list[dict[str, Any]]:
    return [
        {
            "month": row.period.code,
            "first": row.first.number,
            "first_stage": str(row.first.stage),
            "first_published_on": row.first.release.published_on,
            "latest": row.latest.number,
            "latest_stage": str(row.latest.stage),
            "latest_published_on": row.latest.release.published_on,
            "change_pct": _six(row.change_pct),
            "vintages": row.count,
        }
        for row in shown.revisions.rows
    ]


def _six(value: Decimal | None) -> Decimal | None:
    return None if value is None else round(value, 6)


def _value(value: Any) -> Value:
    return Decimal(repr(value)) if isinstance(value, float) else value
