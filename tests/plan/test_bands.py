"""Bands and statuses are data: complete, dated, editable, and refused when wrong."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from kecho.kernel import dated
from kecho.kernel.errors import KechoError
from kecho.plan.assessment import Status, band_set, load_bands, looks
from kecho.plan.assessment.bands import packaged_bands, parse_bands

DAY = date(2025, 6, 1)
ONE_SET = """
[[set]]
code = "pace"
vi = "Riêng"
en = "Own"
valid_from = 2025-01-01
valid_to = 2026-01-01
flow_by = "pace"
profile = "linear"
most_years = 5
least_years = 3
excluded_years = [2020, 2021]
source = "nội quy"
verified = true
[set.pace]
on_track = 1
slightly_behind = 0.9
behind = 0.8
[set.growth_pp]
on_track = 0
slightly_behind = -1
behind = -2
[set.share_pp]
on_track = 0
slightly_behind = -1
behind = -2
[set.places]
on_track = 0
slightly_behind = -1
behind = -2
"""


@pytest.mark.parametrize(
    ("score", "status"),
    [
        ("1.2", "on_track"), ("1", "on_track"), ("0.9999", "slightly_behind"), ("0.95", "slightly_behind"),
        ("0.9499", "behind"), ("0.85", "behind"), ("0.8499", "far_behind"), ("-3", "far_behind"),
    ],
)  # fmt: skip
def test_pace_bands(score: str, status: str) -> None:
    assert band_set("pace", DAY).grade("pace", Decimal(score)) == status


@pytest.mark.parametrize(
    ("score", "status"),
    [
        ("0", "on_track"), ("-3", "on_track"), ("-3.1", "slightly_behind"), ("-8", "slightly_behind"),
        ("-15", "behind"), ("-15.1", "far_behind"),
    ],
)  # fmt: skip
def test_deviation_bands(score: str, status: str) -> None:
    assert band_set("deviation", DAY).grade("deviation_pp", Decimal(score)) == status


def test_packaged_sets_leave_no_gap_and_do_not_overlap() -> None:
    rows = [
        dated.Dated(s.code, s.valid_from, s.valid_to, s.source, is_verified=s.is_verified) for s in packaged_bands()
    ]
    assert dated.check(rows) == []


def test_a_place_can_bring_its_own_bands(tmp_path: Path) -> None:
    file = tmp_path / "bands.toml"
    assert load_bands(file) == packaged_bands()
    file.write_text(ONE_SET, "utf-8")
    own = band_set("pace", DAY, load_bands(file))
    assert own.grade("pace", Decimal("0.91")) is Status.SLIGHTLY_BEHIND
    assert own.excluded_years == {2020, 2021}
    assert own.name("en") == "Own"


@pytest.mark.parametrize("day", [date(2024, 12, 31), date(2026, 1, 1)])
def test_a_set_holds_from_its_first_day_to_the_day_before_its_last(day: date) -> None:
    sets = parse_bands(ONE_SET)
    inside = day + timedelta(days=1) if day.year == 2024 else day - timedelta(days=1)
    assert band_set("pace", inside, sets).code == "pace"
    with pytest.raises(KechoError) as caught:
        band_set("pace", day, sets)
    assert caught.value.code == "plan.unknown_band_set"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("behind = 0.8", "behind = 0.95"),  # thresholds must fall
        ("[set.places]", "[set.points]"),
        ('flow_by = "pace"', 'flow_by = "feeling"'),
        ('flow_by = "pace"', 'flow_by = "deviation"'),  # without its scale
        ('code = "pace"', "code = "),
        ("slightly_behind = 0.9", ""),
    ],
)
def test_wrong_bands_are_refused_with_a_code(old: str, new: str) -> None:
    with pytest.raises(KechoError) as caught:
        parse_bands(ONE_SET.replace(old, new, 1))
    assert caught.value.code == "plan.bad_bands"
    assert "bands.toml" in caught.value.text("en")


def test_every_status_has_words_icon_mark_and_colour() -> None:
    assert list(looks()) == list(Status)
    for status, look in looks().items():
        assert look.vi, status
        assert look.en, status
        assert look.icon, status
        assert look.mark, status
        assert look.meaning("vi") != look.meaning("en")
        assert look.colour.startswith("#")
    assert len({look.icon for look in looks().values()}) == len(Status)
    assert len({look.mark for look in looks().values()}) == len(Status)


@pytest.mark.parametrize("status", list(Status))
def test_colours_stand_out_on_white(status: Status) -> None:
    """At least 3:1, as WCAG 2.2 asks of graphics (1.4.11)."""
    channels = [int(status.look.colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    assert 1.05 / (luminance + 0.05) >= 3


def test_a_finished_year_is_missed_and_not_slow() -> None:
    assert (Status.BEHIND.word("vi"), Status.BEHIND.word("vi", is_final=True)) == ("Chậm", "Chưa đạt")
    assert (Status.BEHIND.word("en"), Status.BEHIND.word("en", is_final=True)) == ("Behind", "Not reached")
    assert Status.ACHIEVED.word("en", is_final=True) == "Achieved"
