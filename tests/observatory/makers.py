"""Short makers of releases and observations for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from itertools import count

from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.kernel.periods import Period
from kecho.observatory.models import Indicator, Observation, Release, Series
from kecho.observatory.queries import SeriesKey

_numbers = count(1)


def release(published: str, *, source: str = "gso", period: str = "2025-02", imported: str | None = None) -> Release:
    """A workbook release of a day."""
    number = next(_numbers)
    reference = Period.parse(period)
    return Release.objects.create(
        source=source,
        kind="workbook",
        title=f"release {number}",
        period_start=reference.start,
        period_end=reference.end,
        file_name=f"{period}.xlsx",
        sha256=sha256(str(number).encode()).hexdigest(),
        published_on=date.fromisoformat(published),
        published_basis="stated",
        imported_at=datetime.fromisoformat(imported) if imported else datetime(2026, 1, 1, tzinfo=UTC),
    )


def series(key: SeriesKey, unit: str = "million_usd") -> Series:
    """The series of a key, made where it is missing."""
    indicator, _ = Indicator.objects.get_or_create(code=key.indicator)
    found, _ = Series.objects.get_or_create(
        indicator=indicator,
        breakdown=key.breakdown,
        locality=key.locality,
        measure=key.measure,
        defaults={"unit": unit},
    )
    return found


def observe(key: SeriesKey, period: str, value: str, of: Release, **more: object) -> Observation:
    """One value."""
    months = Period.parse(period)
    fields: dict[str, object] = {"stage": "estimate", **more}
    return Observation.objects.create(
        series=series(key),
        release=of,
        period_start=months.start,
        period_end=months.end,
        value=Decimal(value),
        **fields,
    )


def row(value: str, **given: str) -> Row:
    """A row of the export table of February 2025, with what is given instead."""
    fields = {
        "file": "2025-02.xlsx",
        "sheet": "14.XK",
        "cell": "D9",
        "table": "exports",
        "indicator": "export_turnover",
        "label": "TỔNG TRỊ GIÁ",
        "breakdown": "",
        "locality": "VN",
        "period": "2025-02",
        "measure": "level",
        "unit": "Triệu USD",
        "stage": "estimate",
        **given,
    }
    return Row(value=value, **fields)


def reading(month: str, *rows: Row, name: str | None = None) -> Reading:
    """A workbook of a month, read; its hash is that of its rows."""
    digest = sha256(repr((month, name, rows)).encode()).hexdigest()
    return Reading(file=name or f"{month}.xlsx", sha256=digest, period=month, rows=list(rows))
