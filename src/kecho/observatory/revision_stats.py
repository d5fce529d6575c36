"""How first figures have been revised: mean, mean absolute, spread and direction, by series.

A revision is the next vintage (or the latest) less the first one, in percent of the first for levels and in points for
indices, shares and rates. Figures come from the vintages as they were imported: where the first workbook is missing,
the first one that there is counts. The measures are those of the OECD's revision analysis (McKenzie and Gamba 2008,
"Interpreting the results of revision analyses"): mean, mean absolute and standard deviation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from statistics import stdev
from typing import NamedTuple

from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Calendar, Period
from kecho.observatory import queries
from kecho.observatory.queries import Given, SeriesKey
from kecho.observatory.rules import HUNDRED

#: Fewer revisions than this say little about the next one.
LEAST = 8


#: The stage of a vintage that no file printed.
IMPLIED = "implied"


class Against(StrEnum):
    """What the first figure is held against."""

    NEXT = "next"
    LATEST = "latest"


class Span(StrEnum):
    """Which periods: months or years to date."""

    MONTH = "month"
    YEAR_TO_DATE = "year_to_date"


class Revision(NamedTuple):
    """One period's first figure and the one it is held against; ``change`` in percent of the first, or in points."""

    period: Period
    first: Decimal
    then: Decimal
    change: Decimal


@dataclass(frozen=True, slots=True)
class RevisionStats:
    """A summary of revisions. ``spread`` is the standard deviation; ``in_points`` where changes are points.

    ``is_lopsided``: the mean lies more than two standard errors from zero, so first figures lean to one side.
    """

    key: SeriesKey
    count: int
    mean: Decimal
    mean_absolute: Decimal
    spread: Decimal
    least: Decimal
    greatest: Decimal
    up: int
    down: int
    first: Period
    last: Period
    in_points: bool

    @property
    def unchanged(self) -> int:
        """How many first figures stood."""
        return self.count - self.up - self.down

    @property
    def is_lopsided(self) -> bool:
        """See above; never with few revisions."""
        return self.count >= LEAST and abs(self.mean) > 2 * self.spread / Decimal(self.count).sqrt()


def revisions(
    keys: Iterable[SeriesKey],
    *,
    against: Against = Against.NEXT,
    span: Span = Span.MONTH,
    only_estimates: bool = True,
) -> dict[SeriesKey, list[Revision]]:
    """The revisions of each series, in order of period. ``only_estimates``: first figures that were estimates."""
    return {
        key: _revisions(key, [*told, *_implied(key, told, span)], against, span, only_estimates=only_estimates)
        for key, told in queries.given_values(keys).items()
    }


def _revisions(
    key: SeriesKey, told: Sequence[Given], against: Against, span: Span, *, only_estimates: bool
) -> list[Revision]:
    by_period: dict[Period, list[Given]] = defaultdict(list)
    for one in sorted(told, key=lambda given: given.rank):
        if _belongs(one.period, span):
            by_period[one.period].append(one)
    found = []
    for period, vintages in sorted(by_period.items()):
        first, then = vintages[0], vintages[min(1, len(vintages) - 1) if against is Against.NEXT else -1]
        change = _change(key, first.value, then.value)
        is_first = first.stage == Stage.ESTIMATE or not only_estimates
        if len(vintages) > 1 and is_first and change is not None:
            found.append(Revision(period, first.value, then.value, change))
    return found


def _implied(key: SeriesKey, told: Iterable[Given], span: Span) -> list[Given]:
    """The year to date one month earlier, as a file implies it by its own month: the longer one less the month.

    Workbooks since 2019 no longer print the month before, so this is where its revision shows.
    """
    if span is Span.MONTH or key.measure != Measure.LEVEL:
        return []
    by_release: dict[int, dict[Period, Decimal]] = defaultdict(dict)
    for one in told:
        by_release[one.rank][one.period] = one.value
    found = []
    for rank, values in by_release.items():
        for period, value in values.items():
            if not period.is_year_to_date or period.length < 3:
                continue
            shorter, month = replace(period, end=period.end - 1), replace(period, start=period.end - 1)
            if month in values and shorter not in values:
                found.append(Given(shorter, value - values[month], IMPLIED, rank))
    return found


def summary(key: SeriesKey, found: Sequence[Revision]) -> RevisionStats | None:
    """None where there are not two revisions to speak of a spread."""
    if len(found) < 2:
        return None
    changes = [one.change for one in found]
    return RevisionStats(
        key=key,
        count=len(changes),
        mean=sum(changes, Decimal(0)) / len(changes),
        mean_absolute=sum(map(abs, changes), Decimal(0)) / len(changes),
        spread=stdev(changes),
        least=min(changes),
        greatest=max(changes),
        up=sum(change > 0 for change in changes),
        down=sum(change < 0 for change in changes),
        first=found[0].period,
        last=found[-1].period,
        in_points=key.measure != Measure.LEVEL,
    )


def by_series(
    keys: Iterable[SeriesKey], *, against: Against = Against.NEXT, span: Span = Span.MONTH
) -> list[RevisionStats]:
    """The summary of every series that has one, in the order of ``keys``."""
    found = revisions(keys, against=against, span=span)
    return [made for key, rows in found.items() if (made := summary(key, rows)) is not None]


def of_series(key: SeriesKey, kind: str) -> RevisionStats | None:
    """The summary that stands beside a series of months or years to date (``month``, ``ytd``); None for other kinds."""
    span = {"month": Span.MONTH, "ytd": Span.YEAR_TO_DATE}.get(kind)
    found = by_series([key], span=span) if span else []
    return found[0] if found else None


def _belongs(period: Period, span: Span) -> bool:
    if period.calendar is not Calendar.STATISTICAL:
        return False
    return period.length == 1 if span is Span.MONTH else period.is_year_to_date and period.length > 1


def _change(key: SeriesKey, first: Decimal, then: Decimal) -> Decimal | None:
    """Percent of the first level, points of everything else; None where the first level is not positive."""
    if key.measure != Measure.LEVEL:
        return then - first
    return (then - first) / first * HUNDRED if first > 0 else None
