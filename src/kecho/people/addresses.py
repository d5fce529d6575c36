"""Where a request comes from, as limits and lists of sessions count it."""

from __future__ import annotations

import os

from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The caller's address: behind ``KECHO_PROXIES`` proxies of ours the one that the first of them saw.

    Each proxy appends the address it was called from; what stands further left was written by the caller and is not
    believed.
    """
    own = str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
    proxies = int(os.environ.get("KECHO_PROXIES", "0"))
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    return seen[-proxies] if 0 < proxies <= len(seen) else own
