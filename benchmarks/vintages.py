"""The committed sample as it was known on a day: only what the workbooks up to a month had printed."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources

from kecho.analytics.chaining import chain
from kecho.analytics.monthly import SEASON, Monthly, month_number

TOTALS = ("TỔNG TRỊ GIÁ", "TỔNG SỐ", "TOTAL", "TOÀN NGÀNH CÔNG NGHIỆP", "CHỈ SỐ GIÁ TIÊU DÙNG")
SECTORS = {"domestic": "KHU VỰC KINH TẾ TRONG NƯỚC", "foreign": "KHU VỰC CÓ VỐN"}


@dataclass
class Printed:
    """What one workbook prints of one series, by month: levels, years to date, and indices (100 = no change)."""

    levels: dict[int, float] = field(default_factory=dict)
    to_date: dict[int, float] = field(default_factory=dict)
    on_year: dict[int, float] = field(default_factory=dict)
    on_month: dict[int, float] = field(default_factory=dict)
    to_date_on_year: dict[int, float] = field(default_factory=dict)


@cache
def workbooks() -> Mapping[str, Mapping[int, Printed]]:
    """By series (``export_turnover``, ``export_turnover/domestic``), then by the month of the workbook."""
    packed = resources.files("kecho.sample").joinpath("vietnam/rows.csv.gz").read_bytes()
    found: dict[str, dict[int, Printed]] = {}
    for row in csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines()):
        name = _series(row)
        if name:
            printed = found.setdefault(name, {}).setdefault(_month(row["file"]), Printed())
            _put(printed, row["period"], row["measure"], float(row["value"]))
    return found


def _series(row: Mapping[str, str]) -> str:
    label = row["label"].upper().strip()
    if row["breakdown"] == "" and label in TOTALS:
        return row["indicator"]
    for sector, start in SECTORS.items():
        if label.startswith(start) and row["breakdown"].upper() in ("", *TOTALS):
            return f"{row['indicator']}/{sector}"
    return ""


def _put(printed: Printed, period: str, measure: str, value: float) -> None:
    """One figure where it belongs; quarters but the first are passed over, the first is a year to date."""
    is_year, is_first = len(period) == 4, period[4:] == "-Q1"
    if is_year or is_first or period[7:8] == "/":
        end = f"{period[:4]}-12" if is_year else f"{period[:4]}-03" if is_first else period[8:]
        at = {"level": printed.to_date, "index_py": printed.to_date_on_year}.get(measure)
        if at is not None and (is_year or is_first or period[5:7] == "01"):
            at[_month(end)] = value
    elif period[4:6] != "-Q":
        at = {"level": printed.levels, "index_py": printed.on_year, "index_pp": printed.on_month}.get(measure)
        if at is not None:
            at[_month(period)] = value


def _month(text: str) -> int:
    return month_number(int(text[:4]), int(text[5:7]))


def known(name: str, until: int) -> Printed:
    """The newest print of every figure in the workbooks up to month ``until``."""
    found = Printed()
    for month, printed in sorted(workbooks()[name].items()):
        if month <= until:
            for kind in ("levels", "to_date", "on_year", "on_month", "to_date_on_year"):
                getattr(found, kind).update(getattr(printed, kind))
    return found


def levels(name: str, until: int) -> Monthly:
    """Months as printed, else as years to date and their neighbours give them; of indices, the chained levels.

    Where the office has revised last year, which the year to date and its index tell, all earlier months are moved by
    the same factor: growth is then measured on the base that the office uses.
    """
    printed = known(name, until)
    if not printed.levels:
        chained = chain(printed.on_year, printed.on_month).levels
        return _series_of(chained)
    months = dict(printed.levels)
    to_date = {at: value for at, value in months.items() if at % SEASON == 0} | printed.to_date
    for at in sorted(months, reverse=True):
        if at in to_date and at % SEASON and at - 1 not in to_date:
            to_date[at - 1] = to_date[at] - months[at]
    _fill(months, to_date)
    return _series_of(_rebased(months, printed))


def _fill(months: dict[int, float], to_date: Mapping[int, float]) -> None:
    """Missing months from the years to date around them; several in a row share as the year before."""
    for end in sorted(to_date):
        first = end
        while first % SEASON and first - 1 not in to_date:
            first -= 1
        if first % SEASON and first - 1 not in to_date:
            continue
        span = range(first, end + 1)
        missing = [at for at in span if at not in months]
        earlier = [months.get(at - SEASON) for at in missing]
        rest = to_date[end] - (to_date[first - 1] if first % SEASON else 0) - sum(months.get(at, 0) for at in span)
        if len(missing) == 1:
            months[missing[0]] = rest
        elif missing and None not in earlier:
            months |= {at: rest * one / sum(earlier) for at, one in zip(missing, earlier, strict=True)}  # type: ignore


def _rebased(months: dict[int, float], printed: Printed) -> dict[int, float]:
    """Years before the newest one on the base that its year to date and index imply, year after year back."""
    found = dict(months)
    for year in sorted({at // SEASON for at in printed.to_date_on_year}, reverse=True):
        last = max(at for at in printed.to_date_on_year if at // SEASON == year)
        span = range(year * SEASON, last + 1)
        now, base = [found.get(at) for at in span], [found.get(at - SEASON) for at in span]
        if None in now or None in base:
            continue
        implied = sum(now) / (printed.to_date_on_year[last] / 100)  # type: ignore[arg-type]
        factor = implied / sum(base)  # type: ignore[arg-type]
        found = {at: value * (factor if at < year * SEASON else 1) for at, value in found.items()}
    return found


def _series_of(months: Mapping[int, float]) -> Monthly:
    first = min(months)
    return Monthly(first, tuple(months.get(at) for at in range(first, max(months) + 1)))


def whole(series: Monthly) -> Monthly:
    """The series after its last hole."""
    holes = [at for at, value in enumerate(series.values) if value is None]
    start = holes[-1] + 1 if holes else 0
    return Monthly(series.first + start, series.values[start:])


def year_growth_pct(name: str, year: int, *, is_december: bool = False) -> float | None:
    """Growth of the year, or of its December, as its own December workbook printed it."""
    december = month_number(year, 12)
    printed = workbooks()[name].get(december)
    if printed is None:
        return None
    index = (printed.on_year if is_december else printed.to_date_on_year).get(december)
    return None if index is None else index - 100
