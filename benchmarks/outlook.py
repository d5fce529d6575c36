"""Forecasts on M3 and tourism monthly: accuracy, coverage and time beside statsforecast's own AutoETS; Tết's effect.

Every figure is of test months that decided nothing: what was chosen, was chosen inside the training parts (see
docs/explanation/forecasts.md). ``KECHO_BENCH_EVERY=10`` takes every tenth series.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import numpy as np
from tests.conftest import shared_folder

from benchmarks.measure import Figure, Run, alone

EVERY = int(os.environ.get("KECHO_BENCH_EVERY", "1"))
JOBS = 2
SETS = {
    "M3 monthly": ("m3_monthly/m3_monthly.parquet", 18),
    "tourism monthly": ("tourism_monthly/tourism_monthly.parquet", 24),
}
ASKED = {
    "M3 monthly": {"sMAPE": "≤ 13.58", "MASE": "≤ 0.834"},
    "tourism monthly": {"MAPE": "≤ 20.57", "MASE": "≤ 1.464"},
}
Paths = dict[str, dict[str, Any]]


def series(name: str) -> dict[str, tuple[list[float], list[float]]]:
    """Training and test months by series."""
    import polars as pl

    file, _ = SETS[name]
    table = pl.read_parquet(shared_folder() / "series" / file).sort("series_id", "month")
    found = {}
    for (key,), rows in table.group_by("series_id", maintain_order=True):
        parts = [rows.filter(pl.col("split") == part)["value"].to_list() for part in ("train", "test")]
        found[str(key)] = (parts[0], parts[1])
    return dict(list(found.items())[::EVERY])


def ours(name: str) -> Paths:
    """Paths and intervals of `kecho.analytics.forecast`; a refusal has no path."""
    from kecho.analytics.forecast import Forecast, forecast_many

    answers = forecast_many({key: past for key, (past, _) in series(name).items()}, SETS[name][1], jobs=JOBS)
    return {
        key: {"path": one.path, "naive": one.naive, 80: one.intervals[80], 95: one.intervals[95]}
        for key, one in answers.items()
        if isinstance(one, Forecast)
    }


def peer(name: str) -> Paths:
    """The same from statsforecast's AutoETS, on as many processes."""
    import polars as pl
    from statsforecast import StatsForecast
    from statsforecast.models import AutoETS

    parts = series(name)
    months = pl.date_range(pl.date(1900, 1, 1), pl.date(1999, 12, 1), "1mo", eager=True)
    frame = pl.concat(
        pl.DataFrame({"unique_id": [key] * len(past), "ds": months[: len(past)], "y": [float(one) for one in past]})
        for key, (past, _) in parts.items()
    )
    engine = StatsForecast(models=[AutoETS(season_length=12)], freq="1mo", n_jobs=JOBS)
    told = engine.forecast(df=frame, h=SETS[name][1], level=[80, 95])
    found: Paths = {}
    for (key,), rows in told.group_by("unique_id", maintain_order=True):
        ends = {
            level: list(zip(rows[f"AutoETS-lo-{level}"], rows[f"AutoETS-hi-{level}"], strict=True))
            for level in (80, 95)
        }
        found[str(key)] = {"path": rows["AutoETS"].to_list(), **ends}
    return found


def accuracy(name: str, paths: Paths, which: str = "path") -> dict[str, float]:
    """Means over series of sMAPE, MAPE and MASE (scale: in-sample seasonal naive)."""
    rows = []
    for key, (past, test) in series(name).items():
        if key not in paths:
            continue
        truth, told, known = np.array(test), np.array(paths[key][which]), np.array(past)
        error = np.abs(truth - told)
        scale = np.abs(known[12:] - known[:-12]).mean()
        rows.append(
            (
                (200 * error / (np.abs(truth) + np.abs(told))).mean(),
                (100 * error / np.abs(truth)).mean(),
                error.mean() / scale,
            )
        )
    return dict(zip(("sMAPE", "MAPE", "MASE"), np.mean(rows, axis=0).tolist(), strict=True))


def coverage(name: str, paths: Paths, level: int) -> tuple[float, float]:
    """Percent of test months inside, and the median over series of the mean width over the mean of the truth."""
    inside, widths = [], []
    for key, (_, test) in series(name).items():
        if key not in paths:
            continue
        truth, ends = np.array(test), np.array(paths[key][level])
        inside.append((truth >= ends[:, 0]) & (truth <= ends[:, 1]))
        widths.append((ends[:, 1] - ends[:, 0]).mean() / np.abs(truth).mean())
    return float(100 * np.concatenate(inside).mean()), float(np.median(widths))


def _timed(job: Callable[[str], Paths], name: str) -> Run:
    return alone(job, name)


def compared(name: str) -> list[Figure]:
    """Accuracy, coverage and time of one collection."""
    mine, other = _timed(ours, name), _timed(peer, name)
    told, beside, naive = (
        accuracy(name, mine.result),
        accuracy(name, other.result),
        accuracy(name, mine.result, "naive"),
    )
    count = f"{name}, {len(mine.result)} series"
    figures = [
        Figure(
            f"{count}: {measure}",
            f"{told[measure]:.3f}",
            "",
            asked,
            f"AutoETS {beside[measure]:.3f}, seasonal naive {naive[measure]:.3f}",
        )
        for measure, asked in ASKED[name].items()
    ]
    for level, asked in ((80, "≥ 79 %"), (95, "≥ 94 %")):
        inside, width = coverage(name, mine.result, level)
        inside_peer, width_peer = coverage(name, other.result, level)
        figures.append(
            Figure(f"{count}: inside the {level} % interval", f"{inside:.1f}", "%", asked, f"AutoETS {inside_peer:.1f}")
        )
        ratio = f"{width / width_peer:.2f}"
        figures.append(
            Figure(
                f"{count}: relative width at {level} %",
                f"{width:.3f}",
                "",
                "≤ 1.25 × ETS",
                f"AutoETS {width_peer:.3f}",
                ratio,
            )
        )
    asked = "< 211 s" if name == "M3 monthly" else ""
    figures.append(
        Figure(
            f"{count}: time with intervals, {JOBS} processes",
            f"{mine.wall:.0f}",
            "s",
            asked,
            f"AutoETS {other.wall:.0f} s",
            f"{mine.wall / other.wall:.2f}",
        )
    )
    figures.append(
        Figure(
            f"{count}: processor time",
            f"{mine.cpu:.0f}",
            "s",
            "",
            f"AutoETS {other.cpu:.0f} s",
            f"{mine.cpu / other.cpu:.2f}",
        )
    )
    return figures


def tet_figures() -> list[Figure]:
    """Residual variance of X-13's airline model with Tết over without."""
    from benchmarks.tet_effect import SERIES, compare

    figures = []
    for name, indicator in SERIES.items():
        without, with_tet = compare(indicator, has_outliers=True)
        assert without.residual_variance and with_tet.residual_variance
        figures.append(
            Figure(
                f"{name}: residual variance with Tết's regressors",
                f"{with_tet.residual_variance:.6f}",
                "",
                "lower",
                f"without {without.residual_variance:.6f}",
                f"{with_tet.residual_variance / without.residual_variance:.2f}",
            )
        )
    return figures


def run() -> list[Figure]:
    """The figures; none where the collections are not beside the project."""
    if not (shared_folder() / "series").is_dir():
        return []
    return [figure for name in SETS for figure in compared(name)] + tet_figures()
