"""Levels that add up over the year: percent of plan, pace against the seasonal rhythm, what the rest must bring.

Source: the practice of plan execution in Viet Nam ("thực hiện kế hoạch"): result to date over the year's plan, compared
with what the same months usually make.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kecho.analytics import pace
from kecho.kernel.periods import Period
from kecho.plan.assessment import rest, wording
from kecho.plan.assessment.bands import Status
from kecho.plan.assessment.facts import Fact, Facts
from kecho.plan.assessment.result import Assessment, Sheet
from kecho.plan.assessment.target import Direction, Form, TargetSpec
from kecho.plan.assessment.verdict import graded, settle

YEAR = 12


def assess_flow(sheet: Sheet) -> Assessment:
    """A level that is added up over the target's months."""
    spec = sheet.target
    sheet.method = "flow"
    sheet.say_plan()
    done = to_date(spec.window, sheet.facts.total)
    if done is None:
        return refuse_without_figures(sheet)
    is_final = done.period == spec.window
    sheet.use(done)
    sheet.put(
        period=done.period,
        value_to_date=done.value,
        unit=spec.unit,
        is_final=is_final,
        is_derived=done.is_derived,
        stage=done.stage,
        plan_level=spec.bound,
        gap=done.value - spec.bound,
    )
    value = wording.amount(done.value, spec.unit)
    sheet.say("done", period=wording.period(done.period), value=value, maturity=wording.maturity(done))
    sheet.say_coverage(done.period)
    put_growth(sheet, done.period)
    _percent(sheet, done.value)
    profile = expected_profile(sheet)
    share = profile.share_at(done.period.length)
    put_profile(sheet, profile, spec.bound, done.period)
    rest.put_required(sheet, done, spec.bound)
    return sheet.close(_status(sheet, done.value, share, is_final=is_final))


def to_date(window: Period, get: Callable[[Period], Fact | None]) -> Fact | None:
    """The figure from the window's start to the latest month that has one."""
    spans = (Period(window.start, end, window.calendar) for end in range(window.end, window.start, -1))
    return next((fact for span in spans if (fact := get(span)) is not None), None)


def refuse_without_figures(sheet: Sheet) -> Assessment:
    """Why nothing can be said: a wrong unit, no figure, none in the window, a hole at its start, or it lies ahead."""
    window, last = sheet.target.window, sheet.facts.last_end()
    if sheet.facts.wrong_unit:
        units = {"unit": sheet.facts.wrong_unit, "wanted": sheet.target.unit}
        return sheet.refuse("unit_mismatch", **{k: wording.unit(v) for k, v in units.items()})
    starts = Period(sheet.target.way_starts, sheet.target.way_starts + 1, window.calendar)
    if starts.dates[0] > sheet.today:
        return sheet.refuse("future", day=lambda lang: wording.formats.date_text(sheet.today, lang))
    if last is None:
        return sheet.refuse("no_data")
    if last <= window.start:
        return sheet.refuse("no_data_in_window", period=wording.period(Period(last - 1, last, window.calendar)))
    return sheet.refuse("hole_at_start")


def put_growth(sheet: Sheet, span: Period) -> None:
    """Growth of the same months and of the year before: the "(cùng kỳ …)" bracket."""
    now, before = sheet.facts.growth(span), sheet.facts.growth(span.year_before)
    sheet.use(now)
    if now is not None:
        sheet.put(growth_pct=now.value)
        rate = wording.growth(now.value)
        sheet.say("grown", period=wording.period(span), growth=rate, maturity=wording.maturity(now))
    if before is not None:
        sheet.put(growth_year_before_pct=before.value)
        sheet.say("grown_before", growth=wording.growth(before.value))


def expected_profile(sheet: Sheet) -> pace.Profile:
    """The rhythm of a normal year over the target's months; linear where the bands or the lack of history say so."""
    window, bands = sheet.target.window, sheet.bands
    if bands.profile == "linear" or window.length > YEAR:
        return pace.linear_profile(window.length)
    return pace.seasonal_profile(
        _history(sheet.facts, window),
        months=window.length,
        most_years=bands.most_years,
        least_years=bands.least_years,
        excluded=bands.excluded_years,
    )


def _history(facts: Facts, window: Period) -> dict[int, list[Decimal | None]]:
    """Levels of the same months of the years before, cumulated to each month."""
    first = min((period.start for period in facts.values), default=window.start)
    history: dict[int, list[Decimal | None]] = {}
    span = window.year_before
    while span.start >= first:
        ends = range(span.start + 1, span.end + 1)
        to_dates = [facts.total(Period(span.start, end, span.calendar)) for end in ends]
        history[span.year] = [fact.value if fact else None for fact in to_dates]
        span = span.year_before
    return history


