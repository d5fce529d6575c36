"""Monthly figures as known on a day: levels, years to date, rates chained into levels, families that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from kecho.kernel.errors import KechoError
from kecho.kernel.periods import Period
from kecho.observatory.queries import SeriesKey
from kecho.outlook.families import family
from kecho.outlook.gathering import Basis, known

from .makers import EXPORTS, levels, release, seasonal, store

pytestmark = pytest.mark.django_db


def ask(as_of: str = "", breakdown: str = "") -> object:
    return known("export_turnover", "VN-HN", breakdown, date.fromisoformat(as_of) if as_of else None)


def test_levels_are_taken_as_published() -> None:
    store(EXPORTS, levels("2022-01", 24), release("2024-01-06"))
    found = known("export_turnover", "VN-HN")
    assert (found.basis, found.unit, found.count) == (Basis.PUBLISHED, "million_usd", 24)
    assert (found.first.code, found.last.code) == ("2022-01", "2023-12")
    assert not found.scaled


def test_only_what_was_published_by_then_is_seen() -> None:
    store(EXPORTS, levels("2022-01", 12), release("2023-01-06"))
    store(EXPORTS, levels("2023-01", 1), release("2023-02-06"))
    assert known("export_turnover", "VN-HN", as_of=date(2023, 2, 5)).last.code == "2022-12"
    assert known("export_turnover", "VN-HN", as_of=date(2023, 2, 6)).last.code == "2023-01"


def test_months_are_made_to_add_up_to_the_latest_year_to_date() -> None:
    store(EXPORTS, levels("2022-01", 12), release("2023-01-06"))
    total = sum(levels("2022-01", 12).values()) * Decimal("1.02")
    store(EXPORTS, {Period.of_year(2022): total}, release("2023-06-06"))
    found = known("export_turnover", "VN-HN")
    assert round(found.most_scaled_pct, 6) == 2
    assert abs(found.total(2022 * 12, 2023 * 12) - float(total)) < 1e-6


def test_a_year_far_off_its_months_is_left_alone() -> None:
    store(EXPORTS, levels("2022-01", 12), release("2023-01-06"))
    store(EXPORTS, {Period.of_year(2022): Decimal(1)}, release("2023-06-06"))
    assert not known("export_turnover", "VN-HN").scaled


def test_last_year_is_put_on_the_footing_of_published_growth() -> None:
    """Levels say +10 %, the office says +5 %: last year was revised upwards without being published anew."""
    now = {Period.of_month(2024, m): Decimal(110) for m in (1, 2)}
    before = {Period.of_month(2023, m): Decimal(100) for m in range(1, 13)}
    store(EXPORTS, before | now, release("2024-03-06"))
    store(
        replace(EXPORTS, measure="index_py"), {Period.ytd(2024, 2): Decimal(105)}, release("2024-03-06"), unit="percent"
    )
    found = known("export_turnover", "VN-HN")
    assert round(found.link_factor, 6) == Decimal("1.047619")
    assert round(sum(found.linked_to(2024).known(2023 * 12, 2024 * 12)), 3) == 1257.143
    assert found.linked_to(2023) is found.months


def test_last_year_to_date_and_its_rest_are_those_of_the_assessment() -> None:
    """January and February were published as 190, the year as 1,230: the other ten months share 1,040."""
    now = {Period.of_month(2024, m): Decimal(110) for m in (1, 2)}
    before = {Period.of_month(2023, m): Decimal(100) for m in range(1, 13)}
    whole = {Period.ytd(2023, 2): Decimal(190), Period.of_year(2023): Decimal(1230)}
    store(EXPORTS, now | before | whole, release("2024-03-06"))
    found = known("export_turnover", "VN-HN").linked_to(2024)
    assert round(sum(found.known(2023 * 12, 2023 * 12 + 2)), 6) == 190
    assert round(sum(found.known(2023 * 12 + 2, 2024 * 12)), 6) == 1040


def test_rates_alone_make_an_index() -> None:
    key = SeriesKey("iip", "", "VN-HN", "index_py")
    on_year = {m: Decimal("105") for m in levels("2022-01", 24)}
    on_month = {
        m: Decimal(f"{100 * seasonal(m.start, 0) / seasonal(m.start - 1, 0):.3f}") for m in levels("2021-02", 11)
    }
    store(key, on_year, release("2024-01-06"), unit="percent")
    store(replace(key, measure="index_pp"), on_month, release("2024-01-06"), unit="percent")
    found = known("iip", "VN-HN")
    assert (found.basis, found.unit, found.first.code, found.last.code) == (
        Basis.CHAINED,
        "index",
        "2021-01",
        "2023-12",
    )
    assert round(found.total(2023 * 12, 2024 * 12) / found.total(2022 * 12, 2023 * 12), 9) == 1.05
    assert round(found.total(2021 * 12, 2022 * 12), 9) == 100


def test_no_month_no_outlook() -> None:
    store(EXPORTS, {Period.of_year(2023): Decimal(9)}, release("2024-01-06"))
    with pytest.raises(KechoError) as raised:
        known("export_turnover", "VN-HN")
    assert raised.value.code == "outlook.no_months"
    with pytest.raises(KechoError) as raised:
        family("no_such_thing", "VN-HN")
    assert raised.value.code == "observatory.unknown_indicator"


def test_a_family_holds_the_sums_whose_every_member_is_up_to_date() -> None:
    of = release("2024-01-06")
    for part, count in (("", 24), ("domestic", 24), ("fdi", 24), ("fdi/crude_oil", 20), ("fdi/other", 24)):
        store(replace(EXPORTS, breakdown=part), levels("2022-01", count), of)
    found = family("export_turnover", "VN-HN", "domestic")
    assert found.sums == (("", ("domestic", "fdi")),)
    assert found.known.key.breakdown == "domestic"
    alone = family("export_turnover", "VN-HN", "fdi/other")
    assert (alone.sums, list(alone.members)) == ((), ["fdi/other"])


def test_a_fingerprint_changes_with_any_figure_of_the_family() -> None:
    of = release("2024-01-06")
    for part in ("", "domestic", "fdi"):
        store(replace(EXPORTS, breakdown=part), levels("2022-01", 24), of)
    before = family("export_turnover", "VN-HN").fingerprint
    assert family("export_turnover", "VN-HN").fingerprint == before
    store(replace(EXPORTS, breakdown="fdi"), {Period.of_month(2022, 3): Decimal(1)}, release("2024-02-06"))
    assert family("export_turnover", "VN-HN").fingerprint != before
    assert family("export_turnover", "VN-HN", as_of=date(2024, 2, 5)).fingerprint == before


def test_new_borders_among_the_months_are_said() -> None:
    """Levels of a province that took in others in 2025 differ in kind before and behind."""
    place = "VN-HP"
    store(replace(EXPORTS, locality=place), levels("2021-01", 60), release("2026-01-06"))
    found = known("export_turnover", place)
    assert [one.short("en") for one in found.breaks] == ["new borders"]
    store(EXPORTS, levels("2021-01", 20), release("2026-01-06"))
    assert not known("export_turnover", "VN-HN").breaks
