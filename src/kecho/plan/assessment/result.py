"""What an assessment returns, and the sheet on which its arithmetic is written while it is being made."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from kecho import __version__
from kecho.kernel.measures import Stage
from kecho.kernel.periods import Period
from kecho.plan.assessment import wording
from kecho.plan.assessment.bands import BandSet, Status
from kecho.plan.assessment.facts import MATURITY, Fact, Facts
from kecho.plan.assessment.target import Direction, TargetSpec
from kecho.plan.assessment.wording import Line, Words, plan_share_text, target_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """How one target stands on a day, with every step that leads there.

    ``value_to_date`` is in ``unit`` (for a growth target the level behind it, where there is one) and covers
    ``period``. ``gap_pp`` is in percentage points (growth and shares), ``gap`` in the target's unit (levels and ranks);
    both are result minus bound. ``missed_pp`` is the share of ``gap_pp`` that counts for the
    whole period: what grades a growth target before its period is over.
    ``expected_share`` runs from 0 to 1, ``expected`` holds the expected level at the end
    of each month of the window. ``plan_level`` is the planned level: the target's own, or for a growth target what it
    means on last year's level. ``percent_of_plan`` of a range is against the end that decides, ``excess_pct`` against
    the high end. What does not apply or cannot be known is None.
    """

    target: TargetSpec
    status: Status
    as_of: date
    method: str
    band_set: str
    reason: str = ""
    lines: tuple[Line, ...] = ()
    inputs: tuple[int, ...] = ()
    code_version: str = __version__
    period: Period | None = None
    is_final: bool = False
    stage: Stage | None = None
    is_fictional: bool = False
    is_derived: bool = False
    value_to_date: Decimal | None = None
    unit: str = ""
    growth_pct: Decimal | None = None
    growth_year_before_pct: Decimal | None = None
    plan_level: Decimal | None = None
    percent_of_plan: Decimal | None = None
    excess_pct: Decimal | None = None
    expected_share: Decimal | None = None
    profile: str = ""
    profile_years: tuple[int, ...] = ()
    expected: tuple[Decimal, ...] = ()
    pace: Decimal | None = None
    required_growth_pct: Decimal | None = None
    required_is_approximate: bool = False
    best_growth_pct: Decimal | None = None
    best_growth_year: int | None = None
    gap_pp: Decimal | None = None
    gap: Decimal | None = None
    missed_pp: Decimal | None = None

    @property
    def measured(self) -> Decimal | None:
        """The figure that was held against the target: growth for growth targets, else the value."""
        return self.growth_pct if self.target.is_growth else self.value_to_date

    @property
    def is_beyond_best(self) -> bool:
        """Whether the remaining months must grow faster than they ever did."""
        if self.required_growth_pct is None or self.best_growth_pct is None:
            return False
        return self.required_growth_pct > self.best_growth_pct

    @property
    def parameters(self) -> dict[str, Any]:
        """What the method was set to; stored with the status."""
        return {
            "band_set": self.band_set,
            "profile": self.profile,
            "profile_years": list(self.profile_years),
            "code_version": self.code_version,
        }

    def status_text(self, lang: str = "vi") -> str:
        """The status in words; a period that is wholly known is ``Chưa đạt``, not ``Chậm``."""
        return self.status.word(lang, is_final=self.is_final)

    def target_text(self, lang: str = "vi") -> str:
        """The promise in words."""
        return target_text(self.target, lang)

    def percent_of_plan_text(self, lang: str = "vi", style: str = "combined") -> str:
        """``đạt 136% kế hoạch (vượt 36%)``; empty where there is no percentage.

        Of a range it says whether the result lies within it, and otherwise which end the percentage is about. For a
        growth target the plan is the level that it means on last year's.
        """
        if self.percent_of_plan is None:
            return ""
        return plan_share_text(self.target, self.percent_of_plan, self.excess_pct, lang, style)

    def rest_text(self, lang: str = "vi") -> str:
        """What the remaining months must or may bring, beside the best they ever did; empty where nothing remains."""
        needed = self.required_growth_pct
        if needed is None:
            return ""
        name = "rest_may" if self.target.direction is Direction.LESS else "rest_slack" if needed < 0 else "rest_must"
        values = {"growth": wording.growth(needed), "rate": wording.percent(abs(needed))}
        rest = wording.sentence(name, lang, **values)
        if self.best_growth_pct is None or name == "rest_slack":
            return rest
        best = wording.growth(self.best_growth_pct)
        return wording.sentence("rest_best", lang, rest=rest, best=best, year=str(self.best_growth_year))

    def missed_text(self, lang: str = "vi") -> str:
        """``thiếu 0,52 điểm của năm``: the gap that the status rests on; empty where it rests on something else."""
        if self.missed_pp is None or self.missed_pp >= 0:
            return ""
        name = "missed_of_year" if self.target.window.length == wording.YEAR else "missed_of_period"
        return wording.sentence(name, lang, size=wording.number(abs(self.missed_pp)))

    def behind_text(self, lang: str = "vi") -> str:
        """``số liệu mới đến 02/2025`` where the plan's time is over on the day but its figures stop before the end."""
        window, covered = self.target.window, self.period
        if covered is None or not covered.end < window.end <= self.as_of.year * 12 + self.as_of.month - 1:
            return ""
        last = Period(covered.end - 1, covered.end, covered.calendar)
        return wording.sentence("figures_reach", lang, period=f"{last.month:02d}/{last.year}")

    def why(self, lang: str = "vi") -> list[str]:
        """The arithmetic, line by line."""
        return [line.text(lang) for line in self.lines]


