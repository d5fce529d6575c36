"""What Tết's regressors do to the model of Viet Nam's exports and retail sales, on the committed sample.

The series are linked over the office's revisions (`benchmarks.vintages`): a revised base is no movement of the economy.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from benchmarks.vintages import levels
from kecho.analytics.adjusted import Adjustment
from kecho.analytics.monthly import SEASON, month_number
from kecho.analytics.tet import tet_regressors
from kecho.analytics.x13 import LEAD, Spec, adjust

AIRLINE = "(0 1 1)(0 1 1)"
SERIES = {"exports": "export_turnover", "retail": "retail_and_services"}
UNTIL = month_number(2025, 2)


def compare(indicator: str, *, has_outliers: bool) -> tuple[Adjustment, Adjustment]:
    """The airline model of the logs, without Tết and with it: nothing else differs."""
    series = levels(indicator, UNTIL)
    values, (year, month) = series.values, divmod(series.first, SEASON)
    tet = tet_regressors(year, month + 1, len(values) + LEAD)
    plain = Spec(transform="log", model=AIRLINE, has_outliers=has_outliers)
    return adjust(values, year, month + 1, plain), adjust(values, year, month + 1, replace(plain, regressors=tet))


def main() -> None:
    """Print the two variances of each series."""
    for (name, indicator), has_outliers in product(SERIES.items(), (False, True)):
        values = levels(indicator, UNTIL).values
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
