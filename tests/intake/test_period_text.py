"""Periods and comparisons as headings word them."""

from __future__ import annotations

import pytest

from kecho.intake.comparisons import compare, relation, resolve_base
from kecho.intake.period_text import find, whole
from kecho.intake.wording import fold_heading
from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("Tháng 02 năm 2025", ["2025-02"]),
        ("tháng 6/2000", ["2000-06"]),
        ("Ước tính tháng11/2001", ["2001-11"]),
        ("5 tháng đầu năm 2000", ["2000-01/2000-05"]),
        ("5tháng năm 2011", ["2011-01/2011-05"]),
        ("3 tháng năm 2009", ["2009-01/2009-03"]),
        ("2 tháng đầu năm năm 2003", ["2003-01/2003-02"]),
        ("12 tháng năm 2008", ["2008"]),
        ("1 tháng năm 2008", ["2008-01"]),
        ("6 tháng cuối năm 2010", ["2010-07/2010-12"]),
        ("cả quý I năm 2003", ["2003-Q1"]),
        ("qúi IV/2006", ["2006-Q4"]),
        ("quí I năm 2008", ["2008-Q1"]),
        ("cả năm 2004", ["2004"]),
        ("tháng Sáu và sáu tháng đầu năm 2011", ["2011-06", "2011-01/2011-06"]),
        ("tháng Năm và năm tháng đầu năm 2012", ["2012-05", "2012-01/2012-05"]),
        ("tháng Mười Hai năm 2012", ["2012-12"]),
        ("các tháng năm 2004", ["2004"]),
        ("các quý năm 2021", ["2021"]),
        ("Máy móc nam giới, đá quý, Việt Nam", []),
        ("9 months of 2020", ["2020-01/2020-09"]),
        ("3rd quarter of 2020", ["2020-Q3"]),
    ],
)
def test_periods_in_words(printed: str, codes: list[str]) -> None:
    texts = find(fold_heading(printed))
    years = [text.year for text in texts if text.year]
    assert [text.of(years[-1]).code for text in texts] == codes


@pytest.mark.parametrize(
    ("text", "is_whole"), [("Tháng 1", True), ("Quý II năm 2020", True), ("Thực hiện quý I", False)]
)
def test_a_text_that_is_a_period(text: str, is_whole: bool) -> None:
    assert (whole(fold_heading(text)) is not None) is is_whole


@pytest.mark.parametrize(
    ("heading", "subject", "expected"),
    [
        ("Tháng 01 năm 2025 so với tháng trước", "2025-01", Measure.INDEX_PP),
        ("Tháng 02 năm 2025 so với cùng kỳ năm trước (%)", "2025-02", Measure.INDEX_PY),
        ("Tỷ lệ so sánh (%) Tháng 6/2000 so với tháng 6/1999", "2000-06", Measure.INDEX_PY),
        ("Tháng 1/2000 so với tháng 12/1999", "2000-01", Measure.INDEX_PP),
        ("Tháng 5 năm 2001 so với (%): Kỳ gốc (1995)", "2001-05", Measure.INDEX_BASE),
        ("Tháng 5 năm 2001 so với: Tháng 12 năm 2000", "2001-05", Measure.INDEX_DEC),
        ("Tháng 5 năm 2001 so với: Tháng 4 năm 2001", "2001-05", Measure.INDEX_PP),
        ("Tháng 12 năm 2004 so với: Tháng 12 năm 2003", "2004-12", Measure.INDEX_PY),
        ("Năm 2014 so năm 2013 (%)", "2014", Measure.INDEX_PY),
        ("6 tháng/2000 so với 6 tháng/1999", "2000-01/2000-06", Measure.INDEX_PY),
        ("Quý I/2001so với quý I/2000 (%)", "2001-Q1", Measure.INDEX_PY),
        ("Quý II năm 2014 so với: Quý I năm 2014", "2014-Q2", Measure.INDEX_PP),
        ("Chỉ số giá bình quân năm 2008 so với năm 2007", "2008", Measure.INDEX_PY),
        ("Tháng 6 năm 2011 so với tháng bình quân năm gốc 2005", "2011-06", Measure.INDEX_BASE),
        ("6 tháng đầu năm 2016 so vớicùng kì năm 2015 (%)", "2016-01/2016-06", Measure.INDEX_PY),
        ("Tháng 6 năm 2011 so với tháng 6 năm năm 2010", "2011-06", Measure.INDEX_PY),
        ("September 2020 versus: Base Year (2019)", "2020-09", Measure.INDEX_BASE),
    ],
)
def test_what_is_compared_with_what(heading: str, subject: str, expected: Measure) -> None:
    comparison = compare(fold_heading(heading))
    assert comparison is not None
    found = find(comparison.subject)[-1].period
    assert found == Period.parse(subject)
    measure = comparison.measure
    if comparison.base:
        measure = relation(found, resolve_base(comparison.base, found))
    assert measure is expected


def test_a_group_heading_may_stand_before_its_subject() -> None:
    comparison = compare(fold_heading("So với cùng kỳ năm trước (%) Tháng 6 năm 2021"))
    assert comparison is not None
    assert (comparison.measure, comparison.subject) == (Measure.INDEX_PY, "thang 6 nam 2021")


def test_a_plan_is_no_base_period() -> None:
    comparison = compare(fold_heading("6 tháng đầu năm 2010 so với kế hoạch năm (%)"))
    assert comparison is not None
    assert comparison.is_plan


def test_a_base_without_its_year_is_the_last_one_before() -> None:
    december = find("thang 12")[0]
    assert resolve_base(december, Period.parse("2001-05")) == Period.parse("2000-12")
