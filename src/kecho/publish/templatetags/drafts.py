"""What the templates of drafts need: states and languages in words, which blocks take a text."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from kecho.publish.drafting.slots import Slot
from kecho.publish.model import Blank, Paragraph, Table

register = template.Library()
STATES = {
    "draft": _("Đang soạn"),
    "submitted": _("Đã trình"),
    "returned": _("Bị trả lại"),
    "approved": _("Đã duyệt"),
}
LANGUAGES = {"vi": _("tiếng Việt"), "en": _("tiếng Anh")}


@register.filter
def draft_state(state: str) -> str:
    """A state, or the deed that led to it, in words."""
    return str(STATES[state])


@register.filter
def language_name(lang: str) -> str:
    """The language a draft is written in."""
    return str(LANGUAGES[lang])


@register.filter
def takes_text(slot: Slot) -> bool:
    """Whether a box is offered here: in blanks, behind paragraphs (not behind frames) and behind tables."""
    block = slot.block
    return isinstance(block, Blank | Table) or (isinstance(block, Paragraph) and not block.is_notice)
