"""Duties by weight as percent, by either UNCTAD method. The measure that gives the weight duty is fictional."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from kecho.kernel.errors import KechoError
from kecho.people.actors import Actor
from tests.market_access.test_commands import run
from tests.market_access.test_measures import DUMPED, load

pytestmark = pytest.mark.django_db
ASKED = ("69111000", "--to", "EU", "--on", "2022-06-01", "--value", "10000", "--format", "json")


@pytest.fixture
def by_weight(sample: None, officer: Actor) -> None:
    """6 % by EVFTA, 12 % MFN, each with 175 EUR a tonne on top."""
    load(officer, DUMPED.replace("15 %", "175 EUR/t"))


@pytest.mark.parametrize(
    ("method", "prices", "percent", "name"),
    [
        ("1", ["line:0.7", "reference:0.875"], "31", "UNCTAD 1: line"),
        ("1", ["market:0.5", "reference:0.875"], "41", "UNCTAD 1: market HS6"),
        ("1", ["reference:0.875"], "26", "UNCTAD 1: reference HS6"),
        ("2", ["line:0.7", "reference:0.875"], "26", "UNCTAD 2: reference HS6"),
    ],
)
def test_the_method_is_chosen_and_named(
    by_weight: None, method: str, prices: list[str], percent: str, name: str
) -> None:
    words = [word for price in prices for word in ("--price", price)]
    told = json.loads(run("duty", *ASKED, "--equivalent", method, *words))[0]["offers"]
    evfta = next(one for one in told if one["agreement"] == "EVFTA")
    assert evfta["margin_points"] == "6"  # the additional duty is on both
    assert (evfta["equivalent_percent"], evfta["equivalent_method"]) == (percent, name)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--equivalent", "2", "--price", "line:0.7"), "analytics.duty_needs_price"),
        (("--equivalent", "3"), "market_access.unknown_method"),
        (("--equivalent", "1", "--price", "world:1"), "market_access.unknown_method"),
        (("--equivalent", "1", "--price", "line:0"), "market_access.bad_amount"),
    ],
)
def test_refusals(by_weight: None, words: tuple[str, ...], code: str) -> None:
    with pytest.raises(KechoError) as caught:
        run("duty", *ASKED, *words)
    assert caught.value.code == code


def test_a_price_of_another_unit_gives_no_equivalent(by_weight: None) -> None:
    words = ("--equivalent", "1", "--price", "line:9", "--price-unit", "pair")
    assert {one["equivalent_percent"] for one in json.loads(run("duty", *ASKED, *words))[0]["offers"]} == {None}


def test_on_the_page_and_over_the_api(by_weight: None, client: Client) -> None:
    asked = "code=69111000&to=EU&on=2022-06-01&value=10000&equivalent=2&price_reference=0,875"
    assert "≈ 26,0% (UNCTAD 2: reference HS6)" in client.get(f"/thue-quan/?{asked}").content.decode()
    assert client.get(f"/api/v1/duty?{asked}").json()[0]["offers"][0]["equivalent_method"] == "UNCTAD 2: reference HS6"
    assert "UNCTAD 2" in client.get("/en/duty/?code=69111000&to=EU").content.decode()
