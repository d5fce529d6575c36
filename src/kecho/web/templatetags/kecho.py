"""What templates need beyond Django's own: figures, periods and dates as the kernel writes them, tags, statuses."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

from kecho.kernel.errors import KechoError
from kecho.observatory.queries import FindingInfo, IndicatorInfo, Point
from kecho.plan.assessment import Assessment
from kecho.plan.queries import PlanInfo, TargetInfo
from kecho.web import series_view, words

register = template.Library()


@cache
def _fingerprint(name: str) -> str:
    """Eight digits of a file's hash: a changed file gets a new address, so it may be cached for a year."""
    path = finders.find(name)
    if path is None:
        raise FileNotFoundError(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:8]


@register.simple_tag
def asset(name: str) -> str:
    """The address of a static file with the fingerprint of its content."""
    return f"{static(name)}?v={_fingerprint(name)}"


@register.filter
def what(error: KechoError, lang: str) -> str:
    """The cause, in one language."""
    return error.what(lang)


@register.filter
def what_to_do(error: KechoError, lang: str) -> str:
    """The next step, in one language."""
    return error.do(lang)


@register.filter
def markup(svg: str) -> SafeString:
    """Markup drawn by ``web.charts``, whose every text is escaped there."""
    return mark_safe(svg)  # noqa: S308


for _name in (
    "after", "base_note", "day", "direction", "kind", "measure", "missing", "moment", "number", "period", "place",
    "severity", "signed", "signed_percent", "stage", "status", "to_date", "unit", "with_unit", "without_year",
):  # fmt: skip
    register.filter(_name, getattr(words, _name))


@register.filter
def name_in(named: object, lang: str) -> str:
    """The name of whatever carries one in both languages: an indicator, a series, a legal text, a target."""
    for method in ("name", "label", "text"):
        if hasattr(named, method):
            return str(getattr(named, method)(lang))
    raise TypeError(f"{named!r} has no name")


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
def finding_text(finding: FindingInfo, lang: str) -> str:
    """What a check found, as a sentence."""
    return finding.text(lang)


@register.filter
def cell_text(cell: dict[str, str]) -> str:
    """``14.XK · D9``."""
    return " · ".join(part for part in (cell.get("sheet", ""), cell.get("cell", "")) if part)


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
