"""What the page shows as tables, in the page's language; the same records feed the downloads."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kecho.analytics import interventions
from kecho.analytics.adjustment import CLASSICAL
from kecho.analytics.lunar import tet
from kecho.analytics.monthly import SEASON
from kecho.analytics.nowcast import MODEL, OWN
from kecho.analytics.target_chance import Scenario
from kecho.kernel.periods import Period
from kecho.observatory import queries as observatory
from kecho.outlook import pictures
from kecho.outlook.drivers import Drivers
from kecho.outlook.required import Required
from kecho.outlook.sentences import number, rate
from kecho.outlook.shown import Shown
from kecho.pages import words

KINDS = {
    "ownership": gettext_lazy("Khu vực, loại hình kinh tế"),
    "groups": gettext_lazy("Nhóm"),
    "trade_sectors": gettext_lazy("Khu vực kinh tế"),
    "export_commodities": gettext_lazy("Mặt hàng"),
    "import_commodities": gettext_lazy("Mặt hàng"),
    "retail": gettext_lazy("Nhóm"),
    "localities": gettext_lazy("Địa phương"),
    "partners": gettext_lazy("Thị trường, đối tác"),
    "industries": gettext_lazy("Ngành"),
}
NAMES = {"low": gettext_lazy("Thấp"), "base": gettext_lazy("Cơ sở"), "high": gettext_lazy("Cao")}
TET_YEARS = 6


@dataclass(frozen=True, slots=True)
class DriverRow:
    """One step of the waterfall; texts in the page's language."""

    name: str
    growth: str
    points: str
    bar: str
    is_sum: bool = False
    is_fictional: bool = False


@dataclass(frozen=True, slots=True)
class DriverTable:
    """One breakdown: its name, its period and its steps, the remainder and the sum last."""

    kind: str
    title: str
    period: Period
    published: str
    rows: tuple[DriverRow, ...]


def driver_table(found: Drivers) -> DriverTable:
    """Parts by their push, the remainder where there is one, the whole."""
    lang = words.language()
    steps = [(row.name(lang), _percent(row.growth_pct), row.points, row.is_fictional) for row in found.rows]
    if abs(found.remainder) >= Decimal("0.005"):
        steps.append((_("Phần còn lại, không có trong bảng"), "", found.remainder, False))
    bars = pictures.bars([float(points) for *_rest, points, _mark in steps])
    rows = [
        DriverRow(name, growth, _signed(points), bar, is_fictional=mark)
        for (name, growth, points, mark), bar in zip(steps, bars, strict=False)
    ]
    rows.append(DriverRow(_("Tổng số"), _percent(found.growth_pct), _signed(found.growth_pct), bars[-1], is_sum=True))
    published = "" if found.published_pct is None else rate(found.published_pct, lang, 2)
    return DriverTable(found.kind, kind_name(found.kind), found.period, published, tuple(rows))


def kind_name(kind: str) -> str:
    """What the parts are."""
    return str(KINDS.get(kind) or KINDS.get(kind.partition("_")[0]) or _("Thành phần"))


def month_rows(shown: Shown) -> list[dict[str, str]]:
    """The months to come."""
    rows = []
    for one in shown.outlook.ahead:
        low80, high80, low95, high95 = (_level(value, shown) for level in (80, 95) for value in one.intervals[level])
        rows.append({
            "month": words.period(one.period, "short"), "median": _level(one.median, shown), "low80": low80,
            "high80": high80, "low95": low95, "high95": high95, "growth": _percent(one.growth_pct),
            "naive": _level(one.naive, shown),
        })  # fmt: skip
    return rows


def required_rows(needed: Required, shown: Shown) -> list[dict[str, str]]:
    """The open months: what each must reach, beside its best growth and what is expected."""
    return [
        {
            "month": words.period(one.period, "short"),
            "base": _level(one.base, shown),
            "needed": _level(one.needed, shown),
            "best": "…" if one.best_pct is None else f"{_percent(one.best_pct)} ({one.best_year})",
            "expected": _level(one.expected, shown),
            "expected_pct": _percent(one.expected_pct),
        }
        for one in needed.months
    ]


def scenario_rows(shown: Shown) -> list[dict[str, str]]:
    """High to low, each with what it supposes."""
    return [
        {
            "name": str(NAMES[one.name]),
            "year": _level(one.year, shown),
            "growth": _percent(one.growth_pct),
            "supposes": supposes(one),
        }
        for one in reversed(shown.scenarios)
    ]


def supposes(one: Scenario) -> str:
    """What a scenario rests on, as a sentence."""
    lang = words.language()
    share = number(Decimal(repr(one.quantile * 100)), lang, 0)
    if one.rest_growth_pct is None or one.month_growth_pct is None:
        return _("Cứ 100 đường mô phỏng thì %s đường thấp hơn.") % share
    low, high = (f"{number(value, lang)}%" for value in one.month_growth_pct)
    spread = {"rate": rate(one.rest_growth_pct, lang), "low": low, "high": high}
    text = _("Các tháng còn lại %(rate)s so với cùng kỳ (từng tháng %(low)s đến %(high)s).") % spread
    return f"{text} {_('Cứ 100 đường mô phỏng thì %s đường thấp hơn.') % share}"


