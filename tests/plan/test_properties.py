"""What must hold for any figures: more is never worse, shifting changes nothing, one number has two wordings."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics import growth
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.plan.assessment import Assessment, Basis, Direction, Fact, Facts, Form, Status, TargetSpec, assess, band_set
from kecho.plan.assessment.wording import percent_of_plan_text

amounts = st.decimals(min_value="-50", max_value="500", places=1)
positive = st.decimals(min_value="1", max_value="500", places=1)
rates = st.decimals(min_value="-30", max_value="30", places=1)
months = st.integers(1, 12)
sets = st.sampled_from(["pace", "deviation"])
TODAY = date(2025, 2, 1)


def months_of(year: int, values: list[Decimal]) -> dict[Period, Fact]:
    return {
        Period.of_month(year, month): Fact(Period.of_month(year, month), value, Stage.ESTIMATE, (year * 100 + month,))
        for month, value in enumerate(values, 1)
    }


def plan(form: Form, low: Decimal | None, high: Decimal | None, **more: object) -> TargetSpec:
    fields = {"measure": Measure.LEVEL, "basis": Basis.FLOW, "window": Period.of_year(2024), "unit": "product"}
    return TargetSpec(code="t", indicator="x", form=form, low=low, high=high, **{**fields, **more})


def run(target: TargetSpec, facts: Facts, bands: str = "pace") -> Assessment:
    return assess(target, facts, TODAY, band_set(bands, TODAY))


@given(st.lists(amounts, min_size=1, max_size=12), positive, st.booleans(), sets, positive)
def test_more_is_never_worse_where_more_is_better(
    values: list[Decimal], more: Decimal, strict: bool, bands: str, bound: Decimal
) -> None:
    target = plan(Form.FLOOR, bound, None, is_strict=strict)
    less_done = run(target, Facts(months_of(2024, values), unit="product"), bands)
    more_done = run(target, Facts(months_of(2024, [*values[:-1], values[-1] + more]), unit="product"), bands)
    assert more_done.status.rank <= less_done.status.rank


@given(st.lists(positive, min_size=1, max_size=12), positive, sets, st.decimals("-100", "500", places=0))
def test_more_is_never_better_where_less_is_better(
    values: list[Decimal], more: Decimal, bands: str, bound: Decimal
) -> None:
    target = plan(Form.CEILING, None, bound, direction=Direction.LESS)
    less_done = run(target, Facts(months_of(2024, values), unit="product"), bands)
    more_done = run(target, Facts(months_of(2024, [*values[:-1], values[-1] + more]), unit="product"), bands)
    assert more_done.status.rank >= less_done.status.rank


@given(st.lists(positive, min_size=12, max_size=12), st.lists(positive, min_size=1, max_size=12), positive, rates)
def test_more_growth_is_never_worse(base: list[Decimal], values: list[Decimal], more: Decimal, wanted: Decimal) -> None:
    target = plan(Form.POINT, wanted, wanted, measure=Measure.GROWTH, basis=Basis.YEAR_ON_YEAR, unit="percent")
    slow = run(target, Facts(months_of(2023, base) | months_of(2024, values), unit="million_usd"))
    fast_values = [*values[:-1], values[-1] + more]
    fast = run(target, Facts(months_of(2023, base) | months_of(2024, fast_values), unit="million_usd"))
    assert fast.status.rank <= slow.status.rank
    assert fast.gap_pp > slow.gap_pp


@given(st.decimals("0", "100", places=1), st.decimals("0", "100", places=1), st.decimals("0", "100", places=1), months)
def test_a_higher_share_is_never_worse(start: Decimal, now: Decimal, more: Decimal, month: int) -> None:
    target = plan(Form.FULL_RATE, Decimal(100), None, measure=Measure.SHARE, basis=Basis.STOCK, unit="percent")

    def at(value: Decimal) -> Assessment:
        periods = {Period.of_month(2023, 12): start, Period.of_month(2024, month): value}
        return run(target, Facts({period: Fact(period, share) for period, share in periods.items()}, unit="percent"))

    assert at(min(now + more, Decimal(100))).status.rank <= at(now).status.rank


@given(st.lists(positive, min_size=1, max_size=12), positive, st.integers(-10, 10), sets)
def test_shifting_plan_figures_and_day_by_years_changes_nothing(
    values: list[Decimal], bound: Decimal, years: int, bands: str
) -> None:
    target = plan(Form.POINT, bound, bound)
    here = run(target, Facts(months_of(2024, values), unit="product"), bands)
    moved = replace(target, window=target.window.shift(years=years))
    day = TODAY.replace(year=TODAY.year + years)
    there = assess(moved, Facts(months_of(2024 + years, values), unit="product"), day, band_set(bands, day))
    for name in ("status", "percent_of_plan", "pace", "expected_share", "gap", "is_final", "reason"):
        assert getattr(here, name) == getattr(there, name)


@given(st.lists(positive, min_size=1, max_size=12), positive, st.sampled_from([Decimal(10), Decimal(1000)]))
def test_the_unit_does_not_matter(values: list[Decimal], bound: Decimal, factor: Decimal) -> None:
    small = run(plan(Form.POINT, bound, bound), Facts(months_of(2024, values), unit="product"))
    large_values = [value * factor for value in values]
    large = run(plan(Form.POINT, bound * factor, bound * factor), Facts(months_of(2024, large_values), unit="product"))
    assert small.status is large.status
    assert small.percent_of_plan == large.percent_of_plan


@given(st.lists(positive, min_size=12, max_size=12), st.lists(positive, min_size=1, max_size=11), positive)
def test_required_growth_leads_to_the_plan(base: list[Decimal], values: list[Decimal], bound: Decimal) -> None:
    found = run(plan(Form.POINT, bound, bound), Facts(months_of(2023, base) | months_of(2024, values), unit="product"))
    if found.required_growth_pct is not None:
        rest = growth.implied_level(sum(base[len(values) :], Decimal(0)), found.required_growth_pct)
        assert abs(sum(values, Decimal(0)) + rest - bound) < Decimal("1e-12")


@given(st.lists(positive, min_size=1, max_size=12), months)
def test_a_total_is_the_same_from_months_and_from_years_to_date(values: list[Decimal], upto: int) -> None:
    monthly = Facts(months_of(2024, values))
    to_date = {}
    for month, total in enumerate(growth.cumulate(values), 1):
        period = Period.ytd(2024, month)
        to_date[period] = Fact(period, total)
    cumulated = Facts(to_date)
    last = Period.of_month(2024, min(upto, len(values)))
    for window in (last, Period.ytd(2024, last.month)):
        assert monthly.total(window).value == cumulated.total(window).value


@given(st.decimals("0", "1000", places=4))
def test_percent_and_excess_are_two_wordings_of_one_number(percent: Decimal) -> None:
    of_plan = percent_of_plan_text(percent, "en", "of_plan")
    excess = percent_of_plan_text(percent, "en", "excess")
    whole = Decimal(of_plan.split("%")[0].replace(",", ""))
    if whole == 100:
        assert excess == of_plan
    else:
        difference = Decimal(excess.split("%")[0].replace(",", ""))
        assert difference == abs(whole - 100)
        assert ("above" in excess) is (whole > 100)


@given(st.lists(amounts, max_size=12), st.lists(rates, max_size=12), st.sampled_from(list(Direction)))
def test_nothing_is_ever_raised(values: list[Decimal], growths: list[Decimal], direction: Direction) -> None:
    facts = Facts(months_of(2024, values), months_of(2024, growths), unit="product")
    for measure, basis in [
        (Measure.LEVEL, Basis.FLOW),
        (Measure.LEVEL, Basis.STOCK),
        (Measure.SHARE, Basis.FLOW),
        (Measure.SHARE, Basis.STOCK),
        (Measure.GROWTH, Basis.YEAR_ON_YEAR),
        (Measure.GROWTH, Basis.PERIOD_AVERAGE),
        (Measure.GROWTH, Basis.SINCE_DECEMBER),
    ]:
        unit = "product" if measure is Measure.LEVEL else "percent"
        target = plan(Form.RANGE, Decimal(0), Decimal(9), measure=measure, basis=basis, unit=unit, direction=direction)
        for bands in ("pace", "deviation"):
            found = run(target, facts, bands)
            assert found.status in Status
            assert found.why("vi")
            assert found.why("en")
