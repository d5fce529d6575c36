"""Code words of this room as the page's language writes them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kecho.observatory import states
from kecho.observatory.values import ReleaseInfo
from kecho.pages.words import language

SEVERITIES = {"error": _("Sai"), "warning": _("Cần xem"), "note": _("Ghi chú")}
KINDS = {
    "workbook": _("Sổ bảng tính"),
    "csv": pgettext_lazy("release", "Bảng của đơn vị"),
    "derived": _("Số tính ra"),
    "correction": _("Đính chính khai báo"),
    "fictional": _("Số minh họa, không có thật"),
}
SOURCES = {"gso": _("Cục Thống kê")}
STANDINGS = {"came": _("đã có"), "late": _("chậm"), "due": _("sắp đến")}
NOTICES = {"planned": _("Đính chính có kế hoạch"), "unplanned": _("Đính chính ngoài kế hoạch")}
DEEDS = {
    "check": _("Xác nhận đã kiểm tra"),
    "approve": _("Duyệt"),
    "publish": _("Công bố"),
    "send_back": _("Trả lại kèm lý do"),
    "resubmit": _("Gửi lại để kiểm tra"),
}
SETTLING = {
    "accept": _("Chấp nhận, có lý do"),
    "correct": _("Đính chính"),
    "send_back": _("Gửi trả nơi cung cấp tệp"),
    "reopen": _("Mở lại"),
}
HOW = {"added": _("mới"), "revised": _("sửa"), "confirmed": _("giữ nguyên")}


def source_name(value: str) -> str:
    """Who publishes the figures that a planned release is about."""
    return str(SOURCES.get(value, value.upper()))


def severity(value: str) -> str:
    """How much a finding matters."""
    return str(SEVERITIES[value])


def kind(value: str) -> str:
    """What sort of release."""
    return str(KINDS[value])


def standing(value: str) -> str:
    """Whether a planned release came."""
    return str(STANDINGS[value])


def notice_kind(value: str) -> str:
    """Planned or not."""
    return str(NOTICES[value])


def deed(value: str) -> str:
    """A step of a release as its button says it."""
    return str(DEEDS[value])


def settling(value: str) -> str:
    """A way to settle a finding as its button says it."""
    return str(SETTLING[value])


def how(value: str) -> str:
    """What became of a figure between two vintages."""
    return str(HOW[value])


def release_state(value: ReleaseInfo | str) -> str:
    """How far a release has come; a string is the state that a step left."""
    name = value if isinstance(value, str) else states.of(value)
    return states.RELEASE[name][language() == "en"]


def finding_state(value: str) -> str:
    """How a finding was settled."""
    return states.FINDING[value][language() == "en"]
