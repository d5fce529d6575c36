"""The plan board as the page shows it: each assessed target with its words, its bar, its last months and its source."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kecho.kernel import formats
from kecho.kernel.errors import KechoError
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.kernel.quantities import Quantity
from kecho.kernel.text import slug
from kecho.observatory import derive, queries, release_calendar
from kecho.observatory.queries import Point, ReleaseInfo, SeriesKey
from kecho.outlook import queries as outlook
from kecho.pages import words
from kecho.pages.charts.small import plan_bar, sparkline
from kecho.plan.assessment import Assessment, Direction, Status
from kecho.plan.queries import Board, BoardRow, PlanBoard
from kecho.publish.model import Figure
from kecho.publish.printing import figure_text
from kecho.web.board_chances import chance_words, outlook_address
from kecho.web.overview import last_months
from kecho.web.series_view import value_text

_NUMBER_AND_UNIT = re.compile(r"(\D*[\d.,]*%?) ?(.*)")
HUNDRED = Decimal(100)
SPARK_DECIMALS = 2
MONTHS_OF_YEAR = 12
MEASURES = (Measure.LEVEL, Measure.INDEX_PY, Measure.SHARE, Measure.GROWTH)
Series = dict[SeriesKey, dict[Period, Point]]


@dataclass(frozen=True, slots=True)
class Tile:
    """One target on the board. Texts are in the page's language; an empty text means that it does not apply."""

    row: BoardRow
    depth: int
    anchor: str
    address: str
    value: str
    value_unit: str
    value_address: str
    change: str
    change_before: str
    plan_words: str
    expected_words: str
    effort_words: str
    bar: str
    spark: str
    spark_words: str
    release: ReleaseInfo | None
    next_release: date | None
    chance_words: str = ""
    outlook_address: str = ""

    @property
    def assessment(self) -> Assessment:
        """How the target stands."""
        return self.row.assessment

    @property
    def part_period(self) -> Period | None:
        """The target's own months where they are only a part of a year."""
        window = self.row.target.spec.window
        return window if window.length < MONTHS_OF_YEAR else None


@dataclass(frozen=True, slots=True)
class Section:
    """One plan of the board with its tiles."""

    plan: PlanBoard
    tiles: tuple[Tile, ...]


def anchor(code: str) -> str:
    """Where a target stands on the board's page."""
    return f"muc-tieu-{slug(code)}"


def sections(board: Board, as_of: date | None) -> list[Section]:
    """The board's plans in order, every figure read in a few queries."""
    wanted = [key for row in board.rows for key in _keys(row)]
    found = queries.many_points(wanted, as_of, start=Period.of_month(board.year - 2, 1))
    told = outlook.chances(board.rows, as_of)

    def tile(row: BoardRow, depth: int) -> Tile:
        chance = chance_words(row, told)
        address = outlook_address(row, as_of) if chance else ""
        return replace(_tile(row, depth, found, as_of), chance_words=chance, outlook_address=address)

    return [Section(plan, tuple(tile(row, depth) for depth, row in plan.flat)) for plan in board.plans]


def _tile(row: BoardRow, depth: int, found: Series, as_of: date | None) -> Tile:
    held, spec = row.assessment, row.target.spec
    key, point = _shown(row, found)
    months = _months(key, found.get(key, {}), held.period, as_of) if key else ()
    change, before = _change(held)
    value, unit = _value(held)
    last, told = _latest(found, row), point or _latest(found, row, held.period)
    return Tile(
        row=row,
        depth=min(depth, 2),
        anchor=anchor(spec.code),
        address=_address(key or SeriesKey(spec.indicator, spec.breakdown, spec.locality), as_of) if last else "",
        value=value,
        value_unit=unit,
        value_address=reverse("value", args=[point.id]) if point and point.id else "",
        change=change,
        change_before=before,
        plan_words=_plan_words(held),
        expected_words=_expected_words(held),
        effort_words=_effort_words(held),
        bar=_bar(held),
        spark=sparkline([p.value if p else None for p in months], is_last_hollow=_is_open(months)),
        spark_words=_spark_words(months),
        release=told.release if told else None,
        next_release=next_release(last, as_of) if last and told and last.release.id == told.release.id else None,
    )


def _keys(row: BoardRow) -> Iterable[SeriesKey]:
    spec = row.target.spec
    return (SeriesKey(spec.indicator, spec.breakdown, spec.locality, measure.value) for measure in MEASURES)


def _shown(row: BoardRow, found: Series) -> tuple[SeriesKey | None, Point | None]:
    """The series that the tile draws, and the observation behind its figure where it is one that was published."""
    for key in _keys(row):
        if found[key]:
            return key, found[key].get(row.assessment.period) if row.assessment.period else None
    return None, None


def _latest(found: Series, row: BoardRow, until: Period | None = None) -> Point | None:
    """The most recently published point of the target's series, of periods that end by then: what the tile rests on."""
    points = [p for key in _keys(row) for p in found[key].values() if until is None or p.period.end <= until.end]
    return max(points, key=lambda point: (point.release.published_on, point.period.end), default=None)