@dataclass(slots=True)
class Sheet:
    """The working sheet: what goes in, the lines written so far, the values found so far."""

    target: TargetSpec
    facts: Facts
    today: date
    bands: BandSet
    method: str = ""
    lines: list[Line] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    used: list[Fact] = field(default_factory=list)

    def say(self, name: str, **values: Words | str) -> None:
        """Write a line."""
        self.lines.append(wording.line(name, **values))

    def put(self, **values: Any) -> None:
        """Keep results under the names of ``Assessment``."""
        self.values.update(values)

    def use(self, *facts: Fact | None) -> None:
        """Remember the figures that the result rests on."""
        self.used.extend(fact for fact in facts if fact is not None)

    def say_plan(self) -> None:
        """The first line: the promise."""
        spec = self.target
        self.say("plan", period=wording.period(spec.window), target=lambda lang: target_text(spec, lang))

    def say_coverage(self, covered: Period) -> None:
        """Say where later figures had to be left out, or where figures stop although the window is over."""
        window, last = self.target.window, self.facts.last_end()
        if last is not None and covered.end < last <= window.end:
            self.say("gap_in_months", period=wording.period(covered))
        if covered.end < window.end <= self.today.year * 12 + self.today.month - 1:
            self.say("year_over", period=wording.period(covered))

    def close(self, status: Status, reason: str = "") -> Assessment:
        """The finished assessment."""
        ids = tuple(sorted({id_ for fact in self.used for id_ in fact.inputs}))
        stage = min((fact.stage for fact in self.used), key=MATURITY.__getitem__, default=None)
        return Assessment(
            target=self.target,
            status=status,
            as_of=self.today,
            method=self.method,
            band_set=self.bands.code,
            reason=reason,
            lines=tuple(self.lines),
            inputs=ids,
            is_fictional=self.target.is_fictional or any(fact.is_fictional for fact in self.used),
            **{"stage": stage, **self.values},
        )

    def refuse(self, reason: str, **values: Words | str) -> Assessment:
        """Not assessed, and why."""
        self.say(reason, **values)
        return self.close(Status.NOT_ASSESSED, reason)
