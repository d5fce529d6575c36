"""What Tết's regressors do to the model of Viet Nam's exports and retail sales, on the committed sample."""

from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from importlib import resources
from itertools import product

from kecho.analytics.adjustment import Adjustment
from kecho.analytics.tet import tet_regressors
from kecho.analytics.x13 import LEAD, Spec, adjust

AIRLINE = "(0 1 1)(0 1 1)"
SERIES = {"exports": "export_turnover", "retail": "retail_and_services"}
TOTALS = ("TỔNG TRỊ GIÁ", "TỔNG SỐ", "TOTAL")


def monthly(indicator: str) -> tuple[list[float | None], int, int]:
    """Newest printed level of each month, else the difference of the newest years to date; first year and month."""
    months: dict[int, float] = {}
    sums: dict[int, float] = {}
    packed = resources.files("kecho.sample").joinpath("vietnam/rows.csv.gz").read_bytes()
    for row in csv.DictReader(gzip.decompress(packed).decode("utf-8").splitlines()):
        is_total = row["breakdown"] == "" and row["label"].upper() in TOTALS
        if row["indicator"] != indicator or row["measure"] != "level" or not is_total:
            continue
        period, value = row["period"], float(row["value"])
        if period[4:] == "-Q1":
            sums[_number(period[:4] + "-03")] = value
        elif len(period) == 4:
            sums[_number(period + "-12")] = value
        elif period[7:8] == "/":
            sums[_number(period[8:])] = value
        elif period[4:6] != "-Q":
            months[_number(period)] = value
    first, last = min(months), max(months)
    found = [months.get(at) or _difference(sums, months, at) for at in range(first, last + 1)]
    return found, first // 12, first % 12 + 1


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _difference(sums: dict[int, float], months: dict[int, float], at: int) -> float | None:
    before = sums.get(at - 1, months.get(at - 1) if at % 12 == 1 else None)
    return sums[at] - before if at in sums and before is not None else None


def compare(indicator: str, *, has_outliers: bool) -> tuple[Adjustment, Adjustment]:
    """The airline model of the logs, without Tết and with it: nothing else differs."""
    values, year, month = monthly(indicator)
    tet = tet_regressors(year, month, len(values) + LEAD)
    plain = Spec(transform="log", model=AIRLINE, has_outliers=has_outliers)
    return adjust(values, year, month, plain), adjust(values, year, month, replace(plain, regressors=tet))


def main() -> None:
    """Print the two variances of each series."""
    for (name, indicator), has_outliers in product(SERIES.items(), (False, True)):
        values = monthly(indicator)[0]
        without, with_tet = compare(indicator, has_outliers=has_outliers)
        assert without.residual_variance and with_tet.residual_variance
        fall = 1 - with_tet.residual_variance / without.residual_variance
        print(f"{name}: {len(values)} months, {values.count(None)} missing, automatic outliers {has_outliers}")
        for label, one in (("without Tết", without), ("with Tết", with_tet)):
            told = ", ".join(f"{c.name} {c.estimate:+.4f} (t {c.t_value:.1f})" for c in one.coefficients)
            print(
                f"  {label}: residual variance {one.residual_variance:.6f}, AICC {one.aicc:.1f}, "
                f"outliers {len(one.outliers)}, Q {one.diagnostics and one.diagnostics.q}; {told}"
            )
        print(f"  residual variance falls by {fall:.1%}")


if __name__ == "__main__":
    main()
