"""What the remaining months must bring: the growth they need, beside the best that these months ever showed.

A base year that the office revised is taken on the footing of its published growth, so that no figure here compares two
vintages.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from kecho.analytics import growth
from kecho.kernel.periods import Period
from kecho.plan.assessment import wording
from kecho.plan.assessment.facts import Fact, Facts
from kecho.plan.assessment.result import Sheet
from kecho.plan.assessment.target import Direction

YEAR = 12
LINK_WORTH_SAYING = Decimal("0.0005")  # half a tenth of a percent: below it the printed growth would not change


def put_required(sheet: Sheet, done: Fact, plan: Decimal) -> None:
    """Growth that the remaining months must (or, where less is better, may) show, beside the best they ever showed."""
    window, facts = sheet.target.window, sheet.facts
    base, base_done = facts.total(window.year_before), facts.total(done.period.year_before)
    if done.period == window or window.length > YEAR or base is None or base_done is None or done.value >= plan:
        return
    year_before, same_months = linked(sheet, base.value, done), linked(sheet, base_done.value, done)
    needed = growth.required_growth_pct(plan, done.value, year_before, same_months)
    if needed is None:
        return
    sheet.use(base, base_done)
    unit = sheet.facts.unit or sheet.target.unit
    is_limit = sheet.target.direction is Direction.LESS
    sheet.put(required_growth_pct=needed)
    line = "required_room" if is_limit else "required_slack" if needed < 0 else "required"
    sheet.say(
        line,
        growth=wording.growth(needed),
        rate=wording.percent(abs(needed)),
        plan=wording.amount(plan, unit),
        done=wording.amount(done.value, unit),
        base=wording.amount(year_before, unit),
        base_done=wording.amount(same_months, unit),
    )
    if not is_limit:
        put_best(sheet, best_of_rest(facts, replace(window, start=done.period.end)), needed)


def linked(sheet: Sheet, level: Decimal, done: Fact) -> Decimal:
    """A level of the year before, on the footing that the published growth of ``done`` implies.

    When the office revises last year without publishing its new levels, published growth and the old levels contradict
    each other. The old levels are then multiplied by one link factor, ``done / (1 + g) / old``, and a line says so
    where the factor differs from 1 by more than ``LINK_WORTH_SAYING``.
    """
    pair, base = sheet.facts.with_implied_base(done.period), sheet.facts.total(done.period.year_before)
    if pair is None or base is None or base.value <= 0:
        return level
    implied = pair[1]
    factor = implied / base.value
    if abs(factor - 1) > LINK_WORTH_SAYING and "linked" not in {line.id for line in sheet.lines}:
        unit = sheet.facts.unit or sheet.target.unit
        sheet.say(
            "linked",
            done=wording.amount(done.value, unit),
            rate=wording.percent(sheet.facts.growths[done.period].value),
            implied=wording.amount(implied, unit),
            old=wording.amount(base.value, unit),
            factor=wording.number(factor, 4),
        )
    return level * factor


def best_of_rest(facts: Facts, rest: Period) -> growth.YearGrowth | None:
    """The best growth that these months ever showed in earlier years."""
    first = min((period.start for period in facts.values), default=rest.start)
    pairs = []
    span = rest.year_before
    while span.year_before.start >= first:
        if (pair := _rest_and_base(facts, span)) is not None:
            pairs.append((span.year, *pair))
        span = span.year_before
    return growth.best_growth(pairs)


def _rest_and_base(facts: Facts, rest: Period) -> tuple[Decimal, Decimal] | None:
    """The level of the last months of a year and of the same months of the year before.

    Where growth was published for the year to the end of these months and to their start, both levels are the
    differences of those, on the footing of that year: a base revised in the meantime would make a record of the
    revision. Else the levels are as published.
    """
    january = rest.start - rest.start % YEAR
    if rest.start > january:
        upto = facts.with_implied_base(replace(rest, start=january))
        until = facts.with_implied_base(Period(january, rest.start, rest.calendar))
        if upto is not None and until is not None:
            return upto[0] - until[0], upto[1] - until[1]
    now, base = facts.total(rest), facts.total(rest.year_before)
    return (now.value, base.value) if now is not None and base is not None else None


def put_best(sheet: Sheet, best: growth.YearGrowth | None, needed: Decimal, line: str = "best") -> None:
    """The best growth on record, and whether more than that is needed."""
    if best is None:
        return
    sheet.put(best_growth_pct=best.growth_pct, best_growth_year=best.year)
    sheet.say(line, growth=wording.growth(best.growth_pct), year=str(best.year))
    if needed > best.growth_pct:
        sheet.say("beyond_best")
