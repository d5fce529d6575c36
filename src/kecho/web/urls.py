"""Addresses. Vietnamese at the root, English under ``/en/``, each with words of its own language.

What is asked for stands in the query string and means the same in both languages, so that an address quoted in a report
brings back the same view: ``locality``, ``year``, ``as_of``, ``breakdown``, ``measure``, ``kind``, ``page``.
"""

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.utils.translation import gettext_lazy as _

from kecho.web.views import board, downloads, indicators, pages, reports, sources


class Month:
    """``2025-02`` in a path; whether it is a month is checked by the view, which says what is wrong with it."""

    regex = r"[0-9]{4}-[0-9]{2}"

    def to_python(self, value: str) -> str:
        """As written."""
        return value

    def to_url(self, value: str) -> str:
        """As written."""
        return value


class Code(Month):
    """The code of an indicator."""

    regex = r"[a-z0-9_]{1,80}"


class Number(Month):
    """The number of an observation or a release: small enough for every database's integers."""

    regex = r"[1-9][0-9]{0,17}"

    def to_python(self, value: str) -> int:  # type: ignore[override]
        """As a number."""
        return int(value)


register_converter(Month, "month")
register_converter(Code, "code")
register_converter(Number, "number")

urlpatterns: list[URLPattern | URLResolver] = [
    path("robots.txt", pages.robots, name="robots"),
    *i18n_patterns(
        path("", board.show, name="home"),
        path(_("chi-tieu/"), indicators.index, name="indicators"),
        path(_("chi-tieu/<code:code>/"), indicators.show, name="indicator"),
        path(_("chi-tieu/<code:code>/tai-ve/<slug:form>/"), downloads.series, name="download"),
        path(_("so-lieu/<number:pk>/"), indicators.value, name="value"),
        path(_("bao-cao/"), reports.index, name="reports"),
        path(_("bao-cao/<month:month>/"), reports.show, name="report"),
        path(_("bao-cao/<month:month>/tai-ve/<slug:form>/"), reports.download, name="report-download"),
        path(_("nguon/"), sources.index, name="releases"),
        path(_("nguon/<number:pk>/"), sources.show, name="release"),
        path(_("kiem-tra/"), sources.findings, name="findings"),
        path(_("tro-giup/"), pages.help_page, name="help"),
        path(_("thuat-ngu/"), pages.glossary, name="glossary"),
        path("", include("kecho.access.urls")),
        path("", include("kecho.pages.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "kecho.web.errors.bad_request"
handler429 = "kecho.web.errors.too_many"
handler403 = "kecho.web.errors.forbidden"
handler404 = "kecho.web.errors.not_found"
handler500 = "kecho.web.errors.server_error"
