"""Tariff-rate quotas held as data, and what a shipment across a balance pays."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kecho.analytics.duties import quota_duty
from kecho.market_access.quotas import of, quotas


@pytest.mark.parametrize(
    ("code", "tonnes"),
    [
        ("10063021", [30_000, 30_000]),
        ("100620", [20_000, 30_000]),
        ("16041411", [11_500]),
        ("07032000", [400]),
        ("64039111", []),
    ],
)
def test_goods_under_a_quota(code: str, tonnes: list[int]) -> None:
    assert [one.tonnes for one in of("EU", code)] == tonnes


def test_every_quota_has_codes_and_both_names() -> None:
    assert len(quotas()) == 14
    assert all(one.codes and one.vi and one.en and one.source and one.tonnes > 0 for one in quotas())
    assert of("JP", "10063021") == ()


@pytest.mark.parametrize(("balance", "average"), [(40, 0), (30, "43.75"), (0, 175), (-5, 175)])
def test_a_shipment_across_the_balance(balance: int, average: str | int) -> None:
    assert quota_duty(Fraction(0), Fraction(175), Fraction(balance), Fraction(40)) == Fraction(average)
