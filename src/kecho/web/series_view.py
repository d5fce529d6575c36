"""What an indicator page shows of one series: kinds of period, rows of the table, lines of the chart. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from kecho.analytics.growth import from_index, growth_pct
from kecho.analytics.intervals import printed_decimals
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period, PeriodKind
from kecho.kernel.quantities import round_half_up
from kecho.observatory.breaks import Break
from kecho.observatory.queries import IndicatorInfo, Point
from kecho.pages import words
from kecho.pages.charts.plot import Dot, Line, Plot, Rule
from kecho.web.plan_lines import PlanLines

Points = Mapping[Period, Point]

KINDS = ("month", "ytd", "quarter", "year")
KIND_NAMES = {"month": _("Theo tháng"), "ytd": _("Lũy kế"), "quarter": _("Theo quý"), "year": _("Theo năm")}
MONTHS_SHOWN = 37
QUARTERS_SHOWN = 21
YEARS_COMPARED = 3
TONES = ("now", "before", "older")
LEAST_DECIMALS, MOST_DECIMALS = 0, 3


@dataclass(frozen=True, slots=True)
class Row:
    """One period of the table. ``computed_pct`` is growth as the levels give it, ``published_pct`` as printed.

    ``is_base_fictional`` marks growth of a real figure on a made-up one.
    """

    period: Period
    point: Point
    computed_pct: Decimal | None
    published_pct: Decimal | None
    published_id: int | None
    is_base_fictional: bool = False


def of_kind(points: Points, kind: str) -> dict[Period, Point]:
    """The points of one kind of period, in order of time."""
    chosen = {period: point for period, point in points.items() if _is_kind(period, kind)}
    return dict(sorted(chosen.items(), key=lambda pair: (pair[0].end, pair[0].start)))


def kinds_of(points: Points) -> list[str]:
    """Which kinds a series has, in the order of the tabs.

    January alone makes no year to date, and Januaries that only begin years to date make no months.
    """
    upto = any(period.is_year_to_date and period.length > 1 for period in points)
    months = any(period.length == 1 and not (upto and period.is_year_to_date) for period in points)
    known = {"month": months, "ytd": upto}
    return [kind for kind in KINDS if known.get(kind, any(_is_kind(period, kind) for period in points))]


def rows(points: Points, published: Points, measure: Measure) -> list[Row]:
    """The table, newest first. ``published`` is the same series' index on the same period of the year before."""
    found = []
    for period, point in points.items():
        index, before = published.get(period), points.get(period.year_before)
        computed = _growth(point, before, measure)
        found.append(
            Row(
                period,
                point,
                computed,
                None if index is None or index.value is None else from_index(index.value),
                None if index is None else index.id,
                bool(measure is Measure.LEVEL and computed is not None and before and before.is_fictional)
                and not point.is_fictional,
            )
        )
    return found[::-1]


def plot(points: Points, kind: str, measure: Measure, plan: PlanLines, breaks: Sequence[Break] = ()) -> Plot:
    """The chart of one kind: a running line of months, quarters or years; for the year to date one line a year.

    Breaks are drawn on running lines; a chart of years side by side has no place for them.
    """
    rules = plan.rules + ((Rule(Decimal(100), "= 100", "base"),) if measure.is_index else ())
    if kind == "ytd":
        return _year_lines(points, rules, plan.path, is_level=measure is Measure.LEVEL)
    return _running_line(points, kind, rules, breaks)


def decimals_of(points: Iterable[Point], default: int) -> int:
    """Decimals that all figures of a column are printed with: what the source printed most, within reason."""
    printed = [point.decimals for point in points if point.decimals is not None]
    most = max(set(printed), key=printed.count) if printed else default
    return min(max(most, LEAST_DECIMALS), MOST_DECIMALS)


def value_text(point: Point, decimals: int) -> str:
    """The figure with the column's decimals, or fewer where it was printed with fewer; or why there is none.

    Indices and rates take all the decimals of the column that their cell holds.
    """
    if point.value is None:
        return words.missing(point.missing) if point.missing else "…"
    least = printed_decimals(point.value.normalize()) if point.unit == "percent" else 0
    printed = decimals if point.decimals is None else min(decimals, max(point.decimals, least))
    return words.number(point.value, printed)


