"""Addresses. Vietnamese at the root, English under ``/en/``."""

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
