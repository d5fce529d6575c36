"""A plan as the texts of its fields: what forms and workbooks show, and ``files.from_rows`` reads back as it was."""

from __future__ import annotations

from decimal import Decimal

from kecho.kernel.periods import Period
from kecho.plan.assessment.target import Form
from kecho.plan.drafts import PlanDraft, TargetDraft
from kecho.plan.fields import PLAN_FIELDS, TARGET_FIELDS


def plan_texts(draft: PlanDraft) -> dict[str, str]:
    """Every field of the plan itself; empty where nothing is written."""
    years = Period(draft.first_year * 12, draft.last_year * 12 + 12)
    special = {
        "period": period_text(years),
        "version": str(draft.version),
        "document_date": draft.document_date.isoformat() if draft.document_date else "",
        "effective_from": draft.effective_from.isoformat(),
        "fictional": _flag(draft.is_fictional),
    }
    return {name: special[name] if name in special else str(getattr(draft, name)) for name in PLAN_FIELDS}


def target_texts(target: TargetDraft, plan: PlanDraft) -> dict[str, str]:
    """Every field of a target; empty where nothing is written or the plan's own value stands."""
    found = {
        "target_locality": target.locality,
        "measure": target.measure.value,
        "basis": target.basis.value,
        "form": target.form.value,
        "target_period": "" if target.window == plan.window else period_text(target.window),
        "strict": _flag(target.is_strict),
        "approximate": _flag(target.is_approximate),
        "base_value": _number(target.base_value),
        "base_period": period_text(target.base_period) if target.base_period else "",
        "denominator": target.denominator_indicator,
        "lead": target.lead_unit,
        "supporting": "|".join(target.supporting_units),
        "part_of": target.parent,
        "of_which": _flag(target.is_of_which),
        "verified": _flag(target.is_verified),
        "target_fictional": _flag(target.is_fictional),
        **_ends(target),
    }
    return {name: found[name] if name in found else str(getattr(target, name)) for name in TARGET_FIELDS}


def period_text(period: Period) -> str:
    """``2025``, ``2021-2025``, ``2025-H2``: as plan files write it."""
    if period.length > 12 and period.start % 12 == 0 and period.end % 12 == 0:
        return f"{period.start // 12}-{period.end // 12 - 1}"
    return period.code


def _ends(target: TargetDraft) -> dict[str, str]:
    low, high = _number(target.low), _number(target.high)
    match target.form:
        case Form.POINT:
            return {"value": low, "low": "", "high": ""}
        case Form.FULL_RATE:
            return {"value": "", "low": "", "high": ""}
        case Form.RANK:
            return {"value": high, "low": "", "high": ""}
        case _:
            return {"value": "", "low": low, "high": high}


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _flag(value: bool) -> str:
    return "x" if value else ""
