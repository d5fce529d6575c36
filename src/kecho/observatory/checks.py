"""Apply the rules to what a release brought, and keep what they find with the cells concerned.

Figures of the release itself are weighed against each other; where a rule needs an earlier one (last month's year to
date, last year's level), it takes the vintage that was known when the release came out. A corrected file stores only
what differs: it is weighed as the whole file it was, and only what its changes bring about is kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kecho.kernel.measures import Measure
from kecho.kernel.periods import Period
from kecho.observatory import catalogue, patterns, revisions, rules
from kecho.observatory.models import Finding, Release, Series
from kecho.observatory.queries import SeriesKey
from kecho.observatory.rules import Figure, Verdict
from kecho.observatory.sight import Sight, Slot, as_role, look, part_of


@dataclass(frozen=True, slots=True)
class Weighed:
    """What holds of a release's file (``all``), and what of it the release itself brought about (``new``)."""

    series: dict[SeriesKey, int]
    all: list[tuple[Slot, Verdict]]
    new: list[tuple[Slot, Verdict]]


def weigh(release: Release) -> Weighed:
    """Apply every rule to a release that is written."""
    sight = look(release)
    found = [*_sums(sight), *_months(sight), *_growth(sight), *_shares(sight), *_jumps(sight)]
    found += patterns.against_the_past(sight)
    new = [(slot, verdict) for slot, verdict in found if release.corrects_id is None or sight.is_new(verdict)]
    gathered = revisions.gather(found)
    return Weighed(sight.series, [*found, *gathered], revisions.gather(new))


# ---- one generator a rule


def _sums(sight: Sight) -> Iterator[tuple[Slot, Verdict]]:
    for key, period in sight.own:
        if key.measure != Measure.LEVEL:
            continue
        for made in catalogue.indicator(key.indicator).sums:
            if made.whole != key.breakdown:
                continue
            whole = as_role(sight.own[key, period], "whole")
            parts, also = ([sight.part(key, part, period) for part in names] for names in (made.parts, made.also))
            if all(parts) and (verdict := _sum(whole, _given(parts), _given(also))):
                yield (key, period), verdict


def _sum(whole: Figure, parts: list[Figure], also: list[Figure]) -> Verdict | None:
    """The parts make the whole, with or without those that a table adds in some years and tells apart in others."""
    verdict = rules.parts_make_total(whole, parts)
    return verdict and rules.parts_make_total(whole, [*parts, *also])


def _given(figures: Iterable[Figure | None]) -> list[Figure]:
    return [as_role(figure, "part") for figure in figures if figure]


def _months(sight: Sight) -> Iterator[tuple[Slot, Verdict]]:
    for key, period in sight.own:
        if not catalogue.adds_up(key.indicator, key.measure) or period.length != 1 or period.start % 12 == 0:
            continue
        year_to_date = Period(period.start - period.start % 12, period.end, period.calendar)
        before = Period(year_to_date.start, period.start, period.calendar)
        cumulative, previous = sight.own.get((key, year_to_date)), sight.figure(key, before, "before")
        if cumulative and previous:
            month = as_role(sight.own[key, period], "month")
            verdict = rules.month_from_cumulative(
                month, as_role(cumulative, "cumulative"), previous, is_one_file=(key, before) in sight.own
            )
            if verdict:
                yield (key, period), verdict


def _growth(sight: Sight) -> Iterator[tuple[Slot, Verdict]]:
    for (key, period), published in sight.own.items():
        if key.measure != Measure.INDEX_PY:
            continue
        level = SeriesKey(key.indicator, key.breakdown, key.locality)
        now, base = sight.own.get((level, period)), sight.figure(level, period.year_before, "base")
        if now and base:
            verdict = rules.growth_from_levels(
                as_role(published, "published"),
                as_role(now, "now"),
                base,
                is_one_file=(level, period.year_before) in sight.own,
            )
            if verdict:
                yield (key, period), verdict


def _shares(sight: Sight) -> Iterator[tuple[Slot, Verdict]]:
    for (key, period), published in sight.own.items():
        if key.measure != Measure.SHARE:
            continue
        level = SeriesKey(key.indicator, key.breakdown, key.locality)
        part, whole = sight.own.get((level, period)), sight.own.get((part_of(level, ""), period))
        if (
            part
            and whole
            and (
                verdict := rules.share_from_levels(
                    as_role(published, "published"), as_role(part, "part"), as_role(whole, "whole")
                )
            )
        ):
            yield (key, period), verdict
    yield from _shares_of_whole(sight)


def _shares_of_whole(sight: Sight) -> Iterator[tuple[Slot, Verdict]]:
    seen = {(key.indicator, key.locality, period) for key, period in sight.own if key.measure == Measure.SHARE}
    for indicator, locality, period in sorted(seen):
        for made in catalogue.indicator(indicator).sums:
            whole = SeriesKey(indicator, "", locality, Measure.SHARE)
            parts, also = ([sight.part(whole, part, period) for part in names] for names in (made.parts, made.also))
            if made.whole == "" and all(parts):
                shares = _given(parts)
                verdict = rules.shares_make_hundred(shares)
                if verdict and (verdict := rules.shares_make_hundred([*shares, *_given(also)])):
                    yield (whole, period), verdict


def _jumps(sight: Sight) -> Iterator[tuple[Slot, Verdict]]:
    for (key, period), now in sight.own.items():
        if key.measure != Measure.LEVEL:
            continue
        before = sight.figure(key, period.year_before, "before")
        if before is None and period.length == 1:
            before = sight.figure(key, period.previous, "before")
        if before and (verdict := rules.unit_jump(as_role(now, "now"), before)):
            yield (key, period), verdict


# ---- keeping


def store(release: Release, series: dict[SeriesKey, int], found: Iterable[tuple[Slot, Verdict]]) -> int:
    """Write findings with the cells they are about."""
    labels = cache(label_of)
    rows = [
        _finding(release, series.get(key), period, verdict, labels(key.indicator, key.breakdown))
        for (key, period), verdict in found
    ]
    Finding.everything.bulk_create(rows, batch_size=500)
    return len(rows)


def _finding(release: Release, series: int | None, period: Period, verdict: Verdict, label: tuple[str, str]) -> Finding:
    return Finding(
        release=release,
        rule=verdict.rule,
        severity=rules.all_rules()[verdict.rule].severity,
        series_id=series,
        period_start=period.start,
        period_end=period.end,
        facts={"label_vi": label[0], "label_en": label[1], "period": period.code, **verdict.facts},
        cells=[
            {
                "role": figure.role,
                "sheet": figure.sheet,
                "cell": figure.cell,
                "value": format(figure.value, "f"),
                "observation": figure.observation,
            }
            for figure in verdict.figures
        ],
    )


def label_of(indicator: str, breakdown: str) -> tuple[str, str]:
    """``Kim ngạch xuất khẩu: Cà phê`` and ``Export turnover: Coffee``; an unmapped part by its printed label."""
    entry = catalogue.indicator(indicator)
    if not breakdown:
        return entry.name_vi, entry.name_en
    part = catalogue.item(indicator, breakdown)
    if part:
        return f"{entry.name_vi}: {part.vi}", f"{entry.name_en}: {part.en}"
    named = Series.objects.filter(indicator__code=indicator, breakdown=breakdown)
    printed = named.values_list("breakdown_label", flat=True).first() or breakdown
    return f"{entry.name_vi}: {printed}", f"{entry.name_en}: {printed}"