def _months(
    key: SeriesKey, points: dict[Period, Point], covered: Period | None, as_of: date | None
) -> tuple[Point | None, ...]:
    """The last months up to the one assessed; months that follow exactly from years to date are filled in."""
    last = Period(covered.end - 1, covered.end) if covered else max((p for p in points if p.length == 1), default=None)
    if last is None:
        return ()
    months = last_months(points, last)
    if None in months and key.measure == Measure.LEVEL and any(point.period.length > 1 for point in points.values()):
        months = last_months(derive.monthly(key, as_of, start=Period.of_month(last.year - 1, 1)), last)
    return months


def _value(held: Assessment) -> tuple[str, str]:
    """The result as a sentence would say it, number and unit apart: a level in its scale, else the growth itself."""
    if held.value_to_date is None:
        return ("", "") if held.growth_pct is None else (words.signed_percent(held.growth_pct, 2), "")
    value, unit = held.value_to_date, held.unit or held.target.unit
    if unit == "rank":
        return words.number(value), _("hạng")
    text = figure_text(Figure(value, unit, _decimals(value)), words.language()).replace(formats.NO_BREAK, " ")
    number, rest = _NUMBER_AND_UNIT.fullmatch(text).groups()  # type: ignore[union-attr]  # every text matches
    return (words.MINUS if value < 0 else "") + number, rest


def _decimals(value: Decimal) -> int:
    """As many as the value has, two at most."""
    exponent = value.normalize().as_tuple().exponent
    return min(2, max(0, -exponent)) if isinstance(exponent, int) else 0


def _change(held: Assessment) -> tuple[str, str]:
    """Growth on the same period unless the result is that growth already, and the year before's."""
    before = held.growth_year_before_pct
    shown = "" if before is None else words.signed_percent(before, 2)
    if held.growth_pct is None or held.value_to_date is None:
        return "", shown
    return words.signed_percent(held.growth_pct, 2), shown


def _plan_words(held: Assessment) -> str:
    """``đạt 37,2% kế hoạch``; for a growth target how far it lies from the plan; else why nothing can be said."""
    if held.status is Status.NOT_ASSESSED:
        return held.lines[-1].text(words.language()) if held.lines else ""
    text = held.percent_of_plan_text(words.language())
    if text:
        return text[:1].upper() + text[1:]
    if held.gap_pp is None:
        return ""
    size = Quantity(abs(held.gap_pp).quantize(Decimal("0.01")).normalize(), "percentage_point")
    if held.gap_pp == 0:
        return _("Bằng kế hoạch")
    text = _("Cao hơn kế hoạch %s") if held.gap_pp > 0 else _("Thấp hơn kế hoạch %s")
    return text % words.quantity(size)


def _expected_words(held: Assessment) -> str:
    if held.expected_share is None or held.percent_of_plan is None or held.expected_share >= 1:
        return ""  # at the end of the plan's time the whole is due, as everybody knows
    return _("thường đạt %s vào kỳ này") % f"{words.number(held.expected_share * HUNDRED, 1)}%"


def _effort_words(held: Assessment) -> str:
    """What the remaining months must show, beside the best they ever showed."""
    if held.required_growth_pct is None:
        return ""
    is_limit = held.target.direction is Direction.LESS
    text = _("Các tháng còn lại được tối đa %s") if is_limit else _("Các tháng còn lại cần %s")
    text %= words.signed_percent(held.required_growth_pct, 1)
    if held.best_growth_pct is None or is_limit:
        return text
    best = _("(cao nhất từng có %s)") % words.signed_percent(held.best_growth_pct, 1)
    return f"{text} {best}"


def _bar(held: Assessment) -> str:
    if held.percent_of_plan is None:
        return ""
    expected = None if held.expected_share is None else held.expected_share * HUNDRED
    return plan_bar(held.percent_of_plan, expected, held.status)


def _is_open(months: tuple[Point | None, ...]) -> bool:
    return bool(months and months[-1] and months[-1].stage is not Stage.OFFICIAL)


def _spark_words(months: tuple[Point | None, ...]) -> str:
    """What the sparkline shows, for those who do not see it."""
    known = [point for point in months if point and point.value is not None]
    if len(known) < 2:
        return ""
    low, high = min(known, key=lambda p: p.value or 0), max(known, key=lambda p: p.value or 0)
    return _("thấp nhất %(low)s (%(when_low)s), cao nhất %(high)s (%(when_high)s)") % {
        "low": value_text(low, SPARK_DECIMALS),
        "when_low": words.period(low.period, "short"),
        "high": value_text(high, SPARK_DECIMALS),
        "when_high": words.period(high.period, "short"),
    }


def next_release(last: Point | None, as_of: date | None) -> date | None:
    """The day the source's calendar gives for the next month; None without a calendar or once it is past."""
    if last is None or last.release.period is None:
        return None
    try:
        found = release_calendar.scheduled(last.release.source, last.release.period.shift(months=1))
    except KechoError:
        return None
    return found[0] if found and found[0] >= (as_of or timezone.localdate()) else None


def _address(key: SeriesKey, as_of: date | None) -> str:
    """The indicator's page on the year to date of this series."""
    query = {"locality": key.locality, "breakdown": key.breakdown, "measure": key.measure, "as_of": as_of or ""}
    kept = urlencode({name: text for name, text in query.items() if text})
    return f"{reverse('indicator', args=[key.indicator])}?{kept}"
