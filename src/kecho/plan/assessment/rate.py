"""Growth held against a growth target: percentage points, never a ratio of rates.

Where levels exist, the target's implied level ``P = base * (1 + g)`` gives pace and the growth that the remaining
months must show; where only indices are published, the remaining months' mean is taken with equal months and called
approximate.
"""

from __future__ import annotations

from decimal import Decimal

from kecho.analytics import growth, pace
from kecho.analytics.growth import YearGrowth
from kecho.kernel.periods import Period
from kecho.plan.assessment import flow, rest, wording
from kecho.plan.assessment.bands import Status
from kecho.plan.assessment.facts import Fact, Facts
from kecho.plan.assessment.result import Assessment, Sheet
from kecho.plan.assessment.target import Basis, Direction
from kecho.plan.assessment.verdict import graded, settle


def assess_rate(sheet: Sheet) -> Assessment:
    """Growth of the target's months so far, against the same months of the year before."""
    spec = sheet.target
    sheet.method = str(spec.basis)
    sheet.say_plan()
    rate = flow.to_date(spec.window, lambda span: _growth(sheet, span))
    if rate is None:
        return _refuse(sheet)
    is_final = rate.period == spec.window
    gap = rate.value - spec.bound
    sheet.use(rate)
    sheet.put(
        period=rate.period,
        growth_pct=rate.value,
        is_final=is_final,
        is_derived=rate.is_derived,
        stage=rate.stage,
        gap_pp=gap,
    )
    _say_growth(sheet, rate)
    sheet.say_coverage(rate.period)
    sheet.say(
        "gap_points",
        now=wording.percent(rate.value),
        target=wording.percent(spec.bound),
        words=wording.distance(gap, "percentage_point"),
    )
    if spec.exceeds(rate.value):
        sheet.say("past_range")
    if spec.basis is Basis.SINCE_DECEMBER:
        _rest_since_december(sheet, rate)
    elif not (_rest_by_levels(sheet, rate.period) or is_final):
        _rest_by_means(sheet, rate)
    return sheet.close(_status(sheet, rate, is_final=is_final))


def _growth(sheet: Sheet, span: Period) -> Fact | None:
    if sheet.target.basis is Basis.SINCE_DECEMBER:
        return sheet.facts.growth_since_december(span)
    found = sheet.facts.growth(span)
    if found is None and sheet.target.basis is Basis.PERIOD_AVERAGE:
        found = sheet.facts.mean_growth(span)
    return found


def _refuse(sheet: Sheet) -> Assessment:
    """No rate: because there is no figure, no base, or a base that allows none."""
    facts, window = sheet.facts, sheet.target.window
    level = flow.to_date(window, facts.total)
    if level is None:
        return flow.refuse_without_figures(sheet)
    base = facts.total(level.period.year_before)
    sheet.put(period=level.period, value_to_date=level.value, unit=facts.unit, stage=level.stage)
    sheet.use(level, base)
    if base is None:
        return sheet.refuse("no_base")
    return sheet.refuse("base_not_positive", base=wording.amount(base.value, facts.unit))


def _say_growth(sheet: Sheet, rate: Fact) -> None:
    """The rate as published, the same from levels beside it, and that of the year before."""
    facts, span = sheet.facts, rate.period
    shown, is_since_december = wording.growth(rate.value), sheet.target.basis is Basis.SINCE_DECEMBER
    last = Period(span.end - 1, span.end, span.calendar)
    sheet.say(
        "grown_since_december" if is_since_december else "grown",
        period=wording.period(last if is_since_december else span),
        growth=shown,
        maturity=wording.maturity(rate),
    )
    if is_since_december:
        return
    if facts.growth(span) is None:
        sheet.say("grown_from_months", months=str(span.length))
    now, base, computed = facts.total(span), facts.total(span.year_before), facts.computed_growth(span)
    if now is not None and base is not None and computed is not None:
        sheet.use(now, base)
        sheet.say(
            "grown_from_levels",
            now=wording.amount(now.value, facts.unit),
            base=wording.amount(base.value, facts.unit),
            growth=wording.growth(computed.value),
        )
    before = _growth(sheet, span.year_before)
    if before is not None:
        sheet.put(growth_year_before_pct=before.value)
        sheet.say("grown_before", growth=wording.growth(before.value))


