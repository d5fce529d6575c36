"""The plan on a chart: the promised level or rate as a line labelled "KH", and the path of usual months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.observatory.queries import SeriesInfo
from kecho.pages.charts.plot import Dot, Line, Rule
from kecho.plan import queries
from kecho.plan.assessment import Basis, TargetSpec
from kecho.plan.queries import BoardRow
from kecho.web.caching import remembered

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class PlanLines:
    """What the plan adds to a chart; empty where no target watches the series."""

    rules: tuple[Rule, ...] = ()
    path: Line | None = None


def plan_lines(series: SeriesInfo, kind: str, last: Period, as_of: date | None) -> PlanLines:
    """The targets of the year of ``last`` that watch this series, where the chart's kind of period can show them."""
    row = _watching(series, last.year, as_of)
    if row is None:
        return PlanLines()
    spec, held = row.target.spec, row.assessment
    measure, name = Measure(series.key.measure), _("KH %s") % last.year
    is_year_kind = kind in ("ytd", "year")
    if spec.measure is measure and (spec.basis is Basis.STOCK or is_year_kind):
        return PlanLines((_rule(spec.low, spec.high, spec.unit, series.unit, name),), _path(row, series, kind))
    if measure is Measure.LEVEL and held.plan_level is not None and is_year_kind:
        level = _convert(held.plan_level, held.unit, series.unit)
        return PlanLines((Rule(level, name),), _path(row, series, kind))
    if spec.is_growth and measure is Measure.INDEX_PY and is_year_kind:
        ends = [None if end is None else end + HUNDRED for end in (spec.low, spec.high)]
        return PlanLines((_rule(ends[0], ends[1], "percent", "percent", name),))
    return PlanLines()


def _watching(series: SeriesInfo, year: int, as_of: date | None) -> BoardRow | None:
    """The target of that year's plans about this series; of several the one on the same measure."""
    key, day = series.key, as_of or timezone.localdate()
    known = [info for info in queries.plans(key.locality, year, day) if info.is_current]
    specs = [target.spec for info in known for target in queries.targets(info.id)]
    if not any(_is_about(spec, series) for spec in specs):
        return None
    rows = [
        row for row in remembered(queries.board, key.locality, year, as_of).rows if _is_about(row.target.spec, series)
    ]
    rows = [row for row in rows if row.target.spec.window == Period.of_year(year)]
    return min(rows, key=lambda row: row.target.spec.measure != key.measure, default=None)


def _is_about(spec: TargetSpec, series: SeriesInfo) -> bool:
    key = series.key
    return (spec.indicator, spec.breakdown, spec.locality) == (key.indicator, key.breakdown, key.locality)


def _rule(low: Decimal | None, high: Decimal | None, unit: str, wanted: str, name: str) -> Rule:
    """A line at the end that there is; a band between both."""
    ends = [_convert(end, unit, wanted) for end in (low, high) if end is not None]
    return Rule(ends[0], name, until=ends[-1])


def _path(row: BoardRow, series: SeriesInfo, kind: str) -> Line | None:
    """Where the year to date would stand at the end of each month if the months went as usual."""
    held = row.assessment
    if kind != "ytd" or len(held.expected) != 12:
        return None
    values = [_convert(value, held.unit, series.unit) for value in held.expected]
    return Line("", tuple(Dot(at, value, "") for at, value in enumerate(values)), "path")


def _convert(value: Decimal, unit: str, wanted: str) -> Decimal:
    return Quantity(value, unit).to(wanted).value if unit and unit != wanted else value
