"""The day on which a source's figures of a month become public (data/release_calendar.toml)."""

from __future__ import annotations

import tomllib
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from kecho.kernel.periods import Period


@dataclass(frozen=True, slots=True)
class ReleaseRule:
    """One stretch of the calendar; ``first`` and ``last`` are months of figures, ``last`` is None while in force."""

    id: str
    source: str
    first: Period
    last: Period | None
    months_after: int
    day: int
    legal_vi: str
    legal_en: str
    is_verified: bool

    def covers(self, month: Period) -> bool:
        """Whether figures of this month fall under the rule."""
        return self.first.start <= month.start and (self.last is None or month.end <= self.last.end)

    def day_for(self, month: Period) -> date:
        """The day of publication of a month's figures."""
        target = month.shift(months=self.months_after)
        return date(target.year, target.month, min(self.day, monthrange(target.year, target.month)[1]))


@cache
def rules() -> tuple[ReleaseRule, ...]:
    """All rules, in the order of the file."""
    text = resources.files("kecho.observatory").joinpath("data/release_calendar.toml").read_text("utf-8")
    return tuple(
        ReleaseRule(
            id=row["id"],
            source=row["source"],
            first=Period.parse(row["valid_from"]),
            last=Period.parse(row["valid_to"]) if "valid_to" in row else None,
            months_after=row["months_after"],
            day=row["day"],
            legal_vi=row["legal_vi"],
            legal_en=row["legal_en"],
            is_verified=row["verified"],
        )
        for row in tomllib.loads(text)["rule"]
    )


def rule_for(source: str, month: Period) -> ReleaseRule | None:
    """The rule that sets the day of a month's figures; None for a source without a calendar."""
    return next((rule for rule in rules() if rule.source == source and rule.covers(month)), None)


def scheduled(source: str, period: Period) -> tuple[date, str] | None:
    """Day of publication and the rule's id for the last month of ``period``; None for a source without a calendar.

    >>> scheduled("gso", Period.parse("2024-02")), scheduled("gso", Period.parse("2025-02"))
    ((datetime.date(2024, 2, 29), 'gso-29th'), (datetime.date(2025, 3, 6), 'gso-6th'))
    """
    month = Period(period.end - 1, period.end)
    rule = rule_for(source, month)
    return (rule.day_for(month), rule.id) if rule else None
