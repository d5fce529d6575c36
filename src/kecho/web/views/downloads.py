"""Downloads: the series of an indicator's page as xlsx, two kinds of csv, json and SDMX."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.text import slug
from kecho.observatory import derived
from kecho.observatory.queries import Point
from kecho.pages import downloads, params, words
from kecho.pages.charts import picture
from kecho.pages.charts.plot import WIDE, svg
from kecho.people import viewing
from kecho.publish import sdmx
from kecho.publish.sdmx_forms import MEDIA, Form
from kecho.web import headline, series_view, tables
from kecho.web.shown import Shown, load, shown_of, source_of
from kecho.web.tables import Extract
from kecho.web.views import asked

#: SDMX messages that the page offers; the command writes older and newer ones too.
SDMX = (Form.CSV, Form.ML)
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


@require_safe
def series(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The figures of one series; all kinds of period unless ``kind`` names one."""
    if form in SDMX:
        return _sdmx(request, code, Form(form))
    downloads.check_form(form)
    chosen = asked.series(request, code)
    if chosen is None:
        raise _none(code)
    points, _published = load(chosen.series.key, chosen.as_of, chosen.geography)
    kind = params.choice(request.GET, "kind", series_view.KINDS, "")
    kept = series_view.of_kind(points, kind) if kind else points
    notes = tuple(_notes(list(kept.values())))
    if chosen.geography is not None:
        notes += (derived.assumed(chosen.series.key, chosen.geography, words.language(), chosen.as_of),)
    extract = Extract(chosen.info, chosen.series, tuple(kept.values()), request.build_absolute_uri(), notes)
    return downloads.respond(
        tables.table(extract, cover(extract)), form, _file_name(extract, kind, chosen.geography or "")
    )


def _sdmx(request: HttpRequest, code: str, form: Form) -> HttpResponse:
    """What ``kecho export`` writes of the place: every series of the indicator, as the public may read it.

    SDMX knows no other borders, so that a series on a geography is refused.
    """
    with viewing.seen_by(viewing.PUBLIC):
        chosen = asked.series(request, code)
        if chosen is None:
            raise _none(code)
        if chosen.geography is not None:
            others = ", ".join(downloads.FORMS)
            raise KechoError("pages.bad_choice", value=form.value, name=_("dạng tệp"), choices=others)
        place = chosen.series.key.locality
        text = sdmx.message(code, place, form, chosen.as_of)
    media, extension = MEDIA[form]
    name = f"{code}_{place}_{form.value}.{extension}"
    return downloads.attachment(text.encode("utf-8"), media, name)


def _none(code: str) -> KechoError:
    return KechoError("web.unknown_series", indicator=asked.indicator(code).name(words.language()), asked="–")


@require_safe
def chart(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The chart of the view as a picture with its title and its source; the address takes what the page's takes."""
    if form not in PICTURES:
        raise KechoError("pages.bad_choice", value=params.shown(form), name=_("dạng tệp"), choices=", ".join(PICTURES))
    chosen = asked.series(request, code)
    shown = shown_of(chosen, request.GET) if chosen else None
    if shown is None or not shown.rows:
        raise _none(code)
    document = _picture(shown)
    extract = Extract(shown.chosen.info, shown.chosen.series, (), "")
    content = picture.png(document) if form == "png" else document.encode("utf-8")
    return downloads.attachment(content, PICTURES[form], f"{_file_name(extract, shown.kind)}.{form}")


def _picture(shown: Shown) -> str:
    chosen, lang = shown.chosen, words.language()
    drawn = svg(shown.plot(), words.tick, width=WIDE[0], height=WIDE[1], css="wide")
    unit = "" if shown.measure.is_index else f", {words.unit(chosen.series.unit)}"
    place = words.place(chosen.series.key.locality)
    subtitle = f"{words.measure(shown.measure)}{unit} · {series_view.KIND_NAMES[shown.kind]} · {place}"
    marked = [_("Có số minh họa, không có thật.")] if any(one.is_fictional for one in shown.of_kind.values()) else []
    if any(not one.release.is_public for one in shown.of_kind.values()):
        marked.append(_("Có số CHƯA CÔNG BỐ: không chuyển cho người khác trước giờ công bố."))
    day = _("Số liệu như đã biết vào ngày %s.") % words.day(chosen.as_of or timezone.localdate())
    source = " ".join([f"{_('Nguồn:')} {source_of(chosen, shown.rows, lang)}.", day, *marked, "Kẻ Chợ"])
    return picture.picture(drawn, headline.subject_of(chosen.info, chosen.series), subtitle, source)


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
    if any(not point.release.is_public for point in points):
        notes.append(_("Có số CHƯA CÔNG BỐ: không chuyển cho người khác trước giờ công bố."))
    return notes


def _file_name(extract: Extract, kind: str, geography: str = "") -> str:
    key = extract.key
    secret = "" if all(point.release.is_public for point in extract.points) else "chua-cong-bo"
    parts = [secret, key.indicator, slug(key.breakdown.replace("/", " ")), key.locality, key.measure, kind, geography]
    return "_".join(part for part in parts if part)[:120]
