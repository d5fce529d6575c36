"""What the templates of plans need: states in words, years, a target's promise."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from kecho.pages import words
from kecho.plan.assessment.wording import target_text
from kecho.plan.queries import PlanInfo, PlanStatus, TargetInfo

register = template.Library()
STATUSES = {
    PlanStatus.DRAFT: _("Dự thảo"),
    PlanStatus.COMING: _("Sắp áp dụng"),
    PlanStatus.IN_FORCE: _("Đang thực hiện"),
    PlanStatus.SUPERSEDED: _("Đã được thay thế"),
    PlanStatus.ENDED: _("Đã kết thúc"),
}


@register.filter
def plan_status(status: PlanStatus) -> str:
    """Where a version stands, in words."""
    return str(STATUSES[status])


@register.filter
def years_of(plan: PlanInfo) -> str:
    """``2025`` or ``2021–2025``."""
    return f"{plan.first_year}–{plan.last_year}" if plan.last_year > plan.first_year else str(plan.first_year)


@register.filter
def promise(target: TargetInfo) -> str:
    """What is promised, in words."""
    return target_text(target.spec, words.language())
