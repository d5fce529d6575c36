"""Every page of the site, with the parameters that the small world answers to: one row a URL name."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation

from kecho.observatory import queries
from kecho.observatory.queries import SeriesKey
from kecho.plan import queries as plans
from tests.web import small

# URL name -> arguments and query; "value" and "release" are looked up, their numbers differ between databases.
PAGES: dict[str, tuple[tuple[str, ...], str]] = {
    "home": ((), ""),
    "board": ((), ""),
    "indicators": ((), ""),
    "indicator": (("export_turnover",), ""),
    "download": (("export_turnover", "csv"), ""),
    "chart": (("export_turnover", "svg"), ""),
    "outlooks": ((), "?locality=VN&year=2024"),
    "outlook": (("export_turnover",), "?locality=VN"),
    "outlook-download": (("export_turnover", "months", "csv"), "?locality=VN"),
    "value": (("?value",), ""),
    "reports": ((), ""),
    "api-docs": ((), ""),
    "report": ((small.LAST.code,), "?locality=VN"),
    "report-download": ((small.LAST.code, "docx"), "?locality=VN"),
    "releases": ((), ""),
    "release": (("?release",), ""),
    "findings": ((), ""),
    "calendar": ((), ""),
    "calendar-file": ((), ""),
    "revisions": ((), ""),
    "revisions-download": (("csv",), ""),
    "changes": ((), "?indicator=export_turnover&since=2024-05-06&until=2024-06-06"),
    "changes-download": (("csv",), "?indicator=export_turnover&since=2024-05-06&until=2024-06-06"),
    "help": ((), ""),
    "tour": ((), ""),
    "glossary": ((), ""),
    "plans": ((), ""),
    "plan": (("?plan",), ""),
    "plan-compare": (("?plan",), ""),
    "plan-target": (("?plan", "retail"), ""),
    "plan-download": (("?plan", "csv"), ""),
    "search": ((), "?q=xuat+khau"),
    "search-suggestions": ((), "?q=xuat"),
    "duty": ((), ""),
    "duty-download": (("csv",), "?code=691110&to=EU"),
    "origin-template": ((), ""),
    "agreements": ((), ""),
    "duty-notices": ((), ""),
    "robots": ((), ""),
}
NOT_HTML = {
    "duty-download",
    "origin-template",
    "calendar-file",
    "revisions-download",
    "changes-download",
    "download",
    "chart",
    "plan-download",
    "outlook-download",
    "report-download",
    "robots",
    "search-suggestions",
}


def numbers() -> dict[str, str]:
    """The number of one observation, one release and one plan of the small world."""
    points = queries.points(SeriesKey("export_turnover"))
    return {
        "?value": str(points[small.LAST].id),
        "?release": str(queries.releases()[0].id),
        "?plan": str(plans.plans("VN")[0].id),
    }


def address(name: str, lang: str) -> str:
    """The address of a page in a language."""
    args, query = PAGES[name]
    known = numbers() if any(arg.startswith("?") for arg in args) else {}
    with translation.override(lang):
        return reverse(name, args=[known.get(arg, arg) for arg in args]) + query
