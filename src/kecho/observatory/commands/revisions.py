"""``kecho revisions`` and ``kecho changes``: how first figures were revised, and what changed between two days."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from kecho.intake import output
from kecho.kernel import formats

if TYPE_CHECKING:
    from kecho.observatory.changes import Change
    from kecho.observatory.queries import SeriesInfo
    from kecho.observatory.revision_stats import RevisionStats

STATS = (
    "indicator", "breakdown", "locality", "measure", "unit", "count", "mean", "mean_absolute", "spread", "least",
    "greatest", "up", "unchanged", "down", "first", "last",
)  # fmt: skip
CHANGES = ("indicator", "breakdown", "locality", "measure", "period", "how", "before", "after", "difference", "percent")
DIGITS = 2


class Language(StrEnum):
    """The language of the names."""

    VI = "vi"
    EN = "en"


class Format(StrEnum):
    """How the list is written."""

    TEXT = "text"
    CSV = "csv"


class AgainstWhat(StrEnum):
    """What the first figure is held against."""

    NEXT = "next"
    LATEST = "latest"


class Periods(StrEnum):
    """Which periods count."""

    MONTH = "month"
    YEAR_TO_DATE = "year_to_date"


def revisions(
    indicator: Annotated[str, typer.Argument(help="Mã chỉ tiêu / Indicator; mặc định: mọi / default: all")] = "",
    *,
    locality: Annotated[str, typer.Option(help="Địa phương / Place")] = "VN",
    against: Annotated[
        AgainstWhat, typer.Option(help="So với lần sau hay lần cuối / Next or latest")
    ] = AgainstWhat.NEXT,
    span: Annotated[Periods, typer.Option(help="Tháng hay lũy kế / Months or years to date")] = Periods.MONTH,
    parts: Annotated[bool, typer.Option("--parts", help="Cả các phân tổ / Parts too")] = False,
    lang: Annotated[Language, typer.Option(help="Ngôn ngữ / Language")] = Language.VI,
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Số ước đầu được điều chỉnh ra sao: trung bình, độ phân tán / How first estimates were revised: mean, spread."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import queries, revision_stats

    if indicator:
        queries.indicator(indicator)
    listed = queries.series_list(indicator or None, locality)
    series = {one.key: one for one in listed if parts or not one.key.breakdown}
    found = revision_stats.by_series(series, against=revision_stats.Against(against), span=revision_stats.Span(span))
    if form is Format.CSV:
        output.write_table(STATS, ([*_codes(series[one.key]), *_numbers(one)] for one in found), sys.stdout)
        return
    for one in found:
        typer.echo(_line(series[one.key], one, lang))


def changes(
    indicator: Annotated[str, typer.Argument(help="Mã chỉ tiêu / Indicator")],
    *,
    since: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Biết đến ngày / As known on")],
    until: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Đến ngày / Until")] = None,
    locality: Annotated[str, typer.Option(help="Địa phương / Place")] = "VN",
    form: Annotated[Format, typer.Option("--format", help="Dạng kết quả / Form of the output")] = Format.TEXT,
) -> None:
    """Số liệu nào mới, số nào sửa giữa hai ngày / Which figures are new or revised between two days."""
    from kecho.observatory.commands import store_readings

    store_readings.start()
    from kecho.observatory import changes as differences

    last = until.date() if until else date.today()  # noqa: DTZ011 a day of the place's own calendar
    found = differences.between_days(indicator, locality, since.date(), last)
    records = [[*_codes(one.series)[:4], one.period.code, one.how.value, *_sides(one)] for one in found]
    if form is Format.CSV:
        output.write_table(CHANGES, records, sys.stdout)
        return
    for record in records:
        typer.echo("  ".join(filter(None, record)))
    typer.echo(f"{len(records)} thay đổi / changes.", err=True)


def _codes(series: SeriesInfo) -> list[str]:
    key = series.key
    return [key.indicator, key.breakdown, key.locality, key.measure, series.unit]


def _numbers(one: RevisionStats) -> list[str]:
    amounts = (one.mean, one.mean_absolute, one.spread, one.least, one.greatest)
    rounded = [format(round(amount, DIGITS + 2), "f") for amount in amounts]
    counts = [str(count) for count in (one.up, one.unchanged, one.down)]
    return [str(one.count), *rounded, *counts, one.first.code, one.last.code]


def _line(series: SeriesInfo, one: RevisionStats, lang: str) -> str:
    unit = ("điểm" if lang == "vi" else "points") if one.in_points else "%"
    mean, absolute, spread = (
        formats.number(amount, lang, DIGITS) for amount in (one.mean, one.mean_absolute, one.spread)
    )
    name = f"{one.key.indicator} {series.label(lang)} [{one.key.measure}]"
    if lang == "vi":
        text = f"n={one.count}, trung bình {mean} {unit}, trung bình tuyệt đối {absolute}, độ lệch chuẩn {spread}"
        return f"{name}: {text}; tăng {one.up}, giữ {one.unchanged}, giảm {one.down}"
    text = f"n={one.count}, mean {mean} {unit}, mean absolute {absolute}, standard deviation {spread}"
    return f"{name}: {text}; up {one.up}, unchanged {one.unchanged}, down {one.down}"


def _sides(one: Change) -> list[str]:
    values = (one.before.value if one.before else None, one.after.value, one.difference)
    percent = "" if one.percent is None else format(round(one.percent, DIGITS), "f")
    return [*("" if value is None else format(value, "f") for value in values), percent]
