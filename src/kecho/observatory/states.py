"""What the steps of a release and the ends of a finding are called, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kecho.observatory.values import ReleaseInfo

#: A published release whose hour has not come is ``embargoed``.
RELEASE = {
    "draft": ("dự thảo", "draft"),
    "checked": ("đã kiểm tra", "checked"),
    "approved": ("đã duyệt", "approved"),
    "embargoed": ("chờ đến giờ công bố", "embargoed"),
    "published": ("đã công bố", "published"),
    "returned": ("đã trả lại", "returned"),
}
FINDING = {
    "open": ("chưa xử lý", "open"),
    "accepted": ("chấp nhận, có lý do", "accepted"),
    "corrected": ("đã đính chính", "corrected"),
    "sent_back": ("đã gửi trả nơi cung cấp", "sent back"),
    "superseded": ("tệp đã được thay", "superseded"),
    "repaired": ("nguồn đã tự sửa", "source changed"),
    "reopened": ("mở lại", "reopened"),
}


def of(info: ReleaseInfo) -> str:
    """The state of a release as it is shown."""
    return "embargoed" if info.state == "published" and not info.is_public else info.state
