"""States: a level, a share, a full rate or a rank at the end of the period, now or in a future year.

With a starting point the way from it to the target is a straight line in time (the "current status index" of UN ESCAP's
progress assessment), which zero and negative levels do not disturb. Without one, only the distance counts.
"""

from __future__ import annotations

from decimal import Decimal

from kecho.analytics import pace
from kecho.kernel.periods import Period
from kecho.plan.assessment import wording
from kecho.plan.assessment.bands import Status
from kecho.plan.assessment.facts import Fact
from kecho.plan.assessment.flow import excess, refuse_without_figures, to_date
from kecho.plan.assessment.result import Assessment, Sheet
from kecho.plan.assessment.target import Basis, Direction, Form, TargetSpec
from kecho.plan.assessment.verdict import graded, settle


def assess_state(sheet: Sheet) -> Assessment:
    """A figure that is not added up: the latest one counts (a share of a flow: the one of the year to date)."""
    spec = sheet.target
    sheet.method = "rank" if spec.form is Form.RANK else str(spec.measure)
    sheet.say_plan()
    start = _start(sheet)
    now = _latest(sheet, start)
    if now is None and start is not None:
        return sheet.refuse("no_data_since_start", period=wording.period(start.period))
    if now is None:
        return refuse_without_figures(sheet)
    is_final = now.period.end == spec.window.end
    sheet.use(now)
    sheet.put(
        period=now.period,
        value_to_date=now.value,
        unit=spec.unit,
        is_final=is_final,
        is_derived=now.is_derived,
        stage=now.stage,
    )
    value = wording.amount(now.value, spec.unit)
    sheet.say("state", period=wording.period(now.period), value=value, maturity=wording.maturity(now))
    _say_parts(sheet, now)
    sheet.say_coverage(now.period)
    _distance(sheet, now.value)
    return sheet.close(_status(sheet, start, now, is_final=is_final))


def _start(sheet: Sheet) -> Fact | None:
    """Where the way begins: as the plan says, else the last state before the plan's first month."""
    spec = sheet.target
    if spec.base_value is not None and spec.base_period is not None:
        return Fact(spec.base_period, spec.base_value, is_fictional=spec.is_fictional)
    return sheet.facts.latest(0, spec.way_starts) if spec.basis is Basis.STOCK else None


def _latest(sheet: Sheet, start: Fact | None) -> Fact | None:
    """The state now: after the start, not after the target's period. A share of a flow covers the year to date."""
    spec = sheet.target
    if spec.basis is Basis.FLOW:
        return to_date(spec.window, sheet.facts.share)
    return sheet.facts.latest(spec.way_starts if start is None else start.period.end, spec.window.end)


def _say_parts(sheet: Sheet, now: Fact) -> None:
    """The levels behind a share that was computed."""
    facts = sheet.facts
    if now.period in facts.values or facts.part is None or facts.whole is None:
        return
    part, whole = facts.part.total(now.period), facts.whole.total(now.period)
    if part is not None and whole is not None:
        sheet.say(
            "share_from_levels",
            part=wording.amount(part.value, facts.part.unit),
            whole=wording.amount(whole.value, facts.whole.unit),
            share=wording.percent(now.value),
        )


def _distance(sheet: Sheet, now: Decimal) -> None:
    """Percentage points for rates, places for ranks, percent of plan and the difference for levels."""
    spec = sheet.target
    gap = now - spec.bound
    if spec.is_rate:
        sheet.put(gap_pp=gap)
        sheet.say(
            "gap_points",
            now=wording.percent(now),
            target=wording.percent(spec.bound),
            words=wording.distance(gap, "percentage_point"),
        )
        return
    sheet.put(gap=gap)
    if spec.form is Form.RANK:
        sheet.say("gap_rank", now=wording.number(now), target=wording.number(spec.bound))
        return
    percent = pace.percent_of_plan(now, spec.bound)
    if percent is None:
        sheet.say("gap_level", words=wording.distance(gap, spec.unit))
        return
    sheet.put(percent_of_plan=percent, excess_pct=excess(spec, now))
    sheet.say(
        "percent_done",
        done=wording.amount(now, spec.unit),
        plan=wording.amount(spec.bound, spec.unit),
        percent=wording.percent(percent),
        words=lambda lang: wording.plan_share_text(spec, percent, sheet.values["excess_pct"], lang),
    )


def _status(sheet: Sheet, start: Fact | None, now: Fact, *, is_final: bool) -> Status:
    spec = sheet.target
    kept = spec.keeps(now.value)
    on_the_way = start is not None and not _keeps_or_touches(spec, start.value)
    if start is not None:
        sheet.use(start)
        value = wording.amount(start.value, spec.unit)
        sheet.say("start", period=wording.period(start.period), value=value)
        if not on_the_way:
            sheet.say("hold")
    elif not kept:
        sheet.say("no_start")
    if kept:
        return (
            settle(sheet, Status.ACHIEVED, "verdict_kept")
            if is_final
            else settle(sheet, Status.ON_TRACK, "verdict_keeps")
        )
    if start is not None and on_the_way and not is_final:
        return graded(sheet, "pace", _way(sheet, start, now), is_final=False)
    if spec.form is Form.CEILING or (spec.direction is Direction.WITHIN and spec.high and now.value > spec.high):
        return settle(sheet, Status.BREACHED, "verdict_over")
    return graded(sheet, *_shortfall(spec, now.value), is_final=True)


def _keeps_or_touches(spec: TargetSpec, value: Decimal) -> bool:
    """Whether there is no way to go: the promise is kept already, or the start equals a strict bound."""
    return spec.keeps(value) or value == spec.bound


def _way(sheet: Sheet, start: Fact, now: Fact) -> Decimal:
    """Share of the way over share of the time."""
    spec = sheet.target
    months = Period(start.period.end, spec.window.end, spec.window.calendar).length
    time = Decimal(now.period.end - start.period.end) / months
    progress = pace.path_progress(start.value, now.value, spec.bound) or Decimal(0)
    ratio = progress / time
    sheet.put(expected_share=time, pace=ratio, profile=str(pace.ProfileMethod.LINEAR))
    shown = {"progress": wording.percent(progress * 100), "time": wording.percent(time * 100)}
    sheet.say(
        "way_done",
        base=wording.amount(start.value, spec.unit),
        target=wording.amount(spec.bound, spec.unit),
        **shown,
    )
    sheet.say("way_pace", pace=wording.number(ratio, 3), **shown)
    return ratio


def _shortfall(spec: TargetSpec, now: Decimal) -> tuple[str, Decimal]:
    """Scale and score of a state that misses its target: 0 (or 1 for levels) would be the target itself."""
    gap = now - spec.bound
    worse = -gap if spec.direction is Direction.LESS else gap
    if spec.form is Form.RANK:
        return "places", worse
    if spec.is_rate:
        return "share_pp", worse
    if spec.bound == 0:
        return "pace", Decimal(0)
    return "pace", 1 + worse / abs(spec.bound)
