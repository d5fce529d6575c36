"""Words: both languages hold the same values, targets read as plans write them, nothing is stored that nobody says."""

from __future__ import annotations

import re
import string
from decimal import Decimal
from pathlib import Path

import pytest

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.plan import assessment, rules
from kecho.plan.assessment import Basis, Direction, Form, TargetSpec, percent_of_plan_text, target_text, wording

GROWTH = {"measure": Measure.GROWTH, "basis": Basis.YEAR_ON_YEAR, "unit": "percent"}
COUNT = {"measure": Measure.LEVEL, "basis": Basis.FLOW, "unit": "product"}


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_both_languages_name_the_same_values() -> None:
    for name, sentence in wording.sentences().items():
        assert set(sentence) == {"vi", "en"}, name
        assert places(sentence["vi"]) == places(sentence["en"]), name


def test_every_sentence_is_said_somewhere() -> None:
    folder = Path(assessment.__file__).parent
    code = "".join(file.read_text("utf-8") for file in folder.glob("*.py"))
    said = set(re.findall(r'"([a-z_]+)"', code)) | {"stage_estimate", "stage_preliminary", "stage_official"}
    said |= {f"scale_{scale}" for scale in ("pace", "deviation_pp", "growth_pp", "share_pp", "places")}
    assert set(wording.sentences()) <= said


@pytest.mark.parametrize(
    ("form", "low", "high", "more", "vi", "en"),
    [
        (Form.POINT, "5", "5", GROWTH, "tăng 5%", "up 5%"),
        (Form.POINT, "-1.5", "-1.5", GROWTH, "giảm 1,5%", "down 1.5%"),
        (Form.RANGE, "7", "7.5", {**GROWTH, "is_approximate": True}, "tăng khoảng 7-7,5%", "up about 7-7.5%"),
        (Form.RANGE, "-3", "-2", GROWTH, "giảm 2-3%", "down 2-3%"),
        (Form.RANGE, "-1", "2", GROWTH, "-1 đến 2%", "-1 to 2%"),
        (Form.FLOOR, "7", None, GROWTH, "tăng ít nhất 7%", "up at least 7%"),
        (Form.FLOOR, "6", None, {**GROWTH, "is_strict": True}, "tăng trên 6%", "up more than 6%"),
        (
            Form.CEILING, None, "4", {**GROWTH, "is_strict": True, "basis": Basis.PERIOD_AVERAGE},
            "bình quân tăng dưới 4%", "up less than 4% on average over the period",
        ),
        (
            Form.CEILING, None, "10", {**GROWTH, "is_strict": True, "basis": Basis.SINCE_DECEMBER},
            "tăng dưới 10% so với tháng 12 năm trước", "up less than 10% on December of the year before",
        ),
        (
            Form.RANGE, "7.5", "8", {**GROWTH, "basis": Basis.YEARLY_AVERAGE},
            "tăng 7,5-8% bình quân mỗi năm", "up 7.5-8% a year on average",
        ),
        (Form.RANGE, "25", "30", COUNT, "25-30 sản phẩm", "25-30 products"),
        (Form.FLOOR, "3054", None, COUNT, "ít nhất 3.054 sản phẩm", "at least 3,054 products"),
        (Form.POINT, "750", "750", {**COUNT, "unit": "million_usd"}, "750 triệu USD", "US$750 million"),
        (Form.RANGE, "15", "16.8", {**COUNT, "unit": "billion_usd"}, "15-16,8 tỷ USD", "US$15-16.8 billion"),
        (Form.FULL_RATE, "100", None, {**GROWTH, "measure": Measure.SHARE, "basis": Basis.STOCK}, "100%", "100%"),
        (
            Form.RANK, None, "2", {**COUNT, "unit": "rank", "basis": Basis.STOCK},
            "hạng 2 hoặc cao hơn", "rank 2 or better",
        ),
    ],
)  # fmt: skip
def test_targets_read_as_plans_write_them(
    form: Form, low: str | None, high: str | None, more: dict, vi: str, en: str
) -> None:
    ends = {"low": Decimal(low) if low else None, "high": Decimal(high) if high else None}
    direction = Direction.LESS if low is None else Direction.MORE
    spec = TargetSpec(
        code="t", indicator="x", form=form, window=Period.of_year(2024), direction=direction, **ends, **more
    )
    assert (target_text(spec, "vi"), target_text(spec, "en")) == (vi, en)


@pytest.mark.parametrize(
    ("percent", "style", "vi", "en"),
    [
        ("136", "combined", "đạt 136% kế hoạch (vượt 36%)", "136% of the plan (36% above)"),
        ("136", "of_plan", "đạt 136% kế hoạch", "136% of the plan"),
        ("136", "excess", "vượt 36% kế hoạch", "36% above the plan"),
        ("72.854", "combined", "đạt 72,85% kế hoạch", "72.85% of the plan"),
        ("72.854", "excess", "thấp hơn kế hoạch 27,15%", "27.15% below the plan"),
        ("100", "combined", "đạt 100% kế hoạch", "100% of the plan"),
        ("100", "excess", "đạt 100% kế hoạch", "100% of the plan"),
        ("100.004", "combined", "đạt 100% kế hoạch", "100% of the plan"),
        ("99.996", "combined", "đạt 100% kế hoạch", "100% of the plan"),
        ("1360", "combined", "đạt 1.360% kế hoạch (vượt 1.260%)", "1,360% of the plan (1,260% above)"),
    ],
)
def test_percent_of_plan(percent: str, style: str, vi: str, en: str) -> None:
    assert percent_of_plan_text(Decimal(percent), "vi", style) == vi
    assert percent_of_plan_text(Decimal(percent), "en", style) == en


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("vượt 136% kế hoạch", ["136"]),
        ("vượt kế hoạch 136%", ["136"]),
        ("đã vượt chỉ tiêu đề ra tới 120,5 % trong năm", ["120.5"]),
        ("exceeding the plan by 136% (400 products)", ["136"]),
        ("136 per cent above the plan", ["136"]),
        ("surpassed the target by 100%", ["100"]),
        ("đạt 136% kế hoạch (vượt 36%)", []),
        ("vượt 36% kế hoạch", []),
        ("vượt kế hoạch; đạt 136%", []),
        ("vượt kế hoạch, đạt 136%", []),
        ("136% of the plan (36% above)", []),
        ("tăng 136% so với cùng kỳ", []),
    ],
)
def test_excess_of_a_hundred_percent_or_more_is_flagged(text: str, values: list[str]) -> None:
    found = rules.excess_wording(text)
    assert [finding.rule.id for finding in found] == ["PLAN-4"] * len(values)
    for finding, value in zip(found, values, strict=True):
        assert f"{value}% of the plan" in finding.text("en")


def test_growth_uses_sign_words_and_never_a_minus_sign() -> None:
    assert [wording.growth(Decimal(v))("vi") for v in ("2.5", "-2.5", "0.004")] == [
        "tăng 2,5%",
        "giảm 2,5%",
        "tương đương",
    ]
    assert [wording.growth(Decimal(v))("en") for v in ("2.5", "-2.5", "0.004")] == ["up 2.5%", "down 2.5%", "unchanged"]
