"""What must hold of any text: truth is never refused, ranges hold it and are tight, dropping mends, order is nothing.

HiGHS (scipy) answers the same questions in floating point beside the exact engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kecho.analytics.consistency import Claim, Figure, Kind, Span, Statements
from kecho.analytics.consistency.problem import rows_of
from kecho.analytics.consistency.verdict import Verdict
from tests.analytics.consistency_worlds import Spoken, World, value, worlds

quick = settings(max_examples=30, deadline=None)


def state(spoken: Sequence[Spoken], names: Sequence[str] = ()) -> Statements:
    text = Statements()
    for name in names:
        text.amount(name)
    for claim, figure in spoken:
        text.state(claim, figure)
    return text


def said(verdict: Verdict) -> tuple[bool, list[object], list[object], set[frozenset[object]]]:
    """What a verdict says, without the numbers of the statements."""
    clashes = {frozenset(one.key for one in clash) for clash in verdict.clashes}
    dropped, clash = (sorted(one.key for one in some) for some in (verdict.to_drop, verdict.clash))
    return verdict.is_possible, list(dropped), list(clash), clashes


@quick
@given(worlds())
def test_a_true_world_rounded_is_possible_and_every_range_holds_the_truth(world: World) -> None:
    text = state(world.spoken, list(world.truth))
    assert text.check().is_possible
    asked = [Claim(Kind.LEVEL, (name,)) for name in world.truth] + [
        Claim(Kind.GROWTH, ("part 0 2024", "part 0 2023")),
        Claim(Kind.SHARE, ("part 1 2023", "total 2023")),
        Claim(Kind.CONTRIBUTION, ("part 1 2024", "part 1 2023", "total 2023")),
        Claim(Kind.DIFFERENCE, ("part 0 2024", "part 1 2024")),
    ]
    for claim in asked:
        assert value(claim, world.truth) in text.range_of(claim).span, claim


@quick
@given(worlds(), st.data())
def test_a_range_is_tight(world: World, data: st.DataObject) -> None:
    """Its ends can be true, and nothing beyond them can."""
    name = data.draw(st.sampled_from(sorted(world.truth)))
    found = state(world.spoken, list(world.truth)).range(name)
    for end, is_open, way in ((found.low, found.span.is_low_open, -1), (found.high, found.span.is_high_open, 1)):
        if end is None:
            continue
        step = Fraction(1, 10**9)
        inside, outside = (end - way * step if is_open else end), end + way * step
        for at, expected in ((inside, True), (outside, False)):
            if at in found.span or not expected:
                rows = state(world.spoken, list(world.truth))
                rows.state(Claim(Kind.LEVEL, (name,)), figure_of(at))
                assert rows.check().is_possible is expected


def figure_of(at: Fraction) -> Figure:
    return Figure(str(at), Span(at, at), 0)


@quick
@given(worlds(), st.data())
def test_dropping_what_is_named_makes_a_text_possible_and_less_does_not(world: World, data: st.DataObject) -> None:
    spoken = spoil(world, data)
    verdict = state(spoken).check()
    dropped = {one.number for one in verdict.to_drop}
    assert verdict.is_possible is (not dropped)
    kept = [one for at, one in enumerate(spoken, 1) if at not in dropped]
    assert not kept or state(kept).check().is_possible
    for spared in dropped:
        less = [one for at, one in enumerate(spoken, 1) if at not in dropped - {spared}]
        assert not state(less).check().is_possible
    for clash in verdict.clashes:
        numbers = {one.number for one in clash}
        assert not state([spoken[number - 1] for number in sorted(numbers)]).check().is_possible
        for spared in numbers:
            rest = [spoken[number - 1] for number in sorted(numbers - {spared})]
            assert not rest or state(rest).check().is_possible


@quick
@given(worlds(), st.data())
def test_the_order_of_statements_changes_nothing(world: World, data: st.DataObject) -> None:
    spoken = spoil(world, data)
    other = data.draw(st.permutations(spoken))
    names = sorted(world.truth)
    first, second = state(spoken, names), state(other, names)
    assert said(first.check()) == said(second.check())
    if first.check().is_possible:
        assert [first.range(name) for name in names] == [second.range(name) for name in names]


@quick
@given(worlds())
def test_highs_finds_the_same_ends(world: World) -> None:
    linprog = pytest.importorskip("scipy.optimize", reason="the extra outlook is not installed").linprog
    text = state(world.spoken, list(world.truth))
    names = list(world.truth)
    sides, limits = [], []
    for row in (row for one in text.all for row in rows_of(one)):
        terms = [float(row.terms.get(name, 0)) for name in names]
        if row.span.high is not None:
            sides.append(terms)
            limits.append(float(row.span.high))
        if row.span.low is not None:
            sides.append([-term for term in terms])
            limits.append(-float(row.span.low))
    for at, name in enumerate(names[:2]):
        ours = text.range(name)
        for way, end in ((1, ours.low), (-1, ours.high)):
            goal = [float(way * (at == other)) for other in range(len(names))]
            theirs = linprog(goal, A_ub=sides, b_ub=limits, bounds=(0, None), method="highs")
            if end is None:
                assert theirs.status != 0  # it calls some of these infeasible, which the true world disproves
            else:
                assert way * theirs.fun == pytest.approx(float(end), rel=1e-6, abs=1e-6)


def spoil(world: World, data: st.DataObject) -> list[Spoken]:
    """The world's text with some figures replaced."""
    spoken = list(world.spoken)
    figures = [at for at, (_, figure) in enumerate(spoken) if figure is not None]
    for at in data.draw(st.lists(st.sampled_from(figures), max_size=3, unique=True)):
        claim, _ = spoken[at]
        spoken[at] = claim, str(data.draw(st.integers(-50, 200)))
    return spoken
