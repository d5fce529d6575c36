"""The search page: one box, what was found, best first, narrowed to a kind where wanted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kecho.pages import params, search, words
from kecho.pages.paging import page_of
from kecho.people.needs import actor_of

ON_A_PAGE = 30
SUGGESTED = 8


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """Everything that answers to ``q``; ``kind`` narrows it. The address can be kept and sent."""
    asked, kinds = _asked(request), search.kinds()
    kind = params.choice(request.GET, "kind", list(kinds), "")
    everything = search.find(asked, actor_of(request))
    counts = Counter(one.kind for one in everything)
    chosen = [one for one in everything if not kind or one.kind == kind]
    page = page_of(chosen, params.page_number(request.GET), ON_A_PAGE)
    context = {
        "nav": "search",
        "asked": asked,
        "kind": kind,
        "kinds": [(name, label, counts[name]) for name, label in kinds.items() if counts[name]],
        "total": len(everything),
        "page": page,
        "page_query": urlencode({"q": asked, **({"kind": kind} if kind else {})}) + "&",
        "rows": _rows(page.items),
    }
    return render(request, "pages/search.html", context)


@require_safe
def suggestions(request: HttpRequest) -> HttpResponse:
    """The first few, as a list to stand under the box while somebody types."""
    asked = _asked(request)
    found = search.find(asked, actor_of(request))[:SUGGESTED]
    return render(request, "pages/_suggestions.html", {"asked": asked, "rows": _rows(found)})


def _asked(request: HttpRequest) -> str:
    return request.GET.get("q", "").strip()[: search.LONGEST_QUERY]


def _rows(found: Sequence[search.Found]) -> list[tuple[str, str, str, str]]:
    """Kind, title, note and address in the page's language."""
    lang, labels = words.language(), search.kinds()
    return [(str(labels[one.kind]), one.entry.title(lang), one.entry.note(lang), _address(one.entry)) for one in found]


def _address(entry: search.Entry) -> str:
    address = reverse(entry.url_name, args=list(entry.args))
    return f"{address}{entry.query}"
