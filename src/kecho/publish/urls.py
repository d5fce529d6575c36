"""Addresses of the drafts of reports."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from kecho.publish.views import drafts

urlpatterns = [
    path(_("bao-cao/du-thao/"), drafts.index, name="drafts"),
    path(_("bao-cao/du-thao/<number:pk>/"), drafts.show, name="draft"),
    path(_("bao-cao/du-thao/<number:pk>/doan/<slot:slot>/"), drafts.passage, name="draft-passage"),
    path(_("bao-cao/du-thao/<number:pk>/cap-nhat/"), drafts.refresh, name="draft-refresh"),
    path(_("bao-cao/du-thao/<number:pk>/trinh/"), drafts.submit, name="draft-submit"),
    path(_("bao-cao/du-thao/<number:pk>/tra-lai/"), drafts.send_back, name="draft-return"),
    path(_("bao-cao/du-thao/<number:pk>/duyet/"), drafts.approve, name="draft-approve"),
    path(_("bao-cao/du-thao/<number:pk>/tai-ve/<slug:form>/"), drafts.download, name="draft-download"),
]
