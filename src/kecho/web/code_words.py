"""Code words of the rooms below as the page's language writes them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kecho.observatory.catalogue import Direction
from kecho.pages.words import language
from kecho.plan.assessment.bands import Status

DIRECTIONS = {
    Direction.MORE: _("càng cao càng tốt"),
    Direction.LESS: _("càng thấp càng tốt"),
    Direction.NEUTRAL: _("không xét"),
}


def status(value: str) -> str:
    """The word of a plan status, from the plan's own list."""
    return Status(value).word(language())


def direction(value: Direction) -> str:
    """Which way is better."""
    return str(DIRECTIONS[value])
