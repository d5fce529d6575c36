"""A small made-up world for page tests: the country's monthly files since 2021 and two invented months of Hà Nội,
taken in by the observatory's own actions, and a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from kecho.intake.reading import Reading
from kecho.intake.rows import Row
from kecho.kernel.periods import Period
from kecho.market_access import sample as market_access_sample
from kecho.observatory import actions
from kecho.observatory.models import Release
from kecho.outlook import queries as outlook
from kecho.people.actors import command_line, system
from kecho.plan import actions as plan_actions

LAST = Period.of_month(2024, 5)
PARTS = (("", 100, 9), ("domestic", 28, 10), ("fdi", 72, 11))  # key, percent of the total, row


def load() -> None:
    """Fill the database: three years of months, each the release of its own file, the last with a revision."""
    for month in Period(2021 * 12, LAST.end).months:
        take_in(f"{month.code}.xlsx", month, list(country_rows(month)))
    take_in("2024-05b.xlsx", LAST, list(country_rows(LAST, export_shift=Decimal("123.4"))), reason="Sửa số xuất khẩu")
    for month in (Period.of_month(2024, 4), LAST):
        take_in(f"hanoi-{month.code}.csv", month, list(hanoi_rows(month)), kind=Release.Kind.FICTIONAL)
    plan_actions.import_plan(Path(__file__).with_name("plan.toml"), command_line())
    outlook.outlook("export_turnover", "VN")  # kept, so that no page test waits for it
    market_access_sample.load()


def take_in(
    name: str, month: Period, rows: list[Row], *, kind: Release.Kind = Release.Kind.WORKBOOK, reason: str = ""
) -> None:
    digits = name.encode().hex().ljust(64, "0")[:64]
    reading = Reading(file=name, sha256=digits, period=month.code, rows=[replace(row, file=name) for row in rows])
    day = date(month.end // 12, month.end % 12 + 1, 6)
    actions.import_reading(reading, system(), kind=kind, published_on=day, title=f"Số liệu {month.code}", reason=reason)


def export_level(month: Period) -> Decimal:
    """A level with a season and a trend, one decimal."""
    season = (92, 78, 104, 99, 101, 103, 102, 108, 100, 104, 105, 107)[month.month - 1]
    return Decimal(season * (250 + 2 * (month.start - 2020 * 12))) / 10


def country_rows(month: Period, export_shift: Decimal = Decimal(0)) -> Iterator[Row]:
    """Exports, retail, IIP and CPI of one month as the workbook prints them."""
    exports = partial(_row, "exports", "export_turnover")
    year_to_date = Period.ytd(month.year, month.month)
    level = export_level(month) + export_shift
    total = sum((export_level(m) for m in year_to_date.months), Decimal(0)) + export_shift
    for name, percent, row in PARTS:
        share = Decimal(percent) / 100
        yield exports(name, f"C{row}", month, "level", level * share, "Triệu USD")
        if month.month > 1:
            yield exports(name, f"E{row}", year_to_date, "level", total * share, "Triệu USD")
        if month.year > 2021:
            yield exports(
                name, f"G{row}", month, "index_py", round(level / export_level(month.year_before) * 100, 2), "%"
            )
    sales = export_level(month) * 17
    yield _row("retail", "retail_and_services", "", "D7", month, "level", sales, "Tỷ đồng", "preliminary")
    yield _row("iip", "iip", "", "E6", month, "index_py", Decimal("108.2"), "%")
    yield _row("cpi", "cpi", "", "C6", month, "index_py", Decimal("103.44"), "%", "official")


def hanoi_rows(month: Period) -> Iterator[Row]:
    """One series with a hostile label among its parts."""
    exports = partial(_row, "exports", "export_turnover", locality="VN-HN")
    yield exports("", "B2", month, "level", Decimal("1420.5"), "Triệu USD")
    yield exports('=HYPERLINK("x")<b>', "B3", month, "level", Decimal(-3), "Triệu USD")


def _row(
    table: str,
    indicator: str,
    label: str,
    cell: str,
    period: Period,
    measure: str,
    value: Decimal,
    unit: str,
    stage: str = "estimate",
    locality: str = "VN",
) -> Row:
    text = format(value, "f")
    return Row("", table, cell, table, indicator, label, "", locality, period.code, measure, text, unit, stage)
