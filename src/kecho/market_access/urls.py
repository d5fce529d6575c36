"""Addresses of the room: the duty question, origin check, agreements, notices; for officers schedules and use."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from kecho.market_access.views import barriers, duty, measures, notices, officer, origin, quotas

urlpatterns = [
    path(_("thue-quan/"), duty.show, name="duty"),
    path(_("thue-quan/tai-ve/<slug:form>/"), duty.download, name="duty-download"),
    path(_("thue-quan/xuat-xu/"), origin.show, name="origin-check"),
    path(_("thue-quan/xuat-xu/mau/"), origin.blank, name="origin-template"),
    path(_("thue-quan/hiep-dinh/"), notices.agreement_list, name="agreements"),
    path(_("thue-quan/thong-bao/"), notices.show, name="duty-notices"),
    path(_("thue-quan/rao-can/"), barriers.show, name="barriers"),
    path(_("thue-quan/bieu-thue/"), officer.schedules, name="schedules"),
    path(_("thue-quan/han-ngach/"), quotas.show, name="quotas"),
    path(_("thue-quan/han-ngach/<int:year>/<slug:form>/"), quotas.download, name="quotas-download"),
    path(_("thue-quan/bien-phap/"), measures.show, name="measures"),
    path(_("thue-quan/bien-phap/<slug:form>/"), measures.download, name="measures-download"),
    path(_("thue-quan/tan-dung/"), officer.use, name="utilisation"),
    path(_("thue-quan/tan-dung/<slug:dimension>/<slug:form>/"), officer.use_download, name="utilisation-download"),
]
