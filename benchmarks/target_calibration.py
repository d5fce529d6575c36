"""How true the chances of year-end targets were: every month of 2015-2024, with the figures known in that month.

Nothing is looked ahead: a chance is told from the workbooks up to its month (`benchmarks.vintages`), the result is the
growth that the December workbook of the year printed. Two kinds of targets: the nation's own, from the committed
sample, and trial targets, "as much as the mean of the three years before", on nine series, for there are few real ones.
Beside the simulated chance stand: naive (the months to come as a year ago: reached or not), linear pace (the months
done against as many twelfths of the target: reached or not) and the base rate (the share of earlier years' targets
reached).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import pairwise
from statistics import mean

from benchmarks.measure import Figure
from benchmarks.vintages import levels, whole, workbooks, year_growth_pct
from kecho.analytics.forecast import forecast
from kecho.analytics.monthly import SEASON, Monthly
from kecho.analytics.paths import Annual, simulate, year_outcomes
from kecho.analytics.target_chance import Band, Measure, target_chance
from kecho.kernel.errors import KechoError

YEARS = range(2015, 2025)
EDGES = (0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)
FALLING = ("cpi",)  # a target is a ceiling
AVERAGED = ("iip", "cpi")


@dataclass(frozen=True)
class Target:
    """Growth in percent that a year's result is held against; ``is_ceiling``: at most."""

    series: str
    year: int
    growth_pct: float
    is_ceiling: bool
    is_strict: bool
    how: Annual
    is_trial: bool

    def is_reached(self, growth: float) -> bool:
        if growth == self.growth_pct:
            return not self.is_strict
        return (growth < self.growth_pct) == self.is_ceiling

    @property
    def result_pct(self) -> float | None:
        return year_growth_pct(self.series, self.year, is_december=self.how is Annual.END)


@dataclass(frozen=True)
class Case:
    """One target in one month: the chances told, what happened, and whether the year lay in its intervals."""

    target: Target
    months_known: int
    chance: float
    naive: float
    pace: float
    base_rate: float
    is_reached: bool
    inside: dict[int, bool]


def national() -> Iterator[Target]:
    """The nation's growth targets on series that the sample holds, point or lower end (prices: upper end)."""
    text = resources.files("kecho.sample").joinpath("targets_vn.toml").read_text("utf-8")
    for plan in tomllib.loads(text)["plan"]:
        for one in plan["target"]:
            is_ceiling = one["indicator"] in FALLING
            ends = [one.get("value"), one.get("high" if is_ceiling else "low")]
            goal = next((end for end in ends if end is not None), None)
            is_growth = one["measure"] == "growth" and one["indicator"] in workbooks() and not one.get("breakdown")
            if is_growth and goal is not None and int(plan["period"][:4]) in YEARS:
                is_december = one.get("basis") == "since_december"
                how = Annual.END if is_december else _how(one["indicator"])
                strict = bool(one.get("strict", False))
                yield Target(
                    one["indicator"], int(plan["period"]), float(goal), is_ceiling, strict, how, is_trial=False
                )


def trial() -> Iterator[Target]:
    """For each series and year: the mean growth of the three years before, as printed then."""
    for series in workbooks():
        for year in YEARS:
            earlier = [growth for at in range(year - 3, year) if (growth := year_growth_pct(series, at)) is not None]
            if len(earlier) == 3:
                yield Target(series, year, mean(earlier), series in FALLING, False, _how(series), is_trial=True)


def _how(series: str) -> Annual:
    return Annual.MEAN if series in AVERAGED else Annual.SUM


def cases(targets: Sequence[Target]) -> tuple[list[Case], int]:
    """Every month's chance of every target, and how many had no answer."""
    found, refused = [], 0
    for target in targets:
        result = target.result_pct
        if result is None:
            continue
        earlier = [one.is_reached(one.result_pct) for one in targets if one.year < target.year and one.result_pct]
        base_rate = (sum(earlier) + 0.5) / (len(earlier) + 1)
        for months_known in range(SEASON):
            until = target.year * SEASON + months_known - 1
            if until not in workbooks()[target.series]:
                continue
            try:
                found.append(_case(target, until, result, base_rate))
            except KechoError:
                refused += 1
    return found, refused


