"""Addresses. Vietnamese at the root, English under ``/en/``, each with words of its own language.

What is asked for stands in the query string and means the same in both languages, so that an address quoted in a report
brings back the same view: ``locality``, ``year``, ``as_of``, ``breakdown``, ``measure``, ``kind``, ``page``.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path
from django.utils.translation import gettext_lazy as _

from kecho.web.api import api
from kecho.web.views import api_docs, board, downloads, home, indicators, pages, reports

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", pages.robots, name="robots"),
    path("sso/", include("kecho.access.sso_urls")),
    path("api/v1/", api_docs.home, name="api-home"),
    path("api/v1/openapi.json", api_docs.document, name="api-openapi"),
    path("api/v1/", api.urls),
    *i18n_patterns(
        path("", home.show, name="home"),
        path(_("bang-ke-hoach/"), board.show, name="board"),
        path(_("chi-tieu/"), indicators.index, name="indicators"),
        path(_("chi-tieu/<code:code>/"), indicators.show, name="indicator"),
        path(_("chi-tieu/<code:code>/tai-ve/<slug:form>/"), downloads.series, name="download"),
        path(_("chi-tieu/<code:code>/bieu-do/<slug:form>/"), downloads.chart, name="chart"),
        path(_("so-lieu/<number:pk>/"), indicators.value, name="value"),
        path(_("bao-cao/"), reports.index, name="reports"),
        path(_("bao-cao/<month:month>/"), reports.show, name="report"),
        path(_("bao-cao/<month:month>/tai-ve/<slug:form>/"), reports.download, name="report-download"),
        path("", include("kecho.publish.urls")),
        path("", include("kecho.plan.urls")),
        path("", include("kecho.market_access.urls")),
        path(_("tro-giup/"), pages.help_page, name="help"),
        path(_("tro-giup/muoi-phut/"), pages.tour, name="tour"),
        path(_("thuat-ngu/"), pages.glossary, name="glossary"),
        path(_("giao-dien-lap-trinh/"), api_docs.show, name="api-docs"),
        path("", include("kecho.observatory.urls")),
        path("", include("kecho.outlook.urls")),
        path("", include("kecho.access.urls")),
        path("", include("kecho.pages.urls")),
        path("", include("kecho.uploads.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "kecho.web.errors.bad_request"
handler429 = "kecho.web.errors.too_many"
handler403 = "kecho.web.errors.forbidden"
handler404 = "kecho.web.errors.not_found"
handler500 = "kecho.web.errors.server_error"
