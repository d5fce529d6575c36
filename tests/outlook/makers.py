"""Monthly series for outlook tests: one release a month or one release for all, seasonal or as bad as wished."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from math import sin

from kecho.kernel.periods import Period
from kecho.observatory.models import Indicator, Observation, Release, Series
from kecho.observatory.queries import SeriesKey

SEASON = (92, 78, 104, 99, 101, 103, 102, 108, 100, 104, 105, 107)
EXPORTS = SeriesKey("export_turnover", "", "VN-HN")


def seasonal(month: int, growth: float = 0.006, size: float = 10.0) -> float:
    """A level with a season, steady growth and a little unrest that repeats itself."""
    return size * SEASON[month % 12] * (1 + growth) ** (month - 2018 * 12) * (1 + 0.01 * sin(month * 1.7))


def months(first: str, count: int) -> list[Period]:
    """So many months from one on."""
    start = Period.parse(first)
    return [start.shift(months=at) for at in range(count)]


def levels(first: str, count: int, of: Callable[[int], float] = seasonal) -> dict[Period, Decimal]:
    """Levels of the months, one decimal."""
    return {month: Decimal(f"{of(month.start):.1f}") for month in months(first, count)}


def release(published: str, title: str = "test", kind: str = "csv") -> Release:
    """A release of a day."""
    return Release.objects.create(
        source="test",
        kind=kind,
        title=title,
        sha256=sha256(f"{title}{published}{Release.objects.count()}".encode()).hexdigest(),
        published_on=date.fromisoformat(published),
        published_basis="stated",
        imported_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def store(
    key: SeriesKey, values: Mapping[Period, Decimal], of: Release, *, unit: str = "million_usd", stage: str = "official"
) -> None:
    """All values in one release."""
    indicator, _ = Indicator.objects.get_or_create(code=key.indicator)
    series, _ = Series.objects.get_or_create(
        indicator=indicator,
        breakdown=key.breakdown,
        locality=key.locality,
        measure=key.measure,
        defaults={"unit": unit},
    )
    Observation.objects.bulk_create(
        Observation(
            series=series,
            release=of,
            period_start=period.start,
            period_end=period.end,
            value=value,
            stage=stage,
            is_fictional=of.kind == "fictional",
        )
        for period, value in values.items()
    )


def as_levels(first: str, values: Sequence[float | None]) -> dict[Period, Decimal]:
    """Values in order of months; None leaves a hole."""
    pairs = zip(months(first, len(values)), values, strict=True)
    return {month: Decimal(repr(value)) for month, value in pairs if value is not None}


PLAN = """
[[plan]]
locality = "VN-HN"
period = "2024"
title_vi = "Kế hoạch 2024"
document_number = "58/NQ-HĐND"
document_date = 2023-12-10
effective_from = 2024-01-01

[[plan.target]]
code = "exports"
indicator = "export_turnover"
measure = "growth"
low = 4
high = 5

[[plan.target]]
code = "exports_level"
indicator = "export_turnover"
measure = "level"
low = 20
unit = "tỷ USD"
source = "A3"

[[plan.target]]
code = "cpi"
indicator = "cpi"
measure = "growth"
basis = "period_average"
high = 4
"""

#: Series on which no method may crash, by name: months from January 2020 to May 2024.
COUNT = 53
BAD: dict[str, list[float | None]] = {
    "constant": [7.0] * COUNT,
    "all_zero": [0.0] * COUNT,
    "negative": [-seasonal(2020 * 12 + at) for at in range(COUNT)],
    "mixed_signs": [100 * sin(at) for at in range(COUNT)],
    "one_month": [5.0],
    "very_short": [seasonal(2020 * 12 + at) for at in range(7)],
    "gappy": [None if at % 3 == 1 else seasonal(2020 * 12 + at) for at in range(COUNT)],
    "one_gap": [None if at == 20 else seasonal(2020 * 12 + at) for at in range(COUNT)],
    "exploding": [10.0 * 1.9**at for at in range(COUNT)],
    "single_spike": [1e9 if at == 30 else 1.0 for at in range(COUNT)],
    "zero_base": [0.0 if at < 48 else seasonal(2020 * 12 + at) for at in range(COUNT)],
    "tiny": [1e-9 * seasonal(2020 * 12 + at) for at in range(COUNT)],
    "huge": [1e18 * seasonal(2020 * 12 + at) for at in range(COUNT)],
}
