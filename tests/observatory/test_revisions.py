"""Notes about one revision of a whole table become one; contradictions and totals keep a finding of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kecho.kernel.periods import Period
from kecho.observatory import revisions, rules
from kecho.observatory.queries import SeriesKey
from kecho.observatory.rules import Figure, Verdict

PERIOD = Period.parse("2025-01/2025-02")


def key(breakdown: str, indicator: str = "export_turnover") -> SeriesKey:
    return SeriesKey(indicator, breakdown, "VN", "index_py")


def on_revised_base(published: str, now: str, base: str) -> Verdict:
    figures = (Figure(Decimal(text)) for text in (published, now, base))
    verdict = rules.growth_from_levels(*figures, is_one_file=False)
    assert verdict is not None
    return verdict


def test_the_parts_of_a_table_are_one_note_that_names_the_largest():
    found = [
        ((key("coffee"), PERIOD), on_revised_base("110.00", "121.00", "105.00")),  # 105 -> 110
        ((key("tea"), PERIOD), on_revised_base("100.00", "12.00", "16.00")),  # 16 -> 12: the most
        ((key("rice"), PERIOD), on_revised_base("100.00", "99.00", "101.00")),
    ]
    ((slot, verdict),) = revisions.gather(found)
    assert slot == (key("tea"), PERIOD)
    assert verdict.rule == "revised_bases"
    assert {name: Decimal(verdict.facts[name]) for name in ("said", "implied", "count")} == {
        "said": Decimal(16),
        "implied": Decimal(12),
        "count": Decimal(3),
    }
    largest = found[1][1].figures
    assert verdict.figures[: len(largest)] == largest
    assert [figure.role for figure in verdict.figures[len(largest) :]] == ["also", "also"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(key(""), key("tea"), id="a total keeps its own"),
        pytest.param(key("tea"), key("tea", "import_turnover"), id="two tables"),
    ],
)
def test_what_is_kept_apart(first: SeriesKey, second: SeriesKey):
    found = [((one, PERIOD), on_revised_base("100.00", "12.00", "16.00")) for one in (first, second)]
    assert revisions.gather(found) == found


def test_another_period_is_kept_apart():
    verdict = on_revised_base("100.00", "12.00", "16.00")
    found = [((key("tea"), Period.parse(code)), verdict) for code in ("2025-02", "2025-01/2025-02")]
    assert revisions.gather(found) == found


def test_contradictions_are_never_gathered():
    figures = (Figure(Decimal(text)) for text in ("300.00", "12.00", "16.00"))
    verdict = rules.growth_from_levels(*figures, is_one_file=False)
    assert verdict is not None and verdict.rule == "growth_from_levels"
    found = [((key(part), PERIOD), verdict) for part in ("tea", "coffee")]
    assert revisions.gather(found) == found


def test_the_months_before_as_they_are_implied_now():
    verdicts = [
        rules.month_from_cumulative(*(Figure(Decimal(text)) for text in texts), is_one_file=False)
        for texts in (("30.0", "64.0", "33.0"), ("30.0", "64.0", "0"))
    ]
    small, gross = verdicts
    assert small is not None and gross is not None and gross.rule == "month_from_cumulative"
    assert small.facts["gap"] == "1.0"  # 33 became 34
    ((_, together),) = revisions.gather([((key(part), PERIOD), small) for part in ("tea", "coffee")])
    assert (together.rule, together.facts["said"], together.facts["implied"]) == ("revised_months", "33.0", "34.0")
    for lang in ("vi", "en"):
        facts = {**together.facts, "label_vi": "Chè", "label_en": "Tea", "period": PERIOD.code}
        assert "34" in rules.sentence(together.rule, facts, lang)
