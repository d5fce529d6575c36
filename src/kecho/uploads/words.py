"""What states, kinds and choices are called on the pages, and coded errors as rows of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kecho.intake.own.mapping import Role, When
from kecho.intake.own.sources import Encoding
from kecho.kernel.errors import KechoError, catalogue
from kecho.kernel.measures import Measure, Stage
from kecho.kernel.periods import Period
from kecho.pages import words
from kecho.uploads.models import Upload

STATES: dict[str, Any] = {
    Upload.State.WAITING: _("Chờ đọc"),
    Upload.State.READING: _("Đang đọc"),
    Upload.State.ASKED: _("Cần khai báo"),
    Upload.State.READY: _("Chờ xác nhận"),
    Upload.State.STORED: _("Đã nhập"),
    Upload.State.REFUSED: _("Bị từ chối"),
    Upload.State.CANCELLED: _("Đã hủy"),
}
#: The tag's colour class (pages/parts.css).
TONES: dict[str, str] = {
    Upload.State.ASKED: "warning",
    Upload.State.READY: "warning",
    Upload.State.STORED: "official",
    Upload.State.REFUSED: "error",
}
KINDS: dict[str, Any] = {
    Upload.Kind.OWN: _("Bảng của đơn vị"),
    Upload.Kind.WORKBOOK: _("Tệp tháng của cơ quan thống kê"),
    Upload.Kind.TIDY: _("CSV gọn"),
    Upload.Kind.SDMX: "SDMX",
}
ROLES = {
    Role.VALUE: _("số liệu"),
    Role.LABEL: _("nhãn dòng"),
    Role.UNIT: _("đơn vị tính"),
    Role.PERIOD: pgettext_lazy("column", "kỳ"),
    Role.YEAR: pgettext_lazy("column", "năm"),
    Role.MONTH: pgettext_lazy("column", "tháng"),
    Role.LOCALITY: _("địa phương"),
    Role.IGNORE: _("bỏ qua"),
}
WHENS = {
    When.HEADING: _("tiêu đề cột nêu kỳ"),
    When.ROW: _("cột kỳ của từng dòng"),
    When.MONTH: _("tháng báo cáo"),
    When.PREVIOUS: _("tháng trước"),
    When.YTD: _("lũy kế từ đầu năm"),
    When.YEAR_AGO: _("cùng tháng năm trước"),
    When.YTD_YEAR_AGO: _("lũy kế cùng kỳ năm trước"),
    When.QUARTER: _("quý báo cáo"),
    When.HALF: _("6 tháng báo cáo"),
    When.YEAR: _("năm báo cáo"),
    When.HALF_OR_YEAR: _("6 tháng hoặc cả năm"),
}
ENCODINGS = {
    Encoding.AUTO: _("tự nhận"),
    Encoding.UNICODE: "Unicode",
    Encoding.TCVN3: "TCVN3 (.VnTime)",
    Encoding.VNI: "VNI",
}


def measures() -> dict[str, str]:
    """Each measure in the page's language."""
    return {one.value: words.measure(one) for one in Measure}


def stages() -> dict[str, str]:
    """Each stage in the page's language."""
    return {one.value: words.stage(one) for one in Stage}


def why(code: str) -> str:
    """A reason of the message catalogue as a sentence."""
    message = catalogue().get(code)
    if message is None:
        return code
    return message.en if get_language() == "en" else message.vi


def listed(errors: Iterable[KechoError]) -> list[dict[str, Any]]:
    """Errors as a list shows them: place, cause, next step, code."""
    lang = get_language() or "vi"
    return [
        {"place": error.where.text(lang), "what": error.what(lang), "do": error.do(lang), "code": error.code}
        for error in errors
    ]


def period(code: str) -> str:
    """A row's period in words: ``2026-H1@admin14`` is on the administrative calendar."""
    if not code:
        return ""
    months, _calendar, calendar = code.partition("@")
    text = words.period(Period.parse(months))
    administrative = _("lịch hành chính")
    return f"{text} ({administrative})" if calendar else text
