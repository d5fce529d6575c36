"""Charts: axes cover the data, gaps stay gaps, what is not firm looks so, and no text escapes as markup."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kecho.pages.charts.plot import Dot, Line, Plot, Rule, svg
from kecho.pages.charts.scale import round_step, scale
from kecho.pages.charts.small import plan_bar, sparkline

WIDTH, HEIGHT = 600, 300
FINITE = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)


def drawn(plot: Plot) -> ET.Element:
    return ET.fromstring(svg(plot, lambda tick: f"{tick:f}", width=WIDTH, height=HEIGHT, css="wide"))


def line(*values: int | None, name: str = "2025", **look: bool) -> Line:
    return Line(name, tuple(Dot(at, Decimal(v), f"{v}", **look) for at, v in enumerate(values) if v is not None))


def plot_of(*lines: Line, rules: tuple[Rule, ...] = (), **more: object) -> Plot:
    places = max(dot.at for one in lines for dot in one.dots) + 1
    return Plot(tuple(f"T{n + 1}" for n in range(places)), lines, rules, **more)  # type: ignore[arg-type]


def classes(element: ET.Element, name: str) -> list[ET.Element]:
    return [one for one in element.iter() if name in one.get("class", "").split()]


@given(st.lists(FINITE, min_size=1, max_size=40), st.booleans())
def test_axis_covers_the_data_in_few_round_steps(values: list[float], from_zero: bool) -> None:
    axis = scale(values, 0, 100, from_zero=from_zero)
    room = (axis.high - axis.low) * 1e-6
    assert axis.low <= min(values) + room and axis.high >= max(values) - room
    assert 2 <= len(axis.ticks) <= 8
    assert not from_zero or axis.low - room <= 0 <= axis.high + room
    assert all(-0.11 <= axis(value) <= 100.11 for value in values)


@pytest.mark.parametrize(
    ("span", "parts", "step"), [(97, 5, 20), (100, 5, 20), (0.34, 4, 0.1), (13, 5, 5), (11, 5, 2.5)]
)
def test_steps_are_round(span: float, parts: int, step: float) -> None:
    assert round_step(span, parts) == step


def test_a_missing_month_breaks_the_line() -> None:
    runs = classes(drawn(plot_of(line(3, 4, None, 5, 6))), "run")
    assert [run.get("d", "").count("L") for run in runs] == [1, 1]


def test_a_firm_line_is_one_path() -> None:
    assert len(classes(drawn(plot_of(line(3, 4, 5, 6))), "run")) == 1


@pytest.mark.parametrize(
    ("look", "run", "dot"),
    [
        ({"is_estimate": True}, "estimate", "hollow"),
        ({"is_fictional": True}, "fictional", "hollow"),
        ({"is_preliminary": True}, "firm", "hollow"),
        ({}, "firm", "full"),
    ],
)
def test_what_is_not_firm_looks_so(look: dict[str, bool], run: str, dot: str) -> None:
    picture = drawn(plot_of(line(3, 4, 5, **look)))
    assert len(classes(picture, run)) == 1
    assert len(classes(picture, dot)) == 3


def test_fictional_points_have_their_own_shape() -> None:
    dots = classes(drawn(plot_of(line(3, 4, is_fictional=True))), "dot")
    assert {dot.tag for dot in dots} == {"path"}


def test_the_plan_is_a_line_with_its_name() -> None:
    picture = drawn(plot_of(line(3, 4), rules=(Rule(Decimal(9), "KH 2025", until=Decimal(10)),)))
    assert len(classes(picture, "rule")) == len(classes(picture, "band")) == 1
    assert "KH 2025" in [text.text for text in classes(picture, "label")]


def test_names_at_the_edge_do_not_meet() -> None:
    picture = drawn(plot_of(line(3, 100, name="a"), line(3, 101, name="b"), line(3, 99, name="c")))
    places = sorted(float(text.get("y", "0")) for text in classes(picture, "label"))
    assert min(after - before for before, after in pairwise(places)) >= 14


def test_text_is_escaped() -> None:
    picture = svg(plot_of(line(1, 2, name="<b>&")), str, width=WIDTH, height=HEIGHT, css="wide")
    assert "<b>" not in picture and "&lt;b&gt;&amp;" in picture


def test_everything_lies_inside_the_picture() -> None:
    picture = drawn(plot_of(line(*range(1, 38)), groups=((0, "2024"), (12, "2025"), (24, "2026"))))
    numbers = [
        float(n) for one in picture.iter() for n in re.findall(r"-?[\d.]+", one.get("d", "") + one.get("cx", ""))
    ]
    assert max(numbers) <= WIDTH
    assert "style" not in {name for one in picture.iter() for name in one.attrib}


def test_narrow_screens_get_the_last_places() -> None:
    wide = plot_of(line(*range(30)), groups=((0, "2023"), (12, "2024"), (24, "2025")))
    narrow = wide.last(13)
    assert narrow.slots == wide.slots[-13:]
    assert [dot.value for dot in narrow.lines[0].dots] == list(range(17, 30))
    assert narrow.groups == ((0, "2024"), (7, "2025"))


def test_nothing_to_draw_gives_nothing() -> None:
    assert svg(Plot((), ()), str, width=WIDTH, height=HEIGHT, css="wide") == ""
    assert sparkline([None, Decimal(1), None]) == ""


def test_sparkline_breaks_where_a_month_is_missing() -> None:
    picture = ET.fromstring(sparkline([Decimal(1), None, Decimal(3), Decimal(2)], is_last_hollow=True))
    assert classes(picture, "run")[0].get("d", "").count("M") == 2
    assert len(classes(picture, "hollow")) == 1


@pytest.mark.parametrize(
    ("done", "expected"), [("14.2", "15.1"), ("136", None), ("0", "0"), ("100", "100"), ("-3", "50")]
)
def test_plan_bar_stays_in_its_bed(done: str, expected: str | None) -> None:
    picture = ET.fromstring(plan_bar(Decimal(done), Decimal(expected) if expected else None, "behind"))
    bed, bar = picture[0], picture[1]
    assert 0 <= float(bar.get("width", "")) <= float(bed.get("width", ""))
    assert len(classes(picture, "pace")) == (expected is not None)
    assert len(classes(picture, "full")) == (Decimal(done) > 100)
