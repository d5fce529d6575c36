"""Addresses of plans: the list, a version, what it changes, its targets, the sheet where plans are written."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from kecho.plan.views import editing, reading, steps

urlpatterns = [
    path(_("ke-hoach/"), reading.index, name="plans"),
    path(_("ke-hoach/soan/"), editing.edit, name="plan-edit"),
    path(_("ke-hoach/<number:pk>/"), reading.show, name="plan"),
    path(_("ke-hoach/<number:pk>/so-sanh/"), reading.compare, name="plan-compare"),
    path(_("ke-hoach/<number:pk>/ban-hanh/"), steps.adopt, name="plan-adopt"),
    path(_("ke-hoach/<number:pk>/muc-tieu/<slug:code>/"), reading.bulletin, name="plan-target"),
    path(_("ke-hoach/<number:pk>/tai-ve/<slug:form>/"), reading.download, name="plan-download"),
]
