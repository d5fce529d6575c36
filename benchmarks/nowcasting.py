"""The nowcast of each national series from the others, over the last 36 months, beside naive and steady growth.

Growth is on the office's present bases; the month told knows the others' figures of that month, as an officer does who
has the customs' and the statistics office's tables of some series before those of the rest.
"""

from __future__ import annotations

from benchmarks.measure import Figure, median_ms
from benchmarks.vintages import levels, whole
from kecho.analytics.monthly import month_number
from kecho.analytics.nowcast import nowcast

UNTIL = month_number(2025, 2)
SERIES = ("export_turnover", "import_turnover", "retail_and_services", "iip")


def run() -> list[Figure]:
    """A row a series, and the time of one answer."""
    known = {name: whole(levels(name, UNTIL)) for name in SERIES}
    rows = []
    for name, series in known.items():
        others = {other: one for other, one in known.items() if other != name}
        told = nowcast(series.until(UNTIL), others, UNTIL)
        rows.append(
            Figure(
                f"{name}: mean absolute error of {told.backtest.origins} nowcasts",
                f"{told.backtest.mape_pct:.1f}",
                "%",
                "< seasonal naive",
                f"seasonal naive {told.backtest.naive_mape_pct:.1f}, steady growth {told.backtest.steady_mape_pct:.1f}",
                f"{told.backtest.mape_pct / told.backtest.naive_mape_pct:.2f}",
            )
        )
    others = {name: one for name, one in known.items() if name != "iip"}
    taken = median_ms(lambda: nowcast(known["iip"].until(UNTIL), others, UNTIL))
    return [*rows, Figure("one nowcast with its backtest", f"{taken:.0f}", "ms")]
