"""What the layout of every page needs: language, the same page in the other language, whose site it is."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

from kecho.observatory import visibility

LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


def site(request: HttpRequest) -> dict[str, object]:
    """Reads the path and nothing of the query but its raw text: error pages use this too."""
    lang = get_language() or "vi"
    other = "en" if lang == "vi" else "vi"
    return {
        "request": request,
        "lang": lang,
        "other_lang": other,
        "other_lang_name": LANGUAGE_NAMES[other],
        "other_lang_url": _same_page(request, other),
        "agency": settings.AGENCY.get(lang) or settings.AGENCY.get("vi"),
        "contact": settings.CONTACT,
        "unpublished_count": _unpublished(request),
    }


def _unpublished(request: HttpRequest) -> int:
    """How many unpublished releases the visitor may see: figures of these are on the pages too, and marked."""
    actor = getattr(request, "actor", None)
    return visibility.shown_count(actor) if actor is not None and actor.is_signed_in else 0


def _same_page(request: HttpRequest, lang: str) -> str:
    """This page in ``lang``, with its query; the front page of that language where this page does not exist."""
    url = translate_url(request.path, lang)
    if url == request.path:
        return "/en/" if lang == "en" else "/"
    query = request.META.get("QUERY_STRING", "")
    return f"{url}?{query}" if query else url