def profile_rows(shown: Shown) -> list[dict[str, str]]:
    """The seasonal profile: by how much each month lies above or below the year's mean, over the last three years."""
    found = shown.outlook.made.adjustment
    if found is None or len(found.factors) < 3 * SEASON:
        return []
    first = shown.outlook.known.months.first
    by_month: dict[int, list[float]] = {}
    for at, factor in list(enumerate(found.factors))[-3 * SEASON :]:
        by_month.setdefault((first + at) % SEASON, []).append(factor)
    means = [sum(by_month[month]) / len(by_month[month]) for month in range(SEASON)]
    values = [(mean - 1) * 100 for mean in means] if found.is_multiplicative else means
    texts = [f"{_signed(value, 1)}%" if found.is_multiplicative else _level(value, shown) for value in values]
    names = [words.without_year(month) for month in Period.of_year(2000).months]
    return [
        {"month": name, "text": text, "bar": bar}
        for name, text, bar in zip(names, texts, pictures.deviations(values), strict=True)
    ]


def held_apart(shown: Shown) -> list[dict[str, Any]]:
    """Months that were held apart by name, with why and where that stands; X-13 alone knows them."""
    found, known, lang = shown.outlook.made.adjustment, shown.outlook.known, words.language()
    if found is None or found.method == CLASSICAL:
        return []
    rows = [one for one in interventions.known() if known.first.start <= one.year * 12 + one.month - 1 < known.last.end]
    return [
        {
            "month": words.period(Period.of_month(one.year, one.month), "short"),
            "why": one.why_vi if lang == "vi" else one.why_en,
            "source": one.source,
            "is_verified": one.is_verified,
        }
        for one in rows
    ]


def tet_rows(shown: Shown) -> list[dict[str, str]]:
    """By how much Tết moved January, February and March of the last years and of this one, in percent."""
    from kecho.analytics.forecast import calendar_factors
    from kecho.analytics.tet import tet_regressors

    found = shown.outlook.made.adjustment
    names = [one for one in found.coefficients if one.name.startswith("tet_")] if found else []
    if found is None or not names or not found.is_multiplicative:
        return []
    rows = []
    coefficients = {one.name: one.estimate for one in names}
    for year in range(shown.year - TET_YEARS + 1, shown.year + 1):
        regressors = tet_regressors(year, 1, 3)
        effects = calendar_factors(coefficients, {name: regressors[name] for name in coefficients})
        texts = [f"{_signed((effect - 1) * 100, 1)}%" for effect in effects]
        rows.append(
            {"year": str(year), "day": words.day(tet(year)), **dict(zip(("jan", "feb", "mar"), texts, strict=True))}
        )
    return rows


def revision_rows(shown: Shown) -> list[dict[str, Any]]:
    """First figure beside the latest, newest month first."""
    return [
        {
            "month": words.period(row.period, "short"),
            "first": words.number(row.first.number, _decimals(row.first.number)),
            "first_stage": words.stage(row.first.stage),
            "first_day": words.day(row.first.release.published_on),
            "latest": words.number(row.latest.number, _decimals(row.latest.number)),
            "latest_day": words.day(row.latest.release.published_on),
            "change": "…" if row.change_pct is None else f"{_signed(row.change_pct, 1)}%",
            "count": row.count,
            "id": row.latest.id,
        }
        for row in shown.revisions.rows
    ]


def current_rows(shown: Shown) -> dict[str, Any]:
    """The nowcast in words: its value, its errors, and what each series' new figures moved."""
    found, lang = shown.current, words.language()
    if found is None:
        return {}
    low, high = (shown.figure(value, lang) for value in found.told.intervals[80])
    test = found.told.backtest
    return {
        "period": found.period,
        "value": shown.figure(found.told.value, lang),
        "growth": rate(found.told.growth_pct, lang),
        "low": low,
        "high": high,
        "error": f"{number(test.mape_pct, lang)}%",
        "naive": f"{number(test.naive_mape_pct, lang)}%",
        "count": test.origins,
        "day": words.day(found.release_day),
        "before": _level(found.before, shown),
        "after": _level(found.told.value, shown),
        "rows": [
            {
                "name": _series_name(one.series, shown),
                "expected": _percent(one.expected_pct),
                "actual": _percent(one.actual_pct),
                "moved": words.signed(Decimal(repr(one.moved)), shown.decimals),
            }
            for one in found.news
        ],
    }


def _series_name(code: str, shown: Shown) -> str:
    if code == MODEL:
        return _("Trọng số tính lại")
    return observatory.indicator(shown.outlook.known.key.indicator if code == OWN else code).name(words.language())


# ---- texts


def _level(value: float | None, shown: Shown) -> str:
    return "…" if value is None else number(value, words.language(), shown.decimals)


def _percent(value: float | Decimal | None, decimals: int = 1) -> str:
    return "…" if value is None else f"{_signed(value, decimals)}%"


def _signed(value: float | Decimal, decimals: int = 2) -> str:
    exact = value if isinstance(value, Decimal) else Decimal(repr(value))
    return words.signed(exact, decimals)


def _decimals(value: Decimal) -> int:
    return 0 if abs(value) >= 1000 else 1
