"""The outlook beside a target's status: its chance where it is known, and the way to its page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from kecho.analytics.target_chance import Chance
from kecho.outlook.answers import kept_chance
from kecho.outlook.sentences import percent_chance
from kecho.pages import words
from kecho.plan.queries import BoardRow


def chance_words(row: BoardRow, told: Mapping[int, Chance | None]) -> str:
    """``Xác suất đạt 31%``; ``Triển vọng`` where it was not computed or there is none; empty where nothing is open."""
    if row.target.id not in told:
        return ""
    found = told[row.target.id]
    if found is None:
        return _("Triển vọng")
    return _("Xác suất đạt %s") % percent_chance(kept_chance(row.target.spec, found), words.language())


def outlook_address(row: BoardRow, as_of: date | None) -> str:
    """The outlook of the target's indicator."""
    spec = row.target.spec
    named = {"locality": spec.locality, "breakdown": spec.breakdown, "as_of": as_of}
    return f"{reverse('outlook', args=[spec.indicator])}?{urlencode({k: v for k, v in named.items() if v})}"
