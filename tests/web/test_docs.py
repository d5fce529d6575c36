"""The manual names every page, every query name and every download."""

from __future__ import annotations

import re

from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation
from tools.reference_pages import FOLDER

from kecho.pages.downloads import FORMS
from kecho.web.views import downloads

MANUAL = (FOLDER / "pages.md").read_text("utf-8")


def paths(resolver: URLResolver, before: str = "") -> set[str]:
    """Every path in the active language, as the manual writes it."""
    found: set[str] = set()
    for entry in resolver.url_patterns:
        here = before + str(entry.pattern)
        found |= paths(entry, here) if isinstance(entry, URLResolver) else {re.sub(r"<\w+:(\w+)>", r"<\1>", here)}
    return found


def test_every_address_is_in_the_manual() -> None:
    for lang in ("vi", "en"):
        with translation.override(lang):
            missing = [path for path in paths(get_resolver()) if f"`/{path}`" not in MANUAL]
        assert missing == []


def test_every_query_name_is_in_the_manual() -> None:
    from inspect import getsource

    from kecho.pages import params
    from kecho.web.views import asked, indicators, sources

    code = "".join(getsource(module) for module in (params, asked, indicators, sources, downloads))
    names = set(re.findall(r'query\.get\("(\w+)"', code)) | set(re.findall(r'request\.GET, "(\w+)"', code))
    assert {"locality", "as_of", "kind"} <= names
    assert [name for name in sorted(names) if f"`{name}`" not in MANUAL] == []


def test_every_download_is_in_the_manual() -> None:
    assert [form for form in FORMS if f"`{form}`" not in MANUAL] == []


def test_the_walk_sees_all_patterns() -> None:
    assert len(paths(get_resolver())) >= 14
    assert isinstance(get_resolver().url_patterns[0], URLPattern)
