"""Short makers of plan files and figures for tests with a database."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from kecho.observatory.models import Indicator, Observation, Release, Series
from kecho.observatory.queries import SeriesKey

from .given import periods

PLAN = """
[[plan]]
locality = "VN-HN"
period = "2025"
title_vi = "Kế hoạch 2025"
title_en = "Plan 2025"
document_number = "58/NQ-HĐND"
document_date = 2024-12-10
effective_from = 2025-01-01
"""

TARGETS = """
[[plan.target]]
code = "grdp"
indicator = "grdp"
measure = "growth"
low = 6.5

[[plan.target]]
code = "exports"
indicator = "export_turnover"
measure = "growth"
low = 4
high = 5
approximate = true
lead = "Sở Công Thương"
supporting = ["Cục Thống kê", "Hải quan"]
"""

REVISION = """
[[plan]]
locality = "VN-HN"
period = "2025"
version = 2
title_vi = "Kế hoạch 2025, điều chỉnh"
document_title = "Nghị quyết bổ sung"
document_date = 2025-02-25
reason = "Chính phủ giao từ 8% trở lên"

[[plan.target]]
code = "grdp"
indicator = "grdp"
measure = "growth"
low = 8

[[plan.target]]
code = "cpi"
indicator = "cpi"
measure = "growth"
basis = "period_average"
high = 5
strict = true
"""


def figures(key: SeriesKey, values: dict[str, str], published: str = "2025-07-05", unit: str = "million_usd") -> None:
    """Observations of one series in one release of a day."""
    release = Release.objects.create(
        source="test",
        kind="csv",
        title="test",
        sha256=sha256(f"{key}{values}{published}".encode()).hexdigest(),
        published_on=date.fromisoformat(published),
        published_basis="stated",
        imported_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
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
            release=release,
            period_start=period.start,
            period_end=period.end,
            value=Decimal(value),
            stage="official",
        )
        for text, value in values.items()
        for period in periods(text)
    )


def toml(folder: Path, text: str, name: str = "plan.toml") -> Path:
    """A plan file."""
    file = folder / name
    file.write_text(text, "utf-8")
    return file
