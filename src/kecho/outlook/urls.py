"""Addresses of the outlook's pages."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kecho.outlook.views import downloads, page, plan

urlpatterns: list[URLPattern] = [
    path(_("trien-vong/"), plan.show, name="outlooks"),
    path(_("chi-tieu/<code:code>/trien-vong/"), page.show, name="outlook"),
    path(
        _("chi-tieu/<code:code>/trien-vong/tai-ve/<slug:table>/<slug:form>/"), downloads.table, name="outlook-download"
    ),
]
