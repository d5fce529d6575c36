"""Printed figures against each other: what rounding allows and what it does not."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.analytics.intervals import (
    Interval,
    accepts_share,
    exact,
    growth_interval,
    printed,
    printed_decimals,
    share_interval,
    sum_interval,
)

positive = st.decimals(min_value="1", max_value="1000000", places=6)


@pytest.mark.parametrize(
    ("part", "total", "share", "accepted"),
    [
        ("4.2", "7.1", "58.6", True),  # article A3, Hà Nội, five months of 2024
        ("4.2", "7.1", "59.2", True),  # what dividing the printed figures gives
        ("4.2", "7.1", "61.0", False),
        ("280", "544", "51.5", True),  # OCOP products of 2023 by group
        ("16", "544", "2.9", True),
        ("61", "544", "11.2", True),
        ("61", "544", "12.2", False),
    ],
)
def test_printed_shares(part: str, total: str, share: str, accepted: bool) -> None:
    assert accepts_share(printed(Decimal(part)), printed(Decimal(total)), printed(Decimal(share))) is accepted


def test_a_total_within_rounding_of_its_parts() -> None:
    parts = sum_interval([printed(Decimal("4.2")), printed(Decimal("2.9"))])
    assert parts.meets(printed(Decimal("7.1")))
    assert not parts.meets(printed(Decimal("7.4")))
    assert parts.gap_to(printed(Decimal("7.4"))) == Decimal("0.15")
    assert parts.gap_to(printed(Decimal("6.8"))) == Decimal("-0.15")


def test_counts_are_exact() -> None:
    parts = sum_interval(exact(Decimal(n)) for n in (6, 12, 1473, 1220))
    assert parts == exact(Decimal(2711))


def test_nothing_can_be_said_about_a_share_of_nothing() -> None:
    assert share_interval(printed(Decimal(1)), printed(Decimal(0))) is None
    assert share_interval(printed(Decimal(-5)), printed(Decimal(10))) is None
    assert growth_interval(printed(Decimal(1)), printed(Decimal(0))) is None
    assert not accepts_share(printed(Decimal(1)), printed(Decimal(0)), printed(Decimal(10)))


def test_an_interval_runs_upwards() -> None:
    with pytest.raises(ValueError, match="upwards"):
        Interval(Decimal(2), Decimal(1))


@given(positive, positive, st.integers(0, 3))
def test_rounding_never_makes_a_true_share_impossible(part: Decimal, rest: Decimal, decimals: int) -> None:
    total = part + rest
    figures = [printed(round(x, decimals), decimals) for x in (part, total, part / total * 100)]
    if figures[1].low > 0 and figures[0].low >= 0:
        assert accepts_share(*figures)


@given(positive, positive, st.integers(0, 3))
def test_rounding_never_makes_a_true_growth_impossible(now: Decimal, base: Decimal, decimals: int) -> None:
    possible = growth_interval(printed(round(now, decimals), decimals), printed(round(base, decimals), decimals))
    assert (now / base - 1) * 100 in possible


@given(st.integers(-10_000, 10_000), st.integers(0, 4))
def test_decimals_as_written(units: int, decimals: int) -> None:
    value = Decimal(units).scaleb(-decimals)
    assert printed_decimals(value) == decimals
    assert value in printed(value)