def rounded(point: Point, info: IndicatorInfo, measure: str) -> Decimal:
    """A value with the decimals that its indicator prints, or fewer where it has fewer. Raises where it has none."""
    most = info.decimals_of(measure)
    return round_half_up(point.number, min(most, printed_decimals(point.number.normalize())))


def printed_value(point: Point, info: IndicatorInfo, measure: str) -> str:
    """The rounded value with its unit. An index has none: what stands in its column is no percentage."""
    value = rounded(point, info, measure)
    return words.number(value) if Measure(measure).is_index else words.with_unit(value, point.unit)


def _is_kind(period: Period, kind: str) -> bool:
    match kind:
        case "month":
            return period.length == 1
        case "ytd":
            return period.is_year_to_date
        case "quarter":
            return period.kind is PeriodKind.QUARTER
    return period.kind is PeriodKind.YEAR


def _growth(point: Point, before: Point | None, measure: Measure) -> Decimal | None:
    """Growth on the same period of the year before: from levels, or what an index on that period says by itself."""
    if point.value is None:
        return None
    if measure is Measure.LEVEL:
        usable = before is not None and before.value is not None and before.unit == point.unit
        return growth_pct(point.value, before.value) if usable and before and before.value is not None else None
    return from_index(point.value) if measure.is_index else None


def _dot(point: Point, at: int) -> Dot | None:
    if point.value is None:
        return None
    text = f"{words.period(point.period)}: {words.number(point.value)} {words.unit(point.unit)}"
    return Dot(
        at,
        point.value,
        f"{text} ({words.stage(point.stage).lower()})",
        is_estimate=point.stage is Stage.ESTIMATE,
        is_preliminary=point.stage is Stage.PRELIMINARY,
        is_fictional=point.is_fictional,
    )


def _running_line(points: Points, kind: str, rules: tuple[Rule, ...], breaks: Sequence[Break]) -> Plot:
    """From the first to the last period without skipping: a period without a figure is a gap in the line."""
    length = {"month": 1, "quarter": 3, "year": 12}[kind]
    shown = {"month": MONTHS_SHOWN, "quarter": QUARTERS_SHOWN, "year": 60}[kind]
    if not points:
        return Plot((), ())
    first, last = min(p.start for p in points), max(p.end for p in points)
    starts = range(max(first, last - shown * length), last, length)
    dots = (_dot(points[p], n) for n, s in enumerate(starts) if (p := Period(s, s + length)) in points)
    slots = tuple(_slot(start, kind) for start in starts)
    groups = tuple((n, str(s // 12)) for n, s in enumerate(starts) if n == 0 or s % 12 == 0) if kind != "year" else ()
    lang = words.language()
    marks = ((bisect_left(starts, one.first.start), one.short(lang)) for one in breaks)
    lines = (Line("", tuple(dot for dot in dots if dot)),)
    return Plot(slots, lines, rules, groups, breaks=tuple(mark for mark in marks if 0 < mark[0] < len(starts)))


def _slot(start: int, kind: str) -> str:
    if kind == "year":
        return str(start // 12)
    if kind == "quarter":
        return words.without_year(Period(start, start + 3))
    return words.without_year(Period(start, start + 1))


def _year_lines(points: Points, rules: tuple[Rule, ...], path: Line | None, *, is_level: bool) -> Plot:
    years = sorted({period.year for period in points})[-YEARS_COMPARED:]
    lines = [path] if path else []
    for tone, year in zip(TONES, reversed(years), strict=False):
        dots = (_dot(point, p.month - 1) for p, point in points.items() if p.year == year)
        lines.append(Line(str(year), tuple(dot for dot in dots if dot), tone))
    slots = tuple(words.without_year(month) for month in Period.of_year(2000).months)
    return Plot(slots, (*lines[:1], *lines[:0:-1]) if path else tuple(lines[::-1]), rules, from_zero=is_level)
