"""Code words of the rooms below as the page's language writes them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kecho.observatory.catalogue import Direction
from kecho.pages.words import language
from kecho.plan.assessment.bands import Status

SEVERITIES = {"error": _("Sai"), "warning": _("Cần xem"), "note": _("Ghi chú")}
KINDS = {
    "workbook": _("Sổ bảng tính"),
    "csv": _("Tệp CSV"),
    "derived": _("Số tính ra"),
    "fictional": _("Số minh họa, không có thật"),
}
DIRECTIONS = {
    Direction.MORE: _("càng cao càng tốt"),
    Direction.LESS: _("càng thấp càng tốt"),
    Direction.NEUTRAL: _("không xét"),
}


def status(value: str) -> str:
    """The word of a plan status, from the plan's own list."""
    return Status(value).word(language())


def severity(value: str) -> str:
    """How much a finding matters."""
    return str(SEVERITIES[value])


def kind(value: str) -> str:
    """What sort of release."""
    return str(KINDS[value])


def direction(value: Direction) -> str:
    """Which way is better."""
    return str(DIRECTIONS[value])
