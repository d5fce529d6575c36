"""Growth a year on average over a span of years: geometric mean of the years done, and what the rest must bring."""

from __future__ import annotations

from decimal import Decimal

from kecho.analytics import growth
from kecho.analytics.growth import YearGrowth
from kecho.kernel.periods import Period
from kecho.plan.assessment import flow, rest, wording
from kecho.plan.assessment.bands import Status
from kecho.plan.assessment.facts import Fact
from kecho.plan.assessment.rate import missed as rate_missed
from kecho.plan.assessment.result import Assessment, Sheet
from kecho.plan.assessment.target import Direction
from kecho.plan.assessment.verdict import graded, settle


def assess_years(sheet: Sheet) -> Assessment:
    """The years from the first of the span on that are complete; a year in the middle must not be missing."""
    spec, window = sheet.target, sheet.target.window
    sheet.method = str(spec.basis)
    sheet.say_plan()
    span = [Period.of_year(year, window.calendar) for year in range(window.year, window.end // 12)]
    done = _complete(sheet, span)
    average = growth.average_growth_pct([fact.value for fact in done])
    if not done or average is None:
        return sheet.refuse("no_complete_year") if sheet.facts.last_end() else flow.refuse_without_figures(sheet)
    is_final = len(done) == len(span)
    covered = Period(window.start, done[-1].period.end, window.calendar)
    gap = average - spec.bound
    sheet.use(*done)
    sheet.put(period=covered, growth_pct=average, is_final=is_final, gap_pp=gap)
    for fact in done:
        rate = wording.growth(fact.value)
        sheet.say("year_grown", period=wording.period(fact.period), growth=rate, maturity=wording.maturity(fact))
    names = wording.years(tuple(fact.period.year for fact in done))
    sheet.say("average_years", years=names, growth=wording.growth(average))
    sheet.say(
        "gap_points",
        now=wording.percent(average),
        target=wording.percent(spec.bound),
        words=wording.distance(gap, "percentage_point"),
    )
    _rest(sheet, done, len(span))
    return sheet.close(_status(sheet, Decimal(len(done)) / len(span), is_final=is_final))


def _complete(sheet: Sheet, span: list[Period]) -> list[Fact]:
    """Growth of the leading years that have one."""
    found: list[Fact] = []
    for year in span:
        rate = sheet.facts.growth(year)
        if rate is None:
            break
        found.append(rate)
    return found


def _rest(sheet: Sheet, done: list[Fact], years: int) -> None:
    needed = growth.required_average_growth_pct(sheet.target.bound, years, [fact.value for fact in done])
    if needed is None:
        return
    sheet.put(required_growth_pct=needed)
    sheet.say("required_years", rest=str(years - len(done)), growth=wording.growth(needed))
    if sheet.target.direction is Direction.MORE:
        rest.put_best(sheet, _best_year(sheet), needed, "best_years")


def _best_year(sheet: Sheet) -> YearGrowth | None:
    first = min((p.year for p in (*sheet.facts.values, *sheet.facts.growths)), default=sheet.target.window.year)
    years = [Period.of_year(year) for year in range(first, sheet.target.window.end // 12)]
    rates = [YearGrowth(year.year, fact.value) for year in years if (fact := sheet.facts.growth(year)) is not None]
    return max(rates, key=lambda item: item.growth_pct, default=None)


def _status(sheet: Sheet, share: Decimal, *, is_final: bool) -> Status:
    spec, rate = sheet.target, sheet.values["growth_pct"]
    if spec.keeps(rate):
        return (
            settle(sheet, Status.ACHIEVED, "verdict_kept")
            if is_final
            else settle(sheet, Status.ON_TRACK, "verdict_keeps")
        )
    if spec.direction is Direction.LESS and is_final:
        return settle(sheet, Status.BREACHED, "verdict_over")
    missed = rate_missed(sheet, share)
    return graded(sheet, "growth_pp", -missed if spec.direction is Direction.LESS else missed, is_final=True)
