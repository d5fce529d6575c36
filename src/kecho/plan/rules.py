"""Checks of well-formed plans: what they find is shown beside the plan with the rule's id, nothing is refused."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from importlib import resources

from kecho.analytics.intervals import Interval, exact, printed, sum_interval
from kecho.kernel import formats
from kecho.kernel.measures import Measure
from kecho.kernel.quantities import Quantity
from kecho.kernel.units import units
from kecho.observatory import catalogue
from kecho.plan.assessment.target import Direction, natural_direction
from kecho.plan.assessment.wording import Words, amount
from kecho.plan.drafts import PlanDraft, TargetDraft

DIRECTIONS = {
    catalogue.Direction.MORE: Direction.MORE,
    catalogue.Direction.LESS: Direction.LESS,
    catalogue.Direction.NEUTRAL: Direction.WITHIN,
}
_DIRECTION_WORDS = {
    Direction.MORE: {"vi": "cao hơn", "en": "more"},
    Direction.LESS: {"vi": "thấp hơn", "en": "less"},
    Direction.WITHIN: {"vi": "nằm trong khoảng", "en": "within the range"},
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A check: its id, how grave it is, its sentence in both languages."""

    id: str
    severity: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found. ``target`` is the code of the target concerned, empty for the plan."""

    rule: Rule
    target: str = ""
    values: dict[str, Words | str] = field(default_factory=dict)

    def text(self, lang: str = "vi") -> str:
        """The rule's sentence with the values in it."""
        sentence = self.rule.vi if lang == "vi" else self.rule.en
        return sentence.format(**{name: v if isinstance(v, str) else v(lang) for name, v in self.values.items()})


@cache
def rules() -> dict[str, Rule]:
    """All rules by id."""
    data = tomllib.loads(resources.files("kecho.plan").joinpath("rules.toml").read_text("utf-8"))
    return {name: Rule(name, **entry) for name, entry in data.items()}


# ---- findings: what a reader must know


def findings(draft: PlanDraft) -> list[Finding]:
    """All findings about a version."""
    found = [finding for target in draft.targets if (finding := parts_sum(draft, target))]
    found += [finding for target in draft.targets if (finding := odd_direction(target))]
    found += [finding for target in draft.targets for finding in excess_wording(target.note_vi + " " + target.note_en)]
    unverified = [target.code for target in draft.targets if not target.is_verified]
    if unverified:
        values: dict[str, Words | str] = {"count": str(len(unverified)), "targets": ", ".join(unverified)}
        found.append(Finding(rules()["PLAN-3"], "", values))
    return found


def parts_sum(draft: PlanDraft, whole: TargetDraft) -> Finding | None:
    """PLAN-1: additive parts of one measure and basis make the whole, within the rounding of what is written.

    Where a part is only named ("trong đó"), the parts must not be more than the whole.

    Counts are exact; other figures stand for half a unit of their last digit either way. Growth and shares of parts do
    not add up and are not checked.
    """
    parts = [
        part
        for part in draft.targets
        if part.parent == whole.code and part.measure == whole.measure and part.basis == whole.basis
    ]
    if not parts or whole.measure is not Measure.LEVEL:
        return None
    for end in ("low", "high"):
        goal = _interval(whole, end, whole.unit)
        sides = [_interval(part, end, whole.unit) for part in parts]
        known = [side for side in sides if side is not None]
        if goal is None or len(known) < len(parts):
            continue
        total = sum_interval(known)
        gap = total.gap_to(goal)  # below zero: the parts are more than the whole
        if gap < 0 or (gap > 0 and not any(part.is_of_which for part in parts)):
            middle = (total.low + total.high) / 2
            return Finding(
                rules()["PLAN-1"],
                whole.code,
                {
                    "target": whole.code,
                    "sum": amount(middle, whole.unit),
                    "whole": amount(getattr(whole, end), whole.unit),
                    "gap": amount(abs(middle - getattr(whole, end)), whole.unit),
                },
            )
    return None


def _interval(target: TargetDraft, end: str, unit: str) -> Interval | None:
    value: Decimal | None = getattr(target, end)
    if value is None:
        return None
    is_counted = units()[target.unit].dimension == target.unit
    written = exact(value) if is_counted else printed(value)
    return Interval(*(Quantity(side, target.unit).to(unit).value for side in (written.low, written.high)))


def odd_direction(target: TargetDraft) -> Finding | None:
    """PLAN-2: a target that wants the other way than its indicator; a range within limits contradicts nothing."""
    natural = DIRECTIONS[catalogue.indicator(target.indicator).direction]
    wanted = Direction(target.direction) if target.direction else natural_direction(target.form, natural)
    if wanted is natural or Direction.WITHIN in (wanted, natural):
        return None
    values: dict[str, Words | str] = {
        "target": target.code,
        "indicator": target.indicator,
        "wanted": _DIRECTION_WORDS[wanted].__getitem__,
        "natural": _DIRECTION_WORDS[natural].__getitem__,
    }
    return Finding(rules()["PLAN-2"], target.code, values)


# "vượt kế hoạch 136%", "vượt 136% kế hoạch"; "exceeding the plan by 136%", "136% above the plan". The percentage must
# stand in the same sentence, after "vượt" or "exceed" or before "above".
_VI = re.compile(r"vượt(?P<between>[^.;%]{0,60}?)(?P<value>\d+(?:[.,]\d+)?)\s*%", re.IGNORECASE)
_EN = re.compile(r"(?:exceed\w*|surpass\w*)[^.;%]{0,60}?by\s+(?P<value>\d+(?:\.\d+)?)\s*(?:%|per cent|percent)", re.I)
_EN_ABOVE = re.compile(r"(?P<value>\d+(?:\.\d+)?)\s*(?:%|per cent|percent)\s+(?:above|over|beyond)\b", re.I)


def excess_wording(text: str) -> list[Finding]:
    """PLAN-4: "vượt" (exceed) with 100 % or more, which usually is the share of the plan itself.

    >>> [finding.text("en").split(";")[1] for finding in excess_wording("vượt 136% kế hoạch")]
    [' 136% of the plan is 36% above it.']
    >>> excess_wording("đạt 136% kế hoạch (vượt 36%)")
    []
    """
    found = []
    for pattern in (_VI, _EN, _EN_ABOVE):
        for match in pattern.finditer(text):
            value = Decimal(match["value"].replace(",", "."))
            if value < 100 or "đạt" in match.groupdict().get("between", ""):
                continue
            values: dict[str, Words | str] = {
                "text": match[0],
                "value": lambda lang, value=value: formats.number(value, lang),  # type: ignore[misc]
                "excess": lambda lang, value=value: formats.number(value - 100, lang),  # type: ignore[misc]
            }
            found.append(Finding(rules()["PLAN-4"], "", values))
    return found