def _rest_by_levels(sheet: Sheet, span: Period) -> bool:
    """Implied level, percent of it, pace and required growth; False where the levels are not there."""
    spec, facts = sheet.target, sheet.facts
    base, done = facts.total(spec.window.year_before), facts.total(span)
    if base is None or done is None or base.value <= 0:
        return False
    year_before = rest.linked(sheet, base.value, done)
    plan = growth.implied_level(year_before, spec.bound)
    sheet.use(base, done)
    sheet.put(value_to_date=done.value, unit=facts.unit, plan_level=plan)
    amounts = {"base": wording.amount(year_before, facts.unit), "plan": wording.amount(plan, facts.unit)}
    sheet.say("implied", rate=wording.percent(spec.bound), **amounts)
    profile = flow.expected_profile(sheet)
    flow.put_profile(sheet, profile, plan, span)
    share = profile.share_at(span.length)
    sheet.put(percent_of_plan=pace.percent_of_plan(done.value, plan), pace=pace.pace(done.value, plan, share))
    if sheet.values["pace"] is not None:
        sheet.say(
            "pace_levels",
            done=wording.amount(done.value, facts.unit),
            plan=amounts["plan"],
            share=wording.percent(share * 100),
            pace=wording.number(sheet.values["pace"], 3),
        )
    rest.put_required(sheet, done, plan)
    return True


def _rest_by_means(sheet: Sheet, rate: Fact) -> None:
    """What the remaining months must average, months counting equally, beside the best they ever averaged."""
    spec, span = sheet.target, rate.period
    all_months, months = spec.window.length, span.length
    needed = growth.required_mean(spec.bound, all_months, rate.value, months)
    if needed is None:
        return
    is_limit = spec.direction is Direction.LESS
    sheet.put(required_growth_pct=needed, required_is_approximate=True)
    sheet.say(
        "required_limit" if is_limit else "required_mean",
        growth=wording.growth(needed),
        all=str(all_months),
        target=wording.percent(spec.bound),
        months=str(months),
        now=wording.percent(rate.value),
        rest=str(all_months - months),
    )
    if not is_limit:
        rest.put_best(sheet, _best_mean(sheet.facts, spec.window, span), needed)


def _rest_since_december(sheet: Sheet, rate: Fact) -> None:
    """What the remaining months together may or must still bring: ``(100 + target) / (100 + now) - 1``."""
    spec = sheet.target
    needed = growth.growth_pct(growth.to_index(spec.bound), growth.to_index(rate.value))
    if needed is None or rate.period == spec.window:
        return
    sheet.put(required_growth_pct=needed)
    sheet.say(
        "required_room_since_december" if spec.direction is Direction.LESS else "required_since_december",
        growth=wording.growth(needed),
        target=wording.number(growth.to_index(spec.bound)),
        now=wording.number(growth.to_index(rate.value)),
    )


def _best_mean(facts: Facts, window: Period, span: Period) -> YearGrowth | None:
    """The best mean growth of the remaining months in earlier years, computed the same way."""
    found = []
    first = min((period.start for period in facts.growths), default=window.start)
    whole, part = window.year_before, span.year_before
    while whole.start >= first:
        rates = facts.growths.get(whole), facts.growths.get(part)
        if rates[0] is not None and rates[1] is not None:
            mean = growth.required_mean(rates[0].value, whole.length, rates[1].value, part.length)
            found += [YearGrowth(whole.year, mean)] if mean is not None else []
        whole, part = whole.year_before, part.year_before
    return max(found, key=lambda item: item.growth_pct, default=None)


def _status(sheet: Sheet, rate: Fact, *, is_final: bool) -> Status:
    spec = sheet.target
    if spec.keeps(rate.value):
        return (
            settle(sheet, Status.ACHIEVED, "verdict_kept")
            if is_final
            else settle(sheet, Status.ON_TRACK, "verdict_keeps")
        )
    if spec.high is not None and spec.direction is not Direction.MORE and rate.value >= spec.high:
        return settle(sheet, Status.BREACHED, "verdict_over")
    share = sheet.values.get("expected_share")
    if share is None:
        share = Decimal(rate.period.length) / spec.window.length
    return graded(sheet, "growth_pp", missed(sheet, Decimal(1) if is_final else share), is_final=True)


def missed(sheet: Sheet, share: Decimal) -> Decimal:
    """Points of the whole period's growth that are missed already, if the rest grows as planned.

    A rate of the first months says little about the year: a gap counts by the share of the year that is done.
    """
    gap: Decimal = sheet.values["gap_pp"]
    if share == 1:
        return gap
    already = gap * share
    shown = {"gap": wording.number(gap), "share": wording.percent(share * 100), "missed": wording.number(already)}
    sheet.say("missed", **shown)
    sheet.put(missed_pp=already)
    return already
