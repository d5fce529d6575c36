"""Downloads: the series of an indicator's page as xlsx, two kinds of csv, and json."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.text import slug
from kecho.observatory.queries import Point
from kecho.web import headline, params, series_view, tables, words
from kecho.web.params import shown
from kecho.web.tables import Extract
from kecho.web.views import asked, indicators

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMS: dict[str, tuple[str, str, Callable[[Extract], bytes]]] = {
    "xlsx": (XLSX, "xlsx", lambda extract: tables.workbook(extract, cover(extract))),
    "csv-vn": ("text/csv; charset=utf-8", "csv", tables.vietnamese_csv),
    "csv": ("text/csv; charset=utf-8", "csv", tables.machine_csv),
    "json": ("application/json; charset=utf-8", "json", tables.as_json),
}


@require_safe
def series(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The figures of one series; all kinds of period unless ``kind`` names one."""
    if form not in FORMS:
        raise KechoError("web.bad_choice", value=shown(form), name=_("dạng tệp"), choices=", ".join(FORMS))
    chosen = asked.series(request, code)
    if chosen is None:
        info = asked.indicator(code)
        raise KechoError("web.unknown_series", indicator=info.name(words.language()), asked="–")
    points, _published = indicators.load(chosen)
    kind = params.choice(request.GET, "kind", series_view.KINDS, "")
    kept = series_view.of_kind(points, kind) if kind else points
    notes = tuple(_notes(list(kept.values())))
    extract = Extract(chosen.info, chosen.series, tuple(kept.values()), request.build_absolute_uri(), notes)
    content_type, extension, write = FORMS[form]
    return attachment(write(extract), content_type, f"{_file_name(extract, kind)}.{extension}")


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    """A file to be saved; ``name`` is plain ASCII."""
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def cover(extract: Extract) -> list[tuple[str, str]]:
    """The first sheet: what this is, where it comes from, what the columns and marks mean."""
    lang = words.language()
    return [
        (_("Chuỗi"), headline.subject_of(extract.info, extract.series)),
        (_("Định nghĩa"), extract.info.definition(lang)),
        (_("Loại số"), words.measure(extract.key.measure)),
        (_("Đơn vị"), words.unit(extract.series.unit)),
        (_("Địa phương"), words.place(extract.key.locality)),
        (_("Nguồn"), extract.info.source(lang)),
        (_("Địa chỉ"), extract.address),
        *((_("Ghi chú"), note) for note in extract.notes),
        ("period", _("2025-02 là tháng, 2025-Q1 quý, 2025 năm, 2025-01/2025-02 lũy kế.")),
        ("stage", _("estimate: ước tính, preliminary: sơ bộ, official: chính thức.")),
        ("file, sheet, cell", _("Ô của tệp gốc mà số liệu lấy từ đó.")),
    ]


def _notes(points: list[Point]) -> list[str]:
    notes = []
    if any(point.is_fictional for point in points):
        notes.append(_("Có số minh họa, không có thật (cột fictional)."))
    if any(point.is_derived for point in points):
        notes.append(_("Có số tính ra từ những số khác (cột derived)."))
    return notes


def _file_name(extract: Extract, kind: str) -> str:
    key = extract.key
    parts = [key.indicator, slug(key.breakdown.replace("/", " ")), key.locality, key.measure, kind]
    return "_".join(part for part in parts if part)[:120]
