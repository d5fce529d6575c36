"""Each table of an outlook as a file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from kecho.kernel.errors import KechoError
from kecho.kernel.text import slug
from kecho.outlook import sentences
from kecho.outlook.shown import show
from kecho.outlook.views import records
from kecho.outlook.views.asking import asked
from kecho.outlook.views.page import subject
from kecho.pages import downloads, params, words

COLUMNS = {
    "months": ("month", "kind", "value", "naive", "low_80", "high_80", "low_95", "high_95", "growth_pct", "unit"),
    "required": (
        "target", "month", "base", "needed", "required_growth_pct", "best_pct", "best_year", "expected", "expected_pct",
    ),
    "nowcast": ("month", "series", "expected_pct", "actual_pct", "moved", "value", "release_day"),
    "scenarios": ("scenario", "quantile", "year", "year_value", "year_growth_pct", "month", "value"),
    "drivers": (
        "kind", "period", "part", "name_vi", "name_en", "now", "base", "unit", "growth_pct", "points", "fictional",
    ),
    "seasonal": ("month", "original", "adjusted", "trend", "factor"),
    "revisions": (
        "month", "first", "first_stage", "first_published_on", "latest", "latest_stage", "latest_published_on",
        "change_pct", "vintages",
    ),
}  # fmt: skip


@require_safe
def table(request: HttpRequest, code: str, table: str, form: str) -> HttpResponse:
    """One table in one form. An outlook that is not ready is waited for no longer than a page would."""
    downloads.check_form(form)
    if table not in COLUMNS:
        known = ", ".join(COLUMNS)
        raise KechoError("pages.bad_choice", value=params.shown(table), name=_("bảng"), choices=known)
    chosen = asked(request, code)
    found = chosen.outlook()
    if found is None:
        raise KechoError("outlook.busy")
    shown = show(found, chosen.year)
    lang = words.language()
    cover = [
        (_("Chuỗi"), subject(chosen)),
        (_("Năm"), str(shown.year)),
        (_("Nguồn"), chosen.info.source(lang)),
        (_("Địa chỉ"), request.build_absolute_uri()),
        *((_("Phương pháp"), line) for line in sentences.method(found, lang)),
    ]
    if found.known.is_fictional:
        cover.append((_("Ghi chú"), _("Có số minh họa, không có thật.")))
    about = {"indicator": code, "locality": chosen.locality, "breakdown": chosen.breakdown, "table": table}
    made = downloads.Table(subject(chosen), COLUMNS[table], records.records(shown, table), cover, about)
    name = "_".join(filter(None, ("outlook", code, slug(chosen.breakdown.replace("/", " ")), chosen.locality, table)))
    return downloads.respond(made, form, name[:120])
