"""The areas that the header leads to, in order, and the pages within an area.

A room whose pages deserve a place adds one line to ``ENTRIES``: with ``area`` the page stands under that area's
heading, without it heads an area of its own. What a visitor may not open is not offered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kecho.people import rights
from kecho.people.actors import Actor
from kecho.people.rights import Permission


@dataclass(frozen=True, slots=True)
class Entry:
    """A link: ``key`` is what a page's ``nav`` says to be marked as the current one.

    ``area`` is the key of the entry that heads its area, empty for a heading itself; ``page_label`` is what a heading's
    own page is called among the pages of its area; ``needs`` is the permission without which it is not offered.
    """

    key: str
    url_name: str
    label: str | Promise
    area: str = ""
    page_label: str | Promise = ""
    needs: Permission | None = None
    is_for_signed_in: bool = False

    def is_open_to(self, actor: Actor) -> bool:
        """Whether the actor may open the page."""
        if self.needs is not None:
            return rights.may_somewhere(actor, self.needs)
        return actor.is_signed_in or not self.is_for_signed_in


@dataclass(frozen=True, slots=True)
class Area:
    """One area as a visitor sees it: the entry that heads it and the pages within, the heading's own first."""

    head: Entry
    pages: tuple[Entry, ...]
    is_current: bool


ENTRIES: tuple[Entry, ...] = (
    Entry("board", "board", _("Kế hoạch"), page_label=_("Bảng kế hoạch")),
    Entry("plans", "plans", _("Các kế hoạch"), area="board"),
    Entry("outlooks", "outlooks", _("Triển vọng"), area="board"),
    Entry("indicators", "indicators", _("Chỉ tiêu")),
    Entry("reports", "reports", _("Báo cáo")),
    Entry("drafts", "drafts", _("Dự thảo báo cáo"), area="reports", is_for_signed_in=True),
    Entry("sources", "releases", pgettext_lazy("menu", "Nguồn"), page_label=_("Các tệp đã nhập")),
    Entry("uploads", "uploads", _("Nhập tệp"), area="sources", needs=Permission.IMPORT_FIGURES),
    Entry("findings", "findings", _("Kiểm tra số liệu"), area="sources"),
    Entry("calendar", "calendar", _("Lịch công bố"), area="sources"),
    Entry("changes", "changes", _("So sánh phiên bản"), area="sources"),
    Entry("revisions", "revisions", _("Mức điều chỉnh"), area="sources"),
    Entry("duty", "duty", _("Thuế quan"), page_label=_("Tra thuế")),
    Entry("origin-check", "origin-check", _("Kiểm tra xuất xứ"), area="duty"),
    Entry("duty-notices", "duty-notices", _("Sắp thay đổi"), area="duty"),
    Entry("agreements", "agreements", _("Hiệp định thương mại"), area="duty"),
    Entry("barriers", "barriers", _("Rào cản"), area="duty", needs=Permission.MANAGE_MARKET_ACCESS),
    Entry("quotas", "quotas", _("Hạn ngạch thuế quan"), area="duty", needs=Permission.MANAGE_MARKET_ACCESS),
    Entry("measures", "measures", _("Thuế ngoài biểu"), area="duty", needs=Permission.MANAGE_MARKET_ACCESS),
    Entry("schedules", "schedules", _("Biểu thuế quan"), area="duty", needs=Permission.MANAGE_MARKET_ACCESS),
    Entry("utilisation", "utilisation", _("Tận dụng FTA"), area="duty", needs=Permission.MANAGE_MARKET_ACCESS),
    Entry("help", "help", _("Trợ giúp"), page_label=_("Kẻ Chợ là gì")),
    Entry("tour", "tour", _("Mười phút đầu tiên"), area="help"),
    Entry("glossary", "glossary", _("Thuật ngữ"), area="help"),
)


def areas(actor: Actor, current: str, entries: Sequence[Entry] = ENTRIES) -> list[Area]:
    """The areas open to the actor; that of the page whose ``nav`` is ``current`` is marked.

    An area whose heading the actor may not open is headed by the first page that is open.
    """
    offered = [entry for entry in entries if entry.is_open_to(actor)]
    keys = dict.fromkeys(entry.area or entry.key for entry in entries)
    found = []
    for key in keys:
        pages = tuple(entry for entry in offered if key in (entry.key, entry.area))
        if pages:
            found.append(Area(pages[0], pages, any(entry.key == current for entry in pages)))
    return found
