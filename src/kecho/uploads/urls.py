"""Addresses of handing files in."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kecho.uploads.views import desk, mappings, one

urlpatterns: list[URLPattern] = [
    path(_("nhap-tep/"), desk.index, name="uploads"),
    path(_("nhap-tep/khai-bao/"), mappings.index, name="mappings"),
    path(_("nhap-tep/khai-bao/<number:pk>/tai-ve/"), mappings.download, name="mapping-download"),
    path(_("nhap-tep/<number:pk>/"), one.show, name="upload"),
    path(_("nhap-tep/<number:pk>/khai-bao/"), one.map_tables, name="upload-map"),
    path(_("nhap-tep/<number:pk>/xac-nhan/"), one.confirm, name="upload-confirm"),
    path(_("nhap-tep/<number:pk>/huy/"), one.cancel, name="upload-cancel"),
]
