"""The main pages that the header leads to, in order. A room whose pages deserve a place there adds one line."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Entry:
    """A link of the header: ``key`` is what a page's ``nav`` says to be marked as the current one."""

    key: str
    url_name: str
    label: str | Promise


MAIN = (
    Entry("board", "home", _("Kế hoạch")),
    Entry("indicators", "indicators", _("Chỉ tiêu")),
    Entry("reports", "reports", _("Báo cáo")),
    Entry("sources", "releases", pgettext_lazy("menu", "Nguồn")),
    Entry("help", "help", _("Trợ giúp")),
)
