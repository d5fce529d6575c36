"""Downloads: the series of an indicator's page as xlsx, two kinds of csv, and json."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.text import slug
from kecho.observatory.queries import Point
from kecho.pages import downloads, params, words
from kecho.web import headline, series_view, tables
from kecho.web.tables import Extract
from kecho.web.views import asked, indicators


@require_safe
def series(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The figures of one series; all kinds of period unless ``kind`` names one."""
    downloads.check_form(form)
    chosen = asked.series(request, code)
    if chosen is None:
        info = asked.indicator(code)
        raise KechoError("web.unknown_series", indicator=info.name(words.language()), asked="–")
    points, _published = indicators.load(chosen)
    kind = params.choice(request.GET, "kind", series_view.KINDS, "")
    kept = series_view.of_kind(points, kind) if kind else points
    notes = tuple(_notes(list(kept.values())))
    extract = Extract(chosen.info, chosen.series, tuple(kept.values()), request.build_absolute_uri(), notes)
    return downloads.respond(tables.table(extract, cover(extract)), form, _file_name(extract, kind))


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