def _case(target: Target, until: int, result: float, base_rate: float) -> Case:
    history = whole(levels(target.series, until))
    if history.end != until + 1:
        raise KechoError("analytics.months_missing", months="", count=until + 1 - history.end)
    paths = simulate(forecast(history.values, 24), history.end)
    band = Band(None, target.growth_pct, target.is_strict) if target.is_ceiling else Band(target.growth_pct)
    told = target_chance(history, paths, target.year, band, measure=Measure.GROWTH, how=target.how)
    base = float(year_outcomes(history, None, target.year - 1, target.how)[0])
    done = until + 1 - target.year * SEASON
    return Case(
        target=target,
        months_known=done,
        chance=told.inside,
        naive=float(target.is_reached((_naive(history, target) / base - 1) * 100)),
        pace=_pace(history, target, base, done),
        base_rate=base_rate,
        is_reached=target.is_reached(result),
        inside={level: low <= result <= high for level, (low, high) in told.intervals.items()},
    )


def _naive(history: Monthly, target: Target) -> float:
    """The year if the months to come are as a year ago."""
    span = range(target.year * SEASON, (target.year + 1) * SEASON)
    months = [history.at(at) if at < history.end else history.at(at - SEASON) for at in span]
    known = [value for value in months if value is not None]
    return {Annual.SUM: sum(known), Annual.MEAN: mean(known), Annual.END: known[-1]}[target.how]


def _pace(history: Monthly, target: Target, base: float, done: int) -> float:
    """Whether the months done are as many twelfths of the target; before the first month, a half."""
    if not done:
        return 0.5
    known = history.known(target.year * SEASON, target.year * SEASON + done)
    if target.how is Annual.END:
        growth = (known[-1] / base - 1) * 100 * SEASON / done
    else:
        growth = (sum(known) / done / (base if target.how is Annual.MEAN else base / SEASON) - 1) * 100
    return float(target.is_reached(growth))


def brier(told: Sequence[float], happened: Sequence[bool]) -> float:
    """Mean squared difference; 0 is perfect, 0.25 what a constant half gets."""
    return mean((chance - fact) ** 2 for chance, fact in zip(told, happened, strict=True))


def figures(name: str, found: Sequence[Case], refused: int) -> list[Figure]:
    """Brier scores, the reliability table, and the coverage of the year's intervals."""
    happened = [case.is_reached for case in found]
    peers = {
        "naive": [case.naive for case in found],
        "linear pace": [case.pace for case in found],
        "base rate": [case.base_rate for case in found],
    }
    ours = brier([case.chance for case in found], happened)
    told = ", ".join(f"{peer} {brier(chances, happened):.3f}" for peer, chances in peers.items())
    years = len({(case.target.series, case.target.year) for case in found})
    head = f"{name}: Brier score, {years} year-ends, {len(found)} months told, {refused} refused"
    rows = [Figure(head, f"{ours:.3f}", "", "< naive, < linear pace", told)]
    for low, high in ((0, 3), (4, 7), (8, 11)):
        part = [case for case in found if low <= case.months_known <= high]
        facts = [case.is_reached for case in part]
        beside = (
            f"naive {brier([c.naive for c in part], facts):.3f}, linear pace {brier([c.pace for c in part], facts):.3f}"
        )
        score = brier([case.chance for case in part], facts)
        rows.append(Figure(f"{name}: Brier score with {low} to {high} months known", f"{score:.3f}", "", "", beside))
    rows += [_reliability(name, found, low, high) for low, high in pairwise(EDGES)]
    for level in (80, 95):
        share = 100 * mean(case.inside[level] for case in found)
        rows.append(Figure(f"{name}: years inside the {level} % interval", f"{share:.1f}", "%", "", ""))
    return rows


def _reliability(name: str, found: Sequence[Case], low: float, high: float) -> Figure:
    part = [case for case in found if low <= case.chance < high or (high == 1 and case.chance == 1)]
    what = f"{name}: told {low:.0%} to {high:.0%}, reached"
    if not part:
        return Figure(what, "-", "%", "", "no case")
    reached = 100 * mean(case.is_reached for case in part)
    return Figure(
        what, f"{reached:.0f}", "%", f"{100 * mean(case.chance for case in part):.0f} told", f"{len(part)} cases"
    )


def run() -> list[Figure]:
    """The figures of the nation's targets and of the trial targets."""
    rows = []
    for name, targets in (("national targets", list(national())), ("trial targets", list(trial()))):
        found, refused = cases(targets)
        rows += figures(name, found, refused)
    return rows
