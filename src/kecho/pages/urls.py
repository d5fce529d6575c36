"""Addresses of the pages that belong to no room alone."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from kecho.pages.views import search

urlpatterns: list[URLPattern] = [
    path(_("tim/"), search.results, name="search"),
    path(_("tim/goi-y/"), search.suggestions, name="search-suggestions"),
]