def put_profile(sheet: Sheet, profile: pace.Profile, plan: Decimal, span: Period) -> None:
    """The expected share and level, and the line that says where they come from."""
    share, years = profile.share_at(span.length), profile.years_at(span.length)
    sheet.put(
        expected_share=share,
        profile=str(profile.method),
        profile_years=years,
        expected=tuple(plan * part for part in profile.shares),
    )
    if span.length == sheet.target.window.length:
        return
    shown = wording.percent(share * 100)
    months, whole = str(span.length), str(sheet.target.window.length)
    if years:
        sheet.say("expected_seasonal", count=str(len(years)), years=wording.years(years), months=months, share=shown)
    elif profile.method is pace.ProfileMethod.SEASONAL:
        sheet.say("expected_between", months=months, share=shown)
    elif sheet.bands.profile == "linear":
        sheet.say("expected_equal", months=months, all=whole, share=shown)
    else:
        sheet.say("expected_linear", months=months, all=whole, share=shown, least=str(sheet.bands.least_years))


def excess(spec: TargetSpec, done: Decimal) -> Decimal | None:
    """How far above the plan, in percent of it; of a range, how far past its high end (0 within it)."""
    if spec.form is not Form.RANGE or spec.high is None or spec.low is None:
        return pace.excess_pct(done, spec.bound)
    if done > spec.high:
        return pace.excess_pct(done, spec.high)
    return Decimal(0) if done >= spec.low else pace.excess_pct(done, spec.low)


def _percent(sheet: Sheet, done: Decimal) -> None:
    spec = sheet.target
    percent = pace.percent_of_plan(done, spec.bound)
    if percent is None:
        sheet.say("no_percent", plan=wording.amount(spec.bound, spec.unit))
        return
    sheet.put(percent_of_plan=percent, excess_pct=excess(spec, done))
    sheet.say(
        "percent_done",
        done=wording.amount(done, spec.unit),
        plan=wording.amount(spec.bound, spec.unit),
        percent=wording.percent(percent),
        words=lambda lang: wording.plan_share_text(spec, percent, sheet.values["excess_pct"], lang),
    )
    if spec.form is Form.RANGE:
        sheet.say("against_high_end" if spec.direction is Direction.LESS else "against_low_end")


def _status(sheet: Sheet, done: Decimal, share: Decimal, *, is_final: bool) -> Status:
    spec, plan = sheet.target, sheet.target.bound
    kept = spec.keeps(done)
    if kept and is_final:
        return settle(sheet, Status.ACHIEVED, "verdict_kept")
    if kept and spec.direction is Direction.MORE and plan > 0:
        return settle(sheet, Status.ACHIEVED, "verdict_done")
    is_over = not kept and spec.direction is not Direction.MORE and spec.high is not None and done >= spec.high
    if is_over and (is_final or plan >= 0):
        return settle(sheet, Status.BREACHED, "verdict_over")
    if plan == 0:
        return (
            settle(sheet, Status.ON_TRACK, "verdict_keeps")
            if kept
            else settle(sheet, Status.FAR_BEHIND, "verdict_short")
        )
    percent = sheet.values.get("percent_of_plan")
    if sheet.bands.flow_by == "deviation" and percent is not None:
        return graded(sheet, "deviation_pp", _deviation(sheet, percent, share), is_final=is_final)
    return graded(sheet, "pace", _pace(sheet, done, share, percent), is_final=is_final)


def _deviation(sheet: Sheet, percent: Decimal, share: Decimal) -> Decimal:
    """Completion minus expected share in percentage points; turned round where less is better."""
    deviation = percent - share * 100
    sheet.say(
        "deviation",
        percent=wording.percent(percent),
        share=wording.percent(share * 100),
        deviation=wording.number(deviation),
    )
    return -deviation if sheet.target.direction is Direction.LESS else deviation


def _pace(sheet: Sheet, done: Decimal, share: Decimal, percent: Decimal | None) -> Decimal:
    """1 is on plan and more is better; also for negative plans, and mirrored where less is better.

    Where nothing is expected yet (the work is done late in the year), any result is at least on plan.
    """
    plan = sheet.target.bound
    needed = plan * share
    ahead = (done - needed) / abs(needed or plan)
    less = sheet.target.direction is Direction.LESS
    if percent is not None and share > 0:
        sheet.put(pace=1 + ahead)
        sheet.say(
            "pace_less" if less else "pace",
            percent=wording.percent(percent),
            share=wording.percent(share * 100),
            pace=wording.number(1 + ahead, 3),
        )
    return 1 - ahead if less else 1 + ahead
