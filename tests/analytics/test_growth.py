"""Properties of growth, cumulation and contribution."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics import growth

level = st.decimals(min_value="0.01", max_value="1000000", places=2)
rate = st.decimals(min_value="-50", max_value="100", places=2)
TINY = Decimal("1e-15")


@given(level, rate)
def test_growth_of_the_implied_level_is_the_growth(base: Decimal, g: Decimal) -> None:
    assert abs(growth.growth_pct(growth.implied_level(base, g), base) - g) < TINY


@given(rate)
def test_index_there_and_back(g: Decimal) -> None:
    assert growth.from_index(growth.to_index(g)) == g


@given(st.lists(level | st.none(), max_size=12))
def test_difference_undoes_cumulation_up_to_the_first_hole(monthly: list[Decimal | None]) -> None:
    back = growth.difference(growth.cumulate(monthly))
    hole = monthly.index(None) if None in monthly else len(monthly)
    assert back[:hole] == monthly[:hole]
    assert all(value is None for value in back[hole:])


@given(st.lists(st.tuples(level, level), min_size=1, max_size=8))
def test_contributions_add_up_to_growth(parts: list[tuple[Decimal, Decimal]]) -> None:
    now, base = (sum(side, Decimal(0)) for side in zip(*parts, strict=True))
    contributions = sum(growth.contribution_pp(n, b, base) for n, b in parts)
    assert abs(contributions - growth.growth_pct(now, base)) < TINY


@given(st.lists(rate, min_size=1, max_size=6))
def test_average_growth_repeated_gives_the_same_product(rates: list[Decimal]) -> None:
    average = growth.average_growth_pct(rates)
    product = Decimal(1)
    for g in rates:
        product *= 1 + g / 100
    assert abs((1 + average / 100) ** len(rates) - product) < Decimal("1e-12") * max(product, 1)


@given(st.lists(rate, min_size=1, max_size=4), rate)
def test_required_average_growth_reaches_the_target(rates: list[Decimal], target: Decimal) -> None:
    years = len(rates) + 2
    needed = growth.required_average_growth_pct(target, years, rates)
    assert abs(growth.average_growth_pct([*rates, needed, needed]) - target) < Decimal("1e-12")


@given(level, level, level, level)
def test_required_growth_reaches_the_plan(done: Decimal, rest: Decimal, base_done: Decimal, base_rest: Decimal) -> None:
    plan = done + rest
    needed = growth.required_growth_pct(plan, done, base_done + base_rest, base_done)
    assert abs(done + growth.implied_level(base_rest, needed) - plan) < Decimal("1e-12") * plan


def test_a_fall_to_nothing_has_no_mean_rate() -> None:
    assert growth.average_growth_pct([Decimal(-100), Decimal(5)]) is None
    assert growth.average_growth_pct([]) is None
    assert growth.required_average_growth_pct(Decimal(8), 3, [Decimal(-100)]) is None
    assert growth.required_average_growth_pct(Decimal(8), 1, [Decimal(8)]) is None


def test_best_growth_names_its_year() -> None:
    history = [(2022, Decimal(11), Decimal(10)), (2023, Decimal(15), Decimal(10)), (2024, Decimal(1), Decimal(0))]
    assert growth.best_growth(history) == growth.YearGrowth(2023, Decimal(50))
    assert growth.best_growth([(2024, Decimal(1), Decimal(0))]) is None
