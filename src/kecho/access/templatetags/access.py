"""What the sign-in and administrator's pages need beyond the shared filters."""

from __future__ import annotations

import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from kecho.people import wording

register = template.Library()
register.filter("deed_name", wording.deed_name)
register.filter("role_name", wording.role_name)
register.filter("scope_name", wording.scope_name)


@register.filter
def in_fours(secret: str) -> str:
    """``ABCD EFGH``: easier to type."""
    return " ".join(re.findall(".{1,4}", secret))


@register.filter
def plain_svg(svg: str) -> SafeString:
    """The picture of a code that the qrcode library drew, without its XML heading; it holds one path and no text."""
    return mark_safe(re.sub(r"^<\?xml[^>]*>\s*", "", svg))  # noqa: S308


@register.filter
def login_address(provider: Any) -> str:
    """Where signing in by a single sign-on server begins."""
    return reverse("openid_connect_login", kwargs={"provider_id": provider.app.provider_id})
