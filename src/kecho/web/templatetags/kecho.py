"""What the front door's templates show of the rooms below: statuses, figures with their marks, plans."""

from __future__ import annotations

from django import template

from kecho.observatory.breaks import Break
from kecho.observatory.queries import IndicatorInfo, Point
from kecho.plan.assessment import Assessment
from kecho.plan.queries import PlanInfo, TargetInfo
from kecho.web import code_words, series_view

register = template.Library()


for _name in ("direction", "status"):
    register.filter(_name, getattr(code_words, _name))


@register.filter
def definition(info: IndicatorInfo, lang: str) -> str:
    """What an indicator means."""
    return info.definition(lang)


@register.filter
def source(info: IndicatorInfo, lang: str) -> str:
    """Who publishes an indicator."""
    return info.source(lang)


@register.filter
def figure(point: Point, decimals: int) -> str:
    """A point's value with the column's decimals, or why there is none."""
    return series_view.value_text(point, decimals)


@register.filter
def finding_text(finding: object, lang: str) -> str:
    """What a check of a plan or of figures found, as a sentence."""
    return str(finding.text(lang))  # type: ignore[attr-defined]


@register.filter
def short(mark: Break, lang: str) -> str:
    """A break in a word or two."""
    return mark.short(lang)


@register.filter
def title(plan: PlanInfo, lang: str) -> str:
    """A plan's title."""
    return plan.title(lang)


@register.filter
def document(plan: PlanInfo, lang: str) -> str:
    """The document that decided a plan."""
    return plan.document(lang)


@register.filter
def note(target: TargetInfo, lang: str) -> str:
    """The plan's remark on a target."""
    return target.note(lang)


@register.filter
def target_text(held: Assessment, lang: str) -> str:
    """The promise in words."""
    return held.target_text(lang)


@register.filter
def missed_text(held: Assessment, lang: str) -> str:
    """The gap that a growth target's status rests on."""
    return held.missed_text(lang)


@register.filter
def behind_text(held: Assessment, lang: str) -> str:
    """How far the figures reach, of a plan whose time is over."""
    return held.behind_text(lang)


@register.filter
def why(held: Assessment, lang: str) -> list[str]:
    """The arithmetic of a status, line by line."""
    return held.why(lang)
