"""The checks, one table a rule: figures that agree within rounding pass, others are named."""

from decimal import Decimal

import pytest

from kecho.observatory import rules
from kecho.observatory.rules import Figure


def figure(text: str, decimals: int | None = None) -> Figure:
    return Figure(Decimal(text), decimals)


SUMS = [
    # whole, parts, printed decimals, passes
    ("7.1", ["4.2", "2.9"], 1, True),
    ("7.1", ["4.2", "3.0"], 1, True),  # each may be half a tenth off: 7.05 to 7.35 meets 7.05 to 7.15
    ("7.1", ["4.2", "3.1"], 1, False),
    ("31109.320468", ["8388.0", "22720.642807"], 0, True),
    ("31109.320468", ["8288.0", "22720.642807"], 0, False),
    ("100", ["50", "50"], 2, True),
]


@pytest.mark.parametrize(("whole", "parts", "decimals", "passes"), SUMS)
def test_parts_make_total(whole: str, parts: list[str], decimals: int, passes: bool):
    verdict = rules.parts_make_total(figure(whole, decimals), [figure(part, decimals) for part in parts])
    assert (verdict is None) is passes


def test_a_verdict_names_its_numbers_and_figures():
    whole, parts = figure("7.1", 1), [figure("4.2", 1), figure("3.1", 1)]
    verdict = rules.parts_make_total(whole, parts)
    assert verdict is not None
    assert verdict.facts == {"parts": "7.3", "whole": "7.1", "gap": "-0.2"}
    assert verdict.figures == (whole, *parts)
    facts = {"label_vi": "Xuất khẩu", "label_en": "Exports", "period": "2024-01/2024-05", **verdict.facts}
    assert rules.sentence("parts_make_total", facts, "vi") == (
        "Xuất khẩu, 5 tháng đầu năm 2024: các thành phần cộng lại là 7,3, tổng được công bố là 7,1, "
        "lệch -0,2 ngoài mức làm tròn."
    )
    assert rules.sentence("parts_make_total", facts, "en").startswith("Exports, first five months of 2024: ")


MONTHS = [
    # month, year to date, before, one file, rule
    ("31109", "64268", "33159", True, None),
    ("31109", "64268", "33150", True, "month_from_cumulative"),
    ("31109", "64268", "33150", False, "implied_revision"),
    ("1", "555", "700", False, "month_from_cumulative"),
]


@pytest.mark.parametrize(("month", "cumulative", "before", "is_one_file", "rule"), MONTHS)
def test_month_from_cumulative(month: str, cumulative: str, before: str, is_one_file: bool, rule: str | None):
    figures = [figure(text, 0) for text in (month, cumulative, before)]
    verdict = rules.month_from_cumulative(*figures, is_one_file=is_one_file)
    assert (verdict.rule if verdict else None) == rule


GROWTH = [
    # index, now, base, one file, rule
    ("125.7", "31109", "24755", False, None),
    ("117.17", "117.17", "100.0", True, None),
    ("17.17", "117.17", "100.0", False, "growth_from_levels"),  # a growth rate under an index heading
    ("120.0", "110", "100", False, "growth_on_revised_base"),
    ("120.0", "110", "100", True, "growth_from_levels"),
    ("98.5", "35546.5", "36.1", False, "growth_from_levels"),  # trillion where billion was meant
    ("100.0", "5", "0", True, None),  # no growth from nothing
]


@pytest.mark.parametrize(("index", "now", "base", "is_one_file", "rule"), GROWTH)
def test_growth_from_levels(index: str, now: str, base: str, is_one_file: bool, rule: str | None):
    verdict = rules.growth_from_levels(figure(index), figure(now), figure(base), is_one_file=is_one_file)
    assert (verdict.rule if verdict else None) == rule


def test_the_published_share_of_58_6_percent_is_accepted_within_rounding():
    assert rules.share_from_levels(figure("58.6"), figure("4.2"), figure("7.1")) is None
    assert rules.share_from_levels(figure("62.0"), figure("4.2"), figure("7.1")) is not None


def test_shares_make_hundred():
    assert rules.shares_make_hundred([figure("33.3"), figure("33.3"), figure("33.3")]) is None
    verdict = rules.shares_make_hundred([figure("33.3"), figure("33.3"), figure("32.3")])
    assert verdict is not None
    assert verdict.facts == {"total": "98.9"}


JUMPS = [("40143.8", "37.6", True), ("41.2", "37.6", False), ("0.037", "37.6", True), ("900", "0.1", False)]


@pytest.mark.parametrize(("now", "before", "is_jump"), JUMPS)
def test_unit_jump(now: str, before: str, is_jump: bool):
    assert (rules.unit_jump(figure(now), figure(before, 1)) is not None) is is_jump


@pytest.mark.parametrize("rule", rules.all_rules().values(), ids=lambda rule: rule.id)
def test_every_rule_speaks_both_languages_with_the_same_facts(rule: rules.Rule):
    assert rule.severity in ("error", "warning", "note")
    names = {text: {part.split("}")[0] for part in text.split("{")[1:]} for text in (rule.vi, rule.en)}
    assert names[rule.vi] == names[rule.en]
    assert rule.vi != rule.en
