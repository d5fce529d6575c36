"""Addresses of releases, findings, the calendar and the vintages."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kecho.observatory.views import calendar, findings, releases, vintages

urlpatterns: list[URLPattern] = [
    path(_("nguon/"), releases.index, name="releases"),
    path(_("nguon/<number:pk>/"), releases.show, name="release"),
    path(_("nguon/<number:pk>/buoc/<slug:deed>/"), releases.step, name="release-step"),
    path(_("kiem-tra/"), findings.index, name="findings"),
    path(_("kiem-tra/<number:pk>/"), findings.settle, name="finding"),
    path(_("lich-cong-bo/"), calendar.show, name="calendar"),
    path(_("lich-cong-bo/thong-bao/"), calendar.announce, name="announce"),
    path("lich-cong-bo/kecho.ics", calendar.ical, name="calendar-file"),
    path(_("dieu-chinh/"), vintages.revisions, name="revisions"),
    path(_("dieu-chinh/tai-ve/<slug:form>/"), vintages.revisions_download, name="revisions-download"),
    path(_("so-sanh-phien-ban/"), vintages.compare, name="changes"),
    path(_("so-sanh-phien-ban/tai-ve/<slug:form>/"), vintages.compare_download, name="changes-download"),
]
